/* aes/aes_avr.c - AES-128 (FIPS 197) for 8-bit AVR, fast: the state in registers, the S-boxes in flash.
 *
 * Key expansion, encryption and decryption are a piece of assembly each, since the compiler neither keeps 16 bytes of state
 * in place nor copies two of them by one MOVW. The same in C stands in aes_avr_small.c. What makes it fast:
 *
 *   - A table begins at a multiple of 256: its high byte stays in r31, and r30 is the index. To add a round key is to load
 *     its byte into r30 and to add the state byte there.
 *   - ShiftRows takes no time: it is in which register a look-up reads and which one it writes.
 *   - The round keys lie in the order in which encryption takes them: of each the rows 1, 2, 0, 3, in each row the columns 0
 *     to 3. Decryption takes them in exactly the reverse order. So X alone walks through them.
 *   - MixColumns and its inverse need three doublings and few copies for each column; formulas are below.
 *
 * Constant time: there is no data cache, so a look-up takes as long at every index. Doubling in GF(2^8) is a shift and, if a
 * bit falls out, an addition of 0x1b: a branch that is taken takes one cycle more than one that is not, and the addition
 * that it leaves out takes one. No other branch depends on a secret. */
#include "aes_avr.h"

#if MOTE_AES_AVR_FAST

/* clang-format off */

/* The text of instructions; x, y and so on are registers. */
#define XOR(x, y) "eor " x "," y "\n"
#define COPY(x, y) "mov " x "," y "\n"
#define COPY_PAIR(x, y) "movw " x "," y "\n"
#define TWICE(x, polynomial) "lsl " x "\nbrcc .+2\neor " x "," polynomial "\n"
#define LOAD4(w, x, y, z) "ld " w ",Z+\nld " x ",Z+\nld " y ",Z+\nld " z ",Z+\n"
#define STORE4(to, w, x, y, z) "st " to "+," w "\nst " to "+," x "\nst " to "+," y "\nst " to "+," z "\n"
#if MOTE_AES_AVR_TABLES_IN_FLASH
#define LOOK_UP(x) "lpm " x ",Z\n"
#else
#define LOOK_UP(x) "ld " x ",Z\n"
#endif

/* A round key in registers, byte 0 to 15. */
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
#define RCON "r25"
#define XOR_SUB(x, y) COPY("r30", y) LOOK_UP("r0") XOR(x, "r0")

/* Section 5.2. Each round key is made in place of the one before it. */
mote_status MOTE_AES_BACKEND(avr, init)(mote_aes128 *aes, const uint8_t key[16])
{
    register uint8_t *x __asm__("r26") = aes->round_keys;
    register const uint8_t *z __asm__("r30") = key;

    __asm__ volatile(
        LOAD4(K0, K1, K2, K3) LOAD4(K4, K5, K6, K7) LOAD4(K8, K9, K10, K11) LOAD4(K12, K13, K14, K15)
        "ldi r31,hi8(%[sbox])\n"
        "ldi " RCON ",1\n"
        "rjmp 2f\n"
        "1:\n"
        XOR_SUB(K0, K13) XOR_SUB(K1, K14) XOR_SUB(K2, K15) XOR_SUB(K3, K12) XOR(K0, RCON)
        XOR(K4, K0) XOR(K5, K1) XOR(K6, K2) XOR(K7, K3)
        XOR(K8, K4) XOR(K9, K5) XOR(K10, K6) XOR(K11, K7)
        XOR(K12, K8) XOR(K13, K9) XOR(K14, K10) XOR(K15, K11)
        "lsl " RCON "\n"
        "brcc 2f\n"
        "ldi " RCON ",0x1b\n"
        "2:\n"
        STORE4("X", K1, K5, K9, K13) STORE4("X", K2, K6, K10, K14)
        STORE4("X", K0, K4, K8, K12) STORE4("X", K3, K7, K11, K15)
        "cpi " RCON ",0x6c\n" /* which would be the eleventh */
        "brne 1b\n"
        /* Nothing of the key stays in the registers that the caller does not find as they were; r24 takes the result. */
        "clr r0\nclr " K8 "\nclr " K9 "\nclr " K10 "\nclr " K11 "\nclr " K12 "\nclr " K13 "\nclr " K14 "\nclr r30\n"
        : "+r"(x), "+r"(z)
        : [sbox] "i"(mote_aes_avr_sbox)
        : "r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r18", "r19", "r20", "r21", "r22", "r23", "r24", "r25",
          "memory");
    return MOTE_OK;
}

