/* aes/aes_fixslice32.c - AES-128 (FIPS 197) for 32-bit processors: two blocks at a time, fixsliced.
 *
 * Bitslicing keeps bit i of every state byte in one word, so the S-box is a circuit (aes_sbox.h) and nothing depends on
 * a secret but the values of the words: no table, no branch. Bit 8 r + 4 b + c of word q[i] is bit i of the byte in
 * row r, column c of block b: rows are bytes, blocks are the lanes of four bits in them.
 *
 * Fixslicing (Adomnicai and Peyrin, "Fixslicing AES-like ciphers", ePrint 2020/1123) never does ShiftRows: after j rounds
 * the byte of row r and column c simply lies in column c + j r. MixColumns of round j looks for the next row j columns
 * further on, which costs less than moving everything there, and the round keys are laid out to match at key setup.
 *
 * Encryption in CBC is serial, so it is only ever asked for one block. That block lies in both lanes: then the columns of
 * a row repeat, and looking j columns further on is a plain rotation of the word (aes_fixslice32_rounds.h). */
#include "aes_backend.h"

#if MOTE_AES_FIXSLICE32

#include "../ct/ct_internal.h"

#include <string.h>

typedef uint32_t mote_aes_word;
#include "aes_sbox.h"

#define ROUNDS 10
/* A byte in every row. */
#define EACH(byte) ((uint32_t)(byte)*0x01010101u)

/* The same with each word's number, one by one, so that compilers keep the words in registers. */
#if MOTE_OPTIMIZE_SIZE
#define EACH_WORD(DO)                      \
    for (unsigned n = 0; n < 8; n++) {     \
        DO(n)                              \
    }
#else
#define EACH_WORD(DO) DO(0) DO(1) DO(2) DO(3) DO(4) DO(5) DO(6) DO(7)
#endif

static inline uint32_t rotr(uint32_t x, unsigned n)
{
    return (x >> n) | (x << (32 - n));
}

/* The rounds, on words in the form above:
 *
 *   sub_bytes(q)            SubBytes without its constant
 *   encrypt(q, key, last)   Cipher (section 5.1) of one block in both lanes; the last round key is at last; then at least the
 *                           lower lane of q[0..3] and the upper one of q[4..7] are right, as the stored round keys are
 *   decrypt(q, key)         InvCipher (section 5.3) of two blocks
 *
 * Both leave the state, or expect it, with ten ShiftRows outstanding, which are as two. */
#if MOTE_OPTIMIZE_SIZE
#include "aes_fixslice32_small.h"
#elif MOTE_CPU_THUMB2
#include "aes_fixslice32_thumb2.h"
#elif MOTE_CPU_THUMB1
#include "aes_fixslice32_thumb1.h"
#else
#include "aes_fixslice32_rounds.h"
#endif

static inline uint32_t load_le32(const uint8_t *p)
{
    return (uint32_t)p[0] | ((uint32_t)p[1] << 8) | ((uint32_t)p[2] << 16) | ((uint32_t)p[3] << 24);
}

static inline void store_le32(uint8_t *p, uint32_t x)
{
#if defined(__ARM_FEATURE_UNALIGNED) && defined(__ARMEL__)
    memcpy(p, &x, sizeof x); /* one instruction; gcc does not always see it in the below */
#else
    p[0] = (uint8_t)x;
    p[1] = (uint8_t)(x >> 8);
    p[2] = (uint8_t)(x >> 16);
    p[3] = (uint8_t)(x >> 24);
#endif
}

/* Exchange the bits of *a under mask << n with those of *b under mask. */
static inline void swap_bits(uint32_t *a, uint32_t *b, uint32_t mask, unsigned n)
{
    const uint32_t swap = ((*a >> n) ^ *b) & mask;

    *b ^= swap;
    *a ^= swap << n;
}

#if MOTE_OPTIMIZE_SIZE

/* Two blocks, a word a column, to and from the sliced form: a transposition of the 8 x 8 bits that one row's bytes are in
 * eight words. */
