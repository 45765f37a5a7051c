/* bench/peer_openssl.c - OpenSSL in the benchmark of bench/desktop.c, each call the fastest way that it offers: kept contexts,
 * and the low-level calls for hashes. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "desktop.h"

#include <openssl/aes.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/kdf.h>
#include <openssl/sha.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static EVP_CIPHER_CTX *encryption, *decryption, *sealing;
static EVP_CIPHER *cbc;
static HMAC_CTX *hmac_context;
static EVP_KDF_CTX *kdf;

static void must(int ok)
{
    if (!ok) {
        fprintf(stderr, "OpenSSL: a call failed\n");
        exit(1);
    }
}

static const char *version(void)
{
    return OPENSSL_VERSION_TEXT;
}

static void prepare(void)
{
    EVP_KDF *hkdf = EVP_KDF_fetch(NULL, "HKDF", NULL);

    cbc = EVP_CIPHER_fetch(NULL, "AES-128-CBC", NULL);
    encryption = EVP_CIPHER_CTX_new();
    decryption = EVP_CIPHER_CTX_new();
    sealing = EVP_CIPHER_CTX_new();
    hmac_context = HMAC_CTX_new();
    kdf = EVP_KDF_CTX_new(hkdf);
    must(EVP_EncryptInit_ex2(encryption, cbc, bench_key, bench_iv, NULL));
    must(EVP_CIPHER_CTX_set_padding(encryption, 0));
    must(EVP_DecryptInit_ex2(decryption, cbc, bench_key, bench_iv, NULL));
    must(EVP_CIPHER_CTX_set_padding(decryption, 0));
}

static void aes_setup(size_t len)
{
    static AES_KEY encrypt, decrypt;

    (void)len;
    must(AES_set_encrypt_key(bench_key, 128, &encrypt) == 0);
    must(AES_set_decrypt_key(bench_key, 128, &decrypt) == 0);
}

static void cbc_encrypt(size_t len)
{
    int written;

    must(EVP_EncryptInit_ex2(encryption, NULL, NULL, bench_iv, NULL));
    must(EVP_EncryptUpdate(encryption, bench_out, &written, bench_in, (int)len));
}

static void cbc_decrypt(size_t len)
{
    int written;

    must(EVP_DecryptInit_ex2(decryption, NULL, NULL, bench_iv, NULL));
    must(EVP_DecryptUpdate(decryption, bench_out, &written, bench_in, (int)len));
}

static void sha256(size_t len)
{
    SHA256_CTX context;

    SHA256_Init(&context);
    SHA256_Update(&context, bench_in, len);
    SHA256_Final(bench_out, &context);
}

static void hmac(size_t len)
{
    must(HMAC_Init_ex(hmac_context, bench_key, 32, EVP_sha256(), NULL));
    must(HMAC_Update(hmac_context, bench_in, len));
    must(HMAC_Final(hmac_context, bench_out, NULL));
}

static void derive(int mode, const uint8_t *salt, size_t salt_len)
{
    OSSL_PARAM params[6], *p = params;

    *p++ = OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode);
    *p++ = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)"SHA256", 0);
    *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, (void *)(uintptr_t)bench_key, 32);
    *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, (void *)(uintptr_t)bench_info, sizeof bench_info);
    if (salt != NULL)
        *p++ = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, (void *)(uintptr_t)salt, salt_len);
    *p = OSSL_PARAM_construct_end();
    EVP_KDF_CTX_reset(kdf);
    must(EVP_KDF_derive(kdf, bench_out, 32, params) > 0);
}

static void hkdf(size_t len)
{
    (void)len;
    derive(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, bench_salt, sizeof bench_salt);
}

static void device_key(size_t len)
{
    (void)len;
    derive(EVP_KDF_HKDF_MODE_EXPAND_ONLY, NULL, 0);
}

/* iv || ciphertext || tag, as mote_seal without associated data. */
static void seal(size_t len)
{
    static const uint8_t al[8];
    uint8_t tag[32];
    int first, last;

    memcpy(bench_out, bench_iv, 16);
    must(EVP_EncryptInit_ex2(sealing, cbc, bench_key + 16, bench_iv, NULL));
    must(EVP_EncryptUpdate(sealing, bench_out + 16, &first, bench_in, (int)len));
    must(EVP_EncryptFinal_ex(sealing, bench_out + 16 + first, &last));
    must(HMAC_Init_ex(hmac_context, bench_key, 16, EVP_sha256(), NULL));
    must(HMAC_Update(hmac_context, bench_out, (size_t)(16 + first + last)));
    must(HMAC_Update(hmac_context, al, sizeof al));
    must(HMAC_Final(hmac_context, tag, NULL));
    memcpy(bench_out + 16 + first + last, tag, 16);
}

static void base64_encode(size_t len)
{
    must(EVP_EncodeBlock(bench_out, bench_in, (int)len) > 0);
}

static void base64_decode(size_t len)
{
    (void)len;
    must(EVP_DecodeBlock(bench_out, (const uint8_t *)bench_text, (int)bench_text_len) > 0);
}

const bench_peer bench_openssl = {
    "OpenSSL", version, prepare,
    {aes_setup, cbc_encrypt, cbc_decrypt, NULL, NULL, sha256, hmac, hkdf, device_key, seal, base64_encode, base64_decode}};
