/* fuzz/fuzz_hkdf.c - HKDF with any lengths and device keys, against OpenSSL's HMAC by the steps of RFC 5869. */
#include "fuzz.h"

static void hmac(uint8_t out[32], const uint8_t *key, size_t key_len, const uint8_t *text, size_t len)
{
    unsigned n = 0;

    REQUIRE(HMAC(EVP_sha256(), key_len != 0 ? key : (const uint8_t *)"", (int)key_len, text, len, out, &n) != NULL && n == 32);
}

static void expand(uint8_t *okm, size_t okm_len, const uint8_t prk[32], const uint8_t *info, size_t info_len)
{
    uint8_t text[32 + 300 + 1], T[32];
    size_t before = 0;

    for (size_t done = 0, i = 1; done < okm_len; i++) {
        const size_t n = okm_len - done < 32 ? okm_len - done : 32;

        memcpy(text, T, before);
        memcpy(text + before, info, info_len);
        text[before + info_len] = (uint8_t)i;
        hmac(T, prk, 32, text, before + info_len + 1);
        memcpy(okm + done, T, n);
        done += n;
        before = 32;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t salt[100], ikm[100], info[300], prk[32], expected[500], *okm;
    size_t salt_len = take_byte(&input) % sizeof salt, ikm_len = take_byte(&input) % sizeof ikm, info_len, okm_len, zero;
    mote_hkdf hkdf;

    take(&input, salt, salt_len);
    take(&input, ikm, ikm_len);
    okm_len = take_byte(&input) + (size_t)(take_byte(&input) % 200);
    info_len = input.size < 100 ? input.size : 100;
    take(&input, info, info_len);
    okm = buffer(NULL, okm_len);

    hmac(prk, salt, salt_len, ikm, ikm_len);
    expand(expected, okm_len, prk, info, info_len);
    REQUIRE(mote_hkdf_sha256(okm, okm_len, salt, salt_len, ikm, ikm_len, info, info_len) == MOTE_OK);
    REQUIRE(memcmp(okm, expected, okm_len) == 0);
    mote_hkdf_from_prk(&hkdf, prk);
    memset(okm, 0, okm_len);
    REQUIRE(mote_hkdf_expand(&hkdf, okm, okm_len, info, info_len) == MOTE_OK);
    REQUIRE(memcmp(okm, expected, okm_len) == 0);

    /* The info as label || 0x00 || id, if it has that form: both parts not empty. */
    for (zero = 0; zero < info_len && info[zero] != 0; zero++)
        continue;
    if (zero < info_len) {
        const size_t id_len = info_len - zero - 1;
        const mote_status status =
            mote_hkdf_device_key(&hkdf, okm, okm_len, (const char *)info, info + zero + 1, id_len);

        REQUIRE(status == (zero != 0 && id_len != 0 ? MOTE_OK : MOTE_ERR_LENGTH));
        REQUIRE(memcmp(okm, expected, okm_len) == 0);
    }
    release(okm, okm_len);
    return 0;
}
