/* test/test_device_key.c - keys for devices and purposes (mote_hkdf_device_key of mote/hkdf.h). */
#include "oracle.h"
#include "support.h"

#include <mote/hkdf.h>

#define KEY_MAX ((size_t)255 * 32)

/* A device key is what HKDF-Expand gives for label || 0x00 || device_id. */
START_TEST(label_zero_id)
{
    uint8_t prk[32];
    size_t label_len, id_len;
    mote_hkdf master;
    test_random(prk, 32);
    mote_hkdf_from_prk(&master, prk);
    for (label_len = 1; label_len <= 70; label_len++) {
        for (id_len = 1; id_len <= 40; id_len += 1 + label_len / 10) {
            const size_t key_len = (label_len + id_len) % 70;
            char *label = (char *)guarded(label_len + 1);
            uint8_t *id = guarded_random(id_len);
            uint8_t *key = guarded(key_len);
            uint8_t info[111], expected[70];
            size_t i;
            for (i = 0; i < label_len; i++) { /* any byte but zero, also over 127 */
                label[i] = (char)(1 + test_random_below(255));
            }
            label[label_len] = '\0';
            memcpy(info, label, label_len + 1);
            memcpy(info + label_len + 1, id, id_len);
            oracle_hkdf_expand(prk, expected, key_len, info, label_len + 1 + id_len);
            test_note("label %zu, id %zu, key %zu bytes", label_len, id_len, key_len);
            CHECK_INT(mote_hkdf_device_key(&master, key, key_len, label, id, id_len), MOTE_OK);
            CHECK_MEM(key, expected, key_len);
            guards_release();
        }
    }
}
END_TEST

START_TEST(long_labels_and_ids)
{
    uint8_t prk[32], key[32], expected[32];
    mote_hkdf master;
    size_t len = test_capped(1000);
    uint8_t *info = guarded(2 * len);
    char *label = (char *)guarded(len);
    uint8_t *id = guarded_random(len);
    test_random(prk, 32);
    mote_hkdf_from_prk(&master, prk);
    memset(label, 'x', len - 1);
    label[len - 1] = '\0';
    memcpy(info, label, len);
    memcpy(info + len, id, len);
    oracle_hkdf_expand(prk, expected, 32, info, 2 * len);
    CHECK_INT(mote_hkdf_device_key(&master, key, 32, label, id, len), MOTE_OK);
    CHECK_MEM(key, expected, 32);
}
END_TEST