/* Encryption. Src is the state in row r, column c. Rows 1 and 3 of a column share a register pair, and so do row 2 and a
 * spare one, Ec. F is spare too. out stays in r22 and r23, and r17 is left alone, so as not to be saved. */
#define S00 "r16"
#define S10 "r2"
#define S30 "r3"
#define S20 "r4"
#define E0 "r5"
#define S01 "r20"
#define S11 "r6"
#define S31 "r7"
#define S21 "r8"
#define E1 "r9"
#define S02 "r21"
#define S12 "r10"
#define S32 "r11"
#define S22 "r12"
#define E2 "r13"
#define S03 "r0"
#define S13 "r14"
#define S33 "r15"
#define S23 "r18"
#define E3 "r19"
#define F "r1"

/* AddRoundKey and SubBytes of one byte. */
#define ADD_SUB(to, from) "ld r30,X+\neor r30," from "\n" LOOK_UP(to)

/* AddRoundKey, SubBytes and ShiftRows: row 1 moves one column to the left within its own registers and F, row 2 two columns
 * into the spares, row 0 to where row 2 was, row 3 three columns to where row 0 was. */
#define ADD_SUB_SHIFT                                                                                                   \
    ADD_SUB(F, S10) ADD_SUB(S11, S11) ADD_SUB(S12, S12) ADD_SUB(S13, S13)                                               \
    ADD_SUB(E2, S20) ADD_SUB(E3, S21) ADD_SUB(E0, S22) ADD_SUB(E1, S23)                                                 \
    ADD_SUB(S20, S00) ADD_SUB(S21, S01) ADD_SUB(S22, S02) ADD_SUB(S23, S03)                                             \
    ADD_SUB(S01, S30) ADD_SUB(S02, S31) ADD_SUB(S03, S32) ADD_SUB(S00, S33)

/* MixColumns of one column (a, b, c, d), which comes in s2, f, e, s0 and leaves in s0, s1, s2, s3. The comments say what
 * the first register then holds. With p = 2 (a + b) + b + c the new column is
 *     p + d,  q = 2 (b + c) + a + c + d,  p + q + 2 (a + d),  a + b + c + 2 (a + d). */
#define MIX_COLUMN(s0, s1, s2, s3, f, e)                                                                                \
    XOR(f, s2)                            /* a + b */                                                                   \
    COPY_PAIR(s1, s2)                     /* a; s3 holds c */                                                           \
    XOR(s2, s0)                           /* a + d */                                                                   \
    XOR(s3, f)                            /* a + b + c */                                                               \
    XOR(s1, s3)                           /* b + c */                                                                   \
    XOR(e, s2)                            /* a + c + d */                                                               \
    TWICE(f, "r24") XOR(f, s1) XOR(s0, f) /* p; p + d */                                                                \
    TWICE(s1, "r24") XOR(s1, e)           /* q */                                                                       \
    XOR(f, s1)                            /* p + q */                                                                   \
    TWICE(s2, "r24") XOR(s3, s2) XOR(s2, f)

/* To add a byte that X points to. */
#define ADD_BYTE(x, spare) "ld " spare ",X+\neor " x "," spare "\n"

/* Section 5.1, one block. If chain is not NULL, the 16 bytes there are added to the input (CBC). All may overlap. aes and out
 * are left in their registers. */
