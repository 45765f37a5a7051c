/* sha256/sha256_backend.h - the one interface between SHA-256's compression functions and everything above them.
 *
 * A backend gives mote_sha256_compress (FIPS 180-4 section 6.2.2) over a run of whole blocks, and its name. Where one
 * backend is compiled in, its function carries that name, so calls go straight to it; where several are, each carries
 * its own in the middle and sha256/sha256.c chooses. A backend's file is an empty unit where it is not compiled in. */
#ifndef MOTE_SHA256_BACKEND_H
#define MOTE_SHA256_BACKEND_H

#include <mote/sha256.h>

#include "../ct/ct_avr.h"

/* Which backends this build has: one that was asked for, or all that the target can have. */
#if defined(MOTE_SHA256_ONLY_SSSE3)
#define MOTE_SHA256_SSSE3 1
#elif defined(MOTE_SHA256_ONLY_AVX2)
#define MOTE_SHA256_AVX2 1
#elif defined(MOTE_SHA256_ONLY_AVX512)
#define MOTE_SHA256_AVX512 1
#elif defined(MOTE_SHA256_ONLY_SHANI)
#define MOTE_SHA256_SHANI 1
#elif defined(MOTE_SHA256_ONLY_ARMV8)
#define MOTE_SHA256_ARMV8 1
#elif MOTE_CPU_AVR && !defined(MOTE_SHA256_ONLY_PORTABLE)
#define MOTE_SHA256_AVR 1
#elif MOTE_TARGET_CORTEX_M && MOTE_CPU_THUMB2 && defined(__ARM_FEATURE_UNALIGNED) && !MOTE_OPTIMIZE_SIZE &&              \
    !defined(MOTE_SHA256_ONLY_PORTABLE)
#define MOTE_SHA256_THUMB2 1
#elif MOTE_TARGET_CORTEX_M && MOTE_CPU_THUMB1 && !MOTE_OPTIMIZE_SIZE && !defined(MOTE_SHA256_ONLY_PORTABLE)
#define MOTE_SHA256_THUMB1 1
#else
#define MOTE_SHA256_PORTABLE 1
#ifndef MOTE_SHA256_ONLY_PORTABLE
#define MOTE_SHA256_SSSE3 MOTE_CPU_X86
#define MOTE_SHA256_AVX2 MOTE_CPU_X86
#define MOTE_SHA256_AVX512 MOTE_CPU_X86
#define MOTE_SHA256_SHANI MOTE_CPU_X86
#define MOTE_SHA256_ARMV8 MOTE_CPU_ARM64
#endif
#endif

#ifndef MOTE_SHA256_PORTABLE
#define MOTE_SHA256_PORTABLE 0
#endif
#ifndef MOTE_SHA256_AVR
#define MOTE_SHA256_AVR 0
#endif
#ifndef MOTE_SHA256_THUMB1
#define MOTE_SHA256_THUMB1 0
#endif
#ifndef MOTE_SHA256_THUMB2
#define MOTE_SHA256_THUMB2 0
#endif
#ifndef MOTE_SHA256_SSSE3
#define MOTE_SHA256_SSSE3 0
#endif
#ifndef MOTE_SHA256_AVX2
#define MOTE_SHA256_AVX2 0
#endif
#ifndef MOTE_SHA256_AVX512
#define MOTE_SHA256_AVX512 0
#endif
#ifndef MOTE_SHA256_SHANI
#define MOTE_SHA256_SHANI 0
#endif
#ifndef MOTE_SHA256_ARMV8
#define MOTE_SHA256_ARMV8 0
#endif
#define MOTE_SHA256_SINGLE_BACKEND                                                                    \
    (MOTE_SHA256_PORTABLE + MOTE_SHA256_AVR + MOTE_SHA256_THUMB1 + MOTE_SHA256_THUMB2 +                \
         MOTE_SHA256_SSSE3 + MOTE_SHA256_AVX2 + MOTE_SHA256_AVX512 + MOTE_SHA256_SHANI + MOTE_SHA256_ARMV8 == 1)

#if MOTE_SHA256_SINGLE_BACKEND
#define MOTE_SHA256_BACKEND(name, function) mote_sha256_##function
#else
#define MOTE_SHA256_BACKEND(name, function) mote_sha256_##name##_##function
#endif

