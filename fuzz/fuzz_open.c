/* fuzz/fuzz_open.c - any bytes as a sealed packet; and packets whose tag is right for whatever they hold.
 *
 * Random bytes never have a right tag, so half of the inputs get one computed by OpenSSL: then the decryption and the
 * padding behind it are reached with any content. */
#include "fuzz.h"

/* T of RFC 7518 section 5.2.2 by OpenSSL. */
static void right_tag(uint8_t tag[16], const uint8_t key[32], const uint8_t *packet, size_t len, const uint8_t *aad,
                      size_t aad_len)
{
    uint8_t *text = buffer(NULL, aad_len + len + 8), full[32];
    unsigned n = 0;

    memcpy(text, aad, aad_len);
    memcpy(text + aad_len, packet, len);
    for (int i = 0; i < 8; i++)
        text[aad_len + len + (size_t)i] = (uint8_t)((uint64_t)aad_len * 8 >> (56 - 8 * i));
    REQUIRE(HMAC(EVP_sha256(), key, 16, text, aad_len + len + 8, full, &n) != NULL);
    memcpy(tag, full, 16);
    release(text, aad_len + len + 8);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t key[32], aad[15], *packet, *out;
    const uint8_t choice = take_byte(&input);
    const size_t aad_len = choice & 15, len = size == 0 ? 0 : size - 1;
    const size_t ct_len = len >= 48 && len % 16 == 0 ? len - 32 : 0;
    size_t n = 99;
    mote_status status;

    memset(key, 3, sizeof key);
    memset(aad, 8, sizeof aad);
    packet = buffer(input.data, len);
    if (ct_len != 0 && (choice & 16))
        right_tag(packet + len - 16, key, packet, len - 16, aad, aad_len);

    out = buffer(NULL, ct_len);
    status = mote_open(key, out, ct_len, &n, packet, len, aad, aad_len);
    if (ct_len == 0) {
        REQUIRE(status == MOTE_ERR_LENGTH && n == 0);
    } else {
        uint8_t tag[16], *expected = buffer(NULL, ct_len + 16);
        int accepted, pt_len;

        right_tag(tag, key, packet, len - 16, aad, aad_len);
        accepted = memcmp(tag, packet + len - 16, 16) == 0;
        pt_len = openssl_cbc(0, 1, key + 16, packet, expected, packet + 16, ct_len);
        if (accepted && pt_len >= 0) {
            REQUIRE(status == MOTE_OK && n == (size_t)pt_len && memcmp(out, expected, n) == 0);
            REQUIRE(all_zero(out + n, ct_len - n));
        } else {
            REQUIRE(status == MOTE_ERR_AUTH && n == 0);
            for (size_t i = 0; i < ct_len; i++)
                REQUIRE(out[i] == 0xa5 || out[i] == 0);
        }
        /* In place. */
        REQUIRE(mote_open(key, packet + 16, ct_len, &n, packet, len, aad, aad_len) == status);
        REQUIRE(status != MOTE_OK || memcmp(packet + 16, expected, n) == 0);
        release(expected, ct_len + 16);
    }
    release(out, ct_len);
    release(packet, len);
    return 0;
}
