/* base64/base64_neon.c - Base64 groups with NEON (RFC 4648 tables 1 and 2): 48 bytes to 64 characters and back.
 *
 * Loads and stores of structures take groups apart, so that a vector has the same place of sixteen groups. Characters and
 * values are ranges apart by a constant; comparisons give masks. */
#include "../ct/cpu.h"
#include "base64_backend.h"

#if MOTE_BASE64_NEON

#include <arm_neon.h>

#define TARGET MOTE_CPU_NEON_TARGET
#define GROUPS 16

typedef uint8x16_t vec;

/* A step of size `by` in those bytes of a that are `from` or more. */
TARGET static inline vec step(vec a, uint8_t from, uint8_t by)
{
    return vandq_u8(vcgeq_u8(a, vdupq_n_u8(from)), vdupq_n_u8(by));
}

/* The characters of values: all steps from 'A' on, of which that to the digits goes down. */
TARGET static inline vec characters(vec values, uint8_t url)
{
    vec c = vaddq_u8(values, vdupq_n_u8('A'));

    c = vaddq_u8(c, step(values, 26, 'a' - 'Z' - 1));
    c = vsubq_u8(c, step(values, 52, 'z' + 1 - '0'));
    c = vsubq_u8(c, step(values, 62, url ? '9' + 1 - '-' : '9' + 1 - '+'));
    return vaddq_u8(c, step(values, 63, url ? '_' - '-' - 1 : '/' - '+' - 1));
}

TARGET static inline void encode_step(char *out, const uint8_t *in, uint8_t url)
{
    const uint8x16x3_t bytes = vld3q_u8(in);
    const vec a = bytes.val[0], b = bytes.val[1], c = bytes.val[2], six = vdupq_n_u8(63);
    uint8x16x4_t text;

    text.val[0] = characters(vshrq_n_u8(a, 2), url);
    text.val[1] = characters(vandq_u8(vsliq_n_u8(vshrq_n_u8(b, 4), a, 4), six), url);
    text.val[2] = characters(vandq_u8(vsliq_n_u8(vshrq_n_u8(c, 6), b, 2), six), url);
    text.val[3] = characters(vandq_u8(c, six), url);
    vst4q_u8((uint8_t *)out, text);
}

TARGET void MOTE_BASE64_BACKEND(neon, encode_text)(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    size_t groups = len / 4;

    if (groups >= GROUPS) {
        for (; groups > GROUPS; groups -= GROUPS, in += 3 * GROUPS, out += 4 * GROUPS)
            encode_step(out, in, url);
        /* The last sixteen groups may overlap those before. */
        encode_step(out + 4 * groups - 4 * GROUPS, in + 3 * groups - 3 * GROUPS, url);
        MOTE_CLEAR_VECTORS();
        in += 3 * groups;
        out += 4 * groups;
        len %= 4;
    }
    mote_base64_portable_encode_text(out, in, len, url);
}

/* values where c is one of the count characters from first on. */
TARGET static inline vec range(vec values, vec c, char first, uint8_t count, uint8_t value)
{
    const vec n = vsubq_u8(c, vdupq_n_u8((uint8_t)first));

    return vbslq_u8(vcltq_u8(n, vdupq_n_u8(count)), vaddq_u8(n, vdupq_n_u8(value)), values);
}

/* The values of characters, 0xff for what is none; collects what they are. */
TARGET static inline vec values_of(vec c, uint8_t url, vec *all)
{
    vec values = range(vdupq_n_u8(0xff), c, 'A', 26, 0);

    values = range(values, c, 'a', 26, 26);
    values = range(values, c, '0', 10, 52);
    values = range(values, c, url ? '-' : '+', 1, 62);
    values = range(values, c, url ? '_' : '/', 1, 63);
    *all = vorrq_u8(*all, values);
    return values;
}

TARGET static inline void decode_step(uint8_t *out, uint8x16x4_t text, uint8_t url, vec *all)
{
    const vec a = values_of(text.val[0], url, all), b = values_of(text.val[1], url, all);
    const vec c = values_of(text.val[2], url, all), d = values_of(text.val[3], url, all);
    uint8x16x3_t bytes;

    bytes.val[0] = vsliq_n_u8(vshrq_n_u8(b, 4), a, 2);
    bytes.val[1] = vsliq_n_u8(vshrq_n_u8(c, 2), b, 4);
    bytes.val[2] = vsliq_n_u8(d, c, 6);
    vst3q_u8(out, bytes);
}

TARGET static uint8_t decode_groups(uint8_t *out, const char *in, size_t groups, uint8_t url)
{
    /* The last sixteen groups may overlap those before. They are read now, since they may be overwritten. */
    const uint8x16x4_t last = vld4q_u8((const uint8_t *)in + 4 * groups - 4 * GROUPS);
    vec all = vdupq_n_u8(0);
    uint64_t folded;

    for (; groups > GROUPS; groups -= GROUPS, in += 4 * GROUPS, out += 3 * GROUPS)
        decode_step(out, vld4q_u8((const uint8_t *)in), url, &all);
    decode_step(out + 3 * groups - 3 * GROUPS, last, url, &all);
    /* Values are six bits; 0xff leaves more. */
    folded = vget_lane_u64(vreinterpret_u64_u8(vorr_u8(vget_low_u8(all), vget_high_u8(all))), 0);
    folded |= folded >> 32;
    folded |= folded >> 16;
    folded |= folded >> 8;
    MOTE_CLEAR_VECTORS();
    return (uint8_t)(folded & 0xc0);
}

TARGET uint8_t MOTE_BASE64_BACKEND(neon, decode_text)(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    const size_t groups = len / 4;
    uint8_t wrong = 0;

    if (groups >= GROUPS) {
        wrong = decode_groups(out, in, groups, url);
        in += 4 * groups;
        out += 3 * groups;
        len %= 4;
    }
    return wrong | mote_base64_portable_decode_text(out, in, len, url);
}

#if MOTE_BASE64_SINGLE_BACKEND
const char *mote_base64_backend(void)
{
    return "neon";
}
#endif

#else
typedef int mote_base64_neon_is_empty;
#endif
