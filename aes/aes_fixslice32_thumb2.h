/* aes/aes_fixslice32_thumb2.h - the rounds of aes_fixslice32.c in assembly for Thumb-2: Cortex-M3, M4, M7, M33 and others.
 *
 * The same computation as in aes_fixslice32_rounds.h, where the comments on it are. Compilers keep too many of the S-box's
 * values in memory; here 14 registers hold all but ten of them, and rotations cost nothing where they ride on an XOR. The
 * order of the instructions and the choice of registers were found by a search for the fewest loads and stores, from
 * circuits of 111 gates, so they follow no pattern that a reader could see; the tests compare both.
 *
 * Words q[0..7] are in r0..r7 wherever a round begins. Behind SubBytes they are in
 *     r7, r8, r4, r3, r1, r5, r9, r6
 * and behind InvSubBytes in
 *     r3, r7, r2, r4, r12, r6, r1, r9.
 * On the stack: 10 words of spilled values, the pointer to the next round key, that to the last, a return address. */

/* MixColumns while both lanes hold one block, with the bytes of the next row and of the one after it `next` and `two` bits
 * away, and the four valid columns under mask copied to the other lane. */
#define MIX_COLUMNS_AND_COPY(next, two, mask, copy)                                                                   \
    "eor r11, r4, r4, ror #" next "; eor r0, r7, r7, ror #" next "; eor r12, r0, r8, ror #" next "\n"                 \
    "eor r2, r3, r3, ror #" next "; eor r10, r6, r6, ror #" next "; eor lr, r10, r7, ror #" next "\n"                 \
    "eor r3, r11, r3, ror #" next "; eor lr, lr, r0, ror #" two "; eor r8, r8, r8, ror #" next "\n"                   \
    "and r0, lr, #" mask "; eor lr, r1, r1, ror #" next "; eor r12, r12, r8, ror #" two "; eor r12, r12, r10\n"       \
    "eor r7, r5, r5, ror #" next "; and r12, r12, #" mask "; eor r8, r8, r4, ror #" next "\n"                         \
    "eor r11, r8, r11, ror #" two "; and r4, r11, #" mask "; eor r11, r9, r9, ror #" next "\n"                        \
    "eor r8, r2, r1, ror #" next "; eor r1, r3, r2, ror #" two "; eor r3, r1, r10; and r2, r3, #" mask "\n"           \
    "orr r3, r2, r2, " copy "; orr r2, r4, r4, " copy "; eor r8, r8, lr, ror #" two "; eor r8, r8, r10\n"             \
    "eor lr, lr, r5, ror #" next "; and r4, r8, #" mask "; orr r0, r0, r0, " copy "; orr r4, r4, r4, " copy "\n"      \
    "eor r5, lr, r7, ror #" two "; and lr, r5, #" mask "; orr r1, r12, r12, " copy "\n"                               \
    "eor r12, r7, r9, ror #" next "; eor r5, r12, r11, ror #" two "; and r7, r5, #" mask "\n"                         \
    "orr r5, lr, lr, " copy "; eor r12, r11, r6, ror #" next "; orr r6, r7, r7, " copy "\n"                           \
    "eor lr, r12, r10, ror #" two "; and r7, lr, #" mask "; orr r7, r7, r7, " copy "\n"

/* InvMixColumns in odd rounds: bytes of the next row are `next` bits away where mask is set, of the one after it `two` bits
 * there and `back` bits elsewhere. */
