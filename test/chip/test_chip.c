/* test/chip/test_chip.c - what only a simulated chip can show: lengths at the end of its own number range, and every
 * alignment.
 *
 * The suites of the desktop leave the largest lengths out where a call can take only so much; on a chip whose size_t has 16
 * bits an overflow is much nearer. SIZE_MAX - n here is passed on as the chip's own SIZE_MAX - n (test/chip/marshal.h). */
#include "../support.h"

#include <mote/mote.h>

#include <string.h>

static uint8_t key[32], iv[16], buffer[64];
static size_t out_len;

START_TEST(lengths_that_overflow)
{
    size_t n;

    for (n = 0; n < 64; n++) {
        test_note("SIZE_MAX - %zu", n);
        CHECK(mote_pkcs7_padded_len(SIZE_MAX - n) == (n < 16   ? 0
                                                      : n < 32 ? SIZE_MAX - 15
                                                      : n < 48 ? SIZE_MAX - 31
                                                               : SIZE_MAX - 47));
        CHECK(mote_sealed_len(SIZE_MAX - n) == (n < 48 ? 0 : SIZE_MAX - 15));
        CHECK(mote_base64_encoded_len(SIZE_MAX - n) == 0);
        CHECK(mote_base64url_encoded_len(SIZE_MAX - n) == 0);
    }
    /* SIZE_MAX is 4 k + 3: k groups of four characters, and without padding three characters more. */
    CHECK(mote_base64_encoded_len(SIZE_MAX / 4 * 3) == SIZE_MAX - 3);
    CHECK(mote_base64url_encoded_len(SIZE_MAX / 4 * 3) == SIZE_MAX - 3);
    CHECK(mote_base64_encoded_len(SIZE_MAX / 4 * 3 - 1) == SIZE_MAX - 3);
    CHECK(mote_base64_encoded_len(SIZE_MAX / 4 * 3 + 1) == 0);
    CHECK(mote_base64url_encoded_len(SIZE_MAX / 4 * 3 + 1) == SIZE_MAX - 1);
    CHECK(mote_base64url_encoded_len(SIZE_MAX / 4 * 3 + 2) == SIZE_MAX);
    CHECK(mote_base64url_encoded_len(SIZE_MAX / 4 * 3 + 3) == 0);
}
END_TEST

/* Every refusal leaves the output as it was, and out_len 0. */
static void refused(mote_status status, mote_status expected)
{
    CHECK_INT(status, expected);
    CHECK_INT(out_len, 0);
    CHECK_FILLED(buffer, 0x5a, sizeof buffer);
    out_len = 99;
}

START_TEST(calls_with_lengths_that_overflow)
{
    mote_aes128 aes;
    mote_hkdf hkdf;
    size_t n;

    memset(buffer, 0x5a, sizeof buffer);
    out_len = 99;
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
    mote_hkdf_from_prk(&hkdf, key);
    for (n = 0; n < 64; n++) {
        const size_t len = SIZE_MAX - n;

        test_note("SIZE_MAX - %zu", n);
        if (n < 16)
            refused(mote_cbc_pkcs7_encrypt(&aes, iv, buffer, SIZE_MAX, &out_len, buffer, len), MOTE_ERR_LENGTH);
        else
            refused(mote_cbc_pkcs7_encrypt(&aes, iv, buffer, 64, &out_len, buffer, len), MOTE_ERR_CAPACITY);
        if (n < 16)
            refused(mote_cbc_hmac_encrypt(key, iv, buffer, SIZE_MAX, &out_len, buffer + 32, buffer, len, NULL, 0),
                    MOTE_ERR_LENGTH);
        if (n < 48)
            refused(mote_seal(key, iv, buffer, SIZE_MAX, &out_len, buffer, len, NULL, 0), MOTE_ERR_LENGTH);
        else
            refused(mote_seal(key, iv, buffer, 64, &out_len, buffer, len, NULL, 0), MOTE_ERR_CAPACITY);
        refused(mote_open(key, buffer, 64, &out_len, buffer, len, NULL, 0),
                len % 16 == 0 ? MOTE_ERR_CAPACITY : MOTE_ERR_LENGTH);
        refused(mote_cbc_pkcs7_decrypt(&aes, iv, buffer, 64, &out_len, buffer, len),
                len % 16 == 0 ? MOTE_ERR_CAPACITY : MOTE_ERR_LENGTH);
        refused(mote_base64_encode((char *)buffer, SIZE_MAX, &out_len, buffer, len), MOTE_ERR_LENGTH);
        refused(mote_base64url_encode((char *)buffer, SIZE_MAX, &out_len, buffer, len), MOTE_ERR_LENGTH);
        refused(mote_base16_encode((char *)buffer, SIZE_MAX, &out_len, buffer, len), MOTE_ERR_LENGTH);
        CHECK_INT(mote_hkdf_expand(&hkdf, buffer, len, NULL, 0), MOTE_ERR_LENGTH);
        CHECK_INT(mote_hkdf_device_key(&hkdf, buffer, len, "label", key, 1), MOTE_ERR_LENGTH);
        CHECK_FILLED(buffer, 0x5a, sizeof buffer);
    }
}
END_TEST

/* Unaligned contents at every offset, all in one piece of memory: key, IV, input and output. */
START_TEST(every_alignment)
{
    static const uint8_t message[21] = "at every offset of 8";
    uint8_t memory[8 * 32 + 200], first[80];
    size_t i;

    memset(memory, 0, sizeof memory);
    for (i = 0; i < 512; i++) {
        uint8_t *k = memory + i % 8, *v = memory + 48 + i / 8 % 8, *out = memory + 80 + i / 64;

        test_note("key at %zu, IV at %zu, packet at %zu", i % 8, i / 8 % 8, i / 64);
        memset(k, 1, 32);
        memset(v, 2, 16);
        memcpy(out + 16, message, sizeof message);
        CHECK_INT(mote_seal(k, v, out, 80, &out_len, out + 16, sizeof message, v, 3), MOTE_OK);
        if (i == 0)
            memcpy(first, out, 64);
        CHECK_MEM(out, first, 64);
        CHECK_INT(mote_open(k, out + 16, 48, &out_len, out, 64, v, 3), MOTE_OK);
        CHECK_MEM(out + 16, message, sizeof message);
    }
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("chip");

    test_add(suite, lengths_that_overflow);
    test_add(suite, calls_with_lengths_that_overflow);
    test_add(suite, every_alignment);
    return test_main(suite);
}
