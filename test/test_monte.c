/* test/test_monte.c - Monte Carlo loops: each result is the next input, so that one wrong bit shows at the end.
 *
 * AESAVS sections 6.4.1 (ECB) and 6.4.2 (CBC), SHAVS section 6.4: up to 100 steps of 1000 iterations each. Every step
 * is compared with OpenSSL, and with NIST's figure where there is one. test_effort may cut the number of steps. */
#include "oracle.h"
#include "support.h"
#include "vectors.h"

#include <mote/aes.h>
#include <mote/cbc.h>
#include <mote/sha256.h>
#include <openssl/evp.h>

#define MONTE_FIELDS "mode:word direction:word steps:number key:hex iv:hex input:hex output:hex"

/* One step of ECB: block is the input and the output of 1000 iterations under key. */
static void ecb_step(int encrypt, const uint8_t key[16], uint8_t block[16])
{
    uint8_t expected[16];
    mote_aes128 aes;
    unsigned j;
    memcpy(expected, block, 16);
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
    for (j = 0; j < 1000; j++) {
        oracle_aes128(encrypt, key, NULL, expected, expected, 16);
        if (encrypt) {
            mote_aes128_encrypt_block(&aes, block, block);
        } else {
            mote_aes128_decrypt_block(&aes, block, block);
        }
    }
    mote_aes128_wipe(&aes);
    CHECK_MEM(block, expected, 16);
}

/* One CBC operation on one block, chain moved on, by mote. */
static void cbc_block(int encrypt, const mote_aes128 *aes, uint8_t chain[16], uint8_t out[16], const uint8_t in[16])
{
    if ((encrypt ? mote_cbc_encrypt(aes, chain, out, in, 16) : mote_cbc_decrypt(aes, chain, out, in, 16)) != MOTE_OK) {
        test_fail(__FILE__, __LINE__, "one block of CBC failed"); /* uncounted: 1000 times a step */
    }
    memcpy(chain, encrypt ? out : in, 16);
}

/* One step of CBC: the outputs of the last two of 1000 iterations; input j + 1 is output j - 1, and input 1 the IV. */
static void cbc_step(int encrypt, const uint8_t key[16], const uint8_t iv[16], const uint8_t first[16], uint8_t last[16],
                     uint8_t last_but_one[16])
{
    uint8_t chain[16], oracle_chain[16], in[16], out[16], previous[16], expected[16];
    mote_aes128 aes;
    unsigned j;
    memcpy(chain, iv, 16);
    memcpy(oracle_chain, iv, 16);
    memcpy(in, first, 16);
    memcpy(previous, iv, 16);
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
    for (j = 0; j < 1000; j++) {
        oracle_aes128(encrypt, key, oracle_chain, expected, in, 16);
        memcpy(oracle_chain, encrypt ? expected : in, 16);
        cbc_block(encrypt, &aes, chain, out, in);
        memcpy(last_but_one, previous, 16);
        memcpy(in, previous, 16);
        memcpy(previous, out, 16);
    }
    mote_aes128_wipe(&aes);
    CHECK_MEM(out, expected, 16);
    memcpy(last, out, 16);
}

static void xor_into(uint8_t out[16], const uint8_t in[16])
{
    size_t i;
    for (i = 0; i < 16; i++) {
        out[i] ^= in[i];
    }
}

START_TEST(aes_ecb)
{
    vectors *v = vectors_open("nist_aes128_monte.txt", MONTE_FIELDS);
    size_t i, cases = 0;
    for (i = 0; i < v->count; i++) {
        const int encrypt = strcmp(vector_word(v, i, "direction"), "encrypt") == 0;
        uint8_t key[16], block[16];
        unsigned step;
        if (strcmp(vector_word(v, i, "mode"), "ecb") != 0) {
            continue;
        }
        cases++;
        memcpy(key, vector_fixed(v, i, "key", 16), 16);
        memcpy(block, vector_fixed(v, i, "input", 16), 16);
        for (step = 1; step <= test_scaled(100); step++) {
            test_note("encrypt %d, step %u", encrypt, step);
            ecb_step(encrypt, key, block);
            xor_into(key, block);
            if (step == vector_number(v, i, "steps")) {
                CHECK_MEM(block, vector_fixed(v, i, "output", 16), 16);
            }
        }
    }
    CHECK_INT(cases, 2);
    vectors_close(v);
}
END_TEST

