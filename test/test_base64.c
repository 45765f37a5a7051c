/* test/test_base64.c - Base64, Base64url and Base16 (RFC 4648): right texts and the rules about buffers
 * (mote/base64.h). Texts that are refused are in test_base64_strict.c. */
#include "base64_cases.h"

#include <openssl/evp.h>

#include "vectors.h"

/* ---- Right texts */

/* Both directions: with just the room that is needed, and more, at any alignment; decoding in place too. */
static void expect_pair(int which, const uint8_t *data, size_t len, const char *text, size_t text_len)
{
    const codec *c = &codecs[which];
    uint8_t *bytes = guarded_copy(data, len), *out;
    char *in = (char *)guarded_copy(text, text_len), *encoded = (char *)guarded(text_len);
    static uint8_t back[3000];
    size_t out_len = 99, spare;

    test_note("%s, %zu bytes", c->name, len);
    CHECK_INT(reference_decode(which, back, text, text_len), len); /* the reference itself */
    CHECK_MEM(back, data, len);
    CHECK_INT(c->encode(encoded, text_len, &out_len, bytes, len), MOTE_OK);
    CHECK_INT(out_len, text_len);
    CHECK_MEM(encoded, text, text_len); /* and no NUL, for which there is no room */
    for (spare = 1; spare < 4; spare++) {
        encoded = (char *)guarded_at(text_len + spare, test_random_below(64));
        CHECK_INT(c->encode(encoded, text_len + spare, &out_len, bytes, len), MOTE_OK);
        CHECK_INT(out_len, text_len);
        CHECK_MEM(encoded, text, text_len);
        CHECK_INT(encoded[text_len], 0);
        CHECK_FILLED(encoded + text_len + 1, TEST_FILL, spare - 1);
    }
    CHECK_MEM(bytes, data, len);

    out = guarded(len);
    out_len = 99;
    CHECK_INT(c->decode(out, len, &out_len, in, text_len), MOTE_OK);
    CHECK_INT(out_len, len);
    CHECK_MEM(out, data, len);
    CHECK_MEM(in, text, text_len);
    out = guarded_at(len + 9, test_random_below(64));
    CHECK_INT(c->decode(out, len + 9, &out_len, in, text_len), MOTE_OK);
    CHECK_INT(out_len, len);
    CHECK_MEM(out, data, len);
    CHECK_FILLED(out + len, TEST_FILL, 9);
    CHECK_INT(c->decode((uint8_t *)in, text_len, &out_len, in, text_len), MOTE_OK);
    CHECK_INT(out_len, len);
    CHECK_MEM(in, data, len);
    CHECK_MEM(in + len, text + len, text_len - len);
    guards_release();
}

START_TEST(vectors_of_rfc4648)
{
    vectors *v = vectors_open("rfc4648.txt", "encoding:word bytes:hex text:hex");
    size_t i, k;
    for (i = 0; i < v->count; i++) {
        const vector_bytes bytes = vector_hex(v, i, "bytes"), text = vector_hex(v, i, "text");
        const int which = strcmp(vector_word(v, i, "encoding"), "base16") == 0 ? BASE16 : BASE64;
        char lower[64];
        uint8_t out[32];
        size_t out_len = 99;
        CHECK(text.len < sizeof lower);
        CHECK_INT(codecs[which].decode(out, sizeof out, &out_len, (const char *)text.data, text.len), MOTE_OK);
        CHECK_INT(out_len, bytes.len);
        CHECK_MEM(out, bytes.data, bytes.len);
        for (k = 0; k < text.len; k++) { /* section 10 prints Base16 in upper case */
            const char character = (char)text.data[k];
            lower[k] = which == BASE16 && character >= 'A' ? (char)(character - 'A' + 'a') : character;
        }
        expect_pair(which, bytes.data, bytes.len, lower, text.len);
        if (which == BASE64) { /* none of these has a + or / */
            for (k = text.len; k > 0 && lower[k - 1] == '='; k--) {
            }
            expect_pair(BASE64URL, bytes.data, bytes.len, lower, k);
        }
    }
    CHECK_INT(v->count, 14);
    vectors_close(v);
}
END_TEST

