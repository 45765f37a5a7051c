/* test/chip/ct_hash.c - ct, SHA-256, HMAC, HKDF and Base64 with random secrets, for the constant-time check. */
#include "constant_time.h"
#include "ct_secrets.h"

#include <mote/base64.h>
#include <mote/ct.h>
#include <mote/hkdf.h>

#include <string.h>

static mote_sha256 sha;
static mote_hmac_key hmac_key;
static mote_hmac hmac;
static mote_hkdf hkdf;
static char text[2 * LEN + 2];

/* ---- ct */

static uint64_t ct_equal(void)
{
    new_secrets();
    memcpy(out, message, LEN);
    if (below(2))
        out[below(LEN)] ^= (uint8_t)(1u << below(8));
    (void)mote_ct_equal(out, message, LEN); /* the result is the caller's secret */
    return 0;
}

static uint64_t wipe(void)
{
    new_secrets();
    mote_wipe(message, LEN);
    return 0;
}

/* ---- SHA-256, HMAC, HKDF */

static uint64_t sha_update(void)
{
    new_secrets();
    mote_sha256_init(&sha);
    mote_sha256_update(&sha, message, LEN);
    return 0;
}

static uint64_t sha_final(void)
{
    sha_update();
    mote_sha256_final(&sha, out);
    return 0;
}

static uint64_t sha_digest(void)
{
    new_secrets();
    mote_sha256_digest(out, message, LEN);
    return 0;
}

static uint64_t key_init(void)
{
    new_secrets();
    mote_hmac_key_init(&hmac_key, key, 32);
    return 0;
}

static uint64_t key_init_long(void)
{
    new_secrets();
    mote_hmac_key_init(&hmac_key, message, LEN);
    return 0;
}

static uint64_t hmac_start(void)
{
    key_init();
    mote_hmac_init(&hmac, &hmac_key);
    return 0;
}

static uint64_t hmac_more(void)
{
    hmac_start();
    mote_hmac_update(&hmac, message, LEN);
    return 0;
}

static uint64_t hmac_end(void)
{
    hmac_more();
    mote_hmac_final(&hmac, out);
    return 0;
}

static uint64_t verify(size_t tag_len)
{
    mote_hmac copy;

    hmac_more();
    copy = hmac;
    mote_hmac_final(&copy, out);
    if (below(2))
        out[below(tag_len)] ^= (uint8_t)(1u << below(8));
    return outcome(mote_hmac_verify(&hmac, out, tag_len));
}

static uint64_t hmac_verify(void)
{
    return verify(32);
}

static uint64_t hmac_verify_16(void)
{
    return verify(16);
}

static uint64_t hmac_whole(void)
{
    new_secrets();
    mote_hmac_sha256(out, key, 32, message, LEN);
    return 0;
}

static uint64_t key_wipe(void)
{
    key_init();
    mote_hmac_key_wipe(&hmac_key);
    return 0;
}

static uint64_t extract(void)
{
    new_secrets();
    mote_hkdf_extract(&hkdf, iv, 16, key, 32);
    return 0;
}

static uint64_t from_prk(void)
{
    new_secrets();
    mote_hkdf_from_prk(&hkdf, key);
    return 0;
}

static uint64_t expand(void)
{
    from_prk();
    return outcome(mote_hkdf_expand(&hkdf, out, 42, aad, AAD_LEN));
}

static uint64_t hkdf_whole(void)
{
    new_secrets();
    return outcome(mote_hkdf_sha256(out, 32, iv, 16, key, 32, aad, AAD_LEN));
}

static uint64_t device_key(void)
{
    from_prk();
    return outcome(mote_hkdf_device_key(&hkdf, out, 32, "uplink v1", aad, AAD_LEN));
}

static uint64_t hkdf_wipe(void)
{
    from_prk();
    mote_hkdf_wipe(&hkdf);
    return 0;
}

/* ---- Base64 and Base16. Half of the texts have one random character instead of the right one. */

static void spoil_text(size_t len)
{
    if (below(2))
        text[below(len)] = (char)(uint8_t)random64();
}

static uint64_t base64_encode(void)
{
    new_secrets();
    return outcome(mote_base64_encode(text, sizeof text, &out_len, message, LEN));
}

