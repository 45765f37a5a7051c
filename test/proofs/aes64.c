/* fixslice64: the S-box circuits are FIPS 197's tables in every lane; each round is the specification's, for every state and
 * every key; packing is as the file says.
 *
 * A round is shown in two parts, since SubBytes works on each byte where it lies: the circuits alone, and what follows for
 * every outcome that they can have. */
#include "sbox.h"
#include "aes/aes_fixslice64.c"

#define EVERY(i, n) for (unsigned i = 0; i < (n); i++)

/* The byte of row r and column c of block b after j ShiftRows that were not done. */
static uint8_t byte_at(const uint64_t q[8], unsigned r, unsigned c, unsigned b, unsigned j)
{
    uint8_t x = 0;

    EVERY(i, 8)
        x |= (uint8_t)(((q[i] >> (16 * r + 4 * ((c + j * r) % 4) + b)) & 1) << i);
    return x;
}

static void state_at(uint8_t s[16], const uint64_t q[8], unsigned b, unsigned j)
{
    EVERY(c, 4)
        EVERY(r, 4)
            s[4 * c + r] = byte_at(q, r, c, b, j);
}

static void any(uint64_t q[8])
{
    EVERY(i, 8)
        q[i] = nondet_uint64_t();
}

/* Byte number n of 64. */
static uint8_t lane(const uint64_t q[8], unsigned n)
{
    uint8_t x = 0;

    EVERY(i, 8)
        x |= (uint8_t)(((q[i] >> n) & 1) << i);
    return x;
}

void prove_sub_bytes64(void)
{
    uint64_t q[8], was[8];

    any(q);
    EVERY(i, 8)
        was[i] = q[i];
    mote_aes_sub_bytes(q);
    EVERY(n, 64)
        __CPROVER_assert(lane(q, n) == (S_BOX[lane(was, n)] ^ 0x63), "S-box");
    END();
}

void prove_inv_sub_bytes64(void)
{
    uint64_t q[8], was[8];

    any(q);
    EVERY(i, 8)
        was[i] = q[i];
    mote_aes_inv_sub_bytes(q);
    EVERY(n, 64)
        __CPROVER_assert(S_BOX[lane(q, n)] == (lane(was, n) ^ 0x63), "inverse S-box");
    END();
}

static void lay_out(uint64_t q[8], const uint8_t key[16], unsigned j)
{
    uint32_t w[4] = {0};

    EVERY(i, 16)
        w[i / 4] |= (uint32_t)key[i] << (8 * (i % 4));
    lay_out_round_key(q, w, j);
}

/* A round after SubBytes, which leaves the constant to the round key. */
static void round_is_right(unsigned j)
{
    uint64_t q[8], key[8];
    uint8_t k[16], before[4][16], expected[4][16], after[16];

    any(q);
    EVERY(b, 4) {
        uint8_t s[16];

        state_at(before[b], q, b, j - 1);
        EVERY(i, 16)
            before[b][i] ^= 0x63;
        spec_shift_rows(s, before[b]);
        if (j != 10)
            spec_mix_columns(expected[b], s);
        else
            EVERY(i, 16)
                expected[b][i] = s[i];
    }
    EVERY(i, 16)
        k[i] = nondet_uint8_t();
    lay_out(key, k, j);
    if (j != 10)
        mix_columns(q, j % 4);
    add_round_key(q, key);
    if (j == 10)
        shift_rows_twice(q);
    EVERY(b, 4) {
        state_at(after, q, b, j != 10 ? j : 0);
        EVERY(i, 16)
            __CPROVER_assert(after[i] == (expected[b][i] ^ k[i]), "round");
    }
}

void prove_rounds64(void)
{
    uint64_t key[8];
    uint8_t k[16];

    EVERY(i, 16)
        k[i] = nondet_uint8_t();
    lay_out(key, k, 0);
    EVERY(b, 4) {
        uint8_t first[16];

        state_at(first, key, b, 0);
        EVERY(i, 16)
            __CPROVER_assert(first[i] == k[i], "the first round key");
    }
    for (unsigned j = 1; j <= 4; j++)
        round_is_right(j);
    round_is_right(10);
    END();
}

/* InvMixColumns of InvCipher with the constant still in the state, since InvSubBytes comes next and InvShiftRows is no more
 * than that the state counts as one with j - 1 ShiftRows from here on; and the beginning, where nothing is mixed. AddRoundKey is
 * as in the round above. */
static void inverse_round_is_right(unsigned j)
{
    uint64_t q[8];
    uint8_t before[16], expected[4][16];

    any(q);
    EVERY(b, 4) {
        state_at(before, q, b, j != 10 ? j : 0);
        if (j != 10)
            spec_inv_mix_columns(expected[b], before);
        else
            EVERY(i, 16)
                expected[b][i] = before[i];
    }
    if (j == 10)
        shift_rows_twice(q);
    else
        inv_mix_columns(q, j % 4);
    EVERY(b, 4) {
        uint8_t s[16], moved[16];

        state_at(s, q, b, j - 1);
        spec_shift_rows(moved, s);
        EVERY(i, 16)
            __CPROVER_assert(moved[i] == expected[b][i], "inverse round");
    }
}

void prove_inverse_rounds64(void)
{
    for (unsigned j = 1; j <= 4; j++)
        inverse_round_is_right(j);
    inverse_round_is_right(10);
    END();
}

void prove_packing64(void)
{
    uint64_t q[8];
    uint8_t in[64], out[64];

    EVERY(i, 64)
        in[i] = nondet_uint8_t();
    slice(q, load(in));
    EVERY(c, 4)
        EVERY(r, 4)
            __CPROVER_assert(byte_at(q, r, c, 0, 0) == in[4 * c + r], "one block");
    EVERY(i, 8)
        __CPROVER_assert((q[i] & 0xeeeeeeeeeeeeeeeeu) == 0, "the other lanes are zero");
    store(out, unslice(q));
    EVERY(i, 16)
        __CPROVER_assert(out[i] == in[i], "one block back");
    EVERY(b, 4) {
        const halves x = load(in + 16 * b);

        q[b] = x.low;
        q[b + 4] = x.high;
    }
    transpose(q);
    EVERY(b, 4)
        EVERY(c, 4)
            EVERY(r, 4)
                __CPROVER_assert(byte_at(q, r, c, b, 0) == in[16 * b + 4 * c + r], "four blocks");
    transpose(q);
    EVERY(b, 4) {
        const halves x = {q[b], q[b + 4]};

        store(out + 16 * b, x);
    }
    EVERY(i, 64)
        __CPROVER_assert(out[i] == in[i], "four blocks back");
    END();
}
