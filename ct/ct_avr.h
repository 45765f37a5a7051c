/* ct/ct_avr.h - how the rooms' assembly for the 8-bit AVR is built: entries, frames, the size of a call.
 *
 * A compiler pays dearly on this chip for functions with many pointers: every one takes two registers, is saved, moved and
 * restored two bytes at a time. So the code around the primitives exists a second time in assembly (*_avr.c), less than half
 * as large; the portable C beside it says what it does, and the same suites hold both to it.
 *
 * Each room is one naked function with a label for each public function, so that calls inside it are short. The first
 * public function gives it its name; the others are jumps to their labels: link-time optimization knows functions in C alone.
 *
 * A frame (mote_avr_enter, mote_avr_leave): r2..r25 are saved below the return address, and below them lie the locals that
 * were asked for. The arguments are still in their registers then and can be read from the frame again; r2..r17 are free for
 * use, and a call to any function in C leaves them as they are. Leaving erases the locals. An error leaves from any depth. */
#ifndef MOTE_CT_AVR_H
#define MOTE_CT_AVR_H

#include "ct_internal.h"

#if MOTE_CPU_AVR

/* What is called from assembly alone; each is a label in one of these.
 *
 *   enter    after ldi r26,lo8(-LOCALS); ldi r27,hi8(-LOCALS). Then Y is the frame and X the address of the locals, which end
 *            at Y; r0 and Z are changed. enter0: the same without locals.
 *   leave    jump here to return r25:r24 from the function that entered
 *   copy     as many bytes as r18 says (256 if 0) from X to Z; both move on; changes r0 and r18. copy32: 32 bytes
 *   move     r21:r20 bytes from X to Z as memmove does; changes r0, r20, r21, X and Z
 *   overlap  mote_overlap: the carry flag is set if the r25:r24 bytes at X and the r23:r22 bytes at Z share any. Changes r18
 *            and r19 */
void mote_avr_frame(void);
void mote_avr_move_glue(void);
void mote_avr_overlap_glue(void);

/* Where register n of the caller, an argument then, lies in the frame: ldd r, Y + SLOT. The first argument on the stack. */
#define MOTE_AVR_SLOT(n) "Y+" #n "-1"
#if defined(__AVR_3_BYTE_PC__)
#define MOTE_AVR_STACK_ARGUMENT "30"
#else
#define MOTE_AVR_STACK_ARGUMENT "29"
#endif

/* A number added to a pair of registers from r16 on. */
#define MOTE_AVR_ADD(low, high, number) "subi " low ",lo8(-(" #number "))\nsbci " high ",hi8(-(" #number "))\n"

/* MOTE_DECLASSIFY of the byte in a register. */
#ifndef MOTE_DECLASSIFY_REGISTER
#define MOTE_DECLASSIFY_REGISTER(x) ""
#endif

/* mote_NAME is at the label mote_avr_NAME in the function glue. */
#define MOTE_AVR_ENTRY(name, glue)                                                                                     \
    void mote_avr_entry_##name(void) __asm__("mote_" #name);                                                           \
    __attribute__((__naked__)) void mote_avr_entry_##name(void)                                                        \
    {                                                                                                                  \
        __asm__ volatile("%~jmp mote_avr_" #name "\n" : : "i"(glue));                                                  \
    }
#define MOTE_AVR_LABEL(name) ".global mote_avr_" name "\nmote_avr_" name ":\n"

#endif

#endif
