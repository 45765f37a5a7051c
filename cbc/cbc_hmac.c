/* cbc/cbc_hmac.c - AEAD_AES_128_CBC_HMAC_SHA_256 (RFC 7518 section 5.2.3, by the steps of section 5.2.2), and packets.
 *
 * K = MAC_KEY (16 bytes) || ENC_KEY (16 bytes);  E = CBC-PKCS7-ENC(ENC_KEY, P);  AL = bits of A as 64 bits, big-endian;
 * T = the first 16 bytes of HMAC-SHA256(MAC_KEY, A || IV || E || AL). */
#include "../aes/aes_backend.h"
#include "../sha256/sha256_backend.h"

#if !(MOTE_CBC_AVR_GLUE && MOTE_SHA256_AVR_GLUE) /* else in cbc_hmac_avr.c */

#include <mote/cbc_hmac.h>

#include <mote/cbc.h>
#include <mote/hmac.h>

#include "../ct/ct_internal.h"
#include "../hmac/hmac_internal.h"

#include <string.h>

#define MAC_KEY_LEN 16
#define IV_LEN 16
#define TAG_LEN 16

/* What every call is about. Passed by address: a processor with few registers has no room for so many arguments. */
typedef struct {
    const uint8_t *key, *iv;
    uint8_t *out; /* ciphertext when encrypting, plaintext when decrypting */
    size_t out_cap, *out_len;
    const uint8_t *in;
    size_t in_len;
    const uint8_t *tag;
    uint8_t *new_tag; /* the same when encrypting, NULL when decrypting */
    const uint8_t *aad;
    size_t aad_len;
} message;

/* The tag before it is truncated. */
static MOTE_NOINLINE void compute_tag(const message *m, const uint8_t *ct, size_t ct_len, uint8_t tag[32])
{
    struct {
        uint8_t al[8];
        mote_hmac hmac;
    } on;
    size_t rest = m->aad_len >> 5;

    on.al[7] = (uint8_t)(m->aad_len << 3);
    for (uint8_t i = 7; i-- != 0; rest >>= 8)
        on.al[i] = (uint8_t)rest;
    mote_hmac_start(&on.hmac, m->key, MAC_KEY_LEN);
    mote_hmac_update(&on.hmac, m->aad, m->aad_len);
    mote_hmac_update(&on.hmac, m->iv, IV_LEN);
    mote_hmac_update(&on.hmac, ct, ct_len);
    mote_hmac_update(&on.hmac, on.al, sizeof on.al);
    mote_hmac_final(&on.hmac, tag);
}

#if MOTE_AES_CAN_FAIL
/* Is this IV what mote_cbc_iv_from_counter gives where the chip's AES unit has failed? No other is like it. */
static int iv_is_none(const message *m)
{
    uint8_t any = 0;

    for (uint8_t i = 0; i < IV_LEN; i++)
        any |= m->iv[i];
    return m->new_tag != NULL && any == 0;
}
#else
#define iv_is_none(m) 0
#endif

static MOTE_NOINLINE mote_status crypt(const message *m)
{
    mote_aes128 aes;
    mote_status status = mote_aes128_init(&aes, m->key + MAC_KEY_LEN);

    if (iv_is_none(m))
        status = MOTE_ERR_HARDWARE;
    if (!MOTE_AES_FAILED(status)) {
        if (m->new_tag != NULL)
            status = mote_cbc_pkcs7_encrypt(&aes, m->iv, m->out, m->out_cap, m->out_len, m->in, m->in_len);
        else
            status = mote_cbc_pkcs7_decrypt(&aes, m->iv, m->out, m->out_cap, m->out_len, m->in, m->in_len);
    }
    mote_aes128_wipe(&aes);
    return status;
}

/* Are there as many bits of associated data as 64 bits can count? */
static int aad_too_long(size_t aad_len)
{
#if SIZE_MAX > 0xffffffffu
    return aad_len > UINT64_MAX / 8;
#else
    (void)aad_len;
    return 0;
#endif
}

/* Does an output share memory with one of these inputs? Where the text is worked on in place, the caller's other rules keep
 * it apart from whatever else is written. */
static MOTE_NOINLINE int overlaps(const message *m, const uint8_t *out, size_t len)
{
    return (m->in != m->out && mote_overlap(out, len, m->in, m->in_len)) || mote_overlap(out, len, m->key, 32) ||
           mote_overlap(out, len, m->aad, m->aad_len);
}

