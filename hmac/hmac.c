/* hmac/hmac.c - HMAC-SHA256 (RFC 2104 section 2; FIPS 198-1): H(K ^ opad || H(K ^ ipad || text)).
 *
 * A key is kept as the two SHA-256 states after its ipad and opad blocks, and a tag is finished by continuing them. */
#include "../sha256/sha256_backend.h"

#if !MOTE_SHA256_AVR_GLUE /* else in hmac_avr.c */

#include <mote/hmac.h>

#include "../ct/ct_internal.h"
#include "hmac_internal.h"

#include <string.h>

#if !MOTE_TARGET_DESKTOP /* else in hmac_desktop.c */

/* K, filled up with zeros. */
static void key_block(uint8_t block[64], const uint8_t *secret, size_t secret_len)
{
    memset(block, 0, 64);
    if (secret_len != 0)
        memcpy(block, secret, secret_len);
}

/* The state after the block K ^ pad, with which the block takes K's place. */
static void midstate(mote_sha256 *sha, uint8_t pad)
{
    for (uint8_t i = 0; i < 64; i++)
        sha->block[i] ^= pad;
    mote_sha256_initial(sha->state);
    mote_sha256_compress_block(sha);
}

void mote_hmac_start(mote_hmac *hmac, const uint8_t *secret, size_t secret_len)
{
    if (secret_len > sizeof hmac->sha.block) {
        mote_sha256_init(&hmac->sha);
        mote_sha256_update(&hmac->sha, secret, secret_len);
        mote_sha256_final(&hmac->sha, (uint8_t *)hmac->outer);
        secret = (const uint8_t *)hmac->outer;
        secret_len = 32;
    }
    key_block(hmac->sha.block, secret, secret_len);
    midstate(&hmac->sha, 0x5c);
#if MOTE_SHA256_SPENDS_BLOCK
    key_block(hmac->sha.block, secret, secret_len); /* while a long secret's digest is still in outer */
    memcpy(hmac->outer, hmac->sha.state, sizeof hmac->outer);
    midstate(&hmac->sha, 0x36);
#else
    memcpy(hmac->outer, hmac->sha.state, sizeof hmac->outer);
    midstate(&hmac->sha, 0x5c ^ 0x36);
#endif
    mote_sha256_resume(&hmac->sha, 64);
}

void mote_hmac_key_init(mote_hmac_key *key, const uint8_t *secret, size_t secret_len)
{
    mote_hmac hmac;

    mote_hmac_start(&hmac, secret, secret_len);
    memcpy(key->inner, hmac.sha.state, sizeof key->inner);
    memcpy(key->outer, hmac.outer, sizeof key->outer);
    mote_wipe(&hmac, sizeof hmac);
}

#endif

void mote_hmac_init(mote_hmac *hmac, const mote_hmac_key *key)
{
    memcpy(hmac->sha.state, key->inner, sizeof key->inner);
    memcpy(hmac->outer, key->outer, sizeof key->outer);
    mote_sha256_resume(&hmac->sha, 64);
    mote_clear_vectors();
}

void mote_hmac_update(mote_hmac *hmac, const uint8_t *data, size_t len)
{
    mote_sha256_update(&hmac->sha, data, len);
}

#if !MOTE_TARGET_DESKTOP

void mote_hmac_final(mote_hmac *hmac, uint8_t tag[32])
{
    mote_sha256_end(&hmac->sha, hmac->sha.block);
    memcpy(hmac->sha.state, hmac->outer, sizeof hmac->outer);
    mote_sha256_resume(&hmac->sha, 64 + 32);
    mote_sha256_end(&hmac->sha, tag);
    mote_wipe(hmac, sizeof *hmac);
}

void mote_hmac_sha256(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
{
    mote_hmac hmac;

    mote_hmac_start(&hmac, secret, secret_len);
    mote_hmac_update(&hmac, data, len);
    mote_hmac_final(&hmac, tag);
}

#endif

mote_status mote_hmac_verify(mote_hmac *hmac, const uint8_t *tag, size_t tag_len)
{
    mote_status status = MOTE_ERR_LENGTH;
    uint8_t computed[32];

    mote_hmac_final(hmac, computed);
    if (tag_len >= 16 && tag_len <= sizeof computed) {
        int accepted = mote_ct_equal(computed, tag, tag_len);

        MOTE_DECLASSIFY(&accepted, sizeof accepted); /* whether a tag was accepted is what the caller asks */
        status = accepted ? MOTE_OK : MOTE_ERR_AUTH;
    }
    mote_wipe(computed, sizeof computed);
    return status;
}

void mote_hmac_key_wipe(mote_hmac_key *key)
{
    mote_wipe(key, sizeof *key);
}

#else
typedef int mote_hmac_is_empty;
#endif
