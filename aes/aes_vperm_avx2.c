/* aes/aes_vperm_avx2.c - CBC decryption by byte shuffles (aes_vperm.h) with AVX2, two blocks to a vector. Encryption is
 * serial and gains nothing: all but this is in aes_vperm_ssse3.c, whose round keys it takes. */
#include "../ct/cpu.h"
#include "aes_backend.h"

#if MOTE_AES_VPERM_AVX2

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define VPERM(function) MOTE_AES_BACKEND(vperm_avx2, function)
#define LANES 2
#define HAS_CBC_DECRYPT 1
#define VPERM_TABLES_HERE 0
#define CLEAR_VECTORS() MOTE_CLEAR_YMM()
typedef __m256i vec;

TARGET static inline vec v_load(const void *p)
{
    return _mm256_loadu_si256((const __m256i *)p);
}

TARGET static inline void v_store(void *p, vec x)
{
    _mm256_storeu_si256((__m256i *)p, x);
}

TARGET static inline void v_store1(void *p, vec x)
{
    _mm_storeu_si128((__m128i *)p, _mm256_castsi256_si128(x));
}

TARGET static inline vec v_repeat(const void *p)
{
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)p));
}

TARGET static inline vec v_before(vec previous, vec c)
{
    return _mm256_permute2x128_si256(previous, c, 0x21);
}

TARGET static inline vec v_xor(vec x, vec y)
{
    return _mm256_xor_si256(x, y);
}

TARGET static inline vec v_lookup(vec table, vec index)
{
    return _mm256_shuffle_epi8(table, index);
}

TARGET static inline vec v_low(vec x)
{
    return _mm256_and_si256(x, _mm256_set1_epi8(15));
}

TARGET static inline vec v_high(vec x)
{
    return _mm256_srli_epi32(_mm256_andnot_si256(_mm256_set1_epi8(15), x), 4);
}

#include "aes_vperm.h"

#if MOTE_AES_SINGLE_BACKEND
const char *mote_aes128_backend(void)
{
    return "vperm_avx2";
}
#endif

#else
typedef int mote_aes_vperm_avx2_is_empty;
#endif