#define INV_MIX_COLUMNS_ODD(next, two, back, mask)                                                                    \
    "eor r8, r9, r9, ror #" two "; eor lr, r4, r4, ror #" two "; eor r10, r1, r1, ror #" two "\n"                     \
    "and r5, r10, #" mask "; and r0, r8, #" mask "; eor r8, r7, r7, ror #" two "; orr r11, r5, r5, ror #" back "\n"   \
    "eor r5, r3, r11; eor r10, r12, r12, ror #" two "; eor r3, r3, r3, ror #" two "; and lr, lr, #" mask "\n"         \
    "and r10, r10, #" mask "; orr r0, r0, r0, ror #" back "; str r5, [sp, #0]; eor r5, r11, r0\n"                     \
    "orr lr, lr, lr, ror #" back "; eor r12, r12, r5; and r3, r3, #" mask "; eors r7, r5\n"                           \
    "orr r3, r3, r3, ror #" back "; eor r5, r2, r2, ror #" two "; and r8, r8, #" mask "; str r7, [sp, #4]\n"          \
    "eor r7, r0, lr; eors r7, r6; and r5, r5, #" mask "; orr r5, r5, r5, ror #" back "\n"                             \
    "eor lr, lr, lr, ror #" next "; eor r6, r6, r6, ror #" two "; orr r10, r10, r10, ror #" back "\n"                 \
    "and r6, r6, #" mask "; orr r6, r6, r6, ror #" back "; eors r2, r3; eor r12, r12, r5\n"                           \
    "orr r8, r8, r8, ror #" back "; eor r4, r4, r8; eor r3, r3, r3, ror #" next "; and r3, r3, #" mask "\n"           \
    "str r8, [sp, #8]; eor r8, r11, r11, ror #" next "; eors r2, r0; str r3, [sp, #12]\n"                             \
    "eor r3, r10, r10, ror #" next "; eor r9, r9, r6; eor r6, r6, r6, ror #" next "; and lr, lr, #" mask "\n"         \
    "eor r10, r10, r1; eor r1, r5, r5, ror #" next "; eor r5, r12, r12, ror #" next "; eor r11, r11, r4\n"            \
    "and r8, r8, #" mask "; and r4, r6, #" mask "; eor r0, r0, r0, ror #" next "; eor r6, r7, r7, ror #" next "\n"    \
    "and r5, r5, #" mask "; eors r5, r4; and r6, r6, #" mask "; eors r7, r5; and r3, r3, #" mask "\n"                 \
    "and r0, r0, #" mask "; eor r6, r6, r8; eors r4, r6; eor r6, r6, r10; eor r10, r10, r10, ror #" next "\n"         \
    "and r10, r10, #" mask "; eor r10, r10, r0; eors r5, r3; eor r8, r8, r10; eor r6, r6, r4, ror #" back "\n"        \
    "eor r10, r10, r9; eor r4, r11, r11, ror #" next "; eor r5, r7, r5, ror #" back "\n"                              \
    "eor r7, r10, r8, ror #" back "; and r8, r4, #" mask "; eor r9, r9, r9, ror #" next "; and r9, r9, #" mask "\n"   \
    "eor r10, r2, r2, ror #" next "; and r4, r10, #" mask "; eor r10, r4, lr; eor r4, r9, r3\n"                       \
    "and r1, r1, #" mask "; eor r3, r0, lr; eor r4, r4, r8; eor lr, r10, r9; eor r8, r0, r1; eor r12, r12, r4\n"      \
    "eors r3, r4; eor r4, r12, r3, ror #" back "; eor r8, r8, lr; eor r3, r11, lr; eor r3, r3, r8, ror #" back "\n"   \
    "ldr r8, [sp, #12]; ldr lr, [sp, #0]; ldr r11, [sp, #8]; ldr r12, [sp, #4]; eor r10, r8, r9; eor r8, r8, r0\n"    \
    "eor r0, r0, r10; eor r10, r10, lr; eor r11, r11, r11, ror #" next "; eor r0, r10, r0, ror #" back "\n"           \
    "eor lr, lr, lr, ror #" next "; and lr, lr, #" mask "; eor r10, r12, r12, ror #" next "\n"                        \
    "and r10, r10, #" mask "; eor lr, lr, r9; eor r9, r1, r10; and r10, r11, #" mask "; eor lr, lr, r10\n"            \
    "eor r10, r10, r9; eor r11, r8, lr; eor r8, r2, r9; eor r2, r8, r10, ror #" back "; eor r12, r12, lr\n"           \
    "eor r1, r12, r11, ror #" back "\n"

