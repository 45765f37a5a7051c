/* cbc/cbc_avr.c - what cbc.c and pkcs7.c do, for the 8-bit AVR, small (ct/ct_avr.h).
 *
 * r16: length of the output, r14: input, r12: its length, r10: where the output's length goes, r8: output. The flag T is set
 * when decrypting. */
#include "../aes/aes_backend.h"

#if MOTE_CBC_AVR_GLUE

#include "../ct/ct_avr.h"
#include "cbc_internal.h"

/* clang-format off */

__attribute__((__naked__)) void mote_cbc_avr_glue(void)
{
    __asm__ volatile(
        /* r24: aes, r22: iv, r20: out, r18: in, r16: len */
        MOTE_AVR_LABEL("cbc_decrypt")
        "set\n"
        "rjmp 1f\n"
        MOTE_AVR_LABEL("cbc_encrypt")
        "clt\n"
        "1:\n"
        "%~call mote_avr_enter0\n"
        "movw r14,r18\n"
        "movw r12,r16\n"
        "mov r18,r16\n"
        "andi r18,15\n"
        "brne 7f\n"
        "rcall 10f\n"
        "rcall 20f\n"

        "5:\n"
        "ldi r24,0\nldi r25,0\n"
        "rjmp 9f\n"
        "6:\n"
        "ldi r24,lo8(%[err_overlap])\n"
        "rjmp 8f\n"
        "4:\n"
        "ldi r24,lo8(%[err_capacity])\n"
        "rjmp 8f\n"
        "7:\n"
        "ldi r24,lo8(%[err_length])\n"
        "8:\n"
        "ldi r25,0xff\n"
        "9:\n"
        "%~jmp mote_avr_leave\n"

        /* The output, r16 bytes at r20, may be the input, r12 bytes at r14, but not overlap it otherwise, nor the IV. */
        "10:\n"
        "movw r8,r20\n"
        "movw r26,r20\n"
        "movw r24,r16\n"
        "rcall 11f\n"
        "ldd r30," MOTE_AVR_SLOT(22) "\n"
        "ldd r31," MOTE_AVR_SLOT(23) "\n"
        "ldi r22,16\nldi r23,0\n"
        "rjmp 12f\n"
        "11:\n"
        "movw r30,r14\n"
        "movw r22,r12\n"
        "cp r30,r26\ncpc r31,r27\n"
        "breq 13f\n"
        "12:\n"
        "%~call mote_avr_overlap\n"
        "brcs 6b\n"
        "13:\n"
        "ret\n"

        /* r24: aes, r22: iv, r20: out, r18: its capacity, r16: out_len, r14: in, r12: its length */
        MOTE_AVR_LABEL("cbc_pkcs7_decrypt")
        "set\n"
        "rjmp 1f\n"
        MOTE_AVR_LABEL("cbc_pkcs7_encrypt")
        "clt\n"
        "1:\n"
        "%~call mote_avr_enter0\n"
        "movw r10,r16\n"
        "movw r30,r16\n"
        "st Z,r1\nstd Z+1,r1\n"
        "movw r16,r12\n"
        "brts 2f\n"
        "ori r16,15\n"
        "subi r16,0xff\nsbci r17,0xff\n"
        "2:\n"
        "mov r30,r16\n"
        "andi r30,15\n"
        "brne 7b\n"
        "cp r16,r1\ncpc r17,r1\n"
        "breq 7b\n"
        "cp r18,r16\ncpc r19,r17\n"
        "brcs 4b\n"
        "rcall 10b\n"
        "brts 3f\n"
        "movw r30,r10\n"
        "st Z,r16\nstd Z+1,r17\n"
        "movw r30,r8\n"
        "movw r26,r14\n"
        "movw r20,r12\n"
        "%~call mote_avr_move\n"
        "movw r30,r8\n"
        "add r30,r12\nadc r31,r13\n"
        "mov r18,r16\n"
        "sub r18,r12\n"
        "rcall mote_avr_cbc_pad\n"
        "movw r14,r8\n"
        "rcall 20f\n"
        "rjmp 5b\n"
        "3:\n"
        "rcall 20f\n"
        "movw r24,r8\n"
        "rcall 4f\n"
        "movw r20,r10\n"
        "rcall mote_avr_pkcs7_unpad\n"
        "movw r16,r24\n"
        "movw r30,r10\n"
        "ld r18,Z\n"
        "ldd r19,Z+1\n"
        "movw r24,r8\n" /* the padding, or everything */
        "add r24,r18\nadc r25,r19\n"
        "rcall 4f\n"
        "sub r22,r18\nsbc r23,r19\n"
        "%~call %x[wipe]\n"
        "movw r24,r16\n"
        "rjmp 9b\n"
        "4:\n"
        "ldd r22," MOTE_AVR_SLOT(12) "\n"
        "ldd r23," MOTE_AVR_SLOT(13) "\n"
        "ret\n"

        /* CBC from r14 to r8, r16 bytes, with the key and the IV that are the first arguments. */
        "20:\n"
        "ldd r24," MOTE_AVR_SLOT(24) "\n"
        "ldd r25," MOTE_AVR_SLOT(25) "\n"
        "ldd r12," MOTE_AVR_SLOT(22) "\n"
        "ldd r13," MOTE_AVR_SLOT(23) "\n"
        "movw r22,r8\n"
        "%~jmp mote_avr_aes128_cbc\n"

        /* r18 bytes of value r18 to Z. */
        MOTE_AVR_LABEL("cbc_pad")
        "mov r19,r18\n"
        "1:\n"
        "st Z+,r19\n"
        "dec r18\n"
        "brne 1b\n"
        "ret\n"

        /* r24: data, r22: len, r20: out_len */
        MOTE_AVR_LABEL("pkcs7_unpad")
        "movw r30,r20\n"
        "st Z,r1\nstd Z+1,r1\n"
        "movw r26,r24\n"
        "add r26,r22\nadc r27,r23\n"
        "ldi r24,lo8(%[err_length])\n"
        "mov r25,r22\n"
        "andi r25,15\n"
        "brne 1f\n"
        "cp r22,r1\ncpc r23,r1\n"
        "breq 1f\n"
        "rcall mote_avr_cbc_unpad\n"
        "ldi r24,lo8(%[err_padding])\n"
        "brne 1f\n"
        "subi r22,16\nsbci r23,0\n"
        "add r22,r18\nadc r23,r1\n"
        "st Z,r22\nstd Z+1,r23\n"
        "ldi r24,0\nldi r25,0\n"
        "ret\n"
        "1:\n"
        "ldi r25,0xff\n"
        "ret\n"

        /* r18: how many bytes of the block that ends at X are data; the flag Z is clear if its padding is not well formed. */
        MOTE_AVR_LABEL("cbc_unpad")
        "ld r18,-X\n"
        "adiw r26,1\n"
        "mov r24,r18\n"
        "dec r24\n"
        "andi r24,0xf0\n"
        "ldi r25,0\n"
        "1:\n"
        "ld r0,-X\n"
        "cp r25,r18\n"
        "sbc r19,r19\n" /* byte 15 - r25 is padding */
        "eor r0,r18\n"
        "and r0,r19\n"
        "or r24,r0\n"
        "inc r25\n"
        "sbrs r25,4\n"
        "rjmp 1b\n"
        "cp r1,r24\nsbc r24,r24\n"
        "sub r25,r18\n"
        "mov r18,r25\n"
        "mov r25,r24\n"
        "com r25\n"
        "and r18,r25\n"
        MOTE_DECLASSIFY_REGISTER("r24") /* valid or not, and the length that follows, are what the caller asks */
        MOTE_DECLASSIFY_REGISTER("r18")
        "tst r24\n"
        "ret\n"
        :
        : [err_length] "i"(MOTE_ERR_LENGTH), [err_capacity] "i"(MOTE_ERR_CAPACITY), [err_overlap] "i"(MOTE_ERR_OVERLAP),
          [err_padding] "i"(MOTE_ERR_PADDING), [wipe] "i"(mote_wipe),
          "i"(mote_avr_frame), "i"(mote_avr_overlap_glue), "i"(mote_avr_move_glue),
          "i"(mote_aes_avr_cbc_glue));
}

