/* test/constant_time/constant_time.c - every public function that touches a secret, with its secrets marked as such.
 *
 * Secret are: keys, plaintexts, paddings, pseudorandom keys, digests, tags before they are accepted, the content of
 * encoded texts. Public are: lengths, IVs, ciphertexts and tags once they are sent, device ids, labels, associated data, salts.
 * What a function returns as its status or as a length must come out public: every one is branched on here, so that the
 * checker sees it if the library did not declassify it.
 *
 *   constant_time          call everything; the checker reports what it finds
 *   constant_time NAME     a planted leak, which the checker must report, or the cell of the matrix proves nothing
 *   constant_time list     the names of the planted leaks */
#include "secrets.h"

#include <mote/mote.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX 400

static void fail(int line)
{
    fprintf(stderr, "constant_time: line %d: unexpected result\n", line);
    exit(3);
}

/* Branches on the result: seen by the checker if that is secret. */
#define EXPECT(condition) \
    do {                  \
        if (!(condition)) \
            fail(__LINE__); \
    } while (0)

static uint8_t key[32], iv[16], message[MAX], aad[20];

static void fill(void)
{
    for (size_t i = 0; i < sizeof message; i++)
        message[i] = (uint8_t)(i * 7 + 1);
    for (size_t i = 0; i < sizeof key; i++)
        key[i] = (uint8_t)(i * 11 + 3);
    memset(iv, 0x55, sizeof iv);
    memset(aad, 0xaa, sizeof aad);
    secret(key, sizeof key);
    secret(message, sizeof message);
}

static void check_ct(void)
{
    uint8_t copy[32];
    int equal;

    memcpy(copy, key, sizeof copy);
    equal = mote_ct_equal(key, copy, sizeof key);
    public_again(&equal, sizeof equal); /* a caller of mote_ct_equal declassifies its answer itself */
    EXPECT(equal == 1);
    mote_wipe(copy, sizeof copy);
    EXPECT(copy[5] == 0);
}

static void check_aes(void)
{
    mote_aes128 aes;
    uint8_t block[16];

    EXPECT(mote_aes128_init(&aes, key) == MOTE_OK);
    mote_aes128_encrypt_block(&aes, block, message);
    mote_aes128_decrypt_block(&aes, block, block);
    mote_aes128_decrypt_block(&aes, block, message);
    mote_aes128_wipe(&aes);
}

static void check_sha256(void)
{
    mote_sha256 sha;
    uint8_t digest[32];

    for (size_t len = 0; len < 200; len += 13) {
        mote_sha256_digest(digest, message, len);
        mote_sha256_init(&sha);
        mote_sha256_update(&sha, message, len);
        mote_sha256_update(&sha, message + len, 70);
        mote_sha256_final(&sha, digest);
    }
}

static void check_hmac(void)
{
    mote_hmac_key prepared;
    mote_hmac hmac;
    uint8_t tag[32];

    mote_hmac_sha256(tag, key, sizeof key, message, 100);
    mote_hmac_sha256(tag, message, 100, message, 0);
    mote_hmac_key_init(&prepared, key, sizeof key);
    for (int right = 0; right < 2; right++) {
        mote_hmac_init(&hmac, &prepared);
        mote_hmac_update(&hmac, message, 77);
        mote_hmac_final(&hmac, tag);
        tag[3] ^= (uint8_t)(1 - right);
        mote_hmac_init(&hmac, &prepared);
        mote_hmac_update(&hmac, message, 77);
        EXPECT(mote_hmac_verify(&hmac, tag, 16) == (right ? MOTE_OK : MOTE_ERR_AUTH));
    }
    mote_hmac_key_wipe(&prepared);
}

static void check_hkdf(void)
{
    mote_hkdf hkdf;
    uint8_t okm[80];

    mote_hkdf_extract(&hkdf, iv, sizeof iv, message, 40);
    EXPECT(mote_hkdf_expand(&hkdf, okm, sizeof okm, aad, sizeof aad) == MOTE_OK);
    EXPECT(mote_hkdf_device_key(&hkdf, okm, 32, "uplink", aad, 8) == MOTE_OK);
    mote_hkdf_from_prk(&hkdf, key);
    EXPECT(mote_hkdf_expand(&hkdf, okm, 33, NULL, 0) == MOTE_OK);
    EXPECT(mote_hkdf_sha256(okm, 42, NULL, 0, key, sizeof key, aad, sizeof aad) == MOTE_OK);
    mote_hkdf_wipe(&hkdf);
}

