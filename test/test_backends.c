/* test/test_backends.c - every backend that this processor can run, held against the portable one of its room: all lengths to
 * 4096, all alignments, in place and not; and the choice between them (ct/cpu.h).
 *
 * MOTE_TEST_BACKENDS names the backends to try (test/force.c); without it all are tried that the processor can run. */
#include "support.h"

#include <mote/mote.h>

#include "force.h"

#include "../aes/aes_backend.h"
#include "../base64/base64_backend.h"
#include "../base64/base64_internal.h"
#include "../sha256/sha256_backend.h"

#include <stdio.h>

#define MAX 4096
#define PORTABLE 0 /* the number of the portable backend in every room */

static void ran(const char *room, const char *name)
{
    printf("backend: %s %s\n", room, name);
    test_check(1, __FILE__, __LINE__, "the processor can run it");
}

/* ---- AES */

static void expand(mote_aes128 *aes, const uint8_t key[16], unsigned index)
{
    CHECK(mote_aes128_backend_force(index));
    CHECK_INT(mote_aes128_init(aes, key), MOTE_OK);
}

/* One run of blocks in both directions beside the portable backend, at these alignments, in place or not. */
static void compare_cbc(const mote_aes128 *aes, const mote_aes128 *portable, size_t blocks, size_t in_at, size_t out_at,
                        int in_place)
{
    uint8_t *const in = guarded_at(16 * blocks, in_at), *const out = in_place ? in : guarded_at(16 * blocks, out_at);
    uint8_t iv[16], chain[16], expected_chain[16], expected[MAX];
    uint8_t before[MAX];

    for (int decrypt = 0; decrypt < 2; decrypt++) {
        mote_aes_cbc *const run = decrypt ? mote_aes128_cbc_decrypt : mote_aes128_cbc_encrypt;

        test_note("%s of %zu blocks, in %zu, out %zu, in place %d", decrypt ? "decryption" : "encryption", blocks, in_at,
                  out_at, in_place);
        test_random(in, 16 * blocks);
        test_random(iv, sizeof iv);
        memcpy(before, in, 16 * blocks);
        memcpy(chain, iv, sizeof iv);
        memcpy(expected_chain, iv, sizeof iv);
        CHECK_INT(run(portable, expected_chain, expected, in, blocks), MOTE_OK);
        CHECK_INT(run(aes, chain, out, in, blocks), MOTE_OK);
        CHECK_MEM(out, expected, 16 * blocks);
        CHECK_MEM(chain, expected_chain, sizeof chain);
        if (!in_place)
            CHECK_MEM(in, before, 16 * blocks);
    }
    guards_release();
}

static void compare_aes(unsigned index)
{
    mote_aes128 aes, portable;
    uint8_t key[16], block[16], expected[16];

    for (unsigned i = 0; i < test_scaled(200); i++) {
        test_random(key, sizeof key);
        expand(&portable, key, PORTABLE);
        expand(&aes, key, index);
        test_random(block, sizeof block);
        mote_aes128_encrypt_block(&portable, expected, block);
        mote_aes128_encrypt_block(&aes, block, block);
        CHECK_MEM(block, expected, sizeof block);
        mote_aes128_decrypt_block(&portable, expected, block);
        mote_aes128_decrypt_block(&aes, block, block);
        CHECK_MEM(block, expected, sizeof block);
    }
    for (size_t blocks = 0; blocks <= MAX / 16; blocks += test_step()) {
        compare_cbc(&aes, &portable, blocks, blocks % 64, blocks * 7 % 64, 0);
        compare_cbc(&aes, &portable, blocks, blocks % 64, 0, 1);
    }
    for (size_t at = 0; at < 64; at += test_step()) {
        for (size_t blocks = 1; blocks <= 37; blocks += 4) {
            compare_cbc(&aes, &portable, blocks, at, (at * 5 + blocks) % 64, 0);
            compare_cbc(&aes, &portable, blocks, at, 0, 1);
        }
    }
}

START_TEST(aes_backends_agree)
{
    for (unsigned index = 0; mote_aes128_backend_name(index) != NULL; index++) {
        if (backend_wanted("aes", mote_aes128_backend_name(index)) && mote_aes128_backend_force(index)) {
            ran("aes", mote_aes128_backend_name(index));
            compare_aes(index);
        }
    }
    CHECK(mote_aes128_backend_force(PORTABLE));
}
END_TEST

/* A context keeps the backend that expanded its key, whatever is chosen later; a wiped one works, without harm. */
START_TEST(aes_context_remembers)
{
    uint8_t key[16], in[64], expected[64], out[64], iv[16] = {0};
    mote_aes128 aes;

    test_random(key, sizeof key);
    test_random(in, sizeof in);
    expand(&aes, key, PORTABLE);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, expected, in, sizeof in), MOTE_OK);
    for (unsigned first = 0; mote_aes128_backend_name(first) != NULL; first++) {
        for (unsigned then = 0; mote_aes128_backend_name(then) != NULL; then++) {
            if (!mote_aes128_backend_force(first))
                continue;
            CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
            if (!mote_aes128_backend_force(then))
                continue;
            CHECK_INT(mote_cbc_encrypt(&aes, iv, out, in, sizeof in), MOTE_OK);
            CHECK_MEM(out, expected, sizeof out);
            mote_aes128_wipe(&aes);
            CHECK_ZERO(&aes, sizeof aes);
            CHECK_INT(mote_cbc_decrypt(&aes, iv, out, in, sizeof in), MOTE_OK);
        }
    }
    CHECK(mote_aes128_backend_force(PORTABLE));
}
END_TEST

