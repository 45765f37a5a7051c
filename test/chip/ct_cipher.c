/* test/chip/ct_cipher.c - AES, CBC, paddings and packets with random secrets, for the constant-time check. */
#include "constant_time.h"
#include "ct_secrets.h"

#include <mote/cbc.h>
#include <mote/cbc_hmac.h>
#include <mote/hmac.h>

#include <string.h>

static mote_aes128 aes;
static mote_cbc_stream stream;

static void new_aes(void)
{
    new_secrets();
    expect_ok(mote_aes128_init(&aes, key));
}

/* ---- AES */

static uint64_t aes_init(void)
{
    new_secrets();
    return outcome(mote_aes128_init(&aes, key));
}

static uint64_t aes_encrypt(void)
{
    new_aes();
    mote_aes128_encrypt_block(&aes, out, message);
    return 0;
}

static uint64_t aes_decrypt(void)
{
    new_aes();
    mote_aes128_decrypt_block(&aes, out, message);
    return 0;
}

static uint64_t aes_wipe(void)
{
    new_aes();
    mote_aes128_wipe(&aes);
    return 0;
}

/* ---- CBC and PKCS#7 */

static uint64_t cbc_encrypt(void)
{
    new_aes();
    return outcome(mote_cbc_encrypt(&aes, iv, out, message, LEN));
}

static uint64_t cbc_decrypt(void)
{
    new_aes();
    return outcome(mote_cbc_decrypt(&aes, iv, out, message, LEN));
}

static uint64_t pkcs7_encrypt(void)
{
    new_aes();
    return outcome(mote_cbc_pkcs7_encrypt(&aes, iv, out, sizeof out, &out_len, message, LEN - 3));
}

static uint64_t pkcs7_decrypt(void)
{
    new_aes();
    random_padding(message, LEN);
    expect_ok(mote_cbc_encrypt(&aes, iv, sealed, message, LEN));
    return outcome(mote_cbc_pkcs7_decrypt(&aes, iv, out, sizeof out, &out_len, sealed, LEN));
}

static uint64_t unpad(void)
{
    new_secrets();
    random_padding(message, LEN);
    return outcome(mote_pkcs7_unpad(message, LEN, &out_len));
}

static uint64_t encrypt_init(void)
{
    new_aes();
    mote_cbc_encrypt_init(&stream, &aes, iv);
    return 0;
}

static uint64_t decrypt_init(void)
{
    new_aes();
    mote_cbc_decrypt_init(&stream, &aes, iv);
    return 0;
}

static uint64_t encrypt_update(void)
{
    encrypt_init();
    expect_ok(mote_cbc_update(&stream, out, sizeof out, &out_len, message, 5));
    return outcome(mote_cbc_update(&stream, out, sizeof out, &out_len, message, LEN - 3));
}

static uint64_t encrypt_final(void)
{
    encrypt_update();
    return outcome(mote_cbc_final(&stream, out, sizeof out, &out_len));
}

static uint64_t decrypt_update(void)
{
    decrypt_init();
    random_padding(message, LEN);
    expect_ok(mote_cbc_encrypt(&aes, iv, sealed, message, LEN));
    expect_ok(mote_cbc_update(&stream, out, sizeof out, &out_len, sealed, 5));
    return outcome(mote_cbc_update(&stream, out, sizeof out, &out_len, sealed + 5, LEN - 5));
}

static uint64_t decrypt_final(void)
{
    decrypt_update();
    return outcome(mote_cbc_final(&stream, out, sizeof out, &out_len));
}

static uint64_t stream_wipe(void)
{
    encrypt_update();
    mote_cbc_stream_wipe(&stream);
    return 0;
}

static uint64_t iv_from_counter(void)
{
    new_aes();
    mote_cbc_iv_from_counter(&aes, out, random64());
    return 0;
}

/* ---- Packets. Wrong are: a bit of the tag, of the ciphertext, or, under a right tag, the padding. */

static uint64_t cbc_hmac_encrypt(void)
{
    new_secrets();
    return outcome(mote_cbc_hmac_encrypt(key, iv, out, sizeof out, &out_len, sealed, message, LEN - 3, aad, AAD_LEN));
}

static uint64_t seal(void)
{
    new_secrets();
    return outcome(mote_seal(key, iv, out, sizeof out, &out_len, message, LEN - 3, aad, AAD_LEN));
}