/* Encrypt, then authenticate; or verify, then decrypt. len is that of the ciphertext, 0 if there can be none. */
static mote_status process(const message *m, size_t len)
{
    uint8_t full_tag[32];
    mote_status status;

    *m->out_len = 0;
    if (len == 0 || aad_too_long(m->aad_len))
        return MOTE_ERR_LENGTH;
    if (m->out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (overlaps(m, m->out, len) || mote_overlap(m->out, len, m->iv, IV_LEN) || mote_overlap(m->out, len, m->tag, TAG_LEN))
        return MOTE_ERR_OVERLAP;

    if (m->new_tag != NULL) {
        if (overlaps(m, m->tag, TAG_LEN) || mote_overlap(m->tag, TAG_LEN, m->iv, IV_LEN))
            return MOTE_ERR_OVERLAP;
        status = crypt(m);
        if (!MOTE_AES_FAILED(status)) {
            compute_tag(m, m->out, len, full_tag);
            memcpy(m->new_tag, full_tag, TAG_LEN);
        }
    } else {
        int accepted;

        compute_tag(m, m->in, len, full_tag);
        accepted = mote_ct_equal(full_tag, m->tag, TAG_LEN);
        MOTE_DECLASSIFY(&accepted, sizeof accepted); /* whether a tag was accepted is what the caller asks */
        status = accepted ? crypt(m) : MOTE_ERR_AUTH;
        if (status == MOTE_ERR_PADDING)
            status = MOTE_ERR_AUTH;
    }
    mote_wipe(full_tag, sizeof full_tag);
    mote_clear_vectors();
    return status;
}

mote_status mote_cbc_hmac_encrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *ct, size_t ct_cap, size_t *ct_len,
                                  uint8_t tag[16], const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    const message m = {key, iv, ct, ct_cap, ct_len, pt, pt_len, tag, tag, aad, aad_len};

    return process(&m, mote_pkcs7_padded_len(pt_len));
}

mote_status mote_cbc_hmac_decrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *pt, size_t pt_cap, size_t *pt_len,
                                  const uint8_t *ct, size_t ct_len, const uint8_t tag[16], const uint8_t *aad,
                                  size_t aad_len)
{
    const message m = {key, iv, pt, pt_cap, pt_len, ct, ct_len, tag, NULL, aad, aad_len};

    return process(&m, ct_len % 16 == 0 ? ct_len : 0);
}

size_t mote_sealed_len(size_t pt_len)
{
    return pt_len > SIZE_MAX - 48 ? 0 : IV_LEN + mote_pkcs7_padded_len(pt_len) + TAG_LEN;
}

mote_status mote_seal(const uint8_t key[32], const uint8_t iv[16], uint8_t *out, size_t out_cap, size_t *out_len,
                      const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    const size_t len = mote_sealed_len(pt_len);
    mote_status status;

    *out_len = 0;
    if (len == 0 || aad_too_long(aad_len))
        return MOTE_ERR_LENGTH;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;

    uint8_t *const tag = out + len - TAG_LEN;
    const message m = {key, iv, out + IV_LEN, len - IV_LEN - TAG_LEN, out_len, pt, pt_len, tag, tag, aad, aad_len};

    /* The place of the IV is an output too. */
    if (mote_overlap_partial(out, len, iv, IV_LEN) || overlaps(&m, out, IV_LEN))
        return MOTE_ERR_OVERLAP;
    status = process(&m, m.out_cap);
    if (status == MOTE_OK) {
        memmove(out, iv, IV_LEN);
        *out_len = len;
    }
#if MOTE_AES_CAN_FAIL
    else if (status != MOTE_ERR_OVERLAP) {
        mote_wipe(out, len);
    }
#endif
    return status;
}

mote_status mote_open(const uint8_t key[32], uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *sealed,
                      size_t sealed_len, const uint8_t *aad, size_t aad_len)
{
    *out_len = 0;
    if (sealed_len < IV_LEN + 16 + TAG_LEN || sealed_len % 16 != 0)
        return MOTE_ERR_LENGTH;

    const size_t ct_len = sealed_len - IV_LEN - TAG_LEN;
    const uint8_t *const ct = sealed + IV_LEN;
    const message m = {key, sealed, out, out_cap, out_len, ct, ct_len, ct + ct_len, NULL, aad, aad_len};

    return process(&m, ct_len);
}

#else
typedef int mote_cbc_hmac_is_empty;
#endif