START_TEST(every_length_as_the_reference)
{
    uint8_t data[300];
    char text[700];
    size_t len;
    int which;
    for (len = 0; len <= sizeof data && FITS(2 * len + 4); len += test_step()) {
        for (which = 0; which < CODECS; which++) {
            test_random(data, len);
            expect_pair(which, data, len, text, reference_encode(which, text, data, len));
        }
    }
}
END_TEST

START_TEST(random_data_as_openssl)
{
    uint8_t data[3000];
    char text[4004], url[4004];
    unsigned i, rounds = test_scaled(1000);
    for (i = 0; i < rounds; i++) {
        const size_t len = test_random_below(test_capped(i % 10 == 0 ? 4000 : 272) / 4 * 3 - 6);
        size_t text_len, url_len;
        test_random(data, len);
        text_len = (size_t)EVP_EncodeBlock((unsigned char *)text, data, (int)len);
        expect_pair(BASE64, data, len, text, text_len);
        for (url_len = 0; url_len < text_len && text[url_len] != '='; url_len++) {
            url[url_len] = (char)(text[url_len] == '+' ? '-' : text[url_len] == '/' ? '_' : text[url_len]);
        }
        expect_pair(BASE64URL, data, len, url, url_len);
    }
}
END_TEST

/* Every digit at every place of a group. */
START_TEST(every_group)
{
    uint8_t data[3];
    char text[8];
    size_t at, len;
    unsigned value;
    int which;
    for (which = 0; which < CODECS; which++) {
        for (len = 1; len <= 3; len++) {
            for (at = 0; at < len; at++) {
                for (value = 0; value < 256; value++) {
                    test_random(data, 3);
                    data[at] = (uint8_t)value;
                    expect_pair(which, data, len, text, reference_encode(which, text, data, len));
                }
            }
        }
    }
}
END_TEST

START_TEST(empty)
{
    int which;
    for (which = 0; which < CODECS; which++) {
        const codec *c = &codecs[which];
        char *text = (char *)guarded(1);
        size_t out_len = 99;
        CHECK_INT(c->encode(NULL, 0, &out_len, NULL, 0), MOTE_OK);
        CHECK_INT(out_len, 0);
        out_len = 99;
        CHECK_INT(c->encode(text, 1, &out_len, NULL, 0), MOTE_OK);
        CHECK_INT(out_len, 0);
        CHECK_INT(text[0], 0);
        out_len = 99;
        CHECK_INT(c->decode(NULL, 0, &out_len, NULL, 0), MOTE_OK);
        CHECK_INT(out_len, 0);
        text[0] = 'x';
        out_len = 99;
        CHECK_INT(c->decode((uint8_t *)text, 1, &out_len, NULL, 0), MOTE_OK);
        CHECK_INT(out_len, 0);
        CHECK_INT(text[0], 'x');
        guards_release();
    }
}
END_TEST

/* ---- Lengths */

START_TEST(encoded_length)
{
    static const uint8_t zeros[1001];
    static char text[2100];
    size_t len;
    for (len = 0; len <= 1000; len++) {
        CHECK_INT(mote_base64_encoded_len(len), reference_encode(BASE64, text, zeros, len));
        CHECK_INT(mote_base64url_encoded_len(len), reference_encode(BASE64URL, text, zeros, len));
    }
    if (FITS(SIZE_MAX)) {
        /* SIZE_MAX is 4 k + 3: k groups of four digits, and without padding three digits more. */
        const size_t k = SIZE_MAX / 4;
        CHECK_INT(mote_base64_encoded_len(3 * k - 3), 4 * k - 4);
        for (len = 3 * k - 2; len <= 3 * k; len++) {
            CHECK(mote_base64_encoded_len(len) == 4 * k);
        }
        CHECK(mote_base64url_encoded_len(3 * k) == 4 * k);
        CHECK(mote_base64url_encoded_len(3 * k + 1) == 4 * k + 2);
        CHECK(mote_base64url_encoded_len(3 * k + 2) == 4 * k + 3);
        for (len = 3 * k + 1; len <= 3 * k + 100; len++) {
            CHECK_INT(mote_base64_encoded_len(len), 0);
            CHECK_INT(mote_base64url_encoded_len(len + 2), 0);
            CHECK_INT(mote_base64_encoded_len(SIZE_MAX - (len - 3 * k - 1)), 0);
            CHECK_INT(mote_base64url_encoded_len(SIZE_MAX - (len - 3 * k - 1)), 0);
        }
    }
}
END_TEST

