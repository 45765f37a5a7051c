/* bench/peer_bearssl.c - BearSSL in the benchmark of bench/desktop.c: AES with the processor's instructions where it finds
 * them, and its 64-bit constant-time code. */
#include "desktop.h"

#include <bearssl.h>

static const br_block_cbcenc_class *encryption_class;
static const br_block_cbcdec_class *decryption_class;
static br_aes_gen_cbcenc_keys encryption;
static br_aes_gen_cbcdec_keys decryption;
static br_aes_ct64_cbcenc_keys soft_encryption;
static br_aes_ct64_cbcdec_keys soft_decryption;
static br_hkdf_context master;

static const char *version(void)
{
    return "0.6";
}

static void aes_setup(size_t len)
{
    (void)len;
    encryption_class->init(&encryption.vtable, bench_key, 16);
    decryption_class->init(&decryption.vtable, bench_key, 16);
}

static void prepare(void)
{
    encryption_class = br_aes_x86ni_cbcenc_get_vtable();
    decryption_class = br_aes_x86ni_cbcdec_get_vtable();
    if (encryption_class == NULL || decryption_class == NULL) {
        encryption_class = &br_aes_ct64_cbcenc_vtable;
        decryption_class = &br_aes_ct64_cbcdec_vtable;
    }
    aes_setup(0);
    br_aes_ct64_cbcenc_init(&soft_encryption, bench_key, 16);
    br_aes_ct64_cbcdec_init(&soft_decryption, bench_key, 16);
    /* It has no way to begin with a pseudorandom key: this one is extracted. */
    br_hkdf_init(&master, &br_sha256_vtable, bench_salt, sizeof bench_salt);
    br_hkdf_inject(&master, bench_key, 32);
    br_hkdf_flip(&master);
}

static void copy(uint8_t *out, const uint8_t *in, size_t len)
{
    for (size_t i = 0; i < len; i++)
        out[i] = in[i];
}

/* It works in place alone: the data are encrypted over and over, so the result is another than the others'. */
static void cbc_encrypt(size_t len)
{
    uint8_t iv[16];

    copy(iv, bench_iv, sizeof iv);
    encryption_class->run(&encryption.vtable, iv, bench_out, len);
}

static void cbc_decrypt(size_t len)
{
    uint8_t iv[16];

    copy(iv, bench_iv, sizeof iv);
    decryption_class->run(&decryption.vtable, iv, bench_out, len);
}

static void cbc_encrypt_soft(size_t len)
{
    uint8_t iv[16];

    copy(iv, bench_iv, sizeof iv);
    br_aes_ct64_cbcenc_run(&soft_encryption, iv, bench_out, len);
}

static void cbc_decrypt_soft(size_t len)
{
    uint8_t iv[16];

    copy(iv, bench_iv, sizeof iv);
    br_aes_ct64_cbcdec_run(&soft_decryption, iv, bench_out, len);
}

static void sha256(size_t len)
{
    br_sha256_context context;

    br_sha256_init(&context);
    br_sha256_update(&context, bench_in, len);
    br_sha256_out(&context, bench_out);
}

static void hmac(size_t len)
{
    br_hmac_key_context key;
    br_hmac_context context;

    br_hmac_key_init(&key, &br_sha256_vtable, bench_key, 32);
    br_hmac_init(&context, &key, 0);
    br_hmac_update(&context, bench_in, len);
    br_hmac_out(&context, bench_out);
}

static void hkdf(size_t len)
{
    br_hkdf_context context;

    (void)len;
    br_hkdf_init(&context, &br_sha256_vtable, bench_salt, sizeof bench_salt);
    br_hkdf_inject(&context, bench_key, 32);
    br_hkdf_flip(&context);
    br_hkdf_produce(&context, bench_info, sizeof bench_info, bench_out, 32);
}

static void device_key(size_t len)
{
    br_hkdf_context context = master;

    (void)len;
    br_hkdf_produce(&context, bench_info, sizeof bench_info, bench_out, 32);
}

const bench_peer bench_bearssl = {
    "BearSSL", version, prepare,
    {aes_setup, cbc_encrypt, cbc_decrypt, cbc_encrypt_soft, cbc_decrypt_soft, sha256, hmac, hkdf, device_key, NULL, NULL,
     NULL}};
