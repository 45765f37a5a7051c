/* aes/aes_avr.c - AES-128 (FIPS 197) for 8-bit AVR, fast: the state stays in 16 registers, the S-boxes in flash.
 *
 * Three pieces of assembly: key expansion, encryption and decryption of one block. They are not C because the compiler
 * can neither keep 16 state bytes in place nor see that two bytes can be copied by one MOVW. What they stand on:
 *
 *   - A table look-up takes the same time at every index, there being no data cache: LPM 3 cycles, LD 2.
 *   - A table begins at a multiple of 256, so its high byte stays in r31, and the state byte goes to r30.
 *   - ShiftRows costs nothing: it only decides which register a look-up reads and which one it writes.
 *   - The round keys lie in the order in which encryption takes them, rows 1, 2, 0, 3, each from column 0 to 3; decryption
 *     takes them in exactly the reverse order. So one pointer that counts up or down serves.
 *   - Doubling in GF(2^8) is LSL and, if a bit fell out, EOR with 0x1b. A branch that is taken costs one cycle more than
 *     one that is not, and so does the EOR: 3 cycles either way. This is the only branch on a secret, and it is exact.
 *
 * aes_avr_small.c says the same in C. Cycles below are those of an ATmega328P. */
#include "aes_avr.h"

#include <string.h>

#if MOTE_AES_AVR_FAST

#if MOTE_AES_AVR_TABLES_IN_FLASH
#define LOOK_UP(to) "lpm " to ", Z\n\t"
#else
#define LOOK_UP(to) "ld " to ", Z\n\t"
#endif

#define DOUBLE(x) "lsl " x "\n\tbrcc .+2\n\teor " x ", " POLYNOMIAL "\n\t"
#define EOR(x, y) "eor " x ", " y "\n\t"
#define MOV(x, y) "mov " x ", " y "\n\t"

/* The next round key byte comes off the pointer X; these are used once in each round for each of the 16 bytes. */
#define KEY_AND_SUB(to, from) "ld r30, X+\n\teor r30, " from "\n\t" LOOK_UP(to)
#define KEY_BEFORE(x, tmp) "ld " tmp ", X+\n\teor " x ", " tmp "\n\t"
#define KEY_BACK(x) "ld r0, -X\n\teor " x ", r0\n\t"
#define KEY_BACK_TO(to, from) "ld " to ", -X\n\teor " to ", " from "\n\t"
#define KEY_BACK_AND_SUB(x) "ld r30, -X\n\teor r30, " x "\n\t" LOOK_UP(x)

/* Key expansion (section 5.2): 71 cycles for each round key, which is made in place from the one before it. */
#define K0 "r2"
#define K1 "r3"
#define K2 "r4"
#define K3 "r5"
#define K4 "r6"
#define K5 "r7"
#define K6 "r8"
#define K7 "r9"
#define K8 "r1"
#define K9 "r18"
#define K10 "r19"
#define K11 "r20"
#define K12 "r21"
#define K13 "r22"
#define K14 "r23"
#define K15 "r24"
#define SUB_WORD(x, y) "mov r30, " y "\n\t" LOOK_UP("r0") EOR(x, "r0")

