/* cbc/cbc_hmac.c - AEAD_AES_128_CBC_HMAC_SHA_256 (RFC 7518 section 5.2.3, by the steps of section 5.2.2), and packets.
 *
 * K = MAC_KEY (16 bytes) || ENC_KEY (16 bytes);  E = CBC-PKCS7-ENC(ENC_KEY, P);  AL = bits of A as 64 bits, big-endian;
 * T = the first 16 bytes of HMAC-SHA256(MAC_KEY, A || IV || E || AL). */
#include <mote/cbc_hmac.h>

#include <mote/cbc.h>
#include <mote/hmac.h>

#include "../ct/ct_internal.h"

#include <string.h>

#define MAC_KEY_LEN 16
#define IV_LEN 16
#define TAG_LEN 16

/* HMAC over everything that the tag covers, ready to be finished. */
static void authenticate(mote_hmac *hmac, const uint8_t key[32], const uint8_t iv[16], const uint8_t *ct, size_t ct_len,
                         const uint8_t *aad, size_t aad_len)
{
    mote_hmac_key mac_key;
    uint8_t al[8];
    uint64_t bits = (uint64_t)aad_len << 3;

    for (size_t i = sizeof al; i-- > 0; bits >>= 8)
        al[i] = (uint8_t)bits;
    mote_hmac_key_init(&mac_key, key, MAC_KEY_LEN);
    mote_hmac_init(hmac, &mac_key);
    mote_hmac_update(hmac, aad, aad_len);
    mote_hmac_update(hmac, iv, IV_LEN);
    mote_hmac_update(hmac, ct, ct_len);
    mote_hmac_update(hmac, al, sizeof al);
    mote_hmac_key_wipe(&mac_key);
}

static mote_status encrypt_then_mac(const uint8_t key[32], const uint8_t iv[16], uint8_t *ct, size_t ct_cap, size_t *ct_len,
                                    uint8_t tag[16], const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    mote_aes128 aes;
    mote_hmac hmac;
    uint8_t full_tag[32];
    mote_status status = mote_aes128_init(&aes, key + MAC_KEY_LEN);

    if (status == MOTE_OK)
        status = mote_cbc_pkcs7_encrypt(&aes, iv, ct, ct_cap, ct_len, pt, pt_len);
    mote_aes128_wipe(&aes);
    if (status != MOTE_OK)
        return status;
    authenticate(&hmac, key, iv, ct, *ct_len, aad, aad_len);
    mote_hmac_final(&hmac, full_tag);
    memcpy(tag, full_tag, TAG_LEN);
    mote_wipe(full_tag, sizeof full_tag);
    return MOTE_OK;
}

static mote_status verify_then_decrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *pt, size_t pt_cap,
                                       size_t *pt_len, const uint8_t *ct, size_t ct_len, const uint8_t tag[16],
                                       const uint8_t *aad, size_t aad_len)
{
    mote_aes128 aes;
    mote_hmac hmac;
    mote_status status;

    authenticate(&hmac, key, iv, ct, ct_len, aad, aad_len);
    status = mote_hmac_verify(&hmac, tag, TAG_LEN);
    if (status != MOTE_OK)
        return status;
    status = mote_aes128_init(&aes, key + MAC_KEY_LEN);
    if (status == MOTE_OK)
        status = mote_cbc_pkcs7_decrypt(&aes, iv, pt, pt_cap, pt_len, ct, ct_len);
    mote_aes128_wipe(&aes);
    return status == MOTE_ERR_PADDING ? MOTE_ERR_AUTH : status;
}

/* Does the output share memory with one of the inputs that every call has? */
static int overlaps_inputs(const uint8_t *out, size_t len, const uint8_t key[32], const uint8_t *aad, size_t aad_len)
{
    return mote_overlap(out, len, key, 32) || mote_overlap(out, len, aad, aad_len);
}

/* Are there as many bits of associated data as 64 bits can count? */
static int aad_too_long(size_t aad_len)
{
    return (uint64_t)aad_len > UINT64_MAX / 8;
}

