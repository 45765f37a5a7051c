/* aes/aes_fixslice32_rounds.h - the rounds of aes_fixslice32.c in portable C.
 *
 * "Next" is the byte of the next row in the state's true column, which after j rounds lies j columns further on. */

static inline void add_key_word(uint32_t q[8], const uint32_t key[4], unsigned i)
{
    const uint32_t low = key[i] & EACH(0x0f), high = key[i] & EACH(0xf0);

    q[i] ^= low ^ (low << 4);
    q[4 + i] ^= high ^ (high >> 4);
}

static inline void add_round_key(uint32_t q[8], const uint32_t key[4])
{
    add_key_word(q, key, 0);
    add_key_word(q, key, 1);
    add_key_word(q, key, 2);
    add_key_word(q, key, 3);
}

/* q := q + 2t in GF(2^8): bits move up by one, and bit 7 comes back as x^4 + x^3 + x + 1. */
static inline void add_doubled(uint32_t q[8], const uint32_t t[8])
{
    q[7] ^= t[6];
    q[6] ^= t[5];
    q[5] ^= t[4];
    q[4] ^= t[3] ^ t[7];
    q[3] ^= t[2] ^ t[7];
    q[2] ^= t[1];
    q[1] ^= t[0] ^ t[7];
    q[0] ^= t[7];
}

/* q := q + 4t. */
static inline void add_fourfold(uint32_t q[8], const uint32_t t[8])
{
    q[7] ^= t[5];
    q[6] ^= t[4];
    q[5] ^= t[3] ^ t[7];
    q[4] ^= t[2] ^ t[6] ^ t[7];
    q[3] ^= t[1] ^ t[6];
    q[2] ^= t[0] ^ t[7];
    q[1] ^= t[6] ^ t[7];
    q[0] ^= t[6];
}

/* MixColumns (section 5.1.3): each byte a becomes 2a + 3a' + a'' + a''', a' being the next row's, and so on. With
 * t = a + a' that is 2t + a' + t''. The bytes a' lie `next` bits away, t'' `two` bits. */
static MOTE_ALWAYS_INLINE void mix_columns(uint32_t q[8], unsigned next, unsigned two)
{
    uint32_t t[8];

#define DO(i)                                \
    t[i] = q[i] ^ rotr(q[i], next);          \
    q[i] = rotr(q[i], next) ^ rotr(t[i], two);
    EACH_WORD(DO)
#undef DO
    add_doubled(q, t);
}

/* While both lanes hold the same block a row is its four columns twice over, and whichever four columns in a row are right
 * tell the others. A rotation by j columns takes j of them in from a neighbouring row; MixColumns in round j spoils three,
 * two, three and no columns for j = 1, 2, 3, 0 modulo 4. Four must be right at all times: copying the lower or the upper
 * four to the other lane in three of four rounds is enough. */
static inline void copy_lower_lane(uint32_t q[8])
{
#define DO(i)              \
    q[i] &= EACH(0x0f);    \
    q[i] |= q[i] << 4;
    EACH_WORD(DO)
#undef DO
}

static inline void copy_upper_lane(uint32_t q[8])
{
#define DO(i)              \
    q[i] &= EACH(0xf0);    \
    q[i] |= q[i] >> 4;
    EACH_WORD(DO)
#undef DO
}

static void sub_bytes(uint32_t q[8])
{
    mote_aes_sub_bytes(q);
}

static void encrypt(uint32_t q[8], const uint32_t *key, const uint32_t *last)
{
    for (;; key += 4 * 4) {
        add_round_key(q, key);
        sub_bytes(q);
        mix_columns(q, 8 + 1, 16 + 2);
        copy_lower_lane(q);
        add_round_key(q, key + 4);
        sub_bytes(q);
        if (key + 2 * 4 == last)
            break;
        mix_columns(q, 8 + 2, 16);
        copy_lower_lane(q);
        add_round_key(q, key + 2 * 4);
        sub_bytes(q);
        mix_columns(q, 8 - 1, 16 - 2);
        add_round_key(q, key + 3 * 4);
        sub_bytes(q);
        mix_columns(q, 8, 16);
        copy_upper_lane(q);
    }
    add_round_key(q, last);
}

