/* mote/cbc.h - CBC mode (NIST SP 800-38A section 6.2), PKCS#7 padding (RFC 5652 section 6.3), streams.
 *
 * NOT AUTHENTICATED: whoever can change the ciphertext can change the plaintext, and whoever can see whether a padding
 * was accepted can read it. This is for systems that already speak CBC; for everything else use mote/cbc_hmac.h.
 *
 * The IV must be new and unpredictable for every message under one key: 16 random bytes, or mote_cbc_iv_from_counter.
 * It is an input and is never written back; only a stream object carries a chaining value.
 *
 * Aliasing, everywhere below: out == in works (in place); out may not overlap in otherwise, nor the IV: MOTE_ERR_OVERLAP.
 * Constant time: the time depends on lengths alone; whether a padding was valid, and the length that it leaves, become
 * public on return. NULL is allowed for data of length 0. */
#ifndef MOTE_CBC_H
#define MOTE_CBC_H

#include <mote/aes.h>

MOTE_BEGIN_DECLS

/* Whole blocks, no padding: len bytes from in to len bytes at out. MOTE_ERR_LENGTH unless len is a multiple of 16. */
MOTE_WARN_UNUSED mote_status mote_cbc_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out,
                                              const uint8_t *in, size_t len);
MOTE_WARN_UNUSED mote_status mote_cbc_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out,
                                              const uint8_t *in, size_t len);

/* The length of len bytes with PKCS#7 padding: the next multiple of 16, always more than len; 0 if that overflows. */
size_t mote_pkcs7_padded_len(size_t len);

/* Pad and encrypt a message of any length. Writes *out_len = mote_pkcs7_padded_len(in_len) bytes, for which out_cap must
 * have room (MOTE_ERR_CAPACITY). MOTE_ERR_LENGTH if the padded length overflows. */
MOTE_WARN_UNUSED mote_status mote_cbc_pkcs7_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out,
                                                    size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len);

/* Decrypt and unpad. in_len must be a positive multiple of 16 (MOTE_ERR_LENGTH), out_cap at least in_len
 * (MOTE_ERR_CAPACITY), since the padding is not known before. Writes *out_len = 0..in_len-1 bytes and zeros after them
 * up to in_len. MOTE_ERR_PADDING if the padding is not well formed (a wrong key, a damaged message): out is zeros then. */
MOTE_WARN_UNUSED mote_status mote_cbc_pkcs7_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out,
                                                    size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len);

/* The length of data without its PKCS#7 padding. MOTE_ERR_LENGTH unless len is a positive multiple of 16;
 * MOTE_ERR_PADDING if the last byte is not 1..16 or the bytes that it counts are not all equal to it. */
MOTE_WARN_UNUSED mote_status mote_pkcs7_unpad(const uint8_t *data, size_t len, size_t *out_len);

/* A message in pieces of any size, as a socket gives them; padded and unpadded as above. */
typedef struct mote_cbc_stream mote_cbc_stream;
struct mote_cbc_stream {
    const mote_aes128 *aes;
    uint8_t chain[16]; /* the last ciphertext block, at first the IV */
    uint8_t block[16]; /* input that waits for more */
    uint8_t fill;      /* bytes in block: 0..15 when encrypting, 0..16 when decrypting (the last block waits) */
    uint8_t mode;      /* 0 finished, else encrypt or decrypt */
};

/* Start. *aes is not copied: it must stay as it is until the stream is finished. */
void mote_cbc_encrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16]);
void mote_cbc_decrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16]);

/* Take in_len bytes, write the whole blocks that are ready: *out_len bytes, never more than in_len + 15 rounded down to a
 * multiple of 16. MOTE_ERR_CAPACITY if out_cap has not room for them and MOTE_ERR_OVERLAP leave the stream as it was, so
 * that the call can be repeated; MOTE_ERR_LENGTH if the stream is finished or in_len is over SIZE_MAX - 16. Plaintext that
 * has come out of a stream is not authenticated and its padding not yet seen: do not act on it before _final. */
MOTE_WARN_UNUSED mote_status mote_cbc_update(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len,
                                             const uint8_t *in, size_t in_len);

/* Finish: write the padded last block (16 bytes), or what the last block holds without its padding (0..15 bytes); out_cap
 * must be at least 16 either way, else MOTE_ERR_CAPACITY, after which the call can be repeated. In every other case the
 * stream is wiped and finished. Decrypting: MOTE_ERR_LENGTH if the input was empty or no multiple of 16,
 * MOTE_ERR_PADDING if the padding is not well formed. MOTE_ERR_LENGTH if the stream is finished already. */
MOTE_WARN_UNUSED mote_status mote_cbc_final(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len);

/* Give up a stream: erase it. It is finished then. */
void mote_cbc_stream_wipe(mote_cbc_stream *stream);

/* An unpredictable IV for devices without a random source (SP 800-38A appendix C, first method): iv = E(K, counter), the
 * counter as a 16-byte big-endian number. The counter must never repeat under one key, also not after a reset: keep it
 * in non-volatile memory and advance it before use. With MOTE_AES_EXTERN the IV is zeros if the chip's AES unit fails: do not
 * use it. (mote_seal and mote_cbc_hmac_encrypt refuse it then, with MOTE_ERR_HARDWARE.) */
void mote_cbc_iv_from_counter(const mote_aes128 *aes, uint8_t iv[16], uint64_t counter);

MOTE_END_DECLS

#endif
