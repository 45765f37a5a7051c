/* cbc/pkcs7.c - PKCS#7 padding (RFC 5652 section 6.3), alone and with CBC.
 *
 * A message is followed by n bytes of value n, 1 <= n <= 16, so that the length becomes a multiple of 16. Taking it off is
 * where implementations leak: which byte was wrong, even only by the time, lets an attacker read the plaintext (Vaudenay
 * 2002). Here every byte of the last block is looked at in the same way whatever it is. */
#include "../aes/aes_backend.h"

#if !MOTE_CBC_AVR_GLUE /* else in cbc_avr.c */

#include "../ct/ct_internal.h"
#include "cbc_internal.h"

#include <string.h>

size_t mote_pkcs7_padded_len(size_t len)
{
    return len > SIZE_MAX - 16 ? 0 : (len & ~(size_t)15) + 16;
}

mote_status mote_pkcs7_unpad_block(const uint8_t block[16], size_t *keep)
{
    const uint8_t n = block[15];
    uint8_t wrong = (uint8_t)~mote_ct_in_range8(n, 1, 16), data;

    for (uint8_t i = 0; i < 16; i++) {
        /* Byte 15 - i is padding if i < n; where n is out of range the verdict is reached already. */
        const uint8_t is_padding = mote_ct_less8(i, n & 31);

        wrong |= (uint8_t)(is_padding & (block[15 - i] ^ n));
    }
    wrong = mote_ct_nonzero8(wrong);
    data = (uint8_t)((16 - n) & ~wrong);
    MOTE_DECLASSIFY(&wrong, sizeof wrong); /* valid or not, and the length that follows, are what the caller asks */
    MOTE_DECLASSIFY(&data, sizeof data);
    *keep = data;
    return wrong == 0 ? MOTE_OK : MOTE_ERR_PADDING;
}

mote_status mote_pkcs7_unpad(const uint8_t *data, size_t len, size_t *out_len)
{
    mote_status status = MOTE_ERR_LENGTH;

    *out_len = 0;
    if (len != 0 && len % 16 == 0) {
        status = mote_pkcs7_unpad_block(data + len - 16, out_len);
        if (status == MOTE_OK)
            *out_len += len - 16;
    }
    return status;
}

/* The padded message in out, ready to be encrypted. Apart, so that its stack is free again before that. */
static MOTE_NOINLINE mote_status pad(uint8_t *out, size_t out_cap, const uint8_t *in, size_t in_len, size_t *out_len,
                                     const uint8_t iv[16])
{
    const size_t len = mote_pkcs7_padded_len(in_len);

    *out_len = 0;
    if (len == 0)
        return MOTE_ERR_LENGTH;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(out, len, in, in_len) || mote_overlap(out, len, iv, 16))
        return MOTE_ERR_OVERLAP;

    *out_len = len;
    if (in_len != 0 && out != in)
        memcpy(out, in, in_len);
    memset(out + in_len, (int)(len - in_len), len - in_len);
    return MOTE_OK;
}

mote_status mote_cbc_pkcs7_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                   size_t *out_len, const uint8_t *in, size_t in_len)
{
    mote_status status = pad(out, out_cap, in, in_len, out_len, iv);

    if (status == MOTE_OK) {
        status = mote_cbc_crypt(aes, iv, out, out, *out_len, 0);
        mote_clear_vectors();
        if (MOTE_AES_FAILED(status))
            *out_len = 0;
    }
    return status;
}

mote_status mote_cbc_pkcs7_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                   size_t *out_len, const uint8_t *in, size_t in_len)
{
    mote_status status;

    *out_len = 0;
    if (in_len == 0 || in_len % 16 != 0)
        return MOTE_ERR_LENGTH;
    if (out_cap < in_len)
        return MOTE_ERR_CAPACITY;
    status = mote_cbc_check(out, in_len, in, iv);
    if (status != MOTE_OK)
        return status;
    status = mote_cbc_crypt(aes, iv, out, in, in_len, 1);
    if (MOTE_AES_FAILED(status))
        return status;
    status = mote_pkcs7_unpad(out, in_len, out_len);
    mote_wipe(out + *out_len, in_len - *out_len); /* the padding, or everything */
    return status;
}

#else
typedef int mote_pkcs7_is_empty;
#endif