START_TEST(errors)
{
    uint8_t *key = guarded_random(32);
    uint8_t *before = guarded_copy(key, 32);
    uint8_t *shared = guarded_random(100);
    uint8_t *shared_before = guarded_copy(shared, 100);
    const uint8_t id[4] = {1, 2, 3, 4};
    uint8_t prk[32];
    mote_hkdf master;
    test_random(prk, 32);
    mote_hkdf_from_prk(&master, prk);
    CHECK_INT(mote_hkdf_device_key(&master, key, 32, "", id, 4), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(key, before, 32);
    CHECK_INT(mote_hkdf_device_key(&master, key, 32, "label", id, 0), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(key, before, 32);
    CHECK_INT(mote_hkdf_device_key(&master, key, 32, "label", NULL, 0), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(key, before, 32);
    CHECK_INT(mote_hkdf_device_key(&master, key, 32, "", NULL, 0), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(key, before, 32);
    CHECK_INT(mote_hkdf_device_key(&master, NULL, 0, "", id, 4), MOTE_ERR_LENGTH);
    CHECK_INT(mote_hkdf_device_key(&master, NULL, 0, "label", id, 0), MOTE_ERR_LENGTH);
    /* LENGTH goes before OVERLAP */
    CHECK_INT(mote_hkdf_device_key(&master, shared, 32, "", shared + 10, 20), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(shared, shared_before, 32);
    memcpy(shared + 10, "label", 6);
    memcpy(shared_before + 10, "label", 6);
    CHECK_INT(mote_hkdf_device_key(&master, shared, 32, (const char *)shared + 10, id, 0), MOTE_ERR_LENGTH);
    CHECK_NO_OUTPUT(shared, shared_before, 32);
}
END_TEST

/* The key may share a byte with neither the id nor the label, whose last byte is its NUL. */
START_TEST(key_over_inputs)
{
    uint8_t prk[32], expected[32];
    const uint8_t id[5] = {9, 8, 7, 6, 5};
    mote_hkdf master;
    size_t at;
    test_random(prk, 32);
    mote_hkdf_from_prk(&master, prk);
    for (at = 0; at <= 38; at++) { /* key of 32 bytes; 6 bytes of label with NUL, then of id, begin at 32 */
        const int overlap = at > 0 && at < 38;
        uint8_t *buffer = guarded_random(70);
        uint8_t *before = guarded(70);
        uint8_t info[12];
        memcpy(buffer + 32, "label", 6);
        memcpy(before, buffer, 70);
        test_note("key at %zu", at);
        memcpy(info, "label\0\x09\x08\x07\x06\x05", 11);
        oracle_hkdf_expand(prk, expected, 32, info, 11);
        CHECK_INT(mote_hkdf_device_key(&master, buffer + at, 32, (const char *)buffer + 32, id, 5),
                  overlap ? MOTE_ERR_OVERLAP : MOTE_OK);
        if (overlap) {
            CHECK_NO_OUTPUT(buffer + at, before + at, 32);
        } else {
            CHECK_MEM(buffer + at, expected, 32);
        }
        test_random(buffer, 70);
        memcpy(before, buffer, 70);
        memcpy(info + 6, buffer + 32, 6);
        oracle_hkdf_expand(prk, expected, 32, info, 12);
        CHECK_INT(mote_hkdf_device_key(&master, buffer + at, 32, "label", buffer + 32, 6),
                  overlap ? MOTE_ERR_OVERLAP : MOTE_OK);
        if (overlap) {
            CHECK_NO_OUTPUT(buffer + at, before + at, 32);
        } else {
            CHECK_MEM(buffer + at, expected, 32);
        }
        guards_release();
    }
}
END_TEST

/* Pairs of label and id that read the same when simply joined, and ids that contain the separator: all keys differ. */
START_TEST(keys_differ)
{
    static const struct {
        const char *label, *id;
        size_t id_len;
    } pairs[] = {{"a", "bc", 2},          {"ab", "c", 1},        {"abc", "\0", 1},      {"abc", "\0\0", 2},
                 {"a", "\0bc", 3},        {"a", "b\0c", 3},      {"uplink v1", "7", 1}, {"uplink v1", "8", 1},
                 {"downlink v1", "7", 1}, {"uplink v2", "7", 1}, {"uplink v", "17", 2}};
    enum { PAIRS = sizeof pairs / sizeof pairs[0] };
    uint8_t keys[PAIRS][32], prk[32];
    mote_hkdf master;
    size_t i, j;
    test_random(prk, 32);
    mote_hkdf_from_prk(&master, prk);
    for (i = 0; i < PAIRS; i++) {
        CHECK_INT(mote_hkdf_device_key(&master, keys[i], 32, pairs[i].label, (const uint8_t *)pairs[i].id, pairs[i].id_len),
                  MOTE_OK);
        for (j = 0; j < i; j++) {
            test_note("pairs %zu and %zu", i, j);
            CHECK_MEM_DIFFER(keys[i], keys[j], 32);
        }
    }
}
END_TEST

START_TEST(longest_key)
{
    static const size_t too_long[] = {KEY_MAX + 1, SIZE_MAX / 2, SIZE_MAX - 31, SIZE_MAX};
    uint8_t *key = guarded_random(KEY_MAX + 1);
    uint8_t *before = guarded_copy(key, KEY_MAX + 1);
    uint8_t *expected = guarded(KEY_MAX);
    const uint8_t id[2] = {'i', 'd'};
    uint8_t prk[32];
    mote_hkdf master;
    size_t i;
    test_random(prk, 32);
    mote_hkdf_from_prk(&master, prk);
    for (i = 0; i < sizeof too_long / sizeof too_long[0]; i++) {
        test_note("%zu bytes", too_long[i]);
        CHECK_INT(mote_hkdf_device_key(&master, key, too_long[i], "up", id, 2), MOTE_ERR_LENGTH);
        CHECK_NO_OUTPUT(key, before, KEY_MAX + 1);
    }
    oracle_hkdf_expand(prk, expected, KEY_MAX, (const uint8_t *)"up\0id", 5);
    CHECK_INT(mote_hkdf_device_key(&master, key, KEY_MAX, "up", id, 2), MOTE_OK);
    CHECK_MEM(key, expected, KEY_MAX);
    CHECK_MEM(key + KEY_MAX, before + KEY_MAX, 1);
    CHECK_INT(mote_hkdf_device_key(&master, NULL, 0, "up", id, 2), MOTE_OK);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("device_key");
    test_add(suite, label_zero_id);
    test_add(suite, long_labels_and_ids);
    test_add(suite, errors);
    test_add(suite, key_over_inputs);
    test_add(suite, keys_differ);
    if (FITS(KEY_MAX + 1)) {
        test_add(suite, longest_key);
    }
    return test_main(suite);
}
