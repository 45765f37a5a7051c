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
 * columns further on. Compile-time constants all but x. */
static inline uint64_t rows_below(uint64_t x, unsigned rows, unsigned j)
{
    const unsigned columns = (rows * j) % 4;

    if (columns == 0)
        return rotr(x, 16 * rows);
    return (rotr(x, 16 * rows + 4 * columns) & COLUMNS_BELOW(4 - columns)) |
           (rotr(x, 16 * rows + 4 * columns - 16) & ~COLUMNS_BELOW(4 - columns));
}

/* MixColumns (section 5.1.3): each byte a becomes 2a + 3a' + a'' + a''', a' being the next row's, and so on. With
 * t = a + a' that is 2t + a' + (t two rows below). */
static inline void mix_columns(uint64_t q[8], unsigned j)
{
    uint64_t t[8], next[8];

    for (unsigned i = 0; i < 8; i++) {
        next[i] = rows_below(q[i], 1, j);
        t[i] = q[i] ^ next[i];
    }
    q[0] = t[7] ^ next[0] ^ rows_below(t[0], 2, j);
    q[1] = t[0] ^ t[7] ^ next[1] ^ rows_below(t[1], 2, j);
    q[2] = t[1] ^ next[2] ^ rows_below(t[2], 2, j);
    q[3] = t[2] ^ t[7] ^ next[3] ^ rows_below(t[3], 2, j);
    q[4] = t[3] ^ t[7] ^ next[4] ^ rows_below(t[4], 2, j);
    q[5] = t[4] ^ next[5] ^ rows_below(t[5], 2, j);
    q[6] = t[5] ^ next[6] ^ rows_below(t[6], 2, j);
    q[7] = t[6] ^ next[7] ^ rows_below(t[7], 2, j);
}

/* InvMixColumns (section 5.3.3) is MixColumns after a := a + 4(a + a''). */
static inline void inv_mix_columns(uint64_t q[8], unsigned j)
{
    uint64_t v[8];

    for (unsigned i = 0; i < 8; i++)
        v[i] = q[i] ^ rows_below(q[i], 2, j);
    q[0] ^= v[6];
    q[1] ^= v[6] ^ v[7];
    q[2] ^= v[0] ^ v[7];
    q[3] ^= v[1] ^ v[6];
    q[4] ^= v[2] ^ v[6] ^ v[7];
    q[5] ^= v[3] ^ v[7];
    q[6] ^= v[4];
    q[7] ^= v[5];
    mix_columns(q, j);
}

static inline void add_round_key(uint64_t q[8], const uint64_t key[8])
{
    for (unsigned i = 0; i < 8; i++)
        q[i] ^= key[i];
}

/* Two ShiftRows at once, which are their own inverse: rows 1 and 3 rotate by two columns. */
static inline void shift_rows_twice(uint64_t q[8])
{
    for (unsigned i = 0; i < 8; i++) {
        const uint64_t swap = (q[i] ^ (q[i] >> 8)) & 0x00ff000000ff0000u;

        q[i] ^= swap ^ (swap << 8);
    }
}

/* Cipher (section 5.1). Round j leaves the state with j ShiftRows outstanding, of which four are none. */
static void encrypt(uint64_t q[8], const uint64_t *key)
{
    add_round_key(q, key);
    for (const uint64_t *const last = key + 8 * 8;; key += 4 * 8) {
        mote_aes_sub_bytes(q);
        mix_columns(q, 1);
        add_round_key(q, key + 8);
        if (key == last)
            break;
        mote_aes_sub_bytes(q);
        mix_columns(q, 2);
        add_round_key(q, key + 2 * 8);
        mote_aes_sub_bytes(q);
        mix_columns(q, 3);
        add_round_key(q, key + 3 * 8);
        mote_aes_sub_bytes(q);
        mix_columns(q, 0);
        add_round_key(q, key + 4 * 8);
    }
    mote_aes_sub_bytes(q);
    add_round_key(q, key + 2 * 8);
    shift_rows_twice(q);
}

