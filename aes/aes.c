/* aes/aes.c - what all backends of the block cipher have in common. */
#include "../ct/ct_internal.h"
#include "aes_backend.h"

void mote_aes128_wipe(mote_aes128 *aes)
{
    mote_wipe(aes, sizeof *aes);
}
