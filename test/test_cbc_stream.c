/* test/test_cbc_stream.c - CBC with PKCS#7 padding in pieces, however it is cut (mote_cbc_stream of mote/cbc.h). */
#include "cbc_stream_cases.h"

/* The message cut at the given places (ascending). */
static void expect_cut(int direction, int in_place, const size_t *cuts, size_t count)
{
    mote_cbc_stream stream;
    size_t i, begin = 0;
    start(&stream, direction);
    for (i = 0; i <= count; i++) {
        const size_t end = i < count ? cuts[i] : input_len(direction);
        expect_piece(&stream, direction, in_place, begin, end);
        begin = end;
    }
    expect_final(&stream, direction);
    if (test_random_below(16) == 0) {
        expect_finished(&stream);
    }
    guards_release();
}

/* ---- Cuts */

START_TEST(every_length_in_one_piece)
{
    size_t len;
    for (len = 0; len <= 300 && FITS(len + 16); len++) {
        test_note("%zu bytes", len);
        new_message(len);
        expect_cut(ENCRYPT, 0, NULL, 0);
        expect_cut(ENCRYPT, 1, NULL, 0);
        expect_cut(DECRYPT, 0, NULL, 0);
        expect_cut(DECRYPT, 1, NULL, 0);
    }
}
END_TEST

START_TEST(every_cut_in_two)
{
    size_t len, cut;
    int direction;
    for (len = 0; len <= 100; len += test_step()) {
        new_message(len);
        for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
            for (cut = 0; cut <= input_len(direction); cut++) {
                test_note("%zu bytes, direction %d, cut at %zu", len, direction, cut);
                expect_cut(direction, 0, &cut, 1);
                expect_cut(direction, 1, &cut, 1);
            }
        }
    }
}
END_TEST

START_TEST(every_cut_in_three)
{
    size_t len, cuts[2];
    int direction;
    for (len = 0; len <= 36; len += test_step()) {
        new_message(len);
        for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
            for (cuts[0] = 0; cuts[0] <= input_len(direction); cuts[0]++) {
                for (cuts[1] = cuts[0]; cuts[1] <= input_len(direction); cuts[1]++) {
                    test_note("%zu bytes, direction %d, cut at %zu and %zu", len, direction, cuts[0], cuts[1]);
                    expect_cut(direction, 0, cuts, 2);
                    expect_cut(direction, 1, cuts, 2);
                }
            }
        }
    }
}
END_TEST

START_TEST(byte_by_byte)
{
    size_t len, cuts[128], i;
    for (i = 0; i < 128; i++) {
        cuts[i] = i;
    }
    for (len = 0; len < 100; len += test_step()) {
        test_note("%zu bytes", len);
        new_message(len);
        expect_cut(ENCRYPT, 0, cuts, plaintext_len);
        expect_cut(DECRYPT, 0, cuts, ciphertext_len);
        expect_cut(ENCRYPT, 1, cuts, plaintext_len);
        expect_cut(DECRYPT, 1, cuts, ciphertext_len);
    }
}
END_TEST

/* Pieces of random sizes, some calls in place and some not. */
START_TEST(random_cuts)
{
    unsigned i, rounds = test_scaled(3000);
    for (i = 0; i < rounds; i++) {
        const int direction = (int)test_random_below(2);
        const size_t most = 1 + test_random_below(test_capped(i % 4 == 0 ? 600 : 56) - 16); /* and one block out */
        mote_cbc_stream stream;
        size_t begin = 0, total;
        new_message(test_random_below(i % 50 == 0 ? MESSAGE_MAX : 300));
        total = input_len(direction);
        start(&stream, direction);
        while (begin < total) {
            const size_t left = total - begin, take = test_random_below((left < most ? left : most) + 1);
            test_note("direction %d, %zu bytes, from %zu to %zu", direction, total, begin, begin + take);
            expect_piece(&stream, direction, (int)test_random_below(2), begin, begin + take);
            begin += take;
        }
        expect_final(&stream, direction);
        guards_release();
    }
}
END_TEST

/* Streams do not know of each other, also under one key. */
START_TEST(two_streams_at_once)
{
    mote_cbc_stream one, other;
    size_t i;
    new_message(64);
    start(&one, ENCRYPT);
    start(&other, DECRYPT);
    for (i = 0; i < 64; i += 8) {
        expect_piece(&one, ENCRYPT, 0, i, i + 8);
        expect_piece(&other, DECRYPT, 0, i, i + 8);
    }
    expect_piece(&other, DECRYPT, 0, 64, 80);
    expect_final(&one, ENCRYPT);
    expect_final(&other, DECRYPT);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("cbc_stream");
    test_add(suite, every_length_in_one_piece);
    test_add(suite, every_cut_in_two);
    test_add(suite, every_cut_in_three);
    test_add(suite, byte_by_byte);
    test_add(suite, random_cuts);
    test_add(suite, two_streams_at_once);
    return test_main(suite);
}
