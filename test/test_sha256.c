/* test/test_sha256.c - SHA-256 (mote/sha256.h): published vectors, OpenSSL, every split, aliasing, copying, wiping. */
#include "oracle.h"
#include "support.h"
#include "vectors.h"

#include <mote/sha256.h>
#include <stdio.h>

/* A message in pieces of at most most bytes (and of what one call takes), some of them empty. */
static void digest_in_pieces(uint8_t digest[32], const uint8_t *data, size_t len, size_t most)
{
    mote_sha256 sha;
    most = test_capped(most);
    mote_sha256_init(&sha);
    while (len > 0) {
        size_t piece = test_random_below(most + 1);
        if (piece > len) {
            piece = len;
        }
        mote_sha256_update(&sha, piece > 0 ? data : NULL, piece);
        data += piece;
        len -= piece;
    }
    mote_sha256_final(&sha, digest);
}

static void known_digest(const uint8_t *message, size_t len, const uint8_t expected[32])
{
    uint8_t *data = guarded_copy(message, len);
    uint8_t *digest = guarded(32);
    digest_in_pieces(digest, data, len, 200);
    CHECK_MEM(digest, expected, 32);
    if (FITS(len)) {
        memset(digest, TEST_FILL, 32);
        mote_sha256_digest(digest, data, len);
        CHECK_MEM(digest, expected, 32);
    }
    CHECK_MEM(data, message, len);
    guards_release();
}

static void known_digests(const char *file, size_t count)
{
    vectors *v = vectors_open(file, "message:hex digest:hex");
    size_t i;
    CHECK_INT(v->count, count);
    for (i = 0; i < v->count; i++) {
        const vector_bytes message = vector_hex(v, i, "message");
        test_note("%s, case %zu", file, i);
        known_digest(message.data, message.len, vector_fixed(v, i, "digest", 32));
    }
    vectors_close(v);
}

START_TEST(nist_messages)
{
    known_digests("nist_sha256_short.txt", 65);
    known_digests("nist_sha256_long.txt", 64);
}
END_TEST

/* One block, two blocks, and a million times "a" (left out where that takes too long). */
START_TEST(fips_180_examples)
{
    vectors *v = vectors_open("fips180_sha256.txt", "unit:hex times:number digest:hex");
    size_t i;
    CHECK_INT(v->count, 3);
    for (i = 0; i < v->count; i++) {
        const vector_bytes unit = vector_hex(v, i, "unit");
        unsigned long times = vector_number(v, i, "times");
        uint8_t digest[32];
        mote_sha256 sha;
        if (times > 1 && test_scaled(100) < 100) {
            continue;
        }
        mote_sha256_init(&sha);
        while (times-- > 0) {
            mote_sha256_update(&sha, unit.data, unit.len);
        }
        mote_sha256_final(&sha, digest);
        test_note("example %zu", i);
        CHECK_MEM(digest, vector_fixed(v, i, "digest", 32), 32);
    }
    vectors_close(v);
}
END_TEST

START_TEST(every_length)
{
    size_t len;
    for (len = 0; len <= test_capped(300); len++) {
        uint8_t *data = guarded_random(len);
        uint8_t *digest = guarded(32);
        uint8_t expected[32];
        test_note("%zu bytes", len);
        oracle_sha256(expected, data, len);
        mote_sha256_digest(digest, data, len);
        CHECK_MEM(digest, expected, 32);
        guards_release();
    }
}
END_TEST

START_TEST(byte_by_byte)
{
    size_t len, i;
    for (len = 0; len <= test_capped(300); len += test_step()) {
        uint8_t *data = guarded_random(len);
        uint8_t digest[32], expected[32];
        mote_sha256 sha;
        mote_sha256_init(&sha);
        for (i = 0; i < len; i++) {
            mote_sha256_update(&sha, data + i, 1);
        }
        mote_sha256_final(&sha, digest);
        oracle_sha256(expected, data, len);
        test_note("%zu bytes", len);
        CHECK_MEM(digest, expected, 32);
        guards_release();
    }
}
END_TEST

START_TEST(every_split_in_two)
{
    size_t len, cut;
    for (len = 0; len <= test_capped(300); len += test_step()) {
        uint8_t *data = guarded_random(len);
        uint8_t digest[32], expected[32];
        oracle_sha256(expected, data, len);
        for (cut = 0; cut <= len; cut += test_step()) {
            mote_sha256 sha;
            mote_sha256_init(&sha);
            mote_sha256_update(&sha, data, cut);
            mote_sha256_update(&sha, data + cut, len - cut);
            mote_sha256_final(&sha, digest);
            test_note("%zu bytes cut at %zu", len, cut);
            CHECK_MEM(digest, expected, 32);
        }
        guards_release();
    }
}
END_TEST

START_TEST(random_pieces)
{
    unsigned i;
    for (i = 0; i < test_scaled(1000); i++) {
        size_t len = test_random_below(3000);
        uint8_t *data = guarded_random(len);
        uint8_t digest[32], expected[32];
        size_t most = 1 + test_random_below(300);
        oracle_sha256(expected, data, len);
        digest_in_pieces(digest, data, len, most);
        test_note("round %u, %zu bytes in pieces of up to %zu", i, len, most);
        CHECK_MEM(digest, expected, 32);
        guards_release();
    }
}
END_TEST

