/* test/chip/qemu.c - the 32-bit chips, simulated by QEMU (https://www.qemu.org/) in a process of its own.
 *
 * The program on the chip writes its answers to QEMU's standard output and reads requests from its standard input
 * (test/chip/glue_semihosting.c). With the environment variable MOTE_CHIP_PLUGIN a plugin (test/chip/trace.c) watches every
 * instruction, and tells what it saw through memory that both share. */
#define _DEFAULT_SOURCE /* mmap, ftruncate */
#include "chip.h"
#include "elf32.h"
#include "process.h"
#include "semihosting.h"
#include "trace.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

const int chip_stamp_is_cycles = 0;
size_t chip_word = 4;
size_t chip_arena_address;
size_t chip_arena_len;

static uint32_t function_address[CHIP_FUNCTION_COUNT];
static struct trace *trace; /* NULL without the plugin */

struct mailbox { /* struct chip_mailbox as the chip has it */
    uint32_t function, result, args[CHIP_MAX_ARGS];
};

/* What the chip sends when it is ready: the mailbox, the arena and the stack of the last call. */
static void read_answer(struct mailbox *mailbox, struct chip_call *call)
{
    uint32_t kind, where[3], stack_len;

    process_read(&kind, sizeof kind);
    if (kind == CHIP_FAULT) {
        process_read(where, sizeof where);
        chip_fail("fault at 0x%08x (called from 0x%08x), address 0x%08x", where[0], where[1], where[2]);
    }
    if (kind != CHIP_ANSWER)
        chip_fail("the chip's program says 0x%08x", kind);
    process_read(mailbox, sizeof *mailbox);
    process_read(call->arena, chip_arena_len);
    process_read(&stack_len, sizeof stack_len);
    if (stack_len > CHIP_MAX_STACK)
        chip_fail("the chip sends a stack of %u bytes", stack_len);
    call->stack_len = stack_len;
    process_read(call->stack, call->stack_len);
}

/* Memory that the plugin finds by its file descriptor. */
static char *share_trace(const char *plugin, const char *model)
{
    static char option[600];
    FILE *file = tmpfile();

    if (file == NULL || ftruncate(fileno(file), sizeof *trace) != 0)
        chip_fail("no memory to share with QEMU");
    trace = mmap(NULL, sizeof *trace, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    if (trace == MAP_FAILED)
        chip_fail("no memory to share with QEMU");
    snprintf(option, sizeof option, "file=%s,fd=%d,model=%s", plugin, fileno(file), model);
    trace->told = elf32_symbol("chip_told");
    trace->target = UINT32_MAX;
    return option;
}

static void start_qemu(const char *board, const char *program)
{
    const int riscv = strncmp(board, "rv32", 4) == 0;
    const char *plugin = getenv("MOTE_CHIP_PLUGIN");
    char *arguments[24] = {(riscv ? "qemu-system-riscv32" : "qemu-system-arm"),
                           "-M",
                           (char *)(riscv ? "virt" : board),
                           "-display",
                           "none",
                           "-monitor",
                           "none",
                           "-serial",
                           "none",
                           "-semihosting-config",
                           "enable=on,target=native",
                           "-kernel",
                           (char *)program};
    size_t count = 13;

    if (riscv) {
        arguments[count++] = "-bios";
        arguments[count++] = "none";
    }
    if (plugin != NULL) {
        arguments[count++] = "-plugin";
        arguments[count++] = share_trace(plugin, riscv ? "riscv" : strcmp(board, "microbit") == 0 ? "m0" : "m4");
    }
    process_start(arguments);
}

void chip_start(void)
{
    const char *board = getenv("MOTE_CHIP"), *program = getenv("MOTE_CHIP_ELF");
    struct mailbox mailbox;
    static struct chip_call call;

    if (board == NULL || program == NULL || !elf32_read(program))
        chip_fail("no program for the chip: MOTE_CHIP_ELF=%s", program != NULL ? program : "");
    chip_arena_address = elf32_symbol("chip_arena");
    chip_arena_len = elf32_size("chip_arena");
    if (chip_arena_len == 0 || chip_arena_len > CHIP_MAX_ARENA)
        chip_fail("%s is not the chip's program", program);
    for (size_t i = 0; i < CHIP_FUNCTION_COUNT; i++)
        function_address[i] = elf32_symbol(chip_function_name[i]);
    start_qemu(board, program);
    read_answer(&mailbox, &call);
}

/* What the plugin has seen of the call. */
static void read_trace(size_t function)
{
    if (trace->state != TRACE_AFTER || trace->events > CHIP_MAX_EVENTS || trace->stack > chip_arena_address)
        chip_fail("%s was not seen to be called and to return", chip_function_name[function]);
    chip_trace.cost = trace->cycles;
    chip_trace.instructions = trace->instructions;
    chip_trace.stack = trace->stack;
    chip_trace.stamp = trace->digest;
    chip_trace.events = trace->events;
    for (size_t i = 0; i < trace->events; i++) {
        chip_trace.event[i].stamp = trace->event[i].digest;
        chip_trace.event[i].byte = trace->event[i].byte;
    }
}

void chip_run(struct chip_call *call)
{
    const uint32_t target = function_address[call->function];
    struct mailbox mailbox = {(uint32_t)call->function, 0, {0}};

    for (size_t i = 0; i < CHIP_MAX_ARGS; i++)
        mailbox.args[i] = (uint32_t)call->args[i];
    if (trace != NULL) {
        trace->target = target;
        trace->state = TRACE_BEFORE;
    }
    process_write(&mailbox, sizeof mailbox);
    process_write(call->arena, chip_arena_len);
    read_answer(&mailbox, call);
    call->result = mailbox.result;
    if (trace != NULL && target != UINT32_MAX)
        read_trace(call->function);
}
