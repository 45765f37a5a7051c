/* What each function requires and ensures, in CBMC's words: the comments of the public headers again, so that they can be
 * checked. A proof shows that a function keeps its contract; where it calls others, their contracts stand in for them.
 * That lengths and capacities are those of the memory is required everywhere, and that *out_len is not part of it. */
#ifndef MOTE_TEST_CONTRACTS_H
#define MOTE_TEST_CONTRACTS_H

#include <mote/mote.h>

#include "aes/aes_backend.h"
#include "base64/base64_backend.h"
#include "base64/base64_internal.h"
#include "cbc/cbc_internal.h"
#include "ct/ct_internal.h"
#include "hmac/hmac_internal.h"
#include "proof.h"
#include "sha256/sha256_backend.h"

#define BYTE(p, i) (((const uint8_t *)(p))[i])

#define OUT_LEN_APART(out_len, p, len) (!SHARE(out_len, sizeof *(out_len), p, len))
#define UNCHANGED (*watched == __CPROVER_old(*watched))

/* string.h, see proof.h */

void *library_memcpy(void *to, const void *from, size_t len)
__CPROVER_requires(__CPROVER_w_ok(to, len) && __CPROVER_r_ok(from, len) && !SHARE(to, len, from, len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)to, len))
;

void *library_memmove(void *to, const void *from, size_t len)
__CPROVER_requires(__CPROVER_w_ok(to, len) && __CPROVER_r_ok(from, len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)to, len))
;

void *library_memset(void *to, int byte, size_t len)
__CPROVER_requires(__CPROVER_w_ok(to, len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)to, len))
;

/* ct.h */

int mote_ct_equal(const void *a, const void *b, size_t len)
__CPROVER_requires(READABLE(a, len) && READABLE(b, len))
__CPROVER_assigns(different_at)
__CPROVER_ensures(__CPROVER_return_value == 0 || __CPROVER_return_value == 1)
__CPROVER_ensures(__CPROVER_return_value == 0 || watched_index >= len || BYTE(a, watched_index) == BYTE(b, watched_index))
__CPROVER_ensures(__CPROVER_return_value == 1 || (different_at < len && BYTE(a, different_at) != BYTE(b, different_at)))
;

void mote_wipe(void *data, size_t len)
__CPROVER_requires(WRITABLE(data, len))
__CPROVER_assigns(len != 0: __CPROVER_object_upto((uint8_t *)data, len))
__CPROVER_ensures(!WATCHED_IN(data, len) || *watched == 0)
;

/* ct/ct_internal.h */

void mote_burn_stack(void)
__CPROVER_assigns()
;

int mote_overlap(const void *out, size_t out_len, const void *in, size_t in_len)
__CPROVER_requires(READABLE(out, out_len) && READABLE(in, in_len))
__CPROVER_assigns()
__CPROVER_ensures(__CPROVER_return_value == (SHARE(out, out_len, in, in_len) ? 1 : 0))
;

/* base64.h */

/* Of in_len bytes, which the harness divided by 3 (proof.h). */
#define BASE64_LEN ((quotient + (remainder3 != 0)) * 4)
#define BASE64URL_LEN (quotient * 4 + remainder3 + (remainder3 != 0))
#define BASE64_TOO_LONG (quotient + (remainder3 != 0) > SIZE_MAX / 4)
#define BASE64URL_TOO_LONG (quotient > SIZE_MAX / 4)

size_t mote_base64_encoded_len(size_t len)
__CPROVER_requires(len == dividend)
__CPROVER_assigns()
__CPROVER_ensures(__CPROVER_return_value == (BASE64_TOO_LONG ? 0 : BASE64_LEN))
;

size_t mote_base64url_encoded_len(size_t len)
__CPROVER_requires(len == dividend)
__CPROVER_assigns()
__CPROVER_ensures(__CPROVER_return_value == (BASE64URL_TOO_LONG ? 0 : BASE64URL_LEN))
;

#define ENCODER_CONTRACT(TEXT_LEN, TOO_LONG)                                                                      \
    __CPROVER_requires((TOO_LONG) || READABLE(in, in_len))                                                  \
    __CPROVER_requires(WRITABLE(out, out_cap) && __CPROVER_w_ok(out_len, sizeof *out_len))                        \
    __CPROVER_requires(OUT_LEN_APART(out_len, out, out_cap) && OUT_LEN_APART(out_len, in, in_len))                \
    __CPROVER_assigns(*out_len)                                                                                   \
    __CPROVER_assigns(!(TOO_LONG) && out_cap != 0 && out_cap >= (TEXT_LEN):                           \
                      __CPROVER_object_upto(out, (TEXT_LEN) + (out_cap > (TEXT_LEN))))                \
    __CPROVER_ensures(__CPROVER_return_value ==                                                                   \
                      ((TOO_LONG)           ? MOTE_ERR_LENGTH                                             \
                       : out_cap < (TEXT_LEN) ? MOTE_ERR_CAPACITY                                           \
                       : SHARE(out, (TEXT_LEN) + (out_cap > (TEXT_LEN)), in, in_len)           \
                           ? MOTE_ERR_OVERLAP                                                                     \
                           : MOTE_OK))                                                                            \
    __CPROVER_ensures(*out_len == (__CPROVER_return_value == MOTE_OK ? (TEXT_LEN) : 0))                     \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED)                                             \
    __CPROVER_ensures(__CPROVER_return_value != MOTE_OK || out_cap == *out_len || out[*out_len] == 0)

