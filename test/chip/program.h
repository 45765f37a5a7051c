/* test/chip/program.h - the parts of the program on the simulated chip. */
#ifndef CHIP_PROGRAM_H
#define CHIP_PROGRAM_H

#include "mailbox.h"

#include <mote/status.h>

extern struct chip_mailbox chip_mailbox;

/* Between two calls: the host exchanges mailbox and memory while the chip is in here. Each kind of chip has its own. */
void chip_ready(void);

/* Functions that leak, to see that the constant-time check sees it (test/chip/planted.c). */
int planted_early_exit(const uint8_t *a, const uint8_t *b, size_t len);
int planted_branch(const uint8_t *secret, size_t len);
int planted_shift(const uint8_t *secret, size_t len);
int planted_table(const uint8_t *secret, size_t len);
mote_status planted_unpad(const uint8_t *data, size_t len, size_t *out_len);

/* Functions that write, or read, where they must not, to see that the host sees it. */
void planted_overrun(uint8_t *out, size_t len);
void planted_input(const uint8_t *in, size_t len);
int planted_address(size_t address);

/* A function that leaves its input on the stack. */
int planted_copy(const uint8_t *secret, size_t len);

#endif
