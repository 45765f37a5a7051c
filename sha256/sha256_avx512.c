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

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "avx512";
}
#endif

#else
typedef int mote_sha256_avx512_is_empty;
#endif
