/* What the proofs of both AES files lean on: InvMixColumns in the form of sbox.h. A bit in each run, since a SAT solver takes
 * all the longer for sums. */
#include "sbox.h"

#if defined(CASE_BIT0)
#define BIT 0
#elif defined(CASE_BIT1)
#define BIT 1
#elif defined(CASE_BIT2)
#define BIT 2
#elif defined(CASE_BIT3)
#define BIT 3
#elif defined(CASE_BIT4)
#define BIT 4
#elif defined(CASE_BIT5)
#define BIT 5
#elif defined(CASE_BIT6)
#define BIT 6
#else
#define BIT 7
#endif

void prove_inv_mix_columns(void)
{
    uint8_t in[16], out[16], expected[4];

    for (unsigned i = 0; i < 16; i++)
        in[i] = nondet_uint8_t();
    spec_inv_mix_columns(out, in);
    for (unsigned c = 0; c < 4; c++) {
        spec_inv_mix_column(expected, in + 4 * c);
        for (unsigned r = 0; r < 4; r++)
            __CPROVER_assert((((out[4 * c + r] ^ expected[r]) >> BIT) & 1) == 0, "InvMixColumns");
    }
    END();
}
