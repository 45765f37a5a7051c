/* test/chip/chip.h - a simulated chip, as the host sees it.
 *
 * One file per simulator implements it (simavr.c, qemu.c); everything else here is the same for every chip. The program
 * on the chip is test/chip/program.c. Two environment variables say what runs: MOTE_CHIP, the chip or board by the simulator's
 * name for it, and MOTE_CHIP_ELF, the program. */
#ifndef CHIP_H
#define CHIP_H

#include "mailbox.h"

/* Start the simulator. Ends the program with status 77 (skipped) and the reason if there is none. */
void chip_start(void);

/* After chip_start. */
extern size_t chip_word;          /* sizeof(size_t) on the chip */
extern int chip_big_endian;       /* 0 unless chip_start sets it */
extern size_t chip_arena_address; /* free memory for arguments, aligned to 8 */
extern size_t chip_arena_len;

#define CHIP_MAX_ARENA 65536

#define CHIP_MAX_STACK 16384

/* One call. In: function, args, the whole arena, of which the first `used` bytes must survive. Out: result, the arena, and what
 * lies below the stack pointer when all is done. Where the chip's stack lies above the arguments in the arena, `low` is
 * the lowest offset that it reached, else chip_arena_len. */
struct chip_call {
    size_t function;
    size_t args[CHIP_MAX_ARGS];
    size_t result;
    uint8_t arena[CHIP_MAX_ARENA];
    size_t used;
    size_t low;
    uint8_t stack[CHIP_MAX_STACK];
    size_t stack_len;
};
void chip_run(struct chip_call *call);

/* What the last call of a function was seen to do, from the instruction that calls it to its return. */
#define CHIP_MAX_EVENTS 64
struct chip_trace {
    size_t function; /* which it was */
    uint64_t cost;   /* cycles: exact on the AVRs, estimated on the others */
    uint64_t instructions;
    size_t stack;   /* bytes of stack, return address included */
    uint64_t stamp; /* equal for two calls if they took the same course: the cycles, or a digest of all addresses */
    /* Each byte that was declassified, and the stamp at that moment. */
    size_t events;
    struct {
        uint64_t stamp;
        uint8_t byte;
    } event[CHIP_MAX_EVENTS];
};
extern struct chip_trace chip_trace;
extern const int chip_stamp_is_cycles; /* else a digest */

/* Numbers in the chip's memory and in its byte order, chip_word bytes long. */
void put_word(uint8_t *at, size_t value);
size_t get_word(const uint8_t *at);

/* The name of a function of the chip, as in its ELF file. */
extern const char *const chip_function_name[CHIP_FUNCTION_COUNT];

/* A fault on the chip or in the rig: print what and end the program as failed. */
void chip_fail(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2), noreturn))
#endif
    ;

#endif