mote_status mote_base64_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
__CPROVER_requires(in_len == dividend)
ENCODER_CONTRACT(BASE64_LEN, BASE64_TOO_LONG);

mote_status mote_base64url_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
__CPROVER_requires(in_len == dividend)
ENCODER_CONTRACT(BASE64URL_LEN, BASE64URL_TOO_LONG);

/* A text that is not canonical leaves zeros, every other error what was there. */
#define DECODER_CONTRACT(BYTES_MAX)                                                                               \
    __CPROVER_requires(READABLE(in, in_len) && WRITABLE(out, out_cap) && __CPROVER_w_ok(out_len, sizeof *out_len)) \
    __CPROVER_requires(OUT_LEN_APART(out_len, out, out_cap) && OUT_LEN_APART(out_len, in, in_len))                \
    __CPROVER_assigns(*out_len)                                                                                   \
    __CPROVER_assigns(out_cap != 0: __CPROVER_object_upto(out, out_cap))                                          \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_CAPACITY ||         \
                      __CPROVER_return_value == MOTE_ERR_OVERLAP || __CPROVER_return_value == MOTE_ERR_ENCODING)  \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *out_len <= (BYTES_MAX) && *out_len <= out_cap : *out_len == 0) \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED ||                                           \
                      (__CPROVER_return_value == MOTE_ERR_ENCODING && *watched == 0))                             \
    __CPROVER_ensures(__CPROVER_return_value != MOTE_OK || UNCHANGED || WATCHED_IN(out, *out_len))

mote_status mote_base64_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
DECODER_CONTRACT(in_len / 4 * 3)
__CPROVER_ensures(in_len % 4 == 0 || __CPROVER_return_value == MOTE_ERR_ENCODING)
__CPROVER_ensures(__CPROVER_return_value != MOTE_OK || in_len == 0 || *out_len >= in_len / 4 * 3 - 2)
;

mote_status mote_base64url_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
DECODER_CONTRACT(in_len / 4 * 3 + in_len % 4)
__CPROVER_ensures(in_len % 4 != 1 || __CPROVER_return_value == MOTE_ERR_ENCODING)
__CPROVER_ensures(__CPROVER_return_value != MOTE_OK || *out_len == in_len / 4 * 3 + in_len % 4 - (in_len % 4 != 0))
;

mote_status mote_base16_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
ENCODER_CONTRACT(2 * in_len, in_len > SIZE_MAX / 2);

mote_status mote_base16_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
DECODER_CONTRACT(in_len / 2)
__CPROVER_ensures(in_len % 2 == 0 || __CPROVER_return_value == MOTE_ERR_ENCODING)
__CPROVER_ensures(__CPROVER_return_value != MOTE_OK || *out_len == in_len / 2)
;

/* base64/base64_backend.h */

void mote_base64_encode_text(char *out, const uint8_t *in, size_t len, uint8_t url)
__CPROVER_requires(len <= LEN_MAX && len % 4 != 1 && READABLE(in, TEXT_BYTES(len)) && WRITABLE(out, len) && in && out)
__CPROVER_requires(!SHARE(out, len, in, TEXT_BYTES(len)))
__CPROVER_assigns(len != 0: __CPROVER_object_upto(out, len))
;

uint8_t mote_base64_decode_text(uint8_t *out, const char *in, size_t len, uint8_t url)
__CPROVER_requires(len <= LEN_MAX && len % 4 != 1 && READABLE(in, len) && WRITABLE(out, TEXT_BYTES(len)) && in && out)
__CPROVER_requires(!SHARE_PARTLY(out, TEXT_BYTES(len), in, len))
__CPROVER_assigns(len != 0: __CPROVER_object_upto(out, TEXT_BYTES(len)))
;

/* base64/base64_internal.h */

void mote_base16_encode_bytes(char *out, const uint8_t *in, size_t len)
__CPROVER_requires(len <= LEN_MAX / 2 && READABLE(in, len) && WRITABLE(out, 2 * len) && !SHARE(out, 2 * len, in, len))
__CPROVER_assigns(len != 0: __CPROVER_object_upto(out, 2 * len))
;

uint8_t mote_base16_decode_bytes(uint8_t *out, const char *in, size_t len)
__CPROVER_requires(len <= LEN_MAX / 2 && READABLE(in, 2 * len) && WRITABLE(out, len) && !SHARE_PARTLY(out, len, in, 2 * len))
__CPROVER_assigns(len != 0: __CPROVER_object_upto(out, len))
;

/* sha256.h and sha256/sha256_backend.h */

void mote_sha256_compress(uint32_t state[8], const uint8_t *data, size_t blocks)
__CPROVER_requires(blocks <= LEN_MAX / 64 && READABLE(data, 64 * blocks) && __CPROVER_w_ok(state, 32))
__CPROVER_requires(!SHARE(state, 32, data, 64 * blocks))
__CPROVER_assigns(__CPROVER_object_upto(state, 32))
;

