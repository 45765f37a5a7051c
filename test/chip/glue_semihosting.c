/* test/chip/glue_semihosting.c - the chip's side of QEMU: mailbox and arena go out on stdout and come in on stdin. */
#include "program.h"
#include "semihosting.h"

#define SYS_OPEN 0x01
#define SYS_WRITE 0x05
#define SYS_READ 0x06
#define SYS_EXIT 0x18
#define MODE_READ 1  /* fopen's "rb" */
#define MODE_WRITE 5 /* "wb" */
#define STOPPED_APPLICATION_EXIT 0x20026

__attribute__((aligned(8))) uint8_t chip_arena[CHIP_ARENA_LEN];
volatile uint8_t chip_told[256];
extern uint8_t chip_bss_end[]; /* from here to the top of memory is the stack */

static uintptr_t open_file(const char *name, uintptr_t len, uintptr_t mode)
{
    const uintptr_t arguments[3] = {(uintptr_t)name, mode, len};

    return semihosting_call(SYS_OPEN, arguments);
}

static void end(void)
{
    semihosting_call(SYS_EXIT, (const void *)STOPPED_APPLICATION_EXIT);
}

/* All of len bytes; a pipe may take or give fewer at a time. At the end of the input the host has gone. */
static void transfer(uintptr_t operation, uintptr_t file, void *data, uintptr_t len)
{
    uint8_t *at = (uint8_t *)data;

    while (len != 0) {
        const uintptr_t arguments[3] = {file, (uintptr_t)at, len};
        const uintptr_t left = semihosting_call(operation, arguments);

        if (left >= len)
            end();
        at += len - left;
        len = left;
    }
}

static uintptr_t output(void)
{
    static uintptr_t file;

    if (file == 0)
        file = open_file("/dev/stdout", 11, MODE_WRITE);
    return file;
}

/* What former calls have left below the stack of this one, as far as it ever reached: that many bytes, and the bytes. */
static void send_stack(void)
{
    uint32_t here = 0, len = (uint32_t)(uintptr_t)&here - (uint32_t)(uintptr_t)chip_bss_end;

    transfer(SYS_WRITE, output(), &len, sizeof len);
    transfer(SYS_WRITE, output(), chip_bss_end, len);
}

void chip_ready(void)
{
    static uintptr_t input;
    uint32_t answer = CHIP_ANSWER;

    if (input == 0)
        input = open_file("/dev/stdin", 10, MODE_READ);
    transfer(SYS_WRITE, output(), &answer, sizeof answer);
    transfer(SYS_WRITE, output(), &chip_mailbox, sizeof chip_mailbox);
    transfer(SYS_WRITE, output(), chip_arena, sizeof chip_arena);
    send_stack();
    transfer(SYS_READ, input, &chip_mailbox, sizeof chip_mailbox);
    transfer(SYS_READ, input, chip_arena, sizeof chip_arena);
}

void semihosting_fault(uint32_t pc, uint32_t lr, uint32_t address)
{
    uint32_t answer[4] = {CHIP_FAULT, pc, lr, address};

    transfer(SYS_WRITE, output(), answer, sizeof answer);
    end();
}
