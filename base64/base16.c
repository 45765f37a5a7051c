/* base64/base16.c - Base16, hexadecimal digits (RFC 4648 section 8), without table or branch. */
#include "base64_backend.h"

#if !MOTE_BASE64_AVR /* else in base64_avr.c */

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

void mote_base16_encode_bytes(char *out, const uint8_t *in, size_t len)
{
    for (; len != 0; len--) {
        *out++ = digit(*in >> 4);
        *out++ = digit(*in++ & 15);
    }
}

uint8_t mote_base16_decode_bytes(uint8_t *out, const char *in, size_t len)
{
    uint8_t wrong = 0;

    for (; len != 0; len--) {
        const uint8_t high = value(*in++, &wrong);

        *out++ = (uint8_t)((high << 4) | value(*in++, &wrong));
    }
    return wrong;
}

mote_status mote_base16_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    return mote_text_encode(out, out_cap, out_len, in, in_len, MOTE_BASE16);
}

mote_status mote_base16_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    return mote_text_decode(out, out_cap, out_len, in, in_len, 0, MOTE_BASE16);
}

#else
typedef int mote_base16_is_empty;
#endif
