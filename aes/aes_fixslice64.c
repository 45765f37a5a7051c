/* aes/aes_fixslice64.c - AES-128 (FIPS 197) for any 64-bit processor: four blocks at a time, fixsliced.
 *
 * Bitslicing keeps bit i of every state byte in one word, so the S-box is a circuit (aes_sbox.h) and nothing depends on
 * a secret but the values of the words: no table, no branch. Bit 16 r + 4 c + b of word q[i] is bit i of the byte in
 * row r, column c of block b.
 *
 * Fixslicing (Adomnicai and Peyrin, "Fixslicing AES-like ciphers", ePrint 2020/1123) never does ShiftRows: after j rounds
 * the byte of row r and column c simply lies in column c + j r. MixColumns of round j looks for the next row j columns
 * further on, which costs less than moving everything there, and the round keys are laid out to match at key setup. */
#include "aes_backend.h"

#if MOTE_AES_FIXSLICE64

#include "../ct/ct_internal.h"

#include <string.h>

typedef uint64_t mote_aes_word;
#include "aes_sbox.h"

#define ROUNDS 10

/* n is 1 to 63. */
static inline uint64_t rotr(uint64_t x, unsigned n)
{
    return (x >> n) | (x << (64 - n));
}

/* The state's rows in one column of 16-bit lanes: the mask of columns 0..n-1 in all rows. */
#define COLUMNS_BELOW(n) (((uint64_t)0xffff >> (16 - 4 * (n))) * 0x0001000100010001u)

/* To each byte the one that is `rows` rows below it in its true column, after j rounds (all 4 cyclic): that is rows * j
 * columns further on. Compile-time constants all but x.
 *
 * A compiler that no longer knows where x is from leaves it in a general register. Two words in a vector, as clang and gcc
 * would have it, cost more time than they save: the S-box's circuit wants them apart, a moment after they were written. */
static inline uint64_t rows_below(uint64_t x, unsigned rows, unsigned j)
{
    const unsigned columns = (rows * j) % 4;

#if MOTE_GNU_ASM
    __asm__("" : "+r"(x));
#endif
    if (columns == 0)
        return rotr(x, 16 * rows);
    return (rotr(x, 16 * rows + 4 * columns) & COLUMNS_BELOW(4 - columns)) |
           (rotr(x, 16 * rows + 4 * columns - 16) & ~COLUMNS_BELOW(4 - columns));
}

/* MixColumns (section 5.1.3): each byte a becomes 2a + 3a' + a'' + a''', a' being the next row's, and so on. With
 * t = a + a' that is 2t + a' + (t two rows below). */
static MOTE_ALWAYS_INLINE void mix_columns_after(uint64_t q[8], unsigned j)
{
    const uint64_t n0 = rows_below(q[0], 1, j), n1 = rows_below(q[1], 1, j), n2 = rows_below(q[2], 1, j);
    const uint64_t n3 = rows_below(q[3], 1, j), n4 = rows_below(q[4], 1, j), n5 = rows_below(q[5], 1, j);
    const uint64_t n6 = rows_below(q[6], 1, j), n7 = rows_below(q[7], 1, j);
    const uint64_t t0 = q[0] ^ n0, t1 = q[1] ^ n1, t2 = q[2] ^ n2, t3 = q[3] ^ n3;
    const uint64_t t4 = q[4] ^ n4, t5 = q[5] ^ n5, t6 = q[6] ^ n6, t7 = q[7] ^ n7;

    q[0] = t7 ^ n0 ^ rows_below(t0, 2, j);
    q[1] = t0 ^ t7 ^ n1 ^ rows_below(t1, 2, j);
    q[2] = t1 ^ n2 ^ rows_below(t2, 2, j);
    q[3] = t2 ^ t7 ^ n3 ^ rows_below(t3, 2, j);
    q[4] = t3 ^ t7 ^ n4 ^ rows_below(t4, 2, j);
    q[5] = t4 ^ n5 ^ rows_below(t5, 2, j);
    q[6] = t5 ^ n6 ^ rows_below(t6, 2, j);
    q[7] = t6 ^ n7 ^ rows_below(t7, 2, j);
}

