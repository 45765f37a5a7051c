/* test/chip/planted.c - the usual leaks and stray accesses, planted so that the checks can be seen to catch them.
 *
 * Whatever the compiler makes of them, each must be found: the check fails where one is not. On an 8-bit chip without a
 * cache planted_table takes the same time at every index, on a 32-bit one planted_shift takes the same time for every count;
 * each is expected to be found on the other kind. */
#include "program.h"

#include "declassify.h"

/* memcmp as it is usually written: the time tells how many bytes were right. */
int planted_early_exit(const uint8_t *a, const uint8_t *b, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        if (a[i] != b[i])
            return 0;
    }
    return 1;
}

/* A branch for every set bit, as a square-and-multiply loop has it. */
int planted_branch(const uint8_t *secret, size_t len)
{
    volatile uint8_t product = 1;

    for (size_t i = 0; i < len; i++) {
        if (secret[i] & 1)
            product = (uint8_t)(product * 3);
    }
    return product;
}

/* A shift by a secret: one instruction on a 32-bit part, a loop on an 8-bit one. */
int planted_shift(const uint8_t *secret, size_t len)
{
    volatile uint32_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum += (uint32_t)0x12345678 >> (secret[i] & 31);
    return (int)(sum & 0x7fff);
}

/* A table indexed by a secret; the bytes themselves serve as the table. len is a power of two. */
int planted_table(const uint8_t *secret, size_t len)
{
    uint8_t sum = 0;

    for (size_t i = 0; i < len; i++)
        sum = (uint8_t)(sum + secret[secret[i] & (len - 1)]);
    return sum;
}

/* PKCS#7 checked byte by byte until one is wrong: a padding oracle in time, although only the verdict is declassified. */
mote_status planted_unpad(const uint8_t *data, size_t len, size_t *out_len)
{
    const uint8_t n = data[len - 1];
    uint8_t wrong = n == 0 || n > 16;

    for (uint8_t i = 1; !wrong && i < n; i++)
        wrong = data[len - 1 - i] != n;
    MOTE_DECLASSIFY(&wrong, sizeof wrong);
    if (wrong) {
        *out_len = 0;
        return MOTE_ERR_PADDING;
    }
    MOTE_DECLASSIFY(&n, sizeof n);
    *out_len = len - n;
    return MOTE_OK;
}

/* One byte past its output. */
void planted_overrun(uint8_t *out, size_t len)
{
    for (size_t i = 0; i <= len; i++)
        out[i] ^= 0xff;
}

/* Its input, for a moment taken for its own. */
void planted_input(const uint8_t *in, size_t len)
{
    ((uint8_t *)(uintptr_t)in)[len - 1] ^= 1;
}

/* Somewhere else. */
int planted_address(size_t address)
{
    return *(const volatile uint8_t *)(uintptr_t)address;
}

/* A copy of a secret that is not wiped; len is 64 at most. */
int planted_copy(const uint8_t *secret, size_t len)
{
    volatile uint8_t copy[64];

    for (size_t i = 0; i < len; i++)
        copy[i] = secret[i];
    return copy[len - 1];
}
