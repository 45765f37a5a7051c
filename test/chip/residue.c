/* test/chip/residue.c - no secret is left on the stack: what a call leaves in the simulated chip's memory is searched.
 *
 * Searched for are keys, round keys as the context holds them, plaintexts, midstates, tags before they are accepted, derived
 * keys, texts: four bytes of any of them, at any place and in either byte order. On the AVRs, whose rounds are written in
 * assembly, also what SHA-256 makes of them on the way: every word of the message schedule of the block that holds a key, and
 * every working variable of its rounds. Everything is done twice, with different secrets: what is found both times at the same
 * place after the same call is a failure, and what is found once is chance. */
#include "chip.h"
#include "constant_time.h"
#include "ct_secrets.h"
#include "marshal.h"

#include "../sha256_steps.h"

#include <mote/mote.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORDS 2000

static uint32_t words[MAX_WORDS]; /* what must not be found */
static size_t word_count;
static unsigned failures, checks;

/* What was found in the first of two runs with different secrets: only what the second finds at the same place is no chance. */
#define MAX_FOUND 20000
static struct {
    unsigned check;
    size_t place;
} found[MAX_FOUND];
static size_t found_count;
static int second_run;

static void add_word(uint32_t word)
{
    if (word_count == MAX_WORDS)
        chip_fail("more than %d words of secrets", MAX_WORDS);
    words[word_count++] = word;
}

static void add_bytes(const void *data, size_t len)
{
    const uint8_t *bytes = data;

    for (size_t i = 0; i + 4 <= len; i += 4)
        add_word((uint32_t)bytes[i] << 24 | (uint32_t)bytes[i + 1] << 16 | (uint32_t)bytes[i + 2] << 8 | bytes[i + 3]);
}

static uint32_t filler; /* what fills up every short key is no secret */

static void add_step(uint32_t a, uint32_t e, uint32_t w)
{
    add_word(a);
    add_word(e);
    if (w != filler)
        add_word(w);
}

/* Of the first block of a message: on an AVR all of its schedule and of its working variables, and the state after it. */
static void add_compression(const uint8_t block[64])
{
    uint32_t state[8];

    filler = block[63] * 0x01010101u;
    sha256_begin(state);
    sha256_steps(state, block, chip_stamp_is_cycles ? add_step : NULL);
    for (unsigned i = 0; i < 8; i++)
        add_word(state[i]);
}

/* HMAC's two blocks that hold the key. */
static void add_hmac_key(const uint8_t *secret, size_t len)
{
    static const uint8_t pads[2] = {0x36, 0x5c};

    add_bytes(secret, len);
    for (unsigned which = 0; which < 2; which++) {
        uint8_t block[64];

        memset(block, pads[which], sizeof block);
        for (size_t i = 0; i < len; i++)
            block[i] ^= secret[i];
        add_compression(block);
    }
}

static void add_aes_key(const uint8_t secret[16])
{
    mote_aes128 aes;

    add_bytes(secret, 16);
    expect_ok(mote_aes128_init(&aes, secret));
    add_bytes(&aes, call_sizeof(CHIP_SIZEOF_AES128));
}

static int found_before(size_t place)
{
    for (size_t i = 0; i < found_count; i++)
        if (found[i].check == checks && found[i].place == place)
            return 1;
    return 0;
}

/* The last call, searched. */
static void search(const char *what)
{
    const char *name = chip_function_name[chip_trace.function];
    size_t len;
    const uint8_t *stack = call_stack(&len);

    checks++;
    for (size_t i = 0; i + 4 <= len; i++) {
        const uint32_t big =
            (uint32_t)stack[i] << 24 | (uint32_t)stack[i + 1] << 16 | (uint32_t)stack[i + 2] << 8 | stack[i + 3];
        const uint32_t little = (big & 0xff) << 24 | (big & 0xff00) << 8 | (big >> 8 & 0xff00) | big >> 24;

        for (size_t w = 0; w < word_count; w++) {
            if (words[w] != big && words[w] != little)
                continue;
            if (!second_run) {
                if (found_count == MAX_FOUND)
                    chip_fail("more than %d words are left", MAX_FOUND);
                found[found_count].check = checks;
                found[found_count++].place = len - i;
            } else if (found_before(len - i)) {
                printf("%s%s: word %zu of %zu, %08x, lies on the stack %zu bytes below its top\n", name, what, w, word_count,
                       words[w], len - i);
                failures++;
                i += 3;
            }
            break;
        }
    }
}

static void forget(void)
{
    word_count = 0;
    new_secrets();
}

static void search_aes(void)
{
    mote_aes128 aes;

    forget();
    add_aes_key(key);
    add_bytes(message, LEN);
    expect_ok(mote_aes128_init(&aes, key));
    search("");
    mote_aes128_encrypt_block(&aes, out, message);
    search("");
    mote_aes128_decrypt_block(&aes, out, out);
    search("");
    expect_ok(mote_cbc_encrypt(&aes, iv, out, message, LEN));
    search("");
    expect_ok(mote_cbc_decrypt(&aes, iv, out, out, LEN));
    search("");
    expect_ok(mote_cbc_pkcs7_encrypt(&aes, iv, out, sizeof out, &out_len, message, LEN - 3));
    search("");
    expect_ok(mote_cbc_pkcs7_decrypt(&aes, iv, out, sizeof out, &out_len, out, out_len));
    search("");
    mote_cbc_iv_from_counter(&aes, out, 1);
    search("");
}

