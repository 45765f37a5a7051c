/* test/test_hkdf.c - HKDF-SHA256 (mote/hkdf.h): RFC 5869, OpenSSL, every length, overlap, copying, wiping. */
#include "oracle.h"
#include "support.h"
#include "vectors.h"

#include <mote/hkdf.h>

#define OKM_MAX ((size_t)255 * 32)

START_TEST(rfc_5869)
{
    vectors *v = vectors_open("rfc5869.txt", "case:number ikm:hex salt:hex info:hex prk:hex okm:hex");
    size_t i;
    CHECK_INT(v->count, 3);
    for (i = 0; i < v->count; i++) {
        const vector_bytes ikm = vector_hex(v, i, "ikm"), salt = vector_hex(v, i, "salt");
        const vector_bytes info = vector_hex(v, i, "info"), expected = vector_hex(v, i, "okm");
        const uint8_t *prk = vector_fixed(v, i, "prk", 32);
        uint8_t *okm = guarded(expected.len);
        mote_hkdf hkdf;
        test_note("case %lu", vector_number(v, i, "case"));
        mote_hkdf_extract(&hkdf, salt.data, salt.len, ikm.data, ikm.len);
        CHECK_INT(mote_hkdf_expand(&hkdf, okm, expected.len, info.data, info.len), MOTE_OK);
        CHECK_MEM(okm, expected.data, expected.len);
        memset(okm, TEST_FILL, expected.len);
        mote_hkdf_from_prk(&hkdf, prk);
        CHECK_INT(mote_hkdf_expand(&hkdf, okm, expected.len, info.data, info.len), MOTE_OK);
        CHECK_MEM(okm, expected.data, expected.len);
        memset(okm, TEST_FILL, expected.len);
        CHECK_INT(mote_hkdf_sha256(okm, expected.len, salt.data, salt.len, ikm.data, ikm.len, info.data, info.len), MOTE_OK);
        CHECK_MEM(okm, expected.data, expected.len);
        mote_hkdf_wipe(&hkdf);
        guards_release();
    }
    vectors_close(v);
}
END_TEST

/* The one call and the two steps, against OpenSSL. */
static void compare(size_t okm_len, size_t salt_len, size_t ikm_len, size_t info_len)
{
    uint8_t *salt = guarded_random(salt_len);
    uint8_t *ikm = guarded_random(ikm_len);
    uint8_t *info = guarded_random(info_len);
    uint8_t *okm = guarded(okm_len);
    uint8_t *expected = guarded(okm_len);
    mote_hkdf hkdf;
    test_note("okm %zu, salt %zu, ikm %zu, info %zu bytes", okm_len, salt_len, ikm_len, info_len);
    oracle_hkdf(expected, okm_len, salt, salt_len, ikm, ikm_len, info, info_len);
    CHECK_INT(mote_hkdf_sha256(okm, okm_len, salt, salt_len, ikm, ikm_len, info, info_len), MOTE_OK);
    CHECK_MEM(okm, expected, okm_len);
    memset(okm, TEST_FILL, okm_len);
    mote_hkdf_extract(&hkdf, salt, salt_len, ikm, ikm_len);
    CHECK_INT(mote_hkdf_expand(&hkdf, okm, okm_len, info, info_len), MOTE_OK);
    CHECK_MEM(okm, expected, okm_len);
    mote_hkdf_wipe(&hkdf);
    guards_release();
}

START_TEST(every_length)
{
    size_t len;
    for (len = 0; len <= test_capped(300); len += test_step()) {
        compare(len, 16, 32, 20);
        compare(40, len, 32, 20);
        compare(40, 16, len, 20);
        compare(40, 16, 32, len);
    }
}
END_TEST

START_TEST(random_lengths)
{
    unsigned i;
    for (i = 0; i < test_scaled(1000); i++) {
        compare(test_random_below(test_capped(200)), test_random_below(test_capped(100)), test_random_below(test_capped(100)),
                test_random_below(test_capped(200)));
    }
}
END_TEST

