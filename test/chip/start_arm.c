/* test/chip/start_arm.c - Cortex-M: vectors, start, and how a fault or a semihosting call reaches the host. */
#include "semihosting.h"

#include <stdint.h>

extern uint32_t chip_data[], chip_data_end[], chip_data_load[], chip_bss[], chip_bss_end[], chip_stack_top[];

int main(void);
void chip_start(void);

/* The debugger's instruction: operation in r0, the address of its arguments in r1, the answer in r0. */
uintptr_t semihosting_call(uintptr_t operation, const void *arguments)
{
    register uintptr_t r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = arguments;

    __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

/* frame is what the processor has pushed: r0 to r3, r12, lr, pc, psr. */
__attribute__((used)) static void report_fault(const uint32_t *frame)
{
#if defined(__ARM_ARCH_7M__) || defined(__ARM_ARCH_7EM__)
    const uint32_t status = *(volatile uint32_t *)0xe000ed28; /* CFSR */
    uint32_t address = 0xffffffff;

    if (status & 1 << 7) /* MMARVALID */
        address = *(volatile uint32_t *)0xe000ed34;
    else if (status & 1 << 15) /* BFARVALID */
        address = *(volatile uint32_t *)0xe000ed38;
    semihosting_fault(frame[6], frame[5], address);
#else
    semihosting_fault(frame[6], frame[5], 0xffffffff);
#endif
}

__attribute__((naked)) static void fault(void)
{
    __asm__("mrs r0, msp\n"
            "ldr r1, =report_fault\n"
            "bx r1\n");
}

#if defined(__ARM_ARCH_7M__) || defined(__ARM_ARCH_7EM__)
/* Nothing but the program's own 256 KiB of flash and 16 KiB of RAM: everything else, and writing to flash, is a fault. */
static void start_memory_protection(void)
{
    volatile uint32_t *const mpu = (volatile uint32_t *)0xe000ed90; /* TYPE, CTRL, RNR, RBAR, RASR */

    mpu[3] = 0x00000000 | 1 << 4 | 0;                      /* region 0 */
    mpu[4] = 6u << 24 | 1u << 17 | (18 - 1) << 1 | 1;      /* read-only, 2^18 bytes */
    mpu[3] = 0x20000000 | 1 << 4 | 1;                      /* region 1 */
    mpu[4] = 3u << 24 | 1u << 18 | (14 - 1) << 1 | 1;      /* read and write, 2^14 bytes */
    mpu[1] = 1;                                            /* without a background region */
    *(volatile uint32_t *)0xe000ed24 |= 1 << 16 | 1 << 17; /* SHCSR: memory management and bus faults of their own */
    __asm__ volatile("dsb\nisb" ::: "memory");
}
#else
static void start_memory_protection(void)
{
}
#endif

__attribute__((used, noreturn)) void chip_start(void)
{
    const uint32_t *load = chip_data_load;

    for (uint32_t *word = chip_data; word != chip_data_end;)
        *word++ = *load++;
    for (uint32_t *word = chip_bss; word != chip_bss_end;)
        *word++ = 0;
    start_memory_protection();
    main();
    for (;;) {
    }
}

__attribute__((section(".vectors"), used)) static const uintptr_t vectors[16] = {
    (uintptr_t)chip_stack_top, (uintptr_t)chip_start, (uintptr_t)fault, (uintptr_t)fault, (uintptr_t)fault, (uintptr_t)fault,
    (uintptr_t)fault,          (uintptr_t)fault,      (uintptr_t)fault, (uintptr_t)fault, (uintptr_t)fault, (uintptr_t)fault,
    (uintptr_t)fault,          (uintptr_t)fault,      (uintptr_t)fault, (uintptr_t)fault,
};
