/* The authenticated composition: capacities, errors and memory safety for messages and associated data of any length.
 *   apart    every array is an object of its own
 *   same     the text is worked on in place, as the headers allow */
#include "contracts.h"

void prove_sealed_len(void)
{
    mote_sealed_len(nondet_size_t());
    END();
}

#if defined(CASE_APART) || defined(CASE_SAME)

void prove_cbc_hmac_encrypt(void)
{
    const size_t ct_cap = nondet_size_t(), pt_len = nondet_size_t(), aad_len = nondet_size_t();
    size_t ct_len = nondet_size_t();
    void *ct, *pt;

    place(&ct, ct_cap, &pt, pt_len);
    watch(ct, ct_cap);
    (void)mote_cbc_hmac_encrypt(object(32), object(16), ct, ct_cap, &ct_len, object(16), pt, pt_len, buffer(aad_len),
                                aad_len);
    END();
}

void prove_cbc_hmac_decrypt(void)
{
    const size_t pt_cap = nondet_size_t(), ct_len = nondet_size_t(), aad_len = nondet_size_t();
    size_t pt_len = nondet_size_t();
    void *ct, *pt;

    place(&pt, pt_cap, &ct, ct_len);
    watch(pt, pt_cap);
    (void)mote_cbc_hmac_decrypt(object(32), object(16), pt, pt_cap, &pt_len, ct, ct_len, object(16), buffer(aad_len),
                                aad_len);
    END();
}

void prove_seal(void)
{
    const size_t out_cap = nondet_size_t(), pt_len = nondet_size_t(), aad_len = nondet_size_t();
    size_t out_len = nondet_size_t();
#ifdef CASE_SAME
    uint8_t *out, *pt, *iv;

    __CPROVER_assume(out_cap >= 16 && out_cap <= LEN_MAX && pt_len <= out_cap - 16);
    out = object(out_cap);
    pt = out + 16;
    iv = nondet_bool() ? out : object(16);
#else
    uint8_t *const out = buffer(out_cap), *const pt = buffer(pt_len), *const iv = object(16);
#endif
    watch(out, out_cap);
    (void)mote_seal(object(32), iv, out, out_cap, &out_len, pt, pt_len, buffer(aad_len), aad_len);
    END();
}

void prove_open(void)
{
    const size_t out_cap = nondet_size_t(), sealed_len = nondet_size_t(), aad_len = nondet_size_t();
    size_t out_len = nondet_size_t();
#ifdef CASE_SAME
    uint8_t *out, *sealed;

    __CPROVER_assume(sealed_len >= 16 && sealed_len <= LEN_MAX && out_cap <= sealed_len - 16);
    sealed = object(sealed_len);
    out = sealed + 16;
#else
    uint8_t *const out = buffer(out_cap), *const sealed = buffer(sealed_len);
#endif
    watch(out, out_cap);
    (void)mote_open(object(32), out, out_cap, &out_len, sealed, sealed_len, buffer(aad_len), aad_len);
    END();
}

#endif