/* InvMixColumns (section 5.3.3) is MixColumns after a := a + 4(a + a''). */
static MOTE_ALWAYS_INLINE void before_mix_columns(uint64_t q[8], unsigned j)
{
    const uint64_t v0 = q[0] ^ rows_below(q[0], 2, j), v1 = q[1] ^ rows_below(q[1], 2, j);
    const uint64_t v2 = q[2] ^ rows_below(q[2], 2, j), v3 = q[3] ^ rows_below(q[3], 2, j);
    const uint64_t v4 = q[4] ^ rows_below(q[4], 2, j), v5 = q[5] ^ rows_below(q[5], 2, j);
    const uint64_t v6 = q[6] ^ rows_below(q[6], 2, j), v7 = q[7] ^ rows_below(q[7], 2, j);

    q[0] ^= v6;
    q[1] ^= v6 ^ v7;
    q[2] ^= v0 ^ v7;
    q[3] ^= v1 ^ v6;
    q[4] ^= v2 ^ v6 ^ v7;
    q[5] ^= v3 ^ v7;
    q[6] ^= v4;
    q[7] ^= v5;
}

/* The code for each j, 0 to 3, once and by itself: shifts by constants are faster. */
static MOTE_NOINLINE void mix_columns(uint64_t q[8], unsigned j)
{
    if (j == 0)
        mix_columns_after(q, 0);
    else if (j == 1)
        mix_columns_after(q, 1);
    else if (j == 2)
        mix_columns_after(q, 2);
    else
        mix_columns_after(q, 3);
}

static MOTE_NOINLINE void inv_mix_columns(uint64_t q[8], unsigned j)
{
    if (j % 2 == 0) /* two rows below is 2 j columns further on */
        before_mix_columns(q, 0);
    else
        before_mix_columns(q, 1);
    mix_columns(q, j);
}

static inline void add_round_key(uint64_t q[8], const uint64_t key[8])
{
    for (unsigned i = 0; i < 8; i++)
        q[i] ^= key[i];
}

/* Exchange the bits of x under mask with those n places above them. */
static inline uint64_t swap_within(uint64_t x, uint64_t mask, unsigned n)
{
    const uint64_t swap = (x ^ (x >> n)) & mask;

    return x ^ swap ^ (swap << n);
}

/* Exchange the bits of *a under mask << n with those of *b under mask. */
static inline void swap_bits(uint64_t *a, uint64_t *b, uint64_t mask, unsigned n)
{
    const uint64_t swap = ((*a >> n) ^ *b) & mask;

    *b ^= swap;
    *a ^= swap << n;
}

/* Two ShiftRows at once, which are their own inverse: rows 1 and 3 rotate by two columns. */
static MOTE_NOINLINE void shift_rows_twice(uint64_t q[8])
{
    MOTE_NO_UNROLL
    for (unsigned i = 0; i < 8; i++)
        q[i] = swap_within(q[i], 0x00ff000000ff0000u, 8);
}

/* Cipher (section 5.1). Round j leaves the state with j ShiftRows outstanding, of which four are none. */
static void encrypt(uint64_t q[8], const uint64_t *key)
{
    for (unsigned j = 0;; key += 8) {
        add_round_key(q, key);
        if (j == ROUNDS)
            break;
        mote_aes_sub_bytes(q);
        j++;
        if (j != ROUNDS)
            mix_columns(q, j % 4);
    }
    shift_rows_twice(q);
}

/* InvCipher (section 5.3), by the same round keys backwards. */
static void decrypt(uint64_t q[8], const uint64_t *key)
{
    key += 8 * ROUNDS;
    shift_rows_twice(q);
    for (unsigned j = ROUNDS;; key -= 8) {
        add_round_key(q, key);
        if (j == 0)
            break;
        if (j != ROUNDS)
            inv_mix_columns(q, j % 4);
        mote_aes_inv_sub_bytes(q);
        j--;
    }
}

/* Compilers make one instruction of the copy, and not all of them do of the shifts. */
static inline uint64_t load_le64(const uint8_t p[8])
{
    uint64_t x = 0;

#if MOTE_LITTLE_ENDIAN
    memcpy(&x, p, sizeof x);
#else
    for (unsigned i = 0; i < 8; i++)
        x |= (uint64_t)p[i] << (8 * i);
#endif
    return x;
}

static inline void store_le64(uint8_t p[8], uint64_t x)
{
#if MOTE_LITTLE_ENDIAN
    memcpy(p, &x, sizeof x);
#else
    for (unsigned i = 0; i < 8; i++)
        p[i] = (uint8_t)(x >> (8 * i));
#endif
}

/* A block as two words: bits 16 r + 4 c to 16 r + 4 c + 3 of them are the lower and the upper half of the byte in row r,
 * column c. */
typedef struct {
    uint64_t low, high;
} halves;

/* From columns 0 and 1, and columns 2 and 3. In turn: columns of one parity together, their bytes alternating, and the halves
 * of bytes to where they belong. */
