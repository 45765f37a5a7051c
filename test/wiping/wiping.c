/* test/wiping/wiping.c - what a public function leaves behind of its secrets: nothing.
 *
 * Each function that handles a secret runs on a stack of its own, painted before. After it that whole stack and the
 * processor's vector registers are searched for four bytes in a row of every secret that it had or made: keys, round keys
 * (in FIPS 197's form and in the context's), plaintexts, texts, HMAC's padded keys and states, inner digests, PRKs, output
 * keys, digests and tags; at every address, as they stand and the other way round. The caller's own buffers lie elsewhere.
 * Round keys of a bitsliced backend have few independent bits to a word: of those whole words are searched for.
 *
 * Four bytes are sometimes found by chance. So everything runs twice, with different secrets, and a remainder is what is
 * found both times at the same place after the same call. Every backend that the processor can run is forced in turn.
 *
 *   wiping             run everything: exit status 1, and a line for each remainder
 *   wiping NAME        a remainder left on purpose, which must be found; `wiping list` gives the names */
#include "wiping.h"

#include <mote/mote.h>

#include "../../aes/aes_backend.h"
#include "../../base64/base64_backend.h"
#include "../../sha256/sha256_backend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(int condition, const char *what)
{
    if (!condition) {
        printf("%s\n", what);
        failures++;
    }
}

static int all_zero(const void *data, size_t len)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum |= ((const uint8_t *)data)[i];
    return sum == 0;
}

#define EXPECT_WIPED(object) expect(all_zero(&object, sizeof object), #object " is not wiped")

/* ---- The functions; what the caller owns is in static memory. */

/* Lengths that leave a piece of a block, of a group and of a vector; for SHA-256 one that is copied by vectors, and one of which
 * the last whole block and the rest are hashed as a pair by the backends that take two blocks side by side. */
enum { LEN = 199, PADDED = 208, HASHED = 183, PAIRED = 119 };

static uint8_t key[32], long_key[150], iv[16], message[LEN + 1], aad[24], salt[24];
static uint8_t out[400], back[400], digest[32], tag[32], sealed[400], forged[400];
static char text[500];
static size_t out_len, out_len2, sealed_len, text_len;
static mote_aes128 aes;
static mote_sha256 sha;
static mote_hmac_key hmac_key;
static mote_hmac hmac;
static mote_hkdf hkdf;
static mote_cbc_stream stream;
static volatile int result;

static void new_secrets(void)
{
    static uint32_t random = 1;
    static uint8_t *const at[] = {key, long_key, message, aad, salt};
    static const size_t len[] = {sizeof key, sizeof long_key, sizeof message, sizeof aad, sizeof salt};

    for (size_t i = 0; i < sizeof at / sizeof at[0]; i++)
        for (size_t j = 0; j < len[i]; j++) {
            random = random * 1664525 + 1013904223;
            at[i][j] = (uint8_t)(random >> 24);
        }
}

