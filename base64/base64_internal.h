/* base64/base64_internal.h - what the encodings of this room share: the rules of the interface. */
#ifndef MOTE_BASE64_INTERNAL_H
#define MOTE_BASE64_INTERNAL_H

#include <mote/base64.h>

/* The encodings; the first two are a backend's argument url. */
enum { MOTE_BASE64 = 0, MOTE_BASE64URL = 1, MOTE_BASE16 = 2 };

/* The public functions of mote/base64.h, for any encoding. padding is how many = end the text. */
mote_status mote_text_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len,
                             uint8_t code);
mote_status mote_text_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len,
                             uint8_t padding, uint8_t code);

/* The bytes of a text of len characters, which leaves no remainder of 1 by 4. */
static inline size_t mote_base64_bytes(size_t len)
{
    return len - len / 4 - (len % 4 != 0);
}

/* len bytes to 2 * len digits, and the reverse, which returns 0 if all were digits; out == in works for it. */
void mote_base16_encode_bytes(char *out, const uint8_t *in, size_t len);
uint8_t mote_base16_decode_bytes(uint8_t *out, const char *in, size_t len);

#endif
