/* cbc/cbc_stream_avr.c - what cbc_stream.c does, for the 8-bit AVR, small (ct/ct_avr.h). The registers are those of
 * cbc_avr.c. */
#include "../aes/aes_backend.h"

#if MOTE_CBC_AVR_GLUE

#include "../ct/ct_avr.h"
#include "cbc_internal.h"

/* clang-format off */

/* mote_cbc_stream: aes, 2 bytes; chain, 16 bytes; block, 16 bytes; fill; mode: 0 finished, 1 encrypt, 2 decrypt. */
typedef char mote_cbc_stream_avr_layout[sizeof(mote_cbc_stream) == 36 ? 1 : -1];
#define BLOCK "18"
#define FILL "34"
#define MODE "35"

void mote_cbc_stream_avr_glue(void) __asm__("mote_cbc_decrypt_init");

__attribute__((__naked__)) void mote_cbc_stream_avr_glue(void)
{
    __asm__ volatile(
        /* r24: stream, r22: aes, r20: iv */
        MOTE_AVR_LABEL("cbc_decrypt_init")
        "ldi r19,2\n"
        "rjmp 1f\n"
        MOTE_AVR_LABEL("cbc_encrypt_init")
        "ldi r19,1\n"
        "1:\n"
        "movw r30,r24\n"
        "st Z+,r22\n"
        "st Z+,r23\n"
        "movw r26,r20\n"
        "ldi r18,16\n"
        "%~call mote_avr_copy\n"
        "adiw r30,16\n"
        "st Z+,r1\n"
        "st Z,r19\n"
        "ret\n"

        /* What begins both: r10: stream, r8: out, r2: out_len, r12: fill; T. */
        "50:\n"
        "movw r10,r24\n"
        "movw r8,r22\n"
        "movw r2,r18\n"
        "movw r30,r18\n"
        "st Z,r1\nstd Z+1,r1\n"
        "movw r30,r24\n"
        "ldd r12,Z+" FILL "\n"
        "ldd r0,Z+" MODE "\n"
        "bst r0,1\n"
        "tst r0\n"
        "breq 81f\n"
        "ret\n"

        /* r18 bytes, possibly none, from X to Z. */
        "60:\n"
        "tst r18\n"
        "breq 1f\n"
        "%~jmp mote_avr_copy\n"
        "1:\n"
        "ret\n"

        /* CBC in place at r8. */
        "70:\n"
        "movw r14,r8\n"
        "movw r30,r10\n"
        "ld r24,Z+\n"
        "ld r25,Z+\n"
        "movw r12,r30\n"
        "movw r22,r8\n"
        "%~jmp mote_avr_aes128_cbc\n"

        /* r24: stream, r22: out, r20: its capacity, r18: out_len */
        MOTE_AVR_LABEL("cbc_final")
        "%~call mote_avr_enter0\n"
        "rcall 50b\n"
        "cpi r20,16\ncpc r21,r1\n"
        "brcs 82f\n"
        "adiw r30," BLOCK "\n"
        "movw r8,r30\n"
        "ldi r16,16\nldi r17,0\n"
        "mov r18,r16\n"
        "sub r18,r12\n"
        "brts 1f\n"
        "add r30,r12\nadc r31,r1\n"
        "%~call mote_avr_cbc_pad\n"
        "rcall 70b\n"
        "ldi r18,16\n"
        "rjmp 2f\n"
        "1:\n"
        "ldi r24,lo8(%[err_length])\nldi r25,0xff\n"
        "tst r18\n"
        "brne 3f\n"
        "rcall 70b\n"
        "movw r26,r8\n"
        "adiw r26,16\n"
        "%~call mote_avr_cbc_unpad\n"
        "ldi r24,lo8(%[err_padding])\nldi r25,0xff\n"
        "brne 3f\n"
        "2:\n"
        "movw r30,r2\n"
        "st Z,r18\n"
        "movw r26,r8\n"
        "ldd r30," MOTE_AVR_SLOT(22) "\n"
        "ldd r31," MOTE_AVR_SLOT(23) "\n"
        "rcall 60b\n"
        "ldi r24,0\nldi r25,0\n"
        "3:\n"
        "movw r16,r24\n"
        "movw r24,r10\n"
        "%~call %x[stream_wipe]\n"
        "movw r24,r16\n"
        "rjmp 85f\n"

        "80:\n"
        "ldi r24,0\nldi r25,0\n"
        "rjmp 85f\n"
        "81:\n"
        "ldi r24,lo8(%[err_length])\n"
        "rjmp 84f\n"
        "82:\n"
        "ldi r24,lo8(%[err_capacity])\n"
        "rjmp 84f\n"
        "83:\n"
        "ldi r24,lo8(%[err_overlap])\n"
        "84:\n"
        "ldi r25,0xff\n"
        "85:\n"
        "%~jmp mote_avr_leave\n"

        /* r24: stream, r22: out, r20: its capacity, r18: out_len, r16: in, r14: its length. r10: stream, r6: what will wait
         * in the stream, r4: in, later the block that is the new chaining value, r2: out_len. */
        MOTE_AVR_LABEL("cbc_update")
        "ldi r26,lo8(-16)\nldi r27,hi8(-16)\n"
        "%~call mote_avr_enter\n"
        "movw r6,r26\n"
        "movw r4,r16\n"
        "movw r16,r14\n"
        "rcall 50b\n"
        "subi r16,lo8(-16)\nsbci r17,hi8(-16)\n"
        "brcc 81b\n"
        "cp r14,r1\ncpc r15,r1\n"
        "breq 80b\n"
        "movw r16,r14\n"
        "add r16,r12\nadc r17,r1\n"
        "mov r18,r16\n"
        "brtc 1f\n"
        "subi r16,1\n" /* of a whole block at the end none comes out */
        "sbci r17,0\n"
        "1:\n"
        "andi r16,0xf0\n"
        "sub r18,r16\n"
        "mov r13,r18\n"
        "cp r20,r16\ncpc r21,r17\n"
        "brcs 82b\n"
        "movw r26,r8\n"
        "movw r24,r16\n"
        "movw r30,r4\n"
        "movw r22,r14\n"
        "cp r30,r26\ncpc r31,r27\n"
        "breq 4f\n"
        "%~call mote_avr_overlap\n"
        "brcs 83b\n"
        "4:\n"
        "movw r30,r2\n"
        "st Z,r16\nstd Z+1,r17\n"
        "movw r30,r10\n"
        "std Z+" FILL ",r13\n"
        "cp r16,r1\ncpc r17,r1\n"
        "brne 5f\n"
        "adiw r30," BLOCK "\n"
        "add r30,r12\nadc r31,r1\n"
        "movw r26,r4\n"
        "mov r18,r14\n"
        "rcall 60b\n"
        "rjmp 80b\n"
        "5:\n" /* what is to wait; then the blocks lie in two pieces: bring them together where they are to go */
        "movw r26,r4\n"
        "add r26,r14\nadc r27,r15\n"
        "sub r26,r13\nsbc r27,r1\n"
        "movw r30,r6\n"
        "mov r18,r13\n"
        "rcall 60b\n"
        "movw r30,r8\n"
        "add r30,r12\nadc r31,r1\n"
        "movw r26,r4\n"
        "movw r20,r16\n"
        "sub r20,r12\nsbc r21,r1\n"
        "%~call mote_avr_move\n"
        "movw r26,r10\n"
        "adiw r26," BLOCK "\n"
        "movw r4,r26\n"
        "movw r30,r8\n"
        "mov r18,r12\n"
        "rcall 60b\n"
        "movw r26,r8\n"
        "add r26,r16\nadc r27,r17\n"
        "sbiw r26,16\n"
        "movw r30,r4\n"
        "movw r4,r26\n"
        "brtc 7f\n" /* the last block of ciphertext: now in the stream's block when decrypting, else at its place soon */
        "movw r4,r30\n"
        "ldi r18,16\n"
        "rcall 60b\n"
        "7:\n"
        "rcall 70b\n"
        "movw r26,r4\n"
        "movw r30,r12\n"
        "ldi r18,16\n"
        "rcall 60b\n"
        "movw r26,r6\n"
        "ldd r18,Z+" FILL "-" BLOCK "\n"
        "rcall 60b\n"
        "rjmp 80b\n"
        :
        : [err_length] "i"(MOTE_ERR_LENGTH), [err_capacity] "i"(MOTE_ERR_CAPACITY), [err_overlap] "i"(MOTE_ERR_OVERLAP),
          [err_padding] "i"(MOTE_ERR_PADDING), [stream_wipe] "i"(mote_cbc_stream_wipe), "i"(mote_avr_frame),
          "i"(mote_avr_overlap_glue), "i"(mote_avr_move_glue), "i"(mote_cbc_avr_glue), "i"(mote_aes_avr_cbc_glue));
}

MOTE_AVR_ENTRY(cbc_encrypt_init, mote_cbc_stream_avr_glue)
MOTE_AVR_ENTRY(cbc_update, mote_cbc_stream_avr_glue)
MOTE_AVR_ENTRY(cbc_final, mote_cbc_stream_avr_glue)

void mote_cbc_stream_wipe(mote_cbc_stream *stream)
{
    mote_wipe(stream, sizeof *stream);
}

#else
typedef int mote_cbc_stream_avr_is_empty;
#endif
