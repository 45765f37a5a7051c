/* test/chip/proxy_planted.c - the planted leaks, called on the simulated chip (test/chip/planted.c). */
#include "constant_time.h"
#include "marshal.h"

int planted_early_exit(const uint8_t *a, const uint8_t *b, size_t len)
{
    call_begin(CHIP_planted_early_exit);
    call_in(a, len);
    call_in(b, len);
    call_number(len);
    return call_run_int();
}

static int one_secret(enum chip_function function, const uint8_t *secret, size_t len)
{
    call_begin(function);
    call_in(secret, len);
    call_number(len);
    return call_run_int();
}

int planted_branch(const uint8_t *secret, size_t len)
{
    return one_secret(CHIP_planted_branch, secret, len);
}

int planted_shift(const uint8_t *secret, size_t len)
{
    return one_secret(CHIP_planted_shift, secret, len);
}

int planted_table(const uint8_t *secret, size_t len)
{
    return one_secret(CHIP_planted_table, secret, len);
}

int planted_copy(const uint8_t *secret, size_t len)
{
    return one_secret(CHIP_planted_copy, secret, len);
}

int planted_unpad(const uint8_t *data, size_t len, size_t *out_len)
{
    call_begin(CHIP_planted_unpad);
    call_in(data, len);
    call_number(len);
    call_length(out_len);
    return call_run_int();
}
