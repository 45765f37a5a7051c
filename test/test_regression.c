/* test/test_regression.c - what went wrong for users of other code, each shown to be right or an error here. */
#include <mote/mote.h>
#include <string.h>

#include "oracle.h"
#include "support.h"

static uint8_t key[32], iv[16];
static mote_aes128 aes; /* under the second half of the key, as in a packet */

static void new_key(void)
{
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    CHECK_INT(mote_aes128_init(&aes, key + 16), MOTE_OK);
}

/* Encrypted and sealed, then decrypted and opened: every byte comes back, and none besides. */
static void expect_round_trip(const uint8_t *message, size_t len)
{
    const size_t padded = len / 16 * 16 + 16;
    uint8_t *in = guarded_copy(message, len), *ct = guarded(padded), *out = guarded(padded);
    uint8_t *sealed = guarded(padded + 32);
    uint8_t expected[128];
    size_t out_len = 99;

    CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, ct, padded, &out_len, in, len), MOTE_OK);
    CHECK_INT(out_len, padded);
    CHECK_INT(oracle_cbc_pkcs7_encrypt(key + 16, iv, expected, message, len), padded);
    CHECK_MEM(ct, expected, padded);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, out, padded, &out_len, ct, padded), MOTE_OK);
    CHECK_INT(out_len, len);
    CHECK_MEM(out, message, len);

    memset(out, TEST_FILL, padded);
    CHECK_INT(mote_seal(key, iv, sealed, padded + 32, &out_len, in, len, NULL, 0), MOTE_OK);
    CHECK_INT(out_len, padded + 32);
    CHECK_INT(mote_open(key, out, padded, &out_len, sealed, padded + 32, NULL, 0), MOTE_OK);
    CHECK_INT(out_len, len);
    CHECK_MEM(out, message, len);
    guards_release();
}

/* A message of 17 bytes came back as 16, and nobody said so. */
START_TEST(seventeen_bytes_are_not_sixteen)
{
    uint8_t *message = guarded_random(17), *out = guarded(32), copy[17];
    new_key();
    memcpy(copy, message, 17);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, out, message, 17), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, out, message, 17), MOTE_ERR_LENGTH);
    CHECK_FILLED(out, TEST_FILL, 32);
    expect_round_trip(copy, 17);
}
END_TEST

/* A reply of 32 bytes with zero bytes in it: its length was found with strlen, and the second block was garbage. */
START_TEST(reply_with_nul_bytes)
{
    uint8_t reply[32];
    size_t at;
    for (at = 0; at < 32; at++) {
        char text[45];
        uint8_t back[32];
        size_t out_len = 99;
        new_key();
        test_random(reply, 32);
        reply[at] = 0;
        reply[(at + 16) % 32] = 0;
        test_note("zero bytes at %zu and %zu", at, (at + 16) % 32);
        expect_round_trip(reply, 32);
        CHECK_INT(mote_base64_encode(text, sizeof text, &out_len, reply, 32), MOTE_OK);
        CHECK_INT(strlen(text), 44);
        CHECK_INT(mote_base64_decode(back, 32, &out_len, text, strlen(text)), MOTE_OK);
        CHECK_INT(out_len, 32);
        CHECK_MEM(back, reply, 32);
    }
    memset(reply, 0, 32);
    expect_round_trip(reply, 32);
}
END_TEST

/* Zero bytes in keys and IVs, which were once C strings too. */
START_TEST(key_with_nul_bytes)
{
    uint8_t message[40];
    size_t at;
    test_random(message, 40);
    for (at = 0; at < 32; at++) {
        new_key();
        key[at] = 0;
        iv[at % 16] = 0;
        CHECK_INT(mote_aes128_init(&aes, key + 16), MOTE_OK);
        expect_round_trip(message, 40);
    }
}
END_TEST

/* A length of 21 was rounded up to 32, and written past a buffer of 21. */
START_TEST(length_21_stays_in_its_buffer)
{
    uint8_t *message, *out, copy[21];
    size_t out_len = 99, cap;
    new_key();
    test_random(copy, 21);
    message = guarded_copy(copy, 21);
    out = guarded(21);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, out, message, 21), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, message, message, 21), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, out, message, 21), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, message, message, 21), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, out, 21, &out_len, message, 21), MOTE_ERR_LENGTH);
    CHECK_INT(out_len, 0);
    for (cap = 0; cap < 32; cap++) {
        uint8_t *small = guarded(cap);
        CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, small, cap, &out_len, message, 21), MOTE_ERR_CAPACITY);
        CHECK_FILLED(small, TEST_FILL, cap);
    }
    CHECK_FILLED(out, TEST_FILL, 21);
    CHECK_MEM(message, copy, 21);
    guards_release();
    expect_round_trip(copy, 21);
}
END_TEST

