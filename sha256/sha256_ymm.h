/* sha256/sha256_ymm.h - what the two backends with vectors of 256 bits, two blocks side by side, have in common of what
 * sha256_vector.h needs. The file that includes this defines TARGET before. */
#ifndef MOTE_SHA256_YMM_H
#define MOTE_SHA256_YMM_H

#include <immintrin.h>

#define LANES 2
typedef __m256i vec;

TARGET static inline vec load_words(const uint8_t *first, const uint8_t *second)
{
    const vec swap = _mm256_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3, 12, 13, 14, 15, 8, 9, 10, 11, 4,
                                     5, 6, 7, 0, 1, 2, 3);
    const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)first);
    const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)second);

    return _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1), swap);
}

TARGET static inline vec load_k(const uint32_t k[4])
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)k));
}

TARGET static inline void store(uint32_t *wk, vec x)
{
    _mm256_storeu_si256((__m256i *)(void *)wk, x);
}

TARGET static inline vec add(vec x, vec y)
{
    return _mm256_add_epi32(x, y);
}

#endif