void mote_sha256_initial(uint32_t state[8])
__CPROVER_requires(__CPROVER_w_ok(state, 32))
__CPROVER_assigns(__CPROVER_object_upto(state, 32))
;

void mote_sha256_resume(mote_sha256 *sha, uint8_t length)
__CPROVER_requires(__CPROVER_w_ok(sha, sizeof *sha))
__CPROVER_assigns(__CPROVER_object_upto(sha->length, 8))
__CPROVER_ensures(sha->length[0] == length)
;

void mote_sha256_init(mote_sha256 *sha)
__CPROVER_requires(__CPROVER_w_ok(sha, sizeof *sha))
__CPROVER_assigns(__CPROVER_object_upto(sha->state, 32), __CPROVER_object_upto(sha->length, 8))
__CPROVER_ensures(sha->length[0] == 0)
;

void mote_sha256_update(mote_sha256 *sha, const uint8_t *data, size_t len)
__CPROVER_requires(__CPROVER_w_ok(sha, sizeof *sha) && READABLE(data, len) && !SHARE(sha, sizeof *sha, data, len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)sha, sizeof *sha))
__CPROVER_ensures(sha->length[0] == __CPROVER_old(sha->length[0]) + len)
;

void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32])
__CPROVER_requires(__CPROVER_w_ok(sha, sizeof *sha) && __CPROVER_w_ok(digest, 32) && !SHARE(sha, sizeof *sha, digest, 32))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)sha, sizeof *sha), __CPROVER_object_upto(digest, 32))
__CPROVER_ensures(!WATCHED_IN(sha, sizeof *sha) || *watched == 0)
;

void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len)
__CPROVER_requires(__CPROVER_w_ok(digest, 32) && READABLE(data, len))
__CPROVER_assigns(__CPROVER_object_upto(digest, 32))
;

#if MOTE_TARGET_DESKTOP
void mote_sha256_last(uint32_t state[8], uint64_t before, const uint8_t *data, size_t len)
__CPROVER_requires(__CPROVER_w_ok(state, 32) && READABLE(data, len) && !SHARE(state, 32, data, len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)state, 32))
;

void mote_sha256_last_in(uint32_t state[8], uint64_t before, uint8_t last[128], size_t len)
__CPROVER_requires(len <= 119 && __CPROVER_w_ok(state, 32) && __CPROVER_w_ok(last, 128) && !SHARE(state, 32, last, 128))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)state, 32), __CPROVER_object_upto(last, 128))
;

void mote_sha256_last_of(mote_sha256 *sha)
__CPROVER_requires(__CPROVER_w_ok(sha, sizeof *sha))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)sha->state, 32))
;

void mote_sha256_outer(uint32_t outer[8], const uint32_t inner[8], uint8_t digest[32])
__CPROVER_requires(__CPROVER_w_ok(outer, 32) && __CPROVER_r_ok(inner, 32) && __CPROVER_w_ok(digest, 32))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)outer, 32), __CPROVER_object_upto(digest, 32))
;

void mote_sha256_compress_both(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8], const uint8_t block2[64])
__CPROVER_requires(__CPROVER_w_ok(state1, 32) && __CPROVER_w_ok(state2, 32) && __CPROVER_r_ok(block1, 64) && __CPROVER_r_ok(block2, 64))
__CPROVER_requires(!SHARE(state1, 32, block1, 64) && !SHARE(state1, 32, state2, 32) && !SHARE(state1, 32, block2, 64))
__CPROVER_requires(!SHARE(state2, 32, block1, 64) && !SHARE(state2, 32, block2, 64))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)state1, 32), __CPROVER_object_upto((uint8_t *)state2, 32))
;
#else
void mote_sha256_end(mote_sha256 *sha, uint8_t digest[32])
__CPROVER_requires(__CPROVER_w_ok(sha, sizeof *sha) && __CPROVER_w_ok(digest, 32))
__CPROVER_requires(digest == sha->block || !SHARE(sha, sizeof *sha, digest, 32))
__CPROVER_assigns(__CPROVER_object_upto(sha->state, 32), __CPROVER_object_upto(sha->block, 64), __CPROVER_object_upto(digest, 32))
;
#endif

/* hmac.h and hmac/hmac_internal.h */

void mote_hmac_start(mote_hmac *hmac, const uint8_t *secret, size_t secret_len)
__CPROVER_requires(__CPROVER_w_ok(hmac, sizeof *hmac) && READABLE(secret, secret_len))
__CPROVER_requires(!SHARE(hmac, sizeof *hmac, secret, secret_len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hmac, sizeof *hmac))
__CPROVER_ensures(hmac->sha.length[0] == 64)
;

/* key may lie where secret lies: hkdf/hkdf.c keeps a PRK there. */
void mote_hmac_key_init(mote_hmac_key *key, const uint8_t *secret, size_t secret_len)
__CPROVER_requires(__CPROVER_w_ok(key, sizeof *key) && READABLE(secret, secret_len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)key, sizeof *key))
;

