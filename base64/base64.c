/* base64/base64.c - Base64 and Base64url (RFC 4648 sections 4 and 5): lengths, padding, errors. The characters are a
 * backend's (base64_backend.h). */
#include "base64_backend.h"

#if !MOTE_BASE64_AVR /* else in base64_avr.c */

#include <mote/base64.h>

#include "../ct/ct_internal.h"
#include "base64_internal.h"

/* len = 3 * *groups + what is returned. */
static uint8_t divide_by_3(size_t *groups, size_t len)
{
#if SIZE_MAX > 0xffff
    /* len (1/4 + 1/16) (1 + 1/16) (1 + 1/256) ... is less than a third by at most 6, so that at most 18 remain, of which a
     * third is known exactly. No division: compilers use the instruction, or call a function, where code is to be small. */
    size_t third = (len >> 2) + (len >> 4), rest;

    third += third >> 4;
    third += third >> 8;
    third += third >> 16;
#if SIZE_MAX > 0xffffffff
    third += third >> 32;
#endif
    rest = len - 3 * third;
    third += 11 * rest >> 5;
    *groups = third;
    return (uint8_t)(len - 3 * third);
#else
    /* Long division bit by bit: a 16-bit processor would call a library function that is no smaller. */
    uint8_t rest = 0;

    for (uint8_t i = 0; i < 16; i++) {
        rest = (uint8_t)(2u * rest | len >> 15);
        len <<= 1;
        if (rest >= 3) {
            rest = (uint8_t)(rest - 3);
            len++;
        }
    }
    *groups = len;
    return rest;
#endif
}

/* Functions that several here call have MOTE_NOINLINE: gcc would put a copy into each caller. */
MOTE_NOINLINE size_t mote_base64url_encoded_len(size_t len)
{
    size_t groups;
    const uint8_t tail = divide_by_3(&groups, len); /* of 1 byte takes 2 characters, of 2 bytes 3 */

    return groups > SIZE_MAX / 4 ? 0 : groups * 4 + tail + (tail != 0);
}

static size_t padded(size_t url_len)
{
    return (url_len + 3) & ~(size_t)3; /* 0 if it overflows */
}

size_t mote_base64_encoded_len(size_t len)
{
    return padded(mote_base64url_encoded_len(len));
}

MOTE_NOINLINE mote_status mote_text_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len,
                                           uint8_t code)
{
    size_t len, text_len; /* with and without padding */

    if (code == MOTE_BASE16) {
        text_len = in_len > SIZE_MAX / 2 ? 0 : 2 * in_len;
        len = text_len;
    } else {
        text_len = mote_base64url_encoded_len(in_len);
        len = code == MOTE_BASE64 ? padded(text_len) : text_len;
    }
    *out_len = 0;
    if (len == 0 && in_len != 0)
        return MOTE_ERR_LENGTH;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap(out, len + (out_cap > len), in, in_len))
        return MOTE_ERR_OVERLAP;

    if (out_cap > len)
        out[len] = '\0';
    *out_len = len;
    if (code == MOTE_BASE16) {
        mote_base16_encode_bytes(out, in, in_len);
    } else {
        mote_base64_choose();
        if (text_len != 0)
            mote_base64_encode_text(out, in, text_len, code);
        if (text_len < len) { /* by one or two */
            out[text_len] = '=';
            out[len - 1] = '=';
        }
    }
    return MOTE_OK;
}

MOTE_NOINLINE mote_status mote_text_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len,
                                           uint8_t padding, uint8_t code)
{
    const size_t text_len = in_len - padding;
    const size_t len = code == MOTE_BASE16 ? in_len / 2 : mote_base64_bytes(text_len);
    uint8_t wrong = 0;

    *out_len = 0;
    if (code == MOTE_BASE16 ? in_len % 2 != 0 : text_len % 4 == 1)
        return MOTE_ERR_ENCODING;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(out, len, in, in_len))
        return MOTE_ERR_OVERLAP;

    if (code == MOTE_BASE16) {
        wrong = mote_base16_decode_bytes(out, in, len);
    } else {
        mote_base64_choose();
        if (text_len != 0)
            wrong = mote_base64_decode_text(out, in, text_len, code);
    }
    MOTE_DECLASSIFY(&wrong, sizeof wrong); /* whether the text was canonical is what the status says */
    if (wrong != 0) {
        mote_wipe(out, len);
        return MOTE_ERR_ENCODING;
    }
    *out_len = len;
    return MOTE_OK;
}

mote_status mote_base64_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    return mote_text_encode(out, out_cap, out_len, in, in_len, MOTE_BASE64);
}

mote_status mote_base64_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    uint8_t padding = 0;

    if (in_len % 4 != 0) {
        *out_len = 0;
        return MOTE_ERR_ENCODING;
    }
    if (in_len != 0) {
        const uint8_t one = mote_ct_in_range8((uint8_t)in[in_len - 1], '=', 1);
        const uint8_t two = mote_ct_in_range8((uint8_t)in[in_len - 2], '=', 1) & one;

        padding = (uint8_t)((one & 1) + (two & 1));
        MOTE_DECLASSIFY(&padding, sizeof padding); /* how many = there are gives the length, which is public */
    }
    return mote_text_decode(out, out_cap, out_len, in, in_len, padding, MOTE_BASE64);
}

mote_status mote_base64url_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    return mote_text_encode(out, out_cap, out_len, in, in_len, MOTE_BASE64URL);
}

mote_status mote_base64url_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    return mote_text_decode(out, out_cap, out_len, in, in_len, 0, MOTE_BASE64URL);
}

#else
typedef int mote_base64_is_empty;
#endif
