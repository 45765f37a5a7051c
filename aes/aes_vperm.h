/* aes/aes_vperm.h - AES-128 (FIPS 197) by byte shuffles, after M. Hamburg, "Accelerating AES with Vector Permute
 * Instructions", CHES 2009: one algorithm for SSSE3, AVX2 and NEON.
 *
 * A shuffle looks up the sixteen nibbles of a block at once in a table of sixteen bytes that lies in a register: there is
 * no table in memory that an index could be seen by. It takes any index with its top bit set as infinity and gives 0.
 *
 * GF(2^8) is seen as pairs of nibbles i + k u over GF(2^4), the internal basis, in which inversion is five look-ups. Their
 * result, two nibbles io and jo, goes straight into tables that give any linear map of the inverse: the S-box, twice the
 * S-box, InvMixColumns' multiples, in either basis. The S-box's constant is in the round keys: MixColumns leaves it as it
 * is. ShiftRows is never done but once at the end: after r rounds a row's byte lies r times as many columns further on,
 * which MixColumns' shuffles take into account, and for which the round keys are laid out.
 *
 * The file that includes this defines, before: TARGET, the attribute of all functions; VPERM(function), their names; LANES,
 * the blocks in a vector: with one, all of a backend is made here, with two, CBC decryption; HAS_CBC_DECRYPT, 0 where
 * another file makes that; VPERM_TABLES_HERE, 1 in the file that also has the tables; vec, and on it v_load and v_store (LANES blocks), v_repeat (one block to all lanes), v_store1 (the
 * first), v_xor, v_lookup(table, index), v_low and v_high (the nibbles of all bytes), v_before(b, c) (the vector of the
 * blocks before those of c, b being the vector before); and CLEAR_VECTORS. With one lane, v_double (times 2 in GF(2^8)). */
#ifndef MOTE_AES_VPERM_H
#define MOTE_AES_VPERM_H

#include "../ct/ct_internal.h"
#include "aes_vperm_tables.h"

#include <string.h>

#define TABLE(name) v_repeat(mote_aes_vperm_tables[T_##name])

/* The context's round keys, 16 bytes each: encryption's 0..9 in the internal basis and 10 in the standard one; what
 * stands between two blocks of a chain, 10 and 0 in the internal basis; decryption's 10..1 in the internal basis and 0 in
 * the standard one. All but two of them with the S-box's constant. */
#define SLOT(n) ((const uint8_t *)aes->round_keys + 16 * (n))
#define KEY(n) v_repeat(SLOT(n))
enum { ENCRYPTION = 0, LAST = 10, BETWEEN = 11, DECRYPTION = 12, LAST_DECRYPTION = 22, SLOTS = 23 };
typedef char mote_aes_vperm_slots_fit[sizeof ((mote_aes128 *)0)->round_keys >= 16 * SLOTS ? 1 : -1];

/* 1 / (i + k u): io = N / (k + a i) and jo = N / (k + a j) for the norm N and j = i + k, so that each linear map of the
 * inverse is the sum of a table by io and one by jo. Where a divisor is 0 it is infinity, whose look-up gives 0 again. */
TARGET static inline void invert(vec x, vec *io, vec *jo)
{
    const vec inv = TABLE(INV);
    const vec k = v_low(x), i = v_high(x), j = v_xor(i, k);
    const vec a_over_k = v_lookup(TABLE(INVA), k);
    const vec iak = v_xor(v_lookup(inv, i), a_over_k), jak = v_xor(v_lookup(inv, j), a_over_k);

    *io = v_xor(v_lookup(inv, iak), j);
    *jo = v_xor(v_lookup(inv, jak), i);
}

#define MAP(name) v_xor(v_lookup(TABLE(name##0), io), v_lookup(TABLE(name##1), jo))

/* A round of InvCipher, without its key: InvMixColumns is 14 a + 11 a' + 13 a'' + 9 a''', a' being the byte one row down,
 * by Horner's rule. */
TARGET static inline vec decrypt_round(vec x, vec down)
{
    vec io, jo, sum;

    invert(x, &io, &jo);
    sum = v_lookup(MAP(INVSB9), down);
    sum = v_lookup(v_xor(sum, MAP(INVSB13)), down);
    sum = v_lookup(v_xor(sum, MAP(INVSB11)), down);
    return v_xor(sum, MAP(INVSB14));
}

