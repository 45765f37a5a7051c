/* test/oracle.c - OpenSSL's libcrypto as the other opinion (test/oracle.h). */
#include "oracle.h"
#include "support.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

#define MUST(what)                                                      \
    do {                                                                \
        if (!(what)) {                                                  \
            test_fail(__FILE__, __LINE__, "OpenSSL failed: %s", #what); \
        }                                                               \
    } while (0)

/* Kept, since OpenSSL's own set-up costs more than the short messages that most tests are about. */
static EVP_CIPHER_CTX *cipher_context;
static EVP_CIPHER *ecb, *cbc;
static EVP_KDF_CTX *kdf_context;

static void clean_up(void)
{
    EVP_CIPHER_CTX_free(cipher_context);
    EVP_CIPHER_free(ecb);
    EVP_CIPHER_free(cbc);
    EVP_KDF_CTX_free(kdf_context);
}

static void set_up(void)
{
    EVP_KDF *hkdf;
    if (cipher_context != NULL) {
        return;
    }
    MUST((cipher_context = EVP_CIPHER_CTX_new()) != NULL);
    MUST((ecb = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL)) != NULL);
    MUST((cbc = EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL)) != NULL);
    MUST((hkdf = EVP_KDF_fetch(NULL, "HKDF", NULL)) != NULL);
    MUST((kdf_context = EVP_KDF_CTX_new(hkdf)) != NULL);
    EVP_KDF_free(hkdf);
    atexit(clean_up);
}

static size_t cipher(int encrypt, int pad, const uint8_t key[16], const uint8_t *iv, uint8_t *out, const uint8_t *in,
                     size_t len)
{
    int body = 0, tail = 0;
    set_up();
    MUST(EVP_CipherInit_ex2(cipher_context, iv != NULL ? cbc : ecb, key, iv, encrypt, NULL) == 1);
    MUST(EVP_CIPHER_CTX_set_padding(cipher_context, pad) == 1);
    if (len > 0) {
        MUST(EVP_CipherUpdate(cipher_context, out, &body, in, (int)len) == 1);
    }
    MUST(EVP_CipherFinal_ex(cipher_context, out + body, &tail) == 1);
    return (size_t)body + (size_t)tail;
}

void oracle_aes128(int encrypt, const uint8_t key[16], const uint8_t *iv, uint8_t *out, const uint8_t *in, size_t len)
{
    MUST(cipher(encrypt, 0, key, iv, out, in, len) == len);
}

size_t oracle_cbc_pkcs7_encrypt(const uint8_t key[16], const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return cipher(1, 1, key, iv, out, in, len);
}

void oracle_sha256(uint8_t digest[32], const uint8_t *data, size_t len)
{
    MUST(EVP_Digest(data, len, digest, NULL, EVP_sha256(), NULL) == 1);
}

void oracle_hmac(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
{
    static const uint8_t none[1];
    unsigned tag_len = 0;
    MUST(HMAC(EVP_sha256(), secret_len > 0 ? secret : none, (int)secret_len, data, len, tag, &tag_len) != NULL);
    MUST(tag_len == 32);
}

/* A parameter of bytes; OpenSSL reads it only. */
static OSSL_PARAM octets(const char *name, const uint8_t *data, size_t len)
{
    static uint8_t none[1];
    return OSSL_PARAM_construct_octet_string(name, len > 0 ? (void *)(uintptr_t)data : none, len);
}

void oracle_hkdf_expand(const uint8_t prk[32], uint8_t *okm, size_t okm_len, const uint8_t *info, size_t info_len)
{
    static char sha256[] = "SHA256";
    int mode = EVP_KDF_HKDF_MODE_EXPAND_ONLY;
    OSSL_PARAM parameters[5];
    set_up();
    EVP_KDF_CTX_reset(kdf_context);
    parameters[0] = OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode);
    parameters[1] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, sha256, 0);
    parameters[2] = octets(OSSL_KDF_PARAM_KEY, prk, 32);
    parameters[3] = octets(OSSL_KDF_PARAM_INFO, info, info_len);
    parameters[4] = OSSL_PARAM_construct_end();
    if (okm_len > 0) { /* which OpenSSL refuses */
        MUST(EVP_KDF_derive(kdf_context, okm, okm_len, parameters) == 1);
    }
}

void oracle_hkdf(uint8_t *okm, size_t okm_len, const uint8_t *salt, size_t salt_len, const uint8_t *ikm, size_t ikm_len,
                 const uint8_t *info, size_t info_len)
{
    uint8_t prk[32];
    oracle_hmac(prk, salt, salt_len, ikm, ikm_len); /* HKDF-Extract; OpenSSL's refuses an empty ikm */
    oracle_hkdf_expand(prk, okm, okm_len, info, info_len);
}
