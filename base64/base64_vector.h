/* base64/base64_vector.h - Base64 by byte shuffles (RFC 4648 sections 4 and 5): one algorithm for SSSE3 and AVX2.
 *
 * Each lane of 128 bits takes 12 bytes to 16 characters and back; the tables of 16 bytes lie in registers. After W. Mula
 * and D. Lemire, "Faster Base64 Encoding and Decoding Using AVX2 Instructions", ACM Transactions on the Web 12 (2018).
 *
 * The file that includes this defines, before: TARGET, the attribute of all functions; B64(function), their names; LANES;
 * vec; V(name) and VS(name), an intrinsic's name with the vector's prefix and, for VS, also its suffix; REPEAT(p), 16 bytes
 * in all lanes; load_bytes (12 bytes to each lane, of which it reads the 4 after them too); compact (12 bytes of each lane to
 * one end); any (not 0 if a bit is set); and CLEAR_VECTORS. After, it defines encode_rest and decode_rest, for fewer than
 * ENOUGH characters. */
#ifndef MOTE_BASE64_VECTOR_H
#define MOTE_BASE64_VECTOR_H

#include "../ct/ct_internal.h"

#define TEXT (16 * LANES)  /* characters in a vector */
#define BYTES (12 * LANES) /* their bytes */
#define ENOUGH (TEXT + 12) /* characters for a vector, with the 4 bytes of each lane that are loaded or stored too many */

static void encode_rest(char *out, const uint8_t *in, size_t len, uint8_t url);
static uint8_t decode_rest(uint8_t *out, const char *in, size_t len, uint8_t url);

typedef uint8_t table[16];

/* What is added to a value's letter, as if all were 'A' and on, to give its character: for 26..51 at 9, 52..61 at 10..15 and
 * 0..3, 62 and 63 at 4 and 5. */
static const table STEPS[2] = {
    {187, 187, 187, 187, 172, 175, 0, 0, 0, 6, 187, 187, 187, 187, 187, 187},
    {187, 187, 187, 187, 174, 223, 0, 0, 0, 6, 187, 187, 187, 187, 187, 187},
};

/* Is a character of the alphabet? A bit for each kind of high nibble; in WRONG_LOW those kinds for which the low nibble
 * makes no character of it. */
static const table KINDS = {64, 64, 1, 2, 4, 8, 16, 32, 64, 64, 64, 64, 64, 64, 64, 64};
static const table WRONG_LOW[2] = {
    {85, 65, 65, 65, 65, 65, 65, 65, 65, 65, 67, 106, 107, 107, 107, 106},
    {85, 65, 65, 65, 65, 65, 65, 65, 65, 65, 67, 107, 107, 106, 107, 99},
};

/* What is added to a character to give its value, by its high nibble; for 63's character, which would share one, moved up
 * to index 8 by MOVE63. */
static const table VALUES[2] = {
    {0, 0, 19, 4, 191, 191, 185, 185, 16, 0, 0, 0, 0, 0, 0, 0},
    {0, 0, 17, 4, 191, 191, 185, 185, 224, 0, 0, 0, 0, 0, 0, 0},
};
static const uint8_t CHARACTER63[2] = {'/', '_'}, MOVE63[2] = {6, 3};

TARGET static inline vec repeat_byte(uint8_t byte)
{
    return V(set1_epi8)((char)byte);
}

/* 12 bytes of each lane to 16 characters. */
TARGET static inline vec encode_step(vec in, vec steps)
{
    const table spread = {1, 0, 2, 1, 4, 3, 5, 4, 7, 6, 8, 7, 10, 9, 11, 10};
    vec high, low, values, index;

    /* Of each group a b c the bytes b a c b, as two 16-bit words; multiplications shift the four values into place. */
    in = V(shuffle_epi8)(in, REPEAT(spread));
    high = V(mulhi_epu16)(VS(and)(in, V(set1_epi32)(0x0fc0fc00)), V(set1_epi32)(0x04000040));
    low = V(mullo_epi16)(VS(and)(in, V(set1_epi32)(0x003f03f0)), V(set1_epi32)(0x01000010));
    values = VS(or)(high, low);
    /* 0..25 get the top bit, for which a shuffle gives 0; 26..51 become one. */
    index = V(max_epu8)(V(sub_epi8)(values, repeat_byte(26)), repeat_byte(25));
    return V(add_epi8)(V(add_epi8)(values, repeat_byte('A')), V(shuffle_epi8)(steps, index));
}

TARGET void B64(encode_text)(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    const vec steps = REPEAT(STEPS[url]);

    for (; len >= ENOUGH; len -= TEXT, in += BYTES, out += TEXT)
        VS(storeu)((vec *)(void *)out, encode_step(load_bytes(in), steps));
    encode_rest(out, in, len, url);
    CLEAR_VECTORS();
}

typedef struct {
    vec values, wrong_low, character63, move63;
} decoder;

TARGET static inline decoder decoder_of(uint8_t url)
{
    const decoder d = {REPEAT(VALUES[url]), REPEAT(WRONG_LOW[url]), repeat_byte(CHARACTER63[url]), repeat_byte(MOVE63[url])};

    return d;
}

/* 16 characters of each lane to 12 bytes in its low part; collects what is wrong. */
TARGET static inline vec decode_step(vec text, const decoder *d, vec *wrong)
{
    const table pack = {2, 1, 0, 6, 5, 4, 10, 9, 8, 14, 13, 12, 128, 128, 128, 128};
    const vec high = VS(and)(V(srli_epi32)(text, 4), repeat_byte(15)), low = VS(and)(text, repeat_byte(15));
    const vec is63 = V(cmpeq_epi8)(text, d->character63);

    *wrong = VS(or)(*wrong, VS(and)(V(shuffle_epi8)(REPEAT(KINDS), high), V(shuffle_epi8)(d->wrong_low, low)));
    text = V(add_epi8)(text, V(shuffle_epi8)(d->values, V(add_epi8)(high, VS(and)(is63, d->move63))));
    /* Values a b c d: words a * 64 + b and c * 64 + d, then 24 bits of both. */
    text = V(maddubs_epi16)(text, V(set1_epi32)(0x01400140));
    text = V(madd_epi16)(text, V(set1_epi32)(0x00011000));
    return V(shuffle_epi8)(text, REPEAT(pack));
}

TARGET uint8_t B64(decode_text)(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    const decoder d = decoder_of(url);
    vec wrong = VS(setzero)();
    uint8_t verdict;

    for (; len >= ENOUGH; len -= TEXT, in += TEXT, out += BYTES)
        VS(storeu)((vec *)(void *)out, compact(decode_step(VS(loadu)((const vec *)(const void *)in), &d, &wrong)));
    verdict = any(wrong);
    verdict |= decode_rest(out, in, len, url);
    CLEAR_VECTORS();
    return verdict;
}

#endif