static void transpose(uint32_t q[8])
{
    uint32_t mask = EACH(0x0f);

    for (unsigned n = 4; n != 0; n >>= 1) {
        for (unsigned i = 0; i < 8; i++)
            if ((i & n) == 0)
                swap_bits(&q[i], &q[i + n], mask, n);
        mask ^= mask << (n >> 1);
    }
}

/* One block in both lanes. */
static void pack(uint32_t q[8], const uint32_t w[4])
{
    for (unsigned i = 0; i < 4; i++)
        q[i] = q[4 + i] = w[i];
    transpose(q);
}

static void unpack(uint32_t w[4], uint32_t q[8])
{
    transpose(q);
    for (unsigned i = 0; i < 4; i++)
        w[i] = q[i];
}

#else

/* The first two of the three steps of a transposition of the 8 x 8 bits that one row's bytes are in eight words. */
static inline void transpose_half(uint32_t w[4])
{
    swap_bits(&w[0], &w[1], EACH(0x55), 1);
    swap_bits(&w[2], &w[3], EACH(0x55), 1);
    swap_bits(&w[0], &w[2], EACH(0x33), 2);
    swap_bits(&w[1], &w[3], EACH(0x33), 2);
}

/* Two blocks, a word a column, to and from the sliced form. On Thumb-1 apart, as COPYING below. */
#if MOTE_CPU_THUMB1
static MOTE_NOINLINE void transpose(uint32_t q[8])
#else
static inline void transpose(uint32_t q[8])
#endif
{
    transpose_half(q);
    transpose_half(q + 4);
    swap_bits(&q[0], &q[4], EACH(0x0f), 4);
    swap_bits(&q[1], &q[5], EACH(0x0f), 4);
    swap_bits(&q[2], &q[6], EACH(0x0f), 4);
    swap_bits(&q[3], &q[7], EACH(0x0f), 4);
}

static inline void pack_word(uint32_t q[8], unsigned i, uint32_t w)
{
    const uint32_t low = w & EACH(0x0f), high = w & EACH(0xf0);

    q[i] = low | (low << 4);
    q[4 + i] = high | (high >> 4);
}

/* One block in both lanes. */
static inline void pack(uint32_t q[8], uint32_t w[4])
{
    transpose_half(w);
    pack_word(q, 0, w[0]);
    pack_word(q, 1, w[1]);
    pack_word(q, 2, w[2]);
    pack_word(q, 3, w[3]);
}

static inline void unpack(uint32_t w[4], const uint32_t q[8])
{
    w[0] = (q[0] & EACH(0x0f)) | (q[4] & EACH(0xf0));
    w[1] = (q[1] & EACH(0x0f)) | (q[5] & EACH(0xf0));
    w[2] = (q[2] & EACH(0x0f)) | (q[6] & EACH(0xf0));
    w[3] = (q[3] & EACH(0x0f)) | (q[7] & EACH(0xf0));
    transpose_half(w);
}

#endif

/* Two ShiftRows at once, on a block's columns: rows 1 and 3 rotate by two, which is its own inverse. */
static inline void shift_rows_twice(uint32_t w[4])
{
    const uint32_t swap02 = (w[0] ^ w[2]) & 0xff00ff00, swap13 = (w[1] ^ w[3]) & 0xff00ff00;

    w[0] ^= swap02;
    w[2] ^= swap02;
    w[1] ^= swap13;
    w[3] ^= swap13;
}

/* A few single instructions where unaligned addresses are allowed. Else long enough for functions, which do not keep what they
 * need on the caller's stack all the time. */
#if defined(__ARM_FEATURE_UNALIGNED)
#define COPYING static MOTE_ALWAYS_INLINE
#else
#define COPYING static MOTE_NOINLINE
#endif

COPYING void load_block(uint32_t w[4], const uint8_t in[16])
{
    w[0] = load_le32(in);
    w[1] = load_le32(in + 4);
    w[2] = load_le32(in + 8);
    w[3] = load_le32(in + 12);
}