static void do_aes_init(void) { result = mote_aes128_init(&aes, key + 16); }
static void do_aes_encrypt(void) { mote_aes128_encrypt_block(&aes, out, message); }
static void do_aes_decrypt(void) { mote_aes128_decrypt_block(&aes, back, out); }
static void do_aes_wipe(void) { mote_aes128_wipe(&aes); }
static void do_cbc_encrypt1(void) { result = mote_cbc_encrypt(&aes, iv, out, message, 16); }
static void do_cbc_encrypt(void) { result = mote_cbc_encrypt(&aes, iv, out, message, 192); }
static void do_cbc_decrypt(void) { result = mote_cbc_decrypt(&aes, iv, back, out, 192); }
static void do_cbc_decrypt3(void) { result = mote_cbc_decrypt(&aes, iv, back, out, 48); }
static void do_pkcs7_encrypt(void) { result = mote_cbc_pkcs7_encrypt(&aes, iv, out, sizeof out, &out_len, message, LEN); }
static void do_pkcs7_decrypt(void) { result = mote_cbc_pkcs7_decrypt(&aes, iv, back, sizeof back, &out_len, out, PADDED); }
static void do_pkcs7_refuse(void) { result = mote_cbc_pkcs7_decrypt(&aes, iv, back, sizeof back, &out_len, out, 192); }
static void do_unpad(void) { result = mote_pkcs7_unpad(message, 192, &out_len); }
static void do_iv(void) { mote_cbc_iv_from_counter(&aes, iv, 0x1122334455667788); }
static void do_encrypt_update(void) { result = mote_cbc_update(&stream, out, sizeof out, &out_len, message, 100); }
static void do_encrypt_update2(void)
{
    result = mote_cbc_update(&stream, out + out_len, sizeof out - out_len, &out_len2, message + 100, LEN - 100);
    out_len += out_len2;
}
static void do_encrypt_final(void) { result = mote_cbc_final(&stream, out + out_len, sizeof out - out_len, &out_len2); }
static void do_decrypt_update(void) { result = mote_cbc_update(&stream, back, sizeof back, &out_len, out, 70); }
static void do_decrypt_update2(void)
{
    result = mote_cbc_update(&stream, back + out_len, sizeof back - out_len, &out_len2, out + 70, PADDED - 70);
    out_len += out_len2;
}
static void do_decrypt_final(void) { result = mote_cbc_final(&stream, back + out_len, sizeof back - out_len, &out_len2); }
static void do_stream_wipe(void) { mote_cbc_stream_wipe(&stream); }
static void do_sha_update(void) { mote_sha256_update(&sha, message, HASHED); }
static void do_sha_update2(void) { mote_sha256_update(&sha, message + 10, 5); }
static void do_sha_final(void) { mote_sha256_final(&sha, digest); }
static void do_sha_digest(void) { mote_sha256_digest(digest, message, HASHED); }
static void do_sha_digest_paired(void) { mote_sha256_digest(digest, message, PAIRED); }
static void do_hmac_key_init(void) { mote_hmac_key_init(&hmac_key, key, 32); }
static void do_hmac_long_key(void) { mote_hmac_key_init(&hmac_key, long_key, sizeof long_key); }
static void do_hmac_init(void) { mote_hmac_init(&hmac, &hmac_key); }
static void do_hmac_update(void) { mote_hmac_update(&hmac, message, HASHED); }
static void do_hmac_final(void) { mote_hmac_final(&hmac, tag); }
static void do_hmac_verify(void) { result = mote_hmac_verify(&hmac, tag, 32); }
static void do_hmac(void) { mote_hmac_sha256(tag, key, 32, message, HASHED); }
static void do_hmac_short(void) { mote_hmac_sha256(tag, key, 32, message, 16); }
static void do_hmac_key_wipe(void) { mote_hmac_key_wipe(&hmac_key); }
static void do_extract(void) { mote_hkdf_extract(&hkdf, salt, sizeof salt, long_key, sizeof long_key); }
static void do_from_prk(void) { mote_hkdf_from_prk(&hkdf, key); }
static void do_expand(void) { result = mote_hkdf_expand(&hkdf, out, 100, aad, sizeof aad); }
static void do_device_key(void) { result = mote_hkdf_device_key(&hkdf, out, 64, "uplink", aad, sizeof aad); }
static void do_hkdf(void)
{
    result = mote_hkdf_sha256(out, 100, salt, sizeof salt, long_key, sizeof long_key, message, 150);
}
static void do_hkdf_wipe(void) { mote_hkdf_wipe(&hkdf); }
static void do_seal(void) { result = mote_seal(key, iv, sealed, sizeof sealed, &sealed_len, message, LEN, aad, sizeof aad); }
static void do_open(void) { result = mote_open(key, back, sizeof back, &out_len, sealed, sealed_len, aad, sizeof aad); }
static void do_refuse(void) { result = mote_open(key, back, sizeof back, &out_len, forged, sealed_len, aad, sizeof aad); }
static void do_encrypt_tag(void)
{
    result = mote_cbc_hmac_encrypt(key, iv, out, sizeof out, &out_len, tag, message, LEN, aad, sizeof aad);
}
static void do_decrypt_tag(void)
{
    result = mote_cbc_hmac_decrypt(key, iv, back, sizeof back, &out_len2, out, out_len, tag, aad, sizeof aad);
}
#define TEXT_FUNCTIONS(code, its_len)                                                                                   \
    static void do_##code##_encode(void) { result = mote_##code##_encode(text, sizeof text, &text_len, message, its_len); } \
    static void do_##code##_decode(void) { result = mote_##code##_decode(back, sizeof back, &out_len, text, text_len); }
