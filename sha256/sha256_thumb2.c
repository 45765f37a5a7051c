/* sha256/sha256_thumb2.c - the SHA-256 compression function (FIPS 180-4 section 6.2.2) in assembly for Thumb-2: Cortex-M3,
 * M4, M7, M33 and others.
 *
 * What sha256_portable.c does, with the eight working variables in r4..r11 all the time, which compilers do not manage, and
 * the message schedule W in the context's own block, so that the stack holds nothing but saved registers. Rotations ride on
 * other instructions: three of one value cost two. No load but of W and K, no branch but the loops' ends. */
#include "sha256_backend.h"

#if MOTE_SHA256_THUMB2

#include "sha256_k.h"
#include "sha256_thumb.h"

static const uint32_t K[64] = MOTE_SHA256_K;

/* In r0 the address of W, in r1 that of the next K. One of r2 and r3 holds b ^ c (bc), the other becomes a ^ b (ab), which
 * is the next round's b ^ c: Maj(a,b,c) = b ^ ((a ^ b) & (b ^ c)). r12 and lr are scratch. */

/* h += K[t] + W[t], offset being that of W[t]. */
#define TAKE_WORD(h, offset) "ldr r12, [r0, #" #offset "]; ldr lr, [r1], #4; add " #h ", r12; add " #h ", lr\n"

/* The same, and W[t] := W[t + 16] = W[t] + sigma0(W[t + 1]) + W[t + 9] + sigma1(W[t + 14]), indices modulo 16. */
#define TAKE_AND_MAKE_WORD(h, ab, w0, w1, w9, w14)                                                                    \
    "ldr r12, [r0, #" #w1 "]; ldr " #ab ", [r0, #" #w0 "]; ldr lr, [r1], #4; add " #h ", " #ab "; add " #h ", lr\n"   \
    "eor lr, r12, r12, ror #11; lsr r12, r12, #3; eor r12, r12, lr, ror #7; add " #ab ", r12\n"                       \
    "ldr r12, [r0, #" #w14 "]; ldr lr, [r0, #" #w9 "]; add " #ab ", lr\n"                                             \
    "eor lr, r12, r12, ror #2; lsr r12, r12, #10; eor r12, r12, lr, ror #17; add " #ab ", r12\n"                      \
    "str " #ab ", [r0, #" #w0 "]\n"

/* h += Sigma1(e) + Ch(e,f,g); d += h; h += Sigma0(a) + Maj(a,b,c). */
#define ROUND(a, b, d, e, f, g, h, ab, bc)                                                                            \
    "eor r12, " #e ", " #e ", ror #5; eor lr, " #f ", " #g "; eor r12, r12, " #e ", ror #19; and lr, lr, " #e "\n"    \
    "add " #h ", " #h ", r12, ror #6; eor lr, lr, " #g "; add " #h ", lr; add " #d ", " #h "\n"                       \
    "eor r12, " #a ", " #a ", ror #11; eor " #ab ", " #a ", " #b "; eor r12, r12, " #a ", ror #20\n"                  \
    "and " #bc ", " #ab "; add " #h ", " #h ", r12, ror #2; eor " #bc ", " #b "; add " #h ", " #bc "\n"

#define ROUND_1(a, b, d, e, f, g, h, ab, bc, w0, w1, w9, w14)                                                         \
    TAKE_AND_MAKE_WORD(h, ab, w0, w1, w9, w14) ROUND(a, b, d, e, f, g, h, ab, bc)
#define ROUND_2(a, b, d, e, f, g, h, ab, bc, w) TAKE_WORD(h, w) ROUND(a, b, d, e, f, g, h, ab, bc)

void mote_sha256_compress_from(mote_sha256 *sha, const uint8_t data[64])
{
    register uint8_t *r0 __asm__("r0") = sha->block;
    register const uint8_t *r1 __asm__("r1") = data;
    register const uint32_t *r2 __asm__("r2") = K;

    __asm__ volatile(
        "push {r4-r11}\n"
        /* W[0..15] */
        "add r3, r0, #64\n"
        "1: ldr r4, [r1], #4; ldr r5, [r1], #4; ldr r6, [r1], #4; ldr r7, [r1], #4; rev r4, r4; rev r5, r5; rev r6, r6\n"
        "rev r7, r7; stm r0!, {r4-r7}; cmp r0, r3; bne 1b\n"
        "subs r0, #64; mov r1, r2; sub r2, r0, #%c[state]; ldm r2, {r4-r11}; eor r3, r5, r6\n"
        /* rounds 0 to 47 */
        "2:\n"
        ROUNDS_1(r4, r5, r6, r7, r8, r9, r10, r11, r2, r3)
        "ldrb r12, [r1]; cmp r12, #0x16; bne 2b\n" /* the first byte of K[48], no other K that is next here has it */
        /* rounds 48 to 63 */
        "3:\n"
        ROUNDS_2(r4, r5, r6, r7, r8, r9, r10, r11, r2, r3)
        "add r0, #32; ldrb r12, [r1, #-4]; cmp r12, #0xf2; bne 3b\n" /* K[63] was the last */
        "sub r0, #%c[state] + 64; ldm r0, {r2, r3, r12, lr}; add r4, r2; add r5, r3; add r6, r12; add r7, lr\n"
        "stm r0!, {r4-r7}; ldm r0, {r2, r3, r12, lr}; add r8, r2; add r9, r3; add r10, r12; add r11, lr\n"
        "stm r0, {r8-r11}; pop {r4-r11}\n"
        : "+r"(r0), "+r"(r1), "+r"(r2)
        : [state] "i"(offsetof(mote_sha256, block))
        : "r3", "r12", "lr", "cc", "memory");
}

const char *mote_sha256_backend(void)
{
    return "thumb2";
}

#else
typedef int mote_sha256_thumb2_is_empty;
#endif