mote_status MOTE_AES_BACKEND(avr, init)(mote_aes128 *aes, const uint8_t key[16])
{
    register uint8_t *x __asm__("r26") = aes->round_keys;
    register const uint8_t *z __asm__("r30") = key;

    __asm__ volatile(
        "ld " K0 ", Z+\n\tld " K1 ", Z+\n\tld " K2 ", Z+\n\tld " K3 ", Z+\n\t"
        "ld " K4 ", Z+\n\tld " K5 ", Z+\n\tld " K6 ", Z+\n\tld " K7 ", Z+\n\t"
        "ld " K8 ", Z+\n\tld " K9 ", Z+\n\tld " K10 ", Z+\n\tld " K11 ", Z+\n\t"
        "ld " K12 ", Z+\n\tld " K13 ", Z+\n\tld " K14 ", Z+\n\tld " K15 ", Z+\n\t"
        "ldi r31, hi8(%[sbox])\n\t"
        "ldi r25, 1\n\t" /* Rcon */
        "rjmp 2f\n"
        "1:\n\t"
        SUB_WORD(K0, K13) SUB_WORD(K1, K14) SUB_WORD(K2, K15) SUB_WORD(K3, K12)
        EOR(K0, "r25") "lsl r25\n\tbrcc .+2\n\tldi r25, 0x1b\n\t"
        EOR(K4, K0) EOR(K5, K1) EOR(K6, K2) EOR(K7, K3)
        EOR(K8, K4) EOR(K9, K5) EOR(K10, K6) EOR(K11, K7)
        EOR(K12, K8) EOR(K13, K9) EOR(K14, K10) EOR(K15, K11)
        "2:\n\t"
        "st X+, " K1 "\n\tst X+, " K5 "\n\tst X+, " K9 "\n\tst X+, " K13 "\n\t"
        "st X+, " K2 "\n\tst X+, " K6 "\n\tst X+, " K10 "\n\tst X+, " K14 "\n\t"
        "st X+, " K0 "\n\tst X+, " K4 "\n\tst X+, " K8 "\n\tst X+, " K12 "\n\t"
        "st X+, " K3 "\n\tst X+, " K7 "\n\tst X+, " K11 "\n\tst X+, " K15 "\n\t"
        "cpi r25, 0x6c\n\t" /* which follows the tenth */
        "brne 1b\n\t"
        /* What the caller would find in the registers that are not restored, all but r24 and r25, the result. */
        "clr r1\n\tclr r0\n\tclr r18\n\tclr r19\n\tclr r20\n\tclr r21\n\tclr r22\n\tclr r23\n\tclr r30\n\t"
        : "+r"(x), "+r"(z)
        : [sbox] "i"(mote_aes_avr_sbox)
        : "r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25",
          "memory");
    return MOTE_OK;
}

/* Encryption. sRC is the register of the state byte in row R, column C. Rows 1 and 3 of a column lie in one register
 * pair; so do row 2 and a spare. t is one more spare. */
#define S00 "r16"
#define S10 "r2"
#define S30 "r3"
#define S20 "r4"
#define E0 "r5"
#define S01 "r22"
#define S11 "r6"
#define S31 "r7"
#define S21 "r8"
#define E1 "r9"
#define S02 "r23"
#define S12 "r10"
#define S32 "r11"
#define S22 "r12"
#define E2 "r13"
#define S03 "r0"
#define S13 "r14"
#define S33 "r15"
#define S23 "r18"
#define E3 "r19"
#define T "r1"
#define POLYNOMIAL "r24"

/* AddRoundKey, SubBytes, ShiftRows: 6 cycles a byte. Row 1 is rotated to the left by one column into its own registers and
 * t, which makes room for row 0; row 2 into the spares, which makes room for nothing else but that; row 3 where row 0 was. */
#define ROUND_FRONT                                                                                                      \
    KEY_AND_SUB(T, S10) KEY_AND_SUB(S11, S11) KEY_AND_SUB(S12, S12) KEY_AND_SUB(S13, S13)                                \
    KEY_AND_SUB(E2, S20) KEY_AND_SUB(E3, S21) KEY_AND_SUB(E0, S22) KEY_AND_SUB(E1, S23)                                  \
    KEY_AND_SUB(S20, S00) KEY_AND_SUB(S21, S01) KEY_AND_SUB(S22, S02) KEY_AND_SUB(S23, S03)                              \
    KEY_AND_SUB(S01, S30) KEY_AND_SUB(S02, S31) KEY_AND_SUB(S03, S32) KEY_AND_SUB(S00, S33)

/* MixColumns of one column: 21 cycles. The bytes of rows 0 to 3 come in s2, x1, e and s0, and leave in s0, s1, s2, s3. With
 * a = row 0, b = row 1, c = row 2, d = row 3, 3 doublings suffice, since the four sums of neighbours add up to nothing:
 *     row 0 = d ^ (p = 2(a ^ b) ^ b ^ c)           row 1 = (q = 2(b ^ c)) ^ a ^ c ^ d
 *     row 3 = a ^ b ^ c ^ (r = 2(a ^ d))           row 2 = r ^ p ^ row 1 */
