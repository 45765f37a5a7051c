/* test/chip/ct_planted.c - the planted leaks with random secrets: the constant-time check has to find them. */
#include "constant_time.h"
#include "ct_secrets.h"

#include <string.h>

static uint64_t early_exit(void)
{
    new_secrets();
    memcpy(out, message, 16);
    out[below(16)] ^= 1;
    (void)planted_early_exit(out, message, 16);
    return 0;
}

static uint64_t branch(void)
{
    new_secrets();
    (void)planted_branch(message, 32);
    return 0;
}

static uint64_t shift(void)
{
    new_secrets();
    (void)planted_shift(message, 32);
    return 0;
}

static uint64_t table(void)
{
    new_secrets();
    (void)planted_table(message, 64);
    return 0;
}

static uint64_t leaky_unpad(void)
{
    new_secrets();
    random_padding(message, LEN);
    return outcome((mote_status)planted_unpad(message, LEN, &out_len));
}
const struct ct_case ct_planted_cases[] = {
    {CHIP_planted_early_exit, "16 B", early_exit, 1, CT_LEAKS}, {CHIP_planted_branch, "32 B", branch, 1, CT_LEAKS},
    {CHIP_planted_shift, "32 B", shift, 1, CT_LEAKS_CYCLES},    {CHIP_planted_table, "64 B", table, 1, CT_LEAKS_ADDRESS},
    {CHIP_planted_unpad, "80 B", leaky_unpad, 1, CT_LEAKS},     {CHIP_FUNCTION_COUNT, NULL, NULL, 0, CT_CONSTANT},
};
