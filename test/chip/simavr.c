/* test/chip/simavr.c - the AVR chips, simulated by simavr (https://github.com/buserror/simavr) in this process.
 *
 * The host steps the simulated processor one instruction at a time, so it sees the exact cycle of every call and return,
 * the lowest stack pointer, and whether the registers that a function must preserve are preserved. */
#include "chip.h"

#include <simavr/sim_avr.h>
#include <simavr/sim_core.h>
#include <simavr/sim_elf.h>
#include <simavr/sim_io.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GPIOR0 0x3e /* test/chip/declassify.h */
#define SPL 0x5d
#define SPH 0x5e
#define RAM_OFFSET 0x800000 /* where avr-gcc's ELF files put the data space */
#define UNIT_STATE 12 /* bytes of struct mock_unit_state (test/mock_unit.c) */
#define MAX_CYCLES 500000000

const int chip_stamp_is_cycles = 1;
size_t chip_word = 2;
size_t chip_arena_address;
size_t chip_arena_len;

static avr_t *avr;
static elf_firmware_t firmware;
static uint32_t ram, ready, mailbox, unit, function_address[CHIP_FUNCTION_COUNT];
static uint8_t statics[8192]; /* what lies below the arena, but for the mailbox */
static uint64_t call_cycle;   /* when the function was called */

static uint32_t symbol(const char *name)
{
    for (uint32_t i = 0; i < firmware.symbolcount; i++) {
        if (strcmp(firmware.symbol[i]->symbol, name) == 0)
            return firmware.symbol[i]->addr;
    }
    return UINT32_MAX;
}

static uint32_t stack_pointer(void)
{
    return avr->data[SPL] | (uint32_t)avr->data[SPH] << 8;
}

static void told(struct avr_t *chip, avr_io_addr_t address, uint8_t byte, void *unused)
{
    (void)unused;
    chip->data[address] = byte;
    if (chip_trace.events == CHIP_MAX_EVENTS)
        chip_fail("more than %d bytes declassified in one call", CHIP_MAX_EVENTS);
    chip_trace.event[chip_trace.events].stamp = chip->cycle - call_cycle;
    chip_trace.event[chip_trace.events++].byte = byte;
}

static void step(void)
{
    avr->pc = avr_run_one(avr);
    if (avr->state != cpu_Running)
        chip_fail("the chip stopped at flash address 0x%x", (unsigned)avr->pc);
}

static void print_error(avr_t *chip, const int level, const char *format, va_list arguments)
{
    (void)chip;
    if (level <= LOG_ERROR)
        vfprintf(stderr, format, arguments);
}

void chip_start(void)
{
    const char *path = getenv("MOTE_CHIP_ELF"), *mcu = getenv("MOTE_CHIP");

    avr_global_logger_set(print_error);
    if (path == NULL || elf_read_firmware(path, &firmware) != 0)
        chip_fail("no program for the chip: MOTE_CHIP_ELF=%s", path != NULL ? path : "");
    avr = avr_make_mcu_by_name(mcu != NULL ? mcu : "");
    if (avr == NULL)
        chip_fail("simavr does not know the chip: MOTE_CHIP=%s", mcu != NULL ? mcu : "");
    avr_init(avr);
    avr_load_firmware(avr, &firmware);
    avr->log = LOG_ERROR;
    avr_register_io_write(avr, GPIOR0, told, NULL);

    ready = symbol("chip_ready");
    mailbox = symbol("chip_mailbox") - RAM_OFFSET;
    unit = symbol("mock_unit_state"); /* of the AES unit, where there is one */
    for (size_t i = 0; i < CHIP_FUNCTION_COUNT; i++)
        function_address[i] = symbol(chip_function_name[i]);
    chip_arena_address = (symbol("_end") - RAM_OFFSET + 7u) & ~7u;
    if (ready == UINT32_MAX || chip_arena_address > avr->ramend || mailbox > chip_arena_address)
        chip_fail("%s is not the chip's program", path);
    chip_arena_len = avr->ramend + 1u - chip_arena_address;

    avr->state = cpu_Running;
    while (avr->pc != ready) {
        step();
        if (avr->cycle > MAX_CYCLES)
            chip_fail("the chip does not start");
    }
    ram = avr->ioend + 1u;
    memcpy(statics, avr->data + ram, chip_arena_address - ram);
}

static void mailbox_write(size_t index, size_t value)
{
    avr->data[mailbox + 2 * index] = (uint8_t)value;
    avr->data[mailbox + 2 * index + 1] = (uint8_t)(value >> 8);
}

