/* test/test_cbc_stream_errors.c - what a stream refuses, and whether it goes on or is finished after that
 * (mote_cbc_stream of mote/cbc.h). */
#include "cbc_stream_cases.h"

/* ---- Errors that leave the stream as it was */

START_TEST(capacity_too_small_then_enough)
{
    const size_t len = 70;
    size_t cut, cap;
    int direction;
    new_message(len);
    for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
        for (cut = 0; cut < 34; cut += 1 + test_step() / 4) {
            mote_cbc_stream stream;
            const size_t room = due(direction, len) - due(direction, cut);
            start(&stream, direction);
            expect_piece(&stream, direction, 0, 0, cut);
            for (cap = 0; cap < room; cap += 1 + test_step() / 4) {
                uint8_t *out = guarded(cap), *in = guarded_copy(input(direction) + cut, len - cut);
                size_t out_len = 99;
                test_note("direction %d, cut at %zu, room for %zu of %zu", direction, cut, cap, room);
                CHECK_INT(mote_cbc_update(&stream, cap == 0 ? NULL : out, cap, &out_len, in, len - cut),
                          MOTE_ERR_CAPACITY);
                CHECK_INT(out_len, 0);
                CHECK_FILLED(out, TEST_FILL, cap);
                guards_release();
            }
            expect_piece(&stream, direction, 0, cut, len);
            expect_piece(&stream, direction, 0, len, input_len(direction));
            expect_final(&stream, direction);
            guards_release();
        }
    }
}
END_TEST

START_TEST(final_without_room_then_with)
{
    size_t len, cap;
    int direction;
    for (len = 0; len < 33; len++) {
        new_message(len);
        for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
            mote_cbc_stream stream;
            start(&stream, direction);
            expect_piece(&stream, direction, 0, 0, input_len(direction));
            for (cap = 0; cap < 16; cap++) {
                uint8_t *out = guarded(cap);
                size_t out_len = 99;
                CHECK_INT(mote_cbc_final(&stream, cap == 0 ? NULL : out, cap, &out_len), MOTE_ERR_CAPACITY);
                CHECK_INT(out_len, 0);
                CHECK_FILLED(out, TEST_FILL, cap);
                guards_release();
            }
            expect_final(&stream, direction);
            expect_finished(&stream);
            guards_release();
        }
    }
}
END_TEST

/* out begins shift bytes after in, at every fill of the stream; what would be written touches the input or does not. */
START_TEST(partial_overlap_then_apart)
{
    const size_t len = 40;
    size_t fill;
    int direction;
    new_message(100);
    for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
        for (fill = 0; fill <= 16; fill++) {
            const size_t room = due(direction, fill + len) - due(direction, fill);
            long shift;
            for (shift = -(long)room; shift <= (long)len; shift++) {
                uint8_t *area = guarded_random(room + len + room), *in = area + room, *out = in + shift, *before;
                mote_cbc_stream stream;
                size_t out_len = 99;
                test_note("direction %d, %zu bytes wait, shift %ld", direction, fill, shift);
                memcpy(in, input(direction) + fill, len);
                start(&stream, direction);
                before = guarded(16);
                CHECK_INT(mote_cbc_update(&stream, before, 16, &out_len, input(direction), fill), MOTE_OK);
                before = guarded_copy(area, room + len + room);
                if (shift == -(long)room || shift == 0 || shift == (long)len) {
                    CHECK_INT(mote_cbc_update(&stream, out, room, &out_len, in, len), MOTE_OK);
                    CHECK_INT(out_len, room);
                    CHECK_MEM(out, output(direction) + due(direction, fill), room);
                } else {
                    CHECK_INT(mote_cbc_update(&stream, out, room, &out_len, in, len), MOTE_ERR_OVERLAP);
                    CHECK_INT(out_len, 0);
                    CHECK_MEM(area, before, room + len + room);
                    expect_piece(&stream, direction, shift & 1, fill, fill + len);
                }
                expect_piece(&stream, direction, 0, fill + len, input_len(direction));
                expect_final(&stream, direction);
                guards_release();
            }
        }
    }
}
END_TEST

START_TEST(no_input)
{
    mote_cbc_stream stream;
    size_t i, out_len = 99;
    int direction;
    new_message(50);
    for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
        start(&stream, direction);
        for (i = 0; i < 50; i++) {
            expect_piece(&stream, direction, 0, i, i + 1);
            CHECK_INT(mote_cbc_update(&stream, NULL, 0, &out_len, NULL, 0), MOTE_OK);
            CHECK_INT(out_len, 0);
        }
        expect_piece(&stream, direction, 0, 50, input_len(direction));
        expect_final(&stream, direction);
        guards_release();
    }
}
END_TEST

