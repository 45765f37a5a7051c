/* sha256/sha256.c - SHA-256 over messages of any length, in pieces (FIPS 180-4 sections 5.1.1, 5.3.3 and 6.2).
 *
 * The compression function is a backend's (sha256_backend.h); here are the initial value, the gathering of pieces into
 * blocks, and the padding: the byte 0x80, zeros, and the length in bits as 64 bits, big-endian. */
#include "../ct/ct_internal.h"
#include "sha256_backend.h"

#if !MOTE_SHA256_AVR_GLUE /* else in sha256_avr_glue.c */

#include <string.h>

#define LENGTH_PARTS ((uint8_t)(8 / sizeof(size_t)))

void mote_sha256_initial(uint32_t state[8])
{
    /* H(0): the first 32 bits of the fractional parts of the square roots of the first eight primes. */
    static const uint32_t initial[8] MOTE_FLASH = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                   0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

    mote_flash_copy(state, initial, sizeof initial);
}

void mote_sha256_resume(mote_sha256 *sha, uint8_t length)
{
    memset(sha->length, 0, sizeof sha->length);
    sha->length[0] = length;
}

void mote_sha256_init(mote_sha256 *sha)
{
    mote_sha256_initial(sha->state);
    mote_sha256_resume(sha, 0);
}

#if MOTE_SHA256_AVR || MOTE_OPTIMIZE_SIZE

/* All of it through the block: slower than below, but 80 bytes of code less. */
void mote_sha256_update(mote_sha256 *sha, const uint8_t *data, size_t len)
{
    const uint8_t fill = sha->length[0] & 63;
    uint8_t *next = sha->block + fill;
    uint8_t room = (uint8_t)(64 - fill);
    size_t carry = len;

    for (uint8_t i = 0; i < LENGTH_PARTS; i++) {
        sha->length[i] += carry;
        carry = sha->length[i] < carry;
    }
    for (; len != 0; len--) {
        *next++ = *data++;
        if (--room == 0) {
            mote_sha256_compress_block(sha);
            next -= 64;
            room = 64;
        }
    }
}

#else

void mote_sha256_update(mote_sha256 *sha, const uint8_t *data, size_t len)
{
    uint8_t fill = sha->length[0] & 63;
    size_t carry = len;

    for (uint8_t i = 0; i < LENGTH_PARTS; i++) {
        sha->length[i] += carry;
        carry = sha->length[i] < carry;
    }
    while (len != 0) {
        size_t take = len & ~(size_t)63;

        if (fill != 0 || take == 0) {
            take = 64u - fill;
            if (take > len)
                take = len;
            memcpy(sha->block + fill, data, take);
            fill = (uint8_t)(fill + take);
            if (fill == 64)
                mote_sha256_compress_block(sha);
            fill = 0;
        } else {
            mote_sha256_compress_blocks(sha, data, take / 64);
        }
        data += take;
        len -= take;
    }
    mote_clear_vectors();
}

#endif

#if MOTE_TARGET_AVR || (MOTE_TARGET_CORTEX_M && MOTE_OPTIMIZE_SIZE) /* else in sha256_desktop.c or sha256_cortex_m.c */

void mote_sha256_end(mote_sha256 *sha, uint8_t digest[32])
{
    uint8_t fill = sha->length[0] & 63, byte = 0x80;
    uint16_t bits = 0;

    do {
        sha->block[fill++] = byte;
        byte = 0;
        if (fill == 64) {
            mote_sha256_compress_block(sha);
            fill = 0;
        }
    } while (fill != 56);
    for (uint8_t i = 0; i < 8; i++) {
        bits = (uint16_t)((bits >> 8) + MOTE_BYTE(sha->length, i) * 8u);
        sha->block[63 - i] = (uint8_t)bits;
    }
    mote_sha256_compress_block(sha);
    for (uint8_t i = 0; i < 32; i++)
        digest[i] = MOTE_BYTE(sha->state, i ^ 3);
    MOTE_BURN_AFTER();
}

void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32])
{
    mote_sha256_end(sha, digest);
    mote_wipe(sha, sizeof *sha);
}

void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len)
{
    mote_sha256 sha;

    mote_sha256_init(&sha);
    mote_sha256_update(&sha, data, len);
    mote_sha256_final(&sha, digest);
}

#endif

#else
typedef int mote_sha256_is_empty;
#endif
