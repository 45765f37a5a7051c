/* sha256/sha256_avr.c - the SHA-256 compression function on the 8-bit AVR (FIPS 180-4 section 6.2.2).
 *
 * What decides the speed is where the eight working variables lie: registers hold six words beside the pointers, and
 * each byte that moves to or from memory takes two cycles.
 *
 *   e, f, g, h are e of this round and of the three rounds before it; a, b, c, d likewise. Each new value takes the
 *   place of the oldest in a ring of four words that a pointer walks round, so nothing is ever moved. In registers
 *   besides: a, e, b ^ c (see Maj) and g, which is the h of the next round.
 *
 *   A rotation by n is one by whole bytes, which is only a matter of naming registers, and one by a few single bits to
 *   the right or left. The three rotations of a Sigma share their single bits and need five:
 *     Sigma1(x) = ROTR 8 (ROTR 1 (ROTR 2 (x) ^ ROTR 16 (x)) ^ ROTL 2 (x))
 *     Sigma0(x) = ROTR 16 (ROTL 2 (ROTL 1 (x) ^ ROTR 8 (x))) ^ ROTR 2 (x)
 *
 * Sixteen rounds, then the next sixteen words of the message schedule in place of the old ones, until 64 rounds are
 * done. Additions, rotations and logic alone, at addresses and in an order that do not depend on the data. */
#include "sha256_backend.h"

#if MOTE_SHA256_AVR && !MOTE_OPTIMIZE_SIZE

#include "../ct/ct_internal.h"
#include "sha256_k.h"

static const uint32_t K[64] MOTE_FLASH = MOTE_SHA256_K;

/* The text of instructions on 32-bit words. A word is the list of its four registers, least significant first, so a
 * word rotated by whole bytes is the same list in another order. */
#define ROTR8(...) ROTR8_(__VA_ARGS__)
#define ROTR16(...) ROTR16_(__VA_ARGS__)
#define ROTR24(...) ROTR24_(__VA_ARGS__)
#define ROTR8_(x0, x1, x2, x3) x1, x2, x3, x0
#define ROTR16_(x0, x1, x2, x3) x2, x3, x0, x1
#define ROTR24_(x0, x1, x2, x3) x3, x0, x1, x2

/* x = x op y */
#define EACH(op0, op, ...) EACH_(op0, op, __VA_ARGS__)
#define EACH_(op0, op, x0, x1, x2, x3, y0, y1, y2, y3)                                                                 \
    op0 " " x0 "," y0 "\n" op " " x1 "," y1 "\n" op " " x2 "," y2 "\n" op " " x3 "," y3 "\n"
#define ADD(...) EACH("add", "adc", __VA_ARGS__)
#define AND(...) EACH("and", "and", __VA_ARGS__)
#define EOR(...) EACH("eor", "eor", __VA_ARGS__)

/* x = y; register pairs move in one cycle. */
#define MOV(...) MOV_(__VA_ARGS__)
#define MOV_(x0, x1, x2, x3, y0, y1, y2, y3) "movw " x0 "," y0 "\nmovw " x2 "," y2 "\n"

/* x = ROTL 1 (x), x = ROTR 1 (x). r1 is zero by the compiler's convention. */
#define ROTL1(...) ROTL1_(__VA_ARGS__)
#define ROTR1(...) ROTR1_(__VA_ARGS__)
#define ROTL1_(x0, x1, x2, x3) "lsl " x0 "\nrol " x1 "\nrol " x2 "\nrol " x3 "\nadc " x0 ",r1\n"
#define ROTR1_(x0, x1, x2, x3) "bst " x0 ",0\nlsr " x3 "\nror " x2 "\nror " x1 "\nror " x0 "\nbld " x3 ",7\n"

/* x = x >> 1; and the bit that falls out goes in at the top of r18 */
#define SHR1(...) SHR1_(__VA_ARGS__)
#define SHR1_(x0, x1, x2, x3) "lsr " x3 "\nror " x2 "\nror " x1 "\nror " x0 "\n"
#define SHR1_KEEP(...) SHR1(__VA_ARGS__) "ror r18\n"

