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

/* One block into each of two states: each word of both is in the low half of a vector of 128 bits. Such rounds take longer
 * than scalar ones, but not twice as long. */
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

/* The word of sixteen rounds later takes the place of w0. */
#define NEXT_WORD(w0, w1, w9, w14)                                                                                \
    (w0 = add_pairs(add_pairs(w0, w9),                                                                            \
                    add_pairs(xor3_pairs(_mm_ror_epi32(w1, 7), _mm_ror_epi32(w1, 18), _mm_srli_epi32(w1, 3)),     \
                              xor3_pairs(_mm_ror_epi32(w14, 17), _mm_ror_epi32(w14, 19), _mm_srli_epi32(w14, 10)))))

/* One round. The new e waits for the old one through three vector operations and the last sum alone, and so does a. */
#define PAIR_ROUND(a, b, c, d, e, f, g, h, wk)                                                                    \
    do {                                                                                                          \
        const pair s1 = xor3_pairs(_mm_ror_epi32(e, 6), _mm_ror_epi32(e, 11), _mm_ror_epi32(e, 25));              \
        const pair s0 = xor3_pairs(_mm_ror_epi32(a, 2), _mm_ror_epi32(a, 13), _mm_ror_epi32(a, 22));              \
        const pair ch = _mm_ternarylogic_epi32(e, f, g, 0xca), maj = _mm_ternarylogic_epi32(a, b, c, 0xe8);       \
                                                                                                                  \
        h = add_next(h, wk);                                                                                      \
        d = add_next(d, h);                                                                                       \
        h = add_next(h, ch);                                                                                      \
        d = add_next(add_next(d, ch), s1);                                                                        \
        h = add_next(h, s1);                                                                                      \
        h = add_next(h, maj);                                                                                     \
        h = add_pairs(h, s0);                                                                                     \
    } while (0)
#define WK(r) add_pairs(w0[r], _mm_set1_epi32((int)mote_sha256_k[t + (r)]))
#define SWAP_PAIRS(x, y)       \
    do {                       \
        const pair before = x; \
                               \
        x = y;                 \
        y = before;            \
    } while (0)

TARGET static MOTE_NOINLINE void compress_both(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8],
                                               const uint8_t block2[64])
{
    const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    pair W[16], H[8]; /* W: the word of round t is at t % 16 */

    for (unsigned i = 0; i < 16; i += 4)
        interleave(W + i, _mm_shuffle_epi8(load_four(block1 + 4 * i), swap),
                   _mm_shuffle_epi8(load_four(block2 + 4 * i), swap));
    interleave(H, load_four(state1), load_four(state2));
    interleave(H + 4, load_four(state1 + 4), load_four(state2 + 4));

    pair a = H[0], b = H[1], c = H[2], d = H[3], e = H[4], f = H[5], g = H[6], h = H[7];

    for (unsigned t = 0; t < 64; t += 4) {
        pair *const w0 = W + t % 16, *const w4 = W + (t + 4) % 16, *const w8 = W + (t + 8) % 16;
        pair *const w12 = W + (t + 12) % 16;

        PAIR_ROUND(a, b, c, d, e, f, g, h, WK(0));
        PAIR_ROUND(h, a, b, c, d, e, f, g, WK(1));
        PAIR_ROUND(g, h, a, b, c, d, e, f, WK(2));
        PAIR_ROUND(f, g, h, a, b, c, d, e, WK(3));
        SWAP_PAIRS(a, e);
        SWAP_PAIRS(b, f);
        SWAP_PAIRS(c, g);
        SWAP_PAIRS(d, h);
        if (t < 48) {
            NEXT_WORD(w0[0], w0[1], w8[1], w12[2]);
            NEXT_WORD(w0[1], w0[2], w8[2], w12[3]);
            NEXT_WORD(w0[2], w0[3], w8[3], w0[0]);
            NEXT_WORD(w0[3], w4[0], w12[0], w0[1]);
        }
    }
    add_to_states(state1, state2, a, b, c, d);
    add_to_states(state1 + 4, state2 + 4, e, f, g, h);
    mote_wipe(W, sizeof W); /* it may lie higher than what erase reaches */
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
