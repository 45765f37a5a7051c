/* cbc/cbc_internal.h - what the files of this room share. */
#ifndef MOTE_CBC_INTERNAL_H
#define MOTE_CBC_INTERNAL_H

#include <mote/cbc.h>

#include "../aes/aes_backend.h"

/* The rules of mote_cbc_encrypt and mote_cbc_decrypt; and what they do once the rules are kept. Apart, so that a small stack
 * holds what only the one or the other needs. */
mote_status mote_cbc_check(const uint8_t *out, size_t len, const uint8_t *in, const uint8_t iv[16]);
mote_status mote_cbc_crypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len,
                           uint8_t decrypt);

/* How many bytes of a padded last block are data (0..15). MOTE_ERR_PADDING if the padding is not well formed. The time
 * does not depend on the content; the verdict and *keep are declassified. */
mote_status mote_pkcs7_unpad_block(const uint8_t block[16], size_t *keep);

/* The function that holds the assembly of cbc/cbc_avr.c, where there is such (ct/ct_avr.h). */
#if MOTE_CBC_AVR_GLUE
void mote_cbc_avr_glue(void) __asm__("mote_cbc_decrypt");
#endif

#endif
