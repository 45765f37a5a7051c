/* cbc/cbc_internal.h - what the files of this room share. */
#ifndef MOTE_CBC_INTERNAL_H
#define MOTE_CBC_INTERNAL_H

#include <mote/cbc.h>

/* How many bytes of a padded last block are data (0..15). MOTE_ERR_PADDING if the padding is not well formed. The time
 * does not depend on the content; the verdict and *keep are declassified. */
mote_status mote_pkcs7_unpad_block(const uint8_t block[16], size_t *keep);

#endif