/* InvCipher (section 5.3), by the same round keys backwards. */
static void decrypt(uint64_t q[8], const uint64_t *key)
{
    const uint64_t *const first = key;

    key += 8 * 8;
    shift_rows_twice(q);
    add_round_key(q, key + 2 * 8);
    mote_aes_inv_sub_bytes(q);
    for (;; key -= 4 * 8) {
        add_round_key(q, key + 8);
        inv_mix_columns(q, 1);
        mote_aes_inv_sub_bytes(q);
        add_round_key(q, key);
        if (key == first)
            break;
        inv_mix_columns(q, 0);
        mote_aes_inv_sub_bytes(q);
        add_round_key(q, key - 8);
        inv_mix_columns(q, 3);
        mote_aes_inv_sub_bytes(q);
        add_round_key(q, key - 2 * 8);
        inv_mix_columns(q, 2);
        mote_aes_inv_sub_bytes(q);
    }
}

/* A block's even columns (0 and 2) or odd ones (1 and 3) as one word: bytes of row 0 of both, then row 1, ... */
static inline uint64_t load_columns(const uint8_t *p)
{
    uint64_t word = 0;

    for (unsigned r = 0; r < 4; r++)
        word |= ((uint64_t)p[r] | ((uint64_t)p[r + 8] << 8)) << (16 * r);
    return word;
}

static inline void store_columns(uint8_t *p, uint64_t word)
{
    for (unsigned r = 0; r < 4; r++) {
        p[r] = (uint8_t)(word >> (16 * r));
        p[r + 8] = (uint8_t)(word >> (16 * r + 8));
    }
}

/* One block, in lane 0 of four; the other lanes are zero. Bit i of each byte goes to word i: even columns lie in bits
 * 0 and 8 of a row's sixteen, odd ones four bits higher. */
#define LANE0 0x0101010101010101u

static inline void pack1(uint64_t q[8], const uint8_t in[16])
{
    const uint64_t even = load_columns(in), odd = load_columns(in + 4);

    for (unsigned i = 0; i < 8; i++)
        q[i] = ((even >> i) & LANE0) | (((odd >> i) & LANE0) << 4);
}

static inline void unpack1(uint8_t out[16], const uint64_t q[8])
{
    uint64_t even = 0, odd = 0;

    for (unsigned i = 0; i < 8; i++) {
        even |= (q[i] & LANE0) << i;
        odd |= ((q[i] >> 4) & LANE0) << i;
    }
    store_columns(out, even);
    store_columns(out + 4, odd);
}

/* Exchange the bits of *a under mask << n with those of *b under mask. */
static inline void swap_bits(uint64_t *a, uint64_t *b, uint64_t mask, unsigned n)
{
    const uint64_t swap = ((*a >> n) ^ *b) & mask;

    *b ^= swap;
    *a ^= swap << n;
}

/* Four blocks: transpose each 8 x 8 bit matrix made of one byte from every word. Its own inverse. */
static inline void transpose(uint64_t q[8])
{
    for (unsigned i = 0; i < 8; i += 2)
        swap_bits(&q[i], &q[i + 1], 0x5555555555555555u, 1);
    for (unsigned i = 0; i < 8; i += i % 2 == 0 ? 1 : 3)
        swap_bits(&q[i], &q[i + 2], 0x3333333333333333u, 2);
    for (unsigned i = 0; i < 4; i++)
        swap_bits(&q[i], &q[i + 4], 0x0f0f0f0f0f0f0f0fu, 4);
}

static void pack4(uint64_t q[8], const uint8_t in[64])
{
    q[0] = load_columns(in);
    q[1] = load_columns(in + 16);
    q[2] = load_columns(in + 32);
    q[3] = load_columns(in + 48);
    q[4] = load_columns(in + 4);
    q[5] = load_columns(in + 20);
    q[6] = load_columns(in + 36);
    q[7] = load_columns(in + 52);
    transpose(q);
}

static void unpack4(uint8_t out[64], uint64_t q[8])
{
    transpose(q);
    for (unsigned b = 0; b < 4; b++) {
        store_columns(out + 16 * b, q[b]);
        store_columns(out + 16 * b + 4, q[4 + b]);
    }
}

/* SubWord (section 5.2) of a word of the key schedule, its four bytes side by side in the S-box's words. */
static uint32_t sub_word(uint32_t word)
{
    uint64_t q[8];

    for (unsigned i = 0; i < 8; i++)
        q[i] = (word >> i) & 0x01010101;
    mote_aes_sub_bytes(q);
    word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint32_t)(q[i] & 0x01010101) << i;
    mote_wipe(q, sizeof q);
    return word ^ MOTE_AES_SBOX_CONSTANT * 0x01010101u;
}