START_TEST(expand_from_a_key)
{
    size_t okm_len;
    for (okm_len = 0; okm_len <= test_capped(130); okm_len++) {
        uint8_t *prk = guarded_random(32);
        uint8_t *info = guarded_random(okm_len % 50);
        uint8_t *okm = guarded(okm_len);
        uint8_t expected[130];
        mote_hkdf hkdf;
        oracle_hkdf_expand(prk, expected, okm_len, info, okm_len % 50);
        mote_hkdf_from_prk(&hkdf, prk);
        CHECK_INT(mote_hkdf_expand(&hkdf, okm, okm_len, info, okm_len % 50), MOTE_OK);
        test_note("%zu bytes", okm_len);
        CHECK_MEM(okm, expected, okm_len);
        guards_release();
    }
}
END_TEST

/* Lengths of info about which T(n-1), info and n fill whole blocks of SHA-256, none left out at whatever effort. */
START_TEST(info_about_whole_blocks)
{
    size_t info_len;
    for (info_len = 80; info_len <= 125; info_len++) {
        compare(70, 16, 32, info_len);
    }
}
END_TEST

START_TEST(nothing_may_be_null)
{
    uint8_t okm[40], expected[40];
    mote_hkdf hkdf;
    oracle_hkdf(expected, 40, NULL, 0, NULL, 0, NULL, 0);
    CHECK_INT(mote_hkdf_sha256(okm, 40, NULL, 0, NULL, 0, NULL, 0), MOTE_OK);
    CHECK_MEM(okm, expected, 40);
    mote_hkdf_extract(&hkdf, NULL, 0, NULL, 0);
    CHECK_INT(mote_hkdf_expand(&hkdf, okm, 40, NULL, 0), MOTE_OK);
    CHECK_MEM(okm, expected, 40);
    CHECK_INT(mote_hkdf_sha256(NULL, 0, NULL, 0, NULL, 0, NULL, 0), MOTE_OK);
    CHECK_INT(mote_hkdf_expand(&hkdf, NULL, 0, NULL, 0), MOTE_OK);
}
END_TEST

