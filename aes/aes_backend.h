/* aes/aes_backend.h - the one interface between the block cipher's implementations and everything above them.
 *
 * A backend gives five functions and a name. They work on runs of whole blocks in CBC, since that is where speed is
 * decided: encryption is serial, and a backend may fold the chaining into its rounds; decryption is parallel, and a
 * backend keeps all its lanes (one block, two, four, eight) full and deals with the remainder itself.
 *
 *   init           expand key into *aes
 *   encrypt_block  one block; out and in may overlap in any way
 *   decrypt_block
 *   cbc_encrypt    blocks (possibly 0) blocks; chain is the IV on entry and the last ciphertext block on return;
 *   cbc_decrypt    out == in works, other overlap is excluded by the caller
 *
 * Where one backend is compiled in, its functions carry the library's own names (the public ones of mote/aes.h and
 * mote_aes128_cbc_*), so calls go straight to it. Where several are, each carries its own name in the middle, and
 * aes/aes.c holds the library's names and chooses. A backend's file defines all of them through
 * MOTE_AES_BACKEND(name, function) and is an empty unit where it is not compiled in. */
#ifndef MOTE_AES_BACKEND_H
#define MOTE_AES_BACKEND_H

#include <mote/aes.h>

#include "../ct/cpu.h"

/* Which backends this build has: one that was asked for, or all that the target can have. */
#if MOTE_AES_EXTERN && !MOTE_AES_EXTERN_ENCRYPT_ONLY
/* The chip's AES unit and nothing else. */
#elif MOTE_TARGET_AVR
#define MOTE_AES_AVR 1
#elif MOTE_TARGET_CORTEX_M
#define MOTE_AES_FIXSLICE32 1
#elif defined(MOTE_AES_ONLY_AESNI)
#define MOTE_AES_AESNI 1
#elif defined(MOTE_AES_ONLY_VAES256)
#define MOTE_AES_VAES256 1
#elif defined(MOTE_AES_ONLY_VAES512)
#define MOTE_AES_VAES512 1
#elif defined(MOTE_AES_ONLY_ARMV8)
#define MOTE_AES_ARMV8 1
#elif defined(MOTE_AES_ONLY_VPERM_SSSE3)
#define MOTE_AES_VPERM_SSSE3 1
#elif defined(MOTE_AES_ONLY_VPERM_AVX2)
#define MOTE_AES_VPERM_AVX2 1
#elif defined(MOTE_AES_ONLY_VPERM_NEON)
#define MOTE_AES_VPERM_NEON 1
#else
#if UINTPTR_MAX > 0xffffffffu
#define MOTE_AES_FIXSLICE64 1
#else
#define MOTE_AES_FIXSLICE32 1
#endif
#if !MOTE_AES_EXTERN && !defined(MOTE_AES_ONLY_FIXSLICE64) && !defined(MOTE_AES_ONLY_FIXSLICE32)
#define MOTE_AES_AESNI MOTE_CPU_X86
#define MOTE_AES_VAES256 MOTE_CPU_X86
#define MOTE_AES_VAES512 MOTE_CPU_X86
#define MOTE_AES_VPERM_SSSE3 MOTE_CPU_X86
#define MOTE_AES_VPERM_AVX2 MOTE_CPU_X86
#define MOTE_AES_ARMV8 MOTE_CPU_ARM64
#define MOTE_AES_VPERM_NEON (MOTE_CPU_ARM64 || MOTE_CPU_ARM32)
#endif
#endif

