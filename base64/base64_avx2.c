/* base64/base64_avx2.c - Base64 with AVX2: the algorithm of base64_vector.h, 24 bytes at a time; short texts and ends with
 * SSSE3. */
#include "../ct/cpu.h"
#include "base64_backend.h"

#if MOTE_BASE64_AVX2

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define B64(function) MOTE_BASE64_BACKEND(avx2, function)
#define LANES 2
#define V(name) _mm256_##name
#define VS(name) _mm256_##name##_si256
#define REPEAT(p) _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)(p)))
#define CLEAR_VECTORS() MOTE_CLEAR_YMM()
typedef __m256i vec;

TARGET static inline vec load_bytes(const uint8_t *p)
{
    const __m128i low = _mm_loadu_si128((const __m128i *)(const void *)p);
    const __m128i high = _mm_loadu_si128((const __m128i *)(const void *)(p + 12));

    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

TARGET static inline vec compact(vec x)
{
    return _mm256_permutevar8x32_epi32(x, _mm256_setr_epi32(0, 1, 2, 4, 5, 6, 3, 7));
}

TARGET static inline uint8_t any(vec x)
{
    const uint32_t bits = ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(x, _mm256_setzero_si256()));

    return (uint8_t)(bits | bits >> 8 | bits >> 16 | bits >> 24);
}

#include "base64_vector.h"

static void encode_rest(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    mote_base64_ssse3_encode_text(out, in, len, url);
}

static uint8_t decode_rest(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    return mote_base64_ssse3_decode_text(out, in, len, url);
}

#if MOTE_BASE64_SINGLE_BACKEND
const char *mote_base64_backend(void)
{
    return "avx2";
}
#endif

#else
typedef int mote_base64_avx2_is_empty;
#endif
