/* test/chip/cycles.c - see test/chip/cycles.h. Encodings: Armv7-M ARM (DDI 0403E) chapter A5, RISC-V specification. */
#include "cycles.h"

static unsigned count_bits(unsigned list)
{
    unsigned count = 0;

    for (; list != 0; list &= list - 1)
        count++;
    return count;
}

static void cost(struct instruction *i, unsigned cycles, unsigned taken)
{
    i->cycles = i->cycles_pipelined = (uint8_t)cycles;
    i->cycles_taken = (uint8_t)taken;
}

static void stack(struct instruction *i, enum stack_effect effect, int32_t amount)
{
    i->stack = effect;
    i->amount = amount;
}

static void load(struct instruction *i, int m0)
{
    cost(i, 2, m0 ? 0 : 2); /* a load into pc is a branch */
    i->cycles_pipelined = m0 ? 2 : 1;
    i->single_access = 1;
}

static void store(struct instruction *i, int m0)
{
    cost(i, m0 ? 2 : 1, 0);
    i->single_access = 1;
}

/* Thumb instructions of 16 bits; op is all of them, as all that a Cortex-M0 has but for BL and a few system ones. */
static void decode_16(struct instruction *i, unsigned op, int m0)
{
    const unsigned registers = count_bits(op & 0x1ff);

    cost(i, 1, m0 ? 2 : 2);        /* whatever writes pc has to refill the pipeline */
    if ((op & 0xfe00) == 0xb400) { /* push */
        cost(i, 1 + registers, 0);
        stack(i, STACK_PUSH, 0);
    } else if ((op & 0xfe00) == 0xbc00) { /* pop */
        cost(i, 1 + registers, m0 ? 3 : 2);
        stack(i, STACK_POP, 0);
    } else if ((op & 0xf000) == 0xc000) { /* ldm, stm */
        cost(i, 1 + count_bits(op & 0xff), 0);
    } else if ((op & 0xf800) == 0x4800 || ((op & 0xf000) == 0x5000 && (op & 0x0e00) >= 0x0600) ||
               ((op & 0xe000) == 0x6000 && (op & 0x0800)) || ((op & 0xe000) == 0x8000 && (op & 0x0800))) {
        load(i, m0);
        if ((op & 0xf800) == 0x9800)
            stack(i, STACK_AT, (int32_t)(op & 0xff) * 4);
    } else if ((op & 0xf000) == 0x5000 || (op & 0xe000) == 0x6000 || (op & 0xe000) == 0x8000) {
        store(i, m0);
        if ((op & 0xf000) == 0x5000 && !m0)
            cost(i, 2, 0); /* the address needs two registers, the data a third */
        if ((op & 0xf800) == 0x9000)
            stack(i, STACK_AT, (int32_t)(op & 0xff) * 4);
    } else if ((op & 0xff80) == 0xb080) {
        stack(i, STACK_MOVE, -(int32_t)(op & 0x7f) * 4);
    } else if ((op & 0xff80) == 0xb000) {
        stack(i, STACK_MOVE, (int32_t)(op & 0x7f) * 4);
    } else if ((op & 0xff87) == 0x4485 || (op & 0xff87) == 0x4685) { /* add sp, register; mov sp, register */
        stack(i, STACK_UNKNOWN, 0);
    }
}

/* Thumb's modified 12-bit constants, for the stack frames that use them. */
static uint32_t modified_constant(unsigned first, unsigned second)
{
    const unsigned code = (first >> 10 & 1) << 11 | (second >> 12 & 7) << 8 | (second & 0xff);
    const unsigned rotate = code >> 7;
    const uint32_t value = 0x80 | (code & 0x7f);

    if (code < 0x100)
        return code;
    return rotate < 8 ? 0 : value >> rotate | value << (32 - rotate);
}

static void decode_32_stack(struct instruction *i, unsigned first, unsigned second)
{
    const int32_t imm12 = (int32_t)((first >> 10 & 1) << 11 | (second >> 12 & 7) << 8 | (second & 0xff));

    if (first == 0xe92d || (first == 0xf84d && (second & 0x0fff) == 0x0d04))
        stack(i, STACK_PUSH, 0);
    else if (first == 0xe8bd || (first == 0xf85d && (second & 0x0fff) == 0x0b04))
        stack(i, STACK_POP, 0);
    else if ((first & 0xfe8f) == 0xf88d) /* single, [sp, #imm12] */
        stack(i, STACK_AT, (int32_t)(second & 0xfff));
    else if (first == 0xe9cd || first == 0xe9dd) /* strd, ldrd [sp, #imm8 * 4] */
        stack(i, STACK_AT, (int32_t)(second & 0xff) * 4);
    else if ((first & 0xfbef) == 0xf1ad && (second & 0x0f00) == 0x0d00)
        stack(i, STACK_MOVE, -(int32_t)modified_constant(first, second));
    else if ((first & 0xfbef) == 0xf10d && (second & 0x0f00) == 0x0d00)
        stack(i, STACK_MOVE, (int32_t)modified_constant(first, second));
    else if ((first & 0xffef) == 0xeb0d && (second & 0x0f00) == 0x0d00) /* add sp, sp, register */
        stack(i, STACK_UNKNOWN, 0);
    else if ((first & 0xffef) == 0xebad && (second & 0x0f00) == 0x0d00) /* sub sp, sp, register */
        stack(i, STACK_UNKNOWN, 0);
    else if ((first & 0xfbff) == 0xf2ad && (second & 0x0f00) == 0x0d00)
        stack(i, STACK_MOVE, -imm12);
    else if ((first & 0xfbff) == 0xf20d && (second & 0x0f00) == 0x0d00)
        stack(i, STACK_MOVE, imm12);
}