#define MIX_COLUMN(s0, s1, s2, s3, x1, e)                                                                                \
    EOR(x1, s2)                                  /* a ^ b */                                                             \
    "movw " s1 ", " s2 "\n\t"                    /* s1 = a, s3 = c */                                                    \
    EOR(s2, s0)                                  /* a ^ d */                                                             \
    EOR(s3, x1)                                  /* a ^ b ^ c */                                                         \
    EOR(s1, s3)                                  /* b ^ c */                                                             \
    EOR(e, s2)                                   /* a ^ c ^ d */                                                         \
    DOUBLE(x1) EOR(x1, s1) EOR(s0, x1)           /* p, row 0 */                                                          \
    DOUBLE(s1) EOR(s1, e) EOR(x1, s1)            /* row 1; p ^ row 1 */                                                  \
    DOUBLE(s2) EOR(s3, s2) EOR(s2, x1)           /* row 3, row 2 */

/* One block. If chain is not NULL, its 16 bytes are added to the input first (CBC). The buffers may overlap. */
static __attribute__((noinline)) void encrypt(const mote_aes128 *aes, uint8_t *out, const uint8_t *in, const uint8_t *chain)
{
    register const mote_aes128 *r24 __asm__("r24") = aes;
    register const uint8_t *r22 __asm__("r22") = in;
    register uint8_t *r20 __asm__("r20") = out;
    register const uint8_t *r18 __asm__("r18") = chain;

    __asm__ volatile(
        "movw r30, r22\n\t"
        "movw r26, r18\n\t"
        "ld " S00 ", Z+\n\tld " S10 ", Z+\n\tld " S20 ", Z+\n\tld " S30 ", Z+\n\t"
        "ld " S01 ", Z+\n\tld " S11 ", Z+\n\tld " S21 ", Z+\n\tld " S31 ", Z+\n\t"
        "ld " S02 ", Z+\n\tld " S12 ", Z+\n\tld " S22 ", Z+\n\tld " S32 ", Z+\n\t"
        "ld " S03 ", Z+\n\tld " S13 ", Z+\n\tld " S23 ", Z+\n\tld " S33 ", Z+\n\t"
        "adiw r26, 0\n\t"
        "breq 1f\n\t"
        KEY_BEFORE(S00, T) KEY_BEFORE(S10, T) KEY_BEFORE(S20, T) KEY_BEFORE(S30, T)
        KEY_BEFORE(S01, T) KEY_BEFORE(S11, T) KEY_BEFORE(S21, T) KEY_BEFORE(S31, T)
        KEY_BEFORE(S02, T) KEY_BEFORE(S12, T) KEY_BEFORE(S22, T) KEY_BEFORE(S32, T)
        KEY_BEFORE(S03, T) KEY_BEFORE(S13, T) KEY_BEFORE(S23, T) KEY_BEFORE(S33, T)
        "1:\n\t"
        "movw r26, r24\n\t"
        "ldi r31, hi8(%[sbox])\n\t"
        "mov r25, r24\n\t"
        "subi r25, 0x60\n\t" /* the low byte of the address of the last round key, 160 bytes on */
        "ldi r24, 0x1b\n\t"
        "rjmp 3f\n"
        "2:\n\t"
        MIX_COLUMN(S00, S10, S20, S30, S11, E0)
        MIX_COLUMN(S01, S11, S21, S31, S12, E1)
        MIX_COLUMN(S02, S12, S22, S32, S13, E2)
        MIX_COLUMN(S03, S13, S23, S33, T, E3)
        "3:\n\t"
        ROUND_FRONT
        "cpse r26, r25\n\t"
        "rjmp 2b\n\t"
        "movw r30, r20\n\t"
        KEY_BEFORE(S11, S10) KEY_BEFORE(S12, S10) KEY_BEFORE(S13, S10) KEY_BEFORE(T, S10)
        KEY_BEFORE(E0, S10) KEY_BEFORE(E1, S10) KEY_BEFORE(E2, S10) KEY_BEFORE(E3, S10)
        KEY_BEFORE(S20, S10) KEY_BEFORE(S21, S10) KEY_BEFORE(S22, S10) KEY_BEFORE(S23, S10)
        KEY_BEFORE(S00, S10) KEY_BEFORE(S01, S10) KEY_BEFORE(S02, S10) KEY_BEFORE(S03, S10)
        "st Z+, " S20 "\n\tst Z+, " S11 "\n\tst Z+, " E0 "\n\tst Z+, " S00 "\n\t"
        "st Z+, " S21 "\n\tst Z+, " S12 "\n\tst Z+, " E1 "\n\tst Z+, " S01 "\n\t"
        "st Z+, " S22 "\n\tst Z+, " S13 "\n\tst Z+, " E2 "\n\tst Z+, " S02 "\n\t"
        "st Z+, " S23 "\n\tst Z+, " T "\n\tst Z+, " E3 "\n\tst Z+, " S03 "\n\t"
        "clr r1\n\t"
        : "+r"(r24), "+r"(r22), "+r"(r18)
        : "r"(r20), [sbox] "i"(mote_aes_avr_sbox)
        : "r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r26",
          "r27", "r30", "r31", "memory");
}

