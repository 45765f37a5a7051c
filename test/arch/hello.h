/* test/arch/hello.h - what the program on another processor says of itself before anything else, and how it goes on.
 *
 * In bytes: CHIP_HELLO; the size of a size_t; 1 if the byte of a number that comes first is the highest, else 0; 1 if char is
 * signed, else 0; the sum of CHIP_GLIBC and CHIP_TCC, where they apply; the machine's name as uname has it, with zeros after it to CHIP_MACHINE bytes. Then two size_t: the
 * arena's address and length. After that, again and again, the mailbox and the arena, to and fro. */
#ifndef CHIP_HELLO_H
#define CHIP_HELLO_H

#define CHIP_HELLO "mote"
#define CHIP_GLIBC 1
#define CHIP_TCC 2
#define CHIP_MACHINE 24
#define CHIP_HELLO_LEN (4 + 4 + CHIP_MACHINE)

#endif
