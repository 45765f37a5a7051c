/* Base64 groups: nothing but the groups is read and written, whatever their number; decoding also in place. */
#include "contracts.h"

void prove_base64_encode_groups(void)
{
    const size_t groups = nondet_size_t();
    const uint8_t *const in = buffer(3 * groups);
    char *const out = buffer(4 * groups);

    mote_base64_encode_groups(out, in, groups, nondet_uint8_t());
    END();
}

void prove_base64_decode_groups(void)
{
    const size_t groups = nondet_size_t();
    void *out, *in;

    place(&out, 3 * groups, &in, 4 * groups);
    mote_base64_decode_groups(out, in, groups, nondet_uint8_t());
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
