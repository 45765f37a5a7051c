/* aes/aes_avr_small.c - AES-128 (FIPS 197) for 8-bit processors, small: loops over the state's bytes, as the standard has it.
 *
 * Where MOTE_OPTIMIZE_SIZE asks for it on an AVR, it is in assembly, because there a call costs two bytes and a compiler
 * takes ten for it; and decryption makes do with the S-box of encryption. Elsewhere it is in C, which is also what the
 * assembly and the fast variant (aes_avr.c) are checked against. Both work in the output buffer, so that nothing secret
 * comes to lie on the stack.
 *
 * Constant time wherever a table look-up takes the same time at every index: not on a processor with a data cache. */
#include "aes_avr.h"

#if MOTE_AES_AVR && !MOTE_AES_AVR_FAST

#if MOTE_CBC_AVR_GLUE

/* clang-format off */

#if MOTE_AES_AVR_TABLES_IN_FLASH
#define LOOK_UP(x) "lpm " x ",Z\n"
#else
#define LOOK_UP(x) "ld " x ",Z\n"
#endif
#define TWICE(x) "lsl " x "\nbrcc .+2\neor " x ",r23\n"
#define ROTL1(x) "lsl " x "\nadc " x ",r1\n"

/* Z: the state, X: the round key, r24: rounds to come. The flag T is set when decrypting. Each part leaves Z at the start
 * of the state. */
