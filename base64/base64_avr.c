/* base64/base64_avr.c - Base64, Base64url and Base16 (RFC 4648) on the 8-bit AVR, by tables in flash: what base64.c, base16.c
 * and base64_portable.c do together, small (ct/ct_avr.h).
 *
 * An AVR has no data cache: a load from flash takes three cycles at every address, so a table look-up shows nothing by
 * its time. The one branch that depends on content skips one instruction of one cycle and takes as long either way.
 *
 * r16: length of the input or groups to come, r14: characters without padding, r12: length of the output, r10: output, r8:
 * its capacity, r6: where its length goes, r4: input, r2: what is wrong. The flag T is set for Base64url. */
#include "base64_backend.h"

#if MOTE_BASE64_AVR

#include "../ct/ct_avr.h"

/* clang-format off */

/* Both alphabets: that of section 5 from the third character on, that of section 4 in the first 64, turned by two. */
static const char ALPHABETS[66] MOTE_FLASH =
    "+/ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

#define X 0xc0 /* in neither alphabet */
#define S 0x40 /* not in that of section 5 */
#define U 0x80 /* not in that of section 4 */

/* The values of the characters from FIRST on; what lies outside counts as FIRST. */
#define FIRST '*'
static const uint8_t VALUES[81] MOTE_FLASH = {
    X, 62 | S, X, 62 | U, X, 63 | S,
    52, 53, 54, 55, 56, 57, 58, 59, 60, 61, X, X, X, X, X, X, X,
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, X, X, X, X, 63 | U, X,
    26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51};

/* Write the letter of the value x. */
#define LETTER(x) "subi " x ",-2\nand " x ",r3\nmovw r30,r24\nadd r30," x "\nadc r31,r1\nlpm " x ",Z\nst X+," x "\n"
#if MOTE_OPTIMIZE_SIZE
#define FOUR_LETTERS "rcall 61f\nmov r18,r19\nrcall 61f\nmov r18,r20\nrcall 61f\nmov r18,r21\nrcall 61f\n"
#define LETTER_APART "61:\n" LETTER("r18") "ret\n"
#else
#define FOUR_LETTERS LETTER("r18") LETTER("r19") LETTER("r20") LETTER("r21")
#define LETTER_APART ""
#endif

void mote_base64_avr_glue(void) __asm__("mote_base64_encoded_len");