/* Lengths that no memory has: refused by their number alone, with nothing read or written. */
START_TEST(lengths_near_size_max)
{
    uint8_t *in = guarded(4), *out = guarded(4);
    int which;
    CHECK(CODECS == 3);
    for (which = 0; FITS(SIZE_MAX) && which < CODECS; which++) {
        const codec *c = &codecs[which];
        const size_t longest = which == BASE16 ? SIZE_MAX / 2 : SIZE_MAX / 4 * 3 + (which == BASE64URL ? 2 : 0);
        size_t i, out_len;
        for (i = 0; i < 20; i++) {
            test_note("%s, %zu", c->name, i);
            out_len = 99;
            CHECK_INT(c->encode((char *)out, 4, &out_len, in, longest - i), MOTE_ERR_CAPACITY);
            CHECK_INT(out_len, 0);
            out_len = 99;
            CHECK_INT(c->encode((char *)out, 4, &out_len, in, longest + 1 + i), MOTE_ERR_LENGTH);
            CHECK_INT(out_len, 0);
            out_len = 99;
            CHECK_INT(c->encode(NULL, 0, &out_len, in, SIZE_MAX - i), MOTE_ERR_LENGTH);
            CHECK_INT(out_len, 0);
            if (which != BASE64 || (SIZE_MAX - i) % 4 != 0) { /* Base64 would look for = at the end */
                out_len = 99;
                CHECK_INT(c->decode(out, 4, &out_len, (const char *)in, SIZE_MAX - i),
                          room(which, NULL, SIZE_MAX - i) == REFUSED ? MOTE_ERR_ENCODING : MOTE_ERR_CAPACITY);
                CHECK_INT(out_len, 0);
            }
        }
    }
    CHECK_FILLED(out, TEST_FILL, 4);
}
END_TEST

/* ---- Capacities */

START_TEST(capacity_too_small)
{
    uint8_t data[40];
    char text[90];
    size_t len, cap;
    int which;
    for (which = 0; which < CODECS; which++) {
        const codec *c = &codecs[which];
        for (len = 1; len <= sizeof data; len++) {
            size_t text_len;
            test_random(data, len);
            text_len = reference_encode(which, text, data, len);
            for (cap = 0; cap < text_len; cap++) {
                uint8_t *out = guarded(cap);
                size_t out_len = 99;
                test_note("%s, %zu bytes, room for %zu", c->name, len, cap);
                CHECK_INT(c->encode(cap != 0 ? (char *)out : NULL, cap, &out_len, data, len), MOTE_ERR_CAPACITY);
                CHECK_INT(out_len, 0);
                CHECK_FILLED(out, TEST_FILL, cap);
                if (cap < len) {
                    out_len = 99;
                    CHECK_INT(c->decode(cap != 0 ? out : NULL, cap, &out_len, text, text_len), MOTE_ERR_CAPACITY);
                    CHECK_INT(out_len, 0);
                    CHECK_FILLED(out, TEST_FILL, cap);
                }
                guards_release();
            }
        }
    }
}
END_TEST

/* ---- Overlap: out begins shift bytes after in (or before it), from just apart to just apart on the other side. */

