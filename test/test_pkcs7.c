/* test/test_pkcs7.c - PKCS#7 padding that is wrong, in every way that one to three blocks have (mote/cbc.h). */
#include <mote/cbc.h>
#include <string.h>

#include "oracle.h"
#include "support.h"

static uint8_t key[16], iv[16];
static mote_aes128 aes;

static void new_key(void)
{
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
}

/* RFC 5652 section 6.3, plainly: the length without padding, or -1. */
static long reference_unpad(const uint8_t *data, size_t len)
{
    const size_t n = data[len - 1];
    size_t i;
    if (n == 0 || n > 16) {
        return -1;
    }
    for (i = len - n; i < len; i++) {
        if (data[i] != n) {
            return -1;
        }
    }
    return (long)(len - n);
}

/* What unpadding and every kind of decryption say about a padded plaintext. */
static void expect_unpadded(const uint8_t *padded, size_t len)
{
    const long due = reference_unpad(padded, len);
    const mote_status status = due < 0 ? MOTE_ERR_PADDING : MOTE_OK;
    const size_t due_len = due < 0 ? 0 : (size_t)due;
    uint8_t *data = guarded_copy(padded, len), *ct = guarded(len), *out = guarded(len), *expected = guarded(len);
    uint8_t *tail = guarded(16);
    mote_cbc_stream stream;
    size_t out_len = 99, tail_len = 99;

    CHECK_INT(mote_pkcs7_unpad(data, len, &out_len), status);
    CHECK_INT(out_len, due_len);
    CHECK_MEM(data, padded, len);

    memset(expected, 0, len);
    memcpy(expected, padded, due_len);
    oracle_aes128(1, key, iv, ct, padded, len);
    out_len = 99;
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, out, len, &out_len, ct, len), status);
    CHECK_INT(out_len, due_len);
    CHECK_MEM(out, expected, len);

    mote_cbc_decrypt_init(&stream, &aes, iv);
    memset(out, TEST_FILL, len);
    CHECK_INT(mote_cbc_update(&stream, out, len, &out_len, ct, len), MOTE_OK);
    CHECK_INT(out_len, len - 16);
    CHECK_MEM(out, padded, len - 16);
    CHECK_INT(mote_cbc_final(&stream, tail, 16, &tail_len), status);
    CHECK_INT(tail_len, due < 0 ? 0 : due_len - (len - 16));
    if (due < 0) {
        uint8_t before[16];
        memset(before, TEST_FILL, 16);
        CHECK_NO_OUTPUT(tail, before, 16);
    } else {
        CHECK_MEM(tail, padded + len - 16, tail_len);
    }

    /* in place, last, since it overwrites the ciphertext */
    out_len = 99;
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, ct, len, &out_len, ct, len), status);
    CHECK_INT(out_len, due_len);
    CHECK_MEM(ct, expected, len);
    guards_release();
}

/* Random bytes that end in n bytes of value n. */
static void padded_random(uint8_t *padded, size_t len, size_t n)
{
    test_random(padded, len);
    memset(padded + len - n, (int)n, n);
}

START_TEST(every_last_byte)
{
    uint8_t padded[48];
    size_t len, step = test_step();
    unsigned last;
    new_key();
    for (len = 16; len <= 48; len += 16) {
        for (last = 0; last < 256; last += (unsigned)(last < 20 ? 1 : step)) {
            test_note("%zu bytes, last byte %u", len, last);
            test_random(padded, len);
            padded[len - 1] = (uint8_t)last;
            expect_unpadded(padded, len);
            memset(padded, (int)last, len); /* as many as it could ever count */
            expect_unpadded(padded, len);
        }
    }
}
END_TEST

START_TEST(every_right_padding)
{
    uint8_t padded[48];
    size_t len, n;
    new_key();
    for (len = 16; len <= 48; len += 16) {
        for (n = 1; n <= 16; n++) {
            test_note("%zu bytes, padding %zu", len, n);
            padded_random(padded, len, n);
            CHECK_INT(reference_unpad(padded, len), len - n);
            expect_unpadded(padded, len);
        }
    }
}
END_TEST

/* One byte of the padding is another: each of them, by every difference. */
START_TEST(every_damaged_byte)
{
    uint8_t padded[48];
    size_t len, n, i, step = test_step();
    unsigned difference;
    new_key();
    for (len = 16; len <= 48; len += 16) {
        for (n = 1; n <= 16; n++) {
            for (i = 1; i <= n; i++) {
                for (difference = 1; difference < 256; difference += 1 + (unsigned)test_random_below(16 * step)) {
                    test_note("%zu bytes, padding %zu, byte %zu from the end by %02x", len, n, i, difference);
                    padded_random(padded, len, n);
                    padded[len - i] ^= (uint8_t)difference;
                    expect_unpadded(padded, len);
                }
            }
        }
    }
}
END_TEST

/* Unpadding alone is quick: every byte of the block by every difference, also before the padding. */
START_TEST(unpad_every_byte_value)
{
    size_t n, i;
    unsigned difference, step = (unsigned)test_step();
    for (n = 1; n <= 16; n++) {
        for (i = 0; i < 16; i++) {
            for (difference = 1; difference < 256; difference += step) {
                uint8_t padded[32];
                size_t out_len = 99;
                long due;
                padded_random(padded, 32, n);
                padded[16 + i] ^= (uint8_t)difference;
                due = reference_unpad(padded, 32);
                test_note("padding %zu, byte %zu by %02x", n, i, difference);
                CHECK_INT(mote_pkcs7_unpad(padded, 32, &out_len), due < 0 ? MOTE_ERR_PADDING : MOTE_OK);
                CHECK_INT(out_len, due < 0 ? 0 : due);
            }
        }
    }
}
END_TEST

/* All of these sixteen could be padding to a careless reader, which looks at the last byte only. */
START_TEST(padding_of_zeros_or_of_too_many)
{
    static const uint8_t bytes[] = {0, 17, 31, 32, 33, 48, 128, 255};
    uint8_t padded[48];
    size_t i;
    new_key();
    for (i = 0; i < sizeof bytes; i++) {
        memset(padded, bytes[i], sizeof padded);
        CHECK_INT(reference_unpad(padded, sizeof padded), -1);
        expect_unpadded(padded, sizeof padded);
    }
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("pkcs7");
    test_add(suite, every_right_padding);
    test_add(suite, every_last_byte);
    test_add(suite, every_damaged_byte);
    test_add(suite, unpad_every_byte_value);
    test_add(suite, padding_of_zeros_or_of_too_many);
    return test_main(suite);
}