/* An empty piece changes nothing, wherever it comes; its pointer may be NULL. */
START_TEST(empty_pieces)
{
    uint8_t *data = guarded_random(130);
    size_t len;
    for (len = 0; len <= 130; len++) {
        uint8_t digest[32], expected[32];
        mote_sha256 sha;
        oracle_sha256(expected, data, len);
        mote_sha256_init(&sha);
        mote_sha256_update(&sha, NULL, 0);
        mote_sha256_update(&sha, data, len);
        mote_sha256_update(&sha, NULL, 0);
        mote_sha256_update(&sha, data + len, 0);
        mote_sha256_final(&sha, digest);
        test_note("%zu bytes", len);
        CHECK_MEM(digest, expected, 32);
    }
    {
        uint8_t digest[32], expected[32];
        oracle_sha256(expected, NULL, 0);
        mote_sha256_digest(digest, NULL, 0);
        CHECK_MEM(digest, expected, 32);
    }
}
END_TEST

/* "digest may overlap data", at every distance. */
START_TEST(digest_over_data)
{
    static const size_t lengths[] = {1, 31, 32, 33, 55, 56, 64, 100, 130};
    size_t i, at;
    for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (at = 0; at <= lengths[i] + 32; at++) { /* the data begins at 32 */
            uint8_t *buffer = guarded_random(lengths[i] + 64);
            uint8_t expected[194];
            memcpy(expected, buffer, lengths[i] + 64);
            oracle_sha256(expected + at, buffer + 32, lengths[i]);
            mote_sha256_digest(buffer + at, buffer + 32, lengths[i]);
            test_note("%zu bytes, digest at %zu", lengths[i], at);
            CHECK_MEM(buffer, expected, lengths[i] + 64);
            guards_release();
        }
    }
}
END_TEST

START_TEST(unaligned_buffers)
{
    size_t offset;
    for (offset = 0; offset < 16; offset++) {
        uint8_t *data = guarded_at(200, offset);
        uint8_t *digest = guarded_at(32, (offset * 3 + 1) % 16);
        uint8_t expected[32];
        test_random(data, 200);
        oracle_sha256(expected, data, 200);
        mote_sha256_digest(digest, data, 200);
        test_note("offset %zu", offset);
        CHECK_MEM(digest, expected, 32);
        guards_release();
    }
}
END_TEST

/* "It may be copied to continue one prefix in two ways." */
START_TEST(copies_are_independent)
{
    uint8_t *data = guarded_random(200);
    size_t prefix;
    for (prefix = 0; prefix <= 130; prefix++) {
        uint8_t digest[32], expected[32], other[200];
        mote_sha256 sha, copy;
        mote_sha256_init(&sha);
        mote_sha256_update(&sha, data, prefix);
        copy = sha;
        mote_sha256_update(&sha, data + prefix, 200 - prefix);
        mote_sha256_final(&sha, digest);
        oracle_sha256(expected, data, 200);
        test_note("prefix of %zu bytes", prefix);
        CHECK_MEM(digest, expected, 32);
        memcpy(other, data, prefix);
        memset(other + prefix, 0x5a, 70);
        mote_sha256_update(&copy, other + prefix, 70);
        mote_sha256_final(&copy, digest);
        oracle_sha256(expected, other, prefix + 70);
        CHECK_MEM(digest, expected, 32);
    }
}
END_TEST

/* Two digests in progress at once, and a context that serves again after _final and _init. */
START_TEST(contexts_are_independent)
{
    uint8_t *a = guarded_random(300);
    uint8_t *b = guarded_random(300);
    uint8_t digest[32], expected[32];
    mote_sha256 first, second;
    size_t i;
    mote_sha256_init(&first);
    mote_sha256_init(&second);
    for (i = 0; i < 300; i += 25) {
        mote_sha256_update(&first, a + i, 25);
        mote_sha256_update(&second, b + i, 25);
    }
    mote_sha256_final(&first, digest);
    oracle_sha256(expected, a, 300);
    CHECK_MEM(digest, expected, 32);
    mote_sha256_init(&first);
    mote_sha256_update(&first, b, 77);
    mote_sha256_final(&second, digest);
    oracle_sha256(expected, b, 300);
    CHECK_MEM(digest, expected, 32);
    mote_sha256_final(&first, digest);
    oracle_sha256(expected, b, 77);
    CHECK_MEM(digest, expected, 32);
    mote_sha256_init(&first); /* _init alone forgets what came before */
    mote_sha256_update(&first, a, 99);
    mote_sha256_init(&first);
    mote_sha256_final(&first, digest);
    oracle_sha256(expected, NULL, 0);
    CHECK_MEM(digest, expected, 32);
}
END_TEST

START_TEST(final_wipes)
{
    size_t len;
    for (len = 0; len <= 130; len++) {
        uint8_t *data = guarded_random(len);
        uint8_t digest[32];
        mote_sha256 sha;
        memset(&sha, 0xff, sizeof sha);
        mote_sha256_init(&sha);
        mote_sha256_update(&sha, data, len);
        mote_sha256_final(&sha, digest);
        test_note("%zu bytes", len);
        CHECK_ZERO(&sha, sizeof sha);
        guards_release();
    }
}
END_TEST

START_TEST(backend_has_a_name)
{
    CHECK(mote_sha256_backend() != NULL && mote_sha256_backend()[0] != '\0');
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("sha256");
    printf("backend: %s\n", mote_sha256_backend());
    test_add(suite, nist_messages);
    test_add(suite, fips_180_examples);
    test_add(suite, every_length);
    test_add(suite, byte_by_byte);
    test_add(suite, every_split_in_two);
    test_add(suite, random_pieces);
    test_add(suite, empty_pieces);
    test_add(suite, digest_over_data);
    test_add(suite, unaligned_buffers);
    test_add(suite, copies_are_independent);
    test_add(suite, contexts_are_independent);
    if (test_contexts_local) {
        test_add(suite, final_wipes);
    }
    test_add(suite, backend_has_a_name);
    return test_main(suite);
}