/* Lengths that no memory has: an error with nothing read or written, and the stream goes on. */
START_TEST(lengths_near_size_max)
{
    uint8_t *in = guarded(16), *out = guarded(16);
    size_t below, fill, out_len;
    int direction;
    new_message(50);
    for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
        for (fill = 0; fill <= 17; fill++) {
            mote_cbc_stream stream;
            start(&stream, direction);
            expect_piece(&stream, direction, 0, 0, fill);
            in = guarded(16);
            out = guarded(16);
            for (below = 0; FITS(SIZE_MAX) && below < 40; below++) {
                out_len = 99;
                CHECK_INT(mote_cbc_update(&stream, out, 16, &out_len, in, SIZE_MAX - below),
                          below < 16 ? MOTE_ERR_LENGTH : MOTE_ERR_CAPACITY);
                CHECK_INT(out_len, 0);
            }
            CHECK_FILLED(out, TEST_FILL, 16);
            expect_piece(&stream, direction, 0, fill, input_len(direction));
            expect_final(&stream, direction);
            guards_release();
        }
    }
}
END_TEST

/* ---- Errors that finish the stream (what the padding may be is in test_pkcs7.c) */

START_TEST(decrypting_no_whole_blocks)
{
    size_t len;
    new_message(100);
    for (len = 0; len < 100; len++) {
        uint8_t *out = guarded(16), before[16];
        mote_cbc_stream stream;
        size_t out_len = 99;
        test_note("%zu bytes", len);
        if (len % 16 == 0 && len != 0) {
            continue;
        }
        start(&stream, DECRYPT);
        expect_piece(&stream, DECRYPT, 0, 0, len);
        out = guarded(16);
        memset(before, TEST_FILL, 16);
        CHECK_INT(mote_cbc_final(&stream, out, 16, &out_len), MOTE_ERR_LENGTH);
        CHECK_INT(out_len, 0);
        CHECK_NO_OUTPUT(out, before, 16);
        expect_finished(&stream);
        guards_release();
    }
}
END_TEST

START_TEST(padding_refused_finishes)
{
    uint8_t *ct = guarded_random(32), *out = guarded(16), *before = guarded(16), *tail = guarded(16);
    uint8_t padded[32];
    mote_cbc_stream stream;
    size_t out_len = 99;
    new_message(0);
    test_random(padded, 32);
    padded[31] = 0;
    oracle_aes128(1, key, iv, ct, padded, 32);
    start(&stream, DECRYPT);
    CHECK_INT(mote_cbc_update(&stream, out, 16, &out_len, ct, 32), MOTE_OK);
    CHECK_INT(out_len, 16);
    CHECK_INT(mote_cbc_final(&stream, tail, 15, &out_len), MOTE_ERR_CAPACITY); /* comes before, and tells nothing */
    CHECK_INT(mote_cbc_final(&stream, tail, 16, &out_len), MOTE_ERR_PADDING);
    CHECK_INT(out_len, 0);
    CHECK_NO_OUTPUT(tail, before, 16);
    expect_finished(&stream);
}
END_TEST

START_TEST(wiped_stream_is_finished)
{
    mote_cbc_stream stream;
    size_t fill;
    int direction;
    new_message(40);
    for (direction = DECRYPT; direction <= ENCRYPT; direction++) {
        for (fill = 0; fill <= 33; fill++) {
            start(&stream, direction);
            expect_piece(&stream, direction, 0, 0, fill);
            mote_cbc_stream_wipe(&stream);
            expect_finished(&stream);
            mote_cbc_stream_wipe(&stream);
            expect_finished(&stream);
        }
        start(&stream, direction); /* and can begin again */
        expect_piece(&stream, direction, 0, 0, input_len(direction));
        expect_final(&stream, direction);
        guards_release();
    }
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("cbc_stream_errors");
    test_add(suite, capacity_too_small_then_enough);
    test_add(suite, final_without_room_then_with);
    test_add(suite, partial_overlap_then_apart);
    test_add(suite, no_input);
    test_add(suite, lengths_near_size_max);
    test_add(suite, decrypting_no_whole_blocks);
    test_add(suite, padding_refused_finishes);
    test_add(suite, wiped_stream_is_finished);
    return test_main(suite);
}
