/* base64/base64_ssse3.c - Base64 with SSSE3: the algorithm of base64_vector.h, 12 bytes at a time. It takes texts of any
 * length, and so also what AVX2 leaves. */
#include "../ct/cpu.h"
#include "base64_backend.h"
#include "base64_internal.h"

#if MOTE_BASE64_SSSE3 || MOTE_BASE64_AVX2

#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("ssse3")))
#if MOTE_BASE64_AVX2
#define B64(function) mote_base64_ssse3_##function
#else
#define B64(function) MOTE_BASE64_BACKEND(ssse3, function)
#endif
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

TARGET static inline uint8_t any(vec x)
{
    const uint32_t bits = 0xffff ^ (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(x, _mm_setzero_si128()));

    return (uint8_t)(bits | bits >> 8);
}

#include "base64_vector.h"

/* x by up to 64 bits, of which a shift of C does at most 63. */
#define UP(x, bits) ((x) << (bits) / 2 << (bits) / 2)
#define DOWN(x, bits) ((x) >> (bits) / 2 >> (bits) / 2)

/* n bytes, 1 to 16, and zeros: two words that may overlap, the second shifted to its place. */
TARGET static MOTE_NOINLINE vec load_few(const uint8_t *p, size_t n)
{
    uint64_t low, high = 0;

    if (n >= 8) {
        memcpy(&low, p, 8);
        memcpy(&high, p + n - 8, 8);
        high = DOWN(high, 8 * (16 - n));
    } else if (n >= 4) {
        uint32_t first, last;

        memcpy(&first, p, 4);
        memcpy(&last, p + n - 4, 4);
        low = first | (uint64_t)last << 8 * (n - 4);
    } else {
        low = p[0] | (uint64_t)p[n / 2] << 8 * (n / 2) | (uint64_t)p[n - 1] << 8 * (n - 1);
    }
    return _mm_set_epi64x((long long)high, (long long)low);
}

/* The first n bytes of x, 1 to 16. */
TARGET static MOTE_NOINLINE void store_few(uint8_t *p, vec x, size_t n)
{
    const uint64_t low = (uint64_t)_mm_cvtsi128_si64(x), high = (uint64_t)_mm_cvtsi128_si64(_mm_unpackhi_epi64(x, x));

    if (n >= 8) {
        const uint64_t last = DOWN(low, 8 * (n - 8)) | UP(high, 8 * (16 - n));

        memcpy(p, &low, 8);
        memcpy(p + n - 8, &last, 8);
    } else if (n >= 4) {
        const uint32_t first = (uint32_t)low, last = (uint32_t)(low >> 8 * (n - 4));

        memcpy(p, &first, 4);
        memcpy(p + n - 4, &last, 4);
    } else {
        p[0] = (uint8_t)low;
        p[n / 2] = (uint8_t)(low >> 8 * (n / 2));
        p[n - 1] = (uint8_t)(low >> 8 * (n - 1));
    }
}

/* Ones in the bytes from number n on. */
TARGET static inline vec beyond(size_t n)
{
    return _mm_cmpgt_epi8(_mm_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), repeat_byte((uint8_t)(n - 1)));
}

/* The bits that no byte has are zero (section 3.5). */
TARGET static void encode_rest(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    const vec steps = REPEAT(STEPS[url]);

    while (len != 0) {
        const size_t take = len < TEXT ? len : TEXT, bytes_taken = mote_base64_bytes(take);

        store_few((uint8_t *)out, encode_step(load_few(in, bytes_taken), steps), take);
        len -= take;
        in += bytes_taken;
        out += take;
    }
}

TARGET static uint8_t decode_rest(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    const decoder d = decoder_of(url);
    vec wrong = _mm_setzero_si128();

    while (len != 0) {
        const size_t take = len < TEXT ? len : TEXT, bytes_taken = mote_base64_bytes(take);
        const vec none = _mm_and_si128(beyond(take), repeat_byte('A')); /* of value 0 */
        const vec bytes = decode_step(_mm_or_si128(load_few((const uint8_t *)in, take), none), &d, &wrong);

        wrong = _mm_or_si128(wrong, _mm_and_si128(bytes, beyond(bytes_taken)));
        store_few(out, bytes, bytes_taken);
        len -= take;
        in += take;
        out += bytes_taken;
    }
    return any(wrong);
}

#if MOTE_BASE64_SINGLE_BACKEND && MOTE_BASE64_SSSE3
const char *mote_base64_backend(void)
{
    return "ssse3";
}
#endif

#else
typedef int mote_base64_ssse3_is_empty;
#endif