/* ---- SHA-256 */

#if !MOTE_SHA256_SINGLE_BACKEND /* as on 32-bit Arm */

static void compare_sha256(unsigned index)
{
    uint8_t digest[32], expected[32];

    for (size_t blocks = 0; blocks <= MAX / 64; blocks++) {
        for (size_t at = 0; at < 64; at += blocks < 6 ? 1 : 13) {
            uint8_t *const data = guarded_at(64 * blocks, at);
            uint32_t state[8], expected_state[8];

            test_note("%zu blocks at %zu", blocks, at);
            test_random(data, 64 * blocks);
            test_random(state, sizeof state);
            memcpy(expected_state, state, sizeof state);
            CHECK(mote_sha256_backend_force(PORTABLE));
            mote_sha256_compress(expected_state, data, blocks);
            CHECK(mote_sha256_backend_force(index));
            mote_sha256_compress(state, data, blocks);
            CHECK_MEM(state, expected_state, sizeof state);
            guards_release();
        }
    }
    for (size_t len = 0; len <= MAX; len += test_step()) {
        uint8_t *const data = guarded_at(len, len * 11 % 64);

        test_note("%zu bytes", len);
        test_random(data, len);
        CHECK(mote_sha256_backend_force(PORTABLE));
        mote_sha256_digest(expected, data, len);
        CHECK(mote_sha256_backend_force(index));
        mote_sha256_digest(digest, data, len);
        CHECK_MEM(digest, expected, sizeof digest);
        guards_release();
    }
}

START_TEST(sha256_backends_agree)
{
    for (unsigned index = 0; mote_sha256_backend_name(index) != NULL; index++) {
        if (backend_wanted("sha256", mote_sha256_backend_name(index)) && mote_sha256_backend_force(index)) {
            ran("sha256", mote_sha256_backend_name(index));
            compare_sha256(index);
        }
    }
    CHECK(mote_sha256_backend_force(PORTABLE));
}
END_TEST

#endif

/* ---- Base64 */

static void compare_base64(unsigned index, size_t len, size_t in_at, size_t out_at, uint8_t url)
{
    const size_t text_len = mote_base64url_encoded_len(len);
    uint8_t *const bytes = guarded_at(len, in_at), *const decoded = guarded_at(len, in_at * 3 % 64);
    char *const text = (char *)guarded_at(text_len, out_at);
    char expected[MAX / 3 * 4 + 4];

    test_note("%zu bytes at %zu, text at %zu, url %u", len, in_at, out_at, url);
    test_random(bytes, len);
    CHECK(mote_base64_backend_force(PORTABLE));
    mote_base64_encode_text(expected, bytes, text_len, url);
    CHECK(mote_base64_backend_force(index));
    mote_base64_encode_text(text, bytes, text_len, url);
    CHECK_MEM(text, expected, text_len);
    CHECK_INT(mote_base64_decode_text(decoded, text, text_len, url), 0);
    CHECK_MEM(decoded, bytes, len);
    CHECK_MEM(text, expected, text_len);
    CHECK_INT(mote_base64_decode_text((uint8_t *)text, text, text_len, url), 0); /* in place */
    CHECK_MEM(text, bytes, len);
    guards_release();
}

/* Every byte value at every place of texts that are an end, whole vectors, or both. */
static void compare_verdicts(unsigned index, size_t text_len, uint8_t url)
{
    char text[4 * 48];
    uint8_t bytes[3 * 48], expected[3 * 48];

    memset(text, 'Q', sizeof text);
    text[text_len - 1] = 'A'; /* no bits that no byte takes */
    for (size_t at = 0; at < text_len; at++) {
        const char before = text[at];

        for (unsigned value = 0; value < 256; value++) {
            uint8_t wrong, expected_wrong;

            text[at] = (char)value;
            CHECK(mote_base64_backend_force(PORTABLE));
            expected_wrong = mote_base64_decode_text(expected, text, text_len, url);
            CHECK(mote_base64_backend_force(index));
            wrong = mote_base64_decode_text(bytes, text, text_len, url);
            test_note("byte %u at %zu of %zu, url %u", value, at, text_len, url);
            CHECK_INT(wrong != 0, expected_wrong != 0);
            if (wrong == 0)
                CHECK_MEM(bytes, expected, mote_base64_bytes(text_len));
        }
        text[at] = before;
    }
}