COPYING void store_block(uint8_t out[16], const uint32_t w[4])
{
    store_le32(out, w[0]);
    store_le32(out + 4, w[1]);
    store_le32(out + 8, w[2]);
    store_le32(out + 12, w[3]);
}

/* A round key as the state after `round` rounds has it, row r moved right by r columns a round. Both lanes have the same:
 * the lower one of q[0..3] is stored, with the upper one of q[4..7] in the place of the other. */
#if MOTE_OPTIMIZE_SIZE
static inline void lay_out(uint32_t w[4], const uint32_t key[4], unsigned round, uint32_t constant)
{
    uint32_t q[8];

    for (unsigned i = 0; i < 4; i++) {
        unsigned column = i;

        q[i] = constant;
        for (uint32_t row = 0xff; row != 0; row <<= 8) {
            q[i] ^= key[column & 3] & row;
            column -= round;
        }
    }
    pack(q, q);
    for (unsigned i = 0; i < 4; i++)
        w[i] = (q[i] & EACH(0x0f)) | (q[4 + i] & EACH(0xf0));
}
#else
static inline void lay_out(uint32_t w[4], const uint32_t key[4], unsigned round, uint32_t constant)
{
    w[0] = key[0] ^ constant;
    w[1] = key[1] ^ constant;
    w[2] = key[2] ^ constant;
    w[3] = key[3] ^ constant;
    if ((round & 1) != 0) {
        const uint32_t w0 = w[0], w1 = w[1], w2 = w[2], w3 = w[3];

        w[0] = (w0 & 0xff) | (w3 & 0xff00) | (w2 & 0xff0000) | (w1 & 0xff000000);
        w[1] = (w1 & 0xff) | (w0 & 0xff00) | (w3 & 0xff0000) | (w2 & 0xff000000);
        w[2] = (w2 & 0xff) | (w1 & 0xff00) | (w0 & 0xff0000) | (w3 & 0xff000000);
        w[3] = (w3 & 0xff) | (w2 & 0xff00) | (w1 & 0xff0000) | (w0 & 0xff000000);
    }
    if ((round & 2) != 0)
        shift_rows_twice(w);
    transpose_half(w);
}
#endif

/* What mote_wipe and the C library's memset put on the stack of their own must not be a secret. */
#if MOTE_CPU_THUMB2
#define CLEAR_SAVED() \
    __asm__ volatile("movs r3, #0\n\tmovs r4, #0\n\tmovs r5, #0\n\tmovs r6, #0" : : : "r3", "r4", "r5", "r6", "cc")
#else
#define CLEAR_SAVED() ((void)0)
#endif

/* A processor with so few registers keeps parts of a round key, or of a plaintext, on the stack: what does so stands apart, and
 * the stack that it used is cleared after it. */
#if MOTE_CPU_THUMB1
#define APART static MOTE_NOINLINE
#define BURN_AFTER() mote_burn_stack()
#else
#define APART static inline
#define BURN_AFTER() MOTE_BURN_AFTER()
#endif

/* KeyExpansion (section 5.2), words little-endian so that RotWord is a rotation to the right. Round keys 1 to 10 take in
 * the S-box's constant. */
APART void expand_key(mote_aes128 *aes, const uint8_t key[16])
{
    uint32_t w[4], q[8], *round_key = aes->round_keys, constant = 0, rcon = 1;

    load_block(w, key);
    for (unsigned round = 0;; round++, round_key += 4) {
        uint32_t sub = rotr(w[3], 8);

        lay_out(round_key, w, round, constant);
        if (round == ROUNDS)
            break;
        constant = EACH(MOTE_AES_SBOX_CONSTANT);

        /* SubWord: the word's bytes, bit 0 of each in its row, go through the S-box's first column. */
#define DO(i) q[i] = sub >> (i);
        EACH_WORD(DO)
#undef DO
        sub_bytes(q);
        sub = constant ^ rcon;
#define DO(i) sub ^= (q[i] & EACH(1)) << (i);
        EACH_WORD(DO)
#undef DO
        w[0] ^= sub;
        w[1] ^= w[0];
        w[2] ^= w[1];
        w[3] ^= w[2];
        rcon = (rcon << 1) ^ ((rcon >> 7) * 0x11b); /* doubling in GF(2^8); public */
    }
    CLEAR_SAVED();
    mote_wipe(w, sizeof w);
    mote_wipe(q, sizeof q);
}

