/* ct/ct_avr.c - mote/ct.h, and what all rooms' assembly stands on (ct_avr.h), for the 8-bit AVR. */
#include "ct_avr.h"

#if MOTE_CPU_AVR

/* clang-format off */

#define SPL "0x3d"
#define SPH "0x3e"
#define SREG "0x3f"
#define SET_SP_TO_Y "in r0," SREG "\ncli\nout " SPH ",r29\nout " SREG ",r0\nout " SPL ",r28\n"

/* Registers 2 to 25 and back: r18..r25 are not restored. They lie in memory too, where there is no XMEGA core. */
#if defined(__AVR_XMEGA__)
#define PUSH_ALL                                                                                                       \
    "push r25\npush r24\npush r23\npush r22\npush r21\npush r20\npush r19\npush r18\n"                                 \
    "push r17\npush r16\npush r15\npush r14\npush r13\npush r12\npush r11\npush r10\n"                                 \
    "push r9\npush r8\npush r7\npush r6\npush r5\npush r4\npush r3\npush r2\n"
#define POP_ALL                                                                                                        \
    "pop r2\npop r3\npop r4\npop r5\npop r6\npop r7\npop r8\npop r9\n"                                                 \
    "pop r10\npop r11\npop r12\npop r13\npop r14\npop r15\npop r16\npop r17\n"                                         \
    "pop r0\npop r0\npop r0\npop r0\npop r0\npop r0\npop r0\npop r0\n"
#else
#define PUSH_ALL "ldi r26,26\nldi r27,0\n1:\nld r0,-X\npush r0\ncpi r26,2\nbrne 1b\n"
#define POP_ALL "ldi r26,2\nldi r27,0\n3:\npop r0\nst X+,r0\ncpi r26,24\nbrne 3b\npop r0\npop r0\n"
#endif

/* The return address comes off the stack and goes back below the frame. */
#if defined(__AVR_3_BYTE_PC__)
#define POP_RETURN "pop r1\npop r31\npop r30\n"
#define RETURN "push r30\npush r31\npush r1\nclr r1\nret\n"
#else
#define POP_RETURN "pop r31\npop r30\n"
#define RETURN "ijmp\n"
#endif

__attribute__((__naked__)) void mote_avr_frame(void)
{
    __asm__ volatile(
        MOTE_AVR_LABEL("enter0")
        "ldi r26,0\nldi r27,0\n"
        MOTE_AVR_LABEL("enter")
        POP_RETURN
        "push r29\npush r28\n"
        "movw r28,r26\n"
        PUSH_ALL
        "in r26," SPL "\n"
        "in r27," SPH "\n"
        "add r28,r26\nadc r29,r27\n"
        SET_SP_TO_Y
        "movw r28,r26\n"
        "in r26," SPL "\n"
        "in r27," SPH "\n"
        "adiw r26,1\n"
        RETURN

        MOTE_AVR_LABEL("leave")
        "2:\n"
        "in r26," SPL "\n"
        "in r27," SPH "\n"
        "cp r26,r28\ncpc r27,r29\n"
        "breq 4f\n"
        "pop r0\n"
        "push r1\n"
        "pop r0\n"
        "rjmp 2b\n"
        "4:\n"
        POP_ALL
        "pop r28\npop r29\n"
        "ret\n"

        MOTE_AVR_LABEL("copy32")
        "ldi r18,32\n"
        MOTE_AVR_LABEL("copy")
        "ld r0,X+\n"
        "st Z+,r0\n"
        "dec r18\n"
        "brne mote_avr_copy\n"
        "ret\n");
}

__attribute__((__naked__)) void mote_avr_move_glue(void)
{
    __asm__ volatile(
        MOTE_AVR_LABEL("move")
        "cp r26,r30\ncpc r27,r31\n"
        "brcc 2f\n"
        "add r26,r20\nadc r27,r21\n"
        "add r30,r20\nadc r31,r21\n"
        "1:\n"
        "subi r20,1\nsbci r21,0\n"
        "brcs 3f\n"
        "ld r0,-X\n"
        "st -Z,r0\n"
        "rjmp 1b\n"
        "2:\n"
        "subi r20,1\nsbci r21,0\n"
        "brcs 3f\n"
        "ld r0,X+\n"
        "st Z+,r0\n"
        "rjmp 2b\n"
        "3:\n"
        "ret\n");
}

__attribute__((__naked__)) void mote_avr_overlap_glue(void)
{
    __asm__ volatile(
        MOTE_AVR_LABEL("overlap")
        "adiw r24,0\n"
        "breq 1f\n"
        "cp r22,r1\ncpc r23,r1\n"
        "breq 1f\n"
        "movw r18,r30\n"
        "sub r18,r26\nsbc r19,r27\n"
        "cp r18,r24\ncpc r19,r25\n"
        "brcs 1f\n"
        "movw r18,r26\n"
        "sub r18,r30\nsbc r19,r31\n"
        "cp r18,r22\ncpc r19,r23\n"
        "1:\n"
        "ret\n");
}

/* mote_ct_equal and mote_wipe. r24: a, r22: b, r20: len. The difference of all bytes in r0; no branch depends on it. */
void mote_avr_ct_equal(void) __asm__("mote_ct_equal");
__attribute__((__naked__)) void mote_avr_ct_equal(void)
{
    __asm__ volatile(
        "movw r26,r24\n"
        "movw r30,r22\n"
        "clr r0\n"
        "rjmp 2f\n"
        "1:\n"
        "ld r18,X+\n"
        "ld r19,Z+\n"
        "eor r18,r19\n"
        "or r0,r18\n"
        "2:\n"
        "subi r20,1\nsbci r21,0\n"
        "brcc 1b\n"
        "ldi r24,1\nldi r25,0\n"
        "cp r1,r0\nsbc r24,r1\n"
        "ret\n");
}

/* r24: data, r22: len. r24 and r25 stay as they are. */
void mote_avr_wipe(void) __asm__("mote_wipe");
__attribute__((__naked__)) void mote_avr_wipe(void)
{
    __asm__ volatile(
        "movw r26,r24\n"
        "rjmp 2f\n"
        "1:\n"
        "st X+,r1\n"
        "2:\n"
        "subi r22,1\nsbci r23,0\n"
        "brcc 1b\n"
        "ret\n");
}

#else
typedef int mote_ct_avr_is_empty;
#endif