void mote_hmac_init(mote_hmac *hmac, const mote_hmac_key *key)
__CPROVER_requires(__CPROVER_w_ok(hmac, sizeof *hmac) && __CPROVER_r_ok(key, sizeof *key))
__CPROVER_requires(!SHARE(hmac, sizeof *hmac, key, sizeof *key))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hmac, sizeof *hmac))
__CPROVER_ensures(hmac->sha.length[0] == 64)
;

void mote_hmac_update(mote_hmac *hmac, const uint8_t *data, size_t len)
__CPROVER_requires(__CPROVER_w_ok(hmac, sizeof *hmac) && READABLE(data, len) && !SHARE(hmac, sizeof *hmac, data, len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hmac, sizeof *hmac))
;

void mote_hmac_final(mote_hmac *hmac, uint8_t tag[32])
__CPROVER_requires(__CPROVER_w_ok(hmac, sizeof *hmac) && __CPROVER_w_ok(tag, 32) && !SHARE(hmac, sizeof *hmac, tag, 32))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hmac, sizeof *hmac), __CPROVER_object_upto(tag, 32))
__CPROVER_ensures(!WATCHED_IN(hmac, sizeof *hmac) || *watched == 0)
;

mote_status mote_hmac_verify(mote_hmac *hmac, const uint8_t *tag, size_t tag_len)
__CPROVER_requires(__CPROVER_w_ok(hmac, sizeof *hmac) && READABLE(tag, tag_len) && !SHARE(hmac, sizeof *hmac, tag, tag_len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hmac, sizeof *hmac), different_at)
__CPROVER_ensures(!WATCHED_IN(hmac, sizeof *hmac) || *watched == 0)
__CPROVER_ensures(tag_len < 16 || tag_len > 32
                      ? __CPROVER_return_value == MOTE_ERR_LENGTH
                      : __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_AUTH)
;

void mote_hmac_sha256(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
__CPROVER_requires(__CPROVER_w_ok(tag, 32) && READABLE(secret, secret_len) && READABLE(data, len))
__CPROVER_assigns(__CPROVER_object_upto(tag, 32))
;

#if MOTE_TARGET_DESKTOP
void mote_hmac_with_key(const mote_hmac_key *key, uint8_t tag[32], uint8_t message[128], size_t len)
__CPROVER_requires(len <= 119 && __CPROVER_r_ok(key, sizeof *key) && __CPROVER_w_ok(tag, 32) && __CPROVER_w_ok(message, 128))
__CPROVER_assigns(__CPROVER_object_upto(tag, 32), __CPROVER_object_upto(message, 128))
;
#endif

void mote_hmac_key_wipe(mote_hmac_key *key)
__CPROVER_requires(__CPROVER_w_ok(key, sizeof *key))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)key, sizeof *key))
__CPROVER_ensures(!WATCHED_IN(key, sizeof *key) || *watched == 0)
;

/* hkdf.h */

void mote_hkdf_extract(mote_hkdf *hkdf, const uint8_t *salt, size_t salt_len, const uint8_t *ikm, size_t ikm_len)
__CPROVER_requires(__CPROVER_w_ok(hkdf, sizeof *hkdf) && READABLE(salt, salt_len) && READABLE(ikm, ikm_len))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hkdf, sizeof *hkdf))
;

void mote_hkdf_from_prk(mote_hkdf *hkdf, const uint8_t prk[32])
__CPROVER_requires(__CPROVER_w_ok(hkdf, sizeof *hkdf) && __CPROVER_r_ok(prk, 32))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hkdf, sizeof *hkdf))
;

#define OKM_MAX 8160
#define EXPAND_ASSIGNS(okm, okm_len) __CPROVER_assigns(okm_len != 0 && okm_len <= OKM_MAX: __CPROVER_object_upto(okm, okm_len))

mote_status mote_hkdf_expand(const mote_hkdf *hkdf, uint8_t *okm, size_t okm_len, const uint8_t *info, size_t info_len)
__CPROVER_requires(__CPROVER_r_ok(hkdf, sizeof *hkdf) && READABLE(info, info_len))
__CPROVER_requires((okm_len > OKM_MAX || WRITABLE(okm, okm_len)) && !SHARE(hkdf, sizeof *hkdf, okm, okm_len))
EXPAND_ASSIGNS(okm, okm_len)
__CPROVER_ensures(__CPROVER_return_value == (okm_len > OKM_MAX                              ? MOTE_ERR_LENGTH
                                             : SHARE(okm, okm_len, info, info_len) ? MOTE_ERR_OVERLAP
                                                                                           : MOTE_OK))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED)
;

mote_status mote_hkdf_sha256(uint8_t *okm, size_t okm_len, const uint8_t *salt, size_t salt_len, const uint8_t *ikm,
                             size_t ikm_len, const uint8_t *info, size_t info_len)