/* InvMixColumns (section 5.3.3) is MixColumns after a := a + 4u, u = a + a''. Here in the form 2t + a + s with the sum
 * of all four rows s = u + u', which is the same in each of them. Two different blocks lie in the lanes.
 *
 * In odd rounds a'' lies two columns away. Then u is the same in both of these places, and t differs by s: so everything is
 * computed only in those columns, under mask, from which the row below the next is `two` bits away and the next `next` bits
 * without leaving the lane, and then put in the other columns as well, `back` bits away. */
static MOTE_ALWAYS_INLINE void inv_mix_columns_odd(uint32_t q[8], unsigned next, unsigned two, unsigned back, uint32_t mask)
{
    uint32_t u[8], t[8];

#define DO(i)                                \
    u[i] = (q[i] ^ rotr(q[i], two)) & mask;  \
    u[i] |= rotr(u[i], back);
    EACH_WORD(DO)
#undef DO
    add_fourfold(q, u);
#define DO(i)                                 \
    u[i] = (u[i] ^ rotr(u[i], next)) & mask;  \
    t[i] = (q[i] ^ rotr(q[i], next)) & mask;  \
    q[i] ^= u[i] ^ rotr(u[i], back);
    EACH_WORD(DO)
    add_doubled(q, t);
#undef DO
#define DO(i) t[i] = rotr(t[i] ^ u[i], back);
    EACH_WORD(DO)
#undef DO
    add_doubled(q, t);
}

static MOTE_ALWAYS_INLINE void inv_mix_columns_0(uint32_t q[8])
{
    uint32_t u[8];

#define DO(i) u[i] = q[i] ^ rotr(q[i], 16);
    EACH_WORD(DO)
#undef DO
    add_fourfold(q, u);
    mix_columns(q, 8, 16);
}

static MOTE_ALWAYS_INLINE void inv_mix_columns_2(uint32_t q[8])
{
    uint32_t t[8];

#define DO(i) t[i] = q[i] ^ rotr(q[i], 16);
    EACH_WORD(DO)
#undef DO
    add_fourfold(q, t);
#define DO(i)                                                                          \
    t[i] = (rotr(q[i], 8 + 2) & EACH(0x33)) | (rotr(q[i], 8 - 2) & EACH(0xcc));        \
    q[i] ^= t[i];                                                                      \
    t[i] ^= rotr(q[i], 16);
    EACH_WORD(DO)
#undef DO
    add_doubled(t, q);
#define DO(i) q[i] = t[i];
    EACH_WORD(DO)
#undef DO
}

static void inv_sub_bytes(uint32_t q[8])
{
    mote_aes_inv_sub_bytes(q);
}

static void decrypt(uint32_t q[8], const uint32_t *key)
{
    const uint32_t *const first = key;

    key += 10 * 4;
    add_round_key(q, key);
    for (;; key -= 4 * 4) {
        inv_sub_bytes(q);
        add_round_key(q, key - 4);
        inv_mix_columns_odd(q, 8 + 1, 16 + 2, 16 - 2, EACH(0x33));
        inv_sub_bytes(q);
        add_round_key(q, key - 2 * 4);
        if (key - 2 * 4 == first)
            break;
        inv_mix_columns_0(q);
        inv_sub_bytes(q);
        add_round_key(q, key - 3 * 4);
        inv_mix_columns_odd(q, 8 - 1, 16 - 2, 16 + 2, EACH(0xcc));
        inv_sub_bytes(q);
        add_round_key(q, key - 4 * 4);
        inv_mix_columns_2(q);
    }
}
