/* aes/aes_vperm_ssse3.c - AES-128 by byte shuffles (aes_vperm.h) with SSSE3's PSHUFB, for processors without AES-NI. */
#include "../ct/cpu.h"
#include "aes_backend.h"

#if MOTE_AES_VPERM_SSSE3 || MOTE_AES_VPERM_AVX2

#include <immintrin.h>

#define TARGET __attribute__((target("ssse3")))
#define VPERM(function) MOTE_AES_BACKEND(vperm_ssse3, function)
#define LANES 1
#define HAS_CBC_DECRYPT MOTE_AES_VPERM_SSSE3
#define VPERM_TABLES_HERE 1
#define CLEAR_VECTORS() MOTE_CLEAR_XMM()
typedef __m128i vec;

TARGET static inline vec v_load(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

TARGET static inline void v_store(void *p, vec x)
{
    _mm_storeu_si128((__m128i *)p, x);
}

#define v_store1 v_store
#define v_repeat v_load
#define v_before(previous, c) (previous)

TARGET static inline vec v_xor(vec x, vec y)
{
    return _mm_xor_si128(x, y);
}

TARGET static inline vec v_lookup(vec table, vec index)
{
    return _mm_shuffle_epi8(table, index);
}

TARGET static inline vec v_low(vec x)
{
    return _mm_and_si128(x, _mm_set1_epi8(15));
}

TARGET static inline vec v_high(vec x)
{
    return _mm_srli_epi32(_mm_andnot_si128(_mm_set1_epi8(15), x), 4);
}

TARGET static inline vec v_double(vec x)
{
    const vec top = _mm_cmpgt_epi8(_mm_setzero_si128(), x);

    return _mm_xor_si128(_mm_add_epi8(x, x), _mm_and_si128(top, _mm_set1_epi8(0x1b)));
}

#include "aes_vperm.h"

#if MOTE_AES_SINGLE_BACKEND && MOTE_AES_VPERM_SSSE3
const char *mote_aes128_backend(void)
{
    return "vperm_ssse3";
}
#endif

#else
typedef int mote_aes_vperm_ssse3_is_empty;
#endif
