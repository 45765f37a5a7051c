/* cbc/cbc.c - CBC over whole blocks (NIST SP 800-38A section 6.2), and IVs from a counter (appendix C).
 *
 * The chaining itself is the block cipher backend's (aes/aes_backend.h); here are the rules of the interface. */
#include "../aes/aes_backend.h"

#if !MOTE_CBC_AVR_GLUE /* else in cbc_avr.c */

#include "../ct/ct_internal.h"
#include "cbc_internal.h"

#include <string.h>

MOTE_INLINE_CALL mote_status check_inline(const uint8_t *out, size_t len, const uint8_t *in, const uint8_t iv[16])
{
    if (len % 16 != 0)
        return MOTE_ERR_LENGTH;
    if (mote_overlap_partial(out, len, in, len) || mote_overlap(out, len, iv, 16))
        return MOTE_ERR_OVERLAP;
    return MOTE_OK;
}

MOTE_INLINE_CALL mote_status crypt_inline(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in,
                                          size_t len, uint8_t decrypt)
{
    uint8_t chain[16];
    mote_status status;

    memcpy(chain, iv, sizeof chain);
    if (decrypt)
        status = mote_aes128_cbc_decrypt(aes, chain, out, in, len / 16);
    else
        status = mote_aes128_cbc_encrypt(aes, chain, out, in, len / 16);
    MOTE_BURN_AFTER();
    if (MOTE_AES_FAILED(status))
        mote_wipe(out, len);
    return status;
}

mote_status mote_cbc_check(const uint8_t *out, size_t len, const uint8_t *in, const uint8_t iv[16])
{
    return check_inline(out, len, in, iv);
}

mote_status mote_cbc_crypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len,
                           uint8_t decrypt)
{
    return crypt_inline(aes, iv, out, in, len, decrypt);
}

/* See MOTE_INLINE_CALLS. */
#if MOTE_INLINE_CALLS
#define CHECK check_inline
#define CRYPT crypt_inline
#else
#define CHECK mote_cbc_check
#define CRYPT mote_cbc_crypt
#endif

static inline mote_status check_and_crypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in,
                                          size_t len, uint8_t decrypt)
{
    const mote_status status = CHECK(out, len, in, iv);

    return status != MOTE_OK ? status : CRYPT(aes, iv, out, in, len, decrypt);
}

mote_status mote_cbc_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return check_and_crypt(aes, iv, out, in, len, 0);
}

mote_status mote_cbc_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return check_and_crypt(aes, iv, out, in, len, 1);
}

void mote_cbc_iv_from_counter(const mote_aes128 *aes, uint8_t iv[16], uint64_t counter)
{
    for (uint8_t i = 0; i < 8; i++) {
        iv[i] = 0;
        iv[15 - i] = MOTE_BYTE(&counter, i);
    }
    mote_aes128_encrypt_block(aes, iv, iv);
}

#else
typedef int mote_cbc_is_empty;
#endif
