/* test/test_cbc_hmac_rules.c - the rules of mote/cbc_hmac.h: lengths, capacities, overlap, order of errors. */
#include "cbc_hmac_cases.h"

/* The call is refused before anything is written, whatever the buffers hold. */
static void expect_untouched(const struct call *call, mote_status status)
{
    expect_refused(call, status, NULL);
    if (call->part[OUT] != NULL) {
        CHECK_FILLED(call->part[OUT], TEST_FILL, call->len[OUT]);
    }
    if (call->which == ENCRYPT) {
        CHECK_FILLED(call->part[TAG], TEST_FILL, 16);
    }
    expect_inputs_kept(call);
}

/* ---- Lengths */

START_TEST(sealed_length)
{
    size_t len;
    for (len = 0; len <= 1000; len++) {
        CHECK_INT(mote_sealed_len(len), 16 + (len / 16 + 1) * 16 + 16);
    }
    if (FITS(SIZE_MAX)) {
        for (len = SIZE_MAX - 63; len <= SIZE_MAX - 48; len++) {
            CHECK(mote_sealed_len(len) == SIZE_MAX - 15);
        }
        for (len = SIZE_MAX - 47; len != 0; len++) {
            CHECK_INT(mote_sealed_len(len), 0);
        }
    }
}
END_TEST

/* Ciphertexts and packets of every length that there is not. */
START_TEST(wrong_lengths)
{
    size_t len;
    int which;
    for (len = 0; len <= 130; len++) {
        for (which = DECRYPT; which <= OPEN; which += OPEN - DECRYPT) {
            struct call call;
            if (len % 16 == 0 && len >= (size_t)(which == OPEN ? 48 : 16)) {
                continue;
            }
            new_message(100, 10);
            call = right_call(which);
            call.len[IN] = len;
            call.part[IN] = len != 0 ? guarded(len) : NULL;
            content(&call, IN, call.part[IN]);
            test_note("operation %d, %zu bytes", which, len);
            expect_untouched(&call, MOTE_ERR_LENGTH);
            call.part[OUT] = NULL;
            call.len[OUT] = 0;
            expect_untouched(&call, MOTE_ERR_LENGTH); /* before MOTE_ERR_CAPACITY */
            guards_release();
        }
    }
}
END_TEST

/* Lengths that no memory has: refused by their number alone, with nothing read or written. */
START_TEST(lengths_near_size_max)
{
    size_t below;
    int which;
    CHECK(OPERATIONS > 0);
    new_message(20, 20);
    for (which = 0; FITS(SIZE_MAX) && which < OPERATIONS; which++) {
        for (below = 0; below < 80; below++) {
            struct call call = right_call(which);
            const size_t len = SIZE_MAX - below;
            size_t out_len = 99;
            int too_long = which == ENCRYPT ? below < 16 : which == SEAL ? below < 48 : len % 16 != 0;
            call.len[IN] = len;
            test_note("operation %d, SIZE_MAX - %zu bytes", which, below);
            CHECK_INT(make(&call, &out_len), too_long ? MOTE_ERR_LENGTH : MOTE_ERR_CAPACITY);
            CHECK_INT(out_len, 0);
            CHECK_FILLED(call.part[OUT], TEST_FILL, call.len[OUT]);
            if (too_long) { /* LENGTH before OVERLAP: everything behind it lies in a part as long as that */
                call.part[IN] = guarded(128);
                call.part[OUT] = call.part[IN] + 16;
                call.part[TAG] = call.part[IN] + 96;
                CHECK_INT(make(&call, &out_len), MOTE_ERR_LENGTH);
                CHECK_FILLED(call.part[IN], TEST_FILL, 128);
            }
            guards_release();
        }
    }
}
END_TEST

/* The length of the aad in bits must fit 64 bits. */
START_TEST(aad_near_size_max)
{
    int which;
    CHECK(OPERATIONS > 0);
    new_message(20, 20);
    for (which = 0; FITS(SIZE_MAX) && SIZE_MAX > UINT64_MAX / 8 && which < OPERATIONS; which++) {
        const size_t least = (size_t)(UINT64_MAX / 8) + 1;
        size_t i;
        for (i = 0; i < 20; i++) {
            struct call call = right_call(which);
            size_t out_len = 99;
            call.len[AAD] = i % 2 == 0 ? SIZE_MAX - i / 2 : least + i / 2;
            CHECK_INT(make(&call, &out_len), MOTE_ERR_LENGTH);
            CHECK_INT(out_len, 0);
            call.len[OUT] = 0;
            CHECK_INT(make(&call, &out_len), MOTE_ERR_LENGTH); /* before MOTE_ERR_CAPACITY */
            CHECK_FILLED(call.part[OUT], TEST_FILL, room(which));
            call.len[AAD] = least - 1; /* the longest that there may be */
            CHECK_INT(make(&call, &out_len), MOTE_ERR_CAPACITY);
            CHECK_INT(out_len, 0);
            guards_release();
        }
    }
}
END_TEST

/* ---- Capacities */

START_TEST(capacity_too_small)
{
    size_t len, cap;
    int which;
    for (len = 0; len <= 33; len += len < 14 ? 7 : 1) {
        new_message(len, 5);
        for (which = 0; which < OPERATIONS; which++) {
            for (cap = 0; cap < room(which); cap++) {
                struct call call = right_call(which);
                call.part[OUT] = cap != 0 ? guarded(cap) : NULL;
                call.len[OUT] = cap;
                test_note("operation %d, %zu bytes, room for %zu", which, len, cap);
                expect_untouched(&call, MOTE_ERR_CAPACITY);
                guards_release();
            }
        }
    }
}
END_TEST

