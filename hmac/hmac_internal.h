/* hmac/hmac_internal.h - what other rooms need of HMAC beyond mote/hmac.h. */
#ifndef MOTE_HMAC_INTERNAL_H
#define MOTE_HMAC_INTERNAL_H

#include <mote/hmac.h>

#include "../sha256/sha256_backend.h"

/* Start a tag under a key that is used once: as mote_hmac_key_init and mote_hmac_init, but without the key object, for
 * which a small stack has no room. */
void mote_hmac_start(mote_hmac *hmac, const uint8_t *secret, size_t secret_len);

/* The function that holds this room's assembly, where it has such (ct/ct_avr.h). */
#if MOTE_SHA256_AVR_GLUE
void mote_hmac_avr_glue(void) __asm__("mote_hmac_init");
#endif

#if MOTE_TARGET_DESKTOP
/* The tag, under a prepared key, of 0..119 bytes that stand at the start of a buffer, which is zero after them. */
void mote_hmac_with_key(const mote_hmac_key *key, uint8_t tag[32], uint8_t message[128], size_t len);
#endif

#endif
