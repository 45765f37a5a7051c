/* test/sha256_steps.h - SHA-256's compression function (FIPS 180-4 section 6.2.2) with all that it computes on the way, for the
 * searches for what is left of it. The constants come from their definitions. */
#ifndef MOTE_TEST_SHA256_STEPS_H
#define MOTE_TEST_SHA256_STEPS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static uint32_t sha256_rotr(uint32_t x, unsigned n)
{
    return x >> n | x << (32 - n);
}

/* The first 32 bits of the fractional part of the prime's square root (n = 2) or cube root (n = 3). */
static uint32_t sha256_root(unsigned prime, unsigned n)
{
    double r = prime;

    for (int i = 0; i < 80; i++) /* Newton */
        r = n == 2 ? (r + prime / r) / 2 : (2 * r + prime / (r * r)) / 3;
    return (uint32_t)((r - (unsigned)r) * 4294967296.0);
}

static struct {
    uint32_t initial[8], K[64]; /* sections 5.3.3 and 4.2.2 */
} sha256_constants;

static void sha256_make_constants(void)
{
    unsigned count = 0;

    for (unsigned prime = 2; count < 64; prime++) {
        unsigned divisor = 2;

        while (prime % divisor != 0)
            divisor++;
        if (divisor != prime)
            continue;
        if (count < 8)
            sha256_constants.initial[count] = sha256_root(prime, 2);
        sha256_constants.K[count++] = sha256_root(prime, 3);
    }
}

/* H(0). */
static void sha256_begin(uint32_t state[8])
{
    if (sha256_constants.initial[0] == 0)
        sha256_make_constants();
    memcpy(state, sha256_constants.initial, sizeof sha256_constants.initial);
}

/* One block. Unless it is NULL, step gets the new values of each round (a and e; the others move on) and its word W[t]. */
static void sha256_steps(uint32_t state[8], const uint8_t block[64], void (*step)(uint32_t a, uint32_t e, uint32_t w))
{
    uint32_t W[64], v[8];

    memcpy(v, state, sizeof v);
    for (unsigned t = 0; t < 64; t++) {
        uint32_t T1, T2;

        if (t < 16)
            W[t] = (uint32_t)block[4 * t] << 24 | (uint32_t)block[4 * t + 1] << 16 | (uint32_t)block[4 * t + 2] << 8 |
                   block[4 * t + 3];
        else
            W[t] = (sha256_rotr(W[t - 2], 17) ^ sha256_rotr(W[t - 2], 19) ^ W[t - 2] >> 10) + W[t - 7] +
                   (sha256_rotr(W[t - 15], 7) ^ sha256_rotr(W[t - 15], 18) ^ W[t - 15] >> 3) + W[t - 16];
        T1 = v[7] + (sha256_rotr(v[4], 6) ^ sha256_rotr(v[4], 11) ^ sha256_rotr(v[4], 25)) +
             ((v[4] & v[5]) ^ (~v[4] & v[6])) + sha256_constants.K[t] + W[t];
        T2 = (sha256_rotr(v[0], 2) ^ sha256_rotr(v[0], 13) ^ sha256_rotr(v[0], 22)) +
             ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof v[0]);
        v[4] += T1;
        v[0] = T1 + T2;
        if (step != NULL)
            step(v[0], v[4], W[t]);
    }
    for (unsigned i = 0; i < 8; i++)
        state[i] += v[i];
}

#endif
