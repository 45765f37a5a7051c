/* bench/peer_mote.c - mote in the benchmark of bench/desktop.c. */
#include "desktop.h"

#include "../aes/aes_backend.h"

#include <mote/mote.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static mote_aes128 aes, soft;
static mote_hkdf master;

static void must(mote_status status)
{
    if (status != MOTE_OK) {
        fprintf(stderr, "mote: status %d\n", (int)status);
        exit(1);
    }
}

/* A context keeps the backend that was chosen when its key was expanded. */
static void prepare(void)
{
#if !MOTE_AES_SINGLE_BACKEND
    const char *const chosen = mote_aes128_backend();
    unsigned best = 0;

    for (unsigned index = 0; mote_aes128_backend_name(index) != NULL; index++)
        if (strncmp(mote_aes128_backend_name(index), "vperm", 5) == 0 && mote_aes128_backend_force(index))
            best = index;
    (void)mote_aes128_backend_force(best);
    must(mote_aes128_init(&soft, bench_key));
    for (unsigned index = 0; mote_aes128_backend_name(index) != NULL; index++)
        if (strcmp(mote_aes128_backend_name(index), chosen) == 0)
            (void)mote_aes128_backend_force(index);
#else
    must(mote_aes128_init(&soft, bench_key));
#endif
    must(mote_aes128_init(&aes, bench_key));
    mote_hkdf_from_prk(&master, bench_key);
}

static const char *version(void)
{
    static char text[100];

    snprintf(text, sizeof text, "%s, %s, %s", mote_aes128_backend(), mote_sha256_backend(), mote_base64_backend());
    return text;
}

static void aes_setup(size_t len)
{
    (void)len;
    must(mote_aes128_init(&aes, bench_key));
}

static void cbc_encrypt(size_t len)
{
    must(mote_cbc_encrypt(&aes, bench_iv, bench_out, bench_in, len));
}

static void cbc_decrypt(size_t len)
{
    must(mote_cbc_decrypt(&aes, bench_iv, bench_out, bench_in, len));
}

static void cbc_encrypt_soft(size_t len)
{
    must(mote_cbc_encrypt(&soft, bench_iv, bench_out, bench_in, len));
}

static void cbc_decrypt_soft(size_t len)
{
    must(mote_cbc_decrypt(&soft, bench_iv, bench_out, bench_in, len));
}

static void sha256(size_t len)
{
    mote_sha256_digest(bench_out, bench_in, len);
}

static void hmac(size_t len)
{
    mote_hmac_sha256(bench_out, bench_key, 32, bench_in, len);
}

static void hkdf(size_t len)
{
    (void)len;
    must(mote_hkdf_sha256(bench_out, 32, bench_salt, sizeof bench_salt, bench_key, 32, bench_info, sizeof bench_info));
}

static void device_key(size_t len)
{
    (void)len;
    must(mote_hkdf_device_key(&master, bench_out, 32, (const char *)bench_info, bench_info + 10, 8));
}

static void seal(size_t len)
{
    size_t out_len;

    must(mote_seal(bench_key, bench_iv, bench_out, sizeof bench_out, &out_len, bench_in, len, NULL, 0));
}

static void base64_encode(size_t len)
{
    size_t out_len;

    must(mote_base64_encode((char *)bench_out, sizeof bench_out, &out_len, bench_in, len));
}

static void base64_decode(size_t len)
{
    size_t out_len;

    (void)len;
    must(mote_base64_decode(bench_out, sizeof bench_out, &out_len, bench_text, bench_text_len));
}

const bench_peer bench_mote = {
    "mote", version, prepare,
    {aes_setup, cbc_encrypt, cbc_decrypt, cbc_encrypt_soft, cbc_decrypt_soft, sha256, hmac, hkdf, device_key, seal,
     base64_encode, base64_decode}};