__CPROVER_requires(READABLE(salt, salt_len) && READABLE(ikm, ikm_len) && READABLE(info, info_len))
__CPROVER_requires(okm_len > OKM_MAX || WRITABLE(okm, okm_len))
EXPAND_ASSIGNS(okm, okm_len)
__CPROVER_ensures(__CPROVER_return_value == (okm_len > OKM_MAX                              ? MOTE_ERR_LENGTH
                                             : SHARE(okm, okm_len, info, info_len) ? MOTE_ERR_OVERLAP
                                                                                           : MOTE_OK))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED)
;

/* label has a NUL at label_end, and perhaps one before. */
mote_status mote_hkdf_device_key(const mote_hkdf *master, uint8_t *key, size_t key_len, const char *label,
                                 const uint8_t *device_id, size_t device_id_len)
__CPROVER_requires(__CPROVER_r_ok(master, sizeof *master) && READABLE(device_id, device_id_len))
__CPROVER_requires(label_end < LEN_MAX && __CPROVER_r_ok(label, label_end + 1) && label[label_end] == 0)
__CPROVER_requires((key_len > OKM_MAX || WRITABLE(key, key_len)) && !SHARE(master, sizeof *master, key, key_len))
EXPAND_ASSIGNS(key, key_len)
__CPROVER_ensures(label[0] != 0 && device_id_len != 0 && key_len <= OKM_MAX
                      ? __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_OVERLAP
                      : __CPROVER_return_value == MOTE_ERR_LENGTH)
__CPROVER_ensures(__CPROVER_return_value != MOTE_OK || !SHARE(key, key_len, device_id, device_id_len))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED)
;

void mote_hkdf_wipe(mote_hkdf *hkdf)
__CPROVER_requires(__CPROVER_w_ok(hkdf, sizeof *hkdf))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)hkdf, sizeof *hkdf))
__CPROVER_ensures(!WATCHED_IN(hkdf, sizeof *hkdf) || *watched == 0)
;

/* aes.h and aes/aes_backend.h. A cipher that can fail (a chip's unit) leaves nothing to rely on in out. */

#define CBC_RUN_CONTRACT                                                                                          \
    __CPROVER_requires(blocks <= LEN_MAX / 16 && __CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_w_ok(chain, 16))   \
    __CPROVER_requires(READABLE(in, 16 * blocks) && WRITABLE(out, 16 * blocks))                                   \
    __CPROVER_requires(!SHARE_PARTLY(out, 16 * blocks, in, 16 * blocks) && !SHARE(chain, 16, out, 16 * blocks))   \
    __CPROVER_requires(!SHARE(chain, 16, in, 16 * blocks) && !SHARE(aes, sizeof *aes, out, 16 * blocks))          \
    __CPROVER_assigns(__CPROVER_object_upto(chain, 16))                                                           \
    __CPROVER_assigns(blocks != 0: __CPROVER_object_upto(out, 16 * blocks))                                       \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_HARDWARE)

mote_status mote_aes128_cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
CBC_RUN_CONTRACT;
mote_status mote_aes128_cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
CBC_RUN_CONTRACT;

mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16])
__CPROVER_requires(__CPROVER_w_ok(aes, sizeof *aes) && __CPROVER_r_ok(key, 16))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)aes, sizeof *aes))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_HARDWARE)
;

void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
__CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_w_ok(out, 16) && __CPROVER_r_ok(in, 16))
__CPROVER_requires(!SHARE(aes, sizeof *aes, out, 16))
__CPROVER_assigns(__CPROVER_object_upto(out, 16))
;

void mote_aes128_wipe(mote_aes128 *aes)
__CPROVER_requires(__CPROVER_w_ok(aes, sizeof *aes))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)aes, sizeof *aes))
__CPROVER_ensures(!WATCHED_IN(aes, sizeof *aes) || *watched == 0)
;

/* cbc.h and cbc/cbc_internal.h */

#define CBC_CONTRACT                                                                                              \
    __CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_r_ok(iv, 16))                                \
    __CPROVER_requires(len % 16 != 0 || (READABLE(in, len) && WRITABLE(out, len)))                                \
    __CPROVER_requires(!SHARE(aes, sizeof *aes, out, len))                                                        \
    __CPROVER_assigns(len % 16 == 0 && len != 0: __CPROVER_object_upto(out, len))                                 \
    __CPROVER_ensures(len % 16 != 0 ? __CPROVER_return_value == MOTE_ERR_LENGTH                                   \
                      : SHARE_PARTLY(out, len, in, len) || SHARE(out, len, iv, 16)                                \
                          ? __CPROVER_return_value == MOTE_ERR_OVERLAP                                            \
                          : __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_HARDWARE)     \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED ||                                           \
                      (__CPROVER_return_value == MOTE_ERR_HARDWARE && *watched == 0))

mote_status mote_cbc_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
CBC_CONTRACT;
mote_status mote_cbc_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
CBC_CONTRACT;

void mote_cbc_iv_from_counter(const mote_aes128 *aes, uint8_t iv[16], uint64_t counter)
__CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_w_ok(iv, 16) && !SHARE(aes, sizeof *aes, iv, 16))
__CPROVER_assigns(__CPROVER_object_upto(iv, 16))
;

