/* mote/aes.h - the AES-128 block cipher (FIPS 197).
 *
 * One block says nothing about messages: to protect data use mote_seal (mote/cbc_hmac.h); to speak to a system that
 * already uses CBC, use mote/cbc.h. There is no ECB here on purpose.
 *
 * Constant time: the key, the round keys and the data decide no branch and no memory address. (On 8-bit AVR, which has no
 * cache, they do: every way takes the same number of cycles.) */
#ifndef MOTE_AES_H
#define MOTE_AES_H

#include <mote/status.h>

MOTE_BEGIN_DECLS

/* An expanded key. Complete so that you can place it on the stack or in a struct; its content is the library's own
 * business and differs by target. Holds secrets: mote_aes128_wipe it when done. May be copied, and used by several
 * threads at once, since nothing but _init and _wipe writes to it. */
typedef struct mote_aes128 mote_aes128;
struct mote_aes128 {
#if MOTE_AES_EXTERN && !MOTE_AES_EXTERN_ENCRYPT_ONLY
    /* The key alone, below. */
#elif MOTE_TARGET_AVR
    uint8_t round_keys[176];
#elif MOTE_TARGET_CORTEX_M
    uint32_t round_keys[44];
#elif UINTPTR_MAX <= 0xffffffffu
    uint32_t round_keys[92]; /* as the byte shuffles of Arm need it */
#else
    uint64_t round_keys[88];
#endif
#if MOTE_AES_EXTERN
    uint32_t key[4]; /* its bytes in order; words for their alignment */
    uint8_t ready;   /* 1 once the unit has been checked */
#elif MOTE_TARGET_DESKTOP
    uint8_t backend; /* which one's round keys these are, where the library has several */
#endif
};

/* Expand a 16-byte key (FIPS 197 section 5.2). Returns MOTE_OK; only with MOTE_AES_EXTERN (mote/aes_extern.h)
 * MOTE_ERR_HARDWARE, and then *aes is wiped. */
MOTE_WARN_UNUSED mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16]);

/* Encrypt (section 5.1) or decrypt (section 5.3) one block of 16 bytes. out and in may be the same or overlap.
 * With MOTE_AES_EXTERN out is zeros if the chip's AES unit fails. */
void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16]);
void mote_aes128_decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16]);

/* Erase the expanded key. */
void mote_aes128_wipe(mote_aes128 *aes);

/* The name of the implementation in use, for logs and bug reports: "fixslice64", ... */
const char *mote_aes128_backend(void);

MOTE_END_DECLS

#endif
