/* mote/hmac.h - HMAC-SHA256 (RFC 2104, FIPS 198-1): a 32-byte tag that only who knows the key can make.
 *
 * The key object keeps the two midstates (SHA-256 after the block K xor ipad, and after K xor opad), so that every
 * further message under the same key costs two compressions less.
 *
 * Constant time: the time depends on the lengths of the key and the message alone. */
#ifndef MOTE_HMAC_H
#define MOTE_HMAC_H

#include <mote/sha256.h>
#include <mote/status.h>

MOTE_BEGIN_DECLS

/* A prepared key; holds secrets, mote_hmac_key_wipe it when done. May be copied and shared between threads. */
typedef struct mote_hmac_key mote_hmac_key;
struct mote_hmac_key {
    uint32_t inner[8]; /* SHA-256 state after K xor ipad */
    uint32_t outer[8]; /* SHA-256 state after K xor opad */
};

/* A tag in progress. Independent of the key object it was started from, which may be wiped meanwhile. */
typedef struct mote_hmac mote_hmac;
struct mote_hmac {
    mote_sha256 sha;
    uint32_t outer[8];
};

/* Prepare a secret of any length (a secret longer than 64 bytes is hashed first, RFC 2104 section 2; use 32 random
 * bytes). secret may be NULL when secret_len is 0. */
void mote_hmac_key_init(mote_hmac_key *key, const uint8_t *secret, size_t secret_len);

/* Start a tag, append len bytes in pieces of any size (data may be NULL when len is 0), write the tag. _final wipes
 * the context. */
void mote_hmac_init(mote_hmac *hmac, const mote_hmac_key *key);
void mote_hmac_update(mote_hmac *hmac, const uint8_t *data, size_t len);
void mote_hmac_final(mote_hmac *hmac, uint8_t tag[32]);

/* Instead of _final: finish, and compare with a tag that was received, which may be truncated to its first tag_len
 * bytes (RFC 2104 section 5). MOTE_OK if it matches; MOTE_ERR_AUTH if not; MOTE_ERR_LENGTH if tag_len is not 16..32.
 * The comparison takes the same time wherever the tags differ. Wipes the context in every case. */
MOTE_WARN_UNUSED mote_status mote_hmac_verify(mote_hmac *hmac, const uint8_t *tag, size_t tag_len);

/* All of it in one call. tag may overlap secret or data. */
void mote_hmac_sha256(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len);

/* Erase a prepared key. */
void mote_hmac_key_wipe(mote_hmac_key *key);

MOTE_END_DECLS

#endif
