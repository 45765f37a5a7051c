/* bench/peer_sodium.c - libsodium in the benchmark of bench/desktop.c: it has no AES-CBC and, in this version, no HKDF. */
#include "desktop.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static const char *version(void)
{
    return sodium_version_string();
}

static void prepare(void)
{
    if (sodium_init() < 0)
        exit(1);
}

static void sha256(size_t len)
{
    crypto_hash_sha256(bench_out, bench_in, len);
}

static void hmac(size_t len)
{
    crypto_auth_hmacsha256(bench_out, bench_in, len, bench_key);
}

static void base64_encode(size_t len)
{
    sodium_bin2base64((char *)bench_out, sizeof bench_out, bench_in, len, sodium_base64_VARIANT_ORIGINAL);
}

static void base64_decode(size_t len)
{
    size_t out_len;

    (void)len;
    if (sodium_base642bin(bench_out, sizeof bench_out, bench_text, bench_text_len, NULL, &out_len, NULL,
                          sodium_base64_VARIANT_ORIGINAL) != 0) {
        fprintf(stderr, "libsodium: a call failed\n");
        exit(1);
    }
}

const bench_peer bench_sodium = {
    "libsodium", version, prepare,
    {NULL, NULL, NULL, NULL, NULL, sha256, hmac, NULL, NULL, NULL, base64_encode, base64_decode}};
