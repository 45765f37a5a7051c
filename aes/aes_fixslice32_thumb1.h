/* aes/aes_fixslice32_thumb1.h - the rounds of aes_fixslice32.c in assembly for Thumb-1: Cortex-M0, M0+, M23 and others.
 *
 * The same computation as in aes_fixslice32_rounds.h, where the comments on it are. Only r0 to r7 can compute, and every
 * operation overwrites one operand; r8 to r12 hold what is not needed at once. The order of the instructions and the
 * choice of registers were found by a search for the fewest moves, loads and stores, so they follow no pattern that a
 * reader could see; the tests compare both. The circuits have 112 and 111 gates.
 *
 * Words q[0..7] are in r0..r7 when a round begins. Behind SubBytes they are in
 *     r1, r5, r3, r2, r4, r0, r12, r7
 * and behind InvSubBytes in
 *     r1, r2, r12, r3, r7, r4, r6, r0.
 * On the stack: 12 words of spilled values, a pointer to the next round key, its last value, and two masks. Behind
 * SubBytes the next round key is written to eight of the words that it spilled to, and XORed in from there with MixColumns
 * and InvMixColumns, before they need these words themselves. */

/* MixColumns while both lanes hold one block, with the bytes of the next row and of the one after it `next` and `two` bits
 * away, and the four valid columns under the mask at sp + mask copied to the other lane; AddRoundKey. */
#define MIX_COLUMNS_AND_COPY(next, two, mask, copy)                                                                   \
    "movs r6, #" next "; mov r9, r0; movs r0, r4; rors r0, r6; eors r4, r0; mov r10, r4; movs r4, r2\n"               \
    "rors r4, r6; eors r2, r4; eors r0, r2; mov r8, r0; movs r0, #" two "; rors r2, r0; eors r2, r4; movs r4, r3\n"   \
    "rors r4, r6; eors r3, r4; eors r2, r3; rors r3, r0; eors r3, r4; movs r4, r5; rors r4, r6; eors r5, r4\n"        \
    "eors r3, r5; rors r5, r0; mov r11, r3; movs r3, r1; rors r3, r6; eors r1, r3; eors r4, r1; eors r4, r5\n"        \
    "movs r5, r7; rors r5, r6; rors r1, r0; eors r1, r3; mov r3, r12; rors r3, r6; mov r6, r12; eors r6, r3\n"        \
    "eors r7, r5; eors r5, r6; rors r6, r0; eors r6, r3; eors r2, r7; eors r1, r7; eors r4, r7\n"                     \
    "ldr r3, [sp, #" mask "]; ands r2, r3; ands r1, r3; mov r12, r2; mov r2, r8; eors r2, r7; rors r7, r0\n"          \
    "eors r5, r7; movs r7, #" next "; mov r8, r1; mov r1, r9; rors r1, r7; mov r7, r9; eors r7, r1; eors r6, r7\n"    \
    "rors r7, r0; eors r1, r7; mov r7, r10; eors r1, r7; rors r7, r0; eors r2, r7; ands r5, r3\n"                     \
    "ldr r0, [sp, #28]; ands r6, r3; ands r2, r3; ands r1, r3; eors r0, r2\n"              \
    copy " r2, r2, #4; eors r0, r2; " copy " r2, r1, #4; eors r2, r1; ldr r1, [sp, #40]; mov r9, r0\n"        \
    copy " r0, r5, #4; eors r5, r1; ands r4, r3; eors r5, r0; ldr r1, [sp, #16]; mov r0, r11\n"                \
    "ands r3, r0; ldr r0, [sp, #36]; eors r0, r6; eors r1, r4; " copy " r4, r4, #4; " copy " r6, r6, #4\n"    \
    "eors r0, r6; " copy " r6, r3, #4; eors r6, r3; ldr r3, [sp, #12]; eors r1, r4; mov r4, r8\n"              \
    "mov r8, r0; " copy " r0, r4, #4; eors r0, r4; eors r0, r3; mov r3, r12; " copy " r4, r3, #4; eors r3, r4\n"      \
    "ldr r4, [sp, #24]; eors r3, r4; ldr r4, [sp, #20]; ldr r7, [sp, #32]; eors r2, r7\n"      \
    "eors r4, r6; mov r7, r9; mov r6, r8; mov r8, r4; mov r4, r7; mov r7, r5; mov r5, r2; mov r2, r8\n"

/* AddRoundKey; InvMixColumns in odd rounds: bytes of the next row are `next` bits away where the mask at sp + mask is set,
 * of the one after it `two` bits there and `back` bits elsewhere. */
