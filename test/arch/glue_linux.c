/* test/arch/glue_linux.c - the chip's side where the chip is a Linux program: mailbox and arena go out on stdout and come in on
 * stdin. */
#define _DEFAULT_SOURCE
#include "../chip/program.h"
#include "hello.h"

#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#define ARENA_LEN 8192

volatile uint8_t chip_told[256]; /* test/chip/declassify.h */
static __attribute__((aligned(8))) uint8_t arena[ARENA_LEN];

static void write_all(const void *data, size_t len)
{
    const uint8_t *at = data;

    while (len != 0) {
        const ssize_t done = write(1, at, len);

        if (done <= 0)
            exit(EXIT_FAILURE);
        at += done;
        len -= (size_t)done;
    }
}

/* At the end of the input the host has gone. */
static void read_all(void *data, size_t len)
{
    uint8_t *at = data;

    while (len != 0) {
        const ssize_t done = read(0, at, len);

        if (done <= 0)
            exit(EXIT_SUCCESS);
        at += done;
        len -= (size_t)done;
    }
}

static void say_hello(void)
{
    const volatile uint32_t number = 0x01000000;
    const volatile int last = (char)0xff;
    const size_t where[2] = {(size_t)(uintptr_t)arena, sizeof arena};
    uint8_t hello[CHIP_HELLO_LEN] = CHIP_HELLO;
    struct utsname name;

    hello[4] = sizeof(size_t);
    hello[5] = *(const volatile uint8_t *)&number;
    hello[6] = last < 0;
#if defined(__GLIBC__)
    hello[7] |= CHIP_GLIBC;
#endif
#if defined(__TINYC__)
    hello[7] |= CHIP_TCC;
#endif
    if (uname(&name) == 0 && strlen(name.machine) < CHIP_MACHINE)
        memcpy(hello + 8, name.machine, strlen(name.machine));
    write_all(hello, sizeof hello);
    write_all(where, sizeof where);
}

void chip_ready(void)
{
    static int greeted;

    if (!greeted)
        say_hello();
    greeted = 1;
    write_all(&chip_mailbox, sizeof chip_mailbox);
    write_all(arena, sizeof arena);
    read_all(&chip_mailbox, sizeof chip_mailbox);
    read_all(arena, sizeof arena);
}
