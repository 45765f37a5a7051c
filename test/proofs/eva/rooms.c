/* What Frama-C EVA runs: the portable rooms on buffers of any content, in the builds for chips. For each of some lengths: with
 * the length known nothing else decides the way through the code. */
#include <mote/mote.h>

#include "__fc_builtin.h"

#include "cbc/cbc_internal.h"
#include "ct/ct_internal.h"

#define MAX 80

static uint8_t data[MAX], out[MAX + 64], key[32], iv[16], tag[32], aad[MAX];
static char text[MAX], out_text[2 * MAX + 1], label[4] = "ab";
static mote_aes128 aes;
static mote_sha256 sha;
static mote_hmac hmac;
static mote_hmac_key hmac_key;
static mote_hkdf hkdf;
static mote_cbc_stream stream;

/* Any content. */
static void any(void *p, size_t len)
{
    uint8_t *const bytes = (uint8_t *)p;

    for (size_t i = 0; i < len; i++)
        bytes[i] = Frama_C_unsigned_char_interval(0, 255);
}

/* Around the ends of blocks and groups. */
static const unsigned char lengths[] = {0, 1, 2, 3, 15, 16, 17, 48, 55, 56, 64, 65, 80};
#define FOR_EACH(len) for (size_t k = 0, len; k < sizeof lengths && ((len = lengths[k]), 1); k++)

void eva_sha256(void)
{
    any(data, sizeof data);
    FOR_EACH(len) {
        mote_sha256_init(&sha);
        mote_sha256_update(&sha, data, len);
        mote_sha256_update(&sha, data, 70);
        mote_sha256_final(&sha, out);
        mote_sha256_digest(out, data, len);
    }
}

void eva_hmac(void)
{
    any(data, sizeof data);
    any(tag, sizeof tag);
    FOR_EACH(len) {
        mote_hmac_key_init(&hmac_key, data, len);
        mote_hmac_init(&hmac, &hmac_key);
        mote_hmac_update(&hmac, data, len);
        (void)mote_hmac_verify(&hmac, tag, len % 33);
        mote_hmac_key_wipe(&hmac_key);
        mote_hmac_sha256(out, data, len, data, len);
    }
}

void eva_hkdf(void)
{
    any(data, sizeof data);
    any(key, sizeof key);
    mote_hkdf_from_prk(&hkdf, key);
    (void)mote_hkdf_expand(&hkdf, out, 80, data, 17);
    (void)mote_hkdf_device_key(&hkdf, out, 32, label, data, 5);
    mote_hkdf_wipe(&hkdf);
    (void)mote_hkdf_sha256(out, 16, key, 32, data, 65, iv, 16);
}

void eva_base64(void)
{
    size_t n;

    any(data, sizeof data);
    any(text, sizeof text);
    FOR_EACH(len) {
        (void)mote_base64_encode(out_text, sizeof out_text, &n, data, len);
        (void)mote_base64url_encode(out_text, len, &n, data, len);
        (void)mote_base16_encode(out_text, 2 * len, &n, data, len);
        (void)mote_base64_decode(out, sizeof out, &n, text, len);
        (void)mote_base64url_decode(out, sizeof out, &n, text, len);
        (void)mote_base16_decode(out, len / 2, &n, text, len);
    }
}

void eva_aes(void)
{
    any(key, sizeof key);
    any(data, sizeof data);
    if (mote_aes128_init(&aes, key) == MOTE_OK) {
        mote_aes128_encrypt_block(&aes, out, data);
        mote_aes128_decrypt_block(&aes, out, data);
    }
    mote_aes128_wipe(&aes);
}


void eva_cbc(void)
{
    size_t n;

    any(data, sizeof data);
    any(iv, sizeof iv);
    FOR_EACH(len) {
        (void)mote_cbc_encrypt(&aes, iv, out, data, len);
        (void)mote_cbc_decrypt(&aes, iv, out, data, len);
        (void)mote_cbc_pkcs7_encrypt(&aes, iv, out, sizeof out, &n, data, len);
        (void)mote_cbc_pkcs7_decrypt(&aes, iv, out, len, &n, data, len);
        (void)mote_pkcs7_unpad(data, len, &n);
    }
    mote_cbc_iv_from_counter(&aes, iv, 7);
}

/* Where two addresses lie EVA does not know, so it also follows the way that reports an overlap; here it ends. It takes memcpy of
 * no bytes from the end of an array for wrong, which C11 section 7.24.1 allows; so the array is one longer here. */
static uint8_t pieces[MAX + 1];

void eva_stream(void)
{
    size_t n;

    any(pieces, sizeof pieces);
    FOR_EACH(len) {
        mote_cbc_encrypt_init(&stream, &aes, iv);
        if (mote_cbc_update(&stream, out, sizeof out, &n, pieces, len) != MOTE_OK)
            continue;
        if (mote_cbc_update(&stream, out, sizeof out, &n, pieces, 7) != MOTE_OK)
            continue;
        (void)mote_cbc_final(&stream, out, sizeof out, &n);
        mote_cbc_decrypt_init(&stream, &aes, iv);
        if (mote_cbc_update(&stream, out, sizeof out, &n, pieces, len) != MOTE_OK)
            continue;
        if (mote_cbc_update(&stream, out, sizeof out, &n, pieces, 16) != MOTE_OK)
            continue;
        (void)mote_cbc_final(&stream, out, sizeof out, &n);
    }
}

void eva_cbc_hmac(void)
{
    size_t n;

    any(data, sizeof data);
    any(key, sizeof key);
    (void)mote_seal(key, iv, out, sizeof out, &n, data, 17, aad, 5);
    (void)mote_open(key, out, sizeof out, &n, data, 64, aad, 5);
    (void)mote_open(key, out, 3, &n, data, 80, aad, 0);
}
