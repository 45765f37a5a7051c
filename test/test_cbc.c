/* test/test_cbc.c - mote/cbc.h without streams: CBC (SP 800-38A) and PKCS#7 (RFC 5652). */
#include <mote/cbc.h>
#include <string.h>

#include "oracle.h"
#include "support.h"

#define LONGEST 300 /* every length up to here */

/* ---- The four operations behind one signature, so that each rule is one loop over all of them. */

typedef mote_status operation(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                              size_t *out_len, const uint8_t *in, size_t in_len);

static mote_status raw_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                               size_t *out_len, const uint8_t *in, size_t in_len)
{
    mote_status status = mote_cbc_encrypt(aes, iv, out, in, in_len);
    (void)out_cap;
    *out_len = status == MOTE_OK ? in_len : 0;
    return status;
}

static mote_status raw_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                               size_t *out_len, const uint8_t *in, size_t in_len)
{
    mote_status status = mote_cbc_decrypt(aes, iv, out, in, in_len);
    (void)out_cap;
    *out_len = status == MOTE_OK ? in_len : 0;
    return status;
}

enum { RAW_ENCRYPT, RAW_DECRYPT, PKCS7_ENCRYPT, PKCS7_DECRYPT, OPERATIONS };

static operation *const operations[OPERATIONS] = {raw_encrypt, raw_decrypt, mote_cbc_pkcs7_encrypt,
                                                  mote_cbc_pkcs7_decrypt};

static uint8_t key[16], iv[16];
static mote_aes128 aes;

static void new_key(void)
{
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
}

/* How many bytes an operation needs room for; 0 if it cannot take in_len bytes. */
static size_t room(int which, size_t in_len)
{
    if (which == PKCS7_ENCRYPT) {
        return in_len - in_len % 16 + 16;
    }
    return in_len % 16 == 0 ? in_len : 0;
}

/* Input that an operation accepts, and the output that is due, of which the length is returned. */
static size_t prepare(int which, uint8_t *in, size_t in_len, uint8_t *expected)
{
    test_random(in, in_len);
    if (which == PKCS7_ENCRYPT) {
        return oracle_cbc_pkcs7_encrypt(key, iv, expected, in, in_len);
    }
    if (which == PKCS7_DECRYPT) {
        size_t pt_len = in_len - 1 - test_random_below(16);
        test_random(expected, pt_len);
        oracle_cbc_pkcs7_encrypt(key, iv, in, expected, pt_len);
        memset(expected + pt_len, 0, in_len - pt_len);
        return pt_len;
    }
    oracle_aes128(which == RAW_ENCRYPT, key, iv, expected, in, in_len);
    return in_len;
}

/* One call with right arguments: into another buffer and in place, at any alignment, with the room that is needed. */
static void expect_right(int which, size_t in_len)
{
    const size_t out_cap = room(which, in_len), offset = test_random_below(64);
    uint8_t *in, *out, *in_place, *expected = guarded(in_len + 16), *the_iv = guarded_copy(iv, 16);
    size_t expected_len, out_len = 99;
    test_note("operation %d, %zu bytes", which, in_len);
    in = guarded(in_len);
    expected_len = prepare(which, in, in_len, expected);

    out = guarded(out_cap);
    CHECK_INT(operations[which](&aes, the_iv, out, out_cap, &out_len, in, in_len), MOTE_OK);
    CHECK_INT(out_len, expected_len);
    CHECK_MEM(out, expected, out_cap); /* with the zeros after what was decrypted */

    out = guarded_at(out_cap + 5, offset);
    CHECK_INT(operations[which](&aes, the_iv, out, out_cap + 5, &out_len, in, in_len), MOTE_OK);
    CHECK_INT(out_len, expected_len);
    CHECK_MEM(out, expected, out_cap);
    CHECK_FILLED(out + out_cap, TEST_FILL, 5);

    in_place = guarded_at(out_cap, 63 - offset);
    memcpy(in_place, in, in_len);
    CHECK_INT(operations[which](&aes, the_iv, in_place, out_cap, &out_len, in_place, in_len), MOTE_OK);
    CHECK_INT(out_len, expected_len);
    CHECK_MEM(in_place, expected, out_cap);
    CHECK_MEM(the_iv, iv, 16);
    guards_release();
}

/* ---- Every length */

START_TEST(every_length_as_openssl)
{
    size_t len;
    int which;
    new_key();
    for (len = 1; len <= test_capped(LONGEST); len++) {
        for (which = 0; which < OPERATIONS; which++) {
            if (room(which, len) != 0 && FITS(room(which, len))) {
                expect_right(which, len);
            }
        }
    }
}
END_TEST

START_TEST(random_messages_as_openssl)
{
    unsigned i, rounds = test_scaled(600);
    for (i = 0; i < rounds; i++) {
        const size_t bound = i % 20 == 0 ? test_capped(20000) : test_capped(1000);
        size_t len = 16 * (1 + test_random_below(bound / 16));
        int which = (int)test_random_below(OPERATIONS);
        new_key();
        expect_right(which, which == PKCS7_ENCRYPT ? len - 1 - test_random_below(16) : len);
    }
}
END_TEST

