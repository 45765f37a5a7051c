/* sha256/sha256_avr_name.c - the backend's name, in a file of its own: a string is data, for which a program
 * that has no other would need code that copies it to RAM. */
#include "sha256_backend.h"

#if MOTE_SHA256_AVR

const char *mote_sha256_backend(void)
{
    return "avr";
}

#else
typedef int mote_sha256_avr_name_is_empty;
#endif
