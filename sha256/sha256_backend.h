/* sha256/sha256_backend.h - the one interface between SHA-256's compression functions and everything above them.
 *
 * A backend gives mote_sha256_compress (FIPS 180-4 section 6.2.2) over a run of whole blocks, and its name. Where one
 * backend is compiled in, its function carries that name, so calls go straight to it; where several are, each carries
 * its own in the middle and sha256/sha256.c chooses. A backend's file is an empty unit where it is not compiled in. */
#ifndef MOTE_SHA256_BACKEND_H
#define MOTE_SHA256_BACKEND_H

#include <mote/sha256.h>

/* Which backends this build has. */
#define MOTE_SHA256_PORTABLE 1
#define MOTE_SHA256_SINGLE_BACKEND 1

#if MOTE_SHA256_SINGLE_BACKEND
#define MOTE_SHA256_BACKEND(name, function) mote_sha256_##function
#else
#define MOTE_SHA256_BACKEND(name, function) mote_sha256_##name##_##function
#endif

/* Take blocks (possibly 0) blocks of 64 bytes at data, at any alignment, into the state H0..H7. */
void mote_sha256_compress(uint32_t state[8], const uint8_t *data, size_t blocks);

#endif