/* A round key in the layout of the state after j rounds, in all four lanes, with the S-box's constant. */
static void lay_out_round_key(uint64_t q[8], const uint8_t key[16], unsigned j)
{
    pack1(q, key);
    for (unsigned i = 0; i < 8; i++) {
        uint64_t word = 0;

        for (unsigned r = 0; r < 4; r++) {
            const unsigned bits = 4 * ((r * j) % 4); /* row r moves right by r j columns */
            const uint64_t row = (q[i] >> (16 * r)) & 0xffff;

            word |= (((row << bits) | (row >> (16 - bits))) & 0xffff) << (16 * r);
        }
        word *= 15; /* to the other three lanes */
        if (j != 0 && ((MOTE_AES_SBOX_CONSTANT >> i) & 1) != 0)
            word = ~word;
        q[i] = word;
    }
}

/* KeyExpansion (section 5.2), words little-endian so that RotWord is a rotation to the right. */
static MOTE_NOINLINE void expand_key(mote_aes128 *aes, const uint8_t key[16])
{
    uint8_t round_key[16];
    uint32_t w[4], rcon = 1;

    for (unsigned i = 0; i < 4; i++)
        w[i] = (uint32_t)key[4 * i] | ((uint32_t)key[4 * i + 1] << 8) | ((uint32_t)key[4 * i + 2] << 16) |
               ((uint32_t)key[4 * i + 3] << 24);
    for (unsigned round = 0;; round++) {
        for (unsigned i = 0; i < 16; i++)
            round_key[i] = (uint8_t)(w[i / 4] >> (8 * (i % 4)));
        lay_out_round_key(aes->round_keys + 8 * round, round_key, round);
        if (round == ROUNDS)
            break;
        w[0] ^= sub_word((w[3] >> 8) | (w[3] << 24)) ^ rcon;
        for (unsigned i = 1; i < 4; i++)
            w[i] ^= w[i - 1];
        rcon = (rcon << 1) ^ ((rcon >> 7) * 0x11b); /* doubling in GF(2^8); public */
    }
    mote_wipe(round_key, sizeof round_key);
    mote_wipe(w, sizeof w);
}

static MOTE_NOINLINE void encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint64_t q[8];

    pack1(q, in);
    encrypt(q, aes->round_keys);
    unpack1(out, q);
    mote_wipe(q, sizeof q);
}

static MOTE_NOINLINE void decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint64_t q[8];

    pack1(q, in);
    decrypt(q, aes->round_keys);
    unpack1(out, q);
    mote_wipe(q, sizeof q);
}

/* Serial: one lane works. The chaining value stays in the sliced form, so that packing the next block does not wait for
 * unpacking the last. */
static MOTE_NOINLINE void cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    uint64_t q[8], next[8];

    pack1(q, chain);
    for (; blocks != 0; blocks--, in += 16, out += 16) {
        pack1(next, in);
        for (unsigned i = 0; i < 8; i++)
            q[i] = (q[i] & (LANE0 | LANE0 << 4)) ^ next[i];
        encrypt(q, aes->round_keys);
        unpack1(out, q);
    }
    unpack1(chain, q);
    mote_wipe(q, sizeof q);
    mote_wipe(next, sizeof next);
}

/* Parallel: all four lanes work, on a last incomplete run beside zeros. */
static MOTE_NOINLINE void cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    uint64_t q[8];
    uint8_t ciphertext[64] = {0}, plaintext[64];

    while (blocks != 0) {
        const size_t len = blocks < 4 ? 16 * blocks : 64;

        for (size_t i = 0; i < len; i++)
            ciphertext[i] = in[i];
        pack4(q, ciphertext);
        decrypt(q, aes->round_keys);
        unpack4(plaintext, q);
        for (size_t i = 0; i < 16; i++)
            out[i] = plaintext[i] ^ chain[i];
        for (size_t i = 16; i < len; i++)
            out[i] = plaintext[i] ^ ciphertext[i - 16];
        for (size_t i = 0; i < 16; i++)
            chain[i] = ciphertext[len - 16 + i];
        in += len;
        out += len;
        blocks -= len / 16;
    }
    mote_wipe(q, sizeof q);
    mote_wipe(plaintext, sizeof plaintext);
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
