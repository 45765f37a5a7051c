/* sha256/sha256_avr_small.c - the SHA-256 compression function on the 8-bit AVR (FIPS 180-4 section 6.2.2), small: every
 * piece of code is there once, as a subroutine on 32-bit words in registers. The fast one is in sha256_avr.c.
 *
 * Additions, rotations and logic alone, at addresses and in an order that do not depend on the data. */
#include "sha256_backend.h"

#if MOTE_SHA256_AVR && MOTE_OPTIMIZE_SIZE

#include "../ct/ct_avr.h"
#include "sha256_k.h"

/* clang-format off */

static const uint32_t K[64] MOTE_FLASH = MOTE_SHA256_K;

/* r18..r21 is T, r22..r25 is S, r2..r5 is U, all with the lowest byte first. Y: a, the first of the eight working variables,
 * one after the other; r8: sixteen words of the message schedule behind them, a ring, the first word last; r16: the offset
 * of W[t] in it, a word less in each round; Z: K[t]; r14: sha. */
#define W(step) "ldi r26,-4*(" #step ")\n"
#define ROTATE_XOR(bits) "ldi r26," #bits "\nrcall 20f\n"

void mote_sha256_avr_block(void) __asm__("mote_sha256_compress_block");

__attribute__((__naked__)) void mote_sha256_avr_block(void)
{
    __asm__ volatile(
        "ldi r26,lo8(-96)\nldi r27,hi8(-96)\n"
        "%~call mote_avr_enter\n"
        "movw r14,r24\n"
        "movw r28,r26\n"
        "movw r30,r26\n"
        "movw r26,r24\n"
        "%~call mote_avr_copy32\n"
        "adiw r26,8\n"
        "subi r30,-64\nsbci r31,-1\n"
        "ldi r18,64\n" /* words and their bytes change their order */
        "1:\n"
        "ld r0,X+\n"
        "st -Z,r0\n"
        "dec r18\n"
        "brne 1b\n"
        "movw r8,r30\n"
        "ldi r16,60\nldi r30,lo8(%[K])\n"
        "ldi r31,hi8(%[K])\n"
        "2:\n"
        "rcall 16f\n"
        "adiw r28,16\n"
        "set\n"
        "rcall 10f\n"                           /* T1 = Sigma1(e) + Ch(e,f,g) */
        "movw r26,r28\n"
        "adiw r26,8\n"
        "rcall 13f\n"                           /* + h */
        W(0)
        "rcall 12f\n"                           /* + W */
        "lpm r0,Z+\nadd r18,r0\nlpm r0,Z+\nadc r19,r0\n"
        "lpm r0,Z+\nadc r20,r0\nlpm r0,Z+\nadc r21,r0\n" /* + K */
        "movw r22,r18\n"
        "movw r24,r20\n"
        "movw r26,r28\n"
        "sbiw r26,8\n"
        "rcall 13f\n"                           /* d + T1, which will be e */
        "st -X,r21\nst -X,r20\nst -X,r19\nst -X,r18\n"
        "movw r18,r22\n"
        "movw r20,r24\n"
        "sbiw r28,20\n"
        "clt\n"
        "rcall 10f\n"                           /* T1 + Sigma0(a) + Maj(a,b,c), which will be a */
        "adiw r28,24\n"
        "ldi r26,28\n"
        "3:\n"
        "ld r0,-Y\n"
        "std Y+4,r0\n"
        "dec r26\n"
        "brne 3b\n"
        "st Y,r18\nstd Y+1,r19\nstd Y+2,r20\nstd Y+3,r21\n"
        /* The word that takes the place of W[t]: it + sigma0(W[t+1]) + W[t+9] + sigma1(W[t+14]). In the last sixteen
         * rounds it has no use. A shift is a rotation that loses the upper bits. */
        "rcall 16f\n"
        W(0)
        "rcall 12f\n"
        W(9)
        "rcall 12f\n"
        W(1)
        "rcall 14f\n"
        ROTATE_XOR(7) ROTATE_XOR(18-7)
        "ldi r26,32+3-18\n"
        "rcall 22f\n"
        "andi r25,0xff>>3\n"
        "rcall 21f\n"
        "rcall 17f\n"
        W(14)
        "rcall 14f\n"
        ROTATE_XOR(17) ROTATE_XOR(19-17)
        "ldi r26,32+10-19\n"
        "rcall 22f\n"
        "andi r24,0xff>>2\n"
        "ldi r25,0\n"
        "rcall 21f\n"
        "rcall 17f\n"
        W(0)
        "rcall 18f\n"
        "st X+,r18\nst X+,r19\nst X+,r20\nst X,r21\n"
        "subi r16,4\n"
        "cpi r30,lo8(%[K])\n" /* again only after all 256 bytes */
        "breq 4f\n"
        "rjmp 2b\n"
        "4:\n"
        "movw r26,r14\n"
        "ldi r20,8\n"
        "5:\n"
        "ldi r19,4\n"
        "clc\n"
        "6:\n"
        "ld r18,X\n"
        "ld r0,Y+\n"
        "adc r18,r0\n"
        "st X+,r18\n"
        "dec r19\n"
        "brne 6b\n"
        "dec r20\n"
        "brne 5b\n"
        "adiw r28,63\n" /* the frame */
        "%~jmp mote_avr_leave\n"

        /* T += Sigma1(x) + Ch(x,y,z) if the flag T is set, else Sigma0(x) + Maj(x,y,z), of three words from Y on, which
         * moves on by one. Ch is (y ^ z) & x ^ z, and Maj (y ^ z) & x ^ (y & z). */
        "10:\n"
        "movw r26,r28\n"
        "rcall 15f\n"
        "ldi r26,6\nbrts .+2\nldi r26,2\nrcall 20f\n"
        "ldi r26,11-6\nbrts .+2\nldi r26,13-2\nrcall 20f\n"
        "ldi r26,25-11\nbrts .+2\nldi r26,22-13\nrcall 20f\n"
        "rcall 17f\n"
        "ldi r26,4\n"
        "clc\n"
        "11:\n"
        "ld r22,Y+\n"
        "ldd r23,Y+3\n"
        "ldd r24,Y+7\n"
        "mov r25,r23\n"
        "eor r25,r24\n"
        "and r25,r22\n"
        "brts .+2\n"
        "and r24,r23\n"
        "eor r24,r25\n"
        "adc r24,r18\n" /* once round in four steps */
        "mov r18,r19\n"
        "mov r19,r20\n"
        "mov r20,r21\n"
        "mov r21,r24\n"
        "dec r26\n"
        "brne 11b\n"
        "ret\n"

        /* T += the word that W() names; or that at X, which moves on. */
        "12:\n"
        "rcall 18f\n"
        "13:\n"
        "ld r0,X+\nadd r18,r0\nld r0,X+\nadc r19,r0\nld r0,X+\nadc r20,r0\nld r0,X+\nadc r21,r0\n"
        "ret\n"
        /* S = such a word, U = 0 */
        "14:\n"
        "rcall 18f\n"
        "15:\n"
        "ld r22,X+\nld r23,X+\nld r24,X+\nld r25,X+\n"
        "clr r0\n"
        "movw r2,r0\n"
        "movw r4,r0\n"
        "ret\n"
        /* T = 0 */
        "16:\n"
        "clr r0\n"
        "movw r18,r0\n"
        "movw r20,r0\n"
        "ret\n"
        /* T += U */
        "17:\n"
        "add r18,r2\nadc r19,r3\nadc r20,r4\nadc r21,r5\n"
        "ret\n"
        /* X: the word that W() names */
        "18:\n"
        "add r26,r16\n"
        "andi r26,63\n"
        "ldi r27,0\n"
        "add r26,r8\nadc r27,r9\n"
        "ret\n"

        /* S = ROTR r26 (S), U ^= S; U ^= S alone; and S = ROTR r26 (S) alone. No count is a multiple of 8. */
        "20:\n"
        "rcall 22f\n"
        "21:\n"
        "eor r2,r22\neor r3,r23\neor r4,r24\neor r5,r25\n"
        "ret\n"
        "22:\n"
        "cpi r26,8\n"
        "brcs 23f\n"
        "mov r0,r22\nmov r22,r23\nmov r23,r24\nmov r24,r25\nmov r25,r0\n"
        "subi r26,8\n"
        "rjmp 22b\n"
        "23:\n"
        "mov r0,r22\nlsr r0\nror r25\nror r24\nror r23\nror r22\n"
        "dec r26\n"
        "brne 23b\n"
        "ret\n"
        : : [K] "i"(K), "i"(mote_avr_frame));
}

#else
typedef int mote_sha256_avr_small_is_empty;
#endif