TEXT_FUNCTIONS(base64, LEN)
TEXT_FUNCTIONS(base64url, LEN + 1)
TEXT_FUNCTIONS(base16, LEN)
static void do_equal(void) { result = mote_ct_equal(message, back, LEN); }

/* The key as FIPS 197 and as the context has it. */
static void add_cipher_key(void)
{
    mote_aes128 other;

    memset(&other, 0, sizeof other);
    if (mote_aes128_init(&other, key + 16) != MOTE_OK)
        exit(2);
    add_aes_key(key + 16);
#if !MOTE_AES_EXTERN /* which has the key alone */
    if (strncmp(mote_aes128_backend(), "fixslice", 8) == 0)
        add_words("a round key of the context", other.round_keys, sizeof other.round_keys, sizeof other.round_keys[0]);
    else
        add_bytes("a round key of the context", other.round_keys, sizeof other.round_keys);
#endif
}

static void run_cipher(const char *backend)
{
#define CIPHER(name, function)              \
    add_cipher_key();                       \
    add_bytes("plaintext", message, LEN);   \
    run(backend, name, function)
    memset(&aes, 0, sizeof aes);
    CIPHER("mote_aes128_init", do_aes_init);
    CIPHER("mote_aes128_encrypt_block", do_aes_encrypt);
    CIPHER("mote_aes128_decrypt_block", do_aes_decrypt);
    CIPHER("mote_cbc_encrypt, one block", do_cbc_encrypt1);
    CIPHER("mote_cbc_encrypt", do_cbc_encrypt);
    CIPHER("mote_cbc_decrypt", do_cbc_decrypt);
    CIPHER("mote_cbc_decrypt, three blocks", do_cbc_decrypt3);
    CIPHER("mote_cbc_pkcs7_encrypt", do_pkcs7_encrypt);
    CIPHER("mote_cbc_pkcs7_decrypt", do_pkcs7_decrypt);
    expect(result == MOTE_OK && all_zero(back + LEN, PADDED - LEN), "the padding is not wiped");
    CIPHER("mote_cbc_pkcs7_decrypt, wrong padding", do_pkcs7_refuse);
    expect(result == MOTE_ERR_PADDING && all_zero(back, 192), "plaintext of a wrong padding is not wiped");
    mote_cbc_encrypt_init(&stream, &aes, iv);
    CIPHER("mote_cbc_update, encrypting", do_encrypt_update);
    CIPHER("mote_cbc_update, encrypting more", do_encrypt_update2);
    CIPHER("mote_cbc_final, encrypting", do_encrypt_final);
    EXPECT_WIPED(stream);
    mote_cbc_decrypt_init(&stream, &aes, iv);
    CIPHER("mote_cbc_update, decrypting", do_decrypt_update);
    CIPHER("mote_cbc_update, decrypting more", do_decrypt_update2);
    CIPHER("mote_cbc_final, decrypting", do_decrypt_final);
    EXPECT_WIPED(stream);
    mote_cbc_encrypt_init(&stream, &aes, iv);
    do_encrypt_update();
    CIPHER("mote_cbc_stream_wipe", do_stream_wipe);
    EXPECT_WIPED(stream);
    add_cipher_key();
    run(backend, "mote_cbc_iv_from_counter", do_iv);
    add_cipher_key();
    run(backend, "mote_aes128_wipe", do_aes_wipe);
    EXPECT_WIPED(aes);
}

