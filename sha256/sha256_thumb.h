/* sha256/sha256_thumb.h - the order of SHA-256's rounds (FIPS 180-4 section 6.2.2 step 3) for the assembly of both Thumbs.
 *
 * Instead of moving the working variables a..h from one to the next, each round names them one place further on. Of x and bc
 * one holds b ^ c and the other is free; they change places. The numbers are the offsets of W[t] and, where a word is made to
 * take its place, of W[t + 1], W[t + 9] and W[t + 14], indices modulo 16. The file that includes this defines ROUND_1, a round
 * that makes that word, and ROUND_2, which does not. */
#ifndef MOTE_SHA256_THUMB_H
#define MOTE_SHA256_THUMB_H

/* All sixteen rounds of a turn. */
#define ROUNDS_1(a, b, c, d, e, f, g, h, x, bc)         \
    ROUND_1(a, b, d, e, f, g, h, x, bc, 0, 4, 36, 56)   \
    ROUND_1(h, a, c, d, e, f, g, bc, x, 4, 8, 40, 60)   \
    ROUND_1(g, h, b, c, d, e, f, x, bc, 8, 12, 44, 0)   \
    ROUND_1(f, g, a, b, c, d, e, bc, x, 12, 16, 48, 4)  \
    ROUND_1(e, f, h, a, b, c, d, x, bc, 16, 20, 52, 8)  \
    ROUND_1(d, e, g, h, a, b, c, bc, x, 20, 24, 56, 12) \
    ROUND_1(c, d, f, g, h, a, b, x, bc, 24, 28, 60, 16) \
    ROUND_1(b, c, e, f, g, h, a, bc, x, 28, 32, 0, 20)  \
    ROUND_1(a, b, d, e, f, g, h, x, bc, 32, 36, 4, 24)  \
    ROUND_1(h, a, c, d, e, f, g, bc, x, 36, 40, 8, 28)  \
    ROUND_1(g, h, b, c, d, e, f, x, bc, 40, 44, 12, 32) \
    ROUND_1(f, g, a, b, c, d, e, bc, x, 44, 48, 16, 36) \
    ROUND_1(e, f, h, a, b, c, d, x, bc, 48, 52, 20, 40) \
    ROUND_1(d, e, g, h, a, b, c, bc, x, 52, 56, 24, 44) \
    ROUND_1(c, d, f, g, h, a, b, x, bc, 56, 60, 28, 48) \
    ROUND_1(b, c, e, f, g, h, a, bc, x, 60, 0, 32, 52)

/* The first eight of the last turn, and the others. */
#define ROUNDS_2(a, b, c, d, e, f, g, h, x, bc) \
    ROUND_2(a, b, d, e, f, g, h, x, bc, 0)      \
    ROUND_2(h, a, c, d, e, f, g, bc, x, 4)      \
    ROUND_2(g, h, b, c, d, e, f, x, bc, 8)      \
    ROUND_2(f, g, a, b, c, d, e, bc, x, 12)     \
    ROUND_2(e, f, h, a, b, c, d, x, bc, 16)     \
    ROUND_2(d, e, g, h, a, b, c, bc, x, 20)     \
    ROUND_2(c, d, f, g, h, a, b, x, bc, 24)     \
    ROUND_2(b, c, e, f, g, h, a, bc, x, 28)

#define ROUNDS_3(a, b, c, d, e, f, g, h, x, bc) \
    ROUND_2(a, b, d, e, f, g, h, x, bc, 32)     \
    ROUND_2(h, a, c, d, e, f, g, bc, x, 36)     \
    ROUND_2(g, h, b, c, d, e, f, x, bc, 40)     \
    ROUND_2(f, g, a, b, c, d, e, bc, x, 44)     \
    ROUND_2(e, f, h, a, b, c, d, x, bc, 48)     \
    ROUND_2(d, e, g, h, a, b, c, bc, x, 52)     \
    ROUND_2(c, d, f, g, h, a, b, x, bc, 56)     \
    ROUND_2(b, c, e, f, g, h, a, bc, x, 60)

#endif
