/* test/test_hmac.c - HMAC-SHA256 (mote/hmac.h): RFC 4231, OpenSSL, truncated tags, aliasing, kept keys, wiping. */
#include "oracle.h"
#include "support.h"
#include "vectors.h"

#include <mote/hmac.h>

static void start(mote_hmac *hmac, const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
{
    mote_hmac_key key;
    mote_hmac_key_init(&key, secret, secret_len);
    mote_hmac_init(hmac, &key);
    mote_hmac_update(hmac, data, len);
    mote_hmac_key_wipe(&key);
}

START_TEST(rfc_4231)
{
    vectors *v = vectors_open("rfc4231.txt", "case:number secret:hex data:hex tag:hex");
    size_t i, truncated = 0;
    CHECK_INT(v->count, 7);
    for (i = 0; i < v->count; i++) {
        const vector_bytes secret = vector_hex(v, i, "secret");
        const vector_bytes data = vector_hex(v, i, "data");
        const vector_bytes expected = vector_hex(v, i, "tag");
        uint8_t *tag = guarded(32);
        mote_hmac hmac;
        test_note("case %lu", vector_number(v, i, "case"));
        CHECK_INT(vector_number(v, i, "case"), i + 1);
        CHECK(expected.len == 32 || expected.len == 16);
        truncated += expected.len == 16;
        mote_hmac_sha256(tag, secret.data, secret.len, data.data, data.len);
        CHECK_MEM(tag, expected.data, expected.len);
        start(&hmac, secret.data, secret.len, data.data, data.len);
        memset(tag, TEST_FILL, 32);
        mote_hmac_final(&hmac, tag);
        CHECK_MEM(tag, expected.data, expected.len);
        start(&hmac, secret.data, secret.len, data.data, data.len);
        CHECK_INT(mote_hmac_verify(&hmac, guarded_copy(expected.data, expected.len), expected.len), MOTE_OK);
        guards_release();
    }
    CHECK_INT(truncated, 1);
    vectors_close(v);
}
END_TEST

/* One tag in every way: at once, and from a kept key. */
static void compare(size_t secret_len, size_t len)
{
    uint8_t *secret = guarded_random(secret_len);
    uint8_t *data = guarded_random(len);
    uint8_t *tag = guarded(32);
    uint8_t expected[32];
    mote_hmac hmac;
    test_note("secret of %zu bytes, data of %zu bytes", secret_len, len);
    oracle_hmac(expected, secret, secret_len, data, len);
    mote_hmac_sha256(tag, secret, secret_len, data, len);
    CHECK_MEM(tag, expected, 32);
    start(&hmac, secret, secret_len, data, len);
    memset(tag, TEST_FILL, 32);
    mote_hmac_final(&hmac, tag);
    CHECK_MEM(tag, expected, 32);
    guards_release();
}

START_TEST(every_secret_length)
{
    size_t secret_len;
    for (secret_len = 0; secret_len <= test_capped(200); secret_len++) {
        compare(secret_len, test_random_below(100));
    }
}
END_TEST

START_TEST(every_data_length)
{
    size_t len;
    for (len = 0; len <= test_capped(300); len++) {
        compare(32, len);
    }
}
END_TEST

START_TEST(random_lengths)
{
    unsigned i;
    for (i = 0; i < test_scaled(2000); i++) {
        compare(test_random_below(test_capped(200)), test_random_below(test_capped(400)));
    }
}
END_TEST

START_TEST(nothing_may_be_null)
{
    uint8_t tag[32], expected[32];
    mote_hmac hmac;
    oracle_hmac(expected, NULL, 0, NULL, 0);
    mote_hmac_sha256(tag, NULL, 0, NULL, 0);
    CHECK_MEM(tag, expected, 32);
    start(&hmac, NULL, 0, NULL, 0);
    mote_hmac_final(&hmac, tag);
    CHECK_MEM(tag, expected, 32);
}
END_TEST

START_TEST(every_split_in_two)
{
    uint8_t *secret = guarded_random(32);
    uint8_t *data = guarded_random(test_capped(150));
    size_t len, cut;
    mote_hmac_key key;
    mote_hmac_key_init(&key, secret, 32);
    for (len = 0; len <= test_capped(150); len += test_step()) {
        uint8_t tag[32], expected[32];
        oracle_hmac(expected, secret, 32, data, len);
        for (cut = 0; cut <= len; cut += test_step()) {
            mote_hmac hmac;
            mote_hmac_init(&hmac, &key);
            mote_hmac_update(&hmac, data, cut);
            mote_hmac_update(&hmac, NULL, 0);
            mote_hmac_update(&hmac, data + cut, len - cut);
            mote_hmac_final(&hmac, tag);
            test_note("%zu bytes cut at %zu", len, cut);
            CHECK_MEM(tag, expected, 32);
        }
    }
    mote_hmac_key_wipe(&key);
}
END_TEST

/* A tag of 16 to 32 bytes is accepted, of another length refused, whether it is the right one or not. */
START_TEST(verify_every_tag_length)
{
    uint8_t *secret = guarded_random(32);
    uint8_t *data = guarded_random(50);
    uint8_t tag[40];
    size_t tag_len;
    test_random(tag, sizeof tag);
    mote_hmac_sha256(tag, secret, 32, data, 50);
    for (tag_len = 0; tag_len <= 40; tag_len++) {
        const mote_status expected = tag_len >= 16 && tag_len <= 32 ? MOTE_OK : MOTE_ERR_LENGTH;
        uint8_t *received = guarded_copy(tag, tag_len);
        mote_hmac hmac;
        start(&hmac, secret, 32, data, 50);
        test_note("tag of %zu bytes", tag_len);
        CHECK_INT(mote_hmac_verify(&hmac, received, tag_len), expected);
        CHECK_MEM(received, tag, tag_len);
    }
    {
        mote_hmac hmac;
        start(&hmac, secret, 32, data, 50);
        CHECK_INT(mote_hmac_verify(&hmac, NULL, 0), MOTE_ERR_LENGTH);
        start(&hmac, secret, 32, data, 50);
        CHECK_INT(mote_hmac_verify(&hmac, tag, SIZE_MAX), MOTE_ERR_LENGTH);
    }
}
END_TEST

START_TEST(verify_every_flipped_bit)
{
    uint8_t *secret = guarded_random(32);
    uint8_t tag[32];
    size_t tag_len, bit;
    mote_hmac_key key;
    mote_hmac_key_init(&key, secret, 32);
    mote_hmac_sha256(tag, secret, 32, NULL, 0);
    for (tag_len = 16; tag_len <= 32; tag_len++) {
        for (bit = tag_len % test_step(); bit < 8 * tag_len; bit += test_step()) {
            uint8_t *received = guarded_copy(tag, tag_len);
            mote_hmac hmac;
            received[bit / 8] ^= (uint8_t)(1u << (bit % 8));
            mote_hmac_init(&hmac, &key);
            test_note("tag of %zu bytes, bit %zu", tag_len, bit);
            CHECK_INT(mote_hmac_verify(&hmac, received, tag_len), MOTE_ERR_AUTH);
            guards_release();
        }
    }
}
END_TEST

/* Another secret or other data: the tag is refused. */
START_TEST(verify_other_messages)
{
    uint8_t secret[32], data[20], tag[32];
    size_t bit;
    mote_hmac hmac;
    test_random(secret, sizeof secret);
    test_random(data, sizeof data);
    oracle_hmac(tag, secret, sizeof secret, data, sizeof data);
    for (bit = 0; bit < 8 * sizeof data; bit++) {
        data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        start(&hmac, secret, sizeof secret, data, sizeof data);
        test_note("bit %zu of the data", bit);
        CHECK_INT(mote_hmac_verify(&hmac, tag, 32), MOTE_ERR_AUTH);
        data[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    for (bit = 0; bit < 8 * sizeof secret; bit++) {
        secret[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        start(&hmac, secret, sizeof secret, data, sizeof data);
        test_note("bit %zu of the secret", bit);
        CHECK_INT(mote_hmac_verify(&hmac, tag, 32), MOTE_ERR_AUTH);
        secret[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    start(&hmac, secret, sizeof secret, data, sizeof data - 1);
    CHECK_INT(mote_hmac_verify(&hmac, tag, 32), MOTE_ERR_AUTH);
    start(&hmac, secret, sizeof secret, data, sizeof data);
    CHECK_INT(mote_hmac_verify(&hmac, tag, 32), MOTE_OK);
}
END_TEST

/* "tag may overlap secret or data", at every distance. */
START_TEST(tag_over_inputs)
{
    static const size_t lengths[] = {1, 32, 40, 64, 70, 100};
    size_t i, at;
    for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (at = 0; at <= lengths[i] + 32; at++) { /* the input begins at 32 */
            const size_t len = lengths[i] + 64;
            uint8_t *buffer = guarded_random(len);
            uint8_t *other = guarded_random(45);
            uint8_t expected[164];
            memcpy(expected, buffer, len);
            oracle_hmac(expected + at, buffer + 32, lengths[i], other, 45);
            mote_hmac_sha256(buffer + at, buffer + 32, lengths[i], other, 45);
            test_note("secret of %zu bytes, tag at %zu", lengths[i], at);
            CHECK_MEM(buffer, expected, len);

            test_random(buffer, len);
            memcpy(expected, buffer, len);
            oracle_hmac(expected + at, other, 45, buffer + 32, lengths[i]);
            mote_hmac_sha256(buffer + at, other, 45, buffer + 32, lengths[i]);
            test_note("data of %zu bytes, tag at %zu", lengths[i], at);
            CHECK_MEM(buffer, expected, len);
            guards_release();
        }
    }
}
END_TEST

START_TEST(unaligned_buffers)
{
    size_t offset;
    for (offset = 0; offset < 16; offset++) {
        uint8_t *secret = guarded_at(70, offset);
        uint8_t *data = guarded_at(150, (offset * 3 + 1) % 16);
        uint8_t *tag = guarded_at(32, (offset * 7 + 2) % 16);
        uint8_t expected[32];
        test_random(secret, 70);
        test_random(data, 150);
        oracle_hmac(expected, secret, 70, data, 150);
        mote_hmac_sha256(tag, secret, 70, data, 150);
        test_note("offset %zu", offset);
        CHECK_MEM(tag, expected, 32);
        guards_release();
    }
}
END_TEST

/* A prepared key serves any number of messages, may be copied, and may be wiped while a tag is in progress. */
START_TEST(keys_and_tags_are_independent)
{
    uint8_t *secret = guarded_random(32);
    uint8_t *data = guarded_random(100);
    uint8_t tag[32], expected[32];
    mote_hmac_key key, copy;
    mote_hmac first, second;
    size_t len;
    mote_hmac_key_init(&key, secret, 32);
    for (len = 0; len <= 100; len++) {
        oracle_hmac(expected, secret, 32, data, len);
        mote_hmac_init(&first, &key);
        mote_hmac_update(&first, data, len);
        mote_hmac_final(&first, tag);
        test_note("message %zu", len);
        CHECK_MEM(tag, expected, 32);
    }
    copy = key;
    mote_hmac_init(&first, &key);
    mote_hmac_init(&second, &key);
    mote_hmac_key_wipe(&key);
    mote_hmac_update(&first, data, 60);
    mote_hmac_update(&second, data + 1, 99);
    mote_hmac_update(&first, data + 60, 40);
    mote_hmac_final(&first, tag);
    oracle_hmac(expected, secret, 32, data, 100);
    CHECK_MEM(tag, expected, 32);
    mote_hmac_final(&second, tag);
    oracle_hmac(expected, secret, 32, data + 1, 99);
    CHECK_MEM(tag, expected, 32);
    mote_hmac_init(&first, &copy);
    mote_hmac_final(&first, tag);
    oracle_hmac(expected, secret, 32, NULL, 0);
    CHECK_MEM(tag, expected, 32);
    mote_hmac_key_wipe(&copy);
}
END_TEST

START_TEST(final_verify_and_wipe_erase)
{
    uint8_t secret[32], tag[32];
    mote_hmac_key key;
    mote_hmac hmac;
    test_random(secret, sizeof secret);
    oracle_hmac(tag, secret, 32, secret, 32);
    start(&hmac, secret, 32, secret, 32);
    mote_hmac_final(&hmac, tag);
    CHECK_ZERO(&hmac, sizeof hmac);
    start(&hmac, secret, 32, secret, 32);
    CHECK_INT(mote_hmac_verify(&hmac, tag, 32), MOTE_OK);
    CHECK_ZERO(&hmac, sizeof hmac);
    tag[7] ^= 1;
    start(&hmac, secret, 32, secret, 32);
    CHECK_INT(mote_hmac_verify(&hmac, tag, 32), MOTE_ERR_AUTH);
    CHECK_ZERO(&hmac, sizeof hmac);
    start(&hmac, secret, 32, secret, 32);
    CHECK_INT(mote_hmac_verify(&hmac, tag, 15), MOTE_ERR_LENGTH);
    CHECK_ZERO(&hmac, sizeof hmac);
    mote_hmac_key_init(&key, secret, 32);
    mote_hmac_key_wipe(&key);
    CHECK_ZERO(&key, sizeof key);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("hmac");
    test_add(suite, rfc_4231);
    test_add(suite, every_secret_length);
    test_add(suite, every_data_length);
    test_add(suite, random_lengths);
    test_add(suite, nothing_may_be_null);
    test_add(suite, every_split_in_two);
    test_add(suite, verify_every_tag_length);
    test_add(suite, verify_every_flipped_bit);
    test_add(suite, verify_other_messages);
    test_add(suite, tag_over_inputs);
    test_add(suite, unaligned_buffers);
    test_add(suite, keys_and_tags_are_independent);
    if (test_contexts_local) {
        test_add(suite, final_verify_and_wipe_erase);
    }
    return test_main(suite);
}
