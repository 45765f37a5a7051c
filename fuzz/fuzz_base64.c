/* fuzz/fuzz_base64.c - any text into the Base64 and Base64url decoders; any bytes through the encoders and back; with each
 * backend that the processor can run, since each converts a text to its end.
 *
 * A text is accepted if and only if encoding the result gives that text again: that is what strict means. */
#include "fuzz.h"

#include "../base64/base64_backend.h"

typedef mote_status encoder(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len);
typedef mote_status decoder(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len);

/* Decode by the definition: the value of each character, six bits each, no bit left over that is not zero. */
static int reference_decode(uint8_t *out, size_t *out_len, const uint8_t *text, size_t len, int url)
{
    static const char *const alphabet[2] = {"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"};
    unsigned bits = 0, count = 0;

    *out_len = 0;
    if (!url) {
        if (len % 4 != 0)
            return 0;
        for (int i = 0; i < 2 && len != 0 && text[len - 1] == '='; i++)
            len--;
    }
    if (len % 4 == 1)
        return 0;
    for (size_t i = 0; i < len; i++) {
        const char *at = text[i] != 0 ? strchr(alphabet[url], text[i]) : NULL;

        if (at == NULL)
            return 0;
        bits = (bits << 6) | (unsigned)(at - alphabet[url]);
        count += 6;
        if (count >= 8) {
            count -= 8;
            out[(*out_len)++] = (uint8_t)(bits >> count);
            bits &= (1u << count) - 1;
        }
    }
    return bits == 0;
}

static void decode(decoder *decode_text, const uint8_t *text, size_t len, int url)
{
    uint8_t *expected = buffer(NULL, len + 4), *in = buffer(text, len), *out, *place;
    size_t expected_len, out_len = 99;
    const int valid = reference_decode(expected, &expected_len, text, len, url);
    const size_t cap = valid ? expected_len : len;
    mote_status status;

    out = buffer(NULL, cap);
    status = decode_text(out, cap, &out_len, (const char *)in, len);
    REQUIRE((status == MOTE_OK) == valid);
    if (valid) {
        REQUIRE(out_len == expected_len && memcmp(out, expected, out_len) == 0);
        if (out_len != 0) {
            REQUIRE(decode_text(out, cap - 1, &out_len, (const char *)in, len) == MOTE_ERR_CAPACITY && out_len == 0);
        }
        place = buffer(text, len);
        REQUIRE(decode_text(place, len, &out_len, (const char *)place, len) == MOTE_OK);
        REQUIRE(out_len == expected_len && memcmp(place, expected, out_len) == 0);
        release(place, len);
    } else {
        REQUIRE(status == MOTE_ERR_ENCODING && out_len == 0);
        for (size_t i = 0; i < cap; i++)
            REQUIRE(out[i] == 0 || out[i] == 0xa5);
    }
    release(out, cap);
    release(in, len);
    release(expected, len + 4);
}

static void round_trip(encoder *encode, decoder *decode_text, const uint8_t *data, size_t len, size_t text_len)
{
    uint8_t *in = buffer(data, len), *text = buffer(NULL, text_len), *out = buffer(NULL, len);
    size_t n;

    REQUIRE(encode((char *)text, text_len, &n, in, len) == MOTE_OK && n == text_len);
    REQUIRE(decode_text(out, len, &n, (const char *)text, text_len) == MOTE_OK && n == len && memcmp(out, in, n) == 0);
    if (encode == mote_base64_encode && len != 0) {
        uint8_t *openssl = buffer(NULL, text_len + 1);

        EVP_EncodeBlock(openssl, in, (int)len);
        REQUIRE(memcmp(openssl, text, text_len) == 0);
        release(openssl, text_len + 1);
    }
    release(out, len);
    release(text, text_len);
    release(in, len);
}

static void all(const uint8_t *data, size_t size)
{
    decode(mote_base64_decode, data, size, 0);
    decode(mote_base64url_decode, data, size, 1);
    round_trip(mote_base64_encode, mote_base64_decode, data, size, mote_base64_encoded_len(size));
    round_trip(mote_base64url_encode, mote_base64url_decode, data, size, mote_base64url_encoded_len(size));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
#if MOTE_BASE64_SINGLE_BACKEND
    all(data, size);
#else
    for (unsigned index = 0; mote_base64_backend_name(index) != NULL; index++)
        if (mote_base64_backend_force(index))
            all(data, size);
#endif
    return 0;
}
