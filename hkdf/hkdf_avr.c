/* hkdf/hkdf_avr.c - what hkdf.c does, for the 8-bit AVR, small (ct/ct_avr.h). */
#include "../sha256/sha256_backend.h"

#if MOTE_SHA256_AVR_GLUE

#include <mote/hkdf.h>

#include "../hmac/hmac_internal.h"

/* clang-format off */

typedef char mote_hkdf_avr_layout[sizeof(mote_hmac) == 136 && sizeof(mote_hkdf) == 64 ? 1 : -1];


void mote_hkdf_avr_glue(void) __asm__("mote_hkdf_extract");

__attribute__((__naked__)) void mote_hkdf_avr_glue(void)
{
    __asm__ volatile(
        /* r24: hkdf; r22: salt, r20: its length, r18: ikm, r16: its length. The PRK comes to lie where the midstates will be:
         * mote_hmac_key_init reads all of it before it writes. */
        MOTE_AVR_LABEL("hkdf_extract")
        "push r24\npush r25\n"
        "%~call mote_avr_hmac_sha256\n"
        "pop r25\npop r24\n"
        "movw r22,r24\n"
        /* r24: hkdf, r22: PRK */
        MOTE_AVR_LABEL("hkdf_from_prk")
        "ldi r20,32\nldi r21,0\n"
        "%~jmp mote_avr_hmac_key_init\n"

        /* r24: hkdf; r22: okm, r20: its length; r18: info, r16: its length */
        MOTE_AVR_LABEL("hkdf_expand")
        "rcall 1f\n"
        "clr r12\nclr r13\n"
        "rjmp 3f\n"

        /* A frame with a mote_hmac and T in it. */
        "1:\n"
        "ldi r26,lo8(-168)\nldi r27,hi8(-168)\n"
        "%~jmp mote_avr_enter\n"

        "7:\n"
        "ldi r24,lo8(%[err_overlap])\nldi r25,0xff\n"
        "rjmp 9f\n"
        "8:\n"
        "ldi r24,lo8(%[err_length])\nldi r25,0xff\n"
        "9:\n"
        "%~jmp mote_avr_leave\n"

        /* r24: master; r22: key, r20: its length; r18: label; r16: device id, r14: its length */
        MOTE_AVR_LABEL("hkdf_device_key")
        "rcall 1b\n"
        "movw r12,r14\n"
        "movw r14,r16\n"
        "movw r30,r18\n"
        "ld r0,Z\n"
        "tst r0\n"
        "breq 8b\n"
        "cp r12,r1\ncpc r13,r1\n"
        "breq 8b\n"
        "2:\n"
        "ld r0,Z+\n"
        "tst r0\n"
        "brne 2b\n"
        "movw r16,r30\n" /* label || 0x00 || device_id: the zero byte is the one that ends the label */
        "sub r16,r18\nsbc r17,r19\n"

        /* Section 2.3 with the info in two parts: T(n) = HMAC(PRK, T(n-1) || info1 || info2 || n), T(0) empty. r24: hkdf;
         * r22: okm, r20: its length; r18: info1, r16: its length; r14: info2, r12: its length; X: hmac, with T behind it.
         * From then on r10: okm, r8: what is left of it, r6: hkdf, r4: info1, r2: hmac. Where r24 was saved, the length of
         * T; where r25 was, n. */
        "3:\n"
        "movw r10,r22\n"
        "movw r8,r20\n"
        "movw r6,r24\n"
        "movw r4,r18\n"
        "movw r2,r26\n"
        "cpi r20,lo8(255*32+1)\n" /* n is one byte */
        "ldi r25,hi8(255*32+1)\n"
        "cpc r21,r25\n"
        "brcc 8b\n"
        "movw r26,r10\n"
        "movw r24,r8\n"
        "movw r30,r18\n"
        "movw r22,r16\n"
        "%~call mote_avr_overlap\n"
        "brcs 7b\n"
        "movw r30,r14\n"
        "movw r22,r12\n"
        "%~call mote_avr_overlap\n"
        "brcs 7b\n"
        "std " MOTE_AVR_SLOT(24) ",r1\n"
        "std " MOTE_AVR_SLOT(25) ",r1\n"
        "4:\n"
        "cp r8,r1\ncpc r9,r1\n"
        "ldi r24,0\nldi r25,0\n"
        "breq 9b\n"
        "movw r24,r2\n"
        "movw r22,r6\n"
        "%~call mote_avr_hmac_init\n"
        "rcall 10f\n"
        "ldd r20," MOTE_AVR_SLOT(24) "\n"
        "rcall 11f\n"
        "movw r22,r4\n"
        "movw r20,r16\n"
        "rcall 12f\n"
        "movw r22,r14\n"
        "movw r20,r12\n"
        "rcall 12f\n"
        "ldd r18," MOTE_AVR_SLOT(25) "\n"
        "inc r18\n"
        "std " MOTE_AVR_SLOT(25) ",r18\n"
        "movw r22,r28\n"
        MOTE_AVR_ADD("r22", "r23", 24)
        "ldi r20,1\n"
        "rcall 11f\n"
        "rcall 10f\n"
        "%~call mote_avr_hmac_final\n"
        "rcall 10f\n"
        "movw r26,r22\n"
        "movw r30,r10\n"
        "ldi r18,32\n"
        "std " MOTE_AVR_SLOT(24) ",r18\n"
        "movw r24,r8\n"
        "5:\n"
        "ld r0,X+\n"
        "st Z+,r0\n"
        "sbiw r24,1\n"
        "breq 6f\n"
        "dec r18\n"
        "brne 5b\n"
        "6:\n"
        "movw r10,r30\n"
        "movw r8,r24\n"
        "rjmp 4b\n"

        /* r22: T; mote_hmac_update with less than 256 bytes, or with any number */
        "10:\n"
        "movw r22,r2\n"
        MOTE_AVR_ADD("r22", "r23", 136)
        "ret\n"
        "11:\n"
        "ldi r21,0\n"
        "12:\n"
        "%~jmp mote_avr_sha256_update\n"

        /* r24: okm, r22: its length; r20: salt, r18: its length; r16: ikm, r14: its length; r12: info, r10: its length.
         * r8: okm, r6: its length, r4: hkdf. */
        MOTE_AVR_LABEL("hkdf_sha256")
        "ldi r26,lo8(-64)\nldi r27,hi8(-64)\n"
        "%~call mote_avr_enter\n"
        "movw r8,r24\n"
        "movw r6,r22\n"
        "movw r4,r26\n"
        "movw r24,r26\n"
        "movw r22,r20\n"
        "movw r20,r18\n"
        "movw r18,r16\n"
        "movw r16,r14\n"
        "rcall mote_avr_hkdf_extract\n"
        "movw r24,r4\n"
        "movw r22,r8\n"
        "movw r20,r6\n"
        "movw r18,r12\n"
        "movw r16,r10\n"
        "rcall mote_avr_hkdf_expand\n"
        "rjmp 9b\n"
        :
        : [err_length] "i"(MOTE_ERR_LENGTH), [err_overlap] "i"(MOTE_ERR_OVERLAP), "i"(mote_avr_frame),
          "i"(mote_avr_overlap_glue), "i"(mote_sha256_avr_glue), "i"(mote_hmac_avr_glue));
}

MOTE_AVR_ENTRY(hkdf_from_prk, mote_hkdf_avr_glue)
MOTE_AVR_ENTRY(hkdf_expand, mote_hkdf_avr_glue)
MOTE_AVR_ENTRY(hkdf_device_key, mote_hkdf_avr_glue)
MOTE_AVR_ENTRY(hkdf_sha256, mote_hkdf_avr_glue)

void mote_hkdf_wipe(mote_hkdf *hkdf)
{
    mote_hmac_key_wipe(&hkdf->prk);
}

#else
typedef int mote_hkdf_avr_is_empty;
#endif