START_TEST(empty_input)
{
    uint8_t *out = guarded(16), *expected = guarded(16);
    size_t out_len = 99;
    new_key();
    CHECK_INT(mote_cbc_encrypt(&aes, iv, NULL, NULL, 0), MOTE_OK);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, NULL, NULL, 0), MOTE_OK);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, out, out, 0), MOTE_OK);
    CHECK_FILLED(out, TEST_FILL, 16);
    CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, out, 16, &out_len, NULL, 0), MOTE_OK);
    CHECK_INT(out_len, 16);
    oracle_cbc_pkcs7_encrypt(key, iv, expected, out, 0);
    CHECK_MEM(out, expected, 16);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, out, 16, &out_len, expected, 16), MOTE_OK);
    CHECK_INT(out_len, 0);
    CHECK_ZERO(out, 16);

    out_len = 99;
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, NULL, 0, &out_len, NULL, 0), MOTE_ERR_LENGTH);
    CHECK_INT(out_len, 0);
    out_len = 99;
    CHECK_INT(mote_pkcs7_unpad(NULL, 0, &out_len), MOTE_ERR_LENGTH);
    CHECK_INT(out_len, 0);
}
END_TEST

/* ---- Lengths */

START_TEST(wrong_lengths)
{
    size_t len;
    new_key();
    for (len = 1; len <= test_capped(100); len++) {
        uint8_t *in = guarded_random(len), *out = guarded(112), *the_iv = guarded_copy(iv, 16);
        size_t out_len = 99;
        if (len % 16 == 0) {
            continue;
        }
        test_note("%zu bytes", len);
        CHECK_INT(mote_cbc_encrypt(&aes, the_iv, out, in, len), MOTE_ERR_LENGTH);
        CHECK_INT(mote_cbc_decrypt(&aes, the_iv, out, in, len), MOTE_ERR_LENGTH);
        CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, the_iv, out, 112, &out_len, in, len), MOTE_ERR_LENGTH);
        CHECK_INT(out_len, 0);
        out_len = 99;
        CHECK_INT(mote_pkcs7_unpad(in, len, &out_len), MOTE_ERR_LENGTH);
        CHECK_INT(out_len, 0);
        CHECK_FILLED(out, TEST_FILL, 112);
        CHECK_MEM(the_iv, iv, 16);
        guards_release();
    }
}
END_TEST

START_TEST(padded_length)
{
    size_t len;
    for (len = 0; len <= 1000; len++) {
        CHECK_INT(mote_pkcs7_padded_len(len), (len / 16 + 1) * 16);
    }
    if (FITS(SIZE_MAX)) {
        CHECK_INT(mote_pkcs7_padded_len(SIZE_MAX / 2), SIZE_MAX / 2 + 1);
        for (len = SIZE_MAX - 31; len <= SIZE_MAX - 16; len++) {
            CHECK(mote_pkcs7_padded_len(len) == SIZE_MAX - 15);
        }
        for (len = SIZE_MAX - 15; len != 0; len++) {
            CHECK_INT(mote_pkcs7_padded_len(len), 0);
        }
    }
}
END_TEST

/* Lengths that no memory has: refused by their number alone, with nothing read or written. */
START_TEST(lengths_near_size_max)
{
    uint8_t *in = guarded(16), *out = guarded(16);
    size_t below, out_len;
    new_key();
    for (below = 0; FITS(SIZE_MAX) && below < 64; below++) {
        const size_t len = SIZE_MAX - below;
        out_len = 99;
        CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, out, 16, &out_len, in, len),
                  below < 16 ? MOTE_ERR_LENGTH : MOTE_ERR_CAPACITY);
        CHECK_INT(out_len, 0);
        out_len = 99;
        CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, out, 16, &out_len, in, len),
                  len % 16 != 0 ? MOTE_ERR_LENGTH : MOTE_ERR_CAPACITY);
        CHECK_INT(out_len, 0);
        /* So long, two different buffers overlap. */
        CHECK_INT(mote_cbc_encrypt(&aes, iv, out, in, len), len % 16 != 0 ? MOTE_ERR_LENGTH : MOTE_ERR_OVERLAP);
        CHECK_INT(mote_cbc_decrypt(&aes, iv, out, in, len), len % 16 != 0 ? MOTE_ERR_LENGTH : MOTE_ERR_OVERLAP);
    }
    CHECK_FILLED(out, TEST_FILL, 16);
    CHECK_FILLED(in, TEST_FILL, 16);
}
END_TEST

/* ---- Capacities */

START_TEST(capacity_too_small)
{
    size_t len, cap;
    int which;
    new_key();
    for (len = 0; len <= 49; len++) {
        for (which = PKCS7_ENCRYPT; which < OPERATIONS; which++) {
            for (cap = 0; cap < room(which, len); cap++) {
                uint8_t *in = guarded_random(len), *out = guarded(cap);
                size_t out_len = 99;
                test_note("operation %d, %zu bytes, room for %zu", which, len, cap);
                CHECK_INT(operations[which](&aes, iv, out, cap, &out_len, in, len), MOTE_ERR_CAPACITY);
                CHECK_INT(out_len, 0);
                CHECK_FILLED(out, TEST_FILL, cap);
                guards_release();
            }
        }
    }
}
END_TEST