static inline halves from_columns(uint64_t first, uint64_t last)
{
    halves x = {first, last};

    swap_bits(&x.low, &x.high, 0x00000000ffffffffu, 32);
    x.low = swap_within(swap_within(x.low, 0x00000000ffff0000u, 16), 0x0000ff000000ff00u, 8);
    x.high = swap_within(swap_within(x.high, 0x00000000ffff0000u, 16), 0x0000ff000000ff00u, 8);
    swap_bits(&x.low, &x.high, 0x0f0f0f0f0f0f0f0fu, 4);
    return x;
}

static MOTE_NOINLINE halves load(const uint8_t in[16])
{
    return from_columns(load_le64(in), load_le64(in + 8));
}

/* The same steps backwards. */
static MOTE_NOINLINE void store(uint8_t out[16], halves x)
{
    swap_bits(&x.low, &x.high, 0x0f0f0f0f0f0f0f0fu, 4);
    x.low = swap_within(swap_within(x.low, 0x0000ff000000ff00u, 8), 0x00000000ffff0000u, 16);
    x.high = swap_within(swap_within(x.high, 0x0000ff000000ff00u, 8), 0x00000000ffff0000u, 16);
    swap_bits(&x.low, &x.high, 0x00000000ffffffffu, 32);
    store_le64(out, x.low);
    store_le64(out + 8, x.high);
}

/* One block, in lane 0 of four; the other lanes are zero. */
#define LANE0 0x1111111111111111u

static MOTE_NOINLINE void slice(uint64_t q[8], halves x)
{
    for (unsigned i = 0; i < 4; i++) {
        q[i] = (x.low >> i) & LANE0;
        q[i + 4] = (x.high >> i) & LANE0;
    }
}

static MOTE_NOINLINE halves unslice(const uint64_t q[8])
{
    halves x = {0, 0};

    for (unsigned i = 0; i < 4; i++) {
        x.low |= (q[i] & LANE0) << i;
        x.high |= (q[i + 4] & LANE0) << i;
    }
    return x;
}

/* Four blocks, the lower halves in q[0] to q[3], the upper ones in q[4] to q[7]: transpose each 4 x 4 bit matrix made of one
 * nibble from each of four words. Its own inverse. */
static MOTE_NOINLINE void transpose(uint64_t q[8])
{
    for (unsigned i = 0; i < 8; i += 2)
        swap_bits(&q[i], &q[i + 1], 0x5555555555555555u, 1);
    for (unsigned i = 0; i < 8; i += i % 2 == 0 ? 1 : 3)
        swap_bits(&q[i], &q[i + 2], 0x3333333333333333u, 2);
}

/* SubWord (section 5.2) of a word of the key schedule, its four bytes side by side in the S-box's words. */
static uint32_t sub_word(uint32_t word)
{
    uint64_t q[8];
    halves x = {word & 0x0f0f0f0f, (word >> 4) & 0x0f0f0f0f};

    slice(q, x);
    mote_aes_sub_bytes(q);
    x = unslice(q);
    mote_wipe(q, sizeof q);
    return (uint32_t)((x.low & 0x0f0f0f0f) | ((x.high & 0x0f0f0f0f) << 4)) ^ MOTE_AES_SBOX_CONSTANT * 0x01010101u;
}

/* Row r moves right by r j columns. */
static MOTE_NOINLINE uint64_t move_rows(uint64_t x, unsigned j)
{
    uint64_t moved = 0;

    MOTE_NO_UNROLL
    for (unsigned r = 0; r < 4; r++) {
        const unsigned bits = 4 * ((r * j) % 4);
        const uint64_t row = (x >> (16 * r)) & 0xffff;

        moved |= (((row << bits) | (row >> (16 - bits))) & 0xffff) << (16 * r);
    }
    return moved;
}

/* A round key in the layout of the state after j rounds, in all four lanes, with the S-box's constant. */
static inline void lay_out_round_key(uint64_t q[8], const uint32_t w[4], unsigned j)
{
    halves key = from_columns(w[0] | ((uint64_t)w[1] << 32), w[2] | ((uint64_t)w[3] << 32));

    key.low = move_rows(key.low, j);
    key.high = move_rows(key.high, j);
    slice(q, key);
    MOTE_NO_UNROLL
    for (unsigned i = 0; i < 8; i++) {
        q[i] *= 15; /* to the other three lanes */
        if (j != 0 && ((MOTE_AES_SBOX_CONSTANT >> i) & 1) != 0)
            q[i] = ~q[i];
    }
}

