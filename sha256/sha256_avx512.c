/* sha256/sha256_avx512.c - SHA-256's compression function with AVX-512's rotations and three-way logic on 256 bits, and
 * BMI2: the algorithm of sha256_vector.h. */
#include "../ct/cpu.h"
#include "sha256_backend.h"

#if MOTE_SHA256_AVX512

#include "sha256_k.h"

#define COMPRESS MOTE_SHA256_BACKEND(avx512, compress)
#if defined(__clang__)
#define TARGET __attribute__((target("avx2,bmi,bmi2,avx512f,avx512vl,avx512bw")))
#else /* gcc orders the rounds better for the processors that have AVX-512 but not SHA-NI if it is told so */
#define TARGET __attribute__((target("avx2,bmi,bmi2,avx512f,avx512vl,avx512bw,tune=skylake-avx512")))
#endif
#define CLEAR_VECTORS() MOTE_CLEAR_ZMM()

#include "sha256_ymm.h"

TARGET static inline vec xor3(vec x, vec y, vec z)
{
    return _mm256_ternarylogic_epi32(x, y, z, 0x96);
}

TARGET static inline vec sigma0(vec x)
{
    return xor3(_mm256_ror_epi32(x, 7), _mm256_ror_epi32(x, 18), _mm256_srli_epi32(x, 3));
}

TARGET static inline vec sigma1(vec x)
{
    return xor3(_mm256_ror_epi32(x, 17), _mm256_ror_epi32(x, 19), _mm256_srli_epi32(x, 10));
}

TARGET static inline vec next_words(vec x0, vec x1, vec x2, vec x3)
{
    const vec w15 = _mm256_alignr_epi8(x1, x0, 4), w7 = _mm256_alignr_epi8(x3, x2, 4);
    vec s = add(add(x0, w7), sigma0(w15));

    /* sigma1 needs the two words before: for the low two they are there, for the high two they are these low two. */
    s = add(s, _mm256_bsrli_epi128(sigma1(x3), 8));
    return add(s, _mm256_bslli_epi128(sigma1(s), 8));
}

#include "sha256_vector.h"

/* One block into each of two states: each word of both is in the low half of a vector of 128 bits, and the message schedules
 * are made as for two blocks of one message. Such rounds take longer than scalar ones, but nothing like twice as long. */
typedef __m128i pair;

TARGET static inline pair add_pairs(pair x, pair y)
{
    return _mm_add_epi32(x, y);
}

/* The same as the next of several: the compiler must not put together first what is known last. */
TARGET static inline pair add_next(pair x, pair y)
{
    pair sum = _mm_add_epi32(x, y);

    __asm__("" : "+v"(sum));
    return sum;
}

TARGET static inline pair xor3_pairs(pair x, pair y, pair z)
{
    return _mm_ternarylogic_epi32(x, y, z, 0x96);
}

TARGET static inline __m128i load_four(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

/* Four words of each; and back, with the states from before added. */
TARGET static inline void interleave(pair out[4], __m128i first, __m128i second)
{
    out[0] = _mm_unpacklo_epi32(first, second);
    out[1] = _mm_unpackhi_epi64(out[0], out[0]);
    out[2] = _mm_unpackhi_epi32(first, second);
    out[3] = _mm_unpackhi_epi64(out[2], out[2]);
}

TARGET static inline void add_to_states(uint32_t first[4], uint32_t second[4], pair a, pair b, pair c, pair d)
{
    const pair low = _mm_unpacklo_epi32(a, b), high = _mm_unpacklo_epi32(c, d);

    _mm_storeu_si128((__m128i *)(void *)first, add_pairs(load_four(first), _mm_unpacklo_epi64(low, high)));
    _mm_storeu_si128((__m128i *)(void *)second, add_pairs(load_four(second), _mm_unpackhi_epi64(low, high)));
}

/* One round. The new e waits for the old one through three vector operations and the last sum alone, and so does a. */
#define PAIR_ROUND(a, b, c, d, e, f, g, h, r)                                                                     \
    do {                                                                                                          \
        const pair s1 = xor3_pairs(_mm_ror_epi32(e, 6), _mm_ror_epi32(e, 11), _mm_ror_epi32(e, 25));              \
        const pair s0 = xor3_pairs(_mm_ror_epi32(a, 2), _mm_ror_epi32(a, 13), _mm_ror_epi32(a, 22));              \
        const pair ch = _mm_ternarylogic_epi32(e, f, g, 0xca), maj = _mm_ternarylogic_epi32(a, b, c, 0xe8);       \
                                                                                                                  \
        h = add_next(h, _mm_loadl_epi64((const __m128i *)(const void *)(wk + 2 * (r))));                          \
        d = add_next(d, h);                                                                                       \
        h = add_next(h, ch);                                                                                      \
        d = add_next(add_next(d, ch), s1);                                                                        \
        h = add_next(h, s1);                                                                                      \
        h = add_next(h, maj);                                                                                     \
        h = add_pairs(h, s0);                                                                                     \
    } while (0)
#define SWAP_PAIRS(x, y)       \
    do {                       \
        const pair before = x; \
                               \
        x = y;                 \
        y = before;            \
    } while (0)

/* W + K of four rounds, word by word those of both blocks. */
TARGET static inline void store_pairs(uint32_t wk[8], vec words, const uint32_t k[4])
{
    store(wk, _mm256_permutevar8x32_epi32(add(words, load_k(k)), _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)));
}

TARGET static MOTE_NOINLINE void compress_both(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8],
                                               const uint8_t block2[64])
{
    vec x0 = load_words(block1, block2), x1 = load_words(block1 + 16, block2 + 16);
    vec x2 = load_words(block1 + 32, block2 + 32), x3 = load_words(block1 + 48, block2 + 48);
    uint32_t buffer[128], *wk = buffer;
    pair H[8];

    store_pairs(wk, x0, mote_sha256_k);
    store_pairs(wk + 8, x1, mote_sha256_k + 4);
    store_pairs(wk + 16, x2, mote_sha256_k + 8);
    store_pairs(wk + 24, x3, mote_sha256_k + 12);
    interleave(H, load_four(state1), load_four(state2));
    interleave(H + 4, load_four(state1 + 4), load_four(state2 + 4));

    pair a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];

    for (unsigned t = 16; t < 80; t += 4, wk += 8) {
        PAIR_ROUND(a, b, c, d, e, f, g, h, 0);
        PAIR_ROUND(h, a, b, c, d, e, f, g, 1);
        PAIR_ROUND(g, h, a, b, c, d, e, f, 2);
        PAIR_ROUND(f, g, h, a, b, c, d, e, 3);
        SWAP_PAIRS(a, e);
        SWAP_PAIRS(b, f);
        SWAP_PAIRS(c, g);
        SWAP_PAIRS(d, h);
        if (t < 64) {
            const vec next = next_words(x0, x1, x2, x3);

            x0 = x1;
            x1 = x2;
            x2 = x3;
            x3 = next;
            store_pairs(wk + 32, next, mote_sha256_k + t);
        }
    }
    add_to_states(state1, state2, a, b, c, d);
    add_to_states(state1 + 4, state2 + 4, e, f, g, h);
}

TARGET void MOTE_SHA256_BACKEND(avx512, compress_both)(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8],
                                                       const uint8_t block2[64])
{
    compress_both(state1, block1, state2, block2);
    erase();
}

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "avx512";
}
#endif

#else
typedef int mote_sha256_avx512_is_empty;
#endif
