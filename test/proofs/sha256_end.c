/* The end of a message in the builds for chips: run as it is, block by block, with the contract of the compression in its place. */
#include "contracts.h"

void stub_compress(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    __CPROVER_assert(blocks <= LEN_MAX / 64 && __CPROVER_r_ok(data, 64 * blocks) && __CPROVER_w_ok(state, 32), "requires");
    __CPROVER_assert(!SHARE(state, 32, data, 64 * blocks), "requires");
    for (unsigned i = 0; i < 8; i++)
        state[i] = nondet_uint32_t();
}

void prove_sha256_end(void)
{
    mote_sha256 *const sha = object(sizeof *sha);
    const size_t length = sha->length[0];

    mote_sha256_end(sha, nondet_bool() ? object(32) : sha->block);
    __CPROVER_assert(sha->length[0] == length, "assigns");
    END();
}
