/* fixslice32: as aes64.c, for two blocks in 32-bit words. Encryption has one block in both lanes, of which after round 3 the upper
 * alone is right (aes/aes_fixslice32_rounds.h). */
#include "sbox.h"
#include "aes/aes_fixslice32.c"

#define UPTO(i, n) for (unsigned i = 0; i < (n); i++)

/* The byte of row r and column c of block b after j ShiftRows that were not done. */
static uint8_t byte_at(const uint32_t q[8], unsigned r, unsigned c, unsigned b, unsigned j)
{
    uint8_t x = 0;

    UPTO(i, 8)
        x |= (uint8_t)(((q[i] >> (8 * r + 4 * b + (c + j * r) % 4)) & 1) << i);
    return x;
}

static void state_at(uint8_t s[16], const uint32_t q[8], unsigned b, unsigned j)
{
    UPTO(c, 4)
        UPTO(r, 4)
            s[4 * c + r] = byte_at(q, r, c, b, j);
}

static uint8_t lane(const uint32_t q[8], unsigned n)
{
    uint8_t x = 0;

    UPTO(i, 8)
        x |= (uint8_t)(((q[i] >> n) & 1) << i);
    return x;
}

static void any(uint32_t q[8])
{
    UPTO(i, 8)
        q[i] = nondet_uint32_t();
}

void prove_sub_bytes32(void)
{
    uint32_t q[8], was[8];

    any(q);
    UPTO(i, 8)
        was[i] = q[i];
    sub_bytes(q);
    UPTO(n, 32)
        __CPROVER_assert(lane(q, n) == (S_BOX[lane(was, n)] ^ 0x63), "S-box");
    any(q);
    UPTO(i, 8)
        was[i] = q[i];
    inv_sub_bytes(q);
    UPTO(n, 32)
        __CPROVER_assert(S_BOX[lane(q, n)] == (lane(was, n) ^ 0x63), "inverse S-box");
    END();
}

/* What round j does after SubBytes; block `from` of q is right before, all blocks from `to` on must be after. */
static void round_is_right(unsigned j, unsigned from, unsigned to)
{
    uint32_t q[8];
    uint8_t before[16], shifted[16], expected[16], after[16];

    any(q);
    if (from == 0) /* both lanes are right, so they are the same */
        UPTO(i, 8)
            q[i] = (q[i] & EACH(0x0f)) | (q[i] & EACH(0x0f)) << 4;
    state_at(before, q, from, j - 1);
    spec_shift_rows(shifted, before);
    spec_mix_columns(expected, shifted);
    if (j == 1) {
        mix_columns(q, 8 + 1, 16 + 2);
        copy_lower_lane(q);
    } else if (j == 2) {
        mix_columns(q, 8 + 2, 16);
        copy_lower_lane(q);
    } else if (j == 3) {
        mix_columns(q, 8 - 1, 16 - 2);
    } else {
        mix_columns(q, 8, 16);
        copy_upper_lane(q);
    }
    for (unsigned b = to; b < 2; b++) {
        state_at(after, q, b, j);
        UPTO(i, 16)
            __CPROVER_assert(after[i] == expected[i], "round");
    }
}

void prove_rounds32(void)
{
    round_is_right(1, 0, 0);
    round_is_right(2, 0, 0);
    round_is_right(3, 0, 1);
    round_is_right(4, 1, 0);
    END();
}

void prove_inverse_rounds32(void)
{
    for (unsigned j = 1; j <= 4; j++) {
        uint32_t q[8];
        uint8_t before[16], expected[2][16], after[16];

        any(q);
        UPTO(b, 2) {
            state_at(before, q, b, j);
            spec_inv_mix_columns(expected[b], before);
        }
        if (j == 1)
            inv_mix_columns_odd(q, 8 + 1, 16 + 2, 16 - 2, EACH(0x33));
        else if (j == 2)
            inv_mix_columns_2(q);
        else if (j == 3)
            inv_mix_columns_odd(q, 8 - 1, 16 - 2, 16 + 2, EACH(0xcc));
        else
            inv_mix_columns_0(q);
        UPTO(b, 2) {
            state_at(after, q, b, j);
            UPTO(i, 16)
                __CPROVER_assert(after[i] == expected[b][i], "inverse round");
        }
    }
    END();
}

/* Round keys lie where the state does, with the constant but for the first; blocks are packed and unpacked. */
void prove_packing32(void)
{
    uint32_t w[8], q[8], was[8], key[4];
    const uint32_t constant = nondet_bool() ? EACH(0x63) : 0;
    uint8_t k[16];

    UPTO(j, 4) {
        UPTO(i, 4)
            w[i] = nondet_uint32_t();
        lay_out(key, w, j, constant);
        UPTO(i, 8)
            q[i] = 0;
        add_round_key(q, key);
        UPTO(b, 2) {
            state_at(k, q, b, j);
            UPTO(i, 16)
                __CPROVER_assert((uint8_t)(k[i] ^ constant) == (uint8_t)(w[i / 4] >> (8 * (i % 4))), "round key");
        }
    }
    UPTO(i, 8) {
        w[i] = nondet_uint32_t();
        was[i] = w[i];
    }
    pack(q, w);
    UPTO(b, 2) {
        state_at(k, q, b, 0);
        UPTO(i, 16)
            __CPROVER_assert(k[i] == (uint8_t)(was[i / 4] >> (8 * (i % 4))), "pack");
    }
    unpack(w, q);
    UPTO(i, 4)
        __CPROVER_assert(w[i] == was[i], "unpack");
    UPTO(i, 8)
        q[i] = was[i];
    transpose(q);
    UPTO(b, 2) {
        state_at(k, q, b, 0);
        UPTO(i, 16)
            __CPROVER_assert(k[i] == (uint8_t)(was[4 * b + i / 4] >> (8 * (i % 4))), "two blocks");
    }
    transpose(q);
    UPTO(i, 8)
        __CPROVER_assert(q[i] == was[i], "two blocks and back");
    UPTO(i, 4)
        w[i] = was[i];
    shift_rows_twice(w);
    UPTO(i, 16)
        __CPROVER_assert((uint8_t)(w[i / 4] >> (8 * (i % 4))) ==
                             (uint8_t)(was[(i / 4 + 2 * (i % 4)) % 4] >> (8 * (i % 4))), "ShiftRows twice");
    END();
}
