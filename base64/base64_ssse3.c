/* base64/base64_ssse3.c - Base64 groups with SSSE3: the algorithm of base64_vector.h, 12 bytes at a time. */
#include "../ct/cpu.h"
#include "base64_backend.h"

#if MOTE_BASE64_SSSE3

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("ssse3")))
#define B64(function) MOTE_BASE64_BACKEND(ssse3, function)
#define LANES 1
#define V(name) _mm_##name
#define VS(name) _mm_##name##_si128
#define REPEAT(p) _mm_loadu_si128((const __m128i *)(const void *)(p))
#define CLEAR_VECTORS() MOTE_CLEAR_XMM()
typedef __m128i vec;

TARGET static inline vec load_bytes(const uint8_t *p)
{
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

#define compact(x) (x)

TARGET static inline void store_bytes(uint8_t *p, vec x)
{
    const int32_t last = _mm_cvtsi128_si32(_mm_unpackhi_epi64(x, x));

    _mm_storel_epi64((__m128i *)(void *)p, x);
    memcpy(p + 8, &last, sizeof last);
}

TARGET static inline uint8_t any(vec x)
{
    const uint32_t bits = 0xffff ^ (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128()));

    return (uint8_t)(bits | bits >> 8);
}

#include "base64_vector.h"

#if MOTE_BASE64_SINGLE_BACKEND
const char *mote_base64_backend(void)
{
    return "ssse3";
}
#endif

#else
typedef int mote_base64_ssse3_is_empty;
#endif
