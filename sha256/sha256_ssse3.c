/* sha256/sha256_ssse3.c - SHA-256's compression function with SSSE3: the algorithm of sha256_vector.h, a block at a
 * time. */
#include "../ct/cpu.h"
#include "sha256_backend.h"

#if MOTE_SHA256_SSSE3

#include "sha256_k.h"

#include <immintrin.h>

#define COMPRESS MOTE_SHA256_BACKEND(ssse3, compress)
#define TARGET __attribute__((target("ssse3")))
#define LANES 1
#define CLEAR_VECTORS() MOTE_CLEAR_XMM()
typedef __m128i vec;

TARGET static inline vec load_words(const uint8_t *first, const uint8_t *second)
{
    const vec swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);

    (void)second;
    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)first), swap);
}

TARGET static inline vec load_k(const uint32_t k[4])
{
    return _mm_loadu_si128((const __m128i *)(const void *)k);
}

TARGET static inline void store(uint32_t *wk, vec x)
{
    _mm_storeu_si128((__m128i *)(void *)wk, x);
}

TARGET static inline vec add(vec x, vec y)
{
    return _mm_add_epi32(x, y);
}

/* sigma1 of two words that stand, doubled, in 64 bits each: a 64-bit shift of them then is a rotation. The result is in
 * the low half of each. */
TARGET static inline vec sigma1(vec x)
{
    const vec r = _mm_xor_si128(_mm_srli_epi64(x, 17), _mm_srli_epi64(x, 19));

    return _mm_xor_si128(r, _mm_srli_epi32(x, 10));
}

TARGET static inline vec next_words(vec x0, vec x1, vec x2, vec x3)
{
    /* To the low two words, and to the high two, from where they are doubled by a shuffle. */
    const vec to_low = _mm_set_epi64x(-1, 0x0b0a090803020100);
    const vec to_high = _mm_set_epi64x(0x0b0a090803020100, -1);
    const vec w15 = _mm_alignr_epi8(x1, x0, 4), w7 = _mm_alignr_epi8(x3, x2, 4);
    vec s = _mm_srli_epi32(w15, 3), right = _mm_srli_epi32(w15, 7), left = _mm_slli_epi32(w15, 14);

    /* sigma0: the rotations by 7 and 18 are 11 apart in both their halves. */
    s = _mm_xor_si128(_mm_xor_si128(s, right), left);
    s = _mm_xor_si128(s, _mm_srli_epi32(right, 11));
    s = _mm_xor_si128(s, _mm_slli_epi32(left, 11));
    s = add(add(s, w7), x0);
    s = add(s, _mm_shuffle_epi8(sigma1(_mm_shuffle_epi32(x3, 0xfa)), to_low));
    return add(s, _mm_shuffle_epi8(sigma1(_mm_shuffle_epi32(s, 0x50)), to_high));
}

#include "sha256_vector.h"

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "ssse3";
}
#endif

#else
typedef int mote_sha256_ssse3_is_empty;
#endif
