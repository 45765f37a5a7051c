/* fuzz/fuzz_pkcs7.c - any last block into the unpadding, alone and behind CBC, against RFC 5652 written plainly. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t key[16] = {1, 2, 3}, iv[16] = {4, 5, 6};
    uint8_t *in = buffer(data, size), *ct = buffer(NULL, size), *pt = buffer(NULL, size);
    const size_t whole = size % 16 == 0 ? size : 0;
    mote_status expected = MOTE_ERR_LENGTH;
    size_t keep = 0, n = 99;
    mote_aes128 aes;

    if (whole != 0) {
        const uint8_t pad = data[size - 1];

        expected = pad >= 1 && pad <= 16 ? MOTE_OK : MOTE_ERR_PADDING;
        for (size_t i = 1; expected == MOTE_OK && i <= pad; i++)
            if (data[size - i] != pad)
                expected = MOTE_ERR_PADDING;
        keep = expected == MOTE_OK ? size - pad : 0;
    }
    REQUIRE(mote_pkcs7_unpad(in, size, &n) == expected && n == keep);

    REQUIRE(mote_aes128_init(&aes, key) == MOTE_OK);
    REQUIRE(mote_cbc_encrypt(&aes, iv, ct, in, whole) == MOTE_OK);
    if (whole != 0) {
        n = 99;
        REQUIRE(mote_cbc_pkcs7_decrypt(&aes, iv, pt, size, &n, ct, size) == expected && n == keep);
        REQUIRE(memcmp(pt, data, keep) == 0 && all_zero(pt + keep, size - keep));
        REQUIRE(openssl_cbc(0, 1, key, iv, in, ct, size) == (expected == MOTE_OK ? (int)keep : -1));
    }
    release(pt, size);
    release(ct, size);
    release(in, size);
    return 0;
}
