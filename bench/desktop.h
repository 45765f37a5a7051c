/* bench/desktop.h - what the benchmark of one 64-bit processor and its peers share: the operations, the data. */
#ifndef MOTE_BENCH_DESKTOP_H
#define MOTE_BENCH_DESKTOP_H

#include <stddef.h>
#include <stdint.h>

#define BENCH_MAX 65536

/* Each is one call as an application makes it: the IV is set for each message, a key is expanded beforehand unless the
 * name says otherwise. */
typedef enum {
    OP_AES_SETUP,        /* expand a key for both directions */
    OP_CBC_ENCRYPT,      /* whole blocks */
    OP_CBC_DECRYPT,
    OP_CBC_ENCRYPT_SOFT, /* the same without AES instructions, in constant time */
    OP_CBC_DECRYPT_SOFT,
    OP_SHA256,
    OP_HMAC_SHA256,      /* with the key's preparation */
    OP_HKDF_32,          /* extract with a salt, expand to 32 bytes */
    OP_DEVICE_KEY,       /* expand to 32 bytes from a pseudorandom key that is kept */
    OP_SEAL,             /* CBC, then HMAC, both keys new */
    OP_BASE64_ENCODE,
    OP_BASE64_DECODE,    /* of the text for so many bytes */
    OPERATIONS
} operation;

/* Data, the same for everyone. */
extern uint8_t bench_in[BENCH_MAX];
extern char bench_text[BENCH_MAX / 3 * 4 + 8];                  /* bench_in[0..len) in Base64, for the len in work */
extern size_t bench_text_len;
extern const uint8_t bench_key[32], bench_iv[16], bench_salt[16], bench_info[18]; /* the info of a device key */
/* Every run writes its result here, from the start on; the results of all peers must agree. */
extern uint8_t bench_out[BENCH_MAX / 3 * 4 + 80];

typedef void bench_run(size_t len);

typedef struct {
    const char *name;
    const char *(*version)(void);
    void (*prepare)(void);      /* once, before the first run; may be NULL */
    bench_run *run[OPERATIONS]; /* NULL for what it does not have */
} bench_peer;

/* Print the instructions that a call executes, one a line: its address, and the 15 bytes from there on. Returns 0, or 1. */
int bench_trace(bench_run *run, size_t len);

/* The peers that were found, mote first, NULL after the last. */
extern const bench_peer *const bench_peers[];
extern const bench_peer bench_mote, bench_openssl, bench_libgcrypt, bench_nettle, bench_bearssl, bench_mbedtls,
    bench_sodium;

#endif
