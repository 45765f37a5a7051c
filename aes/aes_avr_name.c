/* aes/aes_avr_name.c - the backend's name, in a file of its own: a string is data, for which a program
 * that has no other would need code that copies it to RAM. */
#include "aes_backend.h"

#if MOTE_AES_AVR && MOTE_AES_SINGLE_BACKEND

const char *mote_aes128_backend(void)
{
    return "avr";
}

#else
typedef int mote_aes_avr_name_is_empty;
#endif
