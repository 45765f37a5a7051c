/* test/wiping/stack.c - a call on a painted stack of its own, and what is found there and in the vector registers after it. */
#define _GNU_SOURCE
#include "wiping.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

enum { STACK = 256 * 1024, PAINT = 0xc5, MAX_FOUND = 1 << 20 };

static uint8_t stack[STACK] __attribute__((aligned(64)));
static ucontext_t caller, callee;
static void (*operation)(void);

typedef struct {
    uint32_t call, place; /* where: bytes below the stack's top, or that many and STACK into the registers */
    const char *name;
} remainder;

static remainder found[2][MAX_FOUND];
static size_t found_count[2];
unsigned pass, calls, failures;
size_t deepest;

static void enter(void)
{
    clear_registers();
    operation();
    clear_general_registers();
    save_registers();
    swapcontext(&callee, &caller);
}

static void search(uint32_t place, const uint8_t *data, size_t len)
{
    for (size_t i = 0; i + 4 <= len; i++) {
        const char *name = find_secret(data + i, len - i);

        if (name == NULL)
            continue;
        if (found_count[pass] == MAX_FOUND) {
            fprintf(stderr, "too many remainders\n");
            exit(2);
        }
        found[pass][found_count[pass]++] = (remainder){calls, place + (uint32_t)(len - i), name};
    }
}

/* In the second pass, what the first found too. */
static void report(const char *call, size_t first)
{
    static size_t before;
    uint32_t reported = 0;

    while (before < found_count[0] && found[0][before].call < calls)
        before++;
    for (size_t i = first, j = before; i < found_count[1]; i++) {
        const remainder *const r = &found[1][i];
        const uint32_t part = 1 + r->place / STACK;

        while (j < found_count[0] && found[0][j].call == calls &&
               (found[0][j].place / STACK < r->place / STACK ||
                (found[0][j].place / STACK == r->place / STACK && found[0][j].place > r->place)))
            j++;
        if (j == found_count[0] || found[0][j].call != calls || found[0][j].place != r->place || (reported & part) != 0)
            continue;
        if (part == 1)
            printf("%s leaves %s on the stack, %u bytes below its top\n", call, r->name, r->place);
        else
            printf("%s leaves %s in vector register %u\n", call, r->name, (2 * STACK - r->place) / 64 - (STACK - REGISTERS) / 64);
        reported |= part;
        failures++;
    }
}

void run(const char *backend, const char *name, void (*function)(void))
{
    const size_t first = found_count[pass];
    volatile size_t unused = 0; /* across swapcontext */
    char call[80];

    sort_secrets();
    memset(stack, PAINT, sizeof stack);
    memset(registers, 0, sizeof registers);
    getcontext(&callee);
    callee.uc_stack.ss_sp = stack;
    callee.uc_stack.ss_size = sizeof stack;
    callee.uc_link = &caller;
    operation = function;
    makecontext(&callee, enter, 0);
    swapcontext(&caller, &callee);
    while (unused < sizeof stack && stack[unused] == PAINT)
        unused++;
    if (unused == 0 || unused == sizeof stack) {
        printf("%s: the painted stack was too small or not used\n", name);
        exit(2);
    }
    if (deepest < sizeof stack - unused)
        deepest = sizeof stack - unused;
    search(0, stack + unused, sizeof stack - unused);
    search(STACK, registers, sizeof registers);
    if (pass == 1) {
        snprintf(call, sizeof call, "%s%s%s", name, *backend ? ", " : "", backend);
        report(call, first);
    }
    calls++;
    forget_secrets();
}