mote_status mote_pkcs7_unpad_block(const uint8_t block[16], size_t *keep)
__CPROVER_requires(__CPROVER_r_ok(block, 16) && __CPROVER_w_ok(keep, sizeof *keep))
__CPROVER_assigns(*keep)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *keep <= 15
                                                    : __CPROVER_return_value == MOTE_ERR_PADDING && *keep == 0)
;

mote_status mote_pkcs7_unpad(const uint8_t *data, size_t len, size_t *out_len)
__CPROVER_requires(READABLE(data, len) && __CPROVER_w_ok(out_len, sizeof *out_len) && OUT_LEN_APART(out_len, data, len))
__CPROVER_assigns(*out_len)
__CPROVER_ensures(len == 0 || len % 16 != 0 ? __CPROVER_return_value == MOTE_ERR_LENGTH
                                            : __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_PADDING)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *out_len < len && len - *out_len <= 16 : *out_len == 0)
;

/* The padded length, 0 if there is none. */
#define PADDED(len) ((((len) & ~(size_t)15) + 16) * ((len) <= SIZE_MAX - 16))

mote_status mote_cbc_pkcs7_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                   size_t *out_len, const uint8_t *in, size_t in_len)
__CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_r_ok(iv, 16) && __CPROVER_w_ok(out_len, sizeof *out_len))
__CPROVER_requires((in_len > SIZE_MAX - 16 || READABLE(in, in_len)) && WRITABLE(out, out_cap))
__CPROVER_requires(OUT_LEN_APART(out_len, out, out_cap) && OUT_LEN_APART(out_len, in, in_len))
__CPROVER_requires(OUT_LEN_APART(out_len, iv, 16) && OUT_LEN_APART(out_len, aes, sizeof *aes))
__CPROVER_requires(!SHARE(aes, sizeof *aes, out, out_cap))
__CPROVER_assigns(*out_len)
__CPROVER_assigns(PADDED(in_len) != 0 && out_cap >= PADDED(in_len): __CPROVER_object_upto(out, PADDED(in_len)))
__CPROVER_ensures(PADDED(in_len) == 0        ? __CPROVER_return_value == MOTE_ERR_LENGTH
                  : out_cap < PADDED(in_len) ? __CPROVER_return_value == MOTE_ERR_CAPACITY
                  : SHARE_PARTLY(out, PADDED(in_len), in, in_len) || SHARE(out, PADDED(in_len), iv, 16)
                      ? __CPROVER_return_value == MOTE_ERR_OVERLAP
                      : __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_HARDWARE)
__CPROVER_ensures(*out_len == (__CPROVER_return_value == MOTE_OK ? PADDED(in_len) : 0))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED ||
                  (__CPROVER_return_value == MOTE_ERR_HARDWARE && *watched == 0))
;

mote_status mote_cbc_pkcs7_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                   size_t *out_len, const uint8_t *in, size_t in_len)
__CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_r_ok(iv, 16) && __CPROVER_w_ok(out_len, sizeof *out_len))
__CPROVER_requires(READABLE(in, in_len) && WRITABLE(out, out_cap))
__CPROVER_requires(OUT_LEN_APART(out_len, out, out_cap) && OUT_LEN_APART(out_len, in, in_len))
__CPROVER_requires(OUT_LEN_APART(out_len, iv, 16) && OUT_LEN_APART(out_len, aes, sizeof *aes))
__CPROVER_requires(!SHARE(aes, sizeof *aes, out, out_cap))
__CPROVER_assigns(*out_len)
__CPROVER_assigns(in_len != 0 && in_len % 16 == 0 && out_cap >= in_len: __CPROVER_object_upto(out, in_len))
__CPROVER_ensures(in_len == 0 || in_len % 16 != 0 ? __CPROVER_return_value == MOTE_ERR_LENGTH
                  : out_cap < in_len              ? __CPROVER_return_value == MOTE_ERR_CAPACITY
                  : SHARE_PARTLY(out, in_len, in, in_len) || SHARE(out, in_len, iv, 16)
                      ? __CPROVER_return_value == MOTE_ERR_OVERLAP
                      : __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_PADDING ||
                            __CPROVER_return_value == MOTE_ERR_HARDWARE)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *out_len < in_len && in_len - *out_len <= 16 : *out_len == 0)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED || *watched == 0)
;

/* A stream is in one of three modes; encrypting, less than a block waits in it. */
#define STREAM_OK(stream)                                                                                         \
    ((stream)->mode == 0 || ((stream)->mode == 1 && (stream)->fill <= 15) || ((stream)->mode == 2 && (stream)->fill <= 16))
/* After a call that may have erased it: of each byte, of the mode too, mote_wipe says no more than that a watched one is 0. */
#define STREAM_OK_AFTER(stream) (watched != &(stream)->mode || STREAM_OK(stream))
#define STREAM_LEN(stream, in_len) (((stream)->fill + (in_len) - ((stream)->mode == 2)) & ~(size_t)15)