/* written: what the call writes, with the NUL of an encoder that has room for it. */
static void overlap(int which, int encodes, size_t len, size_t nul)
{
    const codec *c = &codecs[which];
    uint8_t data[32], expected[80];
    char text[80];
    size_t text_len, in_len, written;
    long shift;
    test_random(data, len);
    text_len = reference_encode(which, text, data, len);
    in_len = encodes ? len : text_len;
    written = encodes ? text_len + nul : len;
    memcpy(expected, encodes ? (const void *)text : data, encodes ? text_len : len);
    for (shift = -(long)written; shift <= (long)in_len; shift++) {
        uint8_t *area = guarded_random(written + in_len + written), *in = area + written, *out = in + shift, *before;
        size_t out_len = 99;
        mote_status status;
        memcpy(in, encodes ? (const void *)data : text, in_len);
        before = guarded_copy(area, written + in_len + written);
        status = encodes ? c->encode((char *)out, written, &out_len, in, in_len)
                         : c->decode(out, written, &out_len, (const char *)in, in_len);
        test_note("%s, encodes %d, %zu bytes, shift %ld, NUL %zu", c->name, encodes, len, shift, nul);
        if (shift == -(long)written || shift == (long)in_len || (shift == 0 && !encodes)) {
            CHECK_INT(status, MOTE_OK);
            CHECK_INT(out_len, written - nul);
            CHECK_MEM(out, expected, written - nul);
        } else {
            CHECK_INT(status, MOTE_ERR_OVERLAP);
            CHECK_INT(out_len, 0);
            CHECK_MEM(area, before, written + in_len + written);
        }
        guards_release();
    }
}

START_TEST(every_overlap)
{
    size_t len;
    int which;
    for (which = 0; which < CODECS; which++) {
        for (len = 1; len <= 20; len++) {
            overlap(which, 1, len, 0);
            overlap(which, 1, len, 1);
            overlap(which, 0, len, 0);
        }
    }
}
END_TEST

/* LENGTH, CAPACITY, OVERLAP, and only then what the text says. */
START_TEST(order_of_errors)
{
    int which;
    for (which = 0; which < CODECS; which++) {
        const codec *c = &codecs[which];
        uint8_t *area = guarded(64);
        size_t out_len = 99;
        memset(area, '!', 64); /* no digit anywhere */
        CHECK_INT(c->decode(area + 1, which == BASE16 ? 7 : 11, &out_len, (char *)area, 16), MOTE_ERR_CAPACITY);
        CHECK_INT(out_len, 0);
        CHECK_FILLED(area, '!', 64);
        out_len = 99;
        CHECK_INT(c->decode(area + 1, 12, &out_len, (char *)area, 16), MOTE_ERR_OVERLAP);
        CHECK_INT(out_len, 0);
        CHECK_FILLED(area, '!', 64);
        out_len = 99;
        CHECK_INT(c->decode(area, 12, &out_len, (char *)area, 16), MOTE_ERR_ENCODING);
        CHECK_INT(out_len, 0);
        out_len = 99;
        CHECK_INT(c->encode((char *)area + 1, 15, &out_len, area, 12), MOTE_ERR_CAPACITY);
        CHECK_INT(out_len, 0);
        out_len = 99;
        if (FITS(SIZE_MAX)) {
            CHECK_INT(c->encode((char *)area + 1, 0, &out_len, area, SIZE_MAX), MOTE_ERR_LENGTH);
            CHECK_INT(out_len, 0);
        }
        guards_release();
    }
}
END_TEST

START_TEST(backend_has_a_name)
{
    CHECK(mote_base64_backend() != NULL);
    CHECK(strlen(mote_base64_backend()) > 0);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("base64");
    test_add(suite, vectors_of_rfc4648);
    test_add(suite, every_length_as_the_reference);
    test_add(suite, random_data_as_openssl);
    test_add(suite, every_group);
    test_add(suite, empty);
    test_add(suite, encoded_length);
    test_add(suite, lengths_near_size_max);
    test_add(suite, capacity_too_small);
    test_add(suite, every_overlap);
    test_add(suite, order_of_errors);
    test_add(suite, backend_has_a_name);
    return test_main(suite);
}
