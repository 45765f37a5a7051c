/* sha256/sha256_shani.c - the SHA-256 compression function with the SHA-NI instructions (FIPS 180-4 section 6.2.2; Intel
 * SDM volume 2, SHA256RNDS2).
 *
 * SHA256RNDS2 does two rounds and wants the state as two registers, A B E F and C D G H, highest word first. */
#include "../ct/ct_internal.h"
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

/* The state in the order of the instructions, and a block's words (FIPS 180-4 section 6.2.2 step 1). */
typedef struct {
    __m128i abef, cdgh;
} hash;

typedef struct {
    __m128i w0, w1, w2, w3;
} words;

TARGET static inline hash load_state(const uint32_t state[8])
{
    const __m128i cdab = _mm_shuffle_epi32(load(state), 0xb1), efgh = _mm_shuffle_epi32(load(state + 4), 0x1b);
    const hash h = {_mm_alignr_epi8(cdab, efgh, 8), _mm_blend_epi16(efgh, cdab, 0xf0)};

    return h;
}

TARGET static inline void store_state(uint32_t state[8], hash h)
{
    const __m128i feba = _mm_shuffle_epi32(h.abef, 0x1b), dchg = _mm_shuffle_epi32(h.cdgh, 0xb1);

    store(state, _mm_blend_epi16(feba, dchg, 0xf0));
    store(state + 4, _mm_alignr_epi8(dchg, feba, 8));
}

TARGET static inline words load_words(const uint8_t *data)
{
    const __m128i swap = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    const words w = {_mm_shuffle_epi8(load(data), swap), _mm_shuffle_epi8(load(data + 16), swap),
                     _mm_shuffle_epi8(load(data + 32), swap), _mm_shuffle_epi8(load(data + 48), swap)};

    return w;
}

TARGET static inline hash added(hash h, hash before)
{
    const hash result = {_mm_add_epi32(h.abef, before.abef), _mm_add_epi32(h.cdgh, before.cdgh)};

    return result;
}

/* Four rounds with the words W of rounds t to t + 3. */
#define ROUNDS(h, W, t)                                                          \
    do {                                                                         \
        const __m128i wk = _mm_add_epi32(W, load(mote_sha256_k + (t)));          \
                                                                                 \
        h.cdgh = _mm_sha256rnds2_epu32(h.cdgh, h.abef, wk);                      \
        h.abef = _mm_sha256rnds2_epu32(h.abef, h.cdgh, _mm_srli_si128(wk, 8));   \
    } while (0)

/* Step 1: a becomes the four words that follow those of d. */
#define SCHEDULE(a, b, c, d) \
    (a = _mm_sha256msg2_epu32(_mm_add_epi32(_mm_sha256msg1_epu32(a, b), _mm_alignr_epi8(d, c, 4)), d))

TARGET void MOTE_SHA256_BACKEND(shani, compress)(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    hash h = load_state(state);

    for (; blocks != 0; blocks--, data += 64) {
        const hash before = h;
        words w = load_words(data);

        MOTE_NO_UNROLL
        for (unsigned t = 0;; t += 16) {
            ROUNDS(h, w.w0, t);
            ROUNDS(h, w.w1, t + 4);
            ROUNDS(h, w.w2, t + 8);
            ROUNDS(h, w.w3, t + 12);
            if (t == 48)
                break;
            SCHEDULE(w.w0, w.w1, w.w2, w.w3);
            SCHEDULE(w.w1, w.w2, w.w3, w.w0);
            SCHEDULE(w.w2, w.w3, w.w0, w.w1);
            SCHEDULE(w.w3, w.w0, w.w1, w.w2);
        }
        h = added(h, before);
    }
    store_state(state, h);
    MOTE_CLEAR_XMM();
}

/* Rounds wait for one another; those of a second block fit in between. */
TARGET static MOTE_NOINLINE void compress_both(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8],
                                               const uint8_t block2[64])
{
    const hash before1 = load_state(state1), before2 = load_state(state2);
    hash h1 = before1, h2 = before2;
    words v = load_words(block1), w = load_words(block2);

    for (unsigned t = 0;; t += 16) {
        ROUNDS(h1, v.w0, t);
        ROUNDS(h2, w.w0, t);
        ROUNDS(h1, v.w1, t + 4);
        ROUNDS(h2, w.w1, t + 4);
        ROUNDS(h1, v.w2, t + 8);
        ROUNDS(h2, w.w2, t + 8);
        ROUNDS(h1, v.w3, t + 12);
        ROUNDS(h2, w.w3, t + 12);
        if (t == 48)
            break;
        SCHEDULE(v.w0, v.w1, v.w2, v.w3);
        SCHEDULE(w.w0, w.w1, w.w2, w.w3);
        SCHEDULE(v.w1, v.w2, v.w3, v.w0);
        SCHEDULE(w.w1, w.w2, w.w3, w.w0);
        SCHEDULE(v.w2, v.w3, v.w0, v.w1);
        SCHEDULE(w.w2, w.w3, w.w0, w.w1);
        SCHEDULE(v.w3, v.w0, v.w1, v.w2);
        SCHEDULE(w.w3, w.w0, w.w1, w.w2);
    }
    store_state(state1, added(h1, before1));
    store_state(state2, added(h2, before2));
}

/* Those are more values than there are registers: some of the schedule was on the stack. */
TARGET static MOTE_NOINLINE void erase(void)
{
    __m128i dead[16];

    for (unsigned i = 0; i < 16; i += 4)
        dead[i] = dead[i + 1] = dead[i + 2] = dead[i + 3] = _mm_setzero_si128();
    __asm__ volatile("" : : "r"(dead) : "memory");
    MOTE_CLEAR_XMM();
}

TARGET void MOTE_SHA256_BACKEND(shani, compress_both)(uint32_t state1[8], const uint8_t block1[64], uint32_t state2[8],
                                                      const uint8_t block2[64])
{
    compress_both(state1, block1, state2, block2);
    erase();
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