mote_status MOTE_AES_BACKEND(fixslice32, init)(mote_aes128 *aes, const uint8_t key[16])
{
    expand_key(aes, key);
    BURN_AFTER();
    return MOTE_OK;
}

/* One block, as its columns in q[0..3]. */
static inline void encrypt_columns(const mote_aes128 *aes, uint32_t q[8])
{
    pack(q, q);
    encrypt(q, aes->round_keys, aes->round_keys + 4 * ROUNDS);
    unpack(q, q);
    shift_rows_twice(q);
}

/* Two blocks, as their columns. */
static inline void decrypt_columns(const mote_aes128 *aes, uint32_t q[8])
{
    shift_rows_twice(q);
    shift_rows_twice(q + 4);
    transpose(q);
    decrypt(q, aes->round_keys);
    transpose(q);
}

/* Not within encrypt_block below, where gcc -O3 would keep plaintext on the stack. */
MOTE_NOINLINE mote_status MOTE_AES_BACKEND(fixslice32, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                      const uint8_t *in, size_t blocks)
{
    uint32_t q[8];

    load_block(q, chain);
    for (; blocks != 0; blocks--, in += 16, out += 16) {
        q[0] ^= load_le32(in);
        q[1] ^= load_le32(in + 4);
        q[2] ^= load_le32(in + 8);
        q[3] ^= load_le32(in + 12);
        encrypt_columns(aes, q);
        store_block(out, q);
    }
    store_block(chain, q);
    CLEAR_SAVED();
    mote_wipe(q, sizeof q);
    return MOTE_OK;
}

/* Plaintext = decrypted ^ chain, and chain takes the ciphertext before it may be overwritten. */
COPYING void unchain(uint8_t *out, const uint8_t *in, const uint32_t decrypted[4], uint8_t chain[16])
{
    for (unsigned i = 0; i < 4; i++) {
        const uint32_t plain = decrypted[i] ^ load_le32(chain + 4 * i);

        store_le32(chain + 4 * i, load_le32(in + 4 * i));
        store_le32(out + 4 * i, plain);
    }
}

/* Two blocks at a time; a last one alone lies in both lanes. */
mote_status MOTE_AES_BACKEND(fixslice32, cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                      const uint8_t *in, size_t blocks)
{
    uint32_t q[8];

    while (blocks != 0) {
        load_block(q, in);
        load_block(q + 4, blocks == 1 ? in : in + 16);
        decrypt_columns(aes, q);
        for (unsigned i = 0; i < 8 && blocks != 0; i += 4, in += 16, out += 16, blocks--)
            unchain(out, in, q + i, chain);
    }
    CLEAR_SAVED();
    mote_wipe(q, sizeof q);
    return MOTE_OK;
}

/* One block is CBC with an IV of zeros. The chaining value is then the ciphertext. */
void MOTE_AES_BACKEND(fixslice32, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint8_t chain[16] = {0};

    (void)MOTE_AES_BACKEND(fixslice32, cbc_encrypt)(aes, chain, out, in, 1);
    MOTE_BURN_AFTER();
}

void MOTE_AES_BACKEND(fixslice32, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint8_t chain[16] = {0};

    (void)MOTE_AES_BACKEND(fixslice32, cbc_decrypt)(aes, chain, out, in, 1);
    BURN_AFTER();
}

#if MOTE_AES_SINGLE_BACKEND
const char *mote_aes128_backend(void)
{
    return "fixslice32";
}
#endif

#else
typedef int mote_aes_fixslice32_is_empty;
#endif
