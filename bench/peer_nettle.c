/* bench/peer_nettle.c - nettle in the benchmark of bench/desktop.c. */
#include "desktop.h"

#include <nettle/aes.h>
#include <nettle/base64.h>
#include <nettle/cbc.h>
#include <nettle/hkdf.h>
#include <nettle/hmac.h>
#include <nettle/sha2.h>
#include <nettle/version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct aes128_ctx encryption, decryption;
static struct hmac_sha256_ctx master;

static const char *version(void)
{
    static char text[16];

    snprintf(text, sizeof text, "%d.%d", NETTLE_VERSION_MAJOR, NETTLE_VERSION_MINOR);
    return text;
}

static void aes_setup(size_t len)
{
    (void)len;
    aes128_set_encrypt_key(&encryption, bench_key);
    aes128_invert_key(&decryption, &encryption);
}

static void prepare(void)
{
    aes_setup(0);
    hmac_sha256_set_key(&master, 32, bench_key);
}

static void cbc_encryption(size_t len)
{
    uint8_t iv[16];

    memcpy(iv, bench_iv, sizeof iv);
#if NETTLE_VERSION_MAJOR > 3 || NETTLE_VERSION_MINOR >= 8
    cbc_aes128_encrypt(&encryption, iv, len, bench_out, bench_in);
#else
    cbc_encrypt(&encryption, (nettle_cipher_func *)aes128_encrypt, 16, iv, len, bench_out, bench_in);
#endif
}

static void cbc_decryption(size_t len)
{
    uint8_t iv[16];

    memcpy(iv, bench_iv, sizeof iv);
    cbc_decrypt(&decryption, (nettle_cipher_func *)aes128_decrypt, 16, iv, len, bench_out, bench_in);
}

static void sha256(size_t len)
{
    struct sha256_ctx context;

    sha256_init(&context);
    sha256_update(&context, len, bench_in);
    sha256_digest(&context, 32, bench_out);
}

static void hmac(size_t len)
{
    struct hmac_sha256_ctx context;

    hmac_sha256_set_key(&context, 32, bench_key);
    hmac_sha256_update(&context, len, bench_in);
    hmac_sha256_digest(&context, 32, bench_out);
}

static void expand(struct hmac_sha256_ctx *context)
{
    hkdf_expand(context, (nettle_hash_update_func *)hmac_sha256_update, (nettle_hash_digest_func *)hmac_sha256_digest, 32,
                sizeof bench_info, bench_info, 32, bench_out);
}

static void hkdf(size_t len)
{
    struct hmac_sha256_ctx context;
    uint8_t prk[32];

    (void)len;
    hmac_sha256_set_key(&context, sizeof bench_salt, bench_salt);
    hkdf_extract(&context, (nettle_hash_update_func *)hmac_sha256_update, (nettle_hash_digest_func *)hmac_sha256_digest, 32,
                 32, bench_key, prk);
    hmac_sha256_set_key(&context, 32, prk);
    expand(&context);
}

static void device_key(size_t len)
{
    (void)len;
    expand(&master);
}

static void base64_encode(size_t len)
{
    base64_encode_raw((char *)bench_out, len, bench_in);
}

static void base64_decode(size_t len)
{
    struct base64_decode_ctx context;
    size_t out_len = sizeof bench_out;

    (void)len;
    base64_decode_init(&context);
    if (!base64_decode_update(&context, &out_len, bench_out, bench_text_len, bench_text) ||
        !base64_decode_final(&context)) {
        fprintf(stderr, "nettle: a call failed\n");
        exit(1);
    }
}

const bench_peer bench_nettle = {
    "nettle", version, prepare,
    {aes_setup, cbc_encryption, cbc_decryption, NULL, NULL, sha256, hmac, hkdf, device_key, NULL, base64_encode,
     base64_decode}};
