/* HMAC: memory safety for keys and messages of any length; the status of verification; contexts are erased. */
#include "contracts.h"

static mote_hmac_key key;
static mote_hmac hmac;

void prove_hmac_start(void)
{
    const size_t len = nondet_size_t();

    mote_hmac_start(&hmac, buffer(len), len);
    END();
}

#if defined(CASE_APART) || defined(CASE_SAME)
void prove_hmac_key_init(void)
{
    const size_t len = nondet_size_t();
    void *at, *secret;

    place(&at, sizeof key, &secret, len);
    mote_hmac_key_init(at, secret, len);
    END();
}
#endif

void prove_hmac_init(void)
{
    mote_hmac_init(&hmac, &key);
    END();
}

void prove_hmac_update(void)
{
    const size_t len = nondet_size_t();

    mote_hmac_update(&hmac, buffer(len), len);
    END();
}

void prove_hmac_final(void)
{
    uint8_t tag[32];

    watch(&hmac, sizeof hmac);
    mote_hmac_final(&hmac, tag);
    END();
}

void prove_hmac_verify(void)
{
    const size_t tag_len = nondet_size_t();

    watch(&hmac, sizeof hmac);
    (void)mote_hmac_verify(&hmac, buffer(tag_len), tag_len);
    END();
}

/* The tag may overlap the secret or the data, which may overlap each other. */
void prove_hmac_sha256(void)
{
    const size_t secret_len = nondet_size_t(), len = nondet_size_t();
    void *tag, *secret, *data = buffer(len);

    place(&tag, 32, &secret, secret_len);
    if (nondet_bool())
        mote_hmac_sha256(tag, secret, secret_len, data, len);
    else
        mote_hmac_sha256(tag, data, len, secret, secret_len);
    END();
}

void prove_hmac_key_wipe(void)
{
    watch(&key, sizeof key);
    mote_hmac_key_wipe(&key);
    END();
}

#if MOTE_TARGET_DESKTOP
void prove_hmac_with_key(void)
{
    mote_hmac_with_key(&key, object(32), object(128), nondet_size_t());
    END();
}
#endif
