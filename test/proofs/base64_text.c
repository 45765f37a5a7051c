/* Texts without padding: nothing but the text and its bytes is read and written, whatever the length; decoding also in
 * place. */
#include "contracts.h"

void prove_base64_encode_text(void)
{
    const size_t len = nondet_size_t();
    const uint8_t *const in = buffer(TEXT_BYTES(len));
    char *const out = buffer(len);

    mote_base64_encode_text(out, in, len, nondet_uint8_t());
    END();
}

void prove_base64_decode_text(void)
{
    const size_t len = nondet_size_t();
    void *out, *in;

    place(&out, TEXT_BYTES(len), &in, len);
    mote_base64_decode_text(out, in, len, nondet_uint8_t());
    END();
}

void prove_base16_encode_bytes(void)
{
    const size_t len = nondet_size_t();
    const uint8_t *const in = buffer(len);
    char *const out = buffer(2 * len);

    mote_base16_encode_bytes(out, in, len);
    END();
}

void prove_base16_decode_bytes(void)
{
    const size_t len = nondet_size_t();
    void *out, *in;

    place(&out, len, &in, 2 * len);
    mote_base16_decode_bytes(out, in, len);
    END();
}
