/* test/test_hardware.c - what becomes of MOTE_ERR_HARDWARE: a block cipher that fails, under everything above it.
 *
 * With MOTE_AES_EXTERN the block cipher is a chip's AES unit, which may fail at any call (test_extern.c has such a unit
 * under the library's own functions). Here this file's functions take the place of the library's (aes/aes_backend.h): a
 * program that defines them does not take them from the static library. The cipher is none (every byte is turned around), so
 * that the tests see what was written; it fails at the call that a test says, and then has written something already, as a
 * unit may have that was interrupted. */
#include <mote/mote.h>
#include <string.h>

#include "../aes/aes_backend.h"

static unsigned until_failure; /* calls that still work */
static unsigned calls;

static mote_status next(void)
{
    calls++;
    return until_failure-- == 0 ? MOTE_ERR_HARDWARE : MOTE_OK;
}

static mote_status turn(uint8_t *out, const uint8_t *in, size_t len)
{
    const mote_status status = len == 0 ? MOTE_OK : next();
    size_t i;
    for (i = 0; i < (status == MOTE_OK ? len : len / 2); i++) {
        out[i] = (uint8_t)~in[i];
    }
    return status;
}

mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16])
{
    memcpy(aes, key, 16);
    return next();
}

void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    (void)aes;
    memmove(out, in, 16);
}

void mote_aes128_decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    (void)aes;
    memmove(out, in, 16);
}

void mote_aes128_wipe(mote_aes128 *aes)
{
    mote_wipe(aes, sizeof *aes);
}

const char *mote_aes128_backend(void)
{
    return "failing";
}

mote_status mote_aes128_cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
    (void)aes, (void)chain;
    return turn(out, in, 16 * blocks);
}

mote_status mote_aes128_cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
    (void)aes, (void)chain;
    return turn(out, in, 16 * blocks);
}

/* ---- */

#define LEN 40 /* of the message: two blocks and a half */
#define PADDED 48
#include "cipher_cases.h" /* not before: its variables are called as the parameters above are */

#define NEVER 1000

static void set_up(void)
{
    until_failure = NEVER;
    key[0] = 1;
    iv[0] = 2;
    memset(message, 0x33, sizeof message);
    make_inputs();
    fresh_outputs();
}

/* Each failure of each operation is reported and leaves no output. */
START_TEST(every_failure_is_reported)
{
    size_t i;
    unsigned fails_at, due;
    for (i = 0; i < OPERATIONS; i++) {
        const size_t room = operations[i].room;
        set_up();
        calls = 0;
        CHECK_INT(operations[i].make(), MOTE_OK);
        CHECK(out_len > 0);
        due = calls;
        CHECK(due > 0);
        for (fails_at = 0; fails_at < due; fails_at++) {
            set_up();
            test_note("operation %zu, call %u of %u fails", i, fails_at + 1, due);
            until_failure = fails_at;
            CHECK_INT(operations[i].make(), MOTE_ERR_HARDWARE);
            check_no_output(room);
        }
        guards_release();
    }
}
END_TEST

/* How much has come out of a stream when so many bytes have gone in. */
static size_t due(int decrypts, size_t taken)
{
    return (decrypts && taken != 0 ? taken - 1 : taken) / 16 * 16;
}

/* Cut a message in two, let one call of the cipher fail in the second piece or at the end; was there such a call? */
static int stream_fails(int decrypts, int in_place, size_t cut, unsigned fails_at)
{
    static const mote_cbc_stream wiped;
    const size_t room = due(decrypts, PADDED) - due(decrypts, cut);
    mote_cbc_stream stream;
    uint8_t *rest = guarded_copy(ct + cut, PADDED - cut);
    mote_status status;
    int failed;
    (decrypts ? mote_cbc_decrypt_init : mote_cbc_encrypt_init)(&stream, &aes, iv);
    CHECK_INT(mote_cbc_update(&stream, out, PADDED, &out_len, ct, cut), MOTE_OK);

    out = in_place && room <= PADDED - cut ? rest : guarded(room);
    until_failure = fails_at;
    status = mote_cbc_update(&stream, out, room, &out_len, rest, PADDED - cut);
    if (status == MOTE_OK) {
        CHECK_INT(out_len, room);
        out = guarded(16);
        status = mote_cbc_final(&stream, out, 16, &out_len);
        failed = until_failure > NEVER; /* it has gone below 0 */
        if (failed) {
            CHECK_NO_OUTPUT(out, before, 16);
        }
    } else {
        failed = 1;
        CHECK_ZERO(out, room);
    }
    CHECK_INT(status == MOTE_ERR_HARDWARE, failed);
    if (failed) {
        CHECK_INT(out_len, 0);
    }
    CHECK_MEM(&stream, &wiped, sizeof wiped);
    CHECK_INT(mote_cbc_update(&stream, NULL, 0, &out_len, NULL, 0), MOTE_ERR_LENGTH);
    guards_release();
    return failed;
}