/* A + in a URL arrived as a space, and a / ended the path. */
START_TEST(base64_in_a_url)
{
    static const char safe[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    unsigned i, with_plus_or_slash = 0, rounds = test_scaled(1000);
    for (i = 0; i < rounds || with_plus_or_slash == 0; i++) {
        const size_t len = test_random_below(50);
        uint8_t message[50], sealed[112], received[112], out[64];
        char text[160], plain[160];
        size_t sealed_len = 99, text_len = 99, plain_len = 99, received_len = 99, out_len = 99;
        new_key();
        test_random(message, len);
        CHECK_INT(mote_seal(key, iv, sealed, sizeof sealed, &sealed_len, message, len, NULL, 0), MOTE_OK);
        CHECK_INT(mote_base64url_encode(text, sizeof text, &text_len, sealed, sealed_len), MOTE_OK);
        CHECK_INT(strlen(text), text_len);
        CHECK_INT(strspn(text, safe), text_len);
        CHECK_INT(mote_base64url_decode(received, sizeof received, &received_len, text, text_len), MOTE_OK);
        CHECK_INT(mote_open(key, out, sizeof out, &out_len, received, received_len, NULL, 0), MOTE_OK);
        CHECK_INT(out_len, len);
        CHECK_MEM(out, message, len);

        /* The text that is not for URLs is refused where one for URLs is due. */
        CHECK_INT(mote_base64_encode(plain, sizeof plain, &plain_len, sealed, sealed_len), MOTE_OK);
        if (strpbrk(plain, "+/=") != NULL) {
            with_plus_or_slash += strpbrk(plain, "+/") != NULL;
            CHECK_INT(mote_base64url_decode(received, sizeof received, &received_len, plain, plain_len),
                      MOTE_ERR_ENCODING);
            CHECK_INT(received_len, 0);
        }
    }
}
END_TEST

/* The call left its last block in the caller's IV, so that the second message was encrypted under another one. */
START_TEST(iv_is_not_overwritten)
{
    uint8_t *in = guarded_random(48), *first = guarded(96), *second = guarded(96), *tag = guarded(16);
    uint8_t *the_iv, *the_key;
    size_t out_len;
    mote_cbc_stream stream;
    new_key();
    the_iv = guarded_copy(iv, 16);
    the_key = guarded_copy(key, 32);
    CHECK_INT(mote_cbc_encrypt(&aes, the_iv, first, in, 48), MOTE_OK);
    CHECK_INT(mote_cbc_encrypt(&aes, the_iv, second, in, 48), MOTE_OK);
    CHECK_MEM(second, first, 48);
    CHECK_INT(mote_cbc_decrypt(&aes, the_iv, second, first, 48), MOTE_OK);
    CHECK_MEM(second, in, 48);
    CHECK_MEM(the_iv, iv, 16);
    CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, the_iv, first, 64, &out_len, in, 48), MOTE_OK);
    CHECK_MEM(the_iv, iv, 16);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, the_iv, second, 64, &out_len, first, 64), MOTE_OK);
    CHECK_MEM(the_iv, iv, 16);
    mote_cbc_encrypt_init(&stream, &aes, the_iv);
    CHECK_INT(mote_cbc_update(&stream, first, 48, &out_len, in, 48), MOTE_OK);
    CHECK_INT(mote_cbc_final(&stream, first + 48, 16, &out_len), MOTE_OK);
    CHECK_MEM(the_iv, iv, 16);
    mote_cbc_decrypt_init(&stream, &aes, the_iv);
    CHECK_INT(mote_cbc_update(&stream, second, 64, &out_len, first, 64), MOTE_OK);
    CHECK_INT(mote_cbc_final(&stream, second + 48, 16, &out_len), MOTE_OK);
    CHECK_MEM(the_iv, iv, 16);
    CHECK_INT(mote_cbc_hmac_encrypt(the_key, the_iv, first, 64, &out_len, tag, in, 48, NULL, 0), MOTE_OK);
    CHECK_INT(mote_cbc_hmac_decrypt(the_key, the_iv, second, 64, &out_len, first, 64, tag, NULL, 0), MOTE_OK);
    CHECK_INT(mote_seal(the_key, the_iv, first, 96, &out_len, in, 48, NULL, 0), MOTE_OK);
    CHECK_MEM(the_iv, iv, 16);
    CHECK_MEM(the_key, key, 32);
    CHECK_INT(mote_seal(the_key, the_iv, second, 96, &out_len, in, 48, NULL, 0), MOTE_OK);
    CHECK_MEM(second, first, 96);
}
END_TEST

