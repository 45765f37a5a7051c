/* sha256/sha256_thumb1.c - the SHA-256 compression function (FIPS 180-4 section 6.2.2) in assembly for Thumb-1: Cortex-M0,
 * M0+, M23 and others.
 *
 * What sha256_portable.c does. Only r0 to r7 can compute, but additions and moves reach the others too: so the working
 * variables stay in r6 to r12 and lr, the message schedule W lies where instructions address it without a register, at the
 * stack pointer, and rotations of one value are nested, three for the price of two and the third. No load but of data, W and
 * K; no branch but the loops' ends and one on the alignment of data, which is no secret. */
#include "sha256_backend.h"

#if MOTE_SHA256_THUMB1

#include "sha256_k.h"
#include "sha256_thumb.h"

static const uint32_t K[64] = MOTE_SHA256_K;

/* In r0 the address of the next K. bc (r1 or r2) holds b ^ c, x (the other) becomes a ^ b, which is the next round's b ^ c:
 * Maj(a,b,c) = b ^ ((a ^ b) & (b ^ c)). r3, r4, r5 are scratch. */

/* t := t rotated right by n, with the count in r5. */
#define ROTATE(t, n) "movs r5, #" #n "; rors " #t ", r5; "

/* h += W[t]. */
#define TAKE_WORD(h, w) "ldr r3, [sp, #" #w "]; add " #h ", r3\n"

/* W[t] := W[t + 16] = W[t] + sigma0(W[t + 1]) + W[t + 9] + sigma1(W[t + 14]), indices modulo 16, where TAKE_WORD has left
 * W[t] in r3. */
#define MAKE_WORD(x, w0, w1, w9, w14)                                                                                 \
    "ldr " #x ", [sp, #" #w1 "]; movs r4, " #x "; " ROTATE(r4, 11) "eors r4, " #x "; " ROTATE(r4, 7)                  \
    "lsrs " #x ", " #x ", #3; eors r4, " #x "; adds r3, r4; ldr " #x ", [sp, #" #w9 "]; adds r3, " #x "\n"            \
    "ldr " #x ", [sp, #" #w14 "]; movs r4, " #x "; " ROTATE(r4, 2) "eors r4, " #x "; " ROTATE(r4, 17)                 \
    "lsrs " #x ", " #x ", #10; eors r4, " #x "; adds r3, r4; str r3, [sp, #" #w0 "]\n"

/* h += K[t] + Sigma1(e) + Ch(e,f,g); d += h; h += Sigma0(a) + Maj(a,b,c). */
#define ROUND(a, b, d, e, f, g, h, x, bc)                                                                             \
    "ldm r0!, {r3}; add " #h ", r3; mov " #x ", " #e "; movs r3, " #x "; " ROTATE(r3, 14) "eors r3, " #x "; "         \
    ROTATE(r3, 5) "eors r3, " #x "; " ROTATE(r3, 6) "add " #h ", r3\n"                                                \
    "mov r4, " #g "; mov r3, " #f "; eors r3, r4; ands r3, " #x "; eors r3, r4; add " #h ", r3; add " #d ", " #h "\n" \
    "mov " #x ", " #a "; movs r3, " #x "; " ROTATE(r3, 9) "eors r3, " #x "; " ROTATE(r3, 11) "eors r3, " #x "; "      \
    ROTATE(r3, 2) "add " #h ", r3\n"                                                                                  \
    "mov r4, " #b "; eors " #x ", r4; ands " #bc ", " #x "; eors " #bc ", r4; add " #h ", " #bc "\n"

#define ROUND_1(a, b, d, e, f, g, h, x, bc, w0, w1, w9, w14)                                                          \
    TAKE_WORD(h, w0) MAKE_WORD(x, w0, w1, w9, w14) ROUND(a, b, d, e, f, g, h, x, bc)
#define ROUND_2(a, b, d, e, f, g, h, x, bc, w) TAKE_WORD(h, w) ROUND(a, b, d, e, f, g, h, x, bc)

