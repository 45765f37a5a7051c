/* base64/base64_backend.h - the one interface between Base64's implementations and base64/base64.c, which does the
 * lengths, the tails and the errors.
 *
 * A backend converts whole groups (3 bytes, 4 characters) and reads and writes nothing outside them. url is 0 for the
 * alphabet of RFC 4648 section 4, 1 for that of section 5, and public. Naming as in aes/aes_backend.h. */
#ifndef MOTE_BASE64_BACKEND_H
#define MOTE_BASE64_BACKEND_H

#include <mote/base64.h>

#include "../ct/cpu.h"

/* Which backends this build has. */
#if MOTE_CPU_AVR
#define MOTE_BASE64_AVR 1
#define MOTE_BASE64_PORTABLE 0
#else
#define MOTE_BASE64_AVR 0
#define MOTE_BASE64_PORTABLE 1
#endif
#define MOTE_BASE64_SINGLE_BACKEND 1

#if MOTE_BASE64_SINGLE_BACKEND
#define MOTE_BASE64_BACKEND(name, function) mote_base64_##function
#else
#define MOTE_BASE64_BACKEND(name, function) mote_base64_##name##_##function
#endif

/* 3 * groups bytes at in to 4 * groups characters at out; no overlap. */
void mote_base64_encode_groups(char *out, const uint8_t *in, size_t groups, uint8_t url);

/* 4 * groups characters at in to 3 * groups bytes at out; out == in works. Returns 0 if every character was of the
 * alphabet, else another value; what was written is then without meaning. */
uint8_t mote_base64_decode_groups(uint8_t *out, const char *in, size_t groups, uint8_t url);

#endif
