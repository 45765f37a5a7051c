/* What the proofs of both AES files lean on. */
#include "sbox.h"

void prove_inv_mix_columns(void)
{
    uint8_t in[16], out[16], expected[4];

    for (unsigned i = 0; i < 16; i++)
        in[i] = nondet_uint8_t();
    spec_inv_mix_columns(out, in);
    for (unsigned c = 0; c < 4; c++) {
        spec_inv_mix_column(expected, in + 4 * c);
        for (unsigned r = 0; r < 4; r++)
            __CPROVER_assert(out[4 * c + r] == expected[r], "InvMixColumns");
    }
    END();
}
