/* SHA-256: memory safety for messages of any length, in pieces of any size, from any state of the context. */
#include "contracts.h"

static mote_sha256 sha;

void prove_sha256_compress(void)
{
    const size_t blocks = nondet_size_t();
    uint32_t state[8];

    mote_sha256_compress(state, buffer(64 * blocks), blocks);
    END();
}

void prove_sha256_init(void)
{
    mote_sha256_init(&sha);
    END();
}

void prove_sha256_update(void)
{
    const size_t len = nondet_size_t();

    __CPROVER_havoc_object(&sha);
    mote_sha256_update(&sha, buffer(len), len);
    END();
}

void prove_sha256_final(void)
{
    uint8_t digest[32];

    __CPROVER_havoc_object(&sha);
    watch(&sha, sizeof sha);
    mote_sha256_final(&sha, digest);
    END();
}

void prove_sha256_digest(void)
{
    const size_t len = nondet_size_t();
    void *data, *digest;

    place(&data, len, &digest, 32);
    mote_sha256_digest(digest, data, len);
    END();
}

void prove_sha256_initial(void)
{
    mote_sha256_initial(sha.state);
    END();
}

void prove_sha256_resume(void)
{
    mote_sha256_resume(&sha, nondet_uint8_t());
    END();
}

#if MOTE_TARGET_DESKTOP
void prove_sha256_last(void)
{
    const size_t len = nondet_size_t();
    uint32_t state[8];

    mote_sha256_last(state, nondet_uint64_t(), buffer(len), len);
    END();
}

void prove_sha256_last_in(void)
{
    uint32_t state[8];

    mote_sha256_last_in(state, nondet_uint64_t(), object(128), nondet_size_t());
    END();
}

void prove_sha256_last_of(void)
{
    __CPROVER_havoc_object(&sha);
    mote_sha256_last_of(&sha);
    END();
}

/* As hmac/hmac_desktop.c calls it, the digest may take the place of either state. */
void prove_sha256_outer(void)
{
    uint32_t *const outer = object(32), *const inner = object(32);
    uint8_t *const digest = object(32);

    mote_sha256_outer(outer, inner, nondet_bool() ? digest : nondet_bool() ? (uint8_t *)inner : (uint8_t *)outer);
    END();
}

void prove_sha256_compress_both(void)
{
    mote_sha256_compress_both(object(32), object(64), object(32), object(64));
    END();
}
#endif