#define STREAM_INIT_CONTRACT                                                                                      \
    __CPROVER_requires(__CPROVER_w_ok(stream, sizeof *stream) && __CPROVER_r_ok(iv, 16))                          \
    __CPROVER_requires(!SHARE(stream, sizeof *stream, iv, 16))                                                    \
    __CPROVER_assigns(__CPROVER_object_upto((uint8_t *)stream, sizeof *stream))                                   \
    __CPROVER_ensures(STREAM_OK(stream) && stream->aes == aes)

void mote_cbc_encrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
STREAM_INIT_CONTRACT;
void mote_cbc_decrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
STREAM_INIT_CONTRACT;

mote_status mote_cbc_update(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *in,
                            size_t in_len)
__CPROVER_requires(__CPROVER_w_ok(stream, sizeof *stream) && STREAM_OK(stream))
__CPROVER_requires(stream->mode == 0 || __CPROVER_r_ok(stream->aes, sizeof *stream->aes))
__CPROVER_requires((in_len > SIZE_MAX - 16 || READABLE(in, in_len)) && WRITABLE(out, out_cap))
__CPROVER_requires(__CPROVER_w_ok(out_len, sizeof *out_len) && OUT_LEN_APART(out_len, out, out_cap))
__CPROVER_requires(OUT_LEN_APART(out_len, in, in_len) && OUT_LEN_APART(out_len, stream, sizeof *stream))
__CPROVER_requires(!SHARE(stream, sizeof *stream, out, out_cap) && !SHARE(stream, sizeof *stream, in, in_len))
__CPROVER_assigns(*out_len, __CPROVER_object_upto((uint8_t *)stream, sizeof *stream))
__CPROVER_assigns(stream->mode != 0 && in_len != 0 && in_len <= SIZE_MAX - 16 && out_cap >= STREAM_LEN(stream, in_len) && out_cap != 0:
                  __CPROVER_object_upto(out, STREAM_LEN(stream, in_len)))
__CPROVER_ensures(STREAM_OK_AFTER(stream))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK
                      ? *out_len <= out_cap && *out_len % 16 == 0 && (in_len == 0 || *out_len <= in_len + 15)
                      : *out_len == 0)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED ||
                  (__CPROVER_return_value == MOTE_ERR_HARDWARE && *watched == 0))
;

mote_status mote_cbc_final(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len)
__CPROVER_requires(__CPROVER_w_ok(stream, sizeof *stream) && STREAM_OK(stream))
__CPROVER_requires(stream->mode == 0 || __CPROVER_r_ok(stream->aes, sizeof *stream->aes))
__CPROVER_requires(WRITABLE(out, out_cap) && !SHARE(stream, sizeof *stream, out, out_cap))
__CPROVER_requires(__CPROVER_w_ok(out_len, sizeof *out_len) && OUT_LEN_APART(out_len, out, out_cap))
__CPROVER_requires(OUT_LEN_APART(out_len, stream, sizeof *stream))
__CPROVER_assigns(*out_len, __CPROVER_object_upto((uint8_t *)stream, sizeof *stream))
__CPROVER_assigns(out_cap >= 16: __CPROVER_object_upto(out, 16))
__CPROVER_ensures(STREAM_OK_AFTER(stream))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *out_len <= 16 : *out_len == 0)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || WATCHED_IN(stream, sizeof *stream) || UNCHANGED)
__CPROVER_ensures(__CPROVER_return_value == MOTE_ERR_CAPACITY || __CPROVER_old(stream->mode) == 0 ||
                  !WATCHED_IN(stream, sizeof *stream) || *watched == 0)
;

void mote_cbc_stream_wipe(mote_cbc_stream *stream)
__CPROVER_requires(__CPROVER_w_ok(stream, sizeof *stream))
__CPROVER_assigns(__CPROVER_object_upto((uint8_t *)stream, sizeof *stream))
__CPROVER_ensures(!WATCHED_IN(stream, sizeof *stream) || *watched == 0)
;

/* cbc_hmac.h. Every place that a call writes to is an object of its own or where the header allows it to be. */

#define AEAD_ENCRYPT_STATUS(len, cap)                                                                             \
    __CPROVER_ensures((len) == 0 || aad_len > SIZE_MAX / 8 ? __CPROVER_return_value == MOTE_ERR_LENGTH            \
                      : (cap) < (len)                      ? __CPROVER_return_value == MOTE_ERR_CAPACITY          \
                                                           : __CPROVER_return_value == MOTE_OK ||                 \
                                                                 __CPROVER_return_value == MOTE_ERR_OVERLAP ||    \
                                                                 __CPROVER_return_value == MOTE_ERR_HARDWARE)

mote_status mote_cbc_hmac_encrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *ct, size_t ct_cap, size_t *ct_len,
                                  uint8_t tag[16], const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