/* ---- Keys */

static void expect_sealed_for(const uint8_t *right, const uint8_t *wrong)
{
    uint8_t message[20], sealed[64], out[32], before[32];
    size_t out_len = 99;
    test_random(message, sizeof message);
    CHECK_INT(mote_seal(right, iv, sealed, sizeof sealed, &out_len, message, sizeof message, NULL, 0), MOTE_OK);
    memset(out, TEST_FILL, sizeof out);
    memcpy(before, out, sizeof out);
    CHECK_INT(mote_open(wrong, out, sizeof out, &out_len, sealed, sizeof sealed, NULL, 0), MOTE_ERR_AUTH);
    CHECK_INT(out_len, 0);
    CHECK_NO_OUTPUT(out, before, sizeof out);
    CHECK_INT(mote_open(right, out, sizeof out, &out_len, sealed, sizeof sealed, NULL, 0), MOTE_OK);
    CHECK_INT(out_len, sizeof message);
    CHECK_MEM(out, message, sizeof message);
}

/* One key (and IV) served both directions: what a device had sent could be sent back to it. */
START_TEST(one_key_both_ways)
{
    uint8_t master[32], up[32], down[32];
    mote_hkdf hkdf;
    new_key();
    test_random(master, sizeof master);
    mote_hkdf_from_prk(&hkdf, master);
    CHECK_INT(mote_hkdf_device_key(&hkdf, up, 32, "uplink v1", (const uint8_t *)"device 7", 8), MOTE_OK);
    CHECK_INT(mote_hkdf_device_key(&hkdf, down, 32, "downlink v1", (const uint8_t *)"device 7", 8), MOTE_OK);
    CHECK_MEM_DIFFER(up, down, 16);
    CHECK_MEM_DIFFER(up + 16, down + 16, 16);
    expect_sealed_for(up, down);
    expect_sealed_for(down, up);
    mote_hkdf_wipe(&hkdf);
}
END_TEST

/* One key served all devices: whoever took one apart could read them all. */
START_TEST(one_key_for_all_devices)
{
    uint8_t master[32], keys[20][32];
    mote_hkdf hkdf;
    size_t i, k;
    new_key();
    test_random(master, sizeof master);
    mote_hkdf_from_prk(&hkdf, master);
    for (i = 0; i < 20; i++) {
        uint8_t id[4] = {0, 0, 0, 0};
        id[i % 4] = (uint8_t)(i / 4 + 1);
        CHECK_INT(mote_hkdf_device_key(&hkdf, keys[i], 32, "uplink v1", id, 4), MOTE_OK);
        for (k = 0; k < i; k++) {
            CHECK_MEM_DIFFER(keys[i], keys[k], 16);
            CHECK_MEM_DIFFER(keys[i] + 16, keys[k] + 16, 16);
        }
    }
    for (i = 1; i < 20; i++) {
        expect_sealed_for(keys[i], keys[i - 1]);
    }
    mote_hkdf_wipe(&hkdf);
}
END_TEST

/* ---- Modes */

/* ECB shows which blocks are equal, and a fixed IV which messages begin alike. */
START_TEST(equal_blocks_do_not_show)
{
    uint8_t message[160], ct[2][176];
    size_t out_len = 99, i, k;
    unsigned counter;
    new_key();
    memset(message, 'A', sizeof message);
    for (counter = 0; counter < 2; counter++) {
        mote_cbc_iv_from_counter(&aes, iv, counter);
        CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, ct[counter], 176, &out_len, message, sizeof message), MOTE_OK);
        for (i = 0; i < 176; i += 16) {
            for (k = 0; k < i; k += 16) {
                CHECK_MEM_DIFFER(ct[counter] + i, ct[counter] + k, 16);
            }
            for (k = 0; counter == 1 && k < 176; k += 16) {
                CHECK_MEM_DIFFER(ct[1] + i, ct[0] + k, 16);
            }
        }
    }
}
END_TEST