#define INV_MIX_COLUMNS_ODD(next, two, back, mask)                                                                    \
    "mov r8, r7; ldr r7, [sp, #36]; eors r7, r6; ldr r6, [sp, #12]\n"               \
    "eors r1, r6; ldr r6, [sp, #16]; str r1, [sp, #0]; ldr r1, [sp, #32]; eors r1, r4\n"               \
    "eors r6, r2; ldr r4, [sp, #24]; ldr r2, [sp, #40]; eors r0, r2; ldr r2, [sp, #20]\n"      \
    "eors r4, r3; mov r3, r12; eors r2, r3; movs r3, #" two "; mov r12, r6; movs r6, r4; rors r6, r3\n"               \
    "eors r6, r4; ldr r5, [sp, #28]; str r4, [sp, #4]; mov r4, r8; eors r5, r4; movs r4, r5; rors r4, r3\n"   \
    "mov r8, r2; movs r2, r0; rors r2, r3; eors r2, r0; mov r9, r0; ldr r0, [sp, #" mask "]; ands r2, r0\n"           \
    "eors r4, r5; ands r4, r0; mov r10, r5; movs r3, #" back "; movs r5, r2; rors r5, r3; eors r2, r5\n"              \
    "movs r5, r4; rors r5, r3; eors r5, r4; ands r6, r0; movs r4, r6; rors r4, r3; eors r4, r6\n"                     \
    "movs r6, #" next "; movs r3, r5; rors r3, r6; eors r3, r5; eors r5, r7; ands r3, r0; mov r11, r5\n"              \
    "movs r5, r2; rors r5, r6; eors r5, r2; ands r5, r0; str r5, [sp, #8]; movs r5, r4; rors r5, r6\n"                \
    "str r3, [sp, #12]; movs r6, #" two "; movs r3, r1; rors r3, r6; eors r5, r4; eors r3, r1; str r5, [sp, #16]\n"   \
    "movs r5, r7; rors r5, r6; eors r4, r1; mov r1, r8; rors r1, r6; mov r6, r8; eors r1, r6; eors r6, r2\n"          \
    "ands r3, r0; eors r5, r7; ands r5, r0; movs r7, #" back "; str r6, [sp, #20]; movs r6, r3; rors r6, r7\n"        \
    "eors r3, r6; ands r1, r0; movs r6, r5; rors r6, r7; eors r5, r6; eors r4, r2; movs r6, r1; rors r6, r7\n"        \
    "eors r2, r5; mov r7, r9; eors r7, r3; eors r1, r6; movs r6, #" next "; mov r8, r7; movs r7, r1; rors r7, r6\n"   \
    "eors r7, r1; mov r9, r7; movs r7, r3; rors r7, r6; eors r7, r3; ands r7, r0; eors r1, r2; mov r3, r10\n"         \
    "eors r1, r3; movs r3, r1; rors r3, r6; eors r3, r1; str r1, [sp, #24]; mov r1, r12; eors r2, r1\n"               \
    "mov r10, r2; movs r1, r4; rors r1, r6; eors r1, r4; ands r3, r0; eors r3, r7; ands r1, r0; eors r4, r3\n"        \
    "ldr r2, [sp, #12]; eors r3, r2; movs r2, #" back "; rors r3, r2; eors r3, r4; movs r4, r5; rors r4, r6\n"        \
    "str r3, [sp, #28]; mov r3, r11; rors r3, r6; eors r4, r5; ands r4, r0; eors r1, r4; eors r7, r1\n"               \
    "rors r7, r2; mov r6, r11; eors r3, r6; eors r1, r7; ands r3, r0; eors r1, r6; ldr r7, [sp, #8]; eors r3, r7\n"   \
    "movs r6, #" two "; str r1, [sp, #32]; mov r7, r12; rors r7, r6; mov r1, r12; eors r7, r1; ldr r1, [sp, #0]\n"    \
    "rors r1, r6; ands r7, r0; movs r6, r7; rors r6, r2; eors r4, r3; rors r4, r2; eors r7, r6; eors r3, r4\n"        \
    "ldr r4, [sp, #0]; eors r1, r4; ands r1, r0; movs r6, r1; rors r6, r2; eors r1, r6; mov r2, r8; eors r3, r2\n"    \
    "mov r12, r3; movs r3, #" next "; movs r6, r7; rors r6, r3; eors r4, r5; eors r5, r7; eors r7, r6\n"              \
    "movs r6, r2; rors r6, r3; eors r2, r6; ands r7, r0; movs r6, r4; rors r6, r3; eors r6, r4; mov r11, r4\n"        \
    "mov r4, r10; rors r4, r3; ands r2, r0; mov r3, r10; eors r4, r3; ands r4, r0; mov r3, r9; ands r3, r0\n"         \
    "ands r6, r0; eors r6, r2; eors r4, r3; eors r6, r7; eors r7, r4; mov r8, r6; movs r6, #" back "\n"               \
    "rors r7, r6; ldr r6, [sp, #20]; eors r6, r1; eors r7, r4; eors r7, r6; movs r4, #" next "; mov r9, r7\n"         \
    "movs r7, r6; rors r7, r4; eors r7, r6; movs r6, r1; rors r6, r4; eors r6, r1; ands r6, r0; ldr r1, [sp, #4]\n"   \
    "eors r5, r1; movs r1, r5; rors r1, r4; eors r1, r5; ands r1, r0; ldr r4, [sp, #16]; ands r4, r0\n"               \
    "ands r7, r0; ldr r0, [sp, #12]; eors r1, r0; eors r7, r2; eors r7, r4; eors r5, r7; eors r3, r7\n"               \
    "ldr r0, [sp, #8]; eors r3, r0; eors r1, r2; eors r4, r1; eors r4, r0; eors r2, r6; movs r7, #" back "\n"         \
    "rors r4, r7; eors r4, r1; ldr r1, [sp, #24]; eors r4, r1; mov r1, r8; eors r6, r1; eors r6, r0; rors r3, r7\n"   \
    "rors r6, r7; eors r0, r2; rors r0, r7; eors r3, r5; mov r5, r10; eors r6, r5; eors r1, r6; mov r6, r11\n"        \
    "eors r0, r6; eors r0, r2; mov r2, r9; ldr r5, [sp, #28]; ldr r6, [sp, #32]; mov r7, r12\n"

