/* base64/base64_portable.c - Base64 in portable C: four characters in one 32-bit word, no table, no branch. The last one or
 * two bytes are a group too, made up with zero bits on the way out and with 'A' (value 0) on the way in.
 *
 * Each byte of a word is one character (RFC 4648 tables 1 and 2). "byte >= t" is the top bit of byte + (128 - t), for
 * bytes up to 127, and no carry leaves a byte; spread over the byte it masks the step by which the characters of a
 * range are shifted. */
#include "../ct/ct_internal.h"
#include "base64_backend.h"

#include <string.h>

#if MOTE_BASE64_PORTABLE || MOTE_BASE64_HELPED

#if MOTE_BASE64_HELPED
#define PORTABLE(function) mote_base64_portable_##function
#else
#define PORTABLE(function) mote_base64_##function
#endif

#define EACH(byte) ((uint32_t)(byte) * 0x01010101u)
#define TOP EACH(0x80)

/* Else clang makes vectors of many words, which outlive this on the stack. */
#if MOTE_TARGET_DESKTOP
#define SCALAR(word) mote_ct_barrier32(word)
#else
#define SCALAR(word) (word)
#endif

/* In each byte: the top bit if byte >= t, for bytes up to 127 and t from 1 to 128. */
static inline uint32_t at_least(uint32_t word, uint8_t t)
{
    return (word + EACH(128 - t)) & TOP;
}

/* In each byte: the top bit if first <= byte <= last. */
static inline uint32_t in_range(uint32_t word, uint8_t first, uint8_t last)
{
    return at_least(word, first) ^ at_least(word, (uint8_t)(last + 1));
}

/* In each byte: 0x7f where the top bit of flags is set, else 0. */
static inline uint32_t spread(uint32_t flags)
{
    return flags - (flags >> 7);
}

/* Four characters, each below 128. */
static inline void store_word(char *out, uint32_t c)
{
#if defined(__ARM_FEATURE_UNALIGNED) && defined(__ARMEL__)
    memcpy(out, &c, sizeof c); /* one instruction; gcc does not see it in the below */
#else
    out[0] = (char)(c & 0x7f);
    out[1] = (char)((c >> 8) & 0x7f);
    out[2] = (char)((c >> 16) & 0x7f);
    out[3] = (char)(c >> 24);
#endif
}

void PORTABLE(encode_text)(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    /* From '0'..'9', which follow 'z', on to the characters 62 and 63: "+/", or "-_" in URLs. All steps are positive
     * within 7 bits; those down are subtracted. */
    const uint32_t down62 = EACH(url ? 13 : 15), up63 = EACH(url ? 49 : 3);
    const uint8_t tail = len % 4;
    size_t groups = len / 4;
    char *const end = out + 4 * groups;
    uint8_t last[7]; /* the last group, if it is not whole: three bytes, four characters */

    /* The groups; and in a second turn the last, made up to a whole one, through the same loop. */
    for (uint8_t turns = tail == 0 ? 1 : 2;;) {
        for (const uint8_t *const stop = in + 3 * groups; in != stop; in += 3, out += 4) {
            const uint32_t v = ((uint32_t)(in[0] >> 2)) | ((uint32_t)(((in[0] & 3) << 4) | (in[1] >> 4)) << 8) |
                               ((uint32_t)(((in[1] & 15) << 2) | (in[2] >> 6)) << 16) | ((uint32_t)(in[2] & 63) << 24);
            uint32_t c = SCALAR(v) + EACH('A');

            c += spread(at_least(v, 26)) & EACH('a' - 'Z' - 1);
            c -= spread(at_least(v, 52)) & EACH('z' + 1 - '0');
            c -= spread(at_least(v, 62)) & down62;
            c += spread(at_least(v, 63)) & up63;
            store_word(out, c);
        }
        if (--turns == 0)
            break;
        last[0] = in[0];
        last[1] = tail == 3 ? in[1] : 0;
        last[2] = 0;
        in = last;
        out = (char *)last + 3;
        groups = 1;
    }
    if (tail != 0) {
        end[0] = (char)last[3];
        end[1] = (char)last[4];
        if (tail == 3)
            end[2] = (char)last[5];
        mote_wipe(last, sizeof last);
    }
}

uint8_t PORTABLE(decode_text)(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    const uint8_t c62 = url ? '-' : '+', c63 = url ? '_' : '/';
    /* What is added, modulo 128, to each of the two special characters to give its value. */
    const uint32_t from62 = EACH((62 - c62) & 127), from63 = EACH((63 - c63) & 127);
    const uint8_t tail = len % 4;
    size_t groups = len / 4;
    uint8_t *const end = out + 3 * groups;
    uint8_t last[7] = {0}; /* the last group, if it is not whole: four characters, three bytes */
    uint8_t left = 0;      /* the bits that no byte takes */
    uint32_t wrong = 0;

    /* In one turn or two, as above. */
    for (uint8_t turns = tail == 0 ? 1 : 2;;) {
        for (const char *const stop = in + 4 * groups; in != stop; in += 4, out += 3) {
            const uint32_t c = (uint32_t)(uint8_t)in[0] | ((uint32_t)(uint8_t)in[1] << 8) |
                               ((uint32_t)(uint8_t)in[2] << 16) | ((uint32_t)(uint8_t)in[3] << 24);
            const uint32_t ascii = SCALAR(c) & ~TOP;
            uint32_t v = ascii, known, range;

            /* From each range's first character to its first value, modulo 128. Of each byte one sum at most is not 0. */
            range = in_range(ascii, 'A', 'Z');
            known = range;
            v += (range >> 1) - (range >> 7); /* 63 = 128 - 'A' */
            range = in_range(ascii, 'a', 'z');
            known |= range;
            v += spread(range) & EACH(128 + 26 - 'a');
            range = in_range(ascii, '0', '9');
            known |= range;
            v += range >> 5; /* 4 = 52 - '0' */
            range = in_range(ascii, c62, c62);
            known |= range;
            v += spread(range) & from62;
            range = in_range(ascii, c63, c63);
            known |= range;
            v += spread(range) & from63;
            wrong |= c | ~known;
            /* Two by two, twelve bits in each half, then all. */
            v = ((v & 0x003f003f) << 6) | ((v >> 8) & 0x003f003f);
            v = ((v & 0xffff) << 12) | (v >> 16);
            out[0] = (uint8_t)(v >> 16);
            out[1] = (uint8_t)(v >> 8);
            out[2] = (uint8_t)v;
        }
        if (--turns == 0)
            break;
        last[0] = (uint8_t)in[0];
        last[1] = (uint8_t)in[1];
        last[2] = tail == 3 ? (uint8_t)in[2] : 'A';
        last[3] = 'A';
        in = (const char *)last;
        out = last + 4;
        groups = 1;
    }
    if (tail != 0) {
        end[0] = last[4];
        left = last[6];
        if (tail == 3)
            end[1] = last[5];
        else
            left |= last[5];
        mote_wipe(last, sizeof last);
    }
    wrong &= TOP;
    return (uint8_t)(left | (wrong >> 7) | (wrong >> 15) | (wrong >> 23) | (wrong >> 31));
}

#if MOTE_BASE64_SINGLE_BACKEND && MOTE_BASE64_PORTABLE
const char *mote_base64_backend(void)
{
    return "portable";
}
#endif

#else
typedef int mote_base64_portable_is_empty;
#endif