__attribute__((__naked__)) void mote_aes_avr_cbc_glue(void)
{
    __asm__ volatile(
        /* Section 5.2, one byte at a time. r24: aes, r22: key. Z: sixteen bytes before the byte that is made, r18: its
         * place in its round key, r24: the round constant. */
        MOTE_AVR_LABEL("aes128_init")
        "movw r26,r22\n"
        "movw r30,r24\n"
        "ldi r18,16\n"
        "%~call mote_avr_copy\n"
        "sbiw r30,16\n"
        "ldi r24,1\n"
        "1:\n"
        "ldd r19,Z+12\n"
        "cpi r18,4\n"
        "brcc 3f\n"
        "ldd r19,Z+13\n"
        "cpi r18,3\n"
        "brne 2f\n"
        "ldd r19,Z+9\n"
        "2:\n"
        "rcall 22f\n"
        "cpse r18,r1\n"
        "rjmp 3f\n"
        "eor r19,r24\n"
        "lsl r24\n"
        "brcc 3f\n"
        "ldi r24,0x1b\n"
        "3:\n"
        "ld r0,Z\n"
        "eor r0,r19\n"
        "std Z+16,r0\n"
        "adiw r30,1\n"
        "inc r18\n"
        "andi r18,15\n"
        "brne 1b\n"
        "cpi r24,0x6c\n" /* the eleventh */
        "brne 1b\n"
        "ldi r24,0\nldi r25,0\n"
        "ret\n"

        /* In place of r19 what the S-box holds there. */
        "22:\n"
        "movw r20,r30\n"
        "ldi r30,lo8(%[sbox])\nldi r31,hi8(%[sbox])\n"
        "add r30,r19\nadc r31,r1\n"
        LOOK_UP("r19")
        "movw r30,r20\n"
        "ret\n"

        /* r24: aes, r22: out, r14: in, r12: chain, r16: length */
        MOTE_AVR_LABEL("aes128_cbc")
        "brts 6f\n"
        "push r12\npush r13\n"
        "4:\n"
        "subi r16,16\nsbci r17,0\n"
        "brcs 5f\n"
        "movw r20,r14\n"
        "rcall 9f\n"
        "movw r26,r12\n"
        "rcall 10f\n"
        "rcall 11f\n"
        "movw r12,r22\n"
        "ldi r20,16\n"
        "add r14,r20\nadc r15,r1\n"
        "add r22,r20\nadc r23,r1\n"
        "rjmp 4b\n"
        "5:\n"
        "pop r13\npop r12\n"
        "ret\n"
        "6:\n" /* from the last block on: then each chaining value is still there, in place too */
        "add r22,r16\nadc r23,r17\n"
        "add r14,r16\nadc r15,r17\n"
        "7:\n"
        "subi r16,16\nsbci r17,0\n"
        "brcs 12f\n"
        "subi r22,16\nsbci r23,0\n"
        "movw r20,r14\n"
        "subi r20,16\nsbci r21,0\n"
        "movw r14,r20\n"
        "rcall 8f\n"
        "movw r26,r14\n"
        "sbiw r26,16\n"
        "cp r16,r1\ncpc r17,r1\n"
        "brne .+2\n"
        "movw r26,r12\n"
        "rcall 10f\n"
        "rjmp 7b\n"
        "12:\n"
        "ret\n"

        /* Section 5.1 or 5.3. r24: aes, r22: out, r20: in, which may overlap. r22..r25 are left as they are. */
        MOTE_AVR_LABEL("aes128_encrypt_block")
        "clt\n"
        "rjmp 8f\n"
        MOTE_AVR_LABEL("aes128_decrypt_block")
        "set\n"
        "8:\n"
        "rcall 9f\n"
        "11:\n"
        "movw r26,r24\n"
        "push r22\npush r23\n"
        "push r24\n"
        "ldi r22,1\n"
        "brtc 1f\n"
        "subi r26,lo8(-160)\nsbci r27,hi8(-160)\n"
        "ldi r22,3\n"
        "1:\n"
        "ldi r24,10\n"
        "rcall 10f\n"
        "2:\n"
        "brtc .+2\n"
        "sbiw r26,32\n"
        "rcall 20f\n"
        "dec r24\n"
        "breq 3f\n"
        "brts .+2\n"
        "rcall 40f\n"
        "rcall 10f\n"
        "brtc 2b\n"
        /* MixColumns four times over is nothing, so three times over it is its own inverse. */
        "rcall 40f\n"
        "rcall 40f\n"
        "rcall 40f\n"
        "rjmp 2b\n"
        "3:\n"
        "pop r24\npop r23\n"
        "pop r22\n"
        /* AddRoundKey, or whatever is added to the state; X moves on by 16 */
        "10:\n"
        "ldi r18,16\n"
        "1:\n"
        "ld r19,Z\n"
        "ld r0,X+\n"
        "eor r19,r0\n"
        "st Z+,r19\n"
        "dec r18\n"
        "brne 1b\n"
        "sbiw r30,16\n"
        "ret\n"

        /* The input to the output, which is the state from then on. */
        "9:\n"
        "movw r30,r22\n"
        "movw r26,r20\n"
        "ldi r20,16\nldi r21,0\n"
        "%~call mote_avr_move\n"
        "movw r30,r22\n"
        "ret\n"

        /* The inverse of the affine transformation of section 5.1.1, of r19. The S-box is that transformation A of the
         * inverse I in GF(2^8); so InvSubBytes, which undoes A and then I, is A' S A' with A' the inverse of A: I = A' S. */
        "30:\n"
        ROTL1("r19")
        "mov r23,r19\n"
        ROTL1("r19")
        "mov r0,r19\n"
        "swap r0\n"
        "eor r23,r0\n"
        ROTL1("r19")
        "eor r19,r23\n"
        "ldi r23,5\n"
        "eor r19,r23\n"
        "ret\n"

        /* SubBytes or InvSubBytes */
        "20:\n"
        "ldi r18,16\n"
        "1:\n"
        "ld r19,Z\n"
        "brtc .+2\n"
        "rcall 30b\n"
        "rcall 22b\n"
        "brtc .+2\n"
        "rcall 30b\n"
        "st Z+,r19\n"
        "dec r18\n"
        "brne 1b\n"
        "sbiw r30,16\n"
        /* and ShiftRows: row 1 to the left by r22, row 2 by twice as much, row 3 by three times, all modulo 4 */
        "mov r21,r22\n"
        "ldi r20,3\n"
        "2:\n"
        "adiw r30,1\n"
        "mov r18,r21\n"
        "andi r18,3\n"
        "3:\n"
        "ld r19,Z\n"
        "ldd r0,Z+4\n"
        "st Z,r0\n"
        "ldd r0,Z+8\n"
        "std Z+4,r0\n"
        "ldd r0,Z+12\n"
        "std Z+8,r0\n"
        "std Z+12,r19\n"
        "dec r18\n"
        "brne 3b\n"
        "add r21,r22\n"
        "dec r20\n"
        "brne 2b\n"
        "sbiw r30,3\n"
        "ret\n"

        /* MixColumns by the formulas of aes_avr.c. r25 is not changed, r22 only for a while. */
        "40:\n"
        "push r22\n"
        "ldi r23,0x1b\nldi r22,4\n"
        "1:\n"
        "ld r18,Z\n"
        "ldd r20,Z+1\n"
        "ldd r19,Z+2\n"
        "ldd r21,Z+3\n"
        "eor r20,r18\n"
        "movw r0,r18\n"
        "eor r18,r21\n"
        "eor r1,r20\n"
        "eor r0,r1\n"
        "eor r19,r18\n"
        TWICE("r20")
        "eor r20,r0\n"
        "eor r21,r20\n"
        "st Z+,r21\n"
        TWICE("r0")
        "eor r0,r19\n"
        "st Z+,r0\n"
        "eor r20,r0\n"
        TWICE("r18")
        "eor r1,r18\n"
        "eor r18,r20\n"
        "st Z+,r18\n"
        "st Z+,r1\n"
        "dec r22\n"
        "brne 1b\n"
        "clr r1\n"
        "sbiw r30,16\n"
        "pop r22\n"
        "ret\n"
        : : [sbox] "i"(mote_aes_avr_sbox), "i"(mote_avr_frame), "i"(mote_avr_move_glue));
}