static void run_hash(const char *backend)
{
#define HASH(name, function, len)                           \
    add_message("message", NULL, message, len, digest);     \
    add_bytes("the digest", digest, 32);                    \
    run(backend, name, function)
    mote_sha256_init(&sha);
    HASH("mote_sha256_update", do_sha_update, HASHED);
    HASH("mote_sha256_update, a few bytes", do_sha_update2, HASHED);
    HASH("mote_sha256_final", do_sha_final, HASHED);
    EXPECT_WIPED(sha);
    HASH("mote_sha256_digest", do_sha_digest, HASHED);
    HASH("mote_sha256_digest, a pair at the end", do_sha_digest_paired, PAIRED);

#define HMAC(name, function, k, k_len, len)                 \
    add_bytes("message", message, LEN);                     \
    add_hmac(k, k_len, message, len, tag);                  \
    run(backend, name, function)
    HMAC("mote_hmac_key_init, long key", do_hmac_long_key, long_key, sizeof long_key, 0);
    HMAC("mote_hmac_key_init", do_hmac_key_init, key, 32, 0);
    HMAC("mote_hmac_init", do_hmac_init, key, 32, HASHED);
    HMAC("mote_hmac_update", do_hmac_update, key, 32, HASHED);
    HMAC("mote_hmac_final", do_hmac_final, key, 32, HASHED);
    EXPECT_WIPED(hmac);
    do_hmac_init();
    do_hmac_update();
    HMAC("mote_hmac_verify", do_hmac_verify, key, 32, HASHED);
    expect(result == MOTE_OK, "the right tag is refused");
    EXPECT_WIPED(hmac);
    HMAC("mote_hmac_sha256", do_hmac, key, 32, HASHED);
    HMAC("mote_hmac_sha256, short", do_hmac_short, key, 32, 16);
    HMAC("mote_hmac_key_wipe", do_hmac_key_wipe, key, 32, 0);
    EXPECT_WIPED(hmac_key);
}

static void run_derivation(const char *backend)
{
    uint8_t prk[32], unused[32];

    add_hmac(salt, sizeof salt, long_key, sizeof long_key, prk);
    forget_secrets();
#define DERIVE(name, function, k, with_output)                          \
    add_bytes("the input key", long_key, sizeof long_key);              \
    add_hmac(salt, sizeof salt, long_key, sizeof long_key, unused);       \
    add_bytes("the PRK", k, 32);                                        \
    add_hmac(k, 32, message, 0, unused);                                \
    if (with_output) {                                                  \
        function();                                                     \
        add_bytes("the output key", out, 64);                           \
    }                                                                   \
    run(backend, name, function)
    DERIVE("mote_hkdf_from_prk", do_from_prk, key, 0);
    DERIVE("mote_hkdf_extract", do_extract, prk, 0);
    DERIVE("mote_hkdf_expand", do_expand, prk, 1);
    DERIVE("mote_hkdf_device_key", do_device_key, prk, 1);
    DERIVE("mote_hkdf_sha256", do_hkdf, prk, 1);
    DERIVE("mote_hkdf_wipe", do_hkdf_wipe, prk, 0);
    EXPECT_WIPED(hkdf);
}

static void run_packets(const char *backend)
{
    uint8_t covered[sizeof aad + 16 + PADDED + 8], full_tag[32];

    do_seal();
    memcpy(covered, aad, sizeof aad);
    memcpy(covered + sizeof aad, sealed, 16 + PADDED);
    memset(covered + sizeof covered - 8, 0, 8);
    covered[sizeof covered - 1] = sizeof aad * 8;
    memcpy(forged, sealed, sizeof forged);
    forged[40] ^= 1;
#define PACKET(name, function)                                                  \
    add_bytes("plaintext", message, LEN);                                       \
    add_cipher_key();                                                           \
    add_hmac(key, 16, covered, sizeof covered, full_tag);                       \
    run(backend, name, function)
    PACKET("mote_seal", do_seal);
    PACKET("mote_open", do_open);
    expect(result == MOTE_OK && out_len == LEN, "mote_open failed");
    expect(memcmp(sealed + sealed_len - 16, full_tag, 16) == 0, "the packet's tag is not that of the specification");
    PACKET("mote_cbc_hmac_encrypt", do_encrypt_tag);
    PACKET("mote_cbc_hmac_decrypt", do_decrypt_tag);
    covered[40 + sizeof aad] ^= 1; /* now the tag is that of the forgery, which nobody may learn */
    PACKET("mote_open, refusing", do_refuse);
    expect(result == MOTE_ERR_AUTH, "a forgery is accepted");
}

