/* base64/base64_backend.h - the one interface between Base64's implementations and base64/base64.c, which does the
 * lengths, the padding and the errors.
 *
 * A backend converts a text without its padding: groups of 3 bytes and 4 characters, and a last one of 1 byte and 2
 * characters or of 2 bytes and 3. It reads and writes nothing outside them. No pointer is NULL. url is 0 for the alphabet of
 * RFC 4648 section 4, 1 for that of section 5, and public. Naming as in aes/aes_backend.h. */
#ifndef MOTE_BASE64_BACKEND_H
#define MOTE_BASE64_BACKEND_H

#include <mote/base64.h>

#include "../ct/cpu.h"

/* Which backends this build has: one that was asked for, or all that the target can have. */
#if defined(MOTE_BASE64_ONLY_SSSE3)
#define MOTE_BASE64_SSSE3 1
#elif defined(MOTE_BASE64_ONLY_AVX2)
#define MOTE_BASE64_AVX2 1
#elif defined(MOTE_BASE64_ONLY_AVX512)
#define MOTE_BASE64_AVX512 1
#elif defined(MOTE_BASE64_ONLY_NEON)
#define MOTE_BASE64_NEON 1
#elif MOTE_CPU_AVR && !defined(MOTE_BASE64_ONLY_PORTABLE)
#define MOTE_BASE64_AVR 1
#else
#define MOTE_BASE64_PORTABLE 1
#ifndef MOTE_BASE64_ONLY_PORTABLE
#define MOTE_BASE64_SSSE3 MOTE_CPU_X86
#define MOTE_BASE64_AVX2 MOTE_CPU_X86
#define MOTE_BASE64_AVX512 MOTE_CPU_X86
#define MOTE_BASE64_NEON (MOTE_CPU_ARM64 || MOTE_CPU_ARM32)
#endif
#endif

#ifndef MOTE_BASE64_PORTABLE
#define MOTE_BASE64_PORTABLE 0
#endif
#ifndef MOTE_BASE64_AVR
#define MOTE_BASE64_AVR 0
#endif
#ifndef MOTE_BASE64_SSSE3
#define MOTE_BASE64_SSSE3 0
#endif
#ifndef MOTE_BASE64_AVX2
#define MOTE_BASE64_AVX2 0
#endif
#ifndef MOTE_BASE64_AVX512
#define MOTE_BASE64_AVX512 0
#endif
#ifndef MOTE_BASE64_NEON
#define MOTE_BASE64_NEON 0
#endif
#define MOTE_BASE64_SINGLE_BACKEND                                                                  \
    (MOTE_BASE64_PORTABLE + MOTE_BASE64_AVR + MOTE_BASE64_SSSE3 + MOTE_BASE64_AVX2 +                \
         MOTE_BASE64_AVX512 + MOTE_BASE64_NEON == 1)

/* Is the portable one not the only one, so that it has its own name? NEON leaves short texts and the ends of long ones to it, as
 * AVX2 does to SSSE3. */
#define MOTE_BASE64_HELPED (MOTE_BASE64_NEON || (MOTE_BASE64_PORTABLE && !MOTE_BASE64_SINGLE_BACKEND))

#if MOTE_BASE64_SINGLE_BACKEND
#define MOTE_BASE64_BACKEND(name, function) mote_base64_##function
#else
#define MOTE_BASE64_BACKEND(name, function) mote_base64_##name##_##function
#endif

/* Bytes at in to len characters at out; no overlap. */
typedef void mote_base64_encode_run(char *out, const uint8_t *in, size_t len, uint8_t url);

/* len characters at in to bytes at out; out == in works. Returns 0 if every character was of the alphabet and those bits of
 * the last that no byte takes are zero (section 3.5), else another value; what was written is then without meaning. */
typedef uint8_t mote_base64_decode_run(uint8_t *out, const char *in, size_t len, uint8_t url);

/* Choose the backend, if none is chosen. It comes before the first use of the two below, which else are the portable ones. */
#if MOTE_BASE64_SINGLE_BACKEND
static inline void mote_base64_choose(void)
{
}
#else
void mote_base64_choose(void);
#endif

mote_base64_encode_run mote_base64_encode_text;
mote_base64_decode_run mote_base64_decode_text;

#if MOTE_BASE64_HELPED
mote_base64_encode_run mote_base64_portable_encode_text;
mote_base64_decode_run mote_base64_portable_decode_text;
#endif

#if MOTE_BASE64_AVX2
mote_base64_encode_run mote_base64_ssse3_encode_text;
mote_base64_decode_run mote_base64_ssse3_decode_text;
#endif

#if !MOTE_BASE64_SINGLE_BACKEND

mote_base64_encode_run mote_base64_avx2_encode_text, mote_base64_avx512_encode_text, mote_base64_neon_encode_text;
mote_base64_decode_run mote_base64_avx2_decode_text, mote_base64_avx512_decode_text, mote_base64_neon_decode_text;

/* For tests and benchmarks: the name of backend number index, NULL after the last; and use that backend from now on, in
 * every thread. Returns 1, or 0 and changes nothing if there is none or the processor lacks what it needs. */
const char *mote_base64_backend_name(unsigned index);
int mote_base64_backend_force(unsigned index);

#endif

#endif
