/* ct/ct_internal.h - masks for branch-free code, value barriers, overlap of buffers: what every room stands on.
 *
 * A mask is a byte, 0xff for true and 0x00 for false, so that it costs an 8-bit processor one register. Masks are made from
 * arithmetic alone and pass a value barrier, since a compiler that can prove a value to be one of two is free to branch
 * on it (clang does, gcc does at -O3), and then the time would tell a secret. */
#ifndef MOTE_CT_INTERNAL_H
#define MOTE_CT_INTERNAL_H

#include <mote/config.h>
#include <mote/ct.h>

#include "cpu.h"

#ifndef MOTE_DECLASSIFY
#define MOTE_DECLASSIFY(data, len) ((void)0)
#endif

#if defined(__GNUC__) && !defined(__TINYC__) && !MOTE_NO_ASM
#define MOTE_GNU_ASM 1
#else
#define MOTE_GNU_ASM 0
#endif

/* A function that must not become part of its caller, so that its stack is free again before the caller goes on; and one that
 * must, for what its arguments make of it there. */
#if defined(__GNUC__)
#define MOTE_NOINLINE __attribute__((noinline))
#define MOTE_ALWAYS_INLINE inline __attribute__((always_inline))
#else
#define MOTE_NOINLINE
#define MOTE_ALWAYS_INLINE inline
#endif

/* In front of a loop that is fast enough as it stands: clang would write out each of a few rounds. */
#if defined(__clang__)
#define MOTE_NO_UNROLL _Pragma("clang loop unroll(disable)")
#else
#define MOTE_NO_UNROLL
#endif

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define MOTE_LITTLE_ENDIAN 1
#else
#define MOTE_LITTLE_ENDIAN 0 /* or not known */
#endif

/* Constants that on AVR lie in flash, since there all others take up RAM: declare them static const and MOTE_FLASH, and
 * copy them out. */
#if MOTE_CPU_AVR
#define MOTE_FLASH __attribute__((__progmem__))
void mote_flash_copy(void *out, const void *in, uint8_t len);
#else
#define MOTE_FLASH
#define mote_flash_copy memcpy
#endif

/* Byte i, the lowest first, of unsigned integers one after the other; array has their type. Shifts by a variable are loops on
 * a processor that has none. */
#if MOTE_LITTLE_ENDIAN
#define MOTE_BYTE(array, i) (((const uint8_t *)(array))[i])
#else
#define MOTE_BYTE(array, i) ((uint8_t)((array)[(i) / sizeof *(array)] >> (8 * ((i) % sizeof *(array)))))
#endif

/* The same value, about which the compiler no longer knows anything. Without GNU inline assembly a volatile copy does
 * the same a little slower. */
static inline uint8_t mote_ct_barrier8(uint8_t x)
{
#if MOTE_GNU_ASM
    __asm__("" : "+r"(x));
    return x;
#else
    volatile uint8_t copy = x;
    return copy;
#endif
}

static inline uint32_t mote_ct_barrier32(uint32_t x)
{
#if MOTE_GNU_ASM
    __asm__("" : "+r"(x));
    return x;
#else
    volatile uint32_t copy = x;
    return copy;
#endif
}

/* mote_wipe for an object of a type of at most 64 bytes, where the call would cost more than the stores. */
#if MOTE_GNU_ASM
#define MOTE_WIPE_OBJECT(type, pointer)                          \
    do {                                                         \
        *(pointer) = (type){0};                                  \
        __asm__ volatile("" : : "r"(pointer) : "memory");        \
    } while (0)
#else
#define MOTE_WIPE_OBJECT(type, pointer) mote_wipe(pointer, sizeof(type))
#endif

/* What a compiler leaves of secrets where C cannot name it: values that it kept on the stack while it was short of registers.
 * A function that may have such calls them in a function of its own (MOTE_NOINLINE), and then mote_burn_stack, which clears as
 * much of the stack below its caller as any of those uses. test/wiping and test/chip/residue.c hold that it is enough.
 * A backend that is known to have such does that itself; MOTE_BURN_AFTER stands after the calls of all, and does it where
 * nothing is kept in registers, for want of optimization, or the code is meant for any 32-bit processor. Rounds in assembly
 * leave nothing, and need no time and no stack for this. */