TARGET static inline vec decrypt_start(const mote_aes128 *aes, vec in)
{
    return v_xor(v_xor(v_lookup(TABLE(INVIN0), v_low(in)), v_lookup(TABLE(INVIN1), v_high(in))), KEY(DECRYPTION));
}

/* last_key is the last round key, and the block before where blocks are chained. */
TARGET static inline vec decrypt_end(vec x, vec last_key)
{
    vec io, jo;

    invert(x, &io, &jo);
    return v_xor(v_lookup(MAP(INVSBOUT), TABLE(SHIFT2)), last_key);
}

/* ShiftRows that are outstanding in round r of decryption, backwards, as the number of a table. */
#define DOWN_BACKWARDS(r) v_repeat(mote_aes_vperm_tables[T_DOWN + ((0u - (r)) & 3)])

#if HAS_CBC_DECRYPT

TARGET static MOTE_NOINLINE void cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                             size_t blocks)
{
    const vec last_key = KEY(LAST_DECRYPTION);
    vec before = v_repeat(chain), next_chain;
    uint8_t rest[32 * LANES] = {0};

    if (blocks == 0)
        return;
    next_chain = v_repeat(in + 16 * (blocks - 1)); /* now, since it may be overwritten */
    /* Two vectors at a time: the chain of look-ups of one leaves room for those of the other. */
    while (blocks != 0) {
        const size_t len = blocks < 2 * LANES ? 16 * blocks : sizeof rest;
        const uint8_t *const from = len == sizeof rest ? in : memcpy(rest, in, len);
        uint8_t *const to = len == sizeof rest ? out : rest;
        const vec c0 = v_load(from), c1 = v_load(from + 16 * LANES);
        vec x0 = decrypt_start(aes, c0), x1 = decrypt_start(aes, c1);

        for (unsigned r = 1; r < 10; r++) {
            const vec down = DOWN_BACKWARDS(r), key = KEY(DECRYPTION + r);

            x0 = v_xor(decrypt_round(x0, down), key);
            x1 = v_xor(decrypt_round(x1, down), key);
        }
        v_store(to, decrypt_end(x0, v_xor(last_key, v_before(before, c0))));
        v_store(to + 16 * LANES, decrypt_end(x1, v_xor(last_key, v_before(c0, c1))));
        if (to == rest) {
            memcpy(out, rest, len);
            mote_wipe(rest, sizeof rest);
        }
        before = c1;
        in += len;
        out += len;
        blocks -= len / 16;
    }
    v_store1(chain, next_chain);
    CLEAR_VECTORS();
}

/* A compiler may be short of registers. */
mote_status VPERM(cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    cbc_decrypt(aes, chain, out, in, blocks);
    mote_burn_stack();
    return MOTE_OK;
}

#endif

#if LANES == 1

/* A compiler must not break up this sum to add what is known last to a part of it, which then waits one step longer. */
#if MOTE_CPU_X86
#define SUM_KNOWN(x) __asm__("" : "+x"(x))
#else
#define SUM_KNOWN(x) __asm__("" : "+w"(x))
#endif

/* Encryption's round r, of 1..9: MixColumns is 2a + 3a' + a'' + a''' = y + y' + a''' with y = 2a + a'. */
TARGET static inline vec encrypt_round(const mote_aes128 *aes, vec x, unsigned r)
{
    const vec down = v_repeat(mote_aes_vperm_tables[T_DOWN + (r & 3)]), up = v_repeat(mote_aes_vperm_tables[T_UP + (r & 3)]);
    vec io, jo, a, y, rest;

    invert(x, &io, &jo);
    a = MAP(SB);
    rest = v_xor(v_lookup(a, up), KEY(ENCRYPTION + r));
    y = v_xor(MAP(SB2), v_lookup(a, down));
    rest = v_xor(y, rest);
    SUM_KNOWN(rest);
    return v_xor(v_lookup(y, down), rest);
}

TARGET static inline vec to_internal(vec x)
{
    return v_xor(v_lookup(TABLE(IN0), v_low(x)), v_lookup(TABLE(IN1), v_high(x)));
}