__attribute__((__naked__)) void mote_base64_avr_glue(void)
{
    __asm__ volatile(
        MOTE_AVR_LABEL("base64_encoded_len")
        "rcall mote_avr_base64url_encoded_len\n"
        "1:\n"
        "adiw r24,3\n" /* 0 if it overflows */
        "andi r24,0xfc\n"
        "ret\n"
        /* n bytes take n + n / 3 characters, and one more if n mod 3 is not 0. */
        MOTE_AVR_LABEL("base64url_encoded_len")
        "movw r20,r24\nldi r18,0\nldi r19,16\n"
        "2:\n"
        "lsl r24\nrol r25\nrol r18\n"
        "cpi r18,3\n"
        "brcs 3f\n"
        "subi r18,3\n"
        "inc r24\n"
        "3:\n"
        "dec r19\n"
        "brne 2b\n"
        "cp r1,r18\n"
        "adc r24,r20\nadc r25,r21\n"
        "brcc 4f\n"
        "ldi r24,0\nldi r25,0\n"
        "4:\n"
        "ret\n"

        /* r24: out, r22: its capacity, r20: out_len, r18: in, r16: in_len */
        MOTE_AVR_LABEL("base64url_encode")
        "set\n"
        "rjmp 5f\n"
        MOTE_AVR_LABEL("base64_encode")
        "clt\n"
        "5:\n"
        "%~call mote_avr_enter0\n"
        "rcall 20f\n"
        "movw r24,r16\n"
        "rcall mote_avr_base64url_encoded_len\n"
        "movw r14,r24\n"
        "brts .+2\n"
        "rcall 1b\n"
        "movw r12,r24\n"
        "rcall 30f\n"
        "movw r26,r10\n"
        "movw r22,r4\n"
        "rcall 50f\n"
        "rcall 60f\n"
        "sbrs r14,1\n" /* the tail has none, or two or three characters for one byte less */
        "rjmp 11f\n"
        "movw r4,r26\n"
        "movw r26,r22\n"
        "rcall 51f\n"
        "movw r22,r30\n"
        "ld r0,X+\n"
        "st Z+,r0\n"
        "clr r0\n"
        "sbrc r14,0\n"
        "ld r0,X\n"
        "st Z+,r0\n"
        "st Z+,r1\n"
        "movw r26,r30\n"
        "rcall 60f\n"
        "sbiw r26,4\n"
        "movw r30,r4\n"
        "rcall 52f\n"
        "ldi r18,'='\n"
        "brts 10f\n"
        "st Z+,r18\n"
        "sbrs r14,0\n"
        "st Z+,r18\n"
        "10:\n"
        "rcall 51f\n" /* nothing of it stays there */
        "ldi r18,7\n"
        "1:\n"
        "st Z+,r1\ndec r18\nbrne 1b\n"
        "11:\n"
        "movw r30,r6\n"
        "st Z,r12\nstd Z+1,r13\n"
        "ldi r24,0\nldi r25,0\n"
        "rjmp 18f\n"

        MOTE_AVR_LABEL("base16_encode")
        "%~call mote_avr_enter0\n"
        "rcall 20f\n"
        "movw r12,r16\n"
        "lsl r12\nrol r13\n"
        "brcs 14f\n"
        "rcall 30f\n"
        "movw r26,r10\n"
        "movw r30,r4\n"
        "1:\n"
        "subi r16,1\nsbci r17,0\n"
        "brcs 11b\n"
        "ld r19,Z+\n"
        "mov r18,r19\n"
        "swap r18\n"
        "rcall 2f\n"
        "mov r18,r19\n"
        "rcall 2f\n"
        "rjmp 1b\n"
        "2:\n"
        "andi r18,15\n"
        "subi r18,-'0'\n"
        "cpi r18,'9'+1\n"
        "brcs .+2\n"
        "subi r18,'9'+1-'a'\n"
        "st X+,r18\n"
        "ret\n"

        "13:\n"
        "ldi r24,lo8(%[err_capacity])\n"
        "rjmp 17f\n"
        "14:\n"
        "ldi r24,lo8(%[err_length])\n"
        "rjmp 17f\n"
        "15:\n"
        "ldi r24,lo8(%[err_overlap])\n"
        "rjmp 17f\n"
        "16:\n"
        "ldi r24,lo8(%[err_encoding])\n"
        "17:\n"
        "ldi r25,0xff\n"
        "18:\n"
        "%~jmp mote_avr_leave\n"

        /* What begins all. */
        "20:\n"
        "movw r10,r24\nmovw r8,r22\nmovw r6,r20\nmovw r4,r18\n"
        "clr r2\n"
        "movw r30,r20\n"
        "st Z,r1\nstd Z+1,r1\n"
        "ret\n"

        /* The rules of an encoder; ends the text with NUL. */
        "30:\n"
        "cp r12,r1\ncpc r13,r1\n"
        "brne 1f\n"
        "cp r16,r1\ncpc r17,r1\n"
        "brne 14b\n"
        "1:\n"
        "cp r8,r12\ncpc r9,r13\n"
        "brcs 13b\n"
        "movw r24,r12\n"
        "cp r12,r8\ncpc r13,r9\n"
        "adc r24,r1\nadc r25,r1\n"
        "rcall 31f\n"
        "cp r12,r8\ncpc r13,r9\n"
        "brcc 2f\n"
        "add r26,r12\nadc r27,r13\n"
        "st X,r1\n"
        "2:\n"
        "ret\n"
        /* Of r24 bytes of output, none is input. */
        "31:\n"
        "movw r26,r10\n"
        "movw r30,r4\n"
        "movw r22,r16\n"
        "%~call mote_avr_overlap\n"
        "brcs 15b\n"
        "ret\n"
        /* The rules of a decoder, which may work in place. */
        "40:\n"
        "cp r8,r12\ncpc r9,r13\n"
        "brcs 13b\n"
        "movw r24,r12\n"
        "cp r4,r10\ncpc r5,r11\n"
        "brne 31b\n"
        "ret\n"

        /* The whole groups of r14 characters. */
        "50:\n"
        "movw r16,r14\n"
        "lsr r17\nror r16\n"
        "lsr r17\nror r16\n"
        "ret\n"
        /* Z: room for one group with its characters, where r18 to r24 were saved; r16: one group. */
        "51:\n"
        "movw r30,r28\n"
        "adiw r30,17\n"
        "ldi r16,1\nldi r17,0\n"
        "ret\n"
        /* The two or three characters of the tail from X to Z. */
        "52:\n"
        "mov r18,r14\n"
        "andi r18,3\n"
        "%~jmp mote_avr_copy\n"

        /* r16 groups of bytes at r22 to X; both move on. r24: the alphabets. */
        "60:\n"
        "ldi r24,lo8(%[alphabets])\nldi r25,hi8(%[alphabets])\n"
        "ldi r18,0x3f\n"
        "brtc .+2\n"
        "ldi r18,0x7f\n"
        "mov r3,r18\n"
        "1:\n"
        "subi r16,1\nsbci r17,0\n"
        "brcs 2f\n"
        "movw r30,r22\n"
        "ld r18,Z+\nld r19,Z+\nld r21,Z+\n"
        "movw r22,r30\n"
        "mov r20,r19\n" /* third = second << 2 | third byte >> 6 */
        "mov r0,r21\n"
        "lsl r0\nrol r20\nlsl r0\nrol r20\n"
        "lsr r18\nror r19\nlsr r18\nror r19\nlsr r19\nlsr r19\n" /* first >>= 2, second = (first << 8 | second) >> 4 */
        "andi r20,63\n"
        "andi r21,63\n"
        FOUR_LETTERS
        "rjmp 1b\n"
        "2:\n"
        "ret\n"
        LETTER_APART

        MOTE_AVR_LABEL("base64url_decode")
        "set\n"
        "%~call mote_avr_enter0\n"
        "rcall 20b\n"
        "movw r14,r16\n"
        "rjmp 3f\n"
        "4:\n"
        "rjmp 16b\n"
        MOTE_AVR_LABEL("base64_decode")
        "clt\n"
        "%~call mote_avr_enter0\n"
        "rcall 20b\n"
        "movw r14,r16\n"
        "mov r18,r16\n"
        "andi r18,3\n"
        "brne 4b\n"
        "cp r16,r1\ncpc r17,r1\n"
        "breq 3f\n"
        "movw r30,r4\n"
        "add r30,r16\nadc r31,r17\n"
        "ld r18,-Z\nld r19,-Z\n"
        "subi r18,'='\nsubi r19,'='\n"
        "or r19,r18\n"
        "ldi r20,2\n"
        "cp r1,r18\nsbc r20,r1\n"
        "cp r1,r19\nsbc r20,r1\n"
        MOTE_DECLASSIFY_REGISTER("r20") /* how many = there are gives the length, which is public */
        "sub r14,r20\nsbc r15,r1\n"
        "3:\n"
        "mov r18,r14\n"
        "andi r18,3\n"
        "cpi r18,1\n"
        "breq 4b\n"
        "movw r12,r14\n" /* n characters are n - n / 4 bytes, and one less if n mod 4 is not 0 */
        "movw r24,r16\n"
        "rcall 50b\n"
        "cp r1,r18\nsbc r12,r16\n"
        "sbc r13,r17\n"
        "movw r16,r24\n"
        "rcall 40b\n"
        "rcall 50b\n"
        "movw r26,r4\n"
        "movw r22,r10\n"
        "rcall 70f\n"
        "sbrs r14,1\n"
        "rjmp 8f\n"
        "movw r4,r22\n"
        "rcall 51b\n"
        "ldi r18,'A'\n" /* a value of 0 */
        "std Z+2,r18\n"
        "std Z+3,r18\n"
        "rcall 52b\n"
        "rcall 51b\n"
        "movw r26,r30\n"
        "adiw r30,4\n"
        "movw r22,r30\n"
        "rcall 70f\n"
        /* Canonical (section 3.5): the bits that no byte takes are zero. */
        "ld r18,-Z\n"
        "ld r0,-Z\n"
        "sbrs r14,0\n"
        "or r18,r0\n"
        "mov r19,r18\n"
        "movw r26,r22\n"
        "sbiw r26,3\n"
        "movw r30,r4\n"
        "mov r18,r14\n"
        "andi r18,3\n"
        "dec r18\n"
        "%~call mote_avr_copy\n"
        "rcall 51b\n"
        "ldi r18,7\n"
        "1:\n"
        "st Z+,r1\ndec r18\nbrne 1b\n"
        "rjmp 9f\n"
        "8:\n"
        "ldi r19,0\n"
        "9:\n"
        "ldi r18,%[not_in_base64]\n"
        "brtc .+2\n"
        "ldi r18,%[not_in_base64url]\n"
        "and r2,r18\n"
        "or r2,r19\n"

        /* Whether the text was canonical is what the status says. */
        "10:\n"
        "cp r1,r2\nsbc r18,r18\n"
        MOTE_DECLASSIFY_REGISTER("r18")
        "tst r18\n"
        "breq 1f\n"
        "movw r24,r10\n"
        "movw r22,r12\n"
        "%~call %x[wipe]\n"
        "rjmp 16b\n"
        "1:\n"
        "rjmp 11b\n"

        MOTE_AVR_LABEL("base16_decode")
        "%~call mote_avr_enter0\n"
        "rcall 20b\n"
        "sbrc r16,0\n"
        "rjmp 16b\n"
        "movw r12,r16\n"
        "lsr r13\nror r12\n"
        "rcall 40b\n"
        "movw r26,r4\n"
        "movw r30,r10\n"
        "movw r24,r12\n"
        "1:\n"
        "sbiw r24,1\n"
        "brcs 10b\n"
        "rcall 2f\n"
        "mov r23,r18\nswap r23\n"
        "rcall 2f\n"
        "or r18,r23\n"
        "st Z+,r18\n"
        "rjmp 1b\n"
        /* r18: the value of a digit in either case */
        "2:\n"
        "ld r18,X+\n"
        "mov r19,r18\n"
        "subi r18,'0'\n"
        "cpi r18,10\n"
        "sbc r20,r20\n"
        "ori r19,0x20\n"
        "subi r19,'a'\n"
        "cpi r19,6\n"
        "sbc r21,r21\n"
        "and r18,r20\n"
        "subi r19,-10\n"
        "and r19,r21\n"
        "or r18,r19\n"
        "or r20,r21\n"
        "com r20\n"
        "or r2,r20\n"
        "ret\n"

        /* r16 groups of characters at X to r22, and Z; both move on. r24: the values. */
        "70:\n"
        "ldi r24,lo8(%[values])\nldi r25,hi8(%[values])\n"
        "1:\n"
        "subi r16,1\nsbci r17,0\n"
        "brcs 2f\n"
        "rcall 3f\n"
        "mov r19,r18\nlsl r19\nlsl r19\n"
        "rcall 3f\n"
        "swap r18\n"
        "mov r20,r18\n"
        "andi r18,3\n"
        "or r19,r18\n"
        "andi r20,0xf0\n"
        "rcall 3f\n"
        "mov r21,r18\n"
        "rcall 3f\n"
        "lsl r18\nlsl r18\nlsr r21\nror r18\nlsr r21\nror r18\n" /* fourth |= third << 6; third >>= 2 */
        "andi r21,15\n"
        "or r20,r21\n"
        "movw r30,r22\n"
        "st Z+,r19\nst Z+,r20\nst Z+,r18\n"
        "movw r22,r30\n"
        "rjmp 1b\n"
        "2:\n"
        "ret\n"
        "3:\n"
        "ld r18,X+\n"
        "subi r18,%[first]\n"
        "cpi r18,%[count]\n"
        "sbc r0,r0\n"
        "and r18,r0\n" /* 0 if outside */
        "movw r30,r24\n"
        "add r30,r18\nadc r31,r1\n"
        "lpm r18,Z\n"
        "or r2,r18\n"
        "ret\n"
        :
        : [alphabets] "i"(ALPHABETS), [values] "i"(VALUES), [first] "M"(FIRST), [count] "M"(sizeof VALUES),
          [not_in_base64] "M"(U), [not_in_base64url] "M"(S), [err_length] "i"(MOTE_ERR_LENGTH),
          [err_capacity] "i"(MOTE_ERR_CAPACITY), [err_overlap] "i"(MOTE_ERR_OVERLAP), [err_encoding] "i"(MOTE_ERR_ENCODING),
          [wipe] "i"(mote_wipe), "i"(mote_avr_frame), "i"(mote_avr_overlap_glue));
}

MOTE_AVR_ENTRY(base64url_encoded_len, mote_base64_avr_glue)
MOTE_AVR_ENTRY(base64_encode, mote_base64_avr_glue)
MOTE_AVR_ENTRY(base64_decode, mote_base64_avr_glue)
MOTE_AVR_ENTRY(base64url_encode, mote_base64_avr_glue)
MOTE_AVR_ENTRY(base64url_decode, mote_base64_avr_glue)
MOTE_AVR_ENTRY(base16_encode, mote_base64_avr_glue)
MOTE_AVR_ENTRY(base16_decode, mote_base64_avr_glue)

#else
typedef int mote_base64_avr_is_empty;
#endif