/* Memory: with displacement from Y or Z, or through a pointer that moves on. */
#define LDD(base, offset, ...) LDD_(base, offset, __VA_ARGS__)
#define STD(base, offset, ...) STD_(base, offset, __VA_ARGS__)
#define LDD_(base, offset, x0, x1, x2, x3)                                                                             \
    "ldd " x0 "," base "+" #offset "\nldd " x1 "," base "+" #offset "+1\n"                                             \
    "ldd " x2 "," base "+" #offset "+2\nldd " x3 "," base "+" #offset "+3\n"
#define STD_(base, offset, x0, x1, x2, x3)                                                                             \
    "std " base "+" #offset "," x0 "\nstd " base "+" #offset "+1," x1 "\n"                                             \
    "std " base "+" #offset "+2," x2 "\nstd " base "+" #offset "+3," x3 "\n"
#define LOAD(load, from, ...) LOAD_(load, from, __VA_ARGS__)
#define LOAD_(load, from, x0, x1, x2, x3)                                                                              \
    load " " x0 "," from "+\n" load " " x1 "," from "+\n" load " " x2 "," from "+\n" load " " x3 "," from "+\n"
#define STORE(to, ...) STORE_(to, __VA_ARGS__)
#define STORE_(to, x0, x1, x2, x3) "st " to "+," x0 "\nst " to "+," x1 "\nst " to "+," x2 "\nst " to "+," x3 "\n"

/* What the rounds work on. e of round j lies in word j mod 4 of the lower half of the ring, a of round j - 2 in the
 * same word of the upper half. So a round needs three words in turn: that of e two rounds ago (g); that of the last
 * round's e (f, and d above it, where the new a is to go); and that for the new e (b above it). The ring starts at a
 * multiple of 32: a pointer that runs out of the lower half is taken round by clearing one bit. */
typedef struct {
    uint32_t ring[8];
    uint32_t W[16];
    uint32_t W16; /* while the schedule is computed, a copy of W[0] beside W[15] */
} work;

/* The registers of the rounds. */
#define A "r2", "r3", "r4", "r5"
#define E "r6", "r7", "r8", "r9"
#define BC "r10", "r11", "r12", "r13" /* b ^ c */
#define G "r14", "r15", "r16", "r17"
#define T "r18", "r19", "r20", "r21"
#define S "r22", "r23", "r24", "r25"

/* Y on by some words in the lower half of the ring. */
#define STEP(words) "subi r28,-4*" #words "\n" TURN
#define TURN "andi r28,0xef\n"

/* Before and after any multiple of four rounds, H0..H3 (a..d) lie from the last word of the upper half down, and H4..H7
 * (e..h) two words away from them in the lower half. With Y at the last word of the lower half and Z at the state: a part
 * to be called for step 2, the ring from the state, if the flag T is clear, and for step 4, the ring added to the state,
 * if it is set. Both end as they began. */
#define STATE                                                                                                          \
    "ldi r22,4\n"                                                                                                      \
    "1:\n"                                                                                                             \
    "adiw r28,16\n"                                                                                                    \
    "rcall 2f\n"                                                                                                       \
    "subi r28,16-4*2\n" TURN                                                                                           \
    "adiw r30,12\n"                                                                                                    \
    "rcall 2f\n"                                                                                                       \
    STEP(1)                                                                                                            \
    "sbiw r30,16\n"                                                                                                    \
    "dec r22\n"                                                                                                        \
    "brne 1b\n"                                                                                                        \
    "sbiw r30,16\n"                                                                                                    \
    "ret\n"                                                                                                            \
    "2:\n"                                                                                                             \
    LDD("Z", 0, T)                                                                                                     \
    "brts 3f\n"                                                                                                        \
    STD("Y", 0, T)                                                                                                     \
    "3:\n"                                                                                                             \
    LDD("Y", 0, A) "brtc 4f\n" ADD(T, A)                                                                               \
    "4:\n"                                                                                                             \
    STORE("Z", T)                                                                                                      \
    "ret\n"