/* clang-format on */

MOTE_AVR_ENTRY(aes128_encrypt_block, mote_aes_avr_cbc_glue)
MOTE_AVR_ENTRY(aes128_decrypt_block, mote_aes_avr_cbc_glue)

#else

#include <string.h>

static uint8_t look_up(const uint8_t *table, uint8_t index)
{
#if MOTE_AES_AVR_TABLES_IN_FLASH
    uint8_t x;

    __asm__("lpm %0, Z" : "=r"(x) : "z"(table + index));
    return x;
#else
    return table[index];
#endif
}

/* 2x in GF(2^8) (section 4.2.1). */
static inline uint8_t twice(uint8_t x)
{
    return (uint8_t)((x << 1) ^ (0x1b & -mote_ct_barrier8(x >> 7)));
}

static void add_round_key(uint8_t *state, const uint8_t *key)
{
    for (uint8_t i = 0; i < 16; i++)
        state[i] ^= key[i];
}

static void sub_bytes(uint8_t *state, const uint8_t *table)
{
    for (uint8_t i = 0; i < 16; i++)
        state[i] = look_up(table, state[i]);
}

/* Rotate row 1 to the left by steps columns, row 2 by twice and row 3 by three times as many; all modulo 4, so 3 steps are
 * the inverse of 1. */
static void shift_rows(uint8_t *state, uint8_t steps)
{
    for (uint8_t r = 1; r < 4; r++)
        for (uint8_t i = (r * steps) & 3; i != 0; i--) {
            const uint8_t x = state[r];

            state[r] = state[r + 4];
            state[r + 4] = state[r + 8];
            state[r + 8] = state[r + 12];
            state[r + 12] = x;
        }
}

/* Section 5.1.3. */
static void mix_columns(uint8_t *state)
{
    for (uint8_t i = 0; i < 4; i++, state += 4) {
        const uint8_t a = state[0], b = state[1], c = state[2], d = state[3], all = a ^ b ^ c ^ d;

        state[0] = a ^ all ^ twice(a ^ b);
        state[1] = b ^ all ^ twice(b ^ c);
        state[2] = c ^ all ^ twice(c ^ d);
        state[3] = d ^ all ^ twice(d ^ a);
    }
}

/* Cipher or InvCipher (sections 5.1 and 5.3) of one block, according to the table. key is the round key to begin with; out
 * and in may overlap. */
static void cipher(const uint8_t *key, uint8_t *out, const uint8_t *in, const uint8_t *table)
{
    const int inverse = table != mote_aes_avr_sbox;

    memmove(out, in, 16);
    add_round_key(out, key);
    for (uint8_t round = 1;; round++) {
        sub_bytes(out, table);
        shift_rows(out, inverse ? 3 : 1);
        key = inverse ? key - 16 : key + 16;
        if (round == 10)
            break;
        if (!inverse)
            mix_columns(out);
        add_round_key(out, key);
        if (inverse)
            /* Four times over it is nothing, so three times over it is its own inverse. */
            for (uint8_t i = 0; i < 3; i++)
                mix_columns(out);
    }
    add_round_key(out, key);
}

/* Section 5.2, one byte at a time; n is its place in its round key. */
mote_status MOTE_AES_BACKEND(avr, init)(mote_aes128 *aes, const uint8_t key[16])
{
    uint8_t *w = aes->round_keys + 16;
    uint8_t rcon = 1, n = 0;

    memcpy(aes->round_keys, key, 16);
    do {
        uint8_t x;

        if (n < 4) {
            x = look_up(mote_aes_avr_sbox, *(n == 3 ? w - 7 : w - 3));
            if (n == 0) {
                x ^= rcon;
                rcon = rcon == 0x80 ? 0x1b : (uint8_t)(rcon << 1);
            }
        } else {
            x = w[-4];
        }
        *w = w[-16] ^ x;
        w++;
        n = (n + 1) & 15;
    } while (rcon != 0x6c || n != 0); /* until the tenth round key is full */
    return MOTE_OK;
}

void MOTE_AES_BACKEND(avr, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    cipher(aes->round_keys, out, in, mote_aes_avr_sbox);
}

void MOTE_AES_BACKEND(avr, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    cipher(aes->round_keys + 160, out, in, mote_aes_avr_inv_sbox);
}

static void add_block(uint8_t *x, const uint8_t *y)
{
    for (uint8_t i = 16; i != 0; i--)
        *x++ ^= *y++;
}

mote_status MOTE_AES_BACKEND(avr, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                               size_t blocks)
{
    for (; blocks != 0; blocks--, out += 16, in += 16) {
        add_block(chain, in);
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
        add_block(out, chain);
        memcpy(chain, next, 16);
    }
    return MOTE_OK;
}

#endif

#else
typedef int mote_aes_avr_small_is_empty;
#endif
