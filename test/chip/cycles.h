/* test/chip/cycles.h - what an instruction costs, and what it does to the stack pointer: a model, not a simulation.
 *
 * Arm's technical reference manuals give the cycles of each instruction with memory that has no wait states (Cortex-M0:
 * DDI 0432C table 3-1; Cortex-M4: DDI 0439D table 3-1 and section 3.3.2). Where they leave a choice:
 *   M4  a taken branch refills the pipeline in 2 cycles (P = 2); a single load right after another single load or store takes
 *       one cycle, else two; a single store takes one, its data phase overlapping what follows; IT takes one
 *   M0  the multiplier of one cycle
 * How far it errs: for the AES-128 encryption of cortexm-AES (jnk0le; assembly, a table look-up in every fourth instruction) its
 * author measured, on boards without wait states, 1666 cycles on a Cortex-M0, 657 on an M3 and 669 on an M4; the model gives 1666
 * for the M0 and 633 for the others: exact, -3.7 %, -5.4 %. It knows nothing of loads that meet in memory.
 *
 * The Cortex-M3 differs from the M4 in multiplications alone, which mote does not use. A Cortex-M7 issues two
 * instructions at once and RISC-V cores differ: for them instructions are counted, not cycles. */
#ifndef CHIP_CYCLES_H
#define CHIP_CYCLES_H

#include <stddef.h>
#include <stdint.h>

enum cycle_model { MODEL_NONE, MODEL_M0, MODEL_M4, MODEL_RISCV };

/* How the stack pointer follows from an instruction; `amount` in bytes. */
enum stack_effect {
    STACK_NONE,
    STACK_PUSH,   /* it is then the lowest address that was written */
    STACK_POP,    /* the highest address that was read, plus 4 */
    STACK_AT,     /* an access at the stack pointer plus amount */
    STACK_MOVE,   /* it changes by amount */
    STACK_UNKNOWN /* by a register: unknown until one of the above */
};

struct instruction {
    uint32_t address;
    uint8_t size;
    uint8_t cycles; /* of a load after another load or store: cycles_pipelined */
    uint8_t cycles_pipelined;
    uint8_t cycles_taken;  /* more, if the next instruction is elsewhere */
    uint8_t single_access; /* a single load or store */
    uint8_t stack;         /* enum stack_effect */
    int32_t amount;
};

/* All but the address. The size is found from the bytes, of which there are as many as that. */
void instruction_decode(struct instruction *instruction, const uint8_t *bytes, enum cycle_model model);

#endif
