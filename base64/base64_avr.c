/* base64/base64_avr.c - Base64 groups on the 8-bit AVR (RFC 4648 tables 1 and 2), by tables in flash.
 *
 * An AVR has no data cache: a load from flash takes three cycles at every address, so a table look-up shows nothing by
 * its time, and no branch depends on the characters. */
#include "base64_backend.h"

#if MOTE_BASE64_AVR

#include "../ct/ct_internal.h"

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

/* Replace index by what the table holds there. */
#define LOOK_UP(index) "movw r30,%[table]\nadd r30,%[" index "]\nadc r31,r1\nlpm %[" index "],Z\n"

/* Write the letter of a value. */
#define LETTER(value) "subi %[" value "],-2\nand %[" value "],%[turn]\n" LOOK_UP(value) "st X+,%[" value "]\n"

void MOTE_BASE64_BACKEND(avr, encode_groups)(char *out, const uint8_t *in, size_t groups, uint8_t url)
{
    const uint8_t turn = url ? 0x7f : 0x3f;
    uint8_t a, b, c, d;

    if (groups != 0)
        __asm__ volatile(
            "1:\n"
            "movw r30,%[in]\n"
            "ld %[a],Z+\nld %[b],Z+\nld %[d],Z+\n"
            "movw %[in],r30\n"
            "mov %[c],%[b]\n"              /* c = b << 2 | d >> 6 */
            "mov __tmp_reg__,%[d]\n"
            "lsl __tmp_reg__\nrol %[c]\nlsl __tmp_reg__\nrol %[c]\n"
            "lsr %[a]\nror %[b]\nlsr %[a]\nror %[b]\nlsr %[b]\nlsr %[b]\n" /* a >>= 2; b = (a << 8 | b) >> 4 & 63 */
            "andi %[c],63\nandi %[d],63\n"
            LETTER("a") LETTER("b") LETTER("c") LETTER("d")
            "subi %A[groups],1\nsbci %B[groups],0\n"
            "brne 1b\n"
            : [a] "=&d"(a), [b] "=&d"(b), [c] "=&d"(c), [d] "=&d"(d), [in] "+r"(in), [out] "+x"(out),
              [groups] "+d"(groups)
            : [table] "r"(ALPHABETS), [turn] "r"(turn)
            : "r30", "r31", "memory");
}

/* Read a character and look its value up. */
#define VALUE(value)                                                                                                   \
    "ld %[" value "],X+\nsubi %[" value "],%[first]\n"                                                                 \
    "cpi %[" value "],%[count]\nsbc __tmp_reg__,__tmp_reg__\nand %[" value "],__tmp_reg__\n" /* 0 if outside */        \
    LOOK_UP(value)                                                                                                     \
    "or %[wrong],%[" value "]\n"

uint8_t MOTE_BASE64_BACKEND(avr, decode_groups)(uint8_t *out, const char *in, size_t groups, uint8_t url)
{
    uint8_t wrong = 0, a, b, c, d;

    if (groups != 0)
        __asm__ volatile(
            "1:\n"
            VALUE("a") VALUE("b") VALUE("c") VALUE("d")
            "lsl %[a]\nlsl %[a]\nswap %[b]\nmov __tmp_reg__,%[b]\n"
            "andi %[b],3\nor %[a],%[b]\n"                                  /* a = a << 2 | b >> 4 */
            "lsl %[d]\nlsl %[d]\nlsr %[c]\nror %[d]\nlsr %[c]\nror %[d]\n" /* d |= c << 6; c >>= 2 */
            "mov %[b],__tmp_reg__\nandi %[b],0xf0\nandi %[c],15\nor %[b],%[c]\n" /* b = b << 4 | c */
            "movw r30,%[out]\n"
            "st Z+,%[a]\nst Z+,%[b]\nst Z+,%[d]\n"
            "movw %[out],r30\n"
            "subi %A[groups],1\nsbci %B[groups],0\n"
            "breq 2f\n"
            "rjmp 1b\n"
            "2:\n"
            : [a] "=&d"(a), [b] "=&d"(b), [c] "=&d"(c), [d] "=&d"(d), [in] "+x"(in), [out] "+r"(out),
              [wrong] "+r"(wrong), [groups] "+d"(groups)
            : [table] "r"(VALUES), [first] "M"(FIRST), [count] "M"(sizeof VALUES)
            : "r30", "r31", "memory");
    return (uint8_t)(wrong & (url ? S : U));
}

const char *mote_base64_backend(void)
{
    return "avr";
}

#else
typedef int mote_base64_avr_is_empty;
#endif
