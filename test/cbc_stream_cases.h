/* test/cbc_stream_cases.h - one message in pieces, for the two suites about mote_cbc_stream (mote/cbc.h). */
#ifndef MOTE_TEST_CBC_STREAM_CASES_H
#define MOTE_TEST_CBC_STREAM_CASES_H

#include <mote/cbc.h>
#include <string.h>

#include "oracle.h"
#include "support.h"

enum { DECRYPT, ENCRYPT };

#define MESSAGE_MAX 4096

static uint8_t key[16], iv[16];
static mote_aes128 aes;
static uint8_t plaintext[MESSAGE_MAX], ciphertext[MESSAGE_MAX + 16]; /* what goes in, and what is due to come out */
static size_t plaintext_len, ciphertext_len;

static void new_message(size_t len)
{
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
    plaintext_len = len;
    test_random(plaintext, len);
    ciphertext_len = oracle_cbc_pkcs7_encrypt(key, iv, ciphertext, plaintext, len);
}

static void start(mote_cbc_stream *stream, int direction)
{
    uint8_t the_iv[16];
    memcpy(the_iv, iv, 16);
    (direction == ENCRYPT ? mote_cbc_encrypt_init : mote_cbc_decrypt_init)(stream, &aes, the_iv);
    CHECK_MEM(the_iv, iv, 16);
    memset(the_iv, 0, 16); /* the stream must have its own copy */
}

static const uint8_t *input(int direction)
{
    return direction == ENCRYPT ? plaintext : ciphertext;
}

static const uint8_t *output(int direction)
{
    return direction == ENCRYPT ? ciphertext : plaintext;
}

static size_t input_len(int direction)
{
    return direction == ENCRYPT ? plaintext_len : ciphertext_len;
}

/* How much has come out when so many bytes have gone in: whole blocks, and when decrypting the last one waits. */
static size_t due(int direction, size_t taken)
{
    if (direction == DECRYPT && taken != 0) {
        taken--;
    }
    return taken - taken % 16;
}

static void expect_finished(mote_cbc_stream *stream)
{
    static const mote_cbc_stream wiped;
    uint8_t out[32], in[16] = {0};
    size_t out_len = 99;
    memset(out, TEST_FILL, sizeof out);
    if (test_contexts_local) {
        CHECK_MEM(stream, &wiped, sizeof wiped);
    }
    CHECK_INT(mote_cbc_update(stream, out, sizeof out, &out_len, in, sizeof in), MOTE_ERR_LENGTH);
    CHECK_INT(out_len, 0);
    out_len = 99;
    CHECK_INT(mote_cbc_update(stream, out, sizeof out, &out_len, NULL, 0), MOTE_ERR_LENGTH);
    CHECK_INT(out_len, 0);
    out_len = 99;
    CHECK_INT(mote_cbc_final(stream, out, sizeof out, &out_len), MOTE_ERR_LENGTH);
    CHECK_INT(out_len, 0);
    CHECK_INT(mote_cbc_final(stream, out, 0, &out_len), MOTE_ERR_LENGTH); /* before MOTE_ERR_CAPACITY */
    CHECK_FILLED(out, TEST_FILL, sizeof out);
}

/* The last call. */
static void expect_final(mote_cbc_stream *stream, int direction)
{
    const size_t before = due(direction, input_len(direction));
    uint8_t *out = guarded(16);
    size_t out_len = 99;
    CHECK_INT(mote_cbc_final(stream, out, 16, &out_len), MOTE_OK);
    CHECK_INT(out_len, direction == ENCRYPT ? 16 : plaintext_len - before);
    CHECK_MEM(out, output(direction) + before, out_len);
}

/* The piece from begin to end, into another buffer or in place, with just the room that is needed. */
static void expect_piece(mote_cbc_stream *stream, int direction, int in_place, size_t begin, size_t end)
{
    const size_t before = due(direction, begin), len = end - begin, out_due = due(direction, end) - before;
    const uint8_t *in = input(direction) + begin;
    size_t out_len = 99;
    uint8_t *out = guarded(in_place && len > out_due ? len : out_due);
    if (in_place) {
        memcpy(out, in, len);
        in = out;
    } else {
        in = guarded_copy(in, len);
    }
    CHECK_INT(mote_cbc_update(stream, out, out_due, &out_len, in, len), MOTE_OK);
    CHECK(out_len <= (len + 15) / 16 * 16);
    CHECK_INT(out_len, out_due);
    CHECK_MEM(out, output(direction) + before, out_due);
    if (!in_place) {
        CHECK_MEM(in, input(direction) + begin, len);
    } else if (len > out_due) {
        CHECK_MEM(out + out_due, input(direction) + begin + out_due, len - out_due);
    }
    guards_release();
}

#endif
