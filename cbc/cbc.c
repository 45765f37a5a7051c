/* cbc/cbc.c - CBC over whole blocks (NIST SP 800-38A section 6.2), and IVs from a counter (appendix C).
 *
 * The chaining itself is the block cipher backend's (aes/aes_backend.h); here are the rules of the interface. */
#include <mote/cbc.h>

#include "../aes/aes_backend.h"
#include "../ct/ct_internal.h"

#include <string.h>

/* What both directions refuse. */
static mote_status check(const uint8_t iv[16], const uint8_t *out, const uint8_t *in, size_t len)
{
    if (len % 16 != 0)
        return MOTE_ERR_LENGTH;
    if (mote_overlap_partial(out, len, in, len) || mote_overlap(out, len, iv, 16))
        return MOTE_ERR_OVERLAP;
    return MOTE_OK;
}

mote_status mote_cbc_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    uint8_t chain[16];
    mote_status status = check(iv, out, in, len);

    if (status != MOTE_OK)
        return status;
    memcpy(chain, iv, sizeof chain);
    status = mote_aes128_cbc_encrypt(aes, chain, out, in, len / 16);
    if (status != MOTE_OK)
        mote_wipe(out, len);
    return status;
}

mote_status mote_cbc_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    uint8_t chain[16];
    mote_status status = check(iv, out, in, len);

    if (status != MOTE_OK)
        return status;
    memcpy(chain, iv, sizeof chain);
    status = mote_aes128_cbc_decrypt(aes, chain, out, in, len / 16);
    if (status != MOTE_OK)
        mote_wipe(out, len);
    return status;
}

void mote_cbc_iv_from_counter(const mote_aes128 *aes, uint8_t iv[16], uint64_t counter)
{
    memset(iv, 0, 8);
    for (size_t i = 16; i-- > 8; counter >>= 8)
        iv[i] = (uint8_t)counter;
    mote_aes128_encrypt_block(aes, iv, iv);
}
