/* Base64 groups: nothing but the groups is read and written, whatever their number; decoding also in place. */
#include "contracts.h"

void prove_encode_groups(void)
{
    const size_t groups = nondet_size_t();
    const uint8_t *const in = buffer(3 * groups);
    char *const out = buffer(4 * groups);

    mote_base64_encode_groups(out, in, groups, nondet_uint8_t());
    END();
}

void prove_decode_groups(void)
{
    const size_t groups = nondet_size_t();
    const char *const in = buffer(4 * groups);
    uint8_t *const out = buffer(3 * groups);

    mote_base64_decode_groups(out, in, groups, nondet_uint8_t());
    END();
}

void prove_decode_groups_in_place(void)
{
    const size_t groups = nondet_size_t();
    uint8_t *const text = buffer(4 * groups);

    mote_base64_decode_groups(text, (const char *)text, groups, nondet_uint8_t());
    END();
}
