/* sha256/sha256_portable.c - the SHA-256 compression function in portable C (FIPS 180-4 sections 4.1.2, 4.2.2, 6.2.2).
 *
 * Sixteen rounds are written out, four times over: the working variables then change names instead of places, and the
 * message schedule needs a ring of 16 words only. Additions, rotations and logic alone, so constant time by
 * construction. */
#include "sha256_backend.h"

#if MOTE_SHA256_PORTABLE

#include "../ct/ct_internal.h"
#include "sha256_k.h"

#if MOTE_TARGET_DESKTOP
#define K mote_sha256_k
#else
static const uint32_t K[64] = MOTE_SHA256_K;
#endif

static inline uint32_t rotr(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

static inline uint32_t load_be32(const uint8_t *p)
{
    return ((uint32_t)p[0] << 24) | ((uint32_t)p[1] << 16) | ((uint32_t)p[2] << 8) | p[3];
}

/* Section 4.1.2. Maj is written with the XOR of its first two arguments, which is the XOR of the last two of the next
 * round: Maj(a,b,c) = b ^ ((a ^ b) & (b ^ c)). */
#define BIG_SIGMA0(x) rotr((x) ^ rotr(x, 11) ^ rotr(x, 20), 2)
#define BIG_SIGMA1(x) rotr((x) ^ rotr(x, 5) ^ rotr(x, 19), 6)
#define SMALL_SIGMA0(x) (rotr(x, 7) ^ rotr(x, 18) ^ ((x) >> 3))
#define SMALL_SIGMA1(x) (rotr(x, 17) ^ rotr(x, 19) ^ ((x) >> 10))
#define CH(x, y, z) ((z) ^ ((x) & ((y) ^ (z))))

#if !MOTE_OPTIMIZE_SIZE

/* One round (section 6.2.2 step 3). d and h are written, the rest keep their values; *bc holds b ^ c and then a ^ b. */
#define ROUND(a, b, c, d, e, f, g, h, t, w)                          \
    do {                                                             \
        const uint32_t ab = (a) ^ (b);                               \
        (h) += BIG_SIGMA1(e) + CH(e, f, g) + k[t] + (w);             \
        (d) += (h);                                                  \
        (h) += BIG_SIGMA0(a) + ((b) ^ (ab & bc));                    \
        bc = ab;                                                     \
    } while (0)

#endif

/* W[t] for the first sixteen rounds, and for the others from the ring (step 1). */
#define LOAD(t) (W[t] = load_be32(data + 4 * (t)))
#define NEXT(t)                                                                                                 \
    (W[t] += SMALL_SIGMA1(W[((t) + 14) & 15]) + W[((t) + 9) & 15] + SMALL_SIGMA0(W[((t) + 1) & 15]))

#define READY(t) W[t]

#define SIXTEEN_ROUNDS(WORD)                        \
    do {                                            \
        ROUND(a, b, c, d, e, f, g, h, 0, WORD(0));  \
        ROUND(h, a, b, c, d, e, f, g, 1, WORD(1));  \
        ROUND(g, h, a, b, c, d, e, f, 2, WORD(2));  \
        ROUND(f, g, h, a, b, c, d, e, 3, WORD(3));  \
        ROUND(e, f, g, h, a, b, c, d, 4, WORD(4));  \
        ROUND(d, e, f, g, h, a, b, c, 5, WORD(5));  \
        ROUND(c, d, e, f, g, h, a, b, 6, WORD(6));  \
        ROUND(b, c, d, e, f, g, h, a, 7, WORD(7));  \
        ROUND(a, b, c, d, e, f, g, h, 8, WORD(8));  \
        ROUND(h, a, b, c, d, e, f, g, 9, WORD(9));  \
        ROUND(g, h, a, b, c, d, e, f, 10, WORD(10)); \
        ROUND(f, g, h, a, b, c, d, e, 11, WORD(11)); \
        ROUND(e, f, g, h, a, b, c, d, 12, WORD(12)); \
        ROUND(d, e, f, g, h, a, b, c, 13, WORD(13)); \
        ROUND(c, d, e, f, g, h, a, b, 14, WORD(14)); \
        ROUND(b, c, d, e, f, g, h, a, 15, WORD(15)); \
    } while (0)

static MOTE_NOINLINE void compress(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    uint32_t W[16];

    for (; blocks != 0; blocks--, data += 64) {
        uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
        uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
        const uint32_t *k = K;
#if !MOTE_OPTIMIZE_SIZE
        uint32_t bc = b ^ c;
#endif

#if MOTE_OPTIMIZE_SIZE
        for (unsigned t = 0; t < 16; t++)
            LOAD(t);
        for (;;) {
            for (unsigned t = 0; t < 16; t++) {
                const uint32_t t1 = h + BIG_SIGMA1(e) + CH(e, f, g) + *k++ + W[t];
                const uint32_t t2 = BIG_SIGMA0(a) + (b ^ ((a ^ b) & (b ^ c)));

                h = g;
                g = f;
                f = e;
                e = d + t1;
                d = c;
                c = b;
                b = a;
                a = t1 + t2;
            }
            if (k == K + 64)
                break;
            for (unsigned t = 0; t < 16; t++)
                NEXT(t);
        }
#elif !MOTE_SHA256_SINGLE_BACKEND && MOTE_CPU_X86 /* where nearly every processor has a faster one it had better be small */
        for (; k != K + 64; k += 16) {
            for (unsigned t = 0; t < 16; t++) {
                if (k == K)
                    LOAD(t);
                else
                    NEXT(t);
            }
            SIXTEEN_ROUNDS(READY);
        }
#else
        SIXTEEN_ROUNDS(LOAD);
        for (k = K + 16; k != K + 64; k += 16)
            SIXTEEN_ROUNDS(NEXT);
#endif

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }
    mote_wipe(W, sizeof W);
}

void MOTE_SHA256_BACKEND(portable, compress)(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    compress(state, data, blocks);
    mote_burn_stack();
}

#if MOTE_SHA256_SINGLE_BACKEND
const char *mote_sha256_backend(void)
{
    return "portable";
}
#endif

#else
typedef int mote_sha256_portable_is_empty;
#endif
