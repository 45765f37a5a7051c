/* test/oracle.h - what OpenSSL's libcrypto says: the other opinion that random tests compare with.
 *
 * A failure inside OpenSSL fails the test. */
#ifndef MOTE_TEST_ORACLE_H
#define MOTE_TEST_ORACLE_H

#include <stddef.h>
#include <stdint.h>

/* AES-128, whole blocks, no padding; encrypting if encrypt is 1. iv NULL: ECB, else CBC (the iv is not written back).
 * out == in works. */
void oracle_aes128(int encrypt, const uint8_t key[16], const uint8_t *iv, uint8_t *out, const uint8_t *in, size_t len);
/* AES-128-CBC with PKCS#7 padding: returns the length of the ciphertext. */
size_t oracle_cbc_pkcs7_encrypt(const uint8_t key[16], const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len);

void oracle_sha256(uint8_t digest[32], const uint8_t *data, size_t len);
void oracle_hmac(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len);

/* HKDF-SHA256 of RFC 5869, extract then expand. */
void oracle_hkdf(uint8_t *okm, size_t okm_len, const uint8_t *salt, size_t salt_len, const uint8_t *ikm, size_t ikm_len,
                 const uint8_t *info, size_t info_len);
/* HKDF-Expand alone. */
void oracle_hkdf_expand(const uint8_t prk[32], uint8_t *okm, size_t okm_len, const uint8_t *info, size_t info_len);

#endif