__attribute__((noinline)) static void encrypt(uint32_t q[8], const uint32_t *key, const uint32_t *last)
{
    register uint32_t *r0 __asm__("r0") = q;
    register const uint32_t *r1 __asm__("r1") = key;
    register const uint32_t *r2 __asm__("r2") = last;

    __asm__ volatile(
        "push {r0, r4-r11}; sub sp, #52; str r1, [sp, #40]; str r2, [sp, #44]; add r3, r1, #16; cmp r2, r3\n"
        "ldm r0, {r0-r7}; beq 2f\n"
        "1: bl 4f\n"
        MIX_COLUMNS_AND_COPY("9", "18", "0x0f0f0f0f", "lsl #4")
        "2: bl 4f; ldr r0, [sp, #40]; ldr r2, [sp, #44]; cmp r0, r2; beq 3f\n"
        MIX_COLUMNS_AND_COPY("10", "16", "0x0f0f0f0f", "lsl #4")
        "bl 4f\n"
        /* MixColumns, bytes of the next row 7 and of the one after it 14 bits away */
        "eor r0, r7, r7, ror #7; eor r2, r8, r8, ror #7; eor r10, r3, r3, ror #7; eor lr, r1, r1, ror #7\n"
        "eor r11, r9, r9, ror #7; eor r12, r6, r6, ror #7; eor r7, r12, r7, ror #7; eor r8, r0, r8, ror #7\n"
        "eor r8, r8, r2, ror #14; eor r0, r7, r0, ror #14; eor r7, r5, r5, ror #7; eor r8, r8, r12\n"
        "eor r2, r2, r4, ror #7; eor r4, r4, r4, ror #7; eor r2, r2, r4, ror #14; eor r4, r4, r3, ror #7\n"
        "eor r4, r4, r10, ror #14; eor r3, r4, r12; eor r10, r10, r1, ror #7; eor r10, r10, lr, ror #14\n"
        "eor r4, r10, r12; eor r10, lr, r5, ror #7; eor r5, r10, r7, ror #14; eor r1, r7, r9, ror #7\n"
        "eor r1, r1, r11, ror #14; eor lr, r11, r6, ror #7; eor r7, lr, r12, ror #14; mov r6, r1; mov r1, r8\n"
        "bl 4f\n"
        MIX_COLUMNS_AND_COPY("8", "16", "0xf0f0f0f0", "lsr #4")
        "b 1b\n"
        /* AddRoundKey and SubBytes */
        "4: str lr, [sp, #48]; ldr lr, [sp, #40]; ldm lr!, {r8, r9, r10, r11}; str lr, [sp, #40]\n"
        "and r12, r8, #0x0f0f0f0f; eor r8, r8, r12; eor r0, r0, r12; eor r0, r0, r12, lsl #4; eor r4, r4, r8\n"
        "eor r4, r4, r8, lsr #4; and r12, r9, #0x0f0f0f0f; eor r9, r9, r12; eor r1, r1, r12\n"
        "eor r1, r1, r12, lsl #4; eor r5, r5, r9; eor r5, r5, r9, lsr #4; and r12, r10, #0x0f0f0f0f\n"
        "eor r10, r10, r12; eor r2, r2, r12; eor r2, r2, r12, lsl #4; eor r6, r6, r10; eor r6, r6, r10, lsr #4\n"
        "and r12, r11, #0x0f0f0f0f; eor r11, r11, r12; eor r3, r3, r12; eor r3, r3, r12, lsl #4; eor r7, r7, r11\n"
        "eor r7, r7, r11, lsr #4\n"
        "eors r2, r5; eors r7, r3; eor r8, r6, r7; eor r9, r1, r7; eor r12, r2, r8; and r10, r6, r7\n"
        "eor lr, r0, r9; eor r11, r4, r8; eor r0, r9, r12; eor r4, r1, r0; eors r2, r1; and r1, r2, r4\n"
        "eor r1, r1, r10; str r2, [sp, #0]; eor r2, lr, r11; str r4, [sp, #4]; and r4, r0, r12; eor r5, r5, r9\n"
        "eor r4, r4, r10; and r10, r2, r5; eors r3, r2; eor r2, r3, r5; str r5, [sp, #8]; eor r5, r1, r10\n"
        "eor r5, r5, r8; eor r8, r0, r11; str r0, [sp, #12]; eor r0, r6, lr; str r6, [sp, #16]; and r6, lr, r2\n"
        "eor r6, r6, r10; eor r10, r3, r12; eors r6, r4; str r12, [sp, #20]; and r12, r11, r3; eor r5, r5, r12\n"
        "eor r12, r7, r2; str r3, [sp, #24]; eor r3, r12, r10; str r7, [sp, #28]; and r7, r8, r10; eors r7, r1\n"
        "eor r1, r8, r0; str r10, [sp, #32]; and r10, r0, r12; str r2, [sp, #36]; and r2, r1, r3; eors r7, r2\n"
        "eor r6, r6, r9; eors r2, r0; eors r7, r3; eors r7, r1; eor r9, r12, r4; and r4, r5, r7; eor r10, r10, r2\n"
        "eor r9, r9, r10; eor r2, r7, r9; eor r10, r9, r4; eors r4, r6; ands r2, r4; eor r4, r2, r9; eors r5, r6\n"
        "and r2, r5, r10; eors r6, r2; eor r2, r10, r4; and r9, r9, r2; eor r10, r10, r9; ands r0, r6; eors r7, r4\n"
        "and r2, r6, r10; eors r2, r5; eor r5, r7, r9; eor r7, r6, r2; and r12, r12, r6; eor r9, r4, r5\n"
        "eor r10, lr, r11; and r10, r10, r9; eors r6, r4; and lr, lr, r4; and r8, r8, r2; eor r8, r8, r0\n"
        "and r11, r11, r5; eor r10, r10, lr; ands r1, r7; eor lr, lr, r11; eors r1, r0; ands r7, r3\n"
        "eor r11, lr, r8; ldr r0, [sp, #8]; ldr r3, [sp, #36]; and lr, r9, r0; eor r7, r7, lr; ands r4, r3\n"
        "ldr r3, [sp, #16]; ldr r0, [sp, #32]; ands r3, r6; eor r9, r2, r5; ands r2, r0; ldr r0, [sp, #12]\n"
        "and r0, r0, r9; eors r3, r0; eor r10, r10, r3; eor r7, r7, r10; eor r12, r12, r7; eor r12, r12, r4\n"
        "eor r0, r0, r12; eor r8, r8, r0; eors r7, r2; eors r3, r1; ldr r2, [sp, #28]; ldr r1, [sp, #20]\n"
        "ands r2, r6; eor r6, r6, r9; eor r2, r2, lr; and r1, r1, r9; eors r1, r4; ldr r0, [sp, #24]\n"
        "ldr r4, [sp, #4]; ldr lr, [sp, #0]; ands r0, r5; ands r4, r6; and r6, r6, lr; eor r9, r8, r6; eors r4, r0\n"
        "eor r5, r9, r3; eor r6, r9, r11; eors r1, r4; eors r4, r2; eor r4, r4, r11; eors r7, r0; eor r8, r10, r9\n"
        "eor r9, r12, r4\n"
        "ldr pc, [sp, #48]\n"
        /* the last AddRoundKey, in the lanes that are taken */
        "3:\n"
        "ldm r0, {r2, r10, r11, r12}; eors r7, r2; eors r1, r2; eor r8, r8, r10; eor r5, r5, r10; eor r4, r4, r11\n"
        "eor r9, r9, r11; eor r3, r3, r12; eor r6, r6, r12\n"
        "ldr r0, [sp, #52]; str r7, [r0, #0]; str r8, [r0, #4]; str r4, [r0, #8]; str r3, [r0, #12]\n"
        "str r1, [r0, #16]; str r5, [r0, #20]; str r9, [r0, #24]; str r6, [r0, #28]\n"
        "movs r0, #0; str r0, [sp, #0]; str r0, [sp, #4]; str r0, [sp, #8]; str r0, [sp, #12]; str r0, [sp, #16]\n"
        "str r0, [sp, #20]; str r0, [sp, #24]; str r0, [sp, #28]; str r0, [sp, #32]; str r0, [sp, #36]\n"
        "add sp, #56; pop {r4-r11}\n"
        : "+r"(r0), "+r"(r1), "+r"(r2)
        :
        : "r3", "r12", "lr", "cc", "memory");
}

