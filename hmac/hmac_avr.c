/* hmac/hmac_avr.c - what hmac.c does, for the 8-bit AVR, small (ct/ct_avr.h). */
#include "../sha256/sha256_backend.h"

#if MOTE_SHA256_AVR_GLUE

#include <mote/hmac.h>

#include "hmac_internal.h"

/* clang-format off */

/* mote_hmac: the SHA-256 context (the state, 32 bytes; the length, 8; the block, 64), then the outer state. */
typedef char mote_hmac_avr_layout[sizeof(mote_hmac) == 136 && sizeof(mote_hmac_key) == 64 ? 1 : -1];


__attribute__((__naked__)) void mote_hmac_avr_glue(void)
{
    __asm__ volatile(
        /* r24: hmac, which stays as it is, r22: key */
        MOTE_AVR_LABEL("hmac_init")
        "movw r26,r22\n"
        "movw r30,r24\n"
        "ldi r19,64\n"
        "rcall 5f\n"
        MOTE_AVR_ADD("r30", "r31", 64)
        "%~jmp mote_avr_copy32\n"
        /* A state from X to Z, and the length r19 behind it. */
        "5:\n"
        "%~call mote_avr_copy32\n"
        "st Z+,r19\n"
        "ldi r18,7\n"
        "6:\n"
        "st Z+,r1\n"
        "dec r18\n"
        "brne 6b\n"
        "ret\n"

        /* r24: hmac, which stays as it is, r22: secret, r20: its length */
        MOTE_AVR_LABEL("hmac_start")
        "cpi r20,65\ncpc r21,r1\n"
        "brcs 1f\n"
        "movw r18,r24\n"
        MOTE_AVR_ADD("r18", "r19", 104)
        "%~call mote_avr_sha256_all\n"
        "movw r22,r24\n"
        MOTE_AVR_ADD("r22", "r23", 104)
        "ldi r20,32\n"
        "1:\n" /* K, filled up with zeros, to the block */
        "movw r26,r22\n"
        "movw r30,r24\n"
        "adiw r30,40\n"
        "ldi r18,64\n"
        "2:\n"
        "clr r0\n"
        "cpse r20,r1\n"
        "ld r0,X+\n"
        "cpse r20,r1\n"
        "dec r20\n"
        "st Z+,r0\n"
        "dec r18\n"
        "brne 2b\n"
        "ldi r20,0x5c\n"
        "rcall 3f\n"
        "movw r26,r24\n"
        "movw r30,r24\n"
        MOTE_AVR_ADD("r30", "r31", 104)
        "%~call mote_avr_copy32\n"
        "ldi r20,0x5c^0x36\n"
        "rcall 3f\n"
        "movw r30,r24\n"
        "ldi r18,64\n"
        "std Z+32,r18\n"
        "ret\n"
        /* The state after the block K ^ r20, with which the block takes K's place; the length 0. */
        "3:\n"
        "movw r30,r24\n"
        "adiw r30,40\n"
        "ldi r18,64\n"
        "4:\n"
        "ld r0,Z\n"
        "eor r0,r20\n"
        "st Z+,r0\n"
        "dec r18\n"
        "brne 4b\n"
        "%~call mote_avr_sha256_init\n"
        "%~jmp mote_avr_sha256_block\n"

        /* r24: hmac, r22: tag */
        MOTE_AVR_LABEL("hmac_final")
        "push r22\npush r23\n"
        "movw r22,r24\n"
        MOTE_AVR_ADD("r22", "r23", 40)
        "%~call mote_avr_sha256_end\n"
        "movw r30,r24\n"
        "movw r26,r24\n"
        MOTE_AVR_ADD("r26", "r27", 104)
        "ldi r19,64+32\n"
        "rcall 5b\n"
        "pop r23\npop r22\n"
        "%~call mote_avr_sha256_end\n"
        "ldi r22,136\nldi r23,0\n"
        "%~jmp %x[wipe]\n"

        /* r24: key, r22: secret, r20: its length. r16: key. */
        MOTE_AVR_LABEL("hmac_key_init")
        "rcall 7f\n"
        "movw r16,r24\n"
        "movw r24,r26\n"
        "rcall mote_avr_hmac_start\n"
        "movw r26,r24\n"
        "movw r30,r16\n"
        "%~call mote_avr_copy32\n"
        "movw r26,r24\n"
        MOTE_AVR_ADD("r26", "r27", 104)
        "%~call mote_avr_copy32\n"
        "%~jmp mote_avr_leave\n"

        /* r24: tag, r22: secret, r20: its length, r18: data, r16: its length. r14: tag, r12: data. */
        MOTE_AVR_LABEL("hmac_sha256")
        "rcall 7f\n"
        "movw r14,r24\n"
        "movw r12,r18\n"
        "movw r24,r26\n"
        "rcall mote_avr_hmac_start\n"
        "movw r22,r12\n"
        "movw r20,r16\n"
        "%~call mote_avr_sha256_update\n"
        "movw r22,r14\n"
        "rcall mote_avr_hmac_final\n"
        "%~jmp mote_avr_leave\n"

        /* A frame with a mote_hmac in it. */
        "7:\n"
        "ldi r26,lo8(-136)\nldi r27,hi8(-136)\n"
        "%~jmp mote_avr_enter\n"

        /* r24: hmac, r22: tag, r20: its length. r16: the tag computed, r14: tag, r12: its length. */
        MOTE_AVR_LABEL("hmac_verify")
        "ldi r26,lo8(-32)\nldi r27,hi8(-32)\n"
        "%~call mote_avr_enter\n"
        "movw r16,r26\n"
        "movw r14,r22\n"
        "movw r12,r20\n"
        "movw r22,r26\n"
        "rcall mote_avr_hmac_final\n"
        "movw r24,r16\n"
        "movw r22,r14\n"
        "movw r20,r12\n"
        "subi r20,16\nsbci r21,0\n"
        "cpi r20,17\ncpc r21,r1\n"
        "movw r20,r12\n"
        "brcs 8f\n"
        "ldi r24,lo8(%[err_length])\n"
        "rjmp 9f\n"
        "8:\n"
        "%~call %x[equal]\n"
        MOTE_DECLASSIFY_REGISTER("r24") /* whether a tag was accepted is what the caller asks */
        "dec r24\n"
        "breq 10f\n"
        "ldi r24,lo8(%[err_auth])\n"
        "9:\n"
        "ldi r25,0xff\n"
        "10:\n"
        "%~jmp mote_avr_leave\n"
        :
        : [wipe] "i"(mote_wipe), [equal] "i"(mote_ct_equal),
          [err_length] "i"(MOTE_ERR_LENGTH), [err_auth] "i"(MOTE_ERR_AUTH), "i"(mote_avr_frame), "i"(mote_sha256_avr_glue));
}

MOTE_AVR_ENTRY(hmac_start, mote_hmac_avr_glue)
MOTE_AVR_ENTRY(hmac_key_init, mote_hmac_avr_glue)
MOTE_AVR_ENTRY(hmac_final, mote_hmac_avr_glue)
MOTE_AVR_ENTRY(hmac_verify, mote_hmac_avr_glue)
MOTE_AVR_ENTRY(hmac_sha256, mote_hmac_avr_glue)

void mote_hmac_update(mote_hmac *hmac, const uint8_t *data, size_t len)
{
    mote_sha256_update(&hmac->sha, data, len);
}

void mote_hmac_key_wipe(mote_hmac_key *key)
{
    mote_wipe(key, sizeof *key);
}

#else
typedef int mote_hmac_avr_is_empty;
#endif
