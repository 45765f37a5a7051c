/* test/chip/constant_time.h - what is run with random secrets, and what the planted leaks are to show. */
#ifndef CHIP_CONSTANT_TIME_H
#define CHIP_CONSTANT_TIME_H

#include "mailbox.h"

enum ct_leak {
    CT_CONSTANT,     /* a function of the library */
    CT_LEAKS,        /* planted, to be found on every chip */
    CT_LEAKS_CYCLES, /* planted, to be found where cycles are compared, on a chip that takes its time for each step */
    CT_LEAKS_ADDRESS /* planted, to be found where addresses are compared and not only cycles */
};

/* run draws new secrets, calls the function last of all, and returns what became public by its result: the status, and the
 * length if there is one (ct_outcome). At least `outcomes` different public outcomes must have come up. */
struct ct_case {
    enum chip_function function;
    const char *name;
    uint64_t (*run)(void);
    unsigned outcomes;
    enum ct_leak leak;
};
/* Each ends with a case whose name is NULL. */
extern const struct ct_case ct_hash_cases[], ct_cipher_cases[], ct_planted_cases[];

/* Before a case: what is public and the same in all its runs. */
void ct_begin(void);

/* The planted functions of the chip's program (test/chip/planted.c). */
int planted_early_exit(const uint8_t *a, const uint8_t *b, size_t len);
int planted_branch(const uint8_t *secret, size_t len);
int planted_shift(const uint8_t *secret, size_t len);
int planted_table(const uint8_t *secret, size_t len);
int planted_copy(const uint8_t *secret, size_t len);
int planted_unpad(const uint8_t *data, size_t len, size_t *out_len);

#endif
