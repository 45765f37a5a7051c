/* mote/cbc_hmac.h - what to send over a wire: encrypt, then authenticate.
 *
 * AEAD_AES_128_CBC_HMAC_SHA_256 (RFC 7518 section 5.2.3, "A128CBC-HS256"). The 32-byte key is 16 bytes for HMAC-SHA256
 * followed by 16 bytes for AES-128; take it from mote_hkdf_device_key. The tag covers the associated data (aad), the IV,
 * the ciphertext and the length of the aad. aad is sent beside the packet or known to both ends (a device id, a counter,
 * a direction): it is not secret, but the packet opens only with exactly the same aad.
 *
 * The IV must be new and unpredictable for every packet under one key (mote/cbc.h). A packet that is sent twice opens
 * twice: put a counter in the aad and accept each only once.
 *
 * Decryption first verifies, in constant time, and decrypts only what is authentic. Every failure that depends on the
 * content (tag, padding) is the one MOTE_ERR_AUTH, with out all zeros or unchanged and *out_len 0.
 * NULL is allowed for data of length 0. */
#ifndef MOTE_CBC_HMAC_H
#define MOTE_CBC_HMAC_H

#include <mote/status.h>

MOTE_BEGIN_DECLS

/* The parts in separate buffers. ct needs mote_pkcs7_padded_len(pt_len) bytes, pt (when decrypting) ct_len bytes:
 * MOTE_ERR_CAPACITY. MOTE_ERR_LENGTH if the padded length overflows, ct_len is not a positive multiple of 16, or aad_len
 * in bits does not fit 64 bits. pt == ct works; otherwise no output may overlap any input or the other output:
 * MOTE_ERR_OVERLAP. Decryption writes pt_len bytes and zeros after them up to ct_len. */
MOTE_WARN_UNUSED mote_status mote_cbc_hmac_encrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *ct, size_t ct_cap,
                                                   size_t *ct_len, uint8_t tag[16], const uint8_t *pt, size_t pt_len,
                                                   const uint8_t *aad, size_t aad_len);
MOTE_WARN_UNUSED mote_status mote_cbc_hmac_decrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *pt, size_t pt_cap,
                                                   size_t *pt_len, const uint8_t *ct, size_t ct_len, const uint8_t tag[16],
                                                   const uint8_t *aad, size_t aad_len);

/* The length of a sealed packet of pt_len bytes: 16 (IV) + padded + 16 (tag), at least 48; 0 if it would overflow. */
size_t mote_sealed_len(size_t pt_len);

/* One buffer, ready to send: iv || ciphertext || tag. Writes *out_len = mote_sealed_len(pt_len) bytes, for which out_cap
 * must have room. In place: pt == out + 16, and iv == out; no other overlap of out with an input. Errors as above. */
MOTE_WARN_UNUSED mote_status mote_seal(const uint8_t key[32], const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                       size_t *out_len, const uint8_t *pt, size_t pt_len, const uint8_t *aad,
                                       size_t aad_len);

/* The reverse. MOTE_ERR_LENGTH unless sealed_len is a multiple of 16 and at least 48; out_cap must be at least
 * sealed_len - 32. In place: out == sealed + 16; no other overlap. */
MOTE_WARN_UNUSED mote_status mote_open(const uint8_t key[32], uint8_t *out, size_t out_cap, size_t *out_len,
                                       const uint8_t *sealed, size_t sealed_len, const uint8_t *aad, size_t aad_len);

MOTE_END_DECLS

#endif