/* KeyExpansion (section 5.2), words little-endian so that RotWord is a rotation to the right. */
static MOTE_NOINLINE void expand_key(mote_aes128 *aes, const uint8_t key[16])
{
    uint32_t w[4], rcon = 1;

    for (unsigned i = 0; i < 4; i++)
        w[i] = (uint32_t)key[4 * i] | ((uint32_t)key[4 * i + 1] << 8) | ((uint32_t)key[4 * i + 2] << 16) |
               ((uint32_t)key[4 * i + 3] << 24);
    for (unsigned round = 0;; round++) {
        lay_out_round_key(aes->round_keys + 8 * round, w, round);
        if (round == ROUNDS)
            break;
        w[0] ^= sub_word((w[3] >> 8) | (w[3] << 24)) ^ rcon;
        for (unsigned i = 1; i < 4; i++)
            w[i] ^= w[i - 1];
        rcon = (rcon << 1) ^ ((rcon >> 7) * 0x11b); /* doubling in GF(2^8); public */
    }
    mote_wipe(w, sizeof w);
}

static MOTE_NOINLINE void encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint64_t q[8];

    slice(q, load(in));
    encrypt(q, aes->round_keys);
    store(out, unslice(q));
    mote_wipe(q, sizeof q);
}

static MOTE_NOINLINE void decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint64_t q[8];

    slice(q, load(in));
    decrypt(q, aes->round_keys);
    store(out, unslice(q));
    mote_wipe(q, sizeof q);
}

/* Serial: one lane works. The chaining value stays in the sliced form, so that slicing the next block does not wait for the
 * last one to be put together. */
static MOTE_NOINLINE void cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    uint64_t q[8], next[8];

    slice(q, load(chain));
    for (; blocks != 0; blocks--, in += 16, out += 16) {
        slice(next, load(in));
        for (unsigned i = 0; i < 8; i++)
            q[i] = (q[i] & LANE0) ^ next[i];
        encrypt(q, aes->round_keys);
        store(out, unslice(q));
    }
    store(chain, unslice(q));
    mote_wipe(q, sizeof q);
    mote_wipe(next, sizeof next);
}

/* Parallel: all four lanes work, in a last incomplete run on what is left there, too. */
static MOTE_NOINLINE void cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    uint64_t q[8];
    halves ciphertext[5] = {{0, 0}}, plaintext; /* the block before these four, and they */

    ciphertext[0] = load(chain);
    while (blocks != 0) {
        const size_t run = blocks < 4 ? blocks : 4;

        for (size_t b = 0; b < run; b++)
            ciphertext[b + 1] = load(in + 16 * b);
        for (size_t b = 0; b < 4; b++) {
            q[b] = ciphertext[b + 1].low;
            q[b + 4] = ciphertext[b + 1].high;
        }
        transpose(q);
        decrypt(q, aes->round_keys);
        transpose(q);
        for (size_t b = 0; b < run; b++) {
            plaintext.low = q[b] ^ ciphertext[b].low;
            plaintext.high = q[b + 4] ^ ciphertext[b].high;
            store(out + 16 * b, plaintext);
        }
        ciphertext[0] = ciphertext[run];
        in += 16 * run;
        out += 16 * run;
        blocks -= run;
    }
    store(chain, ciphertext[0]);
    mote_wipe(q, sizeof q);
    mote_wipe(&plaintext, sizeof plaintext);
}

/* Each of these keeps more at hand than there are registers: what the compiler put on the stack is cleared. */

mote_status MOTE_AES_BACKEND(fixslice64, init)(mote_aes128 *aes, const uint8_t key[16])
{
    expand_key(aes, key);
    mote_burn_stack();
    return MOTE_OK;
}

void MOTE_AES_BACKEND(fixslice64, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    encrypt_block(aes, out, in);
    mote_burn_stack();
}

void MOTE_AES_BACKEND(fixslice64, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    decrypt_block(aes, out, in);
    mote_burn_stack();
}

mote_status MOTE_AES_BACKEND(fixslice64, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                      const uint8_t *in, size_t blocks)
{
    cbc_encrypt(aes, chain, out, in, blocks);
    mote_burn_stack();
    return MOTE_OK;
}

mote_status MOTE_AES_BACKEND(fixslice64, cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                      const uint8_t *in, size_t blocks)
{
    cbc_decrypt(aes, chain, out, in, blocks);
    mote_burn_stack();
    return MOTE_OK;
}

#if MOTE_AES_SINGLE_BACKEND
const char *mote_aes128_backend(void)
{
    return "fixslice64";
}
#endif

#else
typedef int mote_aes_fixslice64_is_empty;
#endif
