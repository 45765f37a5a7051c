/* test/test_aes.c - the AES-128 block cipher (mote/aes.h): published vectors, OpenSSL, aliasing, copying, wiping. */
#include "oracle.h"
#include "support.h"
#include "vectors.h"

#include <mote/aes.h>
#include <stdio.h>

static void expand_key(mote_aes128 *aes, const uint8_t key[16])
{
    CHECK_INT(mote_aes128_init(aes, key), MOTE_OK);
}

/* Every block of a known answer, to another buffer and in place. */
static void known_blocks(const uint8_t key[16], int encrypt, const uint8_t *in, const uint8_t *expected, size_t len)
{
    void (*const cipher)(const mote_aes128 *, uint8_t *, const uint8_t *) =
        encrypt ? mote_aes128_encrypt_block : mote_aes128_decrypt_block;
    mote_aes128 aes;
    size_t at;
    CHECK(len > 0 && len % 16 == 0);
    expand_key(&aes, guarded_copy(key, 16));
    for (at = 0; at < len; at += 16) {
        uint8_t *out = guarded(16);
        uint8_t *in_place = guarded_copy(in + at, 16);
        cipher(&aes, out, guarded_copy(in + at, 16));
        CHECK_MEM(out, expected + at, 16);
        cipher(&aes, in_place, in_place);
        CHECK_MEM(in_place, expected + at, 16);
        guards_release();
    }
}

START_TEST(fips_197)
{
    vectors *v = vectors_open("fips197.txt", "key:hex plaintext:hex ciphertext:hex");
    size_t i;
    CHECK_INT(v->count, 2);
    for (i = 0; i < v->count; i++) {
        const uint8_t *key = vector_fixed(v, i, "key", 16);
        const uint8_t *plaintext = vector_fixed(v, i, "plaintext", 16);
        const uint8_t *ciphertext = vector_fixed(v, i, "ciphertext", 16);
        test_note("case %zu", i);
        known_blocks(key, 1, plaintext, ciphertext, 16);
        known_blocks(key, 0, ciphertext, plaintext, 16);
    }
    vectors_close(v);
}
END_TEST

START_TEST(sp_800_38a_ecb)
{
    vectors *v = vectors_open("sp800_38a.txt", "mode:word key:hex iv:hex plaintext:hex ciphertext:hex");
    size_t i, cases = 0;
    for (i = 0; i < v->count; i++) {
        if (strcmp(vector_word(v, i, "mode"), "ecb") == 0) {
            const uint8_t *key = vector_fixed(v, i, "key", 16);
            const uint8_t *plaintext = vector_fixed(v, i, "plaintext", 64);
            const uint8_t *ciphertext = vector_fixed(v, i, "ciphertext", 64);
            known_blocks(key, 1, plaintext, ciphertext, 64);
            known_blocks(key, 0, ciphertext, plaintext, 64);
            cases++;
        }
    }
    CHECK_INT(cases, 1);
    vectors_close(v);
}
END_TEST

/* NIST's files have 588 cases: encryption and decryption counted apart. */
START_TEST(nist_known_answers)
{
    static const struct {
        const char *name;
        size_t cases;
    } sets[] = {{"gfsbox", 14}, {"keysbox", 42}, {"varkey", 256}, {"vartxt", 256}, {"mmt", 20}};
    vectors *v = vectors_open("nist_aes128_ecb.txt", "set:word direction:word key:hex plaintext:hex ciphertext:hex");
    size_t set, i, total = 0;
    for (set = 0; set < sizeof sets / sizeof sets[0]; set++) {
        size_t cases = 0;
        for (i = 0; i < v->count; i++) {
            const char *direction = vector_word(v, i, "direction");
            const uint8_t *key = vector_fixed(v, i, "key", 16);
            const vector_bytes plaintext = vector_hex(v, i, "plaintext");
            const vector_bytes ciphertext = vector_hex(v, i, "ciphertext");
            if (strcmp(vector_word(v, i, "set"), sets[set].name) != 0) {
                continue;
            }
            test_note("case %zu", i);
            CHECK_INT(plaintext.len, ciphertext.len);
            if (strcmp(direction, "decrypt") != 0) {
                known_blocks(key, 1, plaintext.data, ciphertext.data, plaintext.len);
                cases++;
            }
            if (strcmp(direction, "encrypt") != 0) {
                known_blocks(key, 0, ciphertext.data, plaintext.data, plaintext.len);
                cases++;
            }
        }
        test_note("set %s", sets[set].name);
        CHECK_INT(cases, sets[set].cases);
        total += cases;
    }
    CHECK_INT(total, 588);
    vectors_close(v);
}
END_TEST