static void decode_32(struct instruction *i, unsigned first, unsigned second, int m0)
{
    cost(i, 1, 2);
    if ((first & 0xf800) == 0xf000 && (second & 0x8000)) { /* branches and system instructions */
        if ((second & 0xd000) == 0xd000)
            cost(i, 1, m0 ? 3 : 2); /* bl */
        else if ((second & 0x5000) == 0 && (first & 0x0380) == 0x0380)
            cost(i, m0 ? 4 : 2, 0);
    } else if ((first & 0xfe40) == 0xe800) { /* ldm, stm */
        cost(i, 1 + count_bits(second), 2);
    } else if ((first & 0xfff0) == 0xe8d0 && (second & 0xffe0) == 0xf000) { /* tbb, tbh */
        cost(i, 2, 2);
    } else if ((first & 0xfe40) == 0xe840) { /* ldrd, strd, exclusive */
        cost(i, 3, 0);
    } else if ((first & 0xfe00) == 0xf800) { /* single load or store */
        if (first & 0x0010) {
            load(i, 0);
        } else {
            store(i, 0);
            if (!(first & 0x0080) && !(second & 0x0800))
                cost(i, 2, 0); /* a register offset */
        }
    } else if ((first & 0xff90) == 0xfb90) { /* division: up to 12 */
        cost(i, 12, 0);
    }
    decode_32_stack(i, first, second);
}

static int32_t sign_extend(uint32_t value, unsigned bits)
{
    const uint32_t sign = (uint32_t)1 << (bits - 1);

    return (int32_t)((value ^ sign) - sign);
}

/* RISC-V with compressed instructions: the stack pointer is x2. */
static void decode_riscv(struct instruction *i, uint32_t op)
{
    cost(i, 1, 0);
    if (i->size == 2) {
        if ((op & 0xef83) == 0x6101) /* c.addi16sp */
            stack(i, STACK_MOVE,
                  sign_extend((op >> 12 & 1) << 9 | (op >> 3 & 3) << 7 | (op >> 5 & 1) << 6 | (op >> 2 & 1) << 5 |
                                  (op >> 6 & 1) << 4,
                              10));
        else if ((op & 0xef83) == 0x0101) /* c.addi sp, imm */
            stack(i, STACK_MOVE, sign_extend((op >> 12 & 1) << 5 | (op >> 2 & 31), 6));
        else if ((op & 0xe003) == 0xc002) /* c.swsp */
            stack(i, STACK_AT, (int32_t)((op >> 7 & 3) << 6 | (op >> 9 & 15) << 2));
        else if ((op & 0xe003) == 0x4002) /* c.lwsp */
            stack(i, STACK_AT, (int32_t)((op >> 2 & 3) << 6 | (op >> 12 & 1) << 5 | (op >> 4 & 7) << 2));
        else if ((op & 0xef83) == 0x8102) /* c.mv sp, register; c.add sp, register */
            stack(i, STACK_UNKNOWN, 0);
    } else if ((op & 0xfffff) == 0x10113) { /* addi sp, sp, imm */
        stack(i, STACK_MOVE, sign_extend(op >> 20, 12));
    } else if ((op & 0xf807f) == 0x10023) { /* stores by sp */
        stack(i, STACK_AT, sign_extend((op >> 25) << 5 | (op >> 7 & 31), 12));
    } else if ((op & 0xf807f) == 0x10003) { /* loads by sp */
        stack(i, STACK_AT, sign_extend(op >> 20, 12));
    } else if ((op & 0xf80) == 0x100 && ((op & 0x7f) == 0x33 || (op & 0x7f) == 0x13)) {
        stack(i, STACK_UNKNOWN, 0);
    }
}

void instruction_decode(struct instruction *instruction, const uint8_t *bytes, enum cycle_model model)
{
    const unsigned first = bytes[0] | (unsigned)bytes[1] << 8;
    const int is_long = model == MODEL_RISCV ? (first & 3) == 3 : first >= 0xe800;
    const unsigned second = is_long ? bytes[2] | (unsigned)bytes[3] << 8 : 0;

    instruction->size = is_long ? 4 : 2;
    if (model == MODEL_RISCV)
        decode_riscv(instruction, first | (uint32_t)second << 16);
    else if (is_long)
        decode_32(instruction, first, second, model == MODEL_M0);
    else
        decode_16(instruction, first, model == MODEL_M0);
}