static __attribute__((noinline)) void encrypt(const mote_aes128 *aes, uint8_t *out, const uint8_t *in, const uint8_t *chain)
{
    register const mote_aes128 *r24 __asm__("r24") = aes;
    register uint8_t *r22 __asm__("r22") = out;
    register const uint8_t *r20 __asm__("r20") = in;
    register const uint8_t *r18 __asm__("r18") = chain;

    __asm__ volatile(
        "movw r30,r20\n"
        "movw r26,r18\n"
        LOAD4(S00, S10, S20, S30) LOAD4(S01, S11, S21, S31) LOAD4(S02, S12, S22, S32) LOAD4(S03, S13, S23, S33)
        "adiw r26,0\n"
        "breq 1f\n"
        ADD_BYTE(S00, F) ADD_BYTE(S10, F) ADD_BYTE(S20, F) ADD_BYTE(S30, F)
        ADD_BYTE(S01, F) ADD_BYTE(S11, F) ADD_BYTE(S21, F) ADD_BYTE(S31, F)
        ADD_BYTE(S02, F) ADD_BYTE(S12, F) ADD_BYTE(S22, F) ADD_BYTE(S32, F)
        ADD_BYTE(S03, F) ADD_BYTE(S13, F) ADD_BYTE(S23, F) ADD_BYTE(S33, F)
        "1:\n"
        "movw r26,r24\n"
        "mov r25,r24\n"
        "subi r25,lo8(-160)\n" /* the low byte of the last round key's address */
        "ldi r24,0x1b\n"
        "ldi r31,hi8(%[sbox])\n"
        "rjmp 3f\n"
        "2:\n"
        MIX_COLUMN(S00, S10, S20, S30, S11, E0)
        MIX_COLUMN(S01, S11, S21, S31, S12, E1)
        MIX_COLUMN(S02, S12, S22, S32, S13, E2)
        MIX_COLUMN(S03, S13, S23, S33, F, E3)
        "3:\n"
        ADD_SUB_SHIFT
        "cpse r26,r25\n"
        "rjmp 2b\n"
        /* The last AddRoundKey, of the bytes where they are. */
        ADD_BYTE(S11, S10) ADD_BYTE(S12, S10) ADD_BYTE(S13, S10) ADD_BYTE(F, S10)
        ADD_BYTE(E0, S10) ADD_BYTE(E1, S10) ADD_BYTE(E2, S10) ADD_BYTE(E3, S10)
        ADD_BYTE(S20, S10) ADD_BYTE(S21, S10) ADD_BYTE(S22, S10) ADD_BYTE(S23, S10)
        ADD_BYTE(S00, S10) ADD_BYTE(S01, S10) ADD_BYTE(S02, S10) ADD_BYTE(S03, S10)
        "movw r30,r22\n"
        STORE4("Z", S20, S11, E0, S00) STORE4("Z", S21, S12, E1, S01)
        STORE4("Z", S22, S13, E2, S02) STORE4("Z", S23, F, E3, S03)
        "clr r1\n"
        "movw r24,r26\n" /* X is behind the last round key */
        "subi r24,lo8(176)\n"
        "sbci r25,hi8(176)\n"
        : "+r"(r20), "+r"(r18)
        : "r"(r24), "r"(r22), [sbox] "i"(mote_aes_avr_sbox)
        : "r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r26",
          "r27", "r30", "r31", "memory");
}

/* Decryption. Trc is the state in row r, column c; r0 and r1 are spare; in, out and chain stay where they are. */
#define T00 "r2"
#define T10 "r3"
#define T20 "r4"
#define T30 "r5"
#define T01 "r6"
#define T11 "r7"
#define T21 "r8"
#define T31 "r9"
#define T02 "r10"
#define T12 "r11"
#define T22 "r12"
#define T32 "r13"
#define T03 "r14"
#define T13 "r15"
#define T23 "r16"
#define T33 "r17"

/* AddRoundKey of one byte; of one that has waited elsewhere for its register to become free; and before InvSubBytes. */
#define BACK_ADD(x) "ld r0,-X\neor " x ",r0\n"
#define BACK_ADD_TO(to, from) "ld " to ",-X\neor " to "," from "\n"
#define BACK_ADD_SUB(x) "ld r30,-X\neor r30," x "\n" LOOK_UP(x)

/* InvMixColumns of one column (a, b, c, d), up to the third byte of the new one in r30, where a look-up takes it from. With
 * t = a + b + c + d, q = 2t + a + c and u = 2q + a + b that byte is 2u + a + q + t. The others differ from it and from each
 * other by what is left in three registers: the first is the third + q (in d), the second the first + u (in b), the fourth
 * the second + q + t (in a). */
