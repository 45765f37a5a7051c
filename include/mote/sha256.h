/* mote/sha256.h - SHA-256 (FIPS 180-4 section 6.2).
 *
 * A digest is no proof of origin: anyone can compute it. To know who sent something use mote/hmac.h or mote_seal.
 *
 * Constant time: the time depends on lengths alone. Messages up to 2^61 - 1 bytes. */
#ifndef MOTE_SHA256_H
#define MOTE_SHA256_H

#include <mote/config.h>

MOTE_BEGIN_DECLS

/* A digest in progress. Complete so that you can place it; its content is the library's own business. It may be
 * copied to continue one prefix in two ways. */
typedef struct mote_sha256 mote_sha256;
struct mote_sha256 {
    uint32_t state[8];
    size_t length[8 / sizeof(size_t)]; /* bytes so far, the lowest part first; length mod 64 of them wait in block */
    uint8_t block[64];
};

/* Start a digest. */
void mote_sha256_init(mote_sha256 *sha);

/* Append len bytes, in pieces of any size. data may be NULL when len is 0; it must not overlap *sha. */
void mote_sha256_update(mote_sha256 *sha, const uint8_t *data, size_t len);

/* Write the digest of all that was appended and wipe the context; _init starts a new one. */
void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32]);

/* All of it in one call. digest may overlap data. */
void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len);

/* The name of the implementation in use: "portable", ... */
const char *mote_sha256_backend(void);

MOTE_END_DECLS

#endif
