/* test/chip/test_cycles.c - the model of test/chip/cycles.h, instruction by instruction, against the manuals' tables.
 *
 * Encodings as the assembler makes them; the columns are the cycles by the model, those added when it branches, and what it
 * does to the stack pointer. */
#include "cycles.h"

#include <stdio.h>
#include <stdlib.h>

struct expectation {
    const char *text;
    uint8_t size;
    uint32_t code; /* the first 16 bits are the high ones of a 32-bit Thumb instruction */
    unsigned m0, m0_taken, m4, m4_taken;
    enum stack_effect stack;
    int32_t amount;
};

/* Where the processor does not branch, what a branch would add is of no interest: ANY. 0 cycles: the M0 has it not. */
#define ANY 99

static const struct expectation thumb[] = {
    {"movs r0, #1", 2, 0x2001, 1, ANY, 1, ANY, STACK_NONE, 0},
    {"adds r0, r1, r2", 2, 0x1888, 1, ANY, 1, ANY, STACK_NONE, 0},
    {"lsls r0, r1, #3", 2, 0x00c8, 1, ANY, 1, ANY, STACK_NONE, 0},
    {"muls r0, r1", 2, 0x4348, 1, ANY, 1, ANY, STACK_NONE, 0},
    {"push {r4-r7, lr}", 2, 0xb5f0, 6, 0, 6, 0, STACK_PUSH, 0},
    {"pop {r4-r7, pc}", 2, 0xbdf0, 6, 3, 6, 2, STACK_POP, 0},
    {"pop {r4, r5}", 2, 0xbc30, 3, ANY, 3, ANY, STACK_POP, 0},
    {"stmia r0!, {r1-r3}", 2, 0xc00e, 4, 0, 4, 0, STACK_NONE, 0},
    {"ldmia r0!, {r1-r4}", 2, 0xc81e, 5, 0, 5, 0, STACK_NONE, 0},
    {"ldr r0, [pc, #4]", 2, 0x4801, 2, ANY, 2, ANY, STACK_NONE, 0},
    {"ldr r0, [r1, #4]", 2, 0x6848, 2, ANY, 2, ANY, STACK_NONE, 0},
    {"ldr r0, [r1, r2]", 2, 0x5888, 2, ANY, 2, ANY, STACK_NONE, 0},
    {"ldrb r0, [r1, #1]", 2, 0x7848, 2, ANY, 2, ANY, STACK_NONE, 0},
    {"ldrh r0, [r1, #2]", 2, 0x8848, 2, ANY, 2, ANY, STACK_NONE, 0},
    {"ldrsh r0, [r1, r2]", 2, 0x5e88, 2, ANY, 2, ANY, STACK_NONE, 0},
    {"str r0, [r1, #4]", 2, 0x6048, 2, 0, 1, 0, STACK_NONE, 0},
    {"str r0, [r1, r2]", 2, 0x5088, 2, 0, 2, 0, STACK_NONE, 0},
    {"strb r0, [r1, #1]", 2, 0x7048, 2, 0, 1, 0, STACK_NONE, 0},
    {"strh r0, [r1, #2]", 2, 0x8048, 2, 0, 1, 0, STACK_NONE, 0},
    {"ldr r0, [sp, #24]", 2, 0x9806, 2, ANY, 2, ANY, STACK_AT, 24},
    {"str r0, [sp, #24]", 2, 0x9006, 2, 0, 1, 0, STACK_AT, 24},
    {"sub sp, #40", 2, 0xb08a, 1, ANY, 1, ANY, STACK_MOVE, -40},
    {"add sp, #40", 2, 0xb00a, 1, ANY, 1, ANY, STACK_MOVE, 40},
    {"add sp, r4", 2, 0x44a5, 1, ANY, 1, ANY, STACK_UNKNOWN, 0},
    {"mov sp, r7", 2, 0x46bd, 1, ANY, 1, ANY, STACK_UNKNOWN, 0},
    {"bne", 2, 0xd102, 1, 2, 1, 2, STACK_NONE, 0},
    {"b", 2, 0xe002, 1, 2, 1, 2, STACK_NONE, 0},
    {"bl", 4, 0xf000f802, 1, 3, 1, 2, STACK_NONE, 0},
    {"bx lr", 2, 0x4770, 1, 2, 1, 2, STACK_NONE, 0},
    {"blx r3", 2, 0x4798, 1, 2, 1, 2, STACK_NONE, 0},
    {"cbz r0", 2, 0xb110, 0, 0, 1, 2, STACK_NONE, 0},
    {"it eq", 2, 0xbf08, 0, 0, 1, ANY, STACK_NONE, 0},
    {"eor.w r0, r1, r2, ror #8", 4, 0xea812032, 0, 0, 1, ANY, STACK_NONE, 0},
    {"movw r0, #1234", 4, 0xf24040d2, 0, 0, 1, ANY, STACK_NONE, 0},
    {"uxtb.w r9, r1, ror #8", 4, 0xfa5ff991, 0, 0, 1, ANY, STACK_NONE, 0},
    {"stmdb sp!, {r4-r11, lr}", 4, 0xe92d4ff0, 0, 0, 10, ANY, STACK_PUSH, 0},
    {"ldmia.w sp!, {r4-r11, pc}", 4, 0xe8bd8ff0, 0, 0, 10, 2, STACK_POP, 0},
    {"ldmia.w r12!, {r0-r3}", 4, 0xe8bc000f, 0, 0, 5, ANY, STACK_NONE, 0},
    {"stmdb r0!, {r1-r6}", 4, 0xe920007e, 0, 0, 7, ANY, STACK_NONE, 0},
    {"ldr.w r0, [r1, r2, lsl #2]", 4, 0xf8510022, 0, 0, 2, ANY, STACK_NONE, 0},
    {"ldr.w r0, [r1, #400]", 4, 0xf8d10190, 0, 0, 2, ANY, STACK_NONE, 0},
    {"str.w r0, [r1, #400]", 4, 0xf8c10190, 0, 0, 1, 0, STACK_NONE, 0},
    {"str.w r0, [r1, r2, lsl #2]", 4, 0xf8410022, 0, 0, 2, 0, STACK_NONE, 0},
    {"ldrd r0, r1, [r2, #8]", 4, 0xe9d20102, 0, 0, 3, ANY, STACK_NONE, 0},
    {"strd r0, r1, [sp, #8]", 4, 0xe9cd0102, 0, 0, 3, ANY, STACK_AT, 8},
    {"ldr.w r8, [sp, #260]", 4, 0xf8dd8104, 0, 0, 2, ANY, STACK_AT, 260},
    {"str r8, [sp, #-4]!", 4, 0xf84d8d04, 0, 0, 1, 0, STACK_PUSH, 0},
    {"ldr r8, [sp], #4", 4, 0xf85d8b04, 0, 0, 2, ANY, STACK_POP, 0},
    {"sub.w sp, sp, #1024", 4, 0xf5ad6d80, 0, 0, 1, ANY, STACK_MOVE, -1024},
    {"subw sp, sp, #1020", 4, 0xf2ad3dfc, 0, 0, 1, ANY, STACK_MOVE, -1020},
    {"add.w sp, sp, #1024", 4, 0xf50d6d80, 0, 0, 1, ANY, STACK_MOVE, 1024},
    {"addw sp, sp, #1020", 4, 0xf20d3dfc, 0, 0, 1, ANY, STACK_MOVE, 1020},
    {"sub.w sp, sp, r3", 4, 0xebad0d03, 0, 0, 1, ANY, STACK_UNKNOWN, 0},
    {"tbb [pc, r0]", 4, 0xe8dff000, 0, 0, 2, 2, STACK_NONE, 0},
    {"udiv r0, r1, r2", 4, 0xfbb1f0f2, 0, 0, 12, ANY, STACK_NONE, 0},
    {"umull r0, r1, r2, r3", 4, 0xfba20103, 0, 0, 1, ANY, STACK_NONE, 0},
    {"bne.w", 4, 0xf04087ce, 0, 0, 1, 2, STACK_NONE, 0},
    {"b.w", 4, 0xf000bfce, 0, 0, 1, 2, STACK_NONE, 0},
    {"dsb", 4, 0xf3bf8f4f, 4, ANY, 2, ANY, STACK_NONE, 0},
};

