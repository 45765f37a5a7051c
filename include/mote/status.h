/* mote/status.h - what a function that can fail returns.
 *
 * Zero is success, every failure is negative and one of the values below. On any failure the output buffer is left
 * unchanged or has been wiped (zeros), and *out_len is 0: there is never a partial result to use by mistake. When
 * several things are wrong at once, the first of LENGTH, CAPACITY, OVERLAP is reported, then what the content says. */
#ifndef MOTE_STATUS_H
#define MOTE_STATUS_H

#include <mote/config.h>

typedef enum {
    MOTE_OK = 0,
    MOTE_ERR_LENGTH = -1,   /* an input length that the function cannot take */
    MOTE_ERR_CAPACITY = -2, /* the output buffer is too small; nothing was written */
    MOTE_ERR_ENCODING = -3, /* not canonical Base64, Base64url or Base16 */
    MOTE_ERR_PADDING = -4,  /* the PKCS#7 padding is not well formed */
    MOTE_ERR_AUTH = -5,     /* the tag does not belong to this key, message and associated data */
    MOTE_ERR_OVERLAP = -6,  /* output and input share memory in a way that would corrupt the result */
    MOTE_ERR_HARDWARE = -7  /* the chip's AES unit failed or gave a wrong answer (MOTE_AES_EXTERN only) */
}
#if defined(__AVR__)
__attribute__((__packed__)) /* a byte, where an int takes two registers */
#endif
mote_status;

#endif
