/* base64/base64_internal.h - what the encodings of this room share. */
#ifndef MOTE_BASE64_INTERNAL_H
#define MOTE_BASE64_INTERNAL_H

#include <mote/base64.h>

/* After len bytes were decoded: set *out_len, or wipe them if wrong is not 0. */
mote_status mote_decode_end(uint8_t *out, size_t *out_len, size_t len, uint8_t wrong);

#endif