mote_status mote_cbc_hmac_encrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *ct, size_t ct_cap, size_t *ct_len,
                                  uint8_t tag[16], const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    const size_t len = mote_pkcs7_padded_len(pt_len);

    *ct_len = 0;
    if (len == 0 || aad_too_long(aad_len))
        return MOTE_ERR_LENGTH;
    if (ct_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(ct, len, pt, pt_len) || mote_overlap(ct, len, iv, IV_LEN) ||
        overlaps_inputs(ct, len, key, aad, aad_len) || mote_overlap(tag, TAG_LEN, pt, pt_len) ||
        mote_overlap(tag, TAG_LEN, iv, IV_LEN) || mote_overlap(tag, TAG_LEN, ct, len) ||
        overlaps_inputs(tag, TAG_LEN, key, aad, aad_len))
        return MOTE_ERR_OVERLAP;
    return encrypt_then_mac(key, iv, ct, ct_cap, ct_len, tag, pt, pt_len, aad, aad_len);
}

mote_status mote_cbc_hmac_decrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *pt, size_t pt_cap, size_t *pt_len,
                                  const uint8_t *ct, size_t ct_len, const uint8_t tag[16], const uint8_t *aad,
                                  size_t aad_len)
{
    *pt_len = 0;
    if (ct_len == 0 || ct_len % 16 != 0 || aad_too_long(aad_len))
        return MOTE_ERR_LENGTH;
    if (pt_cap < ct_len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(pt, ct_len, ct, ct_len) || mote_overlap(pt, ct_len, iv, IV_LEN) ||
        mote_overlap(pt, ct_len, tag, TAG_LEN) || overlaps_inputs(pt, ct_len, key, aad, aad_len))
        return MOTE_ERR_OVERLAP;
    return verify_then_decrypt(key, iv, pt, pt_cap, pt_len, ct, ct_len, tag, aad, aad_len);
}

size_t mote_sealed_len(size_t pt_len)
{
    return pt_len > SIZE_MAX - 48 ? 0 : IV_LEN + mote_pkcs7_padded_len(pt_len) + TAG_LEN;
}

mote_status mote_seal(const uint8_t key[32], const uint8_t iv[16], uint8_t *out, size_t out_cap, size_t *out_len,
                      const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    const size_t len = mote_sealed_len(pt_len);
    size_t ct_len;
    mote_status status;

    *out_len = 0;
    if (len == 0 || aad_too_long(aad_len))
        return MOTE_ERR_LENGTH;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if ((mote_overlap(out, len, pt, pt_len) && pt != out + IV_LEN) || mote_overlap_partial(out, len, iv, IV_LEN) ||
        overlaps_inputs(out, len, key, aad, aad_len))
        return MOTE_ERR_OVERLAP;

    memmove(out, iv, IV_LEN);
    status = encrypt_then_mac(key, out, out + IV_LEN, len - IV_LEN - TAG_LEN, &ct_len, out + len - TAG_LEN, pt, pt_len, aad,
                              aad_len);
    if (status == MOTE_OK)
        *out_len = len;
    else
        mote_wipe(out, len);
    return status;
}

mote_status mote_open(const uint8_t key[32], uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *sealed,
                      size_t sealed_len, const uint8_t *aad, size_t aad_len)
{
    const size_t ct_len = sealed_len - IV_LEN - TAG_LEN;

    *out_len = 0;
    if (sealed_len < IV_LEN + 16 + TAG_LEN || sealed_len % 16 != 0 || aad_too_long(aad_len))
        return MOTE_ERR_LENGTH;
    if (out_cap < ct_len)
        return MOTE_ERR_CAPACITY;
    if ((mote_overlap(out, ct_len, sealed, sealed_len) && out != sealed + IV_LEN) ||
        overlaps_inputs(out, ct_len, key, aad, aad_len))
        return MOTE_ERR_OVERLAP;
    return verify_then_decrypt(key, sealed, out, out_cap, out_len, sealed + IV_LEN, ct_len, sealed + sealed_len - TAG_LEN,
                               aad, aad_len);
}