START_TEST(random_blocks_as_openssl)
{
    unsigned keys, blocks;
    for (keys = 0; keys < test_scaled(500); keys++) {
        uint8_t key[16], in[16], out[16], expected[16];
        mote_aes128 aes;
        test_random(key, 16);
        expand_key(&aes, key);
        for (blocks = 0; blocks < 10; blocks++) {
            test_note("key %u, block %u", keys, blocks);
            test_random(in, 16);
            oracle_aes128(1, key, NULL, expected, in, 16);
            mote_aes128_encrypt_block(&aes, out, in);
            CHECK_MEM(out, expected, 16);
            mote_aes128_decrypt_block(&aes, out, out);
            CHECK_MEM(out, in, 16);
            oracle_aes128(0, key, NULL, expected, in, 16);
            mote_aes128_decrypt_block(&aes, out, in);
            CHECK_MEM(out, expected, 16);
        }
    }
}
END_TEST

/* Keys and blocks of few ones or few zeros: carries, sign bits and lanes at their edges. */
START_TEST(sparse_keys_and_blocks)
{
    unsigned bit, fill;
    for (bit = 0; bit < 128; bit++) {
        for (fill = 0; fill < 2; fill++) {
            uint8_t key[16], in[16], out[16], expected[16];
            mote_aes128 aes;
            memset(key, fill ? 0xff : 0, 16);
            memset(in, fill ? 0 : 0xff, 16);
            key[bit / 8] ^= (uint8_t)(0x80u >> (bit % 8));
            in[15 - bit / 8] ^= (uint8_t)(1u << (bit % 8));
            test_note("bit %u, fill %u", bit, fill);
            expand_key(&aes, key);
            oracle_aes128(1, key, NULL, expected, in, 16);
            mote_aes128_encrypt_block(&aes, out, in);
            CHECK_MEM(out, expected, 16);
            oracle_aes128(0, key, NULL, expected, in, 16);
            mote_aes128_decrypt_block(&aes, out, in);
            CHECK_MEM(out, expected, 16);
        }
    }
}
END_TEST

/* "out and in may be the same or overlap", at every distance. */
START_TEST(overlapping_blocks)
{
    size_t in_at, out_at;
    int encrypt;
    for (encrypt = 0; encrypt < 2; encrypt++) {
        for (in_at = 0; in_at <= 16; in_at++) {
            for (out_at = 0; out_at <= 16; out_at++) {
                uint8_t *buffer = guarded_random(32);
                uint8_t key[16], expected[32];
                mote_aes128 aes;
                test_random(key, 16);
                expand_key(&aes, key);
                memcpy(expected, buffer, 32);
                oracle_aes128(encrypt, key, NULL, expected + out_at, buffer + in_at, 16);
                if (encrypt) {
                    mote_aes128_encrypt_block(&aes, buffer + out_at, buffer + in_at);
                } else {
                    mote_aes128_decrypt_block(&aes, buffer + out_at, buffer + in_at);
                }
                test_note("in %zu, out %zu, encrypt %d", in_at, out_at, encrypt);
                CHECK_MEM(buffer, expected, 32);
                guards_release();
            }
        }
    }
}
END_TEST