void MOTE_SHA256_BACKEND(thumb1, compress)(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    register uint32_t *r0 __asm__("r0") = state;
    register const uint8_t *r1 __asm__("r1") = data;
    register size_t r2 __asm__("r2") = blocks;
    register const uint32_t *r3 __asm__("r3") = K;

    if (blocks == 0)
        return;
    __asm__ volatile(
        ".syntax unified\n"
        "push {r4-r7}; mov r4, r8; mov r5, r9; mov r6, r10; mov r7, r11; push {r4-r7}\n"
        /* W at sp, state at sp + 64, data at 68, blocks at 72, K at 76 */
        "sub sp, #80; str r0, [sp, #64]; str r2, [sp, #72]; str r3, [sp, #76]\n"
        "1: mov r2, sp; mov r3, sp; adds r3, #64; lsls r4, r1, #30; bne 3f\n"
        /* W[0..15] from data on a word's boundary */
        "2: ldm r1!, {r4-r7}; rev r4, r4; rev r5, r5; rev r6, r6; rev r7, r7; stm r2!, {r4-r7}; cmp r2, r3; bne 2b\n"
        "b 4f\n"
        /* from any other */
        "3: ldrb r4, [r1]; lsls r4, r4, #8; ldrb r5, [r1, #1]; orrs r4, r5; lsls r4, r4, #8; ldrb r5, [r1, #2]\n"
        "orrs r4, r5; lsls r4, r4, #8; ldrb r5, [r1, #3]; orrs r4, r5; adds r1, #4; stm r2!, {r4}; cmp r2, r3; bne 3b\n"
        "4: str r1, [sp, #68]; ldr r0, [sp, #64]; ldm r0!, {r6, r7}; ldm r0!, {r1-r5}; ldm r0, {r0}; mov r8, r1\n"
        "mov r9, r2; mov r10, r3; mov r11, r4; mov r12, r5; mov lr, r0; eors r1, r7; ldr r0, [sp, #76]\n"
        /* rounds 0 to 47 */
        "5:\n"
        ROUNDS_1(r6, r7, r8, r9, r10, r11, r12, lr, r2, r1)
        "ldrb r3, [r0]; cmp r3, #0x16; beq 6f; b 5b\n" /* the first byte of K[48], no other K that is next here has it */
        /* rounds 48 to 63 */
        "6:\n"
        ROUNDS_2(r6, r7, r8, r9, r10, r11, r12, lr, r2, r1)
        ROUNDS_3(r6, r7, r8, r9, r10, r11, r12, lr, r2, r1)
        "ldr r0, [sp, #64]; ldm r0!, {r1-r4}; subs r0, #16; add r1, r6; add r2, r7; add r3, r8; add r4, r9\n"
        "stm r0!, {r1-r4}; ldm r0!, {r1-r4}; subs r0, #16; add r1, r10; add r2, r11; add r3, r12; add r4, lr\n"
        "stm r0!, {r1-r4}\n"
        "ldr r1, [sp, #68]; ldr r2, [sp, #72]; subs r2, #1; str r2, [sp, #72]; beq 7f; bl 1b\n" /* too far for b */
        /* wipe W */
        "7: movs r1, #0; movs r3, #0; movs r4, #0; mov r0, sp; stm r0!, {r1-r4}; stm r0!, {r1-r4}; stm r0!, {r1-r4}\n"
        "stm r0!, {r1-r4}; add sp, #80; pop {r4-r7}; mov r8, r4; mov r9, r5; mov r10, r6; mov r11, r7; pop {r4-r7}\n"
        : "+r"(r0), "+r"(r1), "+r"(r2), "+r"(r3)
        :
        : "r12", "lr", "cc", "memory");
}

const char *mote_sha256_backend(void)
{
    return "thumb1";
}

#else
typedef int mote_sha256_thumb1_is_empty;
#endif
