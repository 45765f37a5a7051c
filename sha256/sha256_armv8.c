/* sha256/sha256_armv8.c - the SHA-256 compression function with the SHA-2 instructions of ARMv8 (FIPS 180-4 section 6.2.2;
 * Arm ARM C7.2, SHA256H). Assembly for the reason that aes/aes_armv8.c gives. */
#include "../ct/cpu.h"
#include "sha256_backend.h"

#if MOTE_SHA256_ARMV8

#include "sha256_k.h"

#include <arm_neon.h>

typedef uint32x4_t vec;

#define EXTENSION ".arch_extension crypto\n\t"

/* Four rounds with their words W + K. */
#define ROUNDS(w, t)                                                                                                 \
    do {                                                                                                             \
        const vec wk = vaddq_u32(w, vld1q_u32(mote_sha256_k + (t))), abcd_before = abcd;                             \
                                                                                                                     \
        __asm__(EXTENSION "sha256h %q0, %q1, %2.4s" : "+w"(abcd) : "w"(efgh), "w"(wk));                              \
        __asm__(EXTENSION "sha256h2 %q0, %q1, %2.4s" : "+w"(efgh) : "w"(abcd_before), "w"(wk));                      \
    } while (0)

/* The message schedule (step 1): w0 becomes the four words that follow those of w3. */
#define SCHEDULE(w0, w1, w2, w3)                                                                                     \
    __asm__(EXTENSION "sha256su0 %0.4s, %1.4s\n\tsha256su1 %0.4s, %2.4s, %3.4s" : "+&w"(w0) : "w"(w1), "w"(w2), "w"(w3))

static inline vec load_words(const uint8_t *p)
{
    return vreinterpretq_u32_u8(vrev32q_u8(vld1q_u8(p)));
}

void MOTE_SHA256_BACKEND(armv8, compress)(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    vec abcd = vld1q_u32(state), efgh = vld1q_u32(state + 4);

    for (; blocks != 0; blocks--, data += 64) {
        const vec abcd_start = abcd, efgh_start = efgh;
        vec w0 = load_words(data), w1 = load_words(data + 16), w2 = load_words(data + 32), w3 = load_words(data + 48);

        ROUNDS(w0, 0);
        ROUNDS(w1, 4);
        ROUNDS(w2, 8);
        ROUNDS(w3, 12);
        for (unsigned t = 16; t < 64; t += 16) {
            SCHEDULE(w0, w1, w2, w3);
            ROUNDS(w0, t);
            SCHEDULE(w1, w2, w3, w0);
            ROUNDS(w1, t + 4);
            SCHEDULE(w2, w3, w0, w1);
            ROUNDS(w2, t + 8);
            SCHEDULE(w3, w0, w1, w2);
            ROUNDS(w3, t + 12);
        }
        abcd = vaddq_u32(abcd, abcd_start);
        efgh = vaddq_u32(efgh, efgh_start);
    }
    vst1q_u32(state, abcd);
    vst1q_u32(state + 4, efgh);
    MOTE_CLEAR_VECTORS();
}

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "armv8";
}
#endif

#else
typedef int mote_sha256_armv8_is_empty;
#endif
