/* hkdf/hkdf.c - HKDF-SHA256 (RFC 5869) and the diversification of device keys. */
#include "../sha256/sha256_backend.h"

#if !MOTE_SHA256_AVR_GLUE /* else in hkdf_avr.c */

#include <mote/hkdf.h>

#include "../ct/ct_internal.h"
#include "../hmac/hmac_internal.h"

#include <string.h>

#define OKM_MAX (255 * 32) /* the block counter of section 2.3 is one byte */

void mote_hkdf_extract(mote_hkdf *hkdf, const uint8_t *salt, size_t salt_len, const uint8_t *ikm, size_t ikm_len)
{
    uint8_t *const prk = (uint8_t *)hkdf; /* where the midstates will be: mote_hmac_key_init reads all before it writes */

    /* Section 2.2: no salt means 32 zero bytes, which HMAC's zero-padding of an empty key already is. */
    mote_hmac_sha256(prk, salt, salt_len, ikm, ikm_len);
    mote_hkdf_from_prk(hkdf, prk);
}

void mote_hkdf_from_prk(mote_hkdf *hkdf, const uint8_t prk[32])
{
    mote_hmac_key_init(&hkdf->prk, prk, 32);
}

#if MOTE_TARGET_DESKTOP
/* A block of output, T(n), where all that goes into it fits into two blocks with the padding: gathered, it costs least. */
static int next_block_short(const mote_hmac_key *prk, uint8_t n, uint8_t T[32], const uint8_t *info1, size_t info1_len,
                            const uint8_t *info2, size_t info2_len)
{
    uint8_t message[128] = {0};
    const size_t before = n == 1 ? 0 : 32, room = 119 - 1 - before;

    if (info1_len > room || info2_len > room - info1_len)
        return 0;
    memcpy(message, T, before);
    if (info1_len != 0)
        memcpy(message + before, info1, info1_len);
    if (info2_len != 0)
        memcpy(message + before + info1_len, info2, info2_len);
    message[before + info1_len + info2_len] = n;
    mote_hmac_with_key(prk, T, message, before + info1_len + info2_len + 1);
    mote_wipe(message, before);
    return 1;
}
#else
#define next_block_short(prk, n, T, info1, info1_len, info2, info2_len) 0
#endif

/* Section 2.3 with the info in two parts: T(n) = HMAC(PRK, T(n-1) || info1 || info2 || n), T(0) empty. */
static mote_status expand(const mote_hkdf *hkdf, uint8_t *okm, size_t okm_len, const uint8_t *info1, size_t info1_len,
                          const uint8_t *info2, size_t info2_len)
{
    struct {
        uint8_t n, T[32];
        mote_hmac hmac;
    } on;

    if (okm_len > OKM_MAX)
        return MOTE_ERR_LENGTH;
    if (mote_overlap(okm, okm_len, info1, info1_len) || mote_overlap(okm, okm_len, info2, info2_len))
        return MOTE_ERR_OVERLAP;

    for (on.n = 1; okm_len != 0; on.n++) {
        const size_t take = okm_len < sizeof on.T ? okm_len : sizeof on.T;

        if (!next_block_short(&hkdf->prk, on.n, on.T, info1, info1_len, info2, info2_len)) {
            mote_hmac_init(&on.hmac, &hkdf->prk);
            if (on.n != 1)
                mote_hmac_update(&on.hmac, on.T, sizeof on.T);
            mote_hmac_update(&on.hmac, info1, info1_len);
            mote_hmac_update(&on.hmac, info2, info2_len);
            mote_hmac_update(&on.hmac, &on.n, 1);
            mote_hmac_final(&on.hmac, on.T);
        }
        memcpy(okm, on.T, take);
        okm += take;
        okm_len -= take;
    }
    mote_wipe(on.T, sizeof on.T);
    mote_clear_vectors();
    return MOTE_OK;
}

mote_status mote_hkdf_expand(const mote_hkdf *hkdf, uint8_t *okm, size_t okm_len, const uint8_t *info, size_t info_len)
{
    return expand(hkdf, okm, okm_len, info, info_len, NULL, 0);
}

mote_status mote_hkdf_sha256(uint8_t *okm, size_t okm_len, const uint8_t *salt, size_t salt_len, const uint8_t *ikm,
                             size_t ikm_len, const uint8_t *info, size_t info_len)
{
    mote_hkdf hkdf;
    mote_status status;

    mote_hkdf_extract(&hkdf, salt, salt_len, ikm, ikm_len);
    status = expand(&hkdf, okm, okm_len, info, info_len, NULL, 0);
    mote_hkdf_wipe(&hkdf);
    return status;
}

mote_status mote_hkdf_device_key(const mote_hkdf *master, uint8_t *key, size_t key_len, const char *label,
                                 const uint8_t *device_id, size_t device_id_len)
{
    const volatile char *end = label; /* volatile, else gcc 12 makes the loop a call of strlen */

    while (*end != '\0')
        end++;
    if (end == label || device_id_len == 0)
        return MOTE_ERR_LENGTH;
    /* label || 0x00 || device_id: the zero byte is the one that ends the label. */
    return expand(master, key, key_len, (const uint8_t *)label, (size_t)(end - label) + 1, device_id, device_id_len);
}

void mote_hkdf_wipe(mote_hkdf *hkdf)
{
    mote_hmac_key_wipe(&hkdf->prk);
}

#else
typedef int mote_hkdf_is_empty;
#endif