MOTE_AVR_ENTRY(cbc_encrypt, mote_cbc_avr_glue)
MOTE_AVR_ENTRY(cbc_pkcs7_encrypt, mote_cbc_avr_glue)
MOTE_AVR_ENTRY(cbc_pkcs7_decrypt, mote_cbc_avr_glue)
MOTE_AVR_ENTRY(pkcs7_unpad, mote_cbc_avr_glue)

size_t mote_pkcs7_padded_len(size_t len)
{
    return (len | 15) + 1;
}

/* r24: aes, r22: iv, r14..r21: counter */
void mote_avr_cbc_iv_from_counter(void) __asm__("mote_cbc_iv_from_counter");
__attribute__((__naked__)) void mote_avr_cbc_iv_from_counter(void)
{
    __asm__ volatile(
        "movw r30,r22\n"
        "ldi r26,8\n"
        "1:\n"
        "st Z+,r1\n"
        "dec r26\n"
        "brne 1b\n"
        "st Z+,r21\nst Z+,r20\nst Z+,r19\nst Z+,r18\nst Z+,r17\nst Z+,r16\nst Z+,r15\nst Z+,r14\n"
        "movw r20,r22\n"
        "%~jmp %x0\n"
        : : "i"(mote_aes128_encrypt_block));
}

#else
typedef int mote_cbc_avr_is_empty;
#endif