#define INV_MIX_COLUMN(a, b, c, d)                                                                                      \
    XOR(b, a)                             /* a + b */                                                                   \
    XOR(d, b)                             /* a + b + d */                                                               \
    XOR(c, d)                             /* t */                                                                       \
    COPY("r30", c) TWICE(c, "r25")        /* 2t */                                                                      \
    XOR(c, d)                             /* 2t + a + b + d */                                                          \
    XOR(a, c)                             /* 2t + b + d = q + t */                                                      \
    XOR("r30", a) COPY(d, "r30")          /* q */                                                                       \
    TWICE("r30", "r25") XOR("r30", b)     /* u */                                                                       \
    COPY(b, "r30") TWICE("r30", "r25")    /* 2u */                                                                      \
    XOR("r30", c)

/* Section 5.3, one block; out and in may overlap. If chain is not NULL, the 16 bytes there are added to the output (CBC).
 * All arguments are left in their registers. */
static __attribute__((noinline)) void decrypt(const mote_aes128 *aes, uint8_t *out, const uint8_t *in, const uint8_t *chain)
{
    register const mote_aes128 *r24 __asm__("r24") = aes;
    register uint8_t *r22 __asm__("r22") = out;
    register const uint8_t *r20 __asm__("r20") = in;
    register const uint8_t *r18 __asm__("r18") = chain;

    __asm__ volatile(
        /* The first InvShiftRows is in where the input goes. */
        "movw r30,r20\n"
        LOAD4(T00, T11, T22, T33) LOAD4(T01, T12, T23, T30) LOAD4(T02, T13, T20, T31) LOAD4(T03, T10, T21, T32)
        "movw r26,r24\n"
        "subi r26,lo8(-176)\n"
        "sbci r27,hi8(-176)\n"
        "ldi r25,0x1b\n"
        "ldi r31,hi8(%[inv_sbox])\n"
        BACK_ADD_SUB(T32) BACK_ADD_SUB(T31) BACK_ADD_SUB(T30) BACK_ADD_SUB(T33)
        BACK_ADD_SUB(T03) BACK_ADD_SUB(T02) BACK_ADD_SUB(T01) BACK_ADD_SUB(T00)
        BACK_ADD_SUB(T21) BACK_ADD_SUB(T20) BACK_ADD_SUB(T23) BACK_ADD_SUB(T22)
        BACK_ADD_SUB(T10) BACK_ADD_SUB(T13) BACK_ADD_SUB(T12) BACK_ADD_SUB(T11)
        BACK_ADD(T33) BACK_ADD(T32) BACK_ADD(T31) BACK_ADD(T30) BACK_ADD(T03) BACK_ADD(T02) BACK_ADD(T01) BACK_ADD(T00)
        BACK_ADD(T23) BACK_ADD(T22) BACK_ADD(T21) BACK_ADD(T20) BACK_ADD(T13) BACK_ADD(T12) BACK_ADD(T11) BACK_ADD(T10)
        /* Nine times InvMixColumns, InvSubBytes, InvShiftRows, AddRoundKey. A byte waits where there is room until the
         * register of its new place is free and its round key byte is next: the key byte is loaded there, the byte added. */
        "1:\n"
        INV_MIX_COLUMN(T33, T03, T13, T23)
        LOOK_UP("r1") XOR("r30", T23) LOOK_UP(T23) XOR("r30", T03) LOOK_UP(T03) XOR("r30", T33) LOOK_UP(T13)
        INV_MIX_COLUMN(T30, T00, T10, T20)
        LOOK_UP(T10) XOR("r30", T20) LOOK_UP(T33) BACK_ADD(T33) XOR("r30", T00) LOOK_UP(T00) XOR("r30", T30) LOOK_UP(T20)
        INV_MIX_COLUMN(T31, T01, T11, T21)
        LOOK_UP(T11) XOR("r30", T21) LOOK_UP(T30) XOR("r30", T01) LOOK_UP(T01) XOR("r30", T31) LOOK_UP(T21)
        INV_MIX_COLUMN(T32, T02, T12, T22)
        LOOK_UP(T12) XOR("r30", T22) LOOK_UP(T31) XOR("r30", T02) LOOK_UP(T02) XOR("r30", T32)
        BACK_ADD_TO(T32, T23) BACK_ADD(T31) BACK_ADD(T30)
        BACK_ADD(T03) BACK_ADD(T02) BACK_ADD(T01) BACK_ADD(T00)
        BACK_ADD_TO(T23, T21) BACK_ADD_TO(T22, T20) BACK_ADD_TO(T21, T13) LOOK_UP(T20) BACK_ADD(T20)
        BACK_ADD_TO(T13, T12) BACK_ADD_TO(T12, T11) BACK_ADD_TO(T11, T10) BACK_ADD_TO(T10, "r1")
        "cpse r26,r24\n" /* until X is back at the first round key */
        "rjmp 1b\n"
        "clr r1\n"
        "movw r24,r26\n"
        "movw r26,r18\n"
        "adiw r26,0\n"
        "breq 2f\n"
        ADD_BYTE(T00, "r0") ADD_BYTE(T10, "r0") ADD_BYTE(T20, "r0") ADD_BYTE(T30, "r0")
        ADD_BYTE(T01, "r0") ADD_BYTE(T11, "r0") ADD_BYTE(T21, "r0") ADD_BYTE(T31, "r0")
        ADD_BYTE(T02, "r0") ADD_BYTE(T12, "r0") ADD_BYTE(T22, "r0") ADD_BYTE(T32, "r0")
        ADD_BYTE(T03, "r0") ADD_BYTE(T13, "r0") ADD_BYTE(T23, "r0") ADD_BYTE(T33, "r0")
        "2:\n"
        "clr r0\n" /* a byte of the key may be left there */
        "movw r30,r22\n"
        STORE4("Z", T00, T10, T20, T30) STORE4("Z", T01, T11, T21, T31)
        STORE4("Z", T02, T12, T22, T32) STORE4("Z", T03, T13, T23, T33)
        :
        : "r"(r24), "r"(r22), "r"(r20), "r"(r18), [inv_sbox] "i"(mote_aes_avr_inv_sbox)
        : "r0", "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r17",
          "r26", "r27", "r30", "r31", "memory");
}