/* A packet of 64 bytes of ciphertext, padded at random, with a right tag, or in half of all cases one bit wrong. */
static void random_packet(void)
{
    const uint8_t aad_bits[8] = {0, 0, 0, 0, 0, 0, 0, 8 * AAD_LEN};
    mote_hmac_key hmac_key;
    mote_hmac hmac;
    uint8_t tag[32];

    new_secrets();
    expect_ok(mote_aes128_init(&aes, key + 16));
    random_padding(message, 64);
    memcpy(sealed, iv, 16);
    expect_ok(mote_cbc_encrypt(&aes, iv, sealed + 16, message, 64));
    mote_hmac_key_init(&hmac_key, key, 16);
    mote_hmac_init(&hmac, &hmac_key);
    mote_hmac_update(&hmac, aad, AAD_LEN);
    mote_hmac_update(&hmac, sealed, 80);
    mote_hmac_update(&hmac, aad_bits, 8);
    mote_hmac_final(&hmac, tag);
    memcpy(sealed + 80, tag, 16);
    /* Whoever made a packet with a right tag has the key: it may be seen that such a packet is refused for its padding. */
    refusal = below(2);
    if (refusal)
        sealed[below(96)] ^= (uint8_t)(1u << below(8));
}

static uint64_t cbc_hmac_decrypt(void)
{
    random_packet();
    return outcome(mote_cbc_hmac_decrypt(key, sealed, out, sizeof out, &out_len, sealed + 16, 64, sealed + 80, aad, AAD_LEN));
}

static uint64_t open_packet(void)
{
    random_packet();
    return outcome(mote_open(key, out, sizeof out, &out_len, sealed, 96, aad, AAD_LEN));
}

const struct ct_case ct_cipher_cases[] = {
    {CHIP_mote_aes128_init, "", aes_init, 1, CT_CONSTANT},
    {CHIP_mote_aes128_encrypt_block, "", aes_encrypt, 1, CT_CONSTANT},
    {CHIP_mote_aes128_decrypt_block, "", aes_decrypt, 1, CT_CONSTANT},
    {CHIP_mote_aes128_wipe, "", aes_wipe, 1, CT_CONSTANT},
    {CHIP_mote_cbc_encrypt, "80 B", cbc_encrypt, 1, CT_CONSTANT},
    {CHIP_mote_cbc_decrypt, "80 B", cbc_decrypt, 1, CT_CONSTANT},
    {CHIP_mote_cbc_pkcs7_encrypt, "77 B", pkcs7_encrypt, 1, CT_CONSTANT},
    {CHIP_mote_cbc_pkcs7_decrypt, "80 B", pkcs7_decrypt, 17, CT_CONSTANT},
    {CHIP_mote_pkcs7_unpad, "80 B", unpad, 17, CT_CONSTANT},
    {CHIP_mote_cbc_encrypt_init, "", encrypt_init, 1, CT_CONSTANT},
    {CHIP_mote_cbc_decrypt_init, "", decrypt_init, 1, CT_CONSTANT},
    {CHIP_mote_cbc_update, "encrypt, 77 B", encrypt_update, 1, CT_CONSTANT},
    {CHIP_mote_cbc_update, "decrypt, 75 B", decrypt_update, 1, CT_CONSTANT},
    {CHIP_mote_cbc_final, "encrypt", encrypt_final, 1, CT_CONSTANT},
    {CHIP_mote_cbc_final, "decrypt", decrypt_final, 17, CT_CONSTANT},
    {CHIP_mote_cbc_stream_wipe, "", stream_wipe, 1, CT_CONSTANT},
    {CHIP_mote_cbc_iv_from_counter, "", iv_from_counter, 1, CT_CONSTANT},
    {CHIP_mote_cbc_hmac_encrypt, "77 B", cbc_hmac_encrypt, 1, CT_CONSTANT},
    {CHIP_mote_cbc_hmac_decrypt, "64 B", cbc_hmac_decrypt, 18, CT_CONSTANT},
    {CHIP_mote_seal, "77 B", seal, 1, CT_CONSTANT},
    {CHIP_mote_open, "96 B", open_packet, 18, CT_CONSTANT},
    {CHIP_FUNCTION_COUNT, NULL, NULL, 0, CT_CONSTANT},
};