START_TEST(unaligned_buffers)
{
    size_t offset;
    for (offset = 0; offset < 16; offset++) {
        uint8_t *key = guarded_at(16, offset);
        uint8_t *in = guarded_at(16, (offset * 3 + 1) % 16);
        uint8_t *out = guarded_at(16, (offset * 7 + 2) % 16);
        uint8_t expected[16];
        mote_aes128 aes;
        test_note("offset %zu", offset);
        test_random(key, 16);
        test_random(in, 16);
        expand_key(&aes, key);
        oracle_aes128(1, key, NULL, expected, in, 16);
        mote_aes128_encrypt_block(&aes, out, in);
        CHECK_MEM(out, expected, 16);
        mote_aes128_decrypt_block(&aes, out, expected);
        CHECK_MEM(out, in, 16);
        guards_release();
    }
}
END_TEST

/* A context may be copied; neither use nor wiping of one touches the other, and a new key replaces the old one. */
START_TEST(contexts_are_independent)
{
    uint8_t key1[16], key2[16], in[16], out[16], expected1[16], expected2[16];
    mote_aes128 first, copy, other;
    test_random(key1, 16);
    test_random(key2, 16);
    test_random(in, 16);
    oracle_aes128(1, key1, NULL, expected1, in, 16);
    oracle_aes128(1, key2, NULL, expected2, in, 16);
    expand_key(&first, key1);
    expand_key(&other, key2);
    copy = first;
    mote_aes128_encrypt_block(&other, out, in);
    CHECK_MEM(out, expected2, 16);
    mote_aes128_wipe(&first);
    mote_aes128_encrypt_block(&copy, out, in);
    CHECK_MEM(out, expected1, 16);
    mote_aes128_decrypt_block(&copy, out, expected1);
    CHECK_MEM(out, in, 16);
    expand_key(&copy, key2);
    mote_aes128_encrypt_block(&copy, out, in);
    CHECK_MEM(out, expected2, 16);
    mote_aes128_decrypt_block(&copy, out, expected2);
    CHECK_MEM(out, in, 16);
    expand_key(&first, key1); /* a wiped context serves again */
    mote_aes128_encrypt_block(&first, out, in);
    CHECK_MEM(out, expected1, 16);
}
END_TEST

START_TEST(inputs_are_not_written)
{
    uint8_t key[16], in[16], out[16], key_before[16], in_before[16];
    mote_aes128 aes;
    test_random(key, 16);
    test_random(in, 16);
    memcpy(key_before, key, 16);
    memcpy(in_before, in, 16);
    expand_key(&aes, key);
    mote_aes128_encrypt_block(&aes, out, in);
    mote_aes128_decrypt_block(&aes, out, in);
    CHECK_MEM(key, key_before, 16);
    CHECK_MEM(in, in_before, 16);
}
END_TEST

START_TEST(wipe_erases_the_key)
{
    uint8_t key[16];
    mote_aes128 aes;
    test_random(key, 16);
    memset(&aes, 0xff, sizeof aes);
    expand_key(&aes, key);
    mote_aes128_wipe(&aes);
    if (test_contexts_local) {
        CHECK_ZERO(&aes, sizeof aes);
    }
}
END_TEST

START_TEST(backend_has_a_name)
{
    CHECK(mote_aes128_backend() != NULL && mote_aes128_backend()[0] != '\0');
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("aes");
    printf("backend: %s\n", mote_aes128_backend());
    test_add(suite, fips_197);
    test_add(suite, sp_800_38a_ecb);
    test_add(suite, nist_known_answers);
    test_add(suite, random_blocks_as_openssl);
    test_add(suite, sparse_keys_and_blocks);
    test_add(suite, overlapping_blocks);
    test_add(suite, unaligned_buffers);
    test_add(suite, contexts_are_independent);
    test_add(suite, inputs_are_not_written);
    test_add(suite, wipe_erases_the_key);
    test_add(suite, backend_has_a_name);
    return test_main(suite);
}
