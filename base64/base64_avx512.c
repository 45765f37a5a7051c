/* base64/base64_avx512.c - Base64 with AVX-512 VBMI, whose shuffles look up whole alphabets of 64 characters that lie
 * in registers: 48 bytes at a time, the rest under a mask. After W. Mula and D. Lemire, "Base64 encoding and decoding at
 * almost the speed of a memory copy", Software: Practice and Experience 50 (2020). */
#include "../ct/cpu.h"
#include "base64_backend.h"
#include "base64_internal.h"

#if MOTE_BASE64_AVX512

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

/* RFC 4648 tables 1 and 2. */
static const char ALPHABETS[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

/* RFC 4648 tables 1 and 2, the other way round: the value of each 7-bit character, 128 where there is none. */
static const uint8_t VALUES[2][128] = {
    {
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,  62, 128, 128, 128,  63,
         52,  53,  54,  55,  56,  57,  58,  59,  60,  61, 128, 128, 128, 128, 128, 128,
        128,   0,   1,   2,   3,   4,   5,   6,   7,   8,   9,  10,  11,  12,  13,  14,
         15,  16,  17,  18,  19,  20,  21,  22,  23,  24,  25, 128, 128, 128, 128, 128,
        128,  26,  27,  28,  29,  30,  31,  32,  33,  34,  35,  36,  37,  38,  39,  40,
         41,  42,  43,  44,  45,  46,  47,  48,  49,  50,  51, 128, 128, 128, 128, 128,
    },
    {
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,
        128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128,  62, 128, 128,
         52,  53,  54,  55,  56,  57,  58,  59,  60,  61, 128, 128, 128, 128, 128, 128,
        128,   0,   1,   2,   3,   4,   5,   6,   7,   8,   9,  10,  11,  12,  13,  14,
         15,  16,  17,  18,  19,  20,  21,  22,  23,  24,  25, 128, 128, 128, 128,  63,
        128,  26,  27,  28,  29,  30,  31,  32,  33,  34,  35,  36,  37,  38,  39,  40,
         41,  42,  43,  44,  45,  46,  47,  48,  49,  50,  51, 128, 128, 128, 128, 128,
    },
};

/* The first n of 64, for public n from 1 to 64. */
TARGET static inline __mmask64 first(size_t n)
{
    return ~(__mmask64)0 >> (64 - n);
}

/* Eight bytes that are wanted in all of a vector eight times: a compiler that knows them would keep 64. */
static const uint64_t SHIFTS = 0x3036242a1016040a, WEIGHTS8 = 0x0140014001400140, WEIGHTS16 = 0x0001100000011000;

TARGET static inline __m512i repeat(const uint64_t *bytes)
{
    __asm__("" : "+r"(bytes));
    return _mm512_set1_epi64((long long)*bytes);
}

TARGET void MOTE_BASE64_BACKEND(avx512, encode_text)(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    const __m512i alphabet = _mm512_loadu_si512(ALPHABETS[url]);
    /* Of each group a b c the bytes b a c b; from each 64 bits of that, values from bits 10, 4, 22, 16, 42, ... on. */
    const __m512i lane = _mm512_set1_epi32(0x01020001);
    const __m512i group = _mm512_setr_epi32(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 33, 36, 39, 42, 45);
    const __m512i spread = _mm512_add_epi8(lane, _mm512_mullo_epi32(group, _mm512_set1_epi32(0x01010101)));
    const __m512i shifts = repeat(&SHIFTS);

    while (len != 0) {
        const size_t take = len < 64 ? len : 64, bytes_taken = mote_base64_bytes(take);
        /* What is not there is zero, as the standard has it for the bits of the last character that no byte has. */
        const __m512i bytes = _mm512_permutexvar_epi8(spread, _mm512_maskz_loadu_epi8(first(bytes_taken), in));
        const __m512i values = _mm512_multishift_epi64_epi8(shifts, bytes); /* the shuffle takes their low six bits */

        _mm512_mask_storeu_epi8(out, first(take), _mm512_permutexvar_epi8(values, alphabet));
        len -= take;
        in += bytes_taken;
        out += take;
    }
    MOTE_CLEAR_ZMM();
}

TARGET uint8_t MOTE_BASE64_BACKEND(avx512, decode_text)(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    const __m512i low = _mm512_loadu_si512(VALUES[url]), high = _mm512_loadu_si512(VALUES[url] + 64);
    /* Of each 32 bits the lower three bytes, the highest first; above those of all, bytes that are zero. */
    const __m512i pack =
        _mm512_setr_epi32(0x06000102, 0x090a0405, 0x0c0d0e08, 0x16101112, 0x191a1415, 0x1c1d1e18, 0x26202122, 0x292a2425,
                          0x2c2d2e28, 0x36303132, 0x393a3435, 0x3c3d3e38, 0x03030303, 0x03030303, 0x03030303, 0x03030303);
    const __m512i weights8 = repeat(&WEIGHTS8), weights16 = repeat(&WEIGHTS16);
    __m512i wrong = _mm512_setzero_si512(), values = wrong;
    __mmask64 taken = 0, bits;

    while (len != 0) {
        const size_t take = len < 64 ? len : 64, bytes_taken = mote_base64_bytes(take);
        const __m512i text = _mm512_mask_loadu_epi8(_mm512_set1_epi8('A'), first(take), in);

        values = _mm512_permutex2var_epi8(low, text, high);          /* by the low seven bits */
        wrong = _mm512_ternarylogic_epi32(wrong, text, values, 0xfe); /* OR: the top bit is what counts */
        values = _mm512_maddubs_epi16(values, weights8);
        values = _mm512_madd_epi16(values, weights16);
        values = _mm512_permutexvar_epi8(pack, values);
        taken = first(bytes_taken);
        _mm512_mask_storeu_epi8(out, taken, values);
        len -= take;
        in += take;
        out += bytes_taken;
    }
    /* What is left of the last vector are the bits that no byte takes. */
    bits = _mm512_movepi8_mask(wrong) | _mm512_mask_test_epi8_mask(~taken, values, values);
    MOTE_CLEAR_ZMM();
    return (uint8_t)((bits | (~bits + 1)) >> 63);
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