START_TEST(aes_cbc)
{
    vectors *v = vectors_open("nist_aes128_monte.txt", MONTE_FIELDS);
    size_t i, cases = 0;
    for (i = 0; i < v->count; i++) {
        const int encrypt = strcmp(vector_word(v, i, "direction"), "encrypt") == 0;
        uint8_t key[16], iv[16], in[16], last[16], last_but_one[16];
        unsigned step;
        if (strcmp(vector_word(v, i, "mode"), "cbc") != 0) {
            continue;
        }
        cases++;
        memcpy(key, vector_fixed(v, i, "key", 16), 16);
        memcpy(iv, vector_fixed(v, i, "iv", 16), 16);
        memcpy(in, vector_fixed(v, i, "input", 16), 16);
        for (step = 1; step <= test_scaled(100); step++) {
            test_note("encrypt %d, step %u", encrypt, step);
            cbc_step(encrypt, key, iv, in, last, last_but_one);
            if (step == vector_number(v, i, "steps")) {
                CHECK_MEM(last, vector_fixed(v, i, "output", 16), 16);
            }
            xor_into(key, last);
            memcpy(iv, last, 16);
            memcpy(in, last_but_one, 16);
        }
    }
    CHECK_INT(cases, 2);
    vectors_close(v);
}
END_TEST

/* SHAVS: each message is the last three digests in a row. */
START_TEST(sha256)
{
    vectors *v = vectors_open("nist_sha256_monte.txt", "step:number digest:hex");
    uint8_t message[96], digest[32];
    unsigned step, i;
    CHECK_INT(v->count, 101);
    CHECK_INT(vector_number(v, 0, "step"), 0);
    memcpy(digest, vector_fixed(v, 0, "digest", 32), 32);
    for (step = 1; step <= test_scaled(100); step++) {
        for (i = 0; i < 3; i++) {
            memcpy(message + 32 * i, digest, 32);
        }
        for (i = 0; i < 1000; i++) {
            mote_sha256_digest(digest, message, 96);
            memmove(message, message + 32, 64);
            memcpy(message + 64, digest, 32);
        }
        test_note("step %u", step);
        CHECK_INT(vector_number(v, step, "step"), step);
        CHECK_MEM(digest, vector_fixed(v, step, "digest", 32), 32);
    }
    vectors_close(v);
}
END_TEST

/* The length in bits does not fit 32 bits from 2^29 bytes on. */
START_TEST(sha256_of_half_a_gigabyte)
{
    const size_t piece_len = 1 << 20;
    uint8_t *piece = guarded_random(piece_len);
    uint8_t digest[32], expected[32];
    mote_sha256 sha;
    EVP_MD_CTX *oracle = EVP_MD_CTX_new();
    unsigned i;
    CHECK(oracle != NULL && EVP_DigestInit_ex(oracle, EVP_sha256(), NULL) == 1);
    mote_sha256_init(&sha);
    for (i = 0; i < 513; i++) {
        mote_sha256_update(&sha, piece, piece_len - i);
        if (EVP_DigestUpdate(oracle, piece, piece_len - i) != 1) {
            test_fail(__FILE__, __LINE__, "OpenSSL failed");
        }
    }
    mote_sha256_final(&sha, digest);
    CHECK_INT(EVP_DigestFinal_ex(oracle, expected, NULL), 1);
    EVP_MD_CTX_free(oracle);
    CHECK_MEM(digest, expected, 32);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("monte");
    test_add(suite, aes_ecb);
    test_add(suite, aes_cbc);
    test_add(suite, sha256);
    if (test_scaled(100) == 100 && FITS(1 << 20)) {
        test_add(suite, sha256_of_half_a_gigabyte);
    }
    return test_main(suite);
}
