/* CBC, PKCS#7 and CBC streams: lengths, capacities, overlaps, errors, for messages of any length; also where the cipher fails.
 * The IV is an object of its own or lies anywhere in the one that the output is in. */
#include "contracts.h"

static mote_aes128 aes;
static mote_cbc_stream stream;

static const uint8_t *iv_near(uint8_t *out)
{
    const size_t at = nondet_size_t(), size = __CPROVER_OBJECT_SIZE(out);

    if (nondet_bool() || out == NULL || size < 16 || at > size - 16)
        return object(16);
    return out - OFFSET(out) + at;
}

#if defined(CASE_APART) || defined(CASE_SAME) || defined(CASE_SHARED)

void prove_cbc_encrypt(void)
{
    const size_t len = nondet_size_t();
    void *out, *in;

    place(&out, len, &in, len);
    watch(out, len);
    (void)mote_cbc_encrypt(&aes, iv_near(out), out, in, len);
    END();
}

void prove_cbc_decrypt(void)
{
    const size_t len = nondet_size_t();
    void *out, *in;

    place(&out, len, &in, len);
    watch(out, len);
    (void)mote_cbc_decrypt(&aes, iv_near(out), out, in, len);
    END();
}

void prove_cbc_pkcs7_encrypt(void)
{
    const size_t out_cap = nondet_size_t(), in_len = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_cbc_pkcs7_encrypt(&aes, iv_near(out), out, out_cap, &out_len, in, in_len);
    END();
}

void prove_cbc_pkcs7_decrypt(void)
{
    const size_t out_cap = nondet_size_t(), in_len = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    place(&out, out_cap, &in, in_len);
    watch(out, out_cap);
    (void)mote_cbc_pkcs7_decrypt(&aes, iv_near(out), out, out_cap, &out_len, in, in_len);
    END();
}

void prove_cbc_update(void)
{
    const size_t out_cap = nondet_size_t(), in_len = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *out, *in;

    __CPROVER_havoc_object(&stream);
    stream.aes = &aes;
    place(&out, out_cap, &in, in_len);
    if (nondet_bool())
        watch(out, out_cap);
    else
        watch(&stream, sizeof stream);
    (void)mote_cbc_update(&stream, out, out_cap, &out_len, in, in_len);
    END();
}

#endif

void prove_cbc_final(void)
{
    const size_t out_cap = nondet_size_t();
    size_t out_len = nondet_size_t();
    void *const out = buffer(out_cap);

    __CPROVER_havoc_object(&stream);
    stream.aes = &aes;
    if (nondet_bool())
        watch(out, out_cap);
    else
        watch(&stream, sizeof stream);
    (void)mote_cbc_final(&stream, out, out_cap, &out_len);
    END();
}

void prove_cbc_encrypt_init(void)
{
    mote_cbc_encrypt_init(&stream, &aes, object(16));
    END();
}

void prove_cbc_decrypt_init(void)
{
    mote_cbc_decrypt_init(&stream, &aes, object(16));
    END();
}

void prove_cbc_stream_wipe(void)
{
    watch(&stream, sizeof stream);
    mote_cbc_stream_wipe(&stream);
    END();
}

void prove_cbc_iv_from_counter(void)
{
    mote_cbc_iv_from_counter(&aes, object(16), nondet_uint64_t());
    END();
}

void prove_pkcs7_unpad_block(void)
{
    size_t keep = nondet_size_t();

    (void)mote_pkcs7_unpad_block(object(16), &keep);
    END();
}

void prove_pkcs7_unpad(void)
{
    const size_t len = nondet_size_t();
    size_t out_len = nondet_size_t();

    (void)mote_pkcs7_unpad(buffer(len), len, &out_len);
    END();
}