#if defined(__GNUC__) && !defined(__OPTIMIZE__)
#define MOTE_UNOPTIMIZED 1
#else
#define MOTE_UNOPTIMIZED 0
#endif
#if MOTE_TARGET_DESKTOP
#define MOTE_BURN (MOTE_UNOPTIMIZED && MOTE_GNU_ASM ? 40960 : 1024) /* without assembly erasing is slow */
#define MOTE_BURN_EVERYWHERE MOTE_UNOPTIMIZED
#elif MOTE_TARGET_CORTEX_M && (MOTE_UNOPTIMIZED || !defined(__thumb__))
#define MOTE_BURN (MOTE_UNOPTIMIZED ? 1024 : 512)
#define MOTE_BURN_EVERYWHERE 1
#elif MOTE_TARGET_CORTEX_M
#define MOTE_BURN 192
#define MOTE_BURN_EVERYWHERE 0
#else
#define MOTE_BURN 0
#define MOTE_BURN_EVERYWHERE 0
#endif
#if MOTE_BURN != 0
void mote_burn_stack(void);
#else
#define mote_burn_stack() ((void)0)
#endif
#if MOTE_BURN_EVERYWHERE
#define MOTE_BURN_AFTER() mote_burn_stack()
#else
#define MOTE_BURN_AFTER() ((void)0)
#endif

/* Clear the vector registers, in which copying leaves what was copied, by the compiler's instructions and the C library's. */
#if MOTE_CPU_X86_64
void mote_clear_vectors_now(void);

/* Clang pushes %rax to align the stack for a call, whatever is in it. */
static inline void mote_clear_vectors(void)
{
    __asm__ volatile("xorl %%eax,%%eax" : : : "rax", "cc");
    mote_clear_vectors_now();
}
#else
#define mote_clear_vectors() ((void)0)
#endif

/* 0xff if x != 0, else 0x00: x | -x has its top bit set for every x but 0. */
static inline uint8_t mote_ct_nonzero8(uint8_t x)
{
    return (uint8_t)-(mote_ct_barrier8((uint8_t)(x | (uint8_t)-x)) >> 7);
}

/* 0xff if a < b, else 0x00, for a and b up to 128: the difference then fits a signed byte. */
static inline uint8_t mote_ct_less8(uint8_t a, uint8_t b)
{
    return (uint8_t)-(mote_ct_barrier8((uint8_t)(a - b)) >> 7);
}

/* 0xff if x is one of the count (1..128) values from first on, else 0x00: the sum below carries into bit 8 iff
 * x - first, modulo 256, is count or more. */
static inline uint8_t mote_ct_in_range8(uint8_t x, uint8_t first, uint8_t count)
{
    const uint16_t sum = (uint16_t)((uint8_t)(x - first) + (256 - count));

    return (uint8_t)(mote_ct_barrier8((uint8_t)(sum >> 8)) - 1);
}

/* For a small function that is made once where code must be small, and at each call on a desktop, where a call costs more
 * than that saves: the body is name_inline, and name is one or the other. */
#if MOTE_TARGET_DESKTOP && !MOTE_OPTIMIZE_SIZE
#define MOTE_INLINE_CALLS 1
#else
#define MOTE_INLINE_CALLS 0
#endif
#if MOTE_INLINE_CALLS && defined(__GNUC__) && !defined(__TINYC__) && defined(__OPTIMIZE__)
#define MOTE_INLINE_CALL static MOTE_ALWAYS_INLINE
#else
#define MOTE_INLINE_CALL static inline
#endif

/* Do the out_len bytes at out and the in_len bytes at in share any? Addresses and lengths are public. */
MOTE_INLINE_CALL int mote_overlap_inline(const void *out, size_t out_len, const void *in, size_t in_len)
{
    const uintptr_t a = (uintptr_t)out, b = (uintptr_t)in;

    if (out_len == 0 || in_len == 0)
        return 0;
    return a - b < in_len || b - a < out_len; /* one of the two differences wraps around */
}

#if MOTE_INLINE_CALLS
#define mote_overlap mote_overlap_inline
#else
int mote_overlap(const void *out, size_t out_len, const void *in, size_t in_len);
#endif

/* The same, but starting at the same byte is allowed: the in-place rule. */
static inline int mote_overlap_partial(const void *out, size_t out_len, const void *in, size_t in_len)
{
    return out != in && mote_overlap(out, out_len, in, in_len);
}

#endif