TARGET static MOTE_NOINLINE void cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                             size_t blocks)
{
    vec x, c = v_load(chain), io, jo;

    if (blocks == 0)
        return;
    x = v_xor(to_internal(v_xor(c, v_load(in))), KEY(ENCRYPTION));
    for (;;) {
        for (unsigned r = 1; r < 10; r++)
            x = encrypt_round(aes, x, r);
        invert(x, &io, &jo);
        c = v_xor(v_lookup(MAP(SBOUT), TABLE(SHIFT2)), KEY(LAST));
        /* The next block's first state comes straight from this last round, in the internal basis, with a plaintext
         * that is already there; the ciphertext in the standard basis is made beside it. The input is read first, for
         * it may be overwritten. */
        in += 16;
        if (--blocks == 0)
            break;
        x = v_xor(v_lookup(MAP(SB), TABLE(SHIFT2)), v_xor(to_internal(v_load(in)), KEY(BETWEEN)));
        v_store(out, c);
        out += 16;
    }
    v_store(out, c);
    v_store(chain, c);
    CLEAR_VECTORS();
}

mote_status VPERM(cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    cbc_encrypt(aes, chain, out, in, blocks);
    mote_burn_stack();
    return MOTE_OK;
}

void VPERM(encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint8_t chain[16] = {0};

    (void)VPERM(cbc_encrypt)(aes, chain, out, in, 1);
}

void VPERM(decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    uint8_t chain[16] = {0};

    (void)VPERM(cbc_decrypt)(aes, chain, out, in, 1);
}

/* InvMixColumns of a round key in the standard basis: MixColumns after a := a + 4 (a + a''). */
TARGET static inline vec inv_mix_columns(vec a)
{
    const vec down = TABLE(DOWN), twice_down = TABLE(DOWN_TWICE);
    vec y;

    a = v_xor(a, v_double(v_double(v_xor(a, v_lookup(a, twice_down)))));
    y = v_xor(v_double(a), v_lookup(a, down)); /* as in encrypt_round */
    return v_xor(v_xor(v_lookup(y, down), y), v_lookup(a, TABLE(UP)));
}

/* KeyExpansion (section 5.2) in the standard basis, with the same S-box in registers; each round key is then brought into
 * the forms that the rounds want. */
TARGET static MOTE_NOINLINE void expand_key(mote_aes128 *aes, const uint8_t key[16])
{
    uint8_t *const slots = (uint8_t *)aes->round_keys;
    const vec constant = TABLE(CONSTANT), internal_constant = to_internal(constant);
    const vec first = to_internal(v_load(key));
    vec k = v_load(key), rcon = TABLE(RCON);

    v_store(slots + 16 * ENCRYPTION, first);
    v_store(slots + 16 * LAST_DECRYPTION, k);
    for (unsigned r = 1; r <= 10; r++) {
        vec io, jo, x;

        /* SubWord(RotWord(w3)) ^ Rcon in all four words; then each word is the sum of all up to it. */
        invert(to_internal(v_lookup(k, TABLE(ROTATE_WORD3))), &io, &jo);
        x = v_xor(MAP(SBOUT), v_xor(constant, rcon));
        rcon = v_double(rcon);
        k = v_xor(k, v_lookup(k, TABLE(WORDS_UP1)));
        k = v_xor(k, v_lookup(k, TABLE(WORDS_UP2)));
        k = v_xor(k, x);

        x = v_xor(to_internal(k), internal_constant);
        if (r < 10) {
            const vec layout = v_repeat(mote_aes_vperm_tables[T_UNSHIFT + (r & 3)]);

            v_store(slots + 16 * (ENCRYPTION + r), v_lookup(x, layout));
            x = inv_mix_columns(k);
        } else {
            v_store(slots + 16 * LAST, v_xor(k, constant));
            v_store(slots + 16 * BETWEEN, v_xor(x, first));
            x = k;
        }
        x = v_xor(x, constant);
        x = v_xor(v_lookup(TABLE(INVIN0), v_low(x)), v_lookup(TABLE(INVIN1), v_high(x)));
        /* Decryption comes to it after 10 - r rounds, whose InvShiftRows are outstanding. */
        v_store(slots + 16 * (DECRYPTION + 10 - r), v_lookup(x, v_repeat(mote_aes_vperm_tables[T_UNSHIFT + ((r - 10) & 3)])));
    }
    CLEAR_VECTORS();
}

mote_status VPERM(init)(mote_aes128 *aes, const uint8_t key[16])
{
    expand_key(aes, key);
    mote_burn_stack();
    return MOTE_OK;
}

#endif

#endif
