/* test/arch/qemu_user.c - another processor under Linux, emulated by qemu-user in a process of its own (test/chip/chip.h); or this
 * processor with another compiler or C library.
 *
 * MOTE_CHIP is one of the names below, MOTE_CHIP_ELF the program, linked statically. What the program says of itself must be
 * what is known of that processor, else every test fails: a test on the wrong one would show nothing. MOTE_CHIP_CHAR may say
 * what char has to be, signed or unsigned. */
#define _DEFAULT_SOURCE
#include "../chip/chip.h"
#include "../chip/process.h"
#include "hello.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct processor {
    const char *name, *emulator, *machine; /* the last as uname has it */
    uint8_t word, big_endian, build;       /* the last: hello.h */
} processors[] = {
    {"aarch64", "qemu-aarch64", "aarch64", 8, 0, CHIP_GLIBC},
    {"armhf", "qemu-arm", "armv7l", 4, 0, CHIP_GLIBC},
    {"i686", "qemu-i386", "i686", 4, 0, CHIP_GLIBC},
    {"m68k", "qemu-m68k", "m68k", 4, 1, CHIP_GLIBC},
    {"mips", "qemu-mips", "mips", 4, 1, CHIP_GLIBC},
    {"powerpc64", "qemu-ppc64", "ppc64", 8, 1, CHIP_GLIBC},
    {"riscv64", "qemu-riscv64", "riscv64", 8, 0, CHIP_GLIBC},
    {"s390x", "qemu-s390x", "s390x", 8, 1, CHIP_GLIBC},
    {"sparc64", "qemu-sparc64", "sparc64", 8, 1, CHIP_GLIBC},
    {"musl", "env", "x86_64", 8, 0, 0}, /* runs as it is */
    {"tcc", "env", "x86_64", 8, 0, CHIP_GLIBC | CHIP_TCC},
};

const int chip_stamp_is_cycles = 0;
size_t chip_word;
size_t chip_arena_address;
size_t chip_arena_len;

/* What the program is, and that it is what was asked for. */
static void read_hello(const struct processor *processor)
{
    const char *expected_char = getenv("MOTE_CHIP_CHAR");
    uint8_t hello[CHIP_HELLO_LEN], where[16];

    process_read(hello, sizeof hello);
    printf("processor: %.*s, %s-endian, %d bits, char is %s, %s%s\n", CHIP_MACHINE, (const char *)hello + 8,
           hello[5] ? "big" : "little", 8 * hello[4], hello[6] ? "signed" : "unsigned",
           hello[7] & CHIP_GLIBC ? "glibc" : "another C library", hello[7] & CHIP_TCC ? ", tcc" : "");
    if (memcmp(hello, CHIP_HELLO, 4) != 0 || hello[4] != processor->word || hello[5] != processor->big_endian ||
        hello[7] != processor->build ||
        strncmp((const char *)hello + 8, processor->machine, CHIP_MACHINE) != 0)
        chip_fail("the program does not run on %s", processor->name);
    if (expected_char != NULL && strcmp(expected_char, hello[6] ? "signed" : "unsigned") != 0)
        chip_fail("char is not %s", expected_char);
    chip_word = processor->word;
    chip_big_endian = processor->big_endian;
    process_read(where, 2 * chip_word);
    chip_arena_address = get_word(where);
    chip_arena_len = get_word(where + chip_word);
    if (chip_arena_len > CHIP_MAX_ARENA)
        chip_fail("an arena of %zu bytes", chip_arena_len);
}

/* Mailbox and arena, as the program sends them when it is ready. */
static void read_answer(struct chip_call *answer)
{
    uint8_t mailbox[8 * (2 + CHIP_MAX_ARGS)];

    process_read(mailbox, (2 + CHIP_MAX_ARGS) * chip_word);
    process_read(answer->arena, chip_arena_len);
    answer->result = get_word(mailbox + chip_word);
}

void chip_start(void)
{
    const char *name = getenv("MOTE_CHIP"), *program = getenv("MOTE_CHIP_ELF");
    static struct chip_call first;

    for (size_t i = 0; i < sizeof processors / sizeof *processors; i++) {
        if (name == NULL || program == NULL || strcmp(name, processors[i].name) != 0)
            continue;
        process_start((char *[]){(char *)processors[i].emulator, (char *)program, NULL});
        read_hello(&processors[i]);
        read_answer(&first);
        return;
    }
    chip_fail("no processor or no program: MOTE_CHIP=%s, MOTE_CHIP_ELF=%s", name ? name : "", program ? program : "");
}

void chip_run(struct chip_call *call)
{
    uint8_t mailbox[8 * (2 + CHIP_MAX_ARGS)] = {0};

    put_word(mailbox, call->function);
    for (size_t i = 0; i < CHIP_MAX_ARGS; i++)
        put_word(mailbox + (2 + i) * chip_word, call->args[i]);
    process_write(mailbox, (2 + CHIP_MAX_ARGS) * chip_word);
    process_write(call->arena, chip_arena_len);
    read_answer(call);
}
