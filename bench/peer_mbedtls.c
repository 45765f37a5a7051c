/* bench/peer_mbedtls.c - Mbed TLS in the benchmark of bench/desktop.c. */
#include "desktop.h"

#include <mbedtls/aes.h>
#include <mbedtls/base64.h>
#include <mbedtls/hkdf.h>
#include <mbedtls/md.h>
#include <mbedtls/sha256.h>
#include <mbedtls/version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if MBEDTLS_VERSION_MAJOR < 3
#define mbedtls_sha256 mbedtls_sha256_ret
#endif

static mbedtls_aes_context encryption, decryption;

static void must(int error)
{
    if (error != 0) {
        fprintf(stderr, "Mbed TLS: error %d\n", error);
        exit(1);
    }
}

static const char *version(void)
{
    return MBEDTLS_VERSION_STRING;
}

static void aes_setup(size_t len)
{
    (void)len;
    must(mbedtls_aes_setkey_enc(&encryption, bench_key, 128));
    must(mbedtls_aes_setkey_dec(&decryption, bench_key, 128));
}

static void prepare(void)
{
    mbedtls_aes_init(&encryption);
    mbedtls_aes_init(&decryption);
    aes_setup(0);
}

static void cbc_encrypt(size_t len)
{
    uint8_t iv[16];

    memcpy(iv, bench_iv, sizeof iv);
    must(mbedtls_aes_crypt_cbc(&encryption, MBEDTLS_AES_ENCRYPT, len, iv, bench_in, bench_out));
}

static void cbc_decrypt(size_t len)
{
    uint8_t iv[16];

    memcpy(iv, bench_iv, sizeof iv);
    must(mbedtls_aes_crypt_cbc(&decryption, MBEDTLS_AES_DECRYPT, len, iv, bench_in, bench_out));
}

static void sha256(size_t len)
{
    must(mbedtls_sha256(bench_in, len, bench_out, 0));
}

static void hmac(size_t len)
{
    must(mbedtls_md_hmac(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), bench_key, 32, bench_in, len, bench_out));
}

static void hkdf(size_t len)
{
    (void)len;
    must(mbedtls_hkdf(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), bench_salt, sizeof bench_salt, bench_key, 32, bench_info,
                      sizeof bench_info, bench_out, 32));
}

static void device_key(size_t len)
{
    (void)len;
    must(mbedtls_hkdf_expand(mbedtls_md_info_from_type(MBEDTLS_MD_SHA256), bench_key, 32, bench_info, sizeof bench_info,
                             bench_out, 32));
}

static void base64_encode(size_t len)
{
    size_t out_len;

    must(mbedtls_base64_encode(bench_out, sizeof bench_out, &out_len, bench_in, len));
}

static void base64_decode(size_t len)
{
    size_t out_len;

    (void)len;
    must(mbedtls_base64_decode(bench_out, sizeof bench_out, &out_len, (const uint8_t *)bench_text, bench_text_len));
}

const bench_peer bench_mbedtls = {
    "Mbed TLS", version, prepare,
    {aes_setup, cbc_encrypt, cbc_decrypt, NULL, NULL, sha256, hmac, hkdf, device_key, NULL, base64_encode, base64_decode}};
