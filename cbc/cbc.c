/* cbc/cbc.c - CBC over whole blocks (NIST SP 800-38A section 6.2), and IVs from a counter (appendix C).
 *
 * The chaining itself is the block cipher backend's (aes/aes_backend.h); here are the rules of the interface. */
#include <mote/cbc.h>

#include "../aes/aes_backend.h"
#include "../ct/ct_internal.h"

#include <string.h>

enum { ENCRYPT, DECRYPT };

static mote_status crypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len,
                         uint8_t direction)
{
    uint8_t chain[16];
    mote_status status;

    if (len % 16 != 0)
        return MOTE_ERR_LENGTH;
    if (mote_overlap_partial(out, len, in, len) || mote_overlap(out, len, iv, 16))
        return MOTE_ERR_OVERLAP;

    memcpy(chain, iv, sizeof chain);
    if (direction == ENCRYPT)
        status = mote_aes128_cbc_encrypt(aes, chain, out, in, len / 16);
    else
        status = mote_aes128_cbc_decrypt(aes, chain, out, in, len / 16);
    if (status != MOTE_OK)
        mote_wipe(out, len);
    return status;
}

mote_status mote_cbc_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return crypt(aes, iv, out, in, len, ENCRYPT);
}

mote_status mote_cbc_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return crypt(aes, iv, out, in, len, DECRYPT);
}

void mote_cbc_iv_from_counter(const mote_aes128 *aes, uint8_t iv[16], uint64_t counter)
{
#if SIZE_MAX <= 0xffff && defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint8_t *byte = (const uint8_t *)&counter; /* shifts of 64 bits would be a library function */

    memset(iv, 0, 8);
    for (uint8_t i = 16; i-- > 8;)
        iv[i] = *byte++;
#else
    memset(iv, 0, 8);
    for (uint8_t i = 16; i-- > 8; counter >>= 8)
        iv[i] = (uint8_t)counter;
#endif
    mote_aes128_encrypt_block(aes, iv, iv);
}
