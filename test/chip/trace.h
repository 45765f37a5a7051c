/* test/chip/trace.h - what the QEMU plugin (test/chip/trace.c) tells the host (test/chip/qemu.c), in shared memory. */
#ifndef CHIP_TRACE_H
#define CHIP_TRACE_H

#include <stdint.h>

enum trace_state { TRACE_BEFORE, TRACE_INSIDE, TRACE_AFTER };

#define TRACE_MAX_EVENTS 64

struct trace {
    /* From the host: the function to watch, and the array whose index is the byte that is declassified. */
    uint32_t target;
    uint32_t told;
    /* From the plugin: the call, from the instruction that makes it to the return. */
    volatile uint32_t state; /* enum trace_state */
    uint32_t events;
    uint64_t instructions;
    uint64_t cycles; /* estimated (test/chip/cycles.h) */
    uint64_t stack;
    uint64_t digest; /* of every instruction's address and every address that it read or wrote, in order */
    struct {
        uint64_t digest;
        uint8_t byte;
    } event[TRACE_MAX_EVENTS];
};

#endif
