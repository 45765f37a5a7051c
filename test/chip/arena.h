/* test/chip/arena.h - what test/chip/marshal.c (arguments) and test/chip/arena.c (memory) share. */
#ifndef CHIP_ARENA_H
#define CHIP_ARENA_H

#include "chip.h"

#define MAX_REGIONS 16

enum kind { BUFFER, CONTEXT, STREAM, LENGTH };

/* A piece of the chip's memory and what it is on the host. */
struct region {
    enum kind kind;
    const uint8_t *host; /* NULL stays NULL */
    uint8_t *host_out;   /* where the result goes, NULL if it is an input */
    size_t host_len;
    size_t len; /* on the chip */
    int upload;
    size_t offset; /* in the arena */
};

extern struct chip_call call;
extern struct region regions[MAX_REGIONS];
extern size_t region_count;

/* The largest number of the chip. */
size_t chip_size_max(void);

/* A number that the chip gave back, as the host knows it (call_number in test/chip/marshal.h). */
size_t number_from_chip(size_t chip);

/* Fill the arena with a pattern, give every region its place and its bytes. */
void arena_fill(void);

/* Fail if anything but the outputs has changed; then copy the outputs to the host. */
void arena_read(void);

#endif
