/* test/chip/elf32.h - addresses in a 32-bit little-endian ELF file. */
#ifndef CHIP_ELF32_H
#define CHIP_ELF32_H

#include <stdint.h>

/* Read the file's symbols; 0 if that cannot be done. */
int elf32_read(const char *path);

/* The value of a symbol, bit 0 (which marks Thumb functions) cleared; UINT32_MAX if there is none of that name. */
uint32_t elf32_symbol(const char *name);

/* The size of an object, 0 if there is none of that name. */
uint32_t elf32_size(const char *name);

#endif