static void check_cbc(void)
{
    mote_aes128 aes;
    uint8_t out[MAX + 16], back[MAX + 16];
    size_t len, back_len;

    EXPECT(mote_aes128_init(&aes, key) == MOTE_OK);
    mote_cbc_iv_from_counter(&aes, out, 7);
    for (size_t blocks = 0; blocks < 14; blocks++) {
        EXPECT(mote_cbc_encrypt(&aes, iv, out, message, 16 * blocks) == MOTE_OK);
        EXPECT(mote_cbc_decrypt(&aes, iv, back, out, 16 * blocks) == MOTE_OK);
    }
    for (size_t in_len = 0; in_len < 50; in_len++) {
        EXPECT(mote_cbc_pkcs7_encrypt(&aes, iv, out, sizeof out, &len, message, in_len) == MOTE_OK);
        public_again(out, len); /* a ciphertext is what is sent */
        EXPECT(mote_cbc_pkcs7_decrypt(&aes, iv, back, sizeof back, &back_len, out, len) == MOTE_OK);
        EXPECT(back_len == in_len);
        out[len - 1] ^= 0x40;
        EXPECT(mote_cbc_pkcs7_decrypt(&aes, iv, back, sizeof back, &back_len, out, len) != MOTE_OK || back_len < len);
    }
    memset(back, 7, 16);
    secret(back, 16);
    EXPECT(mote_pkcs7_unpad(back, 16, &len) == MOTE_OK && len == 9);
    memset(back, 17, 16);
    secret(back, 16);
    EXPECT(mote_pkcs7_unpad(back, 16, &len) == MOTE_ERR_PADDING);
    mote_aes128_wipe(&aes);
}

static void check_stream(void)
{
    mote_aes128 aes;
    mote_cbc_stream stream;
    uint8_t ct[MAX + 16], pt[MAX + 16];

    EXPECT(mote_aes128_init(&aes, key) == MOTE_OK);
    for (size_t piece = 1; piece < 40; piece += 5) {
        size_t total = 0, back = 0, len;

        mote_cbc_encrypt_init(&stream, &aes, iv);
        for (size_t i = 0; i + piece < 200; i += piece, total += len)
            EXPECT(mote_cbc_update(&stream, ct + total, sizeof ct - total, &len, message + i, piece) == MOTE_OK);
        EXPECT(mote_cbc_final(&stream, ct + total, sizeof ct - total, &len) == MOTE_OK);
        total += len;
        public_again(ct, total);
        mote_cbc_decrypt_init(&stream, &aes, iv);
        for (size_t i = 0; i < total; i += piece, back += len)
            EXPECT(mote_cbc_update(&stream, pt + back, sizeof pt - back, &len, ct + i,
                                   total - i < piece ? total - i : piece) == MOTE_OK);
        EXPECT(mote_cbc_final(&stream, pt + back, sizeof pt - back, &len) == MOTE_OK);
        EXPECT(back + len <= total);
    }
    mote_cbc_encrypt_init(&stream, &aes, iv);
    mote_cbc_stream_wipe(&stream);
    mote_aes128_wipe(&aes);
}

static void check_cbc_hmac(void)
{
    uint8_t packet[MAX + 48], tag[16], out[MAX + 48];
    size_t len, out_len;

    for (size_t pt_len = 0; pt_len < 70; pt_len += 9) {
        EXPECT(mote_seal(key, iv, packet, sizeof packet, &len, message, pt_len, aad, sizeof aad) == MOTE_OK);
        public_again(packet, len);
        EXPECT(mote_open(key, out, sizeof out, &out_len, packet, len, aad, sizeof aad) == MOTE_OK);
        EXPECT(out_len == pt_len);
        packet[len - 1] ^= 1;
        EXPECT(mote_open(key, out, sizeof out, &out_len, packet, len, aad, sizeof aad) == MOTE_ERR_AUTH);
        EXPECT(mote_cbc_hmac_encrypt(key, iv, packet, sizeof packet, &len, tag, message, pt_len, aad, 3) == MOTE_OK);
        EXPECT(mote_cbc_hmac_decrypt(key, iv, out, sizeof out, &out_len, packet, len, tag, aad, 3) == MOTE_OK);
        EXPECT(out_len == pt_len);
    }
}

