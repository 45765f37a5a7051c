/* test/chip/glue_avr.c - the chip's side of simavr: nothing to do but to be at a known address. */
#include "program.h"

__attribute__((noinline)) void chip_ready(void)
{
    __asm__ volatile("nop" ::: "memory");
}
