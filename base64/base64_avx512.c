/* base64/base64_avx512.c - Base64 groups with AVX-512 VBMI, whose shuffles look up whole alphabets of 64 characters that lie
 * in registers: 48 bytes at a time, the rest under a mask. After W. Mula and D. Lemire, "Base64 encoding and decoding at
 * almost the speed of a memory copy", Software: Practice and Experience 50 (2020). */
#include "../ct/cpu.h"
#include "base64_backend.h"

#if MOTE_BASE64_AVX512

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

/* RFC 4648 tables 1 and 2. */
static const char ALPHABETS[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

/* The first n of 64, for public n. */
TARGET static inline __mmask64 first(size_t n)
{
    return n >= 64 ? ~(__mmask64)0 : ((__mmask64)1 << n) - 1;
}

TARGET void MOTE_BASE64_BACKEND(avx512, encode_groups)(char *out, const uint8_t *in, size_t groups, uint8_t url)
{
    if (groups < 2) {
        mote_base64_portable_encode_groups(out, in, groups, url);
        return;
    }
    const __m512i alphabet = _mm512_loadu_si512(ALPHABETS[url]);
    /* Of each group a b c the bytes b a c b; from each 64 bits of that, values from bits 10, 4, 22, 16, 42, ... on. */
    const __m512i lane = _mm512_set1_epi32(0x01020001);
    const __m512i group = _mm512_setr_epi32(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45);
    const __m512i spread = _mm512_add_epi8(lane, _mm512_mullo_epi32(group, _mm512_set1_epi32(0x01010101)));
    const __m512i shifts = _mm512_set1_epi64(0x3036242a1016040a);

    while (groups != 0) {
        const size_t take = groups < 16 ? groups : 16;
        const __m512i bytes = _mm512_permutexvar_epi8(spread, _mm512_maskz_loadu_epi8(first(3 * take), in));
        const __m512i values = _mm512_multishift_epi64_epi8(shifts, bytes); /* the shuffle takes their low six bits */

        _mm512_mask_storeu_epi8(out, first(4 * take), _mm512_permutexvar_epi8(values, alphabet));
        groups -= take;
        in += 3 * take;
        out += 4 * take;
    }
    MOTE_CLEAR_ZMM();
}

TARGET uint8_t MOTE_BASE64_BACKEND(avx512, decode_groups)(uint8_t *out, const char *in, size_t groups, uint8_t url)
{
    if (groups < 2)
        return mote_base64_portable_decode_groups(out, in, groups, url);
    /* Values of the characters 0..63 and 64..127, 0x80 where there is none: letters and digits of both alphabets, then
     * the two that differ. */
    const __m512i code = _mm512_setr_epi32(0x03020100, 0x07060504, 0x0b0a0908, 0x0f0e0d0c, 0x13121110, 0x17161514,
                                           0x1b1a1918, 0x1f1e1d1c, 0x23222120, 0x27262524, 0x2b2a2928, 0x2f2e2d2c,
                                           0x33323130, 0x37363534, 0x3b3a3938, 0x3f3e3d3c);
    const __m512i none = _mm512_set1_epi8(-128);
    /* Characters 48..57 are 52..61; 64 + 1..26 are 0..25, 64 + 33..58 are 26..51. */
    const __mmask64 digits = 0x03ff000000000000, upper = 0x0000000007fffffe, lower = 0x07fffffe00000000;
    const __mmask64 is62 = (__mmask64)1 << (url ? '-' : '+'), is63 = url ? (__mmask64)1 << ('_' - 64) : (__mmask64)1 << '/';
    __m512i low = _mm512_mask_add_epi8(none, digits, code, _mm512_set1_epi8(52 - 48));
    __m512i high = _mm512_mask_sub_epi8(none, upper, code, _mm512_set1_epi8(1));
    __m512i wrong = _mm512_setzero_si512();
    const __m512i pack = _mm512_setr_epi32(0x06000102, 0x090a0405, 0x0c0d0e08, 0x16101112, 0x191a1415, 0x1c1d1e18, 0x26202122,
                                           0x292a2425, 0x2c2d2e28, 0x36303132, 0x393a3435, 0x3c3d3e38, 0, 0, 0, 0);
    uint8_t verdict;

    high = _mm512_mask_sub_epi8(high, lower, code, _mm512_set1_epi8(33 - 26));
    low = _mm512_mask_mov_epi8(low, is62, _mm512_set1_epi8(62));
    if (url)
        high = _mm512_mask_mov_epi8(high, is63, _mm512_set1_epi8(63));
    else
        low = _mm512_mask_mov_epi8(low, is63, _mm512_set1_epi8(63));

    while (groups != 0) {
        const size_t take = groups < 16 ? groups : 16;
        const __m512i text = _mm512_mask_loadu_epi8(_mm512_set1_epi8('A'), first(4 * take), in);
        __m512i values = _mm512_permutex2var_epi8(low, text, high); /* by the low seven bits */

        wrong = _mm512_ternarylogic_epi32(wrong, text, values, 0xfe); /* OR: the top bit is what counts */
        values = _mm512_maddubs_epi16(values, _mm512_set1_epi32(0x01400140));
        values = _mm512_madd_epi16(values, _mm512_set1_epi32(0x00011000));
        _mm512_mask_storeu_epi8(out, first(3 * take), _mm512_permutexvar_epi8(pack, values));
        groups -= take;
        in += 4 * take;
        out += 3 * take;
    }
    {
        const __mmask64 bits = _mm512_movepi8_mask(wrong);
        const uint32_t folded = (uint32_t)bits | (uint32_t)(bits >> 32);

        verdict = (uint8_t)(folded | folded >> 8 | folded >> 16 | folded >> 24);
    }
    MOTE_CLEAR_ZMM();
    return verdict;
}

#if MOTE_BASE64_SINGLE_BACKEND
const char *mote_base64_backend(void)
{
    return "avx512";
}
#endif

#else
typedef int mote_base64_avx512_is_empty;
#endif