/* Step 1 for t < 16: W at Y from the message block at X, which is big-endian. */
#define LOAD_BLOCK                                                                                                     \
    "ldi r22,16\n"                                                                                                     \
    "1:\n"                                                                                                             \
    "ld r21,X+\nld r20,X+\nld r19,X+\nld r18,X+\n" STORE("Y", T)                                                       \
    "dec r22\n"                                                                                                        \
    "brne 1b\n"

/* Step 3, sixteen rounds: X reads W, Z reads K, Y goes round. Maj is written with the XOR of its first two arguments,
 * which is the XOR of the last two in the next round: Maj(a,b,c) = b ^ ((a ^ b) & (b ^ c)), and b is a ^ (a ^ b). */
#define SIXTEEN_ROUNDS                                                                                                 \
    "movw r28,r26\nsbiw r28,32\n"                                                                                      \
    LDD("Y", 28, A) LDD("Y", 4, E) LDD("Y", 8, G) LDD("Y", 20, BC) LDD("Y", 24, S) EOR(BC, S)                          \
    "adiw r28,12\n"                                                                                                    \
    "ldi r18,16\nmov r0,r18\n"                                                                                         \
    "1:\n"                                                                                                             \
    LOAD("lpm", "Z", T) ADD(T, G)                   /* T1 = K + h */                                                   \
    LOAD("ld", "X", S) ADD(T, S)                    /* + W */                                                          \
    LOAD("ld", "Y", G) TURN                                                                                            \
    LDD("Y", 0, S)                                  /* f */                                                            \
    EOR(S, G) AND(S, E) EOR(S, G) ADD(T, S)         /* + Ch(e,f,g) */                                                  \
    MOV(S, E) ROTR1(S) ROTR1(S) EOR(S, ROTR16(E)) ROTR1(S)                                                             \
    ROTL1(E) ROTL1(E) EOR(E, S) ADD(T, ROTR8(E))    /* + Sigma1(e) */                                                  \
    LDD("Y", 16, E) ADD(E, T)                       /* e = d + T1 */                                                   \
    STEP(2)                                                                                                            \
    STD("Y", 0, E)                                                                                                     \
    LDD("Y", 16, S)                                 /* b */                                                            \
    STEP(2)                                                                                                            \
    EOR(S, A) AND(BC, S) EOR(BC, S) EOR(BC, A) ADD(T, BC) /* T1 + Maj(a,b,c) */                                        \
    MOV(BC, S)                                                                                                         \
    MOV(S, A) ROTL1(S) EOR(S, ROTR8(A)) ROTL1(S) ROTL1(S)                                                              \
    ROTR1(A) ROTR1(A) EOR(A, ROTR16(S)) ADD(A, T)   /* a = T1 + Maj(a,b,c) + Sigma0(a) */                              \
    STD("Y", 16, A)                                                                                                    \
    "dec r0\n"                                                                                                         \
    "breq 2f\n"                                                                                                        \
    "rjmp 1b\n"                                                                                                        \
    "2:\n"

/* Step 1 for t >= 16, sixteen words, each in place of the one sixteen words before it: sigma1(W[t-2]) + W[t-7] +
 * sigma0(W[t-15]) + W[t-16]. Only W[t-7] and W[t-15] are read from memory; the others are in registers from before. X
 * starts at W and reads W[t-7], after seven words from the start again; Y reads W[t-15], at the end the copy of the new
 * W[0]; Z writes. */
#define W16 "r2", "r3", "r4", "r5"
#define W15 "r6", "r7", "r8", "r9"
#define W2 "r10", "r11", "r12", "r13"
#define W1 "r14", "r15", "r16", "r17"