START_TEST(no_room_at_all)
{
    size_t out_len = 99;
    uint8_t *in = guarded_random(16);
    new_key();
    CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, NULL, 0, &out_len, in, 16), MOTE_ERR_CAPACITY);
    CHECK_INT(out_len, 0);
    out_len = 99;
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, NULL, 0, &out_len, in, 16), MOTE_ERR_CAPACITY);
    CHECK_INT(out_len, 0);
}
END_TEST

/* ---- Overlap: out begins shift bytes after in (or before it), from just apart to just apart on the other side. */

START_TEST(overlap_with_input)
{
    static const size_t lengths[] = {16, 48, 96, 1, 15, 17, 40};
    size_t i;
    int which;
    new_key();
    for (i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        for (which = 0; which < OPERATIONS; which++) {
            const size_t len = lengths[i], written = room(which, len);
            long shift;
            for (shift = -(long)written; written != 0 && shift <= (long)len; shift++) {
                uint8_t *area = guarded(len + 2 * written), *in = area + written, *out = in + shift;
                uint8_t *expected = guarded(len + 16), *before;
                size_t out_len = 99, expected_len;
                test_random(area, len + 2 * written);
                expected_len = prepare(which, in, len, expected);
                before = guarded_copy(area, len + 2 * written);
                test_note("operation %d, %zu bytes, shift %ld", which, len, shift);
                if (shift == 0 || shift == -(long)written || shift == (long)len) {
                    CHECK_INT(operations[which](&aes, iv, out, written, &out_len, in, len), MOTE_OK);
                    CHECK_INT(out_len, expected_len);
                    CHECK_MEM(out, expected, written);
                } else {
                    CHECK_INT(operations[which](&aes, iv, out, written, &out_len, in, len), MOTE_ERR_OVERLAP);
                    CHECK_INT(out_len, 0);
                    CHECK_MEM(area, before, len + 2 * written);
                }
                guards_release();
            }
        }
    }
}
END_TEST

START_TEST(overlap_with_iv)
{
    int which;
    new_key();
    for (which = 0; which < OPERATIONS; which++) {
        const size_t len = 32, written = room(which, len);
        long shift; /* of the IV, from the beginning of out */
        for (shift = -16; shift <= (long)written; shift++) {
            uint8_t *area = guarded_random(16 + written + 16), *out = area + 16, *the_iv = out + shift;
            uint8_t *in = guarded(len), *expected = guarded(len + 16), *before;
            size_t out_len = 99;
            memcpy(the_iv, iv, 16);
            prepare(which, in, len, expected);
            before = guarded_copy(area, 32 + written);
            test_note("operation %d, IV at %ld", which, shift);
            if (shift == -16 || shift == (long)written) {
                CHECK_INT(operations[which](&aes, the_iv, out, written, &out_len, in, len), MOTE_OK);
                CHECK_MEM(out, expected, written);
                CHECK_MEM(the_iv, iv, 16);
            } else {
                CHECK_INT(operations[which](&aes, the_iv, out, written, &out_len, in, len), MOTE_ERR_OVERLAP);
                CHECK_INT(out_len, 0);
                CHECK_MEM(area, before, 32 + written);
            }
            guards_release();
        }
    }
}
END_TEST

/* The first of LENGTH, CAPACITY, OVERLAP, PADDING is reported when several are due. */
START_TEST(order_of_errors)
{
    uint8_t *area = guarded_random(64);
    size_t out_len = 99;
    new_key();
    CHECK_INT(mote_cbc_encrypt(&aes, iv, area + 1, area, 17), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, area + 1, area, 31), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, area + 1, 0, &out_len, area, 17), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, area + 1, 0, &out_len, area, 0), MOTE_ERR_LENGTH);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, area + 1, 31, &out_len, area, 32), MOTE_ERR_CAPACITY);
    CHECK_INT(mote_cbc_pkcs7_encrypt(&aes, iv, area + 1, 31, &out_len, area, 16), MOTE_ERR_CAPACITY);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, iv, area + 1, 32, &out_len, area, 32), MOTE_ERR_OVERLAP);
    CHECK_INT(mote_cbc_pkcs7_decrypt(&aes, area, area + 1, 32, &out_len, area + 33, 16), MOTE_ERR_OVERLAP);
    CHECK_INT(out_len, 0);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("cbc");
    test_add(suite, every_length_as_openssl);
    test_add(suite, random_messages_as_openssl);
    test_add(suite, empty_input);
    test_add(suite, wrong_lengths);
    test_add(suite, padded_length);
    test_add(suite, lengths_near_size_max);
    test_add(suite, capacity_too_small);
    test_add(suite, no_room_at_all);
    test_add(suite, overlap_with_input);
    test_add(suite, overlap_with_iv);
    test_add(suite, order_of_errors);
    return test_main(suite);
}
