/* cbc/cbc_hmac_avr.c - what cbc_hmac.c does, for the 8-bit AVR, small (ct/ct_avr.h).
 *
 * In the frame lie the IV and the output, where r23:r22 and r21:r20 were saved. r16: where the output's length goes, r14:
 * input, r12: its length, r10: tag, r8: aad, r6: its length, r4: key, r2: length of the ciphertext. The locals are in turn a
 * mote_aes128, and a mote_hmac with a tag and the length AL behind it. */
#include "../aes/aes_backend.h"
#include "../sha256/sha256_backend.h"

#if MOTE_CBC_AVR_GLUE && MOTE_SHA256_AVR_GLUE

#include <mote/cbc_hmac.h>

#include <mote/cbc.h>

#include "../ct/ct_avr.h"
#include "../hmac/hmac_internal.h"

/* clang-format off */

typedef char mote_cbc_hmac_avr_layout[sizeof(mote_aes128) == 176 && sizeof(mote_hmac) == 136 ? 1 : -1];

#define LOAD(low, high, from) "ldd r" #low "," MOTE_AVR_SLOT(from) "\nldd r" #high "," MOTE_AVR_SLOT(from) "+1\n"
#define SAVE(low, high, to) "std " MOTE_AVR_SLOT(to) ",r" #low "\nstd " MOTE_AVR_SLOT(to) "+1,r" #high "\n"

void mote_cbc_hmac_avr_glue(void) __asm__("mote_cbc_hmac_encrypt");

