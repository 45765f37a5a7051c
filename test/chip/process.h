/* test/chip/process.h - an emulator in a process of its own, which reads requests from its standard input and writes its
 * answers to its standard output. Any failure ends the test. */
#ifndef PROCESS_H
#define PROCESS_H

#include <stddef.h>

void process_start(char *const arguments[]); /* the program first, NULL after the last */
void process_read(void *data, size_t len);
void process_write(const void *data, size_t len);

#endif
