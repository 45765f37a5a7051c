/* sha256/sha256_desktop.c - SHA-256 where there are several backends and short messages count: the choice of the
 * compression function, and the end of a message (FIPS 180-4 section 5.1.1) without detours. */
#include "../ct/ct_internal.h"
#include "sha256_backend.h"

#if MOTE_TARGET_DESKTOP

#include <string.h>

#if !MOTE_SHA256_SINGLE_BACKEND

/* From the slowest to the fastest: the last that the processor can run is chosen. */
#if MOTE_SHA256_SHANI
enum { PORTABLE, SSSE3, AVX2, AVX512, SHANI, BACKENDS };
#else
enum { PORTABLE, ARMV8, BACKENDS };
#endif

static const mote_cpu_backend backends[BACKENDS] = {
    {"portable", 0},
#if MOTE_SHA256_SHANI
    {"ssse3", MOTE_CPU_SSSE3},
    {"avx2", MOTE_CPU_AVX2},
    {"avx512", MOTE_CPU_AVX2 | MOTE_CPU_AVX512},
    {"shani", MOTE_CPU_SHA256},
#else
    {"armv8", MOTE_CPU_NEON | MOTE_CPU_SHA256},
#endif
};

static uint8_t chosen;

static inline unsigned choose(void)
{
    return mote_cpu_chosen(&chosen, backends, BACKENDS);
}

void mote_sha256_compress(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    switch (choose()) {
#if MOTE_SHA256_SHANI
    case SHANI:
        mote_sha256_shani_compress(state, data, blocks);
        break;
    case AVX512:
        mote_sha256_avx512_compress(state, data, blocks);
        break;
    case AVX2:
        mote_sha256_avx2_compress(state, data, blocks);
        break;
    case SSSE3:
        mote_sha256_ssse3_compress(state, data, blocks);
        break;
#else
    case ARMV8:
        mote_sha256_armv8_compress(state, data, blocks);
        break;
#endif
    default:
        mote_sha256_portable_compress(state, data, blocks);
        break;
    }
    MOTE_BURN_AFTER();
}

/* Does the backend take two blocks in less time than twice one? */
static inline int takes_pairs(void)
{
#if MOTE_SHA256_SHANI
    const unsigned index = choose();

    return index == AVX2 || index == AVX512;
#else
    return 0;
#endif
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
    return mote_cpu_force(&chosen, backends, BACKENDS, index);
}

#elif MOTE_SHA256_AVX2 || MOTE_SHA256_AVX512

static inline int takes_pairs(void)
{
    return 1;
}

#endif

#if !MOTE_SHA256_SINGLE_BACKEND || !(MOTE_SHA256_SHANI || MOTE_SHA256_AVX512)
void mote_sha256_compress_both(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8], const uint8_t block2[64])
{
#if MOTE_SHA256_SHANI
    const unsigned index = choose();

    if (index >= AVX512) {
        if (index == SHANI)
            mote_sha256_shani_compress_both(state1, block1, state2, block2);
        else
            mote_sha256_avx512_compress_both(state1, block1, state2, block2);
        MOTE_BURN_AFTER();
        return;
    }
#endif
    mote_sha256_compress(state1, block1, 1);
    mote_sha256_compress(state2, block2, 1);
}
#endif

static inline void store_be32(uint8_t *p, uint32_t x)
{
#if defined(__GNUC__) && !defined(__TINYC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    /* The bytes one by one are what gcc makes a slow vector shuffle of. */
    x = __builtin_bswap32(x);
    memcpy(p, &x, sizeof x);
#else
    p[0] = (uint8_t)(x >> 24);
    p[1] = (uint8_t)(x >> 16);
    p[2] = (uint8_t)(x >> 8);
    p[3] = (uint8_t)x;
#endif
}

static void store_digest(uint8_t digest[32], const uint32_t state[8])
{
    for (size_t i = 0; i < 8; i++)
        store_be32(digest + 4 * i, state[i]);
    MOTE_BURN_AFTER();
}

typedef struct {
    uint8_t bytes[64];
} block;

typedef struct {
    uint32_t words[8];
} hash_value;

void mote_sha256_last_in(uint32_t state[8], uint64_t before, uint8_t last[128], size_t len)
{
    const size_t blocks = len < 56 ? 1 : 2;
    const uint64_t bits = (before + len) << 3;

    last[len] = 0x80;
    store_be32(last + 64 * blocks - 8, (uint32_t)(bits >> 32));
    store_be32(last + 64 * blocks - 4, (uint32_t)bits);
    mote_sha256_compress(state, last, blocks);
}

void mote_sha256_last(uint32_t state[8], uint64_t before, const uint8_t *data, size_t len)
{
    block last[2] = {{{0}}, {{0}}};
    size_t whole = len / 64, rest = len % 64, at = 0;

#if !MOTE_SHA256_SINGLE_BACKEND || MOTE_SHA256_AVX2 || MOTE_SHA256_AVX512
    /* Where the padding takes one block and a lone block of data would be left beside pairs, they make a pair. */
    if (takes_pairs() && rest < 56 && whole % 2 != 0) {
        whole--;
        memcpy(last, data + 64 * whole, 64);
        at = 64;
    }
#endif
    if (whole != 0)
        mote_sha256_compress(state, data, whole);
#if MOTE_GNU_ASM
    __asm__("" : "+r"(rest)); /* else gcc knows that it is small and copies with a slow string instruction */
#endif
    if (rest != 0)
        memcpy((uint8_t *)last + at, data + 64 * whole + at, rest);
    mote_sha256_last_in(state, before + 64 * whole, (uint8_t *)last, at + rest);
    MOTE_WIPE_OBJECT(block, &last[0]);
    MOTE_WIPE_OBJECT(block, &last[1]);
}

void mote_sha256_outer(uint32_t outer[8], const uint32_t inner[8], uint8_t digest[32])
{
    block last = {{0}};

    store_digest(last.bytes, inner);
    last.bytes[32] = 0x80;
    store_be32(last.bytes + 60, 8 * (64 + 32));
    mote_sha256_compress(outer, last.bytes, 1);
    store_digest(digest, outer);
    MOTE_WIPE_OBJECT(block, &last);
}

/* How many bytes the context has taken. */
static uint64_t total_length(const mote_sha256 *sha)
{
    uint64_t length = 0;

    for (size_t i = sizeof sha->length / sizeof sha->length[0]; i-- > 0;)
        length = length << 8 << (8 * sizeof sha->length[0] - 8) | sha->length[i]; /* by less than 64 each time */
    return length;
}

void mote_sha256_last_of(mote_sha256 *sha)
{
    const uint64_t length = total_length(sha);

    mote_sha256_last(sha->state, length & ~(uint64_t)63, sha->block, length & 63);
}

void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32])
{
    mote_sha256_last_of(sha);
    store_digest(digest, sha->state);
    mote_wipe(sha, sizeof *sha);
    mote_clear_vectors();
}

void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len)
{
    hash_value H;

    mote_sha256_initial(H.words);
    mote_sha256_last(H.words, 0, data, len);
    store_digest(digest, H.words);
    MOTE_WIPE_OBJECT(hash_value, &H);
    mote_clear_vectors();
}

#else
typedef int mote_sha256_desktop_is_empty;
#endif
