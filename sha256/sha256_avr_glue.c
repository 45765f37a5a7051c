/* sha256/sha256_avr_glue.c - what sha256.c does around the compression function, for the 8-bit AVR, small (ct/ct_avr.h). */
#include "sha256_backend.h"

#if MOTE_SHA256_AVR_GLUE

/* clang-format off */

static const uint32_t INITIAL[8] MOTE_FLASH = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                               0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* mote_sha256: the state, 32 bytes; the length, 8 bytes; the block, 64 bytes. */
typedef char mote_sha256_avr_layout[sizeof(mote_sha256) == 104 ? 1 : -1];

__attribute__((__naked__)) void mote_sha256_avr_glue(void)
{
    __asm__ volatile(
        /* r24: sha. r20..r25 stay as they are. */
        MOTE_AVR_LABEL("sha256_init")
        "movw r26,r24\n"
        "ldi r30,lo8(%[initial])\nldi r31,hi8(%[initial])\n"
        "ldi r18,40\n"
        "1:\n"
        "lpm r0,Z+\n"
        "cpi r18,9\n"
        "brcc 2f\n"
        "clr r0\n" /* the length */
        "2:\n"
        "st X+,r0\n"
        "dec r18\n"
        "brne 1b\n"
        "ret\n"

        /* r24: sha, r22: data, r20: length. r24 and r25 stay as they are. */
        MOTE_AVR_LABEL("sha256_update")
        "movw r30,r24\n"
        "adiw r30,32\n"
        "ld r18,Z\n"
        "movw r26,r20\n"
        "ldi r19,8\n"
        "1:\n"
        "ld r0,Z\n"
        "adc r0,r26\n"
        "st Z+,r0\n"
        "mov r26,r27\n"
        "ldi r27,0\n"
        "dec r19\n"
        "brne 1b\n"
        "andi r18,63\n"
        /* r18 bytes are in the block */
        "2:\n"
        "movw r30,r24\n"
        "add r30,r18\nadc r31,r1\n"
        "adiw r30,40\n"
        "movw r26,r22\n"
        "3:\n"
        "subi r20,1\nsbci r21,0\n"
        "brcs 4f\n"
        "ld r0,X+\n"
        "st Z+,r0\n"
        "inc r18\n"
        "sbrs r18,6\n"
        "rjmp 3b\n"
        "movw r22,r26\n"
        "rcall mote_avr_sha256_block\n"
        "ldi r18,0\n"
        "rjmp 2b\n"
        "4:\n"
        "ret\n"

        /* The compression function. r24: sha. r20..r25 stay as they are. */
        MOTE_AVR_LABEL("sha256_block")
        "push r20\npush r21\npush r22\npush r23\npush r24\npush r25\n"
        "%~call %x[compress]\n"
        "pop r25\npop r24\npop r23\npop r22\npop r21\npop r20\n"
        "ret\n"

        /* r24: digest, r22: data, r20: length */
        MOTE_AVR_LABEL("sha256_digest")
        "ldi r26,lo8(-104)\nldi r27,hi8(-104)\n"
        "%~call mote_avr_enter\n"
        "movw r18,r24\n"
        "movw r24,r26\n"
        "rcall mote_avr_sha256_all\n"
        "%~jmp mote_avr_leave\n"

        /* The same with a context at r24, which stays as it is, and the digest to r18. */
        MOTE_AVR_LABEL("sha256_all")
        "push r18\npush r19\n"
        "rcall mote_avr_sha256_init\n"
        "rcall mote_avr_sha256_update\n"
        "pop r23\npop r22\n"

        /* r24: sha, which stays as it is, r22: digest */
        MOTE_AVR_LABEL("sha256_final")
        "rcall mote_avr_sha256_end\n"
        "ldi r22,104\nldi r23,0\n"
        "%~jmp %x[wipe]\n"

        /* The same without wiping. r22..r25 stay as they are. */
        MOTE_AVR_LABEL("sha256_end")
        "movw r30,r24\n"
        "ldd r18,Z+32\n"
        "andi r18,63\n"
        "ldi r19,0x80\n"
        "1:\n"
        "movw r26,r24\n"
        "add r26,r18\nadc r27,r1\n"
        "adiw r26,40\n"
        "2:\n"
        "st X+,r19\n"
        "ldi r19,0\n"
        "inc r18\n"
        "cpi r18,56\n"
        "breq 3f\n"
        "sbrs r18,6\n"
        "rjmp 2b\n"
        "rcall mote_avr_sha256_block\n"
        "ldi r18,0\nldi r19,0\n"
        "rjmp 1b\n"
        "3:\n" /* the length in bits, its lowest byte first, behind which the next one's low bits come */
        "adiw r26,8\n"
        "movw r30,r24\n"
        "adiw r30,32\n"
        "ldi r20,8\n"
        "4:\n"
        "ld r18,Z+\n"
        "mov r21,r18\n"
        "swap r21\n"
        "lsr r21\n"
        "andi r21,7\n"
        "lsl r18\n"
        "lsl r18\n"
        "lsl r18\n"
        "or r18,r19\n"
        "mov r19,r21\n"
        "st -X,r18\n"
        "dec r20\n"
        "brne 4b\n"
        "rcall mote_avr_sha256_block\n"
        "movw r26,r24\n"
        "movw r30,r22\n"
        "ldi r18,8\n"
        "5:\n"
        "ld r0,X+\n"
        "ld r19,X+\n"
        "ld r20,X+\n"
        "ld r21,X+\n"
        "st Z+,r21\n"
        "st Z+,r20\n"
        "st Z+,r19\n"
        "st Z+,r0\n"
        "dec r18\n"
        "brne 5b\n"
        "ret\n"
        :
        : [initial] "i"(INITIAL), [compress] "i"(mote_sha256_compress_block), [wipe] "i"(mote_wipe), "i"(mote_avr_frame));
}

MOTE_AVR_ENTRY(sha256_update, mote_sha256_avr_glue)
MOTE_AVR_ENTRY(sha256_final, mote_sha256_avr_glue)
MOTE_AVR_ENTRY(sha256_digest, mote_sha256_avr_glue)

#else
typedef int mote_sha256_avr_glue_is_empty;
#endif
