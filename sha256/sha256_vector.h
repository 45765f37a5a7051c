/* sha256/sha256_vector.h - SHA-256's compression function with the message schedule in vector registers and the rounds in
 * scalar ones (FIPS 180-4 section 6.2.2): one algorithm for SSSE3, AVX2 and AVX-512.
 *
 * A vector has four words of one block in each lane of 128 bits. With two lanes the schedules of two blocks are made at
 * once, beside the rounds of the first; those of the second find theirs in memory. The processor runs the vector
 * instructions between the scalar ones, whose dependent chain leaves it room.
 *
 * The file that includes this defines, before: COMPRESS, the function's name; TARGET, the attribute of all functions;
 * LANES, 1 or 2; vec; and the functions on it: load_words (big-endian, of one block in each lane), store, add, load_k
 * (four words in each lane), CLEAR_VECTORS, and next_words (step 1: the four words that follow those of x3). */
#ifndef MOTE_SHA256_VECTOR_H
#define MOTE_SHA256_VECTOR_H

#include "../ct/ct_internal.h"

TARGET static inline uint32_t rotr(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

#define BIG_SIGMA0(x) (rotr(x, 2) ^ rotr(x, 13) ^ rotr(x, 22))
#define BIG_SIGMA1(x) (rotr(x, 6) ^ rotr(x, 11) ^ rotr(x, 25))

/* One round (step 3). Ch is the sum of two parts that share no bit. Maj(a,b,c) = b ^ ((a ^ b) & (b ^ c)), and a ^ b is the
 * b ^ c of the next round. d, which the next round waits for, is ready before h. */
#define ROUND(a, b, c, d, e, f, g, h, wk)              \
    do {                                               \
        const uint32_t s1 = BIG_SIGMA1(e), ab = a ^ b; \
                                                       \
        h += (wk);                                     \
        h += ~e & g;                                   \
        h += e & f;                                    \
        d += h;                                        \
        d += s1;                                       \
        h += s1;                                       \
        h += BIG_SIGMA0(a);                            \
        h += b ^ (ab & bc);                            \
        bc = ab;                                       \
    } while (0)

#define STRIDE (4 * LANES) /* words of W + K in memory from one four rounds of a block to the next */

#define FOUR_ROUNDS(a, b, c, d, e, f, g, h, q)                 \
    do {                                                       \
        ROUND(a, b, c, d, e, f, g, h, wk[(q)*STRIDE]);         \
        ROUND(h, a, b, c, d, e, f, g, wk[(q)*STRIDE + 1]);     \
        ROUND(g, h, a, b, c, d, e, f, wk[(q)*STRIDE + 2]);     \
        ROUND(f, g, h, a, b, c, d, e, wk[(q)*STRIDE + 3]);     \
    } while (0)

/* x0 becomes the four words that follow those of x3, the ones of rounds t + 4 q on; they are stored for them. */
#define SCHEDULE(q, x0, x1, x2, x3)                                                             \
    (x0 = next_words(x0, x1, x2, x3),                                                           \
     store(wk + (4 + (q)) * STRIDE, add(x0, load_k(mote_sha256_k + (t & 48) + 4 * (q)))))

/* Sixteen rounds; BEFORE(...) stands before each four, and is SCHEDULE or nothing. */
#define SIXTEEN_ROUNDS(BEFORE)                      \
    do {                                            \
        uint32_t *const wk = buffer + at;           \
                                                    \
        BEFORE(0, x0, x1, x2, x3);                  \
        FOUR_ROUNDS(a, b, c, d, e, f, g, h, 0);     \
        BEFORE(1, x1, x2, x3, x0);                  \
        FOUR_ROUNDS(e, f, g, h, a, b, c, d, 1);     \
        BEFORE(2, x2, x3, x0, x1);                  \
        FOUR_ROUNDS(a, b, c, d, e, f, g, h, 2);     \
        BEFORE(3, x3, x0, x1, x2);                  \
        FOUR_ROUNDS(e, f, g, h, a, b, c, d, 3);     \
        at += 4 * STRIDE;                           \
    } while (0)
#define NOTHING(q, x0, x1, x2, x3) (void)0

#define ADD_STATE()               \
    do {                          \
        state[0] = a += state[0]; \
        state[1] = b += state[1]; \
        state[2] = c += state[2]; \
        state[3] = d += state[3]; \
        state[4] = e += state[4]; \
        state[5] = f += state[5]; \
        state[6] = g += state[6]; \
        state[7] = h += state[7]; \
    } while (0)

TARGET static MOTE_NOINLINE void compress(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    uint32_t buffer[LANES == 1 ? 80 : 128]; /* W + K */
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
    uint32_t f = state[5], g = state[6], h = state[7], bc;

    while (blocks != 0) {
        const unsigned take = LANES == 2 && blocks > 1 ? 2 : 1;
        const uint8_t *const second = data + 64 * (take - 1); /* a single block is in both lanes */
        vec x0 = load_words(data, second), x1 = load_words(data + 16, second + 16);
        vec x2 = load_words(data + 32, second + 32), x3 = load_words(data + 48, second + 48);
        unsigned at = 0; /* where the next rounds' W + K begin */

        store(buffer, add(x0, load_k(mote_sha256_k)));
        store(buffer + STRIDE, add(x1, load_k(mote_sha256_k + 4)));
        store(buffer + 2 * STRIDE, add(x2, load_k(mote_sha256_k + 8)));
        store(buffer + 3 * STRIDE, add(x3, load_k(mote_sha256_k + 12)));
        bc = b ^ c;
#if LANES == 1
        /* The schedule runs beside the last sixteen rounds too, where nobody wants it: that is half the code. */
        for (unsigned t = 16; t <= 64; t += 16)
            SIXTEEN_ROUNDS(SCHEDULE);
        ADD_STATE();
#else
        for (unsigned t = 16; t < 64; t += 16)
            SIXTEEN_ROUNDS(SCHEDULE);
        /* What is left needs no schedule: the last 16 rounds of the first block, then the 64 of the second. */
        for (unsigned runs = 1, more = take - 1;;) {
            SIXTEEN_ROUNDS(NOTHING);
            if (--runs != 0)
                continue;
            ADD_STATE();
            if (more == 0)
                break;
            more = 0;
            bc = b ^ c;
            runs = 4;
            at = 4;
        }
#endif
        data += 64 * take;
        blocks -= take;
    }
}

/* After all of the above: clears the stack below its caller, and the vector registers. */
TARGET static MOTE_NOINLINE void erase(void)
{
#if MOTE_BURN_EVERYWHERE
    mote_burn_stack();
#else
    /* mote_burn_stack in few wide stores, as most messages are short. */
    const vec zero = {0};
    uint32_t dead[LANES == 1 ? 128 : 192];

    for (unsigned i = 0; i < sizeof dead / (4 * LANES); i += 16) {
        store(dead + i * LANES, zero);
        store(dead + (i + 4) * LANES, zero);
        store(dead + (i + 8) * LANES, zero);
        store(dead + (i + 12) * LANES, zero);
    }
    __asm__ volatile("" : : "r"(dead) : "memory");
#endif
    CLEAR_VECTORS();
}

TARGET void COMPRESS(uint32_t state[8], const uint8_t *data, size_t blocks)
{
    compress(state, data, blocks);
    erase();
}

#endif
