/* sha256/sha256_shani.c - the SHA-256 compression function with the SHA-NI instructions (FIPS 180-4 section 6.2.2; Intel
 * SDM volume 2, SHA256RNDS2).
 *
 * SHA256RNDS2 does two rounds and wants the state as two registers, A B E F and C D G H, highest word first. */
#include "../ct/cpu.h"
#include "sha256_backend.h"

#if MOTE_SHA256_SHANI

#include "sha256_k.h"

#include <immintrin.h>

#define TARGET __attribute__((target("sha,sse4.1")))

TARGET static inline __m128i load(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

TARGET static inline void store(void *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)p, x);
}

/* Four rounds with the message words w of rounds t to t+3. */
#define ROUNDS(w, t)                                                     \
    do {                                                                 \
        const __m128i wk = _mm_add_epi32(w, load(mote_sha256_k + (t)));  \
        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, wk);                    \
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_srli_si128(wk, 8)); \
    } while (0)

/* The message schedule (step 1): w0 becomes the four words that follow those of w3. */
#define SCHEDULE(w0, w1, w2, w3)                                                                    \
    (w0 = _mm_sha256msg2_epu32(                                                                     \
         _mm_add_epi32(_mm_sha256msg1_epu32(w0, w1), _mm_alignr_epi8(w3, w2, 4)), w3))

TARGET void MOTE_SHA256_BACKEND(shani, compress)(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    const __m128i dcba = load(state), hgfe = load(state + 4);
    const __m128i cdab = _mm_shuffle_epi32(dcba, 0xb1), efgh = _mm_shuffle_epi32(hgfe, 0x1b);
    __m128i abef = _mm_alignr_epi8(cdab, efgh, 8), cdgh = _mm_blend_epi16(efgh, cdab, 0xf0);

    for (; blocks != 0; blocks--, data += 64) {
        const __m128i abef_before = abef, cdgh_before = cdgh;
        __m128i w0 = _mm_shuffle_epi8(load(data), swap);
        __m128i w1 = _mm_shuffle_epi8(load(data + 16), swap);
        __m128i w2 = _mm_shuffle_epi8(load(data + 32), swap);
        __m128i w3 = _mm_shuffle_epi8(load(data + 48), swap);

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
        abef = _mm_add_epi32(abef, abef_before);
        cdgh = _mm_add_epi32(cdgh, cdgh_before);
    }
    const __m128i feba = _mm_shuffle_epi32(abef, 0x1b), dchg = _mm_shuffle_epi32(cdgh, 0xb1);

    store(state, _mm_blend_epi16(feba, dchg, 0xf0));
    store(state + 4, _mm_alignr_epi8(dchg, feba, 8));
    MOTE_CLEAR_XMM();
}

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "shani";
}
#endif

#else
typedef int mote_sha256_shani_is_empty;
#endif
