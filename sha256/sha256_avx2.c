/* sha256/sha256_avx2.c - SHA-256's compression function with AVX2 and BMI2: the algorithm of sha256_vector.h. */
#include "../ct/cpu.h"
#include "sha256_backend.h"

#if MOTE_SHA256_AVX2

#include "sha256_k.h"

#define COMPRESS MOTE_SHA256_BACKEND(avx2, compress)
#define TARGET __attribute__((target("avx2,bmi,bmi2")))
#define CLEAR_VECTORS() MOTE_CLEAR_YMM()

#include "sha256_ymm.h"

/* sigma1 of two words that stand, doubled, in 64 bits each: a 64-bit shift of them then is a rotation. The result is in
 * the low half of each. */
TARGET static inline vec sigma1(vec x)
{
    const vec r = _mm256_xor_si256(_mm256_srli_epi64(x, 17), _mm256_srli_epi64(x, 19));

    return _mm256_xor_si256(r, _mm256_srli_epi32(x, 10));
}

TARGET static inline vec next_words(vec x0, vec x1, vec x2, vec x3)
{
    /* To the low two words, and to the high two, from where they are doubled by a shuffle. */
    const vec to_low = _mm256_set_epi64x(-1, 0x0b0a090803020100, -1, 0x0b0a090803020100);
    const vec to_high = _mm256_set_epi64x(0x0b0a090803020100, -1, 0x0b0a090803020100, -1);
    const vec w15 = _mm256_alignr_epi8(x1, x0, 4), w7 = _mm256_alignr_epi8(x3, x2, 4);
    vec s = _mm256_srli_epi32(w15, 3), right = _mm256_srli_epi32(w15, 7), left = _mm256_slli_epi32(w15, 14);

    /* sigma0: the rotations by 7 and 18 are 11 apart in both their halves. */
    s = _mm256_xor_si256(_mm256_xor_si256(s, right), left);
    s = _mm256_xor_si256(s, _mm256_srli_epi32(right, 11));
    s = _mm256_xor_si256(s, _mm256_slli_epi32(left, 11));
    s = add(add(s, w7), x0);
    s = add(s, _mm256_shuffle_epi8(sigma1(_mm256_shuffle_epi32(x3, 0xfa)), to_low));
    return add(s, _mm256_shuffle_epi8(sigma1(_mm256_shuffle_epi32(s, 0x50)), to_high));
}

#include "sha256_vector.h"

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "avx2";
}
#endif

#else
typedef int mote_sha256_avx2_is_empty;
#endif
