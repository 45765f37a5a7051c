/* aes/aes_avr.h - the S-boxes of the 8-bit backend, and which of its two variants a build has. */
#ifndef MOTE_AES_AVR_H
#define MOTE_AES_AVR_H

#include "../ct/ct_avr.h"
#include "aes_backend.h"

/* The fast variant is in assembly; the small one, in C, takes its place where size counts or assembly cannot be used. */
#if MOTE_CBC_AVR_GLUE && !MOTE_OPTIMIZE_SIZE
#define MOTE_AES_AVR_FAST 1
#else
#define MOTE_AES_AVR_FAST 0
#endif

/* Flash is read by an instruction of its own. */
#if MOTE_CPU_AVR && !MOTE_AVR_TABLES_IN_RAM
#define MOTE_AES_AVR_TABLES_IN_FLASH 1
#else
#define MOTE_AES_AVR_TABLES_IN_FLASH 0
#endif

/* SubBytes and InvSubBytes (FIPS 197 figures 7 and 14). For the fast variant each begins at a multiple of 256, so that the
 * low byte of an address is the index. In flash they must lie in the first 64 KB, where linkers put such tables. */
extern const uint8_t mote_aes_avr_sbox[256], mote_aes_avr_inv_sbox[256];

#endif