static void search_streams(void)
{
    mote_aes128 aes;
    mote_cbc_stream stream;
    size_t len;

    forget();
    add_aes_key(key);
    add_bytes(message, LEN);
    expect_ok(mote_aes128_init(&aes, key));
    mote_cbc_encrypt_init(&stream, &aes, iv);
    expect_ok(mote_cbc_update(&stream, out, sizeof out, &len, message, LEN - 3));
    search(", encrypting");
    expect_ok(mote_cbc_final(&stream, out + len, sizeof out - len, &out_len));
    search(", encrypting");
    mote_cbc_decrypt_init(&stream, &aes, iv);
    expect_ok(mote_cbc_update(&stream, out, sizeof out, &len, out, len + out_len));
    search(", decrypting");
    expect_ok(mote_cbc_final(&stream, out + len, sizeof out - len, &out_len));
    search(", decrypting");
}

static void search_hash(void)
{
    mote_sha256 sha;

    forget();
    add_bytes(message, LEN);
    add_compression(message);
    mote_sha256_init(&sha);
    mote_sha256_update(&sha, message, LEN);
    search("");
    mote_sha256_final(&sha, out);
    search("");
    mote_sha256_digest(out, message, LEN);
    search("");
}

static void search_hmac(void)
{
    mote_hmac_key hmac_key;
    mote_hmac hmac, copy;
    mote_hkdf hkdf;

    forget();
    add_hmac_key(key, 32);
    mote_hmac_key_init(&hmac_key, key, 32);
    add_bytes(&hmac_key, sizeof hmac_key);
    search("");
    mote_hmac_init(&hmac, &hmac_key);
    search("");
    mote_hmac_update(&hmac, message, LEN);
    search("");
    copy = hmac;
    mote_hmac_final(&hmac, out);
    add_bytes(out, 32); /* what a verification compares with, before it is accepted */
    search("");
    expect_ok(mote_hmac_verify(&copy, out, 32));
    search("");
    mote_hmac_sha256(out, key, 32, message, LEN);
    search("");
    mote_hkdf_from_prk(&hkdf, key);
    search("");
    expect_ok(mote_hkdf_expand(&hkdf, out, 64, aad, AAD_LEN));
    add_bytes(out, 64);
    search("");
    expect_ok(mote_hkdf_device_key(&hkdf, out, 32, "uplink v1", aad, AAD_LEN));
    add_bytes(out, 32);
    search("");
    mote_hkdf_extract(&hkdf, iv, 16, key, 32);
    add_bytes(&hkdf, sizeof hkdf);
    search("");
    expect_ok(mote_hkdf_sha256(out, 32, iv, 16, key, 32, aad, AAD_LEN));
    add_bytes(out, 32);
    search("");
}

static void search_packets(void)
{
    const size_t len = 96;

    forget();
    add_hmac_key(key, 16);
    add_aes_key(key + 16);
    add_bytes(message, 60);
    expect_ok(mote_seal(key, iv, sealed, sizeof sealed, &out_len, message, 60, aad, AAD_LEN));
    search("");
    expect_ok(mote_open(key, out, sizeof out, &out_len, sealed, len, aad, AAD_LEN));
    search("");
    sealed[40] ^= 1;
    if (mote_open(key, out, sizeof out, &out_len, sealed, len, aad, AAD_LEN) != MOTE_ERR_AUTH)
        chip_fail("a forgery is opened");
    search(", refusing");
    expect_ok(mote_cbc_hmac_encrypt(key, iv, out, sizeof out, &out_len, sealed, message, 60, aad, AAD_LEN));
    search("");
    expect_ok(mote_cbc_hmac_decrypt(key, iv, out, sizeof out, &out_len, out, out_len, sealed, aad, AAD_LEN));
    search("");
}

static void search_text(void)
{
    char text[2 * LEN + 1];

    forget();
    add_bytes(message, LEN);
    expect_ok(mote_base64_encode(text, sizeof text, &out_len, message, LEN));
    add_bytes(text, out_len);
    search("");
    expect_ok(mote_base64_decode(out, sizeof out, &out_len, text, out_len));
    search("");
    expect_ok(mote_base16_encode(text, sizeof text, &out_len, message, LEN));
    add_bytes(text, out_len);
    search("");
    expect_ok(mote_base16_decode(out, sizeof out, &out_len, text, out_len));
    search("");
}

/* A stack that is not wiped has to be noticed, or nothing above means anything. */
static void search_planted(void)
{
    const unsigned before = failures;

    forget();
    add_bytes(message, 32);
    planted_copy(message, 32);
    search(", as it should be");
    if (second_run && failures == before) {
        printf("a copy that was left behind is not found\n");
        failures++;
    } else {
        failures = before;
    }
}

int main(void)
{
    sha256_make_constants();
    if (sha256_constants.K[0] != 0x428a2f98 || sha256_constants.K[63] != 0xc67178f2)
        chip_fail("the constants of SHA-256 are wrong");
    for (second_run = 0; second_run < 2; second_run++) {
        checks = 0;
        search_planted();
        search_aes();
        search_streams();
        search_hash();
        search_hmac();
        search_packets();
        search_text();
    }
    printf("checks: residue %u\n", checks);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
