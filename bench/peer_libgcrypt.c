/* bench/peer_libgcrypt.c - libgcrypt in the benchmark of bench/desktop.c. */
#include "desktop.h"

#include <gcrypt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static gcry_cipher_hd_t cipher;
static gcry_md_hd_t mac;

static void must(gcry_error_t error)
{
    if (error) {
        fprintf(stderr, "libgcrypt: %s\n", gcry_strerror(error));
        exit(1);
    }
}

static const char *version(void)
{
    return gcry_check_version(NULL);
}

static void prepare(void)
{
    if (getenv("BENCH_NO_SHA") != NULL)
        must(gcry_control(GCRYCTL_DISABLE_HWF, "intel-shaext", NULL));
    if (getenv("BENCH_NO_VAES") != NULL) /* for bench/model.py */
        must(gcry_control(GCRYCTL_DISABLE_HWF, "intel-vaes-vpclmul", NULL));
    gcry_check_version(NULL);
    gcry_control(GCRYCTL_DISABLE_SECMEM, 0);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    must(gcry_cipher_open(&cipher, GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC, 0));
    must(gcry_cipher_setkey(cipher, bench_key, 16));
    must(gcry_md_open(&mac, GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC));
}

static void aes_setup(size_t len)
{
    (void)len;
    must(gcry_cipher_setkey(cipher, bench_key, 16));
}

static void cbc_encrypt(size_t len)
{
    must(gcry_cipher_setiv(cipher, bench_iv, 16));
    must(gcry_cipher_encrypt(cipher, bench_out, len, bench_in, len));
}

static void cbc_decrypt(size_t len)
{
    must(gcry_cipher_setiv(cipher, bench_iv, 16));
    must(gcry_cipher_decrypt(cipher, bench_out, len, bench_in, len));
}

static void sha256(size_t len)
{
    gcry_md_hash_buffer(GCRY_MD_SHA256, bench_out, bench_in, len);
}

static void hmac(size_t len)
{
    must(gcry_md_setkey(mac, bench_key, 32));
    gcry_md_write(mac, bench_in, len);
    memcpy(bench_out, gcry_md_read(mac, GCRY_MD_SHA256), 32);
}

const bench_peer bench_libgcrypt = {
    "libgcrypt", version, prepare,
    {aes_setup, cbc_encrypt, cbc_decrypt, NULL, NULL, sha256, hmac, NULL, NULL, NULL, NULL, NULL}};
