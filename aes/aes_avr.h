/* aes/aes_avr.h - the S-boxes of the 8-bit backend, and which of its two variants a build has. */
#ifndef MOTE_AES_AVR_H
#define MOTE_AES_AVR_H

#include "../ct/ct_internal.h"
#include "aes_backend.h"

/* The fast variant is assembly for every AVR with MOVW and LPM Rd, Z, which are all but the oldest and the smallest
 * (AT90S, reduced core). Everywhere else, and where size counts, it is the small one, in C. */
#if MOTE_AES_AVR && MOTE_GNU_ASM && defined(__AVR_HAVE_MOVW__) && defined(__AVR_HAVE_LPMX__) && !MOTE_OPTIMIZE_SIZE
#define MOTE_AES_AVR_FAST 1
#else
#define MOTE_AES_AVR_FAST 0
#endif

/* Flash is read by an instruction of its own. Where no assembly may be used, the compiler places the tables. */
#if MOTE_GNU_ASM && defined(__AVR_HAVE_LPMX__) && !MOTE_AVR_TABLES_IN_RAM
#define MOTE_AES_AVR_TABLES_IN_FLASH 1
#define MOTE_AES_AVR_TABLE(name) __attribute__((section(".progmem.data." #name)))
#else
#define MOTE_AES_AVR_TABLES_IN_FLASH 0
#define MOTE_AES_AVR_TABLE(name)
#endif

/* SubBytes and InvSubBytes (FIPS 197 figures 7 and 14). For the fast variant each begins at a multiple of 256, so that the
 * low byte of the address is the index. */
extern const uint8_t mote_aes_avr_sbox[256], mote_aes_avr_inv_sbox[256];

#endif