__attribute__((noinline)) static void encrypt(uint32_t q[8], const uint32_t *key, const uint32_t *last)
{
    register uint32_t *r0 __asm__("r0") = q;
    register const uint32_t *r1 __asm__("r1") = key;
    register const uint32_t *r2 __asm__("r2") = last;

    __asm__ volatile(
        ".syntax unified\n"
        "push {r4-r7}; mov r4, r8; mov r5, r9; mov r6, r10; mov r7, r11; push {r0, r4-r7}; sub sp, #64\n"
        "movs r3, #0x0f; lsls r4, r3, #8; orrs r3, r4; lsls r4, r3, #16; orrs r3, r4; str r3, [sp, #56]\n"
        "lsls r3, r3, #4; str r3, [sp, #60]; str r2, [sp, #52]\n"
        "str r1, [sp, #48]; cmp r1, r2; bne 8f; ldm r0, {r0-r7}; b 2f\n"
        "8: bl 7f\n"
        "ldr r1, [sp, #16]; ldr r2, [r0, #4]; eors r1, r2; ldr r2, [sp, #20]; ldr r3, [r0, #8]; eors r2, r3\n"
        "ldr r3, [sp, #24]; ldr r4, [r0, #12]; eors r3, r4; ldr r4, [sp, #28]; ldr r5, [r0, #16]; eors r4, r5\n"
        "ldr r5, [sp, #32]; ldr r6, [r0, #20]; eors r5, r6; ldr r6, [sp, #36]; ldr r7, [r0, #24]; eors r6, r7\n"
        "mov r8, r6; ldr r7, [sp, #40]; ldr r6, [r0, #28]; eors r7, r6; ldr r6, [sp, #12]; ldr r0, [r0]\n"
        "eors r0, r6; mov r6, r8\n"
        "1: bl 4f; bl 7f\n"
        MIX_COLUMNS_AND_COPY("9", "18", "56", "lsls")
        "2: bl 4f\n"
        "ldr r6, [sp, #48]; mov r8, r6; ldr r6, [sp, #52]; cmp r6, r8; bne 6f; b 3f\n"
        "6: bl 7f\n"
        MIX_COLUMNS_AND_COPY("10", "16", "56", "lsls")
        "bl 4f; bl 7f\n"
        /* MixColumns, bytes of the next row 7 and of the one after it 14 bits away; AddRoundKey */
        "movs r6, #7; mov r9, r7; movs r7, r0; rors r7, r6; mov r8, r1; movs r1, r4; rors r1, r6; eors r0, r7\n"
        "eors r4, r1; eors r7, r4; mov r11, r7; movs r7, r2; rors r7, r6; eors r2, r7; mov r10, r0; movs r0, #14\n"
        "rors r4, r0; eors r4, r2; eors r4, r1; rors r2, r0; movs r1, r3; rors r1, r6; eors r3, r1; eors r2, r7\n"
        "eors r2, r3; movs r7, r5; rors r7, r6; eors r5, r7; rors r3, r0; eors r1, r3; mov r3, r8; rors r3, r6\n"
        "eors r1, r5; rors r5, r0; eors r5, r7; mov r7, r8; eors r7, r3; eors r5, r7; rors r7, r0; eors r7, r3\n"
        "mov r3, r9; rors r3, r6; mov r8, r1; ldr r6, [sp, #24]; eors r2, r6\n"
        "ldr r6, [sp, #12]; eors r7, r6; mov r6, r9; eors r6, r3; eors r2, r6; mov r9, r2; ldr r2, [sp, #16]\n"
        "eors r7, r6; eors r2, r5; eors r4, r6; ldr r5, [sp, #40]; eors r2, r6; rors r6, r0; eors r3, r6\n"
        "eors r3, r5; movs r6, #7; mov r5, r12; rors r5, r6; ldr r6, [sp, #28]; eors r4, r6; mov r6, r12\n"
        "eors r6, r5; eors r3, r6; rors r6, r0; eors r5, r6; ldr r6, [sp, #36]; eors r6, r5; mov r5, r10\n"
        "eors r6, r5; rors r5, r0; ldr r0, [sp, #20]; ldr r1, [sp, #32]; eors r1, r5; mov r5, r8; eors r0, r5\n"
        "mov r5, r11; eors r1, r5; mov r5, r9; mov r8, r7; mov r7, r3; mov r3, r5; mov r5, r1; mov r1, r2\n"
        "mov r2, r0; mov r0, r8\n"
        "bl 4f; bl 7f\n"
        MIX_COLUMNS_AND_COPY("8", "16", "60", "lsrs")
        "b 1b\n"
        /* SubBytes */
        "4:\n"
        "eors r4, r6; eors r5, r7; eors r7, r4; eors r2, r7; eors r3, r2; eors r4, r0; mov r11, r0; movs r0, r1\n"
        "eors r0, r3; mov r12, r3; movs r3, r0; eors r3, r7; str r0, [sp, #0]; movs r0, r7; eors r0, r1\n"
        "eors r6, r3; str r7, [sp, #4]; movs r7, r6; eors r7, r2; eors r1, r5; mov r10, r6; movs r6, r0\n"
        "ands r6, r7; eors r6, r4; str r0, [sp, #8]; mov r0, r11; ands r0, r3; str r3, [sp, #12]; mov r3, r12\n"
        "eors r3, r1; mov r9, r1; mov r1, r11; eors r1, r7; eors r6, r0; str r7, [sp, #16]; mov r7, r12\n"
        "ands r7, r1; eors r7, r5; eors r4, r3; eors r7, r2; eors r7, r0; movs r0, r1; eors r0, r4\n"
        "str r1, [sp, #20]; mov r1, r9; ands r1, r0; str r0, [sp, #24]; movs r0, r4; ands r0, r3\n"
        "str r3, [sp, #28]; movs r3, r5; ands r3, r2; str r5, [sp, #32]; movs r5, r4; eors r5, r2\n"
        "str r2, [sp, #36]; ldr r2, [sp, #0]; ands r2, r5; eors r2, r3; eors r3, r0; mov r0, r11; eors r0, r5\n"
        "eors r6, r3; str r5, [sp, #40]; ldr r5, [sp, #4]; str r4, [sp, #44]; mov r4, r9; eors r4, r5; mov r8, r6\n"
        "movs r6, r5; ands r6, r0; eors r1, r5; eors r7, r2; mov r5, r10; eors r5, r6; eors r6, r0; eors r2, r6\n"
        "eors r1, r2; eors r3, r4; mov r6, r10; ands r6, r4; movs r2, r1; ands r2, r7; eors r3, r5; eors r6, r3\n"
        "movs r3, r6; eors r3, r1; mov r5, r8; eors r5, r2; ands r3, r5; eors r3, r6; eors r1, r3; eors r2, r6\n"
        "movs r5, r3; eors r5, r2; ands r6, r5; mov r5, r8; eors r7, r5; eors r1, r6; eors r6, r2; ands r2, r7\n"
        "eors r5, r2; ands r6, r5; eors r6, r7; movs r2, r6; eors r2, r5; ands r4, r5; mov r7, r10; ands r7, r5\n"
        "ands r0, r2; eors r0, r7; mov r10, r0; ldr r0, [sp, #4]; ands r2, r0; ldr r0, [sp, #24]; ands r0, r6\n"
        "eors r7, r0; mov r0, r9; ands r0, r6; eors r4, r0; eors r2, r0; eors r6, r1; ldr r0, [sp, #28]\n"
        "ands r0, r6; eors r4, r0; mov r9, r4; ldr r4, [sp, #8]; ands r4, r3; eors r4, r0; mov r0, r12\n"
        "ands r0, r1; eors r0, r4; eors r5, r3; eors r2, r0; eors r4, r2; mov r8, r0; ldr r0, [sp, #32]\n"
        "ands r0, r5; eors r0, r2; ldr r2, [sp, #20]; ands r2, r1; eors r2, r0; mov r12, r0; ldr r0, [sp, #16]\n"
        "ands r0, r3; eors r3, r1; eors r2, r0; mov r1, r11; ands r1, r3; eors r1, r0; eors r7, r2\n"
        "ldr r0, [sp, #12]; ands r3, r0; ldr r0, [sp, #44]; ands r0, r6; eors r2, r0; eors r6, r5; eors r3, r4\n"
        "ldr r4, [sp, #36]; ands r5, r4; mov r4, r10; eors r5, r4; eors r5, r0; ldr r0, [sp, #40]; ands r0, r6\n"
        "eors r3, r5; eors r4, r1; eors r2, r0; ldr r1, [sp, #0]; ands r6, r1; mov r1, r8; eors r1, r6; mov r0, r9\n"
        "eors r0, r4; eors r5, r1; eors r5, r7; eors r4, r2; eors r0, r6; eors r1, r2\n"
        "bx lr\n"
        /* the next round key, in both lanes, to sp + 12 */
        "7:\n"
        "mov r8, r0; mov r9, r1; mov r10, r2; mov r11, r3; ldr r6, [sp, #48]; ldr r3, [sp, #56]\n"
        "ldm r6!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #12]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #28]\n"
        "ldm r6!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #16]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #32]\n"
        "ldm r6!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #20]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #36]\n"
        "ldm r6!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #24]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #40]\n"
        "str r6, [sp, #48]; mov r0, r8; mov r1, r9; mov r2, r10; mov r3, r11\n"
        "bx lr\n"
        /* the last AddRoundKey, in the lanes that are taken */
        "3:\n"
        "mov r8, r1; ldr r1, [r6, #4]; eors r5, r1; eors r0, r1; ldr r1, [r6, #8]; eors r3, r1; mov r9, r3\n"
        "mov r3, r12; eors r3, r1; ldr r1, [r6, #12]; eors r2, r1; eors r7, r1; ldr r1, [r6]; eors r4, r1\n"
        "mov r6, r8; eors r6, r1; ldr r1, [sp, #64]; str r6, [r1]; mov r6, r9; str r5, [r1, #4]; str r6, [r1, #8]\n"
        "str r2, [r1, #12]; str r4, [r1, #16]; str r0, [r1, #20]; str r3, [r1, #24]; str r7, [r1, #28]\n"
        "movs r0, #0; str r0, [sp, #0]; str r0, [sp, #4]; str r0, [sp, #8]; str r0, [sp, #12]; str r0, [sp, #16]\n"
        "str r0, [sp, #20]; str r0, [sp, #24]; str r0, [sp, #28]; str r0, [sp, #32]; str r0, [sp, #36]\n"
        "str r0, [sp, #40]; str r0, [sp, #44]; add sp, #68; pop {r4-r7}; mov r8, r4; mov r9, r5; mov r10, r6\n"
        "mov r11, r7; pop {r4-r7}\n"
        : "+r"(r0), "+r"(r1), "+r"(r2)
        :
        : "r3", "r12", "lr", "cc", "memory");
}

