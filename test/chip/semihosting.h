/* test/chip/semihosting.h - files of the host, opened by the program on the chip: Arm's semihosting, which RISC-V shares. */
#ifndef CHIP_SEMIHOSTING_H
#define CHIP_SEMIHOSTING_H

#include <stdint.h>

/* The one instruction that each architecture has for it (start_arm.c, start_riscv.c). */
uintptr_t semihosting_call(uintptr_t operation, const void *arguments);

/* The processor has stopped at pc, called from lr, for an access to address (or all ones): tell the host, and end. */
void semihosting_fault(uint32_t pc, uint32_t lr, uint32_t address);

/* What the chip sends: CHIP_ANSWER, the mailbox, the arena and the stack; or CHIP_FAULT, pc, lr and address. */
#define CHIP_ANSWER 0x6d6f7465u
#define CHIP_FAULT 0x66617574u

#endif
