/* base64/base64.c - Base64 and Base64url (RFC 4648 sections 4 and 5): lengths, tails, errors.
 *
 * Whole groups are a backend's (base64_backend.h). The last one or two bytes are a group too, made up with zero bits
 * on the way out and with 'A' (value 0) on the way in, so that one piece of code knows the alphabets. */
#include <mote/base64.h>

#include "../ct/ct_internal.h"
#include "base64_backend.h"

#include <string.h>

size_t mote_base64_encoded_len(size_t len)
{
    const size_t groups = len / 3 + (len % 3 != 0);

    return groups > SIZE_MAX / 4 ? 0 : groups * 4;
}

size_t mote_base64url_encoded_len(size_t len)
{
    const size_t groups = len / 3, tail = len % 3; /* a tail of 1 byte takes 2 characters, of 2 bytes 3 */

    return groups > (SIZE_MAX - 3) / 4 ? 0 : groups * 4 + tail + (tail != 0);
}

static mote_status encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len, uint8_t url)
{
    const size_t groups = in_len / 3, tail = in_len % 3;
    const size_t len = url ? mote_base64url_encoded_len(in_len) : mote_base64_encoded_len(in_len);

    *out_len = 0;
    if (len == 0 && in_len != 0)
        return MOTE_ERR_LENGTH;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap(out, len + (out_cap > len), in, in_len))
        return MOTE_ERR_OVERLAP;

    mote_base64_encode_groups(out, in, groups, url);
    if (tail != 0) {
        uint8_t bytes[3] = {0, 0, 0};
        char text[4];

        memcpy(bytes, in + 3 * groups, tail);
        mote_base64_encode_groups(text, bytes, 1, url);
        text[3] = '=';
        if (tail == 1)
            text[2] = '=';
        memcpy(out + 4 * groups, text, len - 4 * groups);
        mote_wipe(bytes, sizeof bytes);
        mote_wipe(text, sizeof text);
    }
    if (out_cap > len)
        out[len] = '\0';
    *out_len = len;
    return MOTE_OK;
}

/* text_len characters without padding. */
static mote_status decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t text_len, size_t in_len,
                          uint8_t url)
{
    const size_t groups = text_len / 4, tail = text_len % 4;
    const size_t tail_bytes = tail == 0 ? 0 : tail - 1;
    const size_t len = 3 * groups + tail_bytes;
    uint8_t wrong;

    if (tail == 1)
        return MOTE_ERR_ENCODING;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(out, len, in, in_len))
        return MOTE_ERR_OVERLAP;

    wrong = mote_base64_decode_groups(out, in, groups, url);
    if (tail != 0) {
        char text[4] = {'A', 'A', 'A', 'A'};
        uint8_t bytes[3];

        memcpy(text, in + 4 * groups, tail);
        wrong |= mote_base64_decode_groups(bytes, text, 1, url);
        /* Canonical (section 3.5): the bits that no byte takes are zero. */
        wrong |= bytes[2];
        if (tail == 2)
            wrong |= bytes[1];
        memcpy(out + 3 * groups, bytes, tail_bytes);
        mote_wipe(bytes, sizeof bytes);
        mote_wipe(text, sizeof text);
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
    return encode(out, out_cap, out_len, in, in_len, 0);
}

mote_status mote_base64_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    size_t text_len = in_len;

    *out_len = 0;
    if (in_len % 4 != 0)
        return MOTE_ERR_ENCODING;
    if (in_len != 0) {
        const uint8_t one = mote_ct_in_range8((uint8_t)in[in_len - 1], '=', 1);
        const uint8_t two = mote_ct_in_range8((uint8_t)in[in_len - 2], '=', 1) & one;
        uint8_t padding = (uint8_t)((one & 1) + (two & 1));

        MOTE_DECLASSIFY(&padding, sizeof padding); /* how many = there are gives the length, which is public */
        text_len -= padding;
    }
    return decode(out, out_cap, out_len, in, text_len, in_len, 0);
}

mote_status mote_base64url_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    return encode(out, out_cap, out_len, in, in_len, 1);
}

mote_status mote_base64url_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    *out_len = 0;
    return decode(out, out_cap, out_len, in, in_len, in_len, 1);
}