/* CBC in assembly too, since the compiler would save, on a stack of which there is little, what encrypt and decrypt leave
 * where it is. Decryption begins with the last block: then each chaining value is still there, in place too. */
__attribute__((__naked__)) void mote_aes_avr_cbc_glue(void)
{
    __asm__ volatile(
        MOTE_AVR_LABEL("aes128_cbc")
        "brts 3f\n"
        "movw r18,r12\n"
        "1:\n"
        "subi r16,16\n"
        "sbci r17,0\n"
        "brcs 2f\n"
        "movw r20,r14\n"
        "%~call %x[encrypt]\n"
        "movw r18,r22\n"
        "ldi r20,16\n"
        "add r14,r20\n"
        "adc r15,r1\n"
        "add r22,r20\n"
        "adc r23,r1\n"
        "rjmp 1b\n"
        "2:\n"
        "ret\n"
        "3:\n"
        "add r22,r16\n"
        "adc r23,r17\n"
        "add r14,r16\n"
        "adc r15,r17\n"
        "4:\n"
        "subi r16,16\n"
        "sbci r17,0\n"
        "brcs 2b\n"
        "subi r22,16\n"
        "sbci r23,0\n"
        "movw r20,r14\n"
        "subi r20,16\n"
        "sbci r21,0\n"
        "movw r14,r20\n"
        "movw r18,r20\n"
        "subi r18,16\n"
        "sbci r19,0\n"
        "cp r16,r1\n"
        "cpc r17,r1\n"
        "brne 5f\n"
        "movw r18,r12\n"
        "5:\n"
        "%~call %x[decrypt]\n"
        "rjmp 4b\n"
        : : [encrypt] "i"(encrypt), [decrypt] "i"(decrypt));
}

/* clang-format on */

void MOTE_AES_BACKEND(avr, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    encrypt(aes, out, in, NULL);
}

void MOTE_AES_BACKEND(avr, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    decrypt(aes, out, in, NULL);
}

#else
typedef int mote_aes_avr_is_empty;
#endif
