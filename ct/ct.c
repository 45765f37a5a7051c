/* ct/ct.c - comparing and erasing secrets in constant time. */
#include "ct_avr.h"
#include "ct_internal.h"

#include <string.h>

#if !MOTE_CPU_AVR /* else in ct_avr.c */

int mote_ct_equal(const void *a, const void *b, size_t len)
{
    const uint8_t *x = (const uint8_t *)a, *y = (const uint8_t *)b;
    uint8_t difference = 0;

    /* The barrier keeps the compiler from leaving the loop once the difference can no longer become zero. */
    for (size_t i = 0; i < len; i++)
        difference = mote_ct_barrier8((uint8_t)(difference | (x[i] ^ y[i])));
    return 1 & (int)~mote_ct_nonzero8(difference);
}

void mote_wipe(void *data, size_t len)
{
    if (len == 0)
        return;
#if MOTE_GNU_ASM
    memset(data, 0, len);
    /* An assembly statement that may read the memory: the zeros above must really be there. */
    __asm__ volatile("" : : "r"(data) : "memory");
#else
    volatile uint8_t *p = (volatile uint8_t *)data;
    for (size_t i = 0; i < len; i++)
        p[i] = 0;
#endif
}

#endif

#if MOTE_BURN != 0
MOTE_NOINLINE void mote_burn_stack(void)
{
    uint8_t dead[MOTE_BURN];

    mote_wipe(dead, sizeof dead);
    mote_clear_vectors();
}
#endif

#if !MOTE_INLINE_CALLS
int mote_overlap(const void *out, size_t out_len, const void *in, size_t in_len)
{
    return mote_overlap_inline(out, out_len, in, in_len);
}
#endif

#if MOTE_CPU_AVR
void mote_flash_copy(void *out, const void *in, uint8_t len)
{
    uint8_t *to = (uint8_t *)out;
    const uint8_t *from = (const uint8_t *)in;

    for (; len != 0; len--) {
        uint8_t x;

        __asm__("lpm %0,%a1+" : "=r"(x), "+z"(from));
        *to++ = x;
    }
}
#endif