#ifndef MOTE_AES_AVR
#define MOTE_AES_AVR 0
#endif
#ifndef MOTE_AES_FIXSLICE32
#define MOTE_AES_FIXSLICE32 0
#endif
#ifndef MOTE_AES_FIXSLICE64
#define MOTE_AES_FIXSLICE64 0
#endif
#ifndef MOTE_AES_AESNI
#define MOTE_AES_AESNI 0
#endif
#ifndef MOTE_AES_VAES256
#define MOTE_AES_VAES256 0
#endif
#ifndef MOTE_AES_VAES512
#define MOTE_AES_VAES512 0
#endif
#ifndef MOTE_AES_VPERM_SSSE3
#define MOTE_AES_VPERM_SSSE3 0
#endif
#ifndef MOTE_AES_VPERM_AVX2
#define MOTE_AES_VPERM_AVX2 0
#endif
#ifndef MOTE_AES_ARMV8
#define MOTE_AES_ARMV8 0
#endif
#ifndef MOTE_AES_VPERM_NEON
#define MOTE_AES_VPERM_NEON 0
#endif
#define MOTE_AES_SINGLE_BACKEND                                                                               \
    (MOTE_AES_AVR + MOTE_AES_FIXSLICE32 + MOTE_AES_FIXSLICE64 + MOTE_AES_AESNI + MOTE_AES_VAES256 +           \
         MOTE_AES_VAES512 + MOTE_AES_VPERM_SSSE3 + MOTE_AES_VPERM_AVX2 + MOTE_AES_ARMV8 + MOTE_AES_VPERM_NEON +     \
         MOTE_AES_EXTERN == 1)

#if MOTE_AES_SINGLE_BACKEND
#define MOTE_AES_BACKEND(name, function) mote_aes128_##function
#else
#define MOTE_AES_BACKEND(name, function) mote_aes128_##name##_##function
#endif

/* Can the block cipher fail, as a chip's AES unit can? Where it cannot, what is done about it is left out. */
#ifndef MOTE_AES_CAN_FAIL
#define MOTE_AES_CAN_FAIL MOTE_AES_EXTERN
#endif
#if MOTE_AES_CAN_FAIL
#define MOTE_AES_FAILED(status) ((status) != MOTE_OK)
#else
#define MOTE_AES_FAILED(status) ((void)(status), 0)
#endif

/* Where all that chains blocks is in assembly (cbc/cbc_avr.c), this takes the place of the two functions below: the label
 * mote_avr_aes128_cbc in the function mote_aes_avr_cbc_glue. r25:r24 is aes, r23:r22 out, r15:r14 in, the same or apart,
 * r13:r12 the chaining value to begin with; r17:r16 bytes, a multiple of 16; if the flag T is set, decryption. r2..r13 and T
 * are left as they are. */
#define MOTE_CBC_AVR_GLUE (MOTE_AES_AVR && MOTE_CPU_AVR && !MOTE_AES_EXTERN)
#if MOTE_CBC_AVR_GLUE
#if MOTE_OPTIMIZE_SIZE
void mote_aes_avr_cbc_glue(void) __asm__("mote_aes128_init");
#else
void mote_aes_avr_cbc_glue(void);
#endif
#endif

typedef mote_status mote_aes_init(mote_aes128 *aes, const uint8_t key[16]);
typedef void mote_aes_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16]);
typedef mote_status mote_aes_cbc(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                 size_t blocks);

mote_aes_cbc mote_aes128_cbc_encrypt, mote_aes128_cbc_decrypt;

#if !MOTE_AES_SINGLE_BACKEND

#define MOTE_AES_DECLARE(name)                                                                              \
    mote_aes_init mote_aes128_##name##_init;                                                                \
    mote_aes_block mote_aes128_##name##_encrypt_block, mote_aes128_##name##_decrypt_block;                  \
    mote_aes_cbc mote_aes128_##name##_cbc_encrypt, mote_aes128_##name##_cbc_decrypt

#if MOTE_AES_AVR
MOTE_AES_DECLARE(avr);
#elif MOTE_AES_FIXSLICE32
MOTE_AES_DECLARE(fixslice32);
#else
MOTE_AES_DECLARE(fixslice64);
#endif
#if MOTE_AES_AESNI
MOTE_AES_DECLARE(vperm_ssse3);
MOTE_AES_DECLARE(aesni);
mote_aes_cbc mote_aes128_vperm_avx2_cbc_decrypt, mote_aes128_vaes256_cbc_decrypt, mote_aes128_vaes512_cbc_decrypt;
#elif !MOTE_AES_EXTERN
MOTE_AES_DECLARE(vperm_neon);
MOTE_AES_DECLARE(armv8);
#endif

/* For tests and benchmarks: the name of backend number index, NULL after the last; and expand keys for that backend from
 * now on, in every thread. Returns 1, or 0 and changes nothing if there is none or the processor lacks what it needs. */
const char *mote_aes128_backend_name(unsigned index);
int mote_aes128_backend_force(unsigned index);

#endif

#endif
