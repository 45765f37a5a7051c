/* test/test_cbc_vectors.c - CBC against the published vectors, its chaining, IVs from a counter (mote/cbc.h). */
#include <mote/cbc.h>
#include <string.h>

#include "oracle.h"
#include "support.h"
#include "vectors.h"

static uint8_t key[16], iv[16];
static mote_aes128 aes;

static void new_key(void)
{
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
}

/* ---- Published vectors */

/* Case i of a file, in the directions that it is for, into another buffer and in place. */
static void expect_vector(const vectors *v, size_t i, int encrypts, int decrypts)
{
    const vector_bytes pt = vector_hex(v, i, "plaintext"), ct = vector_hex(v, i, "ciphertext");
    const uint8_t *the_iv = vector_fixed(v, i, "iv", 16);
    uint8_t *out = guarded(ct.len);
    CHECK_INT(pt.len, ct.len);
    CHECK_INT(mote_aes128_init(&aes, vector_fixed(v, i, "key", 16)), MOTE_OK);
    if (encrypts) {
        CHECK_INT(mote_cbc_encrypt(&aes, the_iv, out, pt.data, pt.len), MOTE_OK);
        CHECK_MEM(out, ct.data, ct.len);
        memcpy(out, pt.data, pt.len);
        CHECK_INT(mote_cbc_encrypt(&aes, the_iv, out, out, pt.len), MOTE_OK);
        CHECK_MEM(out, ct.data, ct.len);
    }
    if (decrypts) {
        CHECK_INT(mote_cbc_decrypt(&aes, the_iv, out, ct.data, ct.len), MOTE_OK);
        CHECK_MEM(out, pt.data, pt.len);
        memcpy(out, ct.data, ct.len);
        CHECK_INT(mote_cbc_decrypt(&aes, the_iv, out, out, ct.len), MOTE_OK);
        CHECK_MEM(out, pt.data, pt.len);
    }
    guards_release();
}

START_TEST(vectors_of_nist)
{
    vectors *v = vectors_open("nist_aes128_cbc.txt",
                              "set:word direction:word key:hex iv:hex plaintext:hex ciphertext:hex");
    size_t i;
    for (i = 0; i < v->count; i++) {
        const char *direction = vector_word(v, i, "direction");
        test_note("case %zu (%s, %s)", i, vector_word(v, i, "set"), direction);
        expect_vector(v, i, strcmp(direction, "decrypt") != 0, strcmp(direction, "encrypt") != 0);
    }
    CHECK(v->count >= 294);
    vectors_close(v);
}
END_TEST

START_TEST(vectors_of_sp800_38a)
{
    vectors *v = vectors_open("sp800_38a.txt", "mode:word key:hex iv:hex plaintext:hex ciphertext:hex");
    size_t i, found = 0;
    for (i = 0; i < v->count; i++) {
        if (strcmp(vector_word(v, i, "mode"), "cbc") == 0) { /* F.2.1 and F.2.2 */
            expect_vector(v, i, 1, 1);
            found++;
        }
    }
    CHECK_INT(found, 1);
    vectors_close(v);
}
END_TEST

/* A message in two calls, the last ciphertext block being the IV of the second, is the message in one call. */
START_TEST(chaining_by_hand)
{
    size_t first;
    uint8_t *in = guarded_random(160), *whole = guarded(160), *parts = guarded(160);
    new_key();
    CHECK_INT(mote_cbc_encrypt(&aes, iv, whole, in, 160), MOTE_OK);
    for (first = 16; first < 160; first += 16) {
        CHECK_INT(mote_cbc_encrypt(&aes, iv, parts, in, first), MOTE_OK);
        CHECK_INT(mote_cbc_encrypt(&aes, guarded_copy(parts + first - 16, 16), parts + first, in + first, 160 - first),
                  MOTE_OK);
        CHECK_MEM(parts, whole, 160);
        CHECK_INT(mote_cbc_decrypt(&aes, whole + first - 16, parts + first, whole + first, 160 - first), MOTE_OK);
        CHECK_MEM(parts + first, in + first, 160 - first);
    }
}
END_TEST

/* ---- IVs from a counter: E(K, counter as 16 bytes, big-endian) */

START_TEST(iv_from_counter)
{
    static const uint64_t counters[] = {0, 1, 255, 256, 0x0123456789abcdef, (uint64_t)1 << 32, UINT32_MAX, UINT64_MAX};
    size_t i, k;
    for (i = 0; i < 200; i++) {
        const uint64_t counter = i < sizeof counters / sizeof *counters ? counters[i] : test_random64();
        uint8_t *out = guarded(16), block[16] = {0}, expected[16];
        new_key();
        for (k = 0; k < 8; k++) {
            block[15 - k] = (uint8_t)(counter >> (8 * k));
        }
        oracle_aes128(1, key, NULL, expected, block, 16);
        mote_cbc_iv_from_counter(&aes, out, counter);
        CHECK_MEM(out, expected, 16);
        guards_release();
    }
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("cbc_vectors");
    test_add(suite, vectors_of_nist);
    test_add(suite, vectors_of_sp800_38a);
    test_add(suite, chaining_by_hand);
    test_add(suite, iv_from_counter);
    return test_main(suite);
}