static void run_text(const char *backend)
{
#define TEXT(name, function)                    \
    add_bytes("bytes", message, LEN + 1);       \
    add_bytes("text", text, text_len);          \
    run(backend, name, function)
#define BOTH(code)                                                                                  \
    do_##code##_encode();                                                                           \
    TEXT("mote_" #code "_encode", do_##code##_encode);                                              \
    TEXT("mote_" #code "_decode", do_##code##_decode);                                              \
    text[text_len - 5] ^= 0x80;                                                                     \
    TEXT("mote_" #code "_decode, wrong", do_##code##_decode);                                       \
    expect(result == MOTE_ERR_ENCODING && all_zero(back, LEN), "bytes of a wrong text are not wiped")
    BOTH(base64);
    BOTH(base64url);
    BOTH(base16);
}

static void run_all(void)
{
    new_secrets();
    calls = 0;
#if MOTE_AES_SINGLE_BACKEND
    run_cipher("");
#else
    for (unsigned i = 0; mote_aes128_backend_name(i) != NULL; i++)
        if (mote_aes128_backend_force(i)) {
            run_cipher(mote_aes128_backend());
            run_packets(mote_aes128_backend());
        }
#endif
#if MOTE_SHA256_SINGLE_BACKEND
    run_hash("");
    run_derivation("");
#else
    for (unsigned i = 0; mote_sha256_backend_name(i) != NULL; i++)
        if (mote_sha256_backend_force(i)) {
            run_hash(mote_sha256_backend());
            run_derivation(mote_sha256_backend());
            run_packets(mote_sha256_backend());
        }
#endif
    run_packets("");
#if MOTE_BASE64_SINGLE_BACKEND
    run_text("");
#else
    for (unsigned i = 0; mote_base64_backend_name(i) != NULL; i++)
        if (mote_base64_backend_force(i))
            run_text(mote_base64_backend());
#endif
    memcpy(back, message, LEN);
    add_bytes("bytes", message, LEN);
    run("", "mote_ct_equal", do_equal);
    add_bytes("plaintext", message, LEN);
    run("", "mote_pkcs7_unpad", do_unpad);
}

/* ---- Remainders left on purpose. */

static volatile uint8_t sink;

static void do_leave_stack(void)
{
    uint8_t copy[512]; /* the start of which what comes after does not reach */
    volatile uint8_t *to = copy;

    __asm__("" : "+r"(to)); /* else clang makes sixteen variables of it, in an order of its own */
    for (int i = 0; i < 16; i++)
        to[i] = key[i];
    sink = to[3];
}

static void do_leave_word(void)
{
    uint8_t copy[512];
    volatile uint8_t *to = copy;

    __asm__("" : "+r"(to));
    for (int i = 0; i < 40; i++)
        to[i] = 0;
    for (int i = 1; i < 5; i++)
        to[i + 30] = key[9 - i];
    sink = to[31];
}

static void do_leave_register(void) { leave_in_register(key, 0); }
static void do_leave_high_register(void) { leave_in_register(key, 1); }
static void do_nothing(void) { sink = key[0]; }

static const struct {
    const char *name;
    void (*function)(void);
} planted[] = {
    {"stack", do_leave_stack},
    {"reversed-word", do_leave_word},
    {"register", do_leave_register},
    {"high-register", do_leave_high_register},
};

int main(int argc, char **argv)
{
    for (pass = 0; pass < 2; pass++) {
        if (argc < 2) {
            run_all();
            continue;
        }
        new_secrets();
        calls = 0;
        add_bytes("the key", key, 32);
        run("", "nothing", do_nothing); /* which must not be found to leave anything */
        if (failures != 0)
            return 2;
        for (size_t i = 0; i < sizeof planted / sizeof planted[0]; i++) {
            if (strcmp(argv[1], "list") == 0 && pass == 0)
                puts(planted[i].name);
            if (strcmp(argv[1], planted[i].name) != 0)
                continue;
            add_bytes("the key", key, 32);
            run("", planted[i].name, planted[i].function);
        }
    }
    if (argc < 2)
        printf("wiping: %u calls, %u remainders, %zu bytes of stack\n", calls, failures, deepest);
    return failures != 0;
}