static const struct expectation riscv[] = {
    {"c.addi16sp sp, -64", 2, 0x7139, 1, 0, 0, 0, STACK_MOVE, -64},
    {"c.addi sp, 16", 2, 0x0141, 1, 0, 0, 0, STACK_MOVE, 16},
    {"c.addi sp, -16", 2, 0x1141, 1, 0, 0, 0, STACK_MOVE, -16},
    {"c.swsp a0, 12", 2, 0xc62a, 1, 0, 0, 0, STACK_AT, 12},
    {"c.lwsp a0, 60", 2, 0x5572, 1, 0, 0, 0, STACK_AT, 60},
    {"addi sp, sp, -2000", 4, 0x83010113, 1, 0, 0, 0, STACK_MOVE, -2000},
    {"sw a0, 12(sp)", 4, 0x00a12623, 1, 0, 0, 0, STACK_AT, 12},
    {"lb a0, -3(sp)", 4, 0xffd10503, 1, 0, 0, 0, STACK_AT, -3},
    {"add sp, sp, t0", 4, 0x00510133, 1, 0, 0, 0, STACK_UNKNOWN, 0},
    {"add a0, a1, a2", 4, 0x00c58533, 1, 0, 0, 0, STACK_NONE, 0},
};

static unsigned failures;

static void check(const struct expectation *e, enum cycle_model model, unsigned cycles, unsigned taken)
{
    struct instruction instruction = {0};
    /* Thumb keeps the halves of an instruction in the order of the text, RISC-V the lower half first. */
    const uint32_t code = e->size == 4 && model != MODEL_RISCV ? e->code << 16 | e->code >> 16 : e->code;
    const uint8_t bytes[4] = {(uint8_t)code, (uint8_t)(code >> 8), (uint8_t)(code >> 16), (uint8_t)(code >> 24)};

    instruction_decode(&instruction, bytes, model);
    if (instruction.size != e->size || instruction.cycles != cycles || (taken != ANY && instruction.cycles_taken != taken) ||
        instruction.stack != e->stack || instruction.amount != e->amount) {
        printf("%s, model %d: %u cycles (%u), %u more when it branches (%u), stack effect %d %d (%d %d)\n", e->text,
               (int)model, instruction.cycles, cycles, instruction.cycles_taken, taken, instruction.stack,
               (int)instruction.amount, (int)e->stack, (int)e->amount);
        failures++;
    }
}

int main(void)
{
    unsigned checks = 0;

    for (size_t i = 0; i < sizeof thumb / sizeof thumb[0]; i++) {
        if (thumb[i].m0 != 0) {
            check(&thumb[i], MODEL_M0, thumb[i].m0, thumb[i].m0_taken);
            checks++;
        }
        check(&thumb[i], MODEL_M4, thumb[i].m4, thumb[i].m4_taken);
        checks++;
    }
    for (size_t i = 0; i < sizeof riscv / sizeof riscv[0]; i++) {
        check(&riscv[i], MODEL_RISCV, riscv[i].m0, ANY);
        checks++;
    }
    printf("checks: cycles %u\n", checks);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
