/* Base16: lengths, capacities, overlaps, errors, for every length and every way to share memory. */
#include "contracts.h"

void prove_base16_encode(void)
{
    const size_t in_len = nondet_size_t(), out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_base16_encode(out, out_cap, &out_len, in, in_len);
    END();
}

void prove_base16_decode(void)
{
    const size_t in_len = nondet_size_t(), out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_base16_decode(out, out_cap, &out_len, in, in_len);
    END();
}