#define SCHEDULE                                                                                                       \
    "movw r28,r26\nmovw r30,r26\nadiw r26,36\n"                                                                        \
    LOAD("ld", "Y", W16) LDD("Z", 56, W2) LDD("Z", 60, W1)                                                             \
    "ldi r19,7\n"                                                                                                      \
    "clt\n"                                                                                                            \
    "1:\n"                                                                                                             \
    "clr r18\n"                                                                                                        \
    SHR1_KEEP(W2) MOV(S, W2) "eor r25,r18\n"          /* ROTR 1 */                                                     \
    SHR1_KEEP(W2) "eor r22,r13\neor r24,r11\neor r25,r12\n" /* SHR 2 */                                                \
    SHR1_KEEP(W2) EOR(S, W2) "eor r25,r18\n"          /* ROTR 3 */                                                     \
    ADD(W16, ROTR16(S))                                 /* W[t-16] + sigma1(W[t-2]) */                                 \
    LOAD("ld", "X", S) ADD(W16, S)                      /* + W[t-7] */                                                 \
    MOV(W2, W1) MOV(W1, W16)                                                                                           \
    LOAD("ld", "Y", W15) MOV(W16, W15)                                                                                 \
    MOV(S, W15) ROTL1(S)                                /* ROTL 1 */                                                   \
    "clr r18\n"                                                                                                        \
    SHR1_KEEP(W15) SHR1_KEEP(W15) EOR(S, ROTR8(W15)) "eor r24,r18\n" /* ROTR 2 */                                      \
    SHR1(W15) EOR(S, ROTR24(W15))                        /* SHR 3 */                                                   \
    ADD(W1, ROTR8(S))                                   /* + sigma0(W[t-15]) */                                        \
    STORE("Z", W1)                                                                                                     \
    "dec r19\n"                                                                                                        \
    "breq 2f\n"                                                                                                        \
    "rjmp 1b\n"                                                                                                        \
    "2:\n"                                                                                                             \
    "brts 3f\n"                                                                                                        \
    "set\n"                                                                                                            \
    "subi r26,64\nsbci r27,0\n"                                                                                        \
    LOAD("ld", "X", S) STD("Y", 32, S)                                                                                 \
    "sbiw r26,4\n"                                                                                                     \
    "ldi r19,9\n"                                                                                                      \
    "rjmp 1b\n"                                                                                                        \
    "3:\n"

void mote_sha256_compress_block(mote_sha256 *sha)
{
    uint8_t memory[sizeof(work) + 31];
    register work *w __asm__("r24") = (work *)(((uintptr_t)memory + 31) & ~(uintptr_t)31);

    __asm__ volatile(
        /* Y is the compiler's frame pointer. */
        "push r28\npush r29\npush r30\npush r31\n"
        "movw r28,r24\nadiw r28,12\n"
        "clt\n"
        "rcall 7f\n"
        "adiw r28,20\n"
        "movw r26,r30\nadiw r26,40\n"
        LOAD_BLOCK
        "movw r26,r28\nsubi r26,64\nsbci r27,0\n"
        "ldi r30,lo8(%[K])\nldi r31,hi8(%[K])\n"
        "4:\n"
        SIXTEEN_ROUNDS
        "subi r26,64\nsbci r27,0\n"
        "cpi r30,lo8(%[K])\n" /* the low byte of Z comes back to that of K only after all of its 256 bytes */
        "brne 6f\nrjmp 5f\n6:\n"
        "movw r20,r30\n"
        SCHEDULE
        "movw r30,r20\n"
        "sbiw r26,36\n"
        "rjmp 4b\n"
        "5:\n"
        "pop r31\npop r30\n"
        "set\n"
        "rcall 7f\n"
        "movw r24,r28\nsbiw r24,12\n"
        "pop r29\npop r28\n"
        "rjmp 8f\n"
        "7:\n"
        STATE
        "8:\n"
        : "+r"(w)
        : "z"(sha), [K] "i"(K)
        : "r2", "r3", "r4", "r5", "r6", "r7", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15", "r16", "r17",
          "r18", "r19", "r20", "r21", "r22", "r23", "r26", "r27", "memory");

    /* As mote_wipe, in less than half the time. */
    __asm__ volatile(
        "ldi r18,%[size]/5\n"
        "1:\n"
        "st Z+,r1\nst Z+,r1\nst Z+,r1\nst Z+,r1\nst Z+,r1\n"
        "dec r18\n"
        "brne 1b\n"
        : "+z"(w)
        : [size] "M"(sizeof *w)
        : "r18", "memory");
}

#else
typedef int mote_sha256_avr_is_empty;
#endif