/* 61, 62 or 63 bytes, which the = tell. */
static uint64_t base64_decode(void)
{
    new_secrets();
    expect_ok(mote_base64_encode(text, sizeof text, &out_len, message, 61 + below(3)));
    spoil_text(84);
    /* How many = stand at the end is public, though a text that is refused says it not in the status. */
    refusal = text[83] != '=' ? 0 : text[82] != '=' ? 1 : 2;
    return outcome(mote_base64_decode(out, sizeof out, &out_len, text, 84));
}

static uint64_t base64url_encode(void)
{
    new_secrets();
    return outcome(mote_base64url_encode(text, sizeof text, &out_len, message, LEN));
}

static uint64_t base64url_decode(void)
{
    new_secrets();
    expect_ok(mote_base64url_encode(text, sizeof text, &out_len, message, LEN));
    spoil_text(107);
    return outcome(mote_base64url_decode(out, sizeof out, &out_len, text, 107));
}

static uint64_t base16_encode(void)
{
    new_secrets();
    return outcome(mote_base16_encode(text, sizeof text, &out_len, message, LEN));
}

static uint64_t base16_decode(void)
{
    new_secrets();
    expect_ok(mote_base16_encode(text, sizeof text, &out_len, message, LEN));
    spoil_text(2 * LEN);
    return outcome(mote_base16_decode(out, sizeof out, &out_len, text, 2 * LEN));
}

const struct ct_case ct_hash_cases[] = {
    {CHIP_mote_ct_equal, "80 B", ct_equal, 1, CT_CONSTANT},
    {CHIP_mote_wipe, "80 B", wipe, 1, CT_CONSTANT},
    {CHIP_mote_sha256_update, "80 B", sha_update, 1, CT_CONSTANT},
    {CHIP_mote_sha256_final, "", sha_final, 1, CT_CONSTANT},
    {CHIP_mote_sha256_digest, "80 B", sha_digest, 1, CT_CONSTANT},
    {CHIP_mote_hmac_key_init, "32 B", key_init, 1, CT_CONSTANT},
    {CHIP_mote_hmac_key_init, "80 B", key_init_long, 1, CT_CONSTANT},
    {CHIP_mote_hmac_init, "", hmac_start, 1, CT_CONSTANT},
    {CHIP_mote_hmac_update, "80 B", hmac_more, 1, CT_CONSTANT},
    {CHIP_mote_hmac_final, "", hmac_end, 1, CT_CONSTANT},
    {CHIP_mote_hmac_verify, "32 B", hmac_verify, 2, CT_CONSTANT},
    {CHIP_mote_hmac_verify, "16 B", hmac_verify_16, 2, CT_CONSTANT},
    {CHIP_mote_hmac_sha256, "key 32 B, data 80 B", hmac_whole, 1, CT_CONSTANT},
    {CHIP_mote_hmac_key_wipe, "", key_wipe, 1, CT_CONSTANT},
    {CHIP_mote_hkdf_extract, "", extract, 1, CT_CONSTANT},
    {CHIP_mote_hkdf_from_prk, "", from_prk, 1, CT_CONSTANT},
    {CHIP_mote_hkdf_expand, "42 B", expand, 1, CT_CONSTANT},
    {CHIP_mote_hkdf_sha256, "32 B", hkdf_whole, 1, CT_CONSTANT},
    {CHIP_mote_hkdf_device_key, "32 B", device_key, 1, CT_CONSTANT},
    {CHIP_mote_hkdf_wipe, "", hkdf_wipe, 1, CT_CONSTANT},
    {CHIP_mote_base64_encode, "80 B", base64_encode, 1, CT_CONSTANT},
    {CHIP_mote_base64_decode, "84 characters", base64_decode, 4, CT_CONSTANT},
    {CHIP_mote_base64url_encode, "80 B", base64url_encode, 1, CT_CONSTANT},
    {CHIP_mote_base64url_decode, "107 characters", base64url_decode, 2, CT_CONSTANT},
    {CHIP_mote_base16_encode, "80 B", base16_encode, 1, CT_CONSTANT},
    {CHIP_mote_base16_decode, "160 characters", base16_decode, 2, CT_CONSTANT},
    {CHIP_FUNCTION_COUNT, NULL, NULL, 0, CT_CONSTANT},
};