/* A stream that has failed is finished, and what the failing call wrote is gone. */
START_TEST(every_failure_ends_the_stream)
{
    unsigned fails_at;
    size_t cut;
    int decrypts, in_place;
    for (decrypts = 0; decrypts <= 1; decrypts++) {
        for (in_place = 0; in_place <= 1; in_place++) {
            for (cut = 0; cut <= 32; cut++) {
                fails_at = 0;
                do {
                    set_up();
                    test_note("decrypts %d, in place %d, cut at %zu, call %u fails", decrypts, in_place, cut,
                              fails_at + 1);
                } while (stream_fails(decrypts, in_place, cut, fails_at++));
                CHECK(fails_at > 2); /* one call at least in the second piece, and one at the end */
            }
        }
    }
}
END_TEST

/* An IV of zeros is what mote_cbc_iv_from_counter gives where the unit has failed: nothing is encrypted with it, but a packet that
 * somebody else has made with it is opened. */
START_TEST(no_iv_of_zeros)
{
    uint8_t zeros[16] = {0}, forged[PADDED + 32] = {0}, covered[3 + 16 + PADDED + 8] = {0}, full[32];
    size_t i;
    set_up();
    out = guarded(sizeof sealed);
    CHECK_INT(mote_cbc_hmac_encrypt(key, zeros, out, PADDED, &out_len, out_tag, message, LEN, aad, 3), MOTE_ERR_HARDWARE);
    CHECK_INT(out_len, 0);
    CHECK_NO_OUTPUT(out, before, PADDED);
    CHECK_FILLED(out_tag, TEST_FILL, 16);
    CHECK_INT(mote_seal(key, zeros, out, sizeof sealed, &out_len, message, LEN, aad, 3), MOTE_ERR_HARDWARE);
    CHECK_INT(out_len, 0);
    CHECK_NO_OUTPUT(out, before, sizeof sealed);

    for (i = 0; i < 16; i++) { /* one bit that is not zero is enough */
        zeros[i] = 0x10;
        CHECK_INT(mote_cbc_hmac_encrypt(key, zeros, out, PADDED, &out_len, out_tag, message, LEN, aad, 3), MOTE_OK);
        CHECK_INT(mote_seal(key, zeros, out, sizeof sealed, &out_len, message, LEN, aad, 3), MOTE_OK);
        zeros[i] = 0;
    }

    memcpy(covered, aad, 3);
    memcpy(covered + 3 + 16, ct, PADDED);
    covered[sizeof covered - 1] = 8 * 3;
    mote_hmac_sha256(full, key, 16, covered, sizeof covered);
    memcpy(forged + 16, ct, PADDED);
    memcpy(forged + 16 + PADDED, full, 16);
    CHECK_INT(mote_open(key, out, PADDED, &out_len, forged, sizeof forged, aad, 3), MOTE_OK);
    CHECK_INT(out_len, LEN);
    CHECK_MEM(out, message, LEN);
    CHECK_INT(mote_cbc_hmac_decrypt(key, zeros, out, PADDED, &out_len, ct, PADDED, full, aad, 3), MOTE_OK);
    CHECK_INT(out_len, LEN);
    CHECK_MEM(out, message, LEN);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("hardware");
    test_add(suite, every_failure_is_reported);
    test_add(suite, every_failure_ends_the_stream);
    test_add(suite, no_iv_of_zeros);
    return test_main(suite);
}