__CPROVER_requires(__CPROVER_r_ok(key, 32) && __CPROVER_r_ok(iv, 16) && __CPROVER_w_ok(tag, 16))
__CPROVER_requires(WRITABLE(ct, ct_cap) && __CPROVER_w_ok(ct_len, sizeof *ct_len))
__CPROVER_requires((pt_len > SIZE_MAX - 16 || READABLE(pt, pt_len)) && (aad_len > SIZE_MAX / 8 || READABLE(aad, aad_len)))
__CPROVER_assigns(*ct_len, __CPROVER_object_upto(tag, 16))
__CPROVER_assigns(PADDED(pt_len) != 0 && ct_cap >= PADDED(pt_len): __CPROVER_object_upto(ct, PADDED(pt_len)))
AEAD_ENCRYPT_STATUS(PADDED(pt_len), ct_cap)
__CPROVER_ensures(*ct_len == (__CPROVER_return_value == MOTE_OK ? PADDED(pt_len) : 0))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED ||
                  (__CPROVER_return_value == MOTE_ERR_HARDWARE && *watched == 0))
;

mote_status mote_cbc_hmac_decrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *pt, size_t pt_cap, size_t *pt_len,
                                  const uint8_t *ct, size_t ct_len, const uint8_t tag[16], const uint8_t *aad,
                                  size_t aad_len)
__CPROVER_requires(__CPROVER_r_ok(key, 32) && __CPROVER_r_ok(iv, 16) && __CPROVER_r_ok(tag, 16))
__CPROVER_requires(WRITABLE(pt, pt_cap) && __CPROVER_w_ok(pt_len, sizeof *pt_len))
__CPROVER_requires(READABLE(ct, ct_len) && (aad_len > SIZE_MAX / 8 || READABLE(aad, aad_len)))
__CPROVER_assigns(*pt_len, different_at)
__CPROVER_assigns(ct_len != 0 && ct_len % 16 == 0 && pt_cap >= ct_len: __CPROVER_object_upto(pt, ct_len))
__CPROVER_ensures(ct_len == 0 || ct_len % 16 != 0 || aad_len > SIZE_MAX / 8 ? __CPROVER_return_value == MOTE_ERR_LENGTH
                  : pt_cap < ct_len ? __CPROVER_return_value == MOTE_ERR_CAPACITY
                                    : __CPROVER_return_value == MOTE_OK || __CPROVER_return_value == MOTE_ERR_OVERLAP ||
                                          __CPROVER_return_value == MOTE_ERR_AUTH ||
                                          __CPROVER_return_value == MOTE_ERR_HARDWARE)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *pt_len < ct_len && ct_len - *pt_len <= 16 : *pt_len == 0)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED || *watched == 0)
;

#define SEALED(len) ((((len) & ~(size_t)15) + 48) * ((len) <= SIZE_MAX - 48))

size_t mote_sealed_len(size_t pt_len)
__CPROVER_assigns()
__CPROVER_ensures(__CPROVER_return_value == SEALED(pt_len))
;

mote_status mote_seal(const uint8_t key[32], const uint8_t iv[16], uint8_t *out, size_t out_cap, size_t *out_len,
                      const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
__CPROVER_requires(__CPROVER_r_ok(key, 32) && __CPROVER_r_ok(iv, 16))
__CPROVER_requires(WRITABLE(out, out_cap) && __CPROVER_w_ok(out_len, sizeof *out_len))
__CPROVER_requires((pt_len > SIZE_MAX - 48 || READABLE(pt, pt_len)) && (aad_len > SIZE_MAX / 8 || READABLE(aad, aad_len)))
__CPROVER_assigns(*out_len)
__CPROVER_assigns(SEALED(pt_len) != 0 && out_cap >= SEALED(pt_len): __CPROVER_object_upto(out, SEALED(pt_len)))
AEAD_ENCRYPT_STATUS(SEALED(pt_len), out_cap)
__CPROVER_ensures(*out_len == (__CPROVER_return_value == MOTE_OK ? SEALED(pt_len) : 0))
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED ||
                  (__CPROVER_return_value == MOTE_ERR_HARDWARE && *watched == 0))
;

mote_status mote_open(const uint8_t key[32], uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *sealed,
                      size_t sealed_len, const uint8_t *aad, size_t aad_len)
__CPROVER_requires(__CPROVER_r_ok(key, 32) && WRITABLE(out, out_cap) && __CPROVER_w_ok(out_len, sizeof *out_len))
__CPROVER_requires(READABLE(sealed, sealed_len) && (aad_len > SIZE_MAX / 8 || READABLE(aad, aad_len)))
__CPROVER_assigns(*out_len, different_at)
__CPROVER_assigns(sealed_len >= 48 && sealed_len % 16 == 0 && out_cap >= sealed_len - 32:
                  __CPROVER_object_upto(out, sealed_len - 32))
__CPROVER_ensures(sealed_len < 48 || sealed_len % 16 != 0 || aad_len > SIZE_MAX / 8 ? __CPROVER_return_value == MOTE_ERR_LENGTH
                  : out_cap < sealed_len - 32 ? __CPROVER_return_value == MOTE_ERR_CAPACITY
                                              : __CPROVER_return_value == MOTE_OK ||
                                                    __CPROVER_return_value == MOTE_ERR_OVERLAP ||
                                                    __CPROVER_return_value == MOTE_ERR_AUTH ||
                                                    __CPROVER_return_value == MOTE_ERR_HARDWARE)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK ? *out_len < sealed_len - 32 && sealed_len - 32 - *out_len <= 16
                                                    : *out_len == 0)
__CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED || *watched == 0)
;

#endif