/* ---- Overlap */

/* May one part lie shift bytes after the other? Only where the header says so. */
static int allowed(int which, int writer, int reader, long shift)
{
    if (writer != OUT) {
        return 0;
    }
    if (which == SEAL) {
        return (reader == IN && shift == -16) || (reader == IV && shift == 0);
    }
    return reader == IN && shift == (which == OPEN ? 16 : 0);
}

/* Two parts of one call in one area, the writer shift bytes after the other: from just apart on one side to just apart
 * on the other. */
static void overlap(int which, int writer, int reader)
{
    struct call call = right_call(which);
    const size_t written_len = call.len[writer], len = call.len[reader];
    long shift;
    if (len == 0 || written_len == 0) {
        return;
    }
    for (shift = -(long)written_len; shift <= (long)len; shift++) {
        uint8_t *area, *before;
        size_t out_len = 99;
        call = right_call(which);
        area = guarded_random(written_len + len + written_len);
        call.part[reader] = area + written_len;
        call.part[writer] = area + written_len + shift;
        if (!written(which, reader)) {
            content(&call, reader, call.part[reader]);
        }
        test_note("operation %d, part %d at %ld from part %d", which, writer, shift, reader);
        if (shift == -(long)written_len || shift == (long)len || allowed(which, writer, reader, shift)) {
            expect_right(&call);
        } else {
            before = guarded_copy(area, written_len + len + written_len);
            CHECK_INT(make(&call, &out_len), MOTE_ERR_OVERLAP);
            CHECK_INT(out_len, 0);
            CHECK_MEM(area, before, written_len + len + written_len);
            if (writer != OUT && reader != OUT) {
                CHECK_FILLED(call.part[OUT], TEST_FILL, call.len[OUT]);
            }
        }
        guards_release();
    }
}

START_TEST(every_overlap)
{
    static const size_t lengths[] = {20, 0, 1, 16, 63};
    size_t i;
    int which, writer, reader;
    for (i = 0; i < sizeof lengths / sizeof *lengths; i += test_step() < 5 ? 1 : test_step()) {
        new_message(lengths[i], 13);
        for (which = 0; which < OPERATIONS; which++) {
            for (writer = 0; writer < PARTS; writer++) {
                for (reader = 0; written(which, writer) && reader < PARTS; reader++) {
                    if (reader != writer) {
                        overlap(which, writer, reader);
                    }
                }
            }
        }
    }
}
END_TEST

/* Inputs may share memory with each other as they like. */
START_TEST(inputs_overlap_each_other)
{
    uint8_t *area = guarded_random(64), *sealed = guarded(96), *out = guarded(64);
    size_t out_len = 99;
    CHECK_INT(mote_seal(area, area + 8, sealed, 96, &out_len, area, 40, area + 3, 37), MOTE_OK);
    CHECK_INT(out_len, 80);
    CHECK_INT(mote_open(area, out, 64, &out_len, sealed, 80, area + 3, 37), MOTE_OK);
    CHECK_INT(out_len, 40);
    CHECK_MEM(out, area, 40);
}
END_TEST

/* LENGTH, CAPACITY, OVERLAP, and only then what the content says. */
START_TEST(order_of_errors)
{
    struct call call;
    int which;
    new_message(20, 20);
    for (which = 0; which < OPERATIONS; which++) {
        call = right_call(which); /* CAPACITY before OVERLAP: a buffer a byte too small that lies in the aad */
        call.part[OUT] = call.part[AAD];
        call.len[OUT] = room(which) - 1;
        CHECK(call.len[OUT] > 0);
        {
            size_t out_len = 99;
            CHECK_INT(make(&call, &out_len), MOTE_ERR_CAPACITY);
            CHECK_INT(out_len, 0);
            expect_inputs_kept(&call);
        }
        guards_release();
    }
    for (which = DECRYPT; which <= OPEN; which += OPEN - DECRYPT) {
        uint8_t *forged;
        size_t out_len = 99;
        call = right_call(which); /* LENGTH before OVERLAP */
        call.len[IN]--;
        call.part[OUT] = call.part[IN] + 1;
        CHECK_INT(make(&call, &out_len), MOTE_ERR_LENGTH);

        call = right_call(which); /* CAPACITY and OVERLAP before AUTH */
        forged = call.part[IN];
        forged[20] ^= 1;
        call.len[OUT]--;
        out_len = 99;
        CHECK_INT(make(&call, &out_len), MOTE_ERR_CAPACITY);
        CHECK_INT(out_len, 0);
        call.len[OUT]++;
        call.part[OUT] = forged + 1;
        out_len = 99;
        CHECK_INT(make(&call, &out_len), MOTE_ERR_OVERLAP);
        CHECK_INT(out_len, 0);
        call.part[OUT] = guarded(room(which));
        expect_refused(&call, MOTE_ERR_AUTH, NULL);
        guards_release();
    }
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("cbc_hmac_rules");
    test_add(suite, sealed_length);
    test_add(suite, wrong_lengths);
    test_add(suite, lengths_near_size_max);
    test_add(suite, aad_near_size_max);
    test_add(suite, capacity_too_small);
    test_add(suite, every_overlap);
    test_add(suite, inputs_overlap_each_other);
    test_add(suite, order_of_errors);
    return test_main(suite);
}
