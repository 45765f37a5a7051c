/* The division by 3 of Base64's lengths, up to 2^16: longer ones are too much for the SAT solver. */
#include "proof.h"
#include "base64/base64.c"

void prove_divide_by_3(void)
{
    const size_t len = nondet_size_t();
    size_t groups;
    uint8_t rest;

    __CPROVER_assume(len <= 0x10000);
    rest = divide_by_3(&groups, len);
    __CPROVER_assert(rest < 3 && groups <= SIZE_MAX / 3, "remainder");
    __CPROVER_assert(3 * groups + rest == len, "quotient");
    END();
}
