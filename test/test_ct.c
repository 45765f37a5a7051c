/* test/test_ct.c - comparing and erasing (mote/ct.h). */
#include "support.h"

#include <mote/ct.h>

START_TEST(equal_bytes)
{
    size_t len, offset;
    for (len = 0; len <= test_capped(300); len++) {
        uint8_t *a = guarded_random(len);
        uint8_t *b = guarded_copy(a, len);
        test_note("%zu bytes", len);
        CHECK_INT(mote_ct_equal(a, b, len), 1);
        CHECK_INT(mote_ct_equal(a, a, len), 1);
        guards_release();
    }
    for (offset = 0; offset < 16; offset++) {
        uint8_t *a = guarded_at(33, offset);
        uint8_t *b = guarded_at(33, (5 * offset) % 16);
        test_random(a, 33);
        memcpy(b, a, 33);
        CHECK_INT(mote_ct_equal(a, b, 33), 1);
        b[32] ^= 0x10;
        CHECK_INT(mote_ct_equal(a, b, 33), 0);
        guards_release();
    }
}
END_TEST

START_TEST(nothing_is_equal_to_nothing)
{
    uint8_t byte = 1;
    CHECK_INT(mote_ct_equal(NULL, NULL, 0), 1);
    CHECK_INT(mote_ct_equal(&byte, NULL, 0), 1);
    CHECK_INT(mote_ct_equal(NULL, &byte, 0), 1);
    CHECK_INT(mote_ct_equal("a", "b", 0), 1);
}
END_TEST

START_TEST(every_single_bit)
{
    size_t len, bit;
    for (len = 1; len <= test_capped(64); len++) {
        uint8_t *a = guarded_random(len);
        uint8_t *b = guarded_copy(a, len);
        for (bit = 0; bit < 8 * len; bit += test_step()) {
            test_note("%zu bytes, bit %zu", len, bit);
            b[bit / 8] ^= (uint8_t)(1u << (bit % 8));
            CHECK_INT(mote_ct_equal(a, b, len), 0);
            b[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        }
        CHECK_INT(mote_ct_equal(a, b, len), 1);
        guards_release();
    }
}
END_TEST

START_TEST(every_pair_of_bytes)
{
    size_t x, y;
    for (x = 0; x < 256; x++) {
        for (y = x % test_step(); y < 256; y += test_step()) {
            const uint8_t a = (uint8_t)x, b = (uint8_t)y;
            CHECK_INT(mote_ct_equal(&a, &b, 1), x == y);
        }
    }
}
END_TEST

/* Differences that would cancel if they were added or XORed together instead of collected. */
START_TEST(differences_do_not_cancel)
{
    size_t i, j;
    uint8_t *a = guarded_random(32);
    for (i = 0; i < 32; i++) {
        for (j = 0; j < 32; j++) {
            uint8_t *b = guarded_copy(a, 32);
            test_note("bytes %zu and %zu", i, j);
            b[i] ^= 0xff;
            b[j] ^= i == j ? 0x7f : 0xff;
            CHECK_INT(mote_ct_equal(a, b, 32), 0);
            memcpy(b, a, 32);
            b[i] = (uint8_t)(b[i] + 1);
            b[j] = (uint8_t)(b[j] - (i == j ? 2 : 1));
            CHECK_INT(mote_ct_equal(a, b, 32), 0);
            guards_release();
            a = guarded_random(32);
        }
    }
}
END_TEST

START_TEST(wipe_erases_exactly)
{
    size_t len, offset;
    for (len = 0; len <= test_capped(300); len++) {
        uint8_t *data = guarded_random(len);
        test_note("%zu bytes", len);
        mote_wipe(data, len);
        CHECK_ZERO(data, len);
        guards_release();
    }
    for (offset = 0; offset < 16; offset++) {
        for (len = 0; len <= test_capped(40); len++) {
            uint8_t *data = guarded_at(len, offset);
            test_note("%zu bytes at offset %zu", len, offset);
            mote_wipe(data, len);
            CHECK_ZERO(data, len);
            guards_release();
        }
    }
    mote_wipe(NULL, 0);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("ct");
    test_add(suite, equal_bytes);
    test_add(suite, nothing_is_equal_to_nothing);
    test_add(suite, every_single_bit);
    test_add(suite, every_pair_of_bytes);
    test_add(suite, differences_do_not_cancel);
    test_add(suite, wipe_erases_exactly);
    return test_main(suite);
}
