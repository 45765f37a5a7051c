/* aes/aes_avr_small.c - AES-128 (FIPS 197) for 8-bit processors, small: byte by byte as the standard says it, in C.
 *
 * Here is what aes_avr.c is checked against, and what takes its place where size counts or its instructions lack. The state
 * is transformed in the caller's buffer, so that nothing secret comes to lie on the stack.
 *
 * Constant time wherever a table look-up takes the same time at every index: not on a processor with a data cache. */
#include "aes_avr.h"

#if MOTE_AES_AVR && !MOTE_AES_AVR_FAST

#include <string.h>

#if defined(__GNUC__)
#define NOINLINE __attribute__((noinline))
#else
#define NOINLINE
#endif

static inline uint8_t look_up(const uint8_t *table, uint8_t index)
{
#if MOTE_AES_AVR_TABLES_IN_FLASH
    uint8_t x;

    __asm__("lpm %0, Z" : "=r"(x) : "z"(table + index));
    return x;
#else
    return table[index];
#endif
}

/* 2x in GF(2^8) (section 4.2.1). The branch on AVR takes 3 cycles either way. */
static inline uint8_t twice(uint8_t x)
{
#if MOTE_CPU_AVR
    __asm__("lsl %0\n\tbrcc .+2\n\teor %0, %1" : "+r"(x) : "r"((uint8_t)0x1b));
    return x;
#else
    return (uint8_t)((x << 1) ^ (0x1b & -mote_ct_barrier8(x >> 7)));
#endif
}

/* Section 5.2, one byte at a time: w[16] from w[0] and the word that ends before it. */
mote_status MOTE_AES_BACKEND(avr, init)(mote_aes128 *aes, const uint8_t key[16])
{
    uint8_t *w = aes->round_keys;
    uint8_t rcon = 1;

    memcpy(w, key, 16);
    for (uint8_t i = 0; i < 160; i++, w++) {
        uint8_t x = w[12];

        if ((i & 15) < 4) {
            x = look_up(mote_aes_avr_sbox, (i & 15) == 3 ? w[9] : w[13]);
            if ((i & 15) == 0) {
                x ^= rcon;
                rcon = twice(rcon);
            }
        }
        w[16] = w[0] ^ x;
    }
    return MOTE_OK;
}

NOINLINE static void add_round_key(uint8_t *state, const uint8_t *key)
{
    for (uint8_t i = 16; i != 0; i--)
        *state++ ^= *key++;
}

NOINLINE static void sub_bytes(uint8_t *state, const uint8_t *table)
{
    for (uint8_t i = 16; i != 0; i--, state++)
        *state = look_up(table, *state);
}

/* Rotate row 1 to the left by steps columns, row 2 by twice and row 3 by three times as many; all modulo 4, so 3 steps are
 * the inverse of 1. */
NOINLINE static void shift_rows(uint8_t *state, uint8_t steps)
{
    uint8_t n = steps;

    for (uint8_t r = 3; r != 0; r--, n = (uint8_t)(n + steps)) {
        state++;
        for (uint8_t i = n & 3; i != 0; i--) {
            const uint8_t x = state[0];

            state[0] = state[4];
            state[4] = state[8];
            state[8] = state[12];
            state[12] = x;
        }
    }
}

/* Section 5.1.3. */
NOINLINE static void mix_columns(uint8_t *state)
{
    for (uint8_t i = 4; i != 0; i--, state += 4) {
        const uint8_t a = state[0], b = state[1], c = state[2], d = state[3], all = a ^ b ^ c ^ d;

        state[0] = a ^ all ^ twice(a ^ b);
        state[1] = b ^ all ^ twice(b ^ c);
        state[2] = c ^ all ^ twice(c ^ d);
        state[3] = d ^ all ^ twice(d ^ a);
    }
}

/* Section 5.1. */
void MOTE_AES_BACKEND(avr, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    const uint8_t *key = aes->round_keys;

    memmove(out, in, 16);
    add_round_key(out, key);
    for (uint8_t round = 10;;) {
        sub_bytes(out, mote_aes_avr_sbox);
        shift_rows(out, 1);
        if (--round != 0)
            mix_columns(out);
        key += 16;
        add_round_key(out, key);
        if (round == 0)
            return;
    }
}

/* Section 5.3. MixColumns four times over is nothing, so three times over it is its own inverse. */
void MOTE_AES_BACKEND(avr, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    const uint8_t *key = aes->round_keys + 160;

    memmove(out, in, 16);
    add_round_key(out, key);
    for (uint8_t round = 10;;) {
        shift_rows(out, 3);
        sub_bytes(out, mote_aes_avr_inv_sbox);
        key -= 16;
        add_round_key(out, key);
        if (--round == 0)
            return;
        mix_columns(out);
        mix_columns(out);
        mix_columns(out);
    }
}

mote_status MOTE_AES_BACKEND(avr, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                               size_t blocks)
{
    for (; blocks != 0; blocks--, out += 16, in += 16) {
        add_round_key(chain, in);
        MOTE_AES_BACKEND(avr, encrypt_block)(aes, chain, chain);
        memcpy(out, chain, 16);
    }
    return MOTE_OK;
}

mote_status MOTE_AES_BACKEND(avr, cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                               size_t blocks)
{
    uint8_t next[16];

    for (; blocks != 0; blocks--, out += 16, in += 16) {
        memcpy(next, in, 16);
        MOTE_AES_BACKEND(avr, decrypt_block)(aes, out, next);
        add_round_key(out, chain);
        memcpy(chain, next, 16);
    }
    return MOTE_OK;
}

#else
typedef int mote_aes_avr_small_is_empty;
#endif
