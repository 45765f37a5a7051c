/* hmac/hmac_desktop.c - HMAC-SHA256 (RFC 2104 section 2) where short messages count: the blocks of the key are compressed side
 * by side, and a message that is there as a whole goes into no context. */
#include "../ct/ct_internal.h"
#include "../sha256/sha256_backend.h"
#include "hmac_internal.h"

#if MOTE_TARGET_DESKTOP

#include <string.h>

#define BLOCK 64

typedef struct {
    uint8_t bytes[BLOCK];
} block;

void mote_hmac_key_init(mote_hmac_key *key, const uint8_t *secret, size_t secret_len)
{
    block inner = {{0}}, outer; /* K, filled up with zeros, then K ^ ipad; K ^ opad */
    uint8_t digest[32];
    const int is_long = secret_len > BLOCK;

    if (is_long) {
        mote_sha256_digest(digest, secret, secret_len);
        secret = digest;
        secret_len = sizeof digest;
    }
#if MOTE_GNU_ASM
    __asm__("" : "+r"(secret_len)); /* else gcc knows that it is small and copies with a slow string instruction */
#endif
    if (secret_len != 0)
        memcpy(inner.bytes, secret, secret_len);
    for (size_t i = 0; i < BLOCK; i++) {
        outer.bytes[i] = inner.bytes[i] ^ 0x5c;
        inner.bytes[i] ^= 0x36;
    }
    mote_sha256_initial(key->inner);
    mote_sha256_initial(key->outer);
    mote_sha256_compress_both(key->inner, inner.bytes, key->outer, outer.bytes);
    MOTE_WIPE_OBJECT(block, &inner);
    MOTE_WIPE_OBJECT(block, &outer);
    if (is_long)
        mote_wipe(digest, sizeof digest);
    mote_clear_vectors();
}

void mote_hmac_start(mote_hmac *hmac, const uint8_t *secret, size_t secret_len)
{
    mote_hmac_key key;

    mote_hmac_key_init(&key, secret, secret_len);
    mote_hmac_init(hmac, &key);
    MOTE_WIPE_OBJECT(mote_hmac_key, &key);
}

void mote_hmac_final(mote_hmac *hmac, uint8_t tag[32])
{
    mote_sha256_last_of(&hmac->sha);
    mote_sha256_outer(hmac->outer, hmac->sha.state, tag);
    mote_wipe(hmac, sizeof *hmac);
    mote_clear_vectors();
}

void mote_hmac_with_key(const mote_hmac_key *key, uint8_t tag[32], uint8_t message[128], size_t len)
{
    mote_hmac_key on = *key;

    mote_sha256_last_in(on.inner, BLOCK, message, len);
    mote_sha256_outer(on.outer, on.inner, tag);
    MOTE_WIPE_OBJECT(mote_hmac_key, &on);
}

void mote_hmac_sha256(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
{
    mote_hmac_key key;

    mote_hmac_key_init(&key, secret, secret_len);
    mote_sha256_last(key.inner, BLOCK, data, len);
    mote_sha256_outer(key.outer, key.inner, tag);
    MOTE_WIPE_OBJECT(mote_hmac_key, &key);
    mote_clear_vectors();
}

#else
typedef int mote_hmac_desktop_is_empty;
#endif
