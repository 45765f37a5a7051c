/* base64/base64_avr_name.c - the backend's name, in a file of its own: a string is data, for which a program
 * that has no other would need code that copies it to RAM. */
#include "base64_backend.h"

#if MOTE_BASE64_AVR

const char *mote_base64_backend(void)
{
    return "avr";
}

#else
typedef int mote_base64_avr_name_is_empty;
#endif
