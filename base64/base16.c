/* base64/base16.c - Base16, hexadecimal digits (RFC 4648 section 8), without table or branch. */
#include <mote/base64.h>

#include "../ct/ct_internal.h"
#include "base64_internal.h"

static char digit(uint8_t value)
{
    return (char)(value + '0' + (mote_ct_less8(9, value) & ('a' - '0' - 10)));
}

/* The value of a digit in either case; *wrong becomes nonzero if it is none. */
static uint8_t value(char digit, uint8_t *wrong)
{
    const uint8_t c = (uint8_t)digit;
    const uint8_t decimal = (uint8_t)(c - '0'), letter = (uint8_t)((c | 0x20) - 'a'); /* 0x20: upper to lower case */
    const uint8_t is_decimal = mote_ct_in_range8(c, '0', 10), is_letter = mote_ct_in_range8((uint8_t)(c | 0x20), 'a', 6);

    *wrong |= (uint8_t)~(is_decimal | is_letter);
    return (uint8_t)((decimal & is_decimal) | ((letter + 10) & is_letter));
}

mote_status mote_base16_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    const size_t len = 2 * in_len;

    *out_len = 0;
    if (in_len > SIZE_MAX / 2)
        return MOTE_ERR_LENGTH;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap(out, len + (out_cap > len), in, in_len))
        return MOTE_ERR_OVERLAP;

    *out_len = len;
    if (out_cap > len)
        out[len] = '\0';
    for (; in_len != 0; in_len--) {
        *out++ = digit(*in >> 4);
        *out++ = digit(*in++ & 15);
    }
    return MOTE_OK;
}

mote_status mote_base16_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    const size_t len = in_len / 2;
    uint8_t wrong = 0;

    *out_len = 0;
    if (in_len % 2 != 0)
        return MOTE_ERR_ENCODING;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(out, len, in, in_len))
        return MOTE_ERR_OVERLAP;

    for (size_t i = 0; i < len; i++) {
        const uint8_t high = value(*in++, &wrong);

        out[i] = (uint8_t)((high << 4) | value(*in++, &wrong));
    }
    return mote_decode_end(out, out_len, len, wrong);
}