static void sub_bytes(uint32_t q[8])
{
    static const uint32_t no_keys[2 * 4];

    encrypt(q, no_keys, no_keys + 4);
}

__attribute__((noinline)) static void decrypt(uint32_t q[8], const uint32_t *key)
{
    register uint32_t *r0 __asm__("r0") = q;
    register const uint32_t *r1 __asm__("r1") = key;

    __asm__ volatile(
        "push {r0, r4-r11}; sub sp, #52; str r1, [sp, #44]; add lr, r1, #176; ldm r0, {r0-r7}\n"
        "ldmdb lr!, {r8, r9, r10, r11}; str lr, [sp, #40]\n"
        "and r12, r8, #0x0f0f0f0f; eor r8, r8, r12; eor r0, r0, r12; eor r0, r0, r12, lsl #4; eor r4, r4, r8\n"
        "eor r4, r4, r8, lsr #4; and r12, r9, #0x0f0f0f0f; eor r9, r9, r12; eor r1, r1, r12\n"
        "eor r1, r1, r12, lsl #4; eor r5, r5, r9; eor r5, r5, r9, lsr #4; and r12, r10, #0x0f0f0f0f\n"
        "eor r10, r10, r12; eor r2, r2, r12; eor r2, r2, r12, lsl #4; eor r6, r6, r10; eor r6, r6, r10, lsr #4\n"
        "and r12, r11, #0x0f0f0f0f; eor r11, r11, r12; eor r3, r3, r12; eor r3, r3, r12, lsl #4; eor r7, r7, r11\n"
        "eor r7, r7, r11, lsr #4\n"
        "1: bl 3f\n"
        INV_MIX_COLUMNS_ODD("9", "18", "14", "0x33333333")
        "bl 3f; ldr r0, [sp, #40]; ldr r5, [sp, #44]; cmp r0, r5; beq 2f\n"
        /* InvMixColumns, rows 8 and 16 bits away */
        "eor r11, r6, r6, ror #16; eor r10, r7, r7, ror #16; eor r11, r11, r9; eor lr, r11, r11, ror #8\n"
        "eor r8, r4, r4, ror #16; eor r0, r1, r1, ror #16; eor r5, r3, r0; eors r4, r0; eor r8, r8, r6\n"
        "eor r3, r3, r3, ror #16; eor r9, r9, r9, ror #16; eor r4, r4, r10; eor r10, r12, r12, ror #16\n"
        "eor r6, r0, r9; eors r3, r2; eor r0, lr, r5, ror #8; eor r8, r8, r9; eor r9, r9, r3; eors r7, r6\n"
        "eor r2, r2, r2, ror #16; eor r3, r4, r4, ror #8; eor r10, r10, r1; eor r5, r5, r5, ror #8\n"
        "eor r12, r12, r6; eor r6, r12, r2; eor r12, r8, r8, ror #8; eor r2, r6, r6, ror #8\n"
        "eor r6, r3, r6, ror #8; eor r1, r7, r7, ror #8; eor r6, r6, r2, ror #16; eor r0, r0, r5, ror #16\n"
        "eor r7, r5, r7, ror #8; eor r5, r2, r8, ror #8; eor r8, r7, r1, ror #16; eor r2, r9, r9, ror #8\n"
        "eor r7, r10, r10, ror #8; eor r10, r12, r10, ror #8; eor r10, r10, r7, ror #16; eor r9, r1, r9, ror #8\n"
        "eor r5, r5, r12, ror #16; eor r7, r7, r11, ror #8; eor r11, r2, r4, ror #8; eor r2, r9, r2, ror #16\n"
        "eor r1, r8, lr; eor r12, r11, r3, ror #16; eor r7, r7, lr, ror #16; eor r4, r6, lr; eor r3, r12, lr\n"
        "mov r6, r10\n"
        "bl 3f\n"
        INV_MIX_COLUMNS_ODD("7", "14", "18", "0xcccccccc")
        "bl 3f\n"
        /* InvMixColumns, the next row 10 or 6 bits away */
        "eor lr, r1, r1, ror #16; eor r11, r9, r9, ror #16; eor r8, r4, r4, ror #16; eor r0, r7, r7, ror #16\n"
        "eor r10, r3, r3, ror #16; eor r5, r6, r8; eor r8, lr, r11; eors r0, r4; eor r4, r0, lr\n"
        "eor r0, r12, r12, ror #16; eor r10, r10, r2; eors r1, r0; eor r5, r5, r11; eor r11, r11, r10\n"
        "eor r6, r6, r6, ror #16; and r10, r5, #0xcccccccc; eor r0, r5, r10, ror #10; and r10, r5, #0x33333333\n"
        "eor lr, lr, r3; eor r0, r0, r10, ror #6; eors r5, r0; eor r10, r9, r6; and r6, r4, #0x33333333\n"
        "and r9, r11, #0xcccccccc; eor r3, r11, r9, ror #10; eor r7, r7, r8; eor r8, r8, r12\n"
        "and r12, r4, #0xcccccccc; eor r12, r4, r12, ror #10; eor r12, r12, r6, ror #6; and r6, r11, #0x33333333\n"
        "eor r6, r3, r6, ror #6; eor r9, r11, r6; eor r3, r2, r2, ror #16; and r11, r1, #0x33333333\n"
        "eor r2, r4, r12; and r4, r1, #0xcccccccc; eor r4, r1, r4, ror #10; eor r8, r8, r3\n"
        "eor r3, r2, r12, ror #16; and r2, r7, #0xcccccccc; eor r11, r4, r11, ror #6; and r4, r7, #0x33333333\n"
        "eor r5, r5, r0, ror #16; eor r2, r7, r2, ror #10; eors r3, r6; eor r9, r9, r6, ror #16; eor r6, r1, r11\n"
        "eor r2, r2, r4, ror #6; and r1, r8, #0xcccccccc; eor r6, r6, r11, ror #16; eors r6, r0\n"
        "and r0, lr, #0xcccccccc; eor r0, lr, r0, ror #10; and r4, r8, #0x33333333; eor r1, r8, r1, ror #10\n"
        "eors r7, r2; eor r7, r7, r2, ror #16; eor r2, r2, r9; and r9, r10, #0xcccccccc; eor r4, r1, r4, ror #6\n"
        "and r1, lr, #0x33333333; eors r5, r4; eor r1, r0, r1, ror #6; eor r9, r10, r9, ror #10; eor r0, r8, r4\n"
        "and r8, r10, #0x33333333; eor r8, r9, r8, ror #6; eor r9, r0, r4, ror #16; eor r0, r10, r8; eors r7, r1\n"
        "eor lr, lr, r1; eor r3, r3, r8; eor lr, lr, r1, ror #16; eor r1, r7, r8; eor r10, r0, r8, ror #16\n"
        "eor r7, r12, r8; eor r0, lr, r8; eor r4, r7, r9; eor r7, r10, r11\n"
        "b 1b\n"
        /* InvSubBytes and AddRoundKey */
        "3: str lr, [sp, #48]\n"
        "eor r8, r1, r2; eor r12, r4, r5; eor r10, r1, r12; eors r4, r0; eor r0, r2, r4; eors r1, r0\n"
        "eor r9, r10, r7; eor r5, r5, r9; eors r3, r1; eor r11, r12, r6; eor lr, r11, r5; and r6, lr, r1\n"
        "str lr, [sp, #0]; and lr, r5, r8; str r1, [sp, #4]; and r1, r3, r0; eor r1, r1, r8; str r8, [sp, #8]\n"
        "eor r8, r3, r11; eor r6, r6, lr; eors r1, r6; eors r1, r5; eor r9, r9, r6; and r6, r8, r2; eor r9, r9, r6\n"
        "and r6, r11, r4; eor r6, r6, lr; eor lr, r8, r7; and r8, r7, r10; str r7, [sp, #12]; eor r7, r5, lr\n"
        "str r5, [sp, #16]; eor r0, r0, r12; and r5, r7, r12; str r12, [sp, #20]; eor r12, r2, r10\n"
        "str r10, [sp, #24]; and r10, lr, r12; eor r9, r9, r8; eor r10, r10, r6; eor r8, r8, r10; eors r6, r5\n"
        "eor r5, r3, r7; and r10, r5, r0; eor r1, r1, r10; eor r10, r10, r4; eor r6, r6, r10; eor r8, r8, r12\n"
        "eor r10, r8, lr; eor r8, r6, r11; and r6, r1, r9; str r0, [sp, #28]; eor r0, r8, r6; eor r1, r1, r8\n"
        "eor r6, r6, r10; str r5, [sp, #32]; eor r5, r9, r10; ands r0, r5; eor r0, r0, r10; eor r5, r6, r0\n"
        "and r10, r10, r5; ands r7, r0; eor r5, r6, r10; ands r6, r1; eor r6, r6, r8; ands r5, r6; eors r1, r5\n"
        "eor r5, r3, r11; ands r5, r1; eor r8, r9, r0; eor r9, r8, r10; eor r10, r1, r9; eor r8, r2, r4\n"
        "and r8, r8, r9; and r4, r4, r10; and lr, lr, r6; and r3, r3, r9; eor r9, r9, r0; ands r2, r1; eors r1, r6\n"
        "and r12, r12, r6; eor r7, r7, lr; eor r12, r12, r2; eors r6, r0; and r11, r11, r10; eor r11, r11, lr\n"
        "ldr lr, [sp, #20]; and r0, r0, lr; ldr lr, [sp, #32]; and lr, lr, r9; eor lr, lr, r7; eors r7, r3\n"
        "eor r3, r6, r10; eor r10, r12, r4; eor r0, r0, r12; ldr r4, [sp, #28]; and r4, r4, r9; eor r9, r0, r8\n"
        "eors r7, r5; eor r8, r8, r4; ldr r0, [sp, #4]; ldr r4, [sp, #0]; ands r0, r3; eor r12, r7, r9\n"
        "eor r11, r11, r12; eor r0, r0, r12; eor r12, r10, r0; eor r10, r11, r5; ands r3, r4; eor r5, r10, r3\n"
        "eor r4, r5, r12; ldr r5, [sp, #16]; ldr r3, [sp, #8]; ands r5, r6; eor r11, r11, r5; ands r3, r6\n"
        "ldr r5, [sp, #24]; ldr r6, [sp, #12]; ands r5, r1; ands r1, r6; eor r1, r1, r11; eors r5, r1; eors r2, r5\n"
        "eors r0, r3; eors r2, r0; eor r6, r8, r0; eors r1, r4; eors r7, r2; eors r4, r6; eor r3, lr, r11\n"
        "eors r2, r3\n"
        "ldr r0, [sp, #40]; ldmdb r0!, {r5, r8, r10, r11}; str r0, [sp, #40]; and r0, r5, #0x0f0f0f0f\n"
        "eor r5, r5, r0; eor r3, r3, r0; eor r3, r3, r0, lsl #4; eor r12, r12, r5; eor r12, r12, r5, lsr #4\n"
        "and r0, r8, #0x0f0f0f0f; eor r8, r8, r0; eor r7, r7, r0; eor r7, r7, r0, lsl #4; eor r6, r6, r8\n"
        "eor r6, r6, r8, lsr #4; and r0, r10, #0x0f0f0f0f; eor r10, r10, r0; eor r2, r2, r0; eor r2, r2, r0, lsl #4\n"
        "eor r1, r1, r10; eor r1, r1, r10, lsr #4; and r0, r11, #0x0f0f0f0f; eor r11, r11, r0; eor r4, r4, r0\n"
        "eor r4, r4, r0, lsl #4; eor r9, r9, r11; eor r9, r9, r11, lsr #4; ldr pc, [sp, #48]\n"
        "2:\n"
        "ldr r0, [sp, #52]; str r3, [r0, #0]; str r7, [r0, #4]; str r2, [r0, #8]; str r4, [r0, #12]\n"
        "str r12, [r0, #16]; str r6, [r0, #20]; str r1, [r0, #24]; str r9, [r0, #28]\n"
        "movs r0, #0; str r0, [sp, #0]; str r0, [sp, #4]; str r0, [sp, #8]; str r0, [sp, #12]; str r0, [sp, #16]\n"
        "str r0, [sp, #20]; str r0, [sp, #24]; str r0, [sp, #28]; str r0, [sp, #32]; str r0, [sp, #36]\n"
        "add sp, #56; pop {r4-r11}\n"
        : "+r"(r0), "+r"(r1)
        :
        : "r2", "r3", "r12", "lr", "cc", "memory");
}

#undef MIX_COLUMNS_AND_COPY
#undef INV_MIX_COLUMNS_ODD