START_TEST(base64_backends_agree)
{
    for (unsigned index = 0; mote_base64_backend_name(index) != NULL; index++) {
        if (!backend_wanted("base64", mote_base64_backend_name(index)) || !mote_base64_backend_force(index))
            continue;
        ran("base64", mote_base64_backend_name(index));
        for (uint8_t url = 0; url < 2; url++) {
            for (size_t len = 0; len <= MAX; len += test_step())
                compare_base64(index, len, len % 64, len * 7 % 64, url);
            for (size_t at = 0; at < 64; at += test_step())
                for (size_t len = 1; len <= 123; len += 11)
                    compare_base64(index, len, at, (at * 5 + len) % 64, url);
            for (size_t tail = 0; tail < 4; tail++) {
                if (tail == 1)
                    continue;
                compare_verdicts(index, 12 + tail, url);
                compare_verdicts(index, 64 + tail, url);
                compare_verdicts(index, 140 + tail, url);
            }
        }
    }
    CHECK(mote_base64_backend_force(PORTABLE));
}
END_TEST

/* ---- The choice */

START_TEST(a_backend_that_cannot_run_is_refused)
{
    static const mote_cpu_backend backends[] = {{"a", 0}, {"b", 0}, {"c", 1u << 30}}; /* no processor has that */
    uint8_t chosen = 0;

    CHECK(!mote_cpu_force(&chosen, backends, 3, 2));
    CHECK(!mote_cpu_force(&chosen, backends, 3, 3));
    CHECK_INT(chosen, 0);
    CHECK_INT(mote_cpu_chosen(&chosen, backends, 3), 1); /* the last that can run */
    CHECK(!mote_cpu_force(&chosen, backends, 3, 2));
    CHECK_INT(mote_cpu_chosen(&chosen, backends, 3), 1);
    CHECK(mote_cpu_force(&chosen, backends, 3, 0));
    CHECK_INT(mote_cpu_chosen(&chosen, backends, 3), 0);

    const char *const before = mote_aes128_backend();
    CHECK(!mote_aes128_backend_force(1000) && !mote_base64_backend_force(1000));
    CHECK(mote_aes128_backend() == before);
}
END_TEST

#if MOTE_CPU_X86
/* CPUID and XCR0 of processors and systems that are not here (Intel SDM volume 1 sections 14.3 and 15.2). */
START_TEST(only_what_the_system_enables)
{
    const uint32_t all = 0xffffffffu, osxsave = 1u << 27, avx = 1u << 28, aes = 1u << 25, sse41 = 1u << 19;
    const uint32_t everything = mote_cpu_decode(all, all, all, 0xe7);
    const uint32_t xmm = MOTE_CPU_SSSE3 | MOTE_CPU_AES | MOTE_CPU_SHA256, ymm = xmm | MOTE_CPU_AVX2 | MOTE_CPU_VAES;

    CHECK_INT(everything, ymm | MOTE_CPU_AVX512 | MOTE_CPU_VBMI);
    CHECK_INT(mote_cpu_decode(0, 0, 0, 0), 0);
    CHECK_INT(mote_cpu_decode(all, all, all, 0x07), ymm);          /* AVX-512 state is not saved */
    CHECK_INT(mote_cpu_decode(all, all, all, 0x67), ymm);          /* nor all of it */
    CHECK_INT(mote_cpu_decode(all, all, all, 0xa7), ymm);
    CHECK_INT(mote_cpu_decode(all, all, all, 0xe3), xmm);          /* AVX state is not saved */
    CHECK_INT(mote_cpu_decode(all, all, all, 0x03), xmm);
    CHECK_INT(mote_cpu_decode(all & ~osxsave, all, all, 0xe7), xmm); /* no XCR0 to read */
    CHECK_INT(mote_cpu_decode(all & ~avx, all, all, 0xe7), xmm);
    CHECK_INT(mote_cpu_decode(all & ~aes, all, all, 0xe7), everything & ~(MOTE_CPU_AES | MOTE_CPU_VAES));
    CHECK_INT(mote_cpu_decode(all & ~sse41, all, all, 0x03), MOTE_CPU_SSSE3);
    CHECK_INT(mote_cpu_decode(all, 0, 0, 0xe7), MOTE_CPU_SSSE3 | MOTE_CPU_AES);
    CHECK_INT(mote_cpu_decode(all, all & ~(1u << 8), all, 0xe7), xmm);                       /* AVX2 without BMI2 */
    CHECK_INT(mote_cpu_decode(all, all & ~(1u << 31), all, 0xe7), ymm);                      /* AVX-512F without VL */
    CHECK_INT(mote_cpu_decode(all, all, 0, 0xe7), everything & ~(MOTE_CPU_VAES | MOTE_CPU_VBMI));
}
END_TEST
#endif

int main(void)
{
    Suite *suite = test_suite("backends");

    test_add(suite, aes_backends_agree);
    test_add(suite, aes_context_remembers);
#if !MOTE_SHA256_SINGLE_BACKEND
    test_add(suite, sha256_backends_agree);
#endif
    test_add(suite, base64_backends_agree);
    test_add(suite, a_backend_that_cannot_run_is_refused);
#if MOTE_CPU_X86
    test_add(suite, only_what_the_system_enables);
#endif
    return test_main(suite);
}