__attribute__((__naked__)) void mote_cbc_hmac_avr_glue(void)
{
    __asm__ volatile(
        /* r24: key, r22: iv, r20: ct, r18: its capacity, r16: ct_len, r14: tag, r12: pt, r10: its length, r8: aad */
        MOTE_AVR_LABEL("cbc_hmac_encrypt")
        "rcall 20f\n"
        "movw r30,r14\n"
        "movw r14,r12\n"
        "movw r12,r10\n"
        "movw r10,r30\n"
        "rcall 21f\n"
        "movw r24,r12\n"
        "ori r24,15\n"
        "adiw r24,1\n"
        "breq 3f\n"
        "rcall 23f\n"
        "rcall 30f\n"
        "movw r26,r10\n"
        "ldi r24,16\nldi r25,0\n"
        "rcall 31f\n"
        "rcall 32f\n"
        "rcall 40f\n"
        "1:\n"
        "ldi r24,0\nldi r25,0\n"
        "rjmp 7f\n"

        "2:\n"
        "ldi r24,lo8(%[err_capacity])\n"
        "rjmp 6f\n"
        "3:\n"
        "ldi r24,lo8(%[err_length])\n"
        "rjmp 6f\n"
        "4:\n"
        "ldi r24,lo8(%[err_overlap])\n"
        "rjmp 6f\n"
        "5:\n"
        "ldi r24,lo8(%[err_auth])\n"
        "6:\n"
        "ldi r25,0xff\n"
        "7:\n"
        "%~jmp mote_avr_leave\n"

        /* r24: key, r22: iv, r20: out, r18: its capacity, r16: out_len, r14: pt, r12: its length, r10: aad, r8: its length */
        MOTE_AVR_LABEL("seal")
        "rcall 20f\n"
        "movw r6,r8\n"
        "movw r8,r10\n"
        "rcall 22f\n"
        "movw r24,r12\n"
        "rcall mote_avr_sealed_len\n"
        "sbiw r24,0\n"
        "breq 3b\n"
        "rcall 23f\n"
        "movw r26,r20\n"
        MOTE_AVR_ADD("r20", "r21", 16)
        SAVE(20, 21, 20)
        "rcall 31f\n"
        LOAD(30, 31, 22)
        "cp r30,r26\ncpc r31,r27\n"
        "breq 8f\n"
        "rcall 32f\n"
        "8:\n" /* the IV to its place, where it may be already */
        "movw r24,r26\n"
        "movw r26,r30\n"
        "movw r30,r24\n"
        "ldi r18,16\n"
        "%~call mote_avr_copy\n"
        "ldi r18,32\n"
        "sub r2,r18\nsbc r3,r1\n"
        "movw r10,r20\n"
        "add r10,r2\nadc r11,r3\n"
        "rcall 40f\n"
        "movw r24,r2\n"
        "adiw r24,32\n"
        "movw r30,r16\n"
        "st Z,r24\nstd Z+1,r25\n"
        "rjmp 1b\n"

        /* r24: key, r22: out, r20: its capacity, r18: out_len, r16: sealed, r14: its length, r12: aad, r10: its length */
        MOTE_AVR_LABEL("open")
        "rcall 20f\n"
        "movw r6,r10\n"
        "movw r8,r12\n"
        SAVE(16, 17, 22)
        SAVE(22, 23, 20)
        "movw r12,r14\n"
        "movw r14,r16\n"
        "movw r16,r18\n"
        "movw r18,r20\n"
        "movw r20,r22\n"
        "rcall 22f\n"
        "movw r24,r12\n"
        "sbiw r24,32\n"
        "brcs 3b\n"
        "movw r12,r24\n"
        "ldi r30,16\n"
        "add r14,r30\nadc r15,r1\n"
        "movw r10,r14\n"
        "add r10,r12\nadc r11,r13\n"
        "rjmp 9f\n"

        /* r24: key, r22: iv, r20: pt, r18: its capacity, r16: pt_len, r14: ct, r12: its length, r10: tag, r8: aad */
        MOTE_AVR_LABEL("cbc_hmac_decrypt")
        "rcall 20f\n"
        "rcall 21f\n"
        "movw r24,r12\n"
        "9:\n"
        "mov r30,r24\n"
        "andi r30,15\n"
        "brne 10f\n"
        "sbiw r24,0\n"
        "breq 10f\n"
        "rcall 23f\n"
        "rcall 30f\n"
        "rcall 50f\n"
        "rcall 62f\n"
        "movw r22,r10\n"
        "ldi r20,16\nldi r21,0\n"
        "%~call %x[equal]\n"
        MOTE_DECLASSIFY_REGISTER("r24") /* whether a tag was accepted is what the caller asks */
        "sbiw r24,0\n"
        "breq 12f\n"
        "rcall 41f\n"
        "%~call mote_avr_cbc_pkcs7_decrypt\n"
        "cpi r24,lo8(%[err_padding])\n"
        "breq 12f\n"
        "rjmp 7b\n"
        "12:\n"
        "rjmp 5b\n"
        "10:\n"
        "rjmp 3b\n"

        MOTE_AVR_LABEL("sealed_len")
        "adiw r24,32\n"
        "brcs 11f\n"
        "ori r24,15\n"
        "adiw r24,1\n"
        "ret\n"
        "11:\n"
        "ldi r24,0\nldi r25,0\n"
        "ret\n"

        /* The frame. */
        "20:\n"
        "ldi r26,lo8(-176)\nldi r27,hi8(-176)\n"
        "%~jmp mote_avr_enter\n"

        /* What begins all, with the length of the aad on the stack or already in r6. */
        "21:\n"
        "ldd r6,Y+" MOTE_AVR_STACK_ARGUMENT "\n"
        "ldd r7,Y+" MOTE_AVR_STACK_ARGUMENT "+1\n"
        "22:\n"
        "movw r4,r24\n"
        "movw r30,r16\n"
        "st Z,r1\nstd Z+1,r1\n"
        "ret\n"

        /* Is there room for the output, r24 bytes? */
        "23:\n"
        "movw r2,r24\n"
        "cp r18,r24\ncpc r19,r25\n"
        "brcs 24f\n"
        "ret\n"
        "24:\n"
        "rjmp 2b\n"

        /* The output, r24 bytes at r20, overlaps nothing. */
        "30:\n"
        "movw r26,r20\n"
        "rcall 31f\n"
        "rcall 32f\n"
        "movw r30,r10\n"
        "rjmp 33f\n"
        /* r24 bytes at X overlap neither the key nor the aad, nor, where the text is not worked on in place, the input. */
        "31:\n"
        "movw r30,r4\n"
        "ldi r22,32\nldi r23,0\n"
        "rcall 34f\n"
        "movw r30,r8\n"
        "movw r22,r6\n"
        "rcall 34f\n"
        "movw r30,r14\n"
        "movw r22,r12\n"
        "cp r30,r20\ncpc r31,r21\n"
        "brne 34f\n"
        "ret\n"
        /* Nor the IV; nor 16 bytes at Z; nor r22 bytes there. */
        "32:\n"
        LOAD(30, 31, 22)
        "33:\n"
        "ldi r22,16\nldi r23,0\n"
        "34:\n"
        "%~call mote_avr_overlap\n"
        "brcs 35f\n"
        "ret\n"
        "35:\n"
        "rjmp 4b\n"

        /* Encrypt, then authenticate. */
        "40:\n"
        "rcall 41f\n"
        "%~call mote_avr_cbc_pkcs7_encrypt\n"
        LOAD(14, 15, 20)
        "rcall 50f\n"
        "rcall 62f\n"
        "movw r26,r24\n"
        "movw r30,r10\n"
        "ldi r18,16\n"
        "%~jmp mote_avr_copy\n"

        /* The arguments of mote_cbc_pkcs7_encrypt and mote_cbc_pkcs7_decrypt. */
        "41:\n"
        "rcall 63f\n"
        "movw r22,r4\n"
        MOTE_AVR_ADD("r22", "r23", 16)
        "%~call %x[aes_init]\n"
        LOAD(22, 23, 22)
        LOAD(20, 21, 20)
        "movw r18,r2\n"
        "rjmp 63f\n"

        /* The tag of the ciphertext at r14, before it is truncated, behind the mote_hmac. */
        "50:\n"
        "rcall 63f\n"
        "movw r22,r4\n"
        "ldi r20,16\nldi r21,0\n"
        "%~call mote_avr_hmac_start\n"
        "movw r22,r8\n"
        "movw r20,r6\n"
        "rcall 61f\n"
        LOAD(22, 23, 22)
        "ldi r20,16\n"
        "rcall 60f\n"
        "movw r22,r14\n"
        "movw r20,r2\n"
        "rcall 61f\n"
        "movw r18,r6\n" /* AL, which ends at the frame */
        "ldi r20,0\nldi r21,3\n"
        "51:\n"
        "lsl r18\nrol r19\n"
        "rol r20\n"
        "dec r21\n"
        "brne 51b\n"
        "movw r30,r28\n"
        "adiw r30,1\n"
        "st -Z,r18\nst -Z,r19\nst -Z,r20\nst -Z,r1\nst -Z,r1\nst -Z,r1\nst -Z,r1\nst -Z,r1\n"
        "movw r22,r30\n"
        "ldi r20,8\n"
        "rcall 60f\n"
        "movw r22,r24\n"
        MOTE_AVR_ADD("r22", "r23", 136)
        "%~jmp mote_avr_hmac_final\n"

        /* mote_hmac_update with less than 256 bytes, or with any number */
        "60:\n"
        "ldi r21,0\n"
        "61:\n"
        "%~jmp mote_avr_sha256_update\n"
        /* r24: the tag; the locals */
        "62:\n"
        "rcall 63f\n"
        MOTE_AVR_ADD("r24", "r25", 136)
        "ret\n"
        "63:\n"
        "movw r24,r28\n"
        MOTE_AVR_ADD("r24", "r25", -175)
        "ret\n"
        :
        : [err_length] "i"(MOTE_ERR_LENGTH), [err_capacity] "i"(MOTE_ERR_CAPACITY), [err_overlap] "i"(MOTE_ERR_OVERLAP),
          [err_padding] "i"(MOTE_ERR_PADDING), [err_auth] "i"(MOTE_ERR_AUTH), [equal] "i"(mote_ct_equal),
          [aes_init] "i"(mote_aes128_init), "i"(mote_avr_frame), "i"(mote_avr_overlap_glue), "i"(mote_sha256_avr_glue),
          "i"(mote_hmac_avr_glue), "i"(mote_cbc_pkcs7_encrypt));
}

MOTE_AVR_ENTRY(cbc_hmac_decrypt, mote_cbc_hmac_avr_glue)
MOTE_AVR_ENTRY(seal, mote_cbc_hmac_avr_glue)
MOTE_AVR_ENTRY(open, mote_cbc_hmac_avr_glue)
MOTE_AVR_ENTRY(sealed_len, mote_cbc_hmac_avr_glue)

#else
typedef int mote_cbc_hmac_avr_is_empty;
#endif