/* Is all around this backend, and the rooms on top of it, in assembly too? */
#define MOTE_SHA256_AVR_GLUE MOTE_SHA256_AVR
#if MOTE_SHA256_AVR_GLUE
void mote_sha256_avr_glue(void) __asm__("mote_sha256_init"); /* the function that holds it */
#endif

/* H(0), the initial value (section 5.3.3). */
void mote_sha256_initial(uint32_t state[8]);

/* Go on after length bytes: those in whole blocks have been compressed into sha->state, the rest are in sha->block. */
void mote_sha256_resume(mote_sha256 *sha, uint8_t length);

/* Take blocks (possibly 0) blocks of 64 bytes at data, at any alignment, into the state H0..H7. */
typedef void mote_sha256_compress_run(uint32_t state[8], const uint8_t *data, size_t blocks);

#if MOTE_SHA256_AVR
/* This backend takes one block at a time, the one in the context: what its callers gather there costs little beside it. */
void mote_sha256_compress_block(mote_sha256 *sha);
#else
#if MOTE_SHA256_THUMB2
/* Take one block. This backend has the message schedule in the context's own block, where nothing is left of what was there;
 * data may be that block. */
#define MOTE_SHA256_SPENDS_BLOCK 1
void mote_sha256_compress_from(mote_sha256 *sha, const uint8_t data[64]);

static inline void mote_sha256_compress_blocks(mote_sha256 *sha, const uint8_t *data, size_t blocks)
{
    for (; blocks != 0; blocks--, data += 64)
        mote_sha256_compress_from(sha, data);
}
#else
mote_sha256_compress_run mote_sha256_compress;

static inline void mote_sha256_compress_blocks(mote_sha256 *sha, const uint8_t *data, size_t blocks)
{
    mote_sha256_compress(sha->state, data, blocks);
}
#endif

static inline void mote_sha256_compress_block(mote_sha256 *sha)
{
    mote_sha256_compress_blocks(sha, sha->block, 1);
}
#endif

#ifndef MOTE_SHA256_SPENDS_BLOCK
#define MOTE_SHA256_SPENDS_BLOCK 0
#endif

#if MOTE_TARGET_DESKTOP
/* End a message whose first `before` bytes, whole blocks, are in state: its last len bytes, of any number, and the padding.
 * One call for what short messages are: little data and padding. What is in state then is the digest. */
void mote_sha256_last(uint32_t state[8], uint64_t before, const uint8_t *data, size_t len);

/* The same for 0..119 bytes that stand at the start of a buffer, which is zero after them. */
void mote_sha256_last_in(uint32_t state[8], uint64_t before, uint8_t last[128], size_t len);

/* The same for a context's message, of which all has been taken. */
void mote_sha256_last_of(mote_sha256 *sha);

/* HMAC's outer hash: the digest of one block that is in outer already, and the digest in inner. */
void mote_sha256_outer(uint32_t outer[8], const uint32_t inner[8], uint8_t digest[32]);

/* One block into each of two states, side by side where the backend can. */
typedef void mote_sha256_compress_two(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8],
                                      const uint8_t block2[64]);

mote_sha256_compress_two mote_sha256_compress_both;
#else
/* As mote_sha256_final, but wipe nothing; digest may be sha->block. */
void mote_sha256_end(mote_sha256 *sha, uint8_t digest[32]);
#endif

#if !MOTE_SHA256_SINGLE_BACKEND

mote_sha256_compress_run mote_sha256_portable_compress, mote_sha256_ssse3_compress, mote_sha256_avx2_compress;
mote_sha256_compress_run mote_sha256_avx512_compress, mote_sha256_shani_compress, mote_sha256_armv8_compress;
mote_sha256_compress_two mote_sha256_shani_compress_both, mote_sha256_avx512_compress_both;

/* For tests and benchmarks: the name of backend number index, NULL after the last; and use that backend from now on, in
 * every thread. Returns 1, or 0 and changes nothing if there is none or the processor lacks what it needs. */
const char *mote_sha256_backend_name(unsigned index);
int mote_sha256_backend_force(unsigned index);

#endif

#endif