#undef S00
#undef S10
#undef S20
#undef S30
#undef S01
#undef S11
#undef S21
#undef S31
#undef S02
#undef S12
#undef S22
#undef S32
#undef S03
#undef S13
#undef S23
#undef S33
#undef T
#undef POLYNOMIAL
#define S00 "r2"
#define S10 "r3"
#define S20 "r4"
#define S30 "r5"
#define S01 "r6"
#define S11 "r7"
#define S21 "r8"
#define S31 "r9"
#define S02 "r10"
#define S12 "r11"
#define S22 "r12"
#define S32 "r13"
#define S03 "r14"
#define S13 "r15"
#define S23 "r16"
#define S33 "r17"
#define T "r1"
#define POLYNOMIAL "r25"
#define CHAIN(s) "ld r0, X\n\teor " s ", r0\n\tld r0, Z+\n\tst X+, r0\n\t"

#define INV_MIX_COLUMN(a, b, c, d)                                                                                       \
    EOR(b, a) EOR(d, b) EOR(c, d) MOV("r30", c) DOUBLE(c) EOR(c, d) EOR(a, c) EOR("r30", a) MOV(d, "r30")                \
    DOUBLE("r30") EOR("r30", b) MOV(b, "r30") DOUBLE("r30") EOR("r30", c)

