/* mote/config.h - every compile-time option of mote, what it means and how it is found.
 *
 * Nothing needs to be set: the compiler's own macros say which kind of processor is meant. To choose by hand,
 * either pass -DOPTION=1 (or =0) to every file, or put the #defines in a header of your own and pass
 *     -DMOTE_CONFIG_FILE='"my_mote_config.h"'
 * which replaces this file's choices; whatever it leaves open is still found here. The library and every
 * program that includes its headers must see the same options: some decide how large a context is.
 * An installed copy of this file has the options of its library written into it, so there they cannot differ.
 *
 *   option                    0 / 1   effect when 1
 *   MOTE_TARGET_AVR           found   8-bit AVR: byte-oriented code, tables in flash
 *   MOTE_TARGET_CORTEX_M      found   Cortex-M and every other 32-bit part (RV32, Xtensa, ...)
 *   MOTE_TARGET_DESKTOP       found   64-bit processors, 32-bit x86, Arm Linux
 *                                     exactly one of the three is 1; setting one sets the others to 0
 *   MOTE_OPTIMIZE_SIZE        0       where speed and size part ways, choose the smaller code
 *   MOTE_AVR_TABLES_IN_RAM    0       AVR: the AES S-boxes, 512 bytes, are copied to RAM at the start; a block then takes 160
 *                                     cycles less, since flash is read one cycle slower than RAM
 *   MOTE_NO_ASM               0       no inline assembly, also where the compiler has it: for analysers and sanitizers
 *                                     that cannot look into it; portable code only, volatile copies as value barriers
 *   MOTE_PORTABLE_ONLY        0       desktop: no backend for an instruction set, portable C alone
 *   MOTE_AES_EXTERN           0       the block cipher is the chip's AES unit, reached through a function that you write:
 *                                     mote/aes_extern.h says how
 *   MOTE_AES_EXTERN_CBC       0       with MOTE_AES_EXTERN: the unit does the chaining too
 *   MOTE_AES_EXTERN_ENCRYPT_ONLY      with MOTE_AES_EXTERN: the unit cannot decrypt, so software does
 *   MOTE_AES_ONLY_name        0       desktop: this backend alone, called without a look at the processor, which must
 *   MOTE_SHA256_ONLY_name     0       have its instructions. The names are those that mote_aes128_backend() and its
 *   MOTE_BASE64_ONLY_name     0       like give, in capitals: MOTE_AES_ONLY_AESNI, MOTE_SHA256_ONLY_PORTABLE, ...
 *
 * MOTE_DECLASSIFY(data, len) is not an option but a mark: it expands to nothing unless a test build defines it.
 * It stands in the library wherever an outcome that was computed from secrets becomes public (a tag accepted or
 * not, a padding valid or not, a text canonical or not, and the lengths that follow), and tells a checker such as
 * Valgrind that branching on it is meant. */
#ifndef MOTE_CONFIG_H
#define MOTE_CONFIG_H

/* @MOTE_BUILD_OPTIONS@ */

#ifdef MOTE_CONFIG_FILE
#include MOTE_CONFIG_FILE
#endif

#include <stddef.h>
#include <stdint.h>

#if !defined(MOTE_TARGET_AVR) && !defined(MOTE_TARGET_CORTEX_M) && !defined(MOTE_TARGET_DESKTOP)
#if defined(__AVR__)
#define MOTE_TARGET_AVR 1
#elif UINTPTR_MAX > 0xffffffffu || defined(__i386__) || defined(_M_IX86) || (defined(__arm__) && defined(__linux__))
#define MOTE_TARGET_DESKTOP 1
#else
#define MOTE_TARGET_CORTEX_M 1
#endif
#endif

#ifndef MOTE_TARGET_AVR
#define MOTE_TARGET_AVR 0
#endif
#ifndef MOTE_TARGET_CORTEX_M
#define MOTE_TARGET_CORTEX_M 0
#endif
#ifndef MOTE_TARGET_DESKTOP
#define MOTE_TARGET_DESKTOP 0
#endif
#if MOTE_TARGET_AVR + MOTE_TARGET_CORTEX_M + MOTE_TARGET_DESKTOP != 1
#error "mote: exactly one of MOTE_TARGET_AVR, MOTE_TARGET_CORTEX_M and MOTE_TARGET_DESKTOP must be 1"
#endif

#ifndef MOTE_OPTIMIZE_SIZE
#define MOTE_OPTIMIZE_SIZE 0
#endif
#ifndef MOTE_AVR_TABLES_IN_RAM
#define MOTE_AVR_TABLES_IN_RAM 0
#endif
#ifndef MOTE_NO_ASM
#define MOTE_NO_ASM 0
#endif
#ifndef MOTE_PORTABLE_ONLY
#define MOTE_PORTABLE_ONLY 0
#endif

#ifndef MOTE_AES_EXTERN
#define MOTE_AES_EXTERN 0
#endif
#ifndef MOTE_AES_EXTERN_CBC
#define MOTE_AES_EXTERN_CBC 0
#endif
#ifndef MOTE_AES_EXTERN_ENCRYPT_ONLY
#define MOTE_AES_EXTERN_ENCRYPT_ONLY 0
#endif
#if MOTE_AES_EXTERN_CBC + MOTE_AES_EXTERN_ENCRYPT_ONLY > MOTE_AES_EXTERN
#error "mote: MOTE_AES_EXTERN alone, or with one of MOTE_AES_EXTERN_CBC and MOTE_AES_EXTERN_ENCRYPT_ONLY"
#endif

/* Around the declarations of every public header: C linkage for C++, and default visibility for a shared library
 * that hides everything else. */
#if defined(__GNUC__)
#define MOTE_VISIBLE_PUSH_ _Pragma("GCC visibility push(default)")
#define MOTE_VISIBLE_POP_ _Pragma("GCC visibility pop")
#define MOTE_WARN_UNUSED __attribute__((warn_unused_result))
#else
#define MOTE_VISIBLE_PUSH_
#define MOTE_VISIBLE_POP_
#define MOTE_WARN_UNUSED
#endif
#ifdef __cplusplus
#define MOTE_BEGIN_DECLS extern "C" { MOTE_VISIBLE_PUSH_
#define MOTE_END_DECLS MOTE_VISIBLE_POP_ }
#else
#define MOTE_BEGIN_DECLS MOTE_VISIBLE_PUSH_
#define MOTE_END_DECLS MOTE_VISIBLE_POP_
#endif

#endif
