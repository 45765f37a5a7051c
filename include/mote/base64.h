/* mote/base64.h - Base64, Base64url and Base16 (RFC 4648 sections 4, 5 and 8), strict and constant time.
 *
 * Inside a URL or a JSON Web Token use Base64url: the + and / of Base64 mean something else there. Base64 is padded with
 * = to a multiple of four characters, Base64url is not padded.
 *
 * Strict: exactly one text decodes to given bytes (Base16 may be in either case). Line breaks, spaces, characters of the
 * other alphabet, missing, short or excess =, and trailing bits that are not zero are MOTE_ERR_ENCODING, and so is a
 * length that no text has.
 *
 * Sizes: encoders need and write exactly the encoded length; where out_cap leaves room they end the text with a NUL,
 * which *out_len never counts. Decoders need and write exactly the decoded length. MOTE_ERR_CAPACITY if out is smaller.
 * MOTE_ERR_LENGTH if an encoded length would overflow.
 * Aliasing: a decoder may work in place (out == in); any other overlap, and any in an encoder, is MOTE_ERR_OVERLAP.
 * Constant time: the time depends on lengths alone. Whether a text was canonical, and the length that its = leave, become
 * public on return. in may be NULL when in_len is 0, out when out_cap is 0. */
#ifndef MOTE_BASE64_H
#define MOTE_BASE64_H

#include <mote/status.h>

MOTE_BEGIN_DECLS

/* The length of the text for len bytes, without NUL; 0 if it would overflow. Base64 is padded, Base64url is not. */
size_t mote_base64_encoded_len(size_t len);
size_t mote_base64url_encoded_len(size_t len);

/* Base64 (section 4). */
MOTE_WARN_UNUSED mote_status mote_base64_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len);
MOTE_WARN_UNUSED mote_status mote_base64_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len);

/* Base64url (section 5), without padding. */
MOTE_WARN_UNUSED mote_status mote_base64url_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in,
                                                   size_t in_len);
MOTE_WARN_UNUSED mote_status mote_base64url_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in,
                                                   size_t in_len);

/* Base16 (section 8), two digits a byte: lower case is written, either case is read. */
MOTE_WARN_UNUSED mote_status mote_base16_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len);
MOTE_WARN_UNUSED mote_status mote_base16_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len);

/* The name of the implementation in use: "portable", ... */
const char *mote_base64_backend(void);

MOTE_END_DECLS

#endif
