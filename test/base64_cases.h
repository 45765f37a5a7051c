/* test/base64_cases.h - the three encodings of mote/base64.h behind one signature, and what their texts are by a plain
 * reading of RFC 4648: a decoder and an encoder that look characters up one at a time and know nothing of speed or
 * constant time. Shared by the suites about them. */
#ifndef MOTE_TEST_BASE64_CASES_H
#define MOTE_TEST_BASE64_CASES_H

#include <mote/base64.h>
#include <string.h>

#include "support.h"

enum { BASE64, BASE64URL, BASE16, CODECS };

typedef struct {
    const char *name;
    const char *digits;
    unsigned bits; /* of a digit */
    mote_status (*encode)(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len);
    mote_status (*decode)(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len);
} codec;

static const codec codecs[CODECS] = {
    {"base64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 6, mote_base64_encode,
     mote_base64_decode},
    {"base64url", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 6, mote_base64url_encode,
     mote_base64url_decode},
    {"base16", "0123456789abcdef", 4, mote_base16_encode, mote_base16_decode},
};

#define REFUSED ((size_t)-1)

/* Section 4, 5 or 8: the text, and its length. */
static size_t reference_encode(int which, char *text, const uint8_t *data, size_t len)
{
    const codec *c = &codecs[which];
    size_t text_len = 0, i;
    unsigned waiting = 0, bits = 0; /* bits that wait for a digit, and their number */
    for (i = 0; i < len; i++) {
        waiting = (waiting << 8 | data[i]) & 0xfff;
        for (bits += 8; bits >= c->bits; bits -= c->bits) {
            text[text_len++] = c->digits[waiting >> (bits - c->bits) & ((1u << c->bits) - 1)];
        }
    }
    if (bits != 0) {
        text[text_len++] = c->digits[waiting << (c->bits - bits) & ((1u << c->bits) - 1)];
    }
    while (which == BASE64 && text_len % 4 != 0) {
        text[text_len++] = '=';
    }
    return text_len;
}

/* The one sequence of bytes that has this text, and its length; REFUSED if there is none. */
static size_t reference_decode(int which, uint8_t *data, const char *text, size_t text_len)
{
    const codec *c = &codecs[which];
    size_t len = 0, i, padding = 0;
    unsigned waiting = 0, bits = 0;
    if (which == BASE64) {
        if (text_len % 4 != 0) {
            return REFUSED;
        }
        while (padding < 2 && padding < text_len && text[text_len - 1 - padding] == '=') {
            padding++;
        }
    }
    for (i = 0; i < text_len - padding; i++) {
        char character = text[i];
        const char *digit;
        if (which == BASE16 && character >= 'A' && character <= 'F') {
            character = (char)(character - 'A' + 'a');
        }
        digit = character != '\0' ? strchr(c->digits, character) : NULL;
        if (digit == NULL) {
            return REFUSED;
        }
        waiting = (waiting << c->bits | (unsigned)(digit - c->digits)) & 0xfff;
        bits += c->bits;
        if (bits >= 8) {
            bits -= 8;
            data[len++] = (uint8_t)(waiting >> bits);
        }
    }
    /* What is left over is less than a digit, and zero. */
    return bits < c->bits && (waiting & ((1u << bits) - 1)) == 0 ? len : REFUSED;
}

/* How many bytes a decoder needs room for, where the length of the text tells: REFUSED if no text has this length. */
static size_t room(int which, const char *text, size_t text_len)
{
    size_t digits = text_len;
    if (which == BASE64) {
        if (text_len % 4 != 0) {
            return REFUSED;
        }
        if (text_len != 0 && text[text_len - 1] == '=') {
            digits -= text[text_len - 2] == '=' ? 2 : 1;
        }
    }
    return which == BASE16 ? (digits % 2 != 0 ? REFUSED : digits / 2)
                           : (digits % 4 == 1 ? REFUSED : digits / 4 * 3 + (digits % 4 != 0 ? digits % 4 - 1 : 0));
}

#endif
