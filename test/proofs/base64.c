/* Base64 and Base64url: lengths, capacities, overlaps, errors, for every length and every way to share memory. */
#include "contracts.h"

void prove_base64_encode(void)
{
    const size_t in_len = nondet_size_t(), out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    divide(in_len);
    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_base64_encode(out, out_cap, &out_len, in, in_len);
    END();
}

void prove_base64url_encode(void)
{
    const size_t in_len = nondet_size_t(), out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    divide(in_len);
    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_base64url_encode(out, out_cap, &out_len, in, in_len);
    END();
}

void prove_base64_decode(void)
{
    const size_t in_len = nondet_size_t(), out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_base64_decode(out, out_cap, &out_len, in, in_len);
    END();
}

void prove_base64url_decode(void)
{
    const size_t in_len = nondet_size_t(), out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_base64url_decode(out, out_cap, &out_len, in, in_len);
    END();
}

void prove_base64_encoded_len(void)
{
    const size_t len = nondet_size_t();

    divide(len);
    mote_base64_encoded_len(len);
    END();
}

void prove_base64url_encoded_len(void)
{
    const size_t len = nondet_size_t();

    divide(len);
    mote_base64url_encoded_len(len);
    END();
}
