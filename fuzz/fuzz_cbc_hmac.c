/* fuzz/fuzz_cbc_hmac.c - A128CBC-HS256 in separate buffers, against its composition from OpenSSL's CBC and HMAC. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t key[32], iv[16], aad[64], tag[16], full[32], *pt, *ct, *text;
    size_t aad_len, pt_len, ct_len, n = 99;
    unsigned full_len = 0;

    take(&input, key, sizeof key);
    take(&input, iv, sizeof iv);
    aad_len = take_byte(&input) % sizeof aad;
    take(&input, aad, aad_len);
    pt_len = input.size;
    ct_len = mote_pkcs7_padded_len(pt_len);
    pt = buffer(input.data, pt_len);
    ct = buffer(NULL, ct_len);
    text = buffer(NULL, aad_len + 16 + ct_len + 8);

    REQUIRE(mote_cbc_hmac_encrypt(key, iv, ct, ct_len, &n, tag, pt, pt_len, aad, aad_len) == MOTE_OK && n == ct_len);
    memcpy(text, aad, aad_len);
    memcpy(text + aad_len, iv, 16);
    REQUIRE(openssl_cbc(1, 1, key + 16, iv, text + aad_len + 16, pt, pt_len) == (int)ct_len);
    REQUIRE(memcmp(text + aad_len + 16, ct, ct_len) == 0);
    memset(text + aad_len + 16 + ct_len, 0, 8);
    text[aad_len + 16 + ct_len + 6] = (uint8_t)(aad_len * 8 >> 8);
    text[aad_len + 16 + ct_len + 7] = (uint8_t)(aad_len * 8);
    REQUIRE(HMAC(EVP_sha256(), key, 16, text, aad_len + 16 + ct_len + 8, full, &full_len) != NULL);
    REQUIRE(memcmp(full, tag, 16) == 0);

    /* In place, and refused when anything that the tag covers has changed. */
    REQUIRE(mote_cbc_hmac_decrypt(key, iv, ct, ct_len, &n, ct, ct_len, tag, aad, aad_len) == MOTE_OK && n == pt_len);
    REQUIRE(pt_len == 0 || memcmp(ct, pt, pt_len) == 0);
    memcpy(ct, text + aad_len + 16, ct_len);
    iv[ct_len / 16 % 16] ^= 1;
    REQUIRE(mote_cbc_hmac_decrypt(key, iv, ct, ct_len, &n, ct, ct_len, tag, aad, aad_len) == MOTE_ERR_AUTH && n == 0);
    release(text, aad_len + 16 + ct_len + 8);
    release(ct, ct_len);
    release(pt, pt_len);
    return 0;
}