static __attribute__((noinline)) void decrypt(const mote_aes128 *aes, uint8_t *out, const uint8_t *in, uint8_t *chain)
{
    register const mote_aes128 *r24 __asm__("r24") = aes;
    register const uint8_t *r22 __asm__("r22") = in;
    register uint8_t *r20 __asm__("r20") = out;
    register uint8_t *r18 __asm__("r18") = chain;

    __asm__ volatile(
        "movw r30, r22\n\t"
        "ld " S00 ", Z+\n\tld " S11 ", Z+\n\tld " S22 ", Z+\n\tld " S33 ", Z+\n\t"
        "ld " S01 ", Z+\n\tld " S12 ", Z+\n\tld " S23 ", Z+\n\tld " S30 ", Z+\n\t"
        "ld " S02 ", Z+\n\tld " S13 ", Z+\n\tld " S20 ", Z+\n\tld " S31 ", Z+\n\t"
        "ld " S03 ", Z+\n\tld " S10 ", Z+\n\tld " S21 ", Z+\n\tld " S32 ", Z+\n\t"
        "movw r26, r24\n\t"
        "subi r26, lo8(-176)\n\t"
        "sbci r27, hi8(-176)\n\t"
        "ldi r31, hi8(%[sbox])\n\t"
        "ldi r25, 0x1b\n\t"
        KEY_BACK_AND_SUB(S32) KEY_BACK_AND_SUB(S31) KEY_BACK_AND_SUB(S30) KEY_BACK_AND_SUB(S33)
        KEY_BACK_AND_SUB(S03) KEY_BACK_AND_SUB(S02) KEY_BACK_AND_SUB(S01) KEY_BACK_AND_SUB(S00)
        KEY_BACK_AND_SUB(S21) KEY_BACK_AND_SUB(S20) KEY_BACK_AND_SUB(S23) KEY_BACK_AND_SUB(S22)
        KEY_BACK_AND_SUB(S10) KEY_BACK_AND_SUB(S13) KEY_BACK_AND_SUB(S12) KEY_BACK_AND_SUB(S11)
        KEY_BACK(S33) KEY_BACK(S32) KEY_BACK(S31) KEY_BACK(S30)
        KEY_BACK(S03) KEY_BACK(S02) KEY_BACK(S01) KEY_BACK(S00)
        KEY_BACK(S23) KEY_BACK(S22) KEY_BACK(S21) KEY_BACK(S20)
        KEY_BACK(S13) KEY_BACK(S12) KEY_BACK(S11) KEY_BACK(S10)
        "1:\n\t"
        INV_MIX_COLUMN(S33, S03, S13, S23)
        LOOK_UP(T) EOR("r30", S23) LOOK_UP(S23) EOR("r30", S03) LOOK_UP(S03) EOR("r30", S33) LOOK_UP(S13)
        INV_MIX_COLUMN(S30, S00, S10, S20)
        LOOK_UP(S10) EOR("r30", S20) LOOK_UP(S33) KEY_BACK(S33) EOR("r30", S00) LOOK_UP(S00) EOR("r30", S30) LOOK_UP(S20)
        INV_MIX_COLUMN(S31, S01, S11, S21)
        LOOK_UP(S11) EOR("r30", S21) LOOK_UP(S30) EOR("r30", S01) LOOK_UP(S01) EOR("r30", S31) LOOK_UP(S21)
        INV_MIX_COLUMN(S32, S02, S12, S22)
        LOOK_UP(S12) EOR("r30", S22) LOOK_UP(S31) EOR("r30", S02) LOOK_UP(S02) EOR("r30", S32)
        KEY_BACK_TO(S32, S23) KEY_BACK(S31) KEY_BACK(S30)
        KEY_BACK(S03) KEY_BACK(S02) KEY_BACK(S01) KEY_BACK(S00)
        KEY_BACK_TO(S23, S21) KEY_BACK_TO(S22, S20) KEY_BACK_TO(S21, S13) LOOK_UP(S20) KEY_BACK(S20)
        KEY_BACK_TO(S13, S12) KEY_BACK_TO(S12, S11) KEY_BACK_TO(S11, S10) KEY_BACK_TO(S10, T)
        "cpse r26, r24\n\t"
        "rjmp 1b\n\t"
        "clr r1\n\t"
        "movw r26, r18\n\t"
        "adiw r26, 0\n\t"
        "brne .+2\n\t"
        "rjmp 2f\n\t"
        "movw r30, r22\n\t"
        CHAIN(S00) CHAIN(S10) CHAIN(S20) CHAIN(S30)
        CHAIN(S01) CHAIN(S11) CHAIN(S21) CHAIN(S31)
        CHAIN(S02) CHAIN(S12) CHAIN(S22) CHAIN(S32)
        CHAIN(S03) CHAIN(S13) CHAIN(S23) CHAIN(S33)
        "2:\n\t"
        "clr r0\n\t"
        "movw r30, r20\n\t"
        "st Z+, " S00 "\n\tst Z+, " S10 "\n\tst Z+, " S20 "\n\tst Z+, " S30 "\n\t"
        "st Z+, " S01 "\n\tst Z+, " S11 "\n\tst Z+, " S21 "\n\tst Z+, " S31 "\n\t"
        "st Z+, " S02 "\n\tst Z+, " S12 "\n\tst Z+, " S22 "\n\tst Z+, " S32 "\n\t"
        "st Z+, " S03 "\n\tst Z+, " S13 "\n\tst Z+, " S23 "\n\tst Z+, " S33 "\n\t"
        : "+r"(r24)
        : "r"(r22), "r"(r20), "r"(r18), [sbox] "i"(mote_aes_avr_inv_sbox)
        : "r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r17",
          "r26", "r27", "r30", "r31", "memory");
}

void MOTE_AES_BACKEND(avr, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    encrypt(aes, out, in, NULL);
}

void MOTE_AES_BACKEND(avr, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    decrypt(aes, out, in, NULL);
}

mote_status MOTE_AES_BACKEND(avr, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                               size_t blocks)
{
    const uint8_t *previous = chain;

    for (; blocks != 0; blocks--, in += 16) {
        encrypt(aes, out, in, previous);
        previous = out;
        out += 16;
    }
    memmove(chain, previous, 16);
    return MOTE_OK;
}

mote_status MOTE_AES_BACKEND(avr, cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                               size_t blocks)
{
    for (; blocks != 0; blocks--, out += 16, in += 16)
        decrypt(aes, out, in, chain);
    return MOTE_OK;
}

#else
typedef int mote_aes_avr_is_empty;
#endif