/* In place, other code overwrote the ciphertext block that the next one needs, and still reported success. */
START_TEST(in_place_is_not_garbage)
{
    uint8_t *buffer, message[96], packet[144];
    size_t out_len = 99;
    new_key();
    test_random(message, sizeof message);
    buffer = guarded_copy(message, 96);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, buffer, buffer, 96), MOTE_OK);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, buffer, buffer, 96), MOTE_OK);
    CHECK_MEM(buffer, message, 96);
    memcpy(packet + 16, message, 96);
    CHECK_INT(mote_seal(key, iv, packet, sizeof packet, &out_len, packet + 16, 96, NULL, 0), MOTE_OK);
    CHECK_INT(mote_open(key, packet + 16, sizeof packet - 16, &out_len, packet, sizeof packet, NULL, 0), MOTE_OK);
    CHECK_INT(out_len, 96);
    CHECK_MEM(packet + 16, message, 96);
}
END_TEST

/* The padding was looked at before any tag: its error told an attacker the plaintext, a byte in 128 questions. Here the
 * answer to every question of that kind is the same. */
START_TEST(no_padding_oracle)
{
    uint8_t message[20], packet[64], out[32], before[32];
    size_t out_len = 99, at;
    unsigned value;
    new_key();
    test_random(message, sizeof message);
    memset(before, TEST_FILL, sizeof before);
    CHECK_INT(mote_seal(key, iv, packet, sizeof packet, &out_len, message, sizeof message, NULL, 0), MOTE_OK);
    for (at = 16; at < 32; at++) { /* the block before the last, which the padding is read through */
        const uint8_t kept = packet[at];
        for (value = 0; value < 256; value++) {
            packet[at] = (uint8_t)value;
            memcpy(out, before, sizeof out);
            if (value == kept) {
                continue;
            }
            out_len = 99;
            CHECK_INT(mote_open(key, out, sizeof out, &out_len, packet, sizeof packet, NULL, 0), MOTE_ERR_AUTH);
            CHECK_INT(out_len, 0);
            CHECK_NO_OUTPUT(out, before, sizeof out);
        }
        packet[at] = kept;
    }
}
END_TEST

/* A packet that is sent again opens again: a counter in the aad, each value of which is
 * accepted once, stops that. */
START_TEST(replay_needs_a_counter)
{
    uint8_t message[12], packet[48], out[16], counter[8] = {0, 0, 0, 0, 0, 0, 0, 7};
    size_t out_len = 99;
    new_key();
    test_random(message, sizeof message);
    CHECK_INT(mote_seal(key, iv, packet, sizeof packet, &out_len, message, sizeof message, counter, 8), MOTE_OK);
    CHECK_INT(mote_open(key, out, sizeof out, &out_len, packet, sizeof packet, counter, 8), MOTE_OK);
    CHECK_INT(mote_open(key, out, sizeof out, &out_len, packet, sizeof packet, counter, 8), MOTE_OK);
    CHECK_INT(out_len, sizeof message);
    counter[7]++; /* what the server waits for by now */
    CHECK_INT(mote_open(key, out, sizeof out, &out_len, packet, sizeof packet, counter, 8), MOTE_ERR_AUTH);
    CHECK_INT(out_len, 0);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("regression");
    test_add(suite, seventeen_bytes_are_not_sixteen);
    test_add(suite, reply_with_nul_bytes);
    test_add(suite, key_with_nul_bytes);
    test_add(suite, length_21_stays_in_its_buffer);
    test_add(suite, base64_in_a_url);
    test_add(suite, iv_is_not_overwritten);
    test_add(suite, one_key_both_ways);
    test_add(suite, one_key_for_all_devices);
    test_add(suite, equal_blocks_do_not_show);
    test_add(suite, in_place_is_not_garbage);
    test_add(suite, no_padding_oracle);
    test_add(suite, replay_needs_a_counter);
    return test_main(suite);
}
