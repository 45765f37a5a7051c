/* Comparing and erasing, any length. */
#include "contracts.h"

void prove_ct_equal(void)
{
    const size_t len = nondet_size_t();
    void *a, *b;

    place(&a, len, &b, len);
    watched_index = nondet_size_t();
    mote_ct_equal(a, b, len);
    END();
}

void prove_wipe(void)
{
    const size_t len = nondet_size_t();
    void *const data = buffer(len);

    watch(data, len);
    mote_wipe(data, len);
    END();
}

void prove_overlap(void)
{
    const size_t out_len = nondet_size_t(), in_len = nondet_size_t();
    void *out, *in;

    place(&out, out_len, &in, in_len);
    mote_overlap(out, out_len, in, in_len);
    END();
}

void prove_burn_stack(void)
{
    mote_burn_stack();
    END();
}
