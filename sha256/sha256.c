/* sha256/sha256.c - SHA-256 over messages of any length, in pieces (FIPS 180-4 sections 5.1.1, 5.3.3 and 6.2).
 *
 * The compression function is a backend's (sha256_backend.h); here are the initial value, the gathering of pieces into
 * blocks, and the padding: the byte 0x80, zeros, and the length in bits as 64 bits, big-endian. */
#include "../ct/ct_internal.h"
#include "sha256_backend.h"

#include <string.h>

#if !MOTE_SHA256_SINGLE_BACKEND

/* From the slowest to the fastest: the last that the processor can run is chosen. */
static const struct {
    const char *name;
    uint32_t needs; /* the features without which it must not be used */
    mote_sha256_compress_run *compress;
} backends[] = {
    {"portable", 0, MOTE_SHA256_BACKEND(portable, compress)},
#if MOTE_SHA256_SHANI
    {"ssse3", MOTE_CPU_SSSE3, MOTE_SHA256_BACKEND(ssse3, compress)},
    {"avx2", MOTE_CPU_AVX2, MOTE_SHA256_BACKEND(avx2, compress)},
    {"avx512", MOTE_CPU_AVX2 | MOTE_CPU_AVX512, MOTE_SHA256_BACKEND(avx512, compress)},
    {"shani", MOTE_CPU_SHA256, MOTE_SHA256_BACKEND(shani, compress)},
#elif MOTE_SHA256_ARMV8
    {"armv8", MOTE_CPU_SHA256, MOTE_SHA256_BACKEND(armv8, compress)},
#endif
};
#define BACKENDS (sizeof backends / sizeof backends[0])

static uint8_t chosen; /* see mote_cpu_load */

static int can_run(unsigned index)
{
    return (backends[index].needs & ~mote_cpu_features()) == 0;
}

static inline unsigned choose(void)
{
    unsigned index = mote_cpu_load(&chosen);

    if (index == 0) {
        index = BACKENDS;
        while (!can_run(index - 1))
            index--;
        mote_cpu_store(&chosen, index);
    }
    return index - 1;
}

MOTE_NOINLINE void mote_sha256_compress(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    backends[choose()].compress(state, data, blocks);
}

const char *mote_sha256_backend(void)
{
    return backends[choose()].name;
}

const char *mote_sha256_backend_name(unsigned index)
{
    return index < BACKENDS ? backends[index].name : NULL;
}

int mote_sha256_backend_force(unsigned index)
{
    if (index >= BACKENDS || !can_run(index))
        return 0;
    mote_cpu_store(&chosen, index + 1);
    return 1;
}

#endif

#define LENGTH_PARTS (8 / sizeof(size_t))

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
                mote_sha256_compress(sha->state, sha->block, 1);
            fill = 0;
        } else {
            mote_sha256_compress(sha->state, data, take / 64);
        }
        data += take;
        len -= take;
    }
}

void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32])
{
    uint8_t fill = sha->length[0] & 63;
    uint8_t *end = sha->block + 64;
    size_t carry = 0;

    sha->block[fill++] = 0x80;
    memset(sha->block + fill, 0, 64u - fill);
    if (fill > 56) {
        mote_sha256_compress(sha->state, sha->block, 1);
        memset(sha->block, 0, 56);
    }
    for (uint8_t i = 0; i < LENGTH_PARTS; i++) {
        size_t bits = sha->length[i] << 3 | carry;

        carry = sha->length[i] >> (8 * sizeof carry - 3);
        for (uint8_t j = 0; j < sizeof bits; j++, bits >>= 8)
            *--end = (uint8_t)bits;
    }
    mote_sha256_compress(sha->state, sha->block, 1);
    for (uint8_t i = 0; i < 8; i++) {
        uint32_t word = sha->state[i];

        digest += 4;
        for (uint8_t j = 0; j < 4; j++, word >>= 8)
            *--digest = (uint8_t)word;
        digest += 4;
    }
    mote_wipe(sha, sizeof *sha);
}

void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len)
{
    mote_sha256 sha;

    mote_sha256_init(&sha);
    mote_sha256_update(&sha, data, len);
    mote_sha256_final(&sha, digest);
}