static void check_base64(void)
{
    char text[4 * MAX];
    uint8_t out[MAX];
    size_t len, out_len;

    for (size_t in_len = 0; in_len < 200; in_len += in_len < 10 ? 1 : 17) {
        EXPECT(mote_base64_encode(text, sizeof text, &len, message, in_len) == MOTE_OK);
        EXPECT(mote_base64_decode(out, sizeof out, &out_len, text, len) == MOTE_OK && out_len == in_len);
        text[len / 2] = '*';
        secret(text, len);
        EXPECT(mote_base64_decode(out, sizeof out, &out_len, text, len) == (len == 0 ? MOTE_OK : MOTE_ERR_ENCODING));
        EXPECT(mote_base64url_encode(text, sizeof text, &len, message, in_len) == MOTE_OK);
        EXPECT(mote_base64url_decode(out, sizeof out, &out_len, text, len) == MOTE_OK && out_len == in_len);
        EXPECT(mote_base16_encode(text, sizeof text, &len, message, in_len) == MOTE_OK);
        EXPECT(mote_base16_decode(out, sizeof out, &out_len, text, len) == MOTE_OK && out_len == in_len);
    }
}

/* The planted leaks. Each hides one kind of fault that the checker has to see; volatile so that no compiler can find a
 * branch-free form for it. */
static volatile uint8_t sink;

static void leak_table(void)
{
    static const uint8_t table[256] = {1, 2, 3};

    sink = ((const volatile uint8_t *)table)[key[0]];
}

static void leak_branch(void)
{
    if (key[0] & 1)
        sink = 1;
}

static void leak_compare(void)
{
    uint8_t computed[32];

    mote_hmac_sha256(computed, key, sizeof key, message, 40);
    for (size_t i = 0; i < sizeof computed; i++)
        if (computed[i] != aad[i % sizeof aad])
            break;
        else
            sink = 2;
}

static void leak_padding(void)
{
    mote_aes128 aes;
    uint8_t block[16];

    EXPECT(mote_aes128_init(&aes, key) == MOTE_OK);
    mote_aes128_decrypt_block(&aes, block, iv);
    for (uint8_t i = 0; i < block[15]; i++)
        sink = i;
}

#ifndef MOTE_TEST_MSAN /* does not look at lengths that are passed to memcpy */
static void leak_length(void)
{
    uint8_t copy[MAX];

    memcpy(copy, message, (size_t)key[1] & 63);
    sink = copy[0];
}
#endif

static const struct {
    const char *name;
    void (*call)(void);
} leaks[] = {{"table", leak_table}, {"branch", leak_branch}, {"compare", leak_compare}, {"padding", leak_padding},
#ifndef MOTE_TEST_MSAN
             {"length", leak_length},
#endif
};

int main(int argc, char **argv)
{
    fill();
    if (argc > 1 && strcmp(argv[1], "list") == 0) {
        for (size_t i = 0; i < sizeof leaks / sizeof *leaks; i++)
            puts(leaks[i].name);
        return 0;
    }
    if (!checker_runs()) {
        fputs("constant_time: no checker runs, so nothing would be found\n", stderr);
        return 2;
    }
    if (argc > 1) {
        for (size_t i = 0; i < sizeof leaks / sizeof *leaks; i++)
            if (strcmp(argv[1], leaks[i].name) == 0) {
                leaks[i].call();
                return 0;
            }
        return 2;
    }
    check_ct();
    check_aes();
    check_sha256();
    check_hmac();
    check_hkdf();
    check_cbc();
    check_stream();
    check_cbc_hmac();
    check_base64();
    puts("constant_time: all functions called");
    return 0;
}
