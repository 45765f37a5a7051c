/* fuzz/fuzz_base16.c - any text into the Base16 decoder, held against strtol's view of a digit; any bytes and back. */
#include "fuzz.h"

#include <ctype.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t *in = buffer(data, size), *out = buffer(NULL, size / 2), *text = buffer(NULL, 2 * size);
    size_t n = 99;
    int valid = size % 2 == 0;
    mote_status status;

    for (size_t i = 0; i < size; i++)
        valid = valid && isxdigit(data[i]) != 0;
    status = mote_base16_decode(out, size / 2, &n, (const char *)in, size);
    REQUIRE(status == (valid ? MOTE_OK : MOTE_ERR_ENCODING) && n == (valid ? size / 2 : 0));
    for (size_t i = 0; i < size / 2; i++) {
        if (valid) {
            const char digits[3] = {(char)data[2 * i], (char)data[2 * i + 1], 0};

            REQUIRE(out[i] == strtol(digits, NULL, 16));
        } else {
            REQUIRE(out[i] == 0 || out[i] == 0xa5);
        }
    }
    release(out, size / 2);

    REQUIRE(mote_base16_encode((char *)text, 2 * size, &n, in, size) == MOTE_OK && n == 2 * size);
    for (size_t i = 0; i < n; i++)
        REQUIRE(text[i] == "0123456789abcdef"[i % 2 == 0 ? data[i / 2] >> 4 : data[i / 2] & 15]);
    out = buffer(NULL, size);
    REQUIRE(mote_base16_decode(out, size, &n, (const char *)text, 2 * size) == MOTE_OK && n == size);
    REQUIRE(size == 0 || memcmp(out, data, size) == 0);
    release(out, size);
    release(text, 2 * size);
    release(in, size);
    return 0;
}
