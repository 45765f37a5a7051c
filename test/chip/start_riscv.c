/* test/chip/start_riscv.c - RV32: start, and how a trap or a semihosting call reaches the host. */
#include "semihosting.h"

#include <stdint.h>

__asm__(".option arch, +zicsr"); /* the registers that a trap and the memory protection use */

extern uint32_t chip_bss[], chip_bss_end[];

int main(void);
void chip_start(void);

/* The debugger's sequence, which must not be compressed: operation in a0, the address of its arguments in a1. */
uintptr_t semihosting_call(uintptr_t operation, const void *arguments)
{
    register uintptr_t a0 __asm__("a0") = operation;
    register const void *a1 __asm__("a1") = arguments;

    __asm__ volatile(".option push\n"
                     ".option norvc\n"
                     ".balign 16\n"
                     "slli zero, zero, 0x1f\n"
                     "ebreak\n"
                     "srai zero, zero, 7\n"
                     ".option pop"
                     : "+r"(a0)
                     : "r"(a1)
                     : "memory");
    return a0;
}

/* Every trap ends here: mepc is where, mtval the address. */
__attribute__((used, aligned(4))) static void trap(void)
{
    uint32_t pc, address, ra;

    __asm__ volatile("mv %0, ra" : "=r"(ra));
    __asm__ volatile("csrr %0, mepc" : "=r"(pc));
    __asm__ volatile("csrr %0, mtval" : "=r"(address));
    semihosting_fault(pc, ra, address);
}

/* Nothing but the program's own 256 KiB of code and 16 KiB of RAM. The bits of an entry: 0x80 locked, so for machine mode
 * too, 0x18 a power of two in size, 0x4 execute, 0x2 write, 0x1 read. */
static void start_memory_protection(void)
{
    __asm__ volatile("csrw pmpaddr0, %0" ::"r"(0x80000000 >> 2 | (0x40000 / 8 - 1)));
    __asm__ volatile("csrw pmpaddr1, %0" ::"r"(0x80040000 >> 2 | (0x4000 / 8 - 1)));
    __asm__ volatile("csrw pmpaddr2, %0" ::"r"(0xffffffff));
    __asm__ volatile("csrw pmpcfg0, %0" ::"r"(0x98u << 16 | 0x9bu << 8 | 0x9du));
}

__attribute__((used, noreturn)) static void start_c(void)
{
    for (uint32_t *word = chip_bss; word != chip_bss_end;)
        *word++ = 0;
    __asm__ volatile("csrw mtvec, %0" ::"r"(trap));
    start_memory_protection();
    main();
    for (;;) {
    }
}

__attribute__((naked, section(".start"), used)) void chip_start(void)
{
    __asm__("la sp, chip_stack_top\n"
            "j %0" ::"i"(start_c));
}
