/* aes/aes_fixslice32_small.h - the rounds of aes_fixslice32.c in little code: one S-box, loops where they save something, no
 * difference between one block in both lanes and two. The comments are in aes_fixslice32_rounds.h. */

static void add_round_key(uint32_t q[8], const uint32_t *key)
{
    for (unsigned i = 0; i < 4; i++) {
        const uint32_t low = key[i] & EACH(0x0f), high = key[i] & EACH(0xf0);

        q[i] ^= low ^ (low << 4);
        q[4 + i] ^= high ^ (high >> 4);
    }
}

/* The bytes `rows` rows below, which are rows * j columns further on. */
static inline uint32_t rows_below(uint32_t x, unsigned rows, unsigned columns, uint32_t mask)
{
    x = rotr(x, 8 * rows);
    return ((x >> columns) & mask) | ((x << (4 - columns)) & ~mask);
}

static inline uint32_t columns_mask(unsigned columns)
{
    return EACH((0x0fu >> columns) * 0x11);
}

/* MixColumns as q + 2t + (t + t''), the latter being the sum of all four rows. */
static void mix_columns(uint32_t q[8], unsigned j)
{
    uint32_t t[8];
    unsigned columns = j & 3;
    uint32_t mask = columns_mask(columns);

    for (unsigned i = 0; i < 8; i++)
        t[i] = q[i] ^ rows_below(q[i], 1, columns, mask);
    columns = 2 * j & 3;
    mask = columns_mask(columns);
    for (unsigned i = 0; i < 8; i++)
        q[i] ^= t[i] ^ rows_below(t[i], 2, columns, mask);
    q[7] ^= t[6];
    q[6] ^= t[5];
    q[5] ^= t[4];
    q[4] ^= t[3] ^ t[7];
    q[3] ^= t[2] ^ t[7];
    q[2] ^= t[1];
    q[1] ^= t[0] ^ t[7];
    q[0] ^= t[7];
}

static void inv_mix_columns(uint32_t q[8], unsigned j)
{
    uint32_t u[8];
    const unsigned columns = 2 * j & 3;
    const uint32_t mask = columns_mask(columns);

    for (unsigned i = 0; i < 8; i++)
        u[i] = q[i] ^ rows_below(q[i], 2, columns, mask);
    q[7] ^= u[5];
    q[6] ^= u[4];
    q[5] ^= u[3] ^ u[7];
    q[4] ^= u[2] ^ u[6] ^ u[7];
    q[3] ^= u[1] ^ u[6];
    q[2] ^= u[0] ^ u[7];
    q[1] ^= u[6] ^ u[7];
    q[0] ^= u[6];
    mix_columns(q, j);
}

static void sub_bytes(uint32_t q[8])
{
    mote_aes_sub_bytes(q);
}

/* The inverse of the affine map's matrix, in front of the S-box and again behind it: the inversion between is its own
 * inverse. */
static void inv_affine(uint32_t q[8])
{
    const uint32_t q0 = q[0], q1 = q[1], q2 = q[2], q3 = q[3], q4 = q[4], q5 = q[5], q6 = q[6], q7 = q[7];

    q[0] = q2 ^ q5 ^ q7;
    q[1] = q3 ^ q6 ^ q0;
    q[2] = q4 ^ q7 ^ q1;
    q[3] = q5 ^ q0 ^ q2;
    q[4] = q6 ^ q1 ^ q3;
    q[5] = q7 ^ q2 ^ q4;
    q[6] = q0 ^ q3 ^ q5;
    q[7] = q1 ^ q4 ^ q6;
}

static void encrypt(uint32_t q[8], const uint32_t *key, const uint32_t *last)
{
    for (unsigned j = 1;; j++) {
        add_round_key(q, key);
        sub_bytes(q);
        key += 4;
        if (key == last)
            break;
        mix_columns(q, j);
    }
    add_round_key(q, last);
}

static void decrypt(uint32_t q[8], const uint32_t *key)
{
    unsigned j = ROUNDS;

    add_round_key(q, key + 4 * ROUNDS);
    for (;;) {
        inv_affine(q);
        sub_bytes(q);
        inv_affine(q);
        j--;
        add_round_key(q, key + 4 * j);
        if (j == 0)
            break;
        inv_mix_columns(q, j);
    }
}
