/* hmac/hmac.c - HMAC-SHA256 (RFC 2104 section 2; FIPS 198-1): H(K ^ opad || H(K ^ ipad || text)).
 *
 * A key is kept as the two SHA-256 states after its ipad and opad blocks, and a tag is finished by continuing them. */
#include <mote/hmac.h>

#include "../ct/ct_internal.h"
#include "../sha256/sha256_backend.h"

#include <string.h>

/* Continue SHA-256 after one block that was already compressed into state. */
static void resume(mote_sha256 *sha, const uint32_t state[8])
{
    memcpy(sha->state, state, sizeof sha->state);
    sha->length = 64;
}

void mote_hmac_key_init(mote_hmac_key *key, const uint8_t *secret, size_t secret_len)
{
    mote_sha256 sha; /* its block serves as K, zero-padded to a block, with ipad and then opad XORed in */
    uint8_t digest[32];

    if (secret_len > 64) {
        mote_sha256_digest(digest, secret, secret_len);
        secret = digest;
        secret_len = sizeof digest;
    }
    memset(sha.block, 0x36, sizeof sha.block);
    for (size_t i = 0; i < secret_len; i++)
        sha.block[i] ^= secret[i];
    mote_sha256_init(&sha);
    mote_sha256_compress(sha.state, sha.block, 1);
    memcpy(key->inner, sha.state, sizeof key->inner);

    for (size_t i = 0; i < sizeof sha.block; i++)
        sha.block[i] ^= 0x36 ^ 0x5c;
    mote_sha256_init(&sha);
    mote_sha256_compress(sha.state, sha.block, 1);
    memcpy(key->outer, sha.state, sizeof key->outer);

    mote_wipe(&sha, sizeof sha);
    mote_wipe(digest, sizeof digest);
}

void mote_hmac_init(mote_hmac *hmac, const mote_hmac_key *key)
{
    resume(&hmac->sha, key->inner);
    memcpy(hmac->outer, key->outer, sizeof hmac->outer);
}

void mote_hmac_update(mote_hmac *hmac, const uint8_t *data, size_t len)
{
    mote_sha256_update(&hmac->sha, data, len);
}

void mote_hmac_final(mote_hmac *hmac, uint8_t tag[32])
{
    mote_sha256_final(&hmac->sha, tag);
    resume(&hmac->sha, hmac->outer);
    mote_sha256_update(&hmac->sha, tag, 32);
    mote_sha256_final(&hmac->sha, tag);
    mote_wipe(hmac, sizeof *hmac);
}

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

void mote_hmac_sha256(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
{
    mote_hmac_key key;
    mote_hmac hmac;

    mote_hmac_key_init(&key, secret, secret_len);
    mote_hmac_init(&hmac, &key);
    mote_hmac_update(&hmac, data, len);
    mote_hmac_final(&hmac, tag);
    mote_hmac_key_wipe(&key);
}

void mote_hmac_key_wipe(mote_hmac_key *key)
{
    mote_wipe(key, sizeof *key);
}
