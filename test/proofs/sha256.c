/* SHA-256: memory safety for messages of any length, in pieces of any size, from any state of the context. */
#include "contracts.h"

static mote_sha256 sha;

void prove_compress(void)
{
    const size_t blocks = nondet_size_t();
    uint32_t state[8];

    mote_sha256_compress(state, buffer(64 * blocks), blocks);
    END();
}

void prove_init(void)
{
    mote_sha256_init(&sha);
    END();
}

void prove_update(void)
{
    const size_t len = nondet_size_t();

    __CPROVER_havoc_object(&sha);
    mote_sha256_update(&sha, buffer(len), len);
    END();
}

void prove_final(void)
{
    uint8_t digest[32];

    __CPROVER_havoc_object(&sha);
    watch(&sha, sizeof sha);
    mote_sha256_final(&sha, digest);
    END();
}

void prove_digest(void)
{
    const size_t len = nondet_size_t();
    void *data, *digest;

    place(&data, len, &digest, 32);
    mote_sha256_digest(digest, data, len);
    END();
}