/* 255 * 32 bytes are the most; one more, or absurdly many, is refused and nothing is written. */
START_TEST(longest_output)
{
    uint8_t *okm = guarded(OKM_MAX);
    uint8_t *expected = guarded(OKM_MAX);
    uint8_t *more = guarded_random(OKM_MAX + 1);
    uint8_t *before = guarded_copy(more, OKM_MAX + 1);
    static const size_t too_long[] = {OKM_MAX + 1, SIZE_MAX / 2, SIZE_MAX - 31, SIZE_MAX};
    uint8_t prk[32], info[10];
    mote_hkdf hkdf;
    size_t i;
    test_random(prk, sizeof prk);
    test_random(info, sizeof info);
    mote_hkdf_from_prk(&hkdf, prk);
    oracle_hkdf_expand(prk, expected, OKM_MAX, info, sizeof info);
    CHECK_INT(mote_hkdf_expand(&hkdf, okm, OKM_MAX, info, sizeof info), MOTE_OK);
    CHECK_MEM(okm, expected, OKM_MAX);
    oracle_hkdf(expected, OKM_MAX, info, 3, prk, 32, info, sizeof info);
    CHECK_INT(mote_hkdf_sha256(okm, OKM_MAX, info, 3, prk, 32, info, sizeof info), MOTE_OK);
    CHECK_MEM(okm, expected, OKM_MAX);
    for (i = 0; i < sizeof too_long / sizeof too_long[0]; i++) {
        test_note("%zu bytes", too_long[i]);
        CHECK_INT(mote_hkdf_expand(&hkdf, more, too_long[i], info, sizeof info), MOTE_ERR_LENGTH);
        CHECK_NO_OUTPUT(more, before, OKM_MAX + 1);
        CHECK_INT(mote_hkdf_sha256(more, too_long[i], info, 3, prk, 32, info, sizeof info), MOTE_ERR_LENGTH);
        CHECK_NO_OUTPUT(more, before, OKM_MAX + 1);
    }
    /* LENGTH goes before OVERLAP */
    CHECK_INT(mote_hkdf_expand(&hkdf, more, OKM_MAX + 1, more + 5, 10), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(more, before, OKM_MAX + 1);
}
END_TEST

/* okm may not share a byte with info, at whatever distance; one after the other is fine. */
START_TEST(output_over_info)
{
    static const size_t lengths[] = {1, 20, 32, 45};
    size_t i, at;
    for (i = 0; i < sizeof lengths / sizeof lengths[0]; i++) {
        for (at = 0; at <= 50 + lengths[i]; at++) { /* okm has 50 bytes, the info begins at 50 */
            const size_t len = 100 + lengths[i];
            const int overlap = at > 0 && at < 50 + lengths[i];
            uint8_t *buffer = guarded_random(len);
            uint8_t *before = guarded_copy(buffer, len);
            uint8_t *salt = guarded_random(5);
            uint8_t prk[32], expected[50];
            mote_hkdf hkdf;
            test_random(prk, 32);
            mote_hkdf_from_prk(&hkdf, prk);
            test_note("info of %zu bytes, okm at %zu", lengths[i], at);
            oracle_hkdf_expand(prk, expected, 50, before + 50, lengths[i]);
            CHECK_INT(mote_hkdf_expand(&hkdf, buffer + at, 50, buffer + 50, lengths[i]),
                      overlap ? MOTE_ERR_OVERLAP : MOTE_OK);
            if (overlap) {
                CHECK_NO_OUTPUT(buffer + at, before + at, 50);
            } else {
                CHECK_MEM(buffer + at, expected, 50);
                CHECK_MEM(buffer + 50, before + 50, lengths[i]);
            }
            memcpy(buffer, before, len);
            oracle_hkdf(expected, 50, salt, 5, prk, 32, before + 50, lengths[i]);
            CHECK_INT(mote_hkdf_sha256(buffer + at, 50, salt, 5, prk, 32, buffer + 50, lengths[i]),
                      overlap ? MOTE_ERR_OVERLAP : MOTE_OK);
            if (overlap) {
                CHECK_NO_OUTPUT(buffer + at, before + at, 50);
            } else {
                CHECK_MEM(buffer + at, expected, 50);
            }
            guards_release();
        }
    }
}
END_TEST

/* Nothing shares no byte with anything. */
START_TEST(empty_parts_do_not_overlap)
{
    uint8_t buffer[64], expected[64], prk[32];
    mote_hkdf hkdf;
    test_random(prk, 32);
    test_random(buffer, 64);
    memcpy(expected, buffer, 64);
    mote_hkdf_from_prk(&hkdf, prk);
    CHECK_INT(mote_hkdf_expand(&hkdf, buffer + 10, 0, buffer, 64), MOTE_OK);
    CHECK_MEM(buffer, expected, 64);
    oracle_hkdf_expand(prk, expected, 64, NULL, 0);
    CHECK_INT(mote_hkdf_expand(&hkdf, buffer, 64, buffer + 10, 0), MOTE_OK);
    CHECK_MEM(buffer, expected, 64);
}
END_TEST

/* "okm may overlap salt or ikm" of mote_hkdf_sha256. */
START_TEST(output_over_salt_and_ikm)
{
    size_t at;
    int is_salt;
    for (is_salt = 0; is_salt < 2; is_salt++) {
        for (at = 0; at <= 90; at++) { /* okm has 50 bytes, the input 40 at 50 */
            uint8_t *buffer = guarded_random(140);
            uint8_t *other = guarded_random(20);
            uint8_t expected[140];
            memcpy(expected, buffer, 140);
            test_note("salt %d, okm at %zu", is_salt, at);
            if (is_salt) {
                oracle_hkdf(expected + at, 50, buffer + 50, 40, other, 20, other, 7);
                CHECK_INT(mote_hkdf_sha256(buffer + at, 50, buffer + 50, 40, other, 20, other, 7), MOTE_OK);
            } else {
                oracle_hkdf(expected + at, 50, other, 20, buffer + 50, 40, other, 7);
                CHECK_INT(mote_hkdf_sha256(buffer + at, 50, other, 20, buffer + 50, 40, other, 7), MOTE_OK);
            }
            CHECK_MEM(buffer, expected, 140);
            guards_release();
        }
    }
}
END_TEST

START_TEST(unaligned_buffers)
{
    size_t offset;
    for (offset = 0; offset < 16; offset++) {
        uint8_t *salt = guarded_at(20, offset);
        uint8_t *ikm = guarded_at(40, (offset * 3 + 1) % 16);
        uint8_t *info = guarded_at(30, (offset * 5 + 2) % 16);
        uint8_t *okm = guarded_at(77, (offset * 7 + 3) % 16);
        uint8_t expected[77];
        test_random(salt, 20);
        test_random(ikm, 40);
        test_random(info, 30);
        oracle_hkdf(expected, 77, salt, 20, ikm, 40, info, 30);
        test_note("offset %zu", offset);
        CHECK_INT(mote_hkdf_sha256(okm, 77, salt, 20, ikm, 40, info, 30), MOTE_OK);
        CHECK_MEM(okm, expected, 77);
        guards_release();
    }
}
END_TEST

/* Expanding changes nothing in the PRK, which may be copied; wiping one leaves the other. */
START_TEST(contexts_are_independent)
{
    uint8_t prk[32], okm[50], expected[50];
    mote_hkdf hkdf, copy, other;
    test_random(prk, 32);
    oracle_hkdf_expand(prk, expected, 50, prk, 5);
    mote_hkdf_from_prk(&hkdf, prk);
    copy = hkdf;
    mote_hkdf_extract(&other, prk, 32, prk, 32);
    CHECK_INT(mote_hkdf_expand(&other, okm, 50, prk, 5), MOTE_OK);
    CHECK_MEM_DIFFER(okm, expected, 50);
    CHECK_INT(mote_hkdf_expand(&hkdf, okm, 50, prk, 5), MOTE_OK);
    CHECK_MEM(okm, expected, 50);
    CHECK_INT(mote_hkdf_expand(&hkdf, okm, 50, prk, 5), MOTE_OK);
    CHECK_MEM(okm, expected, 50);
    mote_hkdf_wipe(&hkdf);
    CHECK_INT(mote_hkdf_expand(&copy, okm, 50, prk, 5), MOTE_OK);
    CHECK_MEM(okm, expected, 50);
    mote_hkdf_wipe(&copy);
    mote_hkdf_wipe(&other);
}
END_TEST

START_TEST(wipe_erases)
{
    uint8_t prk[32];
    mote_hkdf hkdf;
    test_random(prk, 32);
    mote_hkdf_from_prk(&hkdf, prk);
    mote_hkdf_wipe(&hkdf);
    CHECK_ZERO(&hkdf, sizeof hkdf);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("hkdf");
    test_add(suite, rfc_5869);
    test_add(suite, every_length);
    test_add(suite, random_lengths);
    test_add(suite, expand_from_a_key);
    test_add(suite, info_about_whole_blocks);
    test_add(suite, nothing_may_be_null);
    if (FITS(OKM_MAX + 1)) {
        test_add(suite, longest_output);
    }
    test_add(suite, output_over_info);
    test_add(suite, empty_parts_do_not_overlap);
    test_add(suite, output_over_salt_and_ikm);
    test_add(suite, unaligned_buffers);
    test_add(suite, contexts_are_independent);
    if (test_contexts_local) {
        test_add(suite, wipe_erases);
    }
    return test_main(suite);
}
