/* fuzz/fuzz_hmac.c - SHA-256 and HMAC-SHA256 of any message in any pieces, with any key, against OpenSSL. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t secret[200], cuts[8], expected[32], digest[32], *message;
    const size_t secret_len = take_byte(&input) % sizeof secret, tag_len = take_byte(&input) % 40;
    unsigned n = 0;
    size_t len, at = 0;
    mote_sha256 sha;
    mote_hmac_key key;
    mote_hmac hmac, copy;

    take(&input, secret, secret_len);
    take(&input, cuts, sizeof cuts);
    len = input.size;
    message = buffer(input.data, len);

    mote_sha256_init(&sha);
    mote_hmac_key_init(&key, secret, secret_len);
    mote_hmac_init(&hmac, &key);
    for (size_t i = 0; i <= sizeof cuts; i++) {
        size_t piece = i < sizeof cuts ? cuts[i] : len - at;

        if (piece > len - at)
            piece = len - at;
        mote_sha256_update(&sha, message + at, piece);
        mote_hmac_update(&hmac, message + at, piece);
        at += piece;
    }
    mote_sha256_final(&sha, digest);
    REQUIRE(EVP_Digest(message, len, expected, &n, EVP_sha256(), NULL) == 1 && memcmp(digest, expected, 32) == 0);
    mote_sha256_digest(digest, message, len);
    REQUIRE(memcmp(digest, expected, 32) == 0);

    copy = hmac;
    mote_hmac_final(&hmac, digest);
    REQUIRE(HMAC(EVP_sha256(), secret_len != 0 ? secret : (const uint8_t *)"", (int)secret_len, message, len, expected, &n) != NULL);
    REQUIRE(memcmp(digest, expected, 32) == 0);
    hmac = copy;
    REQUIRE(mote_hmac_verify(&hmac, expected, tag_len) == (tag_len >= 16 && tag_len <= 32 ? MOTE_OK : MOTE_ERR_LENGTH));
    if (tag_len >= 16 && tag_len <= 32) {
        expected[cuts[0] % tag_len] ^= (uint8_t)(cuts[1] | 1);
        REQUIRE(mote_hmac_verify(&copy, expected, tag_len) == MOTE_ERR_AUTH);
    }
    release(message, len);
    return 0;
}
