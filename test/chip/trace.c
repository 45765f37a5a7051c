/* test/chip/trace.c - a QEMU plugin: every instruction that a function executes and every address that it reads or writes.
 *
 *     -plugin file=trace.so,fd=N,model=m0|m4|riscv|none
 *
 * N is memory shared with the host (test/chip/trace.h). The host names a function; the plugin follows the processor from the
 * instruction that calls it to the one after the return. */
#define _DEFAULT_SOURCE /* mmap */
#include "trace.h"

#include "cycles.h"
#include "qemu_plugin.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

int qemu_plugin_version = 1;

/* The programs are smaller than 256 KiB, wherever they lie. */
#define CODE_LEN 0x40000
static struct instruction code[CODE_LEN / 2];

static struct trace *trace;
static enum cycle_model model = MODEL_NONE;

/* The instruction that runs, and what it has accessed so far. */
static const struct instruction *running;
static uint32_t lowest, highest;
static int previous_was_single_access;

static uint32_t return_address;
static int sp_known;
static uint32_t sp, entry_sp, lowest_sp;

static uint64_t mix(uint64_t digest, uint64_t value)
{
    digest = (digest ^ value) * 0x9e3779b97f4a7c15u;
    return digest ^ digest >> 29;
}

static void follow_stack(const struct instruction *done)
{
    switch (done->stack) {
    case STACK_PUSH:
        sp = lowest;
        sp_known = 1;
        break;
    case STACK_POP:
        sp = highest + 4;
        sp_known = 1;
        break;
    case STACK_AT:
        sp = lowest - (uint32_t)done->amount;
        sp_known = 1;
        break;
    case STACK_MOVE:
        sp += (uint32_t)done->amount;
        break;
    case STACK_UNKNOWN:
        sp_known = 0;
        break;
    default:
        break;
    }
    if (trace->state == TRACE_INSIDE && sp_known && sp < lowest_sp)
        lowest_sp = sp;
}

/* The instruction before has come to its end, and this one is next. */
static void finish(const struct instruction *done, uint32_t next)
{
    if (trace->state == TRACE_INSIDE) {
        trace->instructions++;
        trace->cycles += previous_was_single_access ? done->cycles_pipelined : done->cycles;
        if (next != done->address + done->size)
            trace->cycles += done->cycles_taken;
    }
    previous_was_single_access = done->single_access;
    follow_stack(done);
}

static void enter(const struct instruction *call)
{
    return_address = call->address + call->size;
    entry_sp = lowest_sp = sp_known ? sp : UINT32_MAX; /* which the host refuses */
    trace->events = 0;
    trace->instructions = 1;
    trace->cycles = (uint64_t)call->cycles + call->cycles_taken;
    trace->stack = 0;
    trace->digest = 0;
    trace->state = TRACE_INSIDE;
}

static void executed(unsigned vcpu, void *which)
{
    const struct instruction *instruction = which;

    (void)vcpu;
    if (running != NULL)
        finish(running, instruction->address);
    if (trace->state == TRACE_BEFORE && instruction->address == trace->target && running != NULL) {
        enter(running);
    } else if (trace->state == TRACE_INSIDE && instruction->address == return_address) {
        trace->stack = entry_sp == UINT32_MAX ? UINT64_MAX : entry_sp - lowest_sp;
        trace->state = TRACE_AFTER;
    }
    if (trace->state == TRACE_INSIDE)
        trace->digest = mix(trace->digest, instruction->address);
    running = instruction;
    lowest = UINT32_MAX;
    highest = 0;
}

static void accessed(unsigned vcpu, qemu_plugin_meminfo_t info, uint64_t virtual_address, void *unused)
{
    const uint32_t address = (uint32_t)virtual_address;

    (void)vcpu;
    (void)unused;
    lowest = address < lowest ? address : lowest;
    highest = address > highest ? address : highest;
    if (trace->state != TRACE_INSIDE)
        return;
    if (address - trace->told < 256 && qemu_plugin_mem_is_store(info)) { /* declassified: no secret from here on */
        if (trace->events < TRACE_MAX_EVENTS) {
            trace->event[trace->events].digest = trace->digest;
            trace->event[trace->events].byte = (uint8_t)(address - trace->told);
        }
        trace->events++;
        return;
    }
    trace->digest = mix(trace->digest, (uint64_t)address << 8 | qemu_plugin_mem_size_shift(info) << 1 |
                                           (unsigned)qemu_plugin_mem_is_store(info));
}

static void translated(qemu_plugin_id_t id, struct qemu_plugin_tb *block)
{
    (void)id;
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(block); i++) {
        struct qemu_plugin_insn *insn = qemu_plugin_tb_get_insn(block, i);
        const uint32_t address = (uint32_t)qemu_plugin_insn_vaddr(insn);
        struct instruction *instruction = &code[address % CODE_LEN / 2];

        memset(instruction, 0, sizeof *instruction);
        instruction->address = address;
        /* Not by qemu_plugin_insn_size: QEMU looks ahead at the end of a page, and counts what it sees there. */
        instruction_decode(instruction, qemu_plugin_insn_data(insn), model);
        qemu_plugin_register_vcpu_insn_exec_cb(insn, executed, QEMU_PLUGIN_CB_NO_REGS, instruction);
        qemu_plugin_register_vcpu_mem_cb(insn, accessed, QEMU_PLUGIN_CB_NO_REGS, QEMU_PLUGIN_MEM_RW, NULL);
    }
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, const qemu_info_t *info, int argc, char **argv)
{
    int fd = -1;

    (void)info;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "fd=", 3) == 0)
            fd = atoi(argv[i] + 3);
        else if (strcmp(argv[i], "model=m0") == 0)
            model = MODEL_M0;
        else if (strcmp(argv[i], "model=m4") == 0)
            model = MODEL_M4;
        else if (strcmp(argv[i], "model=riscv") == 0)
            model = MODEL_RISCV;
    }
    trace = mmap(NULL, sizeof *trace, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (trace == MAP_FAILED)
        return 1;
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