/* r2..r17 and the frame pointer r28:r29 are the caller's, r1 is zero whenever C code is entered or returns. */
static void check_registers(const uint8_t before[32], size_t function)
{
    static const uint8_t preserved[] = {2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 28, 29};

    for (size_t i = 0; i < sizeof preserved; i++) {
        if (avr->data[preserved[i]] != before[preserved[i]])
            chip_fail("%s does not preserve r%u", chip_function_name[function], preserved[i]);
    }
    if (avr->data[1] != 0)
        chip_fail("%s returns with r1 = %u, not 0", chip_function_name[function], avr->data[1]);
}

static uint32_t opcode_at(uint32_t address)
{
    return avr->flash[address] | (uint32_t)avr->flash[address + 1] << 8;
}

/* Half of the stack pointer is written, the other half follows in one of the next two instructions ("out SPL, r"): what
 * is seen in between is no depth that the stack has. */
static int stack_pointer_is_split(void)
{
    return (opcode_at(avr->pc) & 0xfe0f) == 0xbe0d || (opcode_at(avr->pc + 2) & 0xfe0f) == 0xbe0d;
}

/* The address that a call has just pushed: in words, the highest byte at the lowest address. */
static uint32_t return_address(uint32_t sp)
{
    uint32_t words = 0;

    for (uint32_t i = 0; i < avr->address_size; i++)
        words = words << 8 | avr->data[sp + 1 + i];
    return 2 * words;
}

/* Step until the function that the mailbox names returns, or, where the linker has inlined it away, until chip_ready. */
static uint32_t run(size_t function)
{
    const uint32_t target = function_address[function];
    const uint64_t limit = avr->cycle + MAX_CYCLES;
    uint32_t low = stack_pointer(), entry_sp = 0, return_to = 0;
    enum { BEFORE, INSIDE, AFTER } where = BEFORE;
    uint8_t registers[32];

    step();
    while (avr->pc != ready) {
        const uint64_t cycle = avr->cycle;
        const uint32_t pc = avr->pc;
        uint32_t sp;

        step();
        chip_trace.instructions += where == INSIDE;
        sp = stack_pointer();
        if (sp < low && !stack_pointer_is_split())
            low = sp;
        if (where == BEFORE && avr->pc == target) {
            where = INSIDE;
            entry_sp = low = sp;
            return_to = return_address(sp);
            call_cycle = cycle;
            chip_trace.instructions = 1;
            if ((opcode_at(pc) & 0xfe0e) != 0x940e)
                chip_fail("%s is not called by a call instruction", chip_function_name[function]);
            memcpy(registers, avr->data, 32);
        } else if (where == INSIDE && avr->pc == return_to && sp == entry_sp + avr->address_size) {
            where = AFTER;
            chip_trace.cost = chip_trace.stamp = avr->cycle - call_cycle;
            chip_trace.stack = entry_sp - low + avr->address_size;
            check_registers(registers, function);
        }
        if (avr->cycle > limit)
            chip_fail("%s does not return", chip_function_name[function]);
    }
    if (target != UINT32_MAX && where != AFTER)
        chip_fail("%s was not seen to be called and to return", chip_function_name[function]);
    return low;
}

void chip_run(struct chip_call *call)
{
    const uint32_t top = stack_pointer();
    uint32_t low;

    mailbox_write(0, call->function);
    for (size_t i = 0; i < CHIP_MAX_ARGS; i++)
        mailbox_write(2 + i, call->args[i]);
    if (chip_arena_address + call->used > top)
        chip_fail("the arguments take the whole memory of the chip");
    memcpy(avr->data + chip_arena_address, call->arena, top + 1 - chip_arena_address);

    low = run(call->function);
    if (stack_pointer() != top)
        chip_fail("%s leaves the stack pointer elsewhere", chip_function_name[call->function]);
    if (low < chip_arena_address + call->used)
        chip_fail("%s: the stack of %zu bytes runs into the arguments", chip_function_name[call->function],
                  (size_t)(top - low));
    call->low = low + 1 - chip_arena_address; /* the stack pointer shows the next free byte */
    memcpy(call->arena, avr->data + chip_arena_address, chip_arena_len);
    call->stack_len = top - low;
    memcpy(call->stack, avr->data + low + 1, call->stack_len);
    call->result = avr->data[mailbox + 2] | (size_t)avr->data[mailbox + 3] << 8;

    memcpy(statics + mailbox - ram, avr->data + mailbox, sizeof(uint16_t) * (2 + CHIP_MAX_ARGS));
    if (unit != UINT32_MAX)
        memcpy(statics + unit - RAM_OFFSET - ram, avr->data + unit - RAM_OFFSET, UNIT_STATE);
    if (memcmp(statics, avr->data + ram, chip_arena_address - ram) != 0)
        chip_fail("%s changed static memory", chip_function_name[call->function]);
}