static void sub_bytes(uint32_t q[8])
{
    static const uint32_t no_key[4];

    encrypt(q, no_key, no_key); /* without a first round key */
}

__attribute__((noinline)) static void decrypt(uint32_t q[8], const uint32_t *key)
{
    register uint32_t *r0 __asm__("r0") = q;
    register const uint32_t *r1 __asm__("r1") = key;

    __asm__ volatile(
        ".syntax unified\n"
        "push {r4-r7}; mov r4, r8; mov r5, r9; mov r6, r10; mov r7, r11; push {r0, r4-r7}; sub sp, #64\n"
        "movs r3, #0x33; lsls r4, r3, #8; orrs r3, r4; lsls r4, r3, #16; orrs r3, r4; str r3, [sp, #56]\n"
        "lsls r3, r3, #2; str r3, [sp, #60]; subs r1, #16; str r1, [sp, #52]; adds r1, #176\n"
        "str r1, [sp, #48]; bl 7f\n"
        "ldr r1, [sp, #16]; ldr r2, [r0, #4]; eors r1, r2; ldr r2, [sp, #20]; ldr r3, [r0, #8]; eors r2, r3\n"
        "ldr r3, [sp, #24]; ldr r4, [r0, #12]; eors r3, r4; ldr r4, [sp, #28]; ldr r5, [r0, #16]; eors r4, r5\n"
        "ldr r5, [sp, #32]; ldr r6, [r0, #20]; eors r5, r6; ldr r6, [sp, #36]; ldr r7, [r0, #24]; eors r6, r7\n"
        "mov r8, r6; ldr r7, [sp, #40]; ldr r6, [r0, #28]; eors r7, r6; ldr r6, [sp, #12]; ldr r0, [r0]\n"
        "eors r0, r6; mov r6, r8\n"
        "1: bl 4f\n"
        INV_MIX_COLUMNS_ODD("9", "18", "14", "56")
        "bl 4f\n"
        "ldr r5, [sp, #52]; mov lr, r5; ldr r5, [sp, #48]; cmp r5, lr; bne 6f\n"
        "b 3f\n"
        "6:\n"
        /* AddRoundKey; InvMixColumns, rows 8 and 16 bits away */
        "mov r9, r0; ldr r0, [sp, #12]; eors r0, r1; ldr r1, [sp, #24]; mov r11, r0\n"
        "ldr r0, [sp, #32]; eors r0, r4; ldr r4, [sp, #16]; eors r3, r1; ldr r1, [sp, #36]; eors r6, r1\n"
        "ldr r1, [sp, #40]; eors r2, r4; ldr r4, [sp, #20]; mov r8, r2; mov r2, r12; eors r4, r2\n"
        "ldr r5, [sp, #28]; eors r7, r5; movs r2, #16; movs r5, r7; rors r5, r2; eors r5, r6; eors r5, r7\n"
        "mov r12, r5; mov r5, r9; eors r1, r5; movs r5, r4; rors r5, r2; eors r7, r5; movs r5, r0; rors r5, r2\n"
        "eors r5, r1; eors r5, r0; mov r9, r5; movs r5, r1; rors r5, r2; eors r0, r3; eors r7, r4; eors r5, r1\n"
        "mov r1, r8; rors r1, r2; eors r4, r5; eors r1, r3; eors r0, r5; rors r3, r2; eors r0, r3; movs r3, r6\n"
        "rors r3, r2; eors r3, r6; eors r1, r3; mov r6, r8; eors r1, r6; mov r10, r0; mov r0, r11; eors r4, r0\n"
        "eors r5, r3; eors r6, r5; eors r5, r7; eors r3, r0; rors r0, r2; eors r0, r4; movs r7, #8; movs r4, r5\n"
        "rors r4, r7; eors r5, r4; mov r8, r5; movs r5, r1; rors r5, r7; eors r1, r5; eors r4, r1; rors r1, r2\n"
        "eors r1, r5; movs r5, r0; rors r5, r7; eors r0, r5; eors r1, r0; rors r0, r2; eors r0, r5; movs r5, r6\n"
        "rors r5, r7; eors r6, r5; eors r0, r6; rors r6, r2; mov r11, r0; movs r0, r3; rors r0, r7; eors r3, r0\n"
        "eors r6, r5; eors r6, r3; rors r3, r2; eors r3, r0; mov r5, r9; rors r5, r7; mov r0, r9; eors r0, r5\n"
        "eors r3, r0; eors r4, r0; eors r6, r0; mov r9, r3; mov r3, r8; rors r3, r2; eors r3, r4; eors r1, r0\n"
        "rors r0, r2; eors r5, r0; mov r0, r12; rors r0, r7; mov r4, r10; rors r4, r7; mov r7, r12; eors r7, r0\n"
        "eors r5, r7; rors r7, r2; eors r7, r0; mov r0, r10; eors r0, r4; eors r7, r0; rors r0, r2; mov r2, r8\n"
        "eors r4, r2; eors r4, r0; mov r0, r9; mov r2, r11; mov r8, r6; mov r6, r7; mov r7, r5; mov r5, r4\n"
        "mov r4, r3; mov r3, r1; mov r1, r8\n"
        "bl 4f\n"
        INV_MIX_COLUMNS_ODD("7", "14", "18", "60")
        "bl 4f\n"
        /* AddRoundKey; InvMixColumns, the next row 10 or 6 bits away */
        "mov r9, r6; ldr r6, [sp, #12]; eors r1, r6; ldr r6, [sp, #24]; eors r3, r6\n"
        "ldr r6, [sp, #28]; eors r7, r6; ldr r6, [sp, #40]; eors r6, r0; ldr r0, [sp, #32]; eors r4, r0\n"
        "movs r0, #16; mov r10, r7; movs r7, r4; rors r7, r0; eors r7, r4; eors r7, r6; eors r4, r3; mov r11, r7\n"
        "ldr r7, [sp, #16]; eors r7, r2; ldr r2, [sp, #36]; mov r8, r1; movs r1, r7; rors r1, r0; eors r1, r3\n"
        "rors r3, r0; eors r4, r3; mov r3, r9; eors r2, r3; ldr r3, [sp, #20]; eors r1, r7; movs r5, r6\n"
        "rors r5, r0; eors r5, r6; mov r6, r12; eors r3, r6; movs r6, r2; rors r6, r0; eors r6, r2; eors r1, r6\n"
        "mov r12, r1; mov r1, r8; rors r1, r0; eors r4, r5; eors r1, r5; eors r5, r6; eors r7, r5; eors r5, r3\n"
        "eors r1, r3; mov r9, r7; mov r7, r8; eors r6, r7; rors r3, r0; eors r7, r1; mov r1, r10; eors r5, r1\n"
        "eors r2, r1; rors r1, r0; eors r5, r3; lsrs r3, r4, #2; eors r1, r2; lsls r2, r1, #2; mov r8, r7\n"
        "lsrs r7, r1, #2; mov r10, r6; ldr r6, [sp, #56]; bics r2, r6; ands r7, r6; orrs r7, r2; ands r3, r6\n"
        "movs r2, #8; rors r7, r2; eors r1, r7; str r1, [sp, #0]; lsls r1, r4, #2; bics r1, r6; orrs r3, r1\n"
        "lsls r1, r5, #2; bics r1, r6; rors r3, r2; eors r4, r3; eors r7, r4; rors r4, r0; str r7, [sp, #4]\n"
        "lsrs r7, r5, #2; ands r7, r6; orrs r7, r1; rors r7, r2; eors r5, r7; eors r4, r5; eors r3, r4\n"
        "mov r4, r11; lsrs r1, r4, #2; str r3, [sp, #8]; lsls r3, r4, #2; bics r3, r6; rors r5, r0; eors r7, r5\n"
        "mov r0, r10; mov r11, r7; lsrs r5, r0, #2; ands r5, r6; lsls r0, r0, #2; bics r0, r6; ands r1, r6\n"
        "orrs r1, r3; mov r7, r12; lsrs r3, r7, #2; orrs r5, r0; ands r3, r6; lsls r7, r7, #2; rors r1, r2\n"
        "bics r7, r6; mov r2, r8; lsrs r0, r2, #2; ands r0, r6; eors r4, r1; orrs r3, r7; mov r7, r9; mov r9, r1\n"
        "lsrs r1, r7, #2; ands r1, r6; mov r8, r4; lsls r4, r2, #2; bics r4, r6; orrs r0, r4; lsls r4, r7, #2\n"
        "bics r4, r6; orrs r1, r4; movs r4, #8; rors r0, r4; rors r3, r4; mov r6, r12; eors r6, r3; rors r1, r4\n"
        "eors r2, r0; rors r5, r4; eors r3, r2; movs r4, #16; rors r2, r4; eors r7, r1; eors r2, r7; eors r2, r0\n"
        "mov r0, r10; eors r0, r5; eors r1, r0; rors r0, r4; rors r7, r4; eors r1, r7; eors r0, r5; mov r7, r8\n"
        "eors r1, r7; eors r3, r7; eors r0, r7; mov r5, r11; eors r5, r7; eors r5, r6; rors r6, r4; eors r3, r6\n"
        "rors r7, r4; mov r6, r9; eors r7, r6; ldr r6, [sp, #0]; eors r7, r6; rors r6, r4; ldr r4, [sp, #4]\n"
        "eors r6, r4; ldr r4, [sp, #8]; mov r8, r5; mov r5, r4; mov r4, r8\n"
        "b 1b\n"
        /* InvSubBytes */
        "4:\n"
        "eors r6, r5; eors r2, r6; eors r7, r1; eors r1, r5; mov r9, r5; movs r5, r7; eors r5, r3; mov r10, r5\n"
        "movs r5, r3; eors r5, r2; eors r4, r5; eors r4, r6; mov r8, r4; movs r4, r1; eors r4, r5; mov r12, r1\n"
        "movs r1, r4; eors r1, r7; str r7, [sp, #0]; movs r7, r1; eors r7, r2; eors r0, r7; mov r11, r7\n"
        "movs r7, r5; ands r7, r0; eors r7, r1; str r5, [sp, #4]; mov r5, r9; ands r5, r2; str r2, [sp, #8]\n"
        "mov r2, r9; eors r2, r0; str r1, [sp, #12]; movs r1, r3; ands r1, r2; eors r5, r1; eors r1, r7\n"
        "mov r7, r10; eors r7, r6; str r3, [sp, #16]; movs r3, r7; eors r3, r2; str r2, [sp, #20]; mov r2, r10\n"
        "ands r2, r7; str r7, [sp, #24]; mov r7, r8; eors r7, r0; eors r5, r4; str r0, [sp, #28]; movs r0, r7\n"
        "ands r0, r4; eors r5, r7; str r4, [sp, #32]; movs r4, r3; eors r4, r7; str r7, [sp, #36]\n"
        "ldr r7, [sp, #0]; ands r7, r3; str r3, [sp, #40]; ldr r3, [sp, #12]; ands r3, r4; eors r3, r0\n"
        "eors r0, r7; eors r1, r4; mov r7, r9; eors r7, r4; str r4, [sp, #44]; mov r4, r11; ands r4, r7\n"
        "eors r4, r0; eors r1, r3; eors r0, r5; eors r3, r2; eors r4, r2; mov r2, r12; mov r5, r8; ands r5, r2\n"
        "eors r4, r6; eors r5, r2; eors r5, r3; mov r2, r8; eors r5, r2; movs r6, r5; eors r6, r4; movs r3, r0\n"
        "ands r3, r4; movs r2, r3; eors r2, r1; ands r2, r6; eors r0, r1; eors r3, r5; eors r2, r5; movs r6, r3\n"
        "eors r6, r2; ands r6, r5; eors r4, r6; eors r6, r3; ands r3, r0; eors r3, r1; ands r6, r3; eors r6, r0\n"
        "movs r0, r6; eors r0, r3; ands r7, r6; eors r4, r2; mov r5, r12; ands r5, r3; mov r1, r11; ands r1, r6\n"
        "eors r1, r5; mov r11, r1; mov r1, r10; ands r1, r0; eors r1, r5; eors r6, r4; ldr r5, [sp, #24]\n"
        "ands r0, r5; eors r7, r0; mov r5, r9; ands r5, r4; mov r10, r7; mov r7, r8; ands r7, r3; eors r7, r0\n"
        "ldr r0, [sp, #8]; ands r0, r4; eors r4, r2; mov r9, r0; ldr r0, [sp, #20]; ands r0, r4; eors r3, r2\n"
        "eors r5, r0; mov r8, r5; ldr r5, [sp, #16]; ands r4, r5; eors r4, r1; ldr r5, [sp, #32]; ands r5, r3\n"
        "eors r5, r1; ldr r1, [sp, #28]; ands r1, r2; eors r1, r0; eors r7, r1; ldr r0, [sp, #36]; ands r0, r3\n"
        "mov r12, r7; ldr r7, [sp, #4]; ands r2, r7; ldr r7, [sp, #44]; ands r7, r6; eors r3, r6; eors r1, r7\n"
        "eors r0, r1; ldr r7, [sp, #40]; ands r7, r3; eors r1, r7; eors r4, r0; ldr r7, [sp, #0]; ands r3, r7\n"
        "ldr r7, [sp, #12]; ands r6, r7; eors r5, r6; mov r7, r11; eors r6, r7; eors r6, r3; mov r3, r10\n"
        "eors r3, r1; eors r1, r6; eors r0, r3; eors r7, r4; eors r2, r4; eors r0, r2; mov r4, r9; eors r7, r4\n"
        "mov r4, r8; eors r1, r4; eors r2, r1; mov r4, r12; eors r4, r2; eors r3, r7; eors r2, r5\n"
        /* the next round key, in both lanes, to sp + 12 */
        "7:\n"
        "mov r8, r0; mov r9, r1; mov r10, r2; mov r11, r3; ldr r5, [sp, #48]; movs r3, #0x0f; lsls r0, r3, #8\n"
        "orrs r3, r0; lsls r0, r3, #16; orrs r3, r0\n"
        "ldm r5!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #12]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #28]\n"
        "ldm r5!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #16]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #32]\n"
        "ldm r5!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #20]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #36]\n"
        "ldm r5!, {r0}; movs r1, r0; ands r1, r3; bics r0, r3; lsls r2, r1, #4; orrs r1, r2; str r1, [sp, #24]\n"
        "lsrs r2, r0, #4; orrs r0, r2; str r0, [sp, #40]\n"
        "subs r5, #32; str r5, [sp, #48]; mov r0, r8; mov r1, r9; mov r2, r10; mov r3, r11\n"
        "bx lr\n"
        /* the last AddRoundKey */
        "3:\n"
        "str r1, [sp]; str r2, [sp, #4]; ldr r1, [sp, #64]; ldr r2, [sp, #24]; eors r3, r2; str r3, [r1, #12]\n"
        "ldr r2, [sp, #28]; eors r7, r2; str r7, [r1, #16]; ldr r2, [sp, #32]; eors r4, r2; str r4, [r1, #20]\n"
        "ldr r2, [sp, #36]; eors r6, r2; str r6, [r1, #24]; ldr r2, [sp, #40]; eors r0, r2; str r0, [r1, #28]\n"
        "mov r3, r12; ldr r2, [sp, #20]; eors r3, r2; str r3, [r1, #8]; ldr r3, [sp]; ldr r2, [sp, #12]\n"
        "eors r3, r2; str r3, [r1, #0]; ldr r3, [sp, #4]; ldr r2, [sp, #16]; eors r3, r2; str r3, [r1, #4]\n"
        "movs r0, #0; str r0, [sp, #0]; str r0, [sp, #4]; str r0, [sp, #8]; str r0, [sp, #12]; str r0, [sp, #16]\n"
        "str r0, [sp, #20]; str r0, [sp, #24]; str r0, [sp, #28]; str r0, [sp, #32]; str r0, [sp, #36]\n"
        "str r0, [sp, #40]; str r0, [sp, #44]; add sp, #68; pop {r4-r7}; mov r8, r4; mov r9, r5; mov r10, r6\n"
        "mov r11, r7; pop {r4-r7}\n"
        : "+r"(r0), "+r"(r1)
        :
        : "r2", "r3", "r12", "lr", "cc", "memory");
}

#undef MIX_COLUMNS_AND_COPY
#undef INV_MIX_COLUMNS_ODD
