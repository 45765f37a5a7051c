/* The portable block ciphers: memory safety for every key and every content, CBC for any number of blocks. fixslice64, or for chips
 * fixslice32. */
#include "contracts.h"

#if MOTE_TARGET_DESKTOP
#define WORD uint64_t
#define KEY_WORDS 88
static void encrypt(uint64_t q[8], const uint64_t *key)
__CPROVER_requires(__CPROVER_w_ok(q, 64) && __CPROVER_r_ok(key, 704))
__CPROVER_assigns(__CPROVER_object_upto(q, 64))
;
static void transpose(uint64_t q[8])
__CPROVER_requires(__CPROVER_w_ok(q, 64))
__CPROVER_assigns(__CPROVER_object_upto(q, 64))
;
#else
#define WORD uint32_t
#define KEY_WORDS 44
static void encrypt(uint32_t q[8], const uint32_t *key, const uint32_t *last)
__CPROVER_requires(__CPROVER_w_ok(q, 32) && __CPROVER_r_ok(key, 176) && last == key + 40)
__CPROVER_assigns(__CPROVER_object_upto(q, 32))
;
static void load_block(uint32_t w[4], const uint8_t in[16])
__CPROVER_requires(__CPROVER_w_ok(w, 16) && __CPROVER_r_ok(in, 16))
__CPROVER_assigns(__CPROVER_object_upto(w, 16))
;
static void store_block(uint8_t out[16], const uint32_t w[4])
__CPROVER_requires(__CPROVER_w_ok(out, 16) && __CPROVER_r_ok(w, 16))
__CPROVER_assigns(__CPROVER_object_upto(out, 16))
;
static void unchain(uint8_t *out, const uint8_t *in, const uint32_t decrypted[4], uint8_t chain[16])
__CPROVER_requires(__CPROVER_w_ok(out, 16) && __CPROVER_r_ok(in, 16) && __CPROVER_r_ok(decrypted, 16))
__CPROVER_requires(__CPROVER_w_ok(chain, 16) && !SHARE_PARTLY(out, 16, in, 16))
__CPROVER_assigns(__CPROVER_object_upto(out, 16), __CPROVER_object_upto(chain, 16))
;
static inline void encrypt_columns(const mote_aes128 *aes, uint32_t q[8])
__CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_w_ok(q, 32))
__CPROVER_assigns(__CPROVER_object_upto(q, 32))
;
static inline void decrypt_columns(const mote_aes128 *aes, uint32_t q[8])
__CPROVER_requires(__CPROVER_r_ok(aes, sizeof *aes) && __CPROVER_w_ok(q, 32))
__CPROVER_assigns(__CPROVER_object_upto(q, 32))
;
#endif
static void decrypt(WORD q[8], const WORD *key)
__CPROVER_requires(__CPROVER_w_ok(q, 8 * sizeof *q) && __CPROVER_r_ok(key, KEY_WORDS * sizeof *key))
__CPROVER_assigns(__CPROVER_object_upto(q, 8 * sizeof *q))
;

#if MOTE_TARGET_DESKTOP
#include "aes/aes_fixslice64.c"
#else
#include "aes/aes_fixslice32.c"
#endif

static mote_aes128 aes;

/* All of it as it is. */
void prove_aes128_blocks(void)
{
    uint8_t *const out = object(16), *const in = object(16), *const key = object(16);
    mote_aes128 *const expanded = object(sizeof *expanded);
    const mote_status status = mote_aes128_init(expanded, key);

    __CPROVER_assert(status == MOTE_OK, "status");
    mote_aes128_encrypt_block(expanded, nondet_bool() ? out : in, in);
    mote_aes128_decrypt_block(expanded, nondet_bool() ? out : in, in);
    END();
}

void prove_aes128_wipe(void)
{
    watch(&aes, sizeof aes);
    mote_aes128_wipe(&aes);
    END();
}

/* The pieces of CBC, each on objects of exactly the size that its contract says: whatever else it touched would be out of bounds.
 * Of what it only reads, any byte keeps its value. */
static uint8_t was;

static void *kept(void *p, size_t len)
{
    watch(p, len);
    was = *watched;
    return p;
}

void prove_aes_pieces(void)
{
    WORD *const q = object(8 * sizeof *q), *const key = object(KEY_WORDS * sizeof *key);
    uint8_t *const in = object(16), *const out = object(16);

    kept(in, 16);
    switch (nondet_uint8_t()) {
#if MOTE_TARGET_DESKTOP
    case 0:
        encrypt(q, kept(key, 704));
        break;
    case 1:
        transpose(q);
        break;
    default:
        decrypt(q, kept(key, 704));
        break;
#elif defined(CASE_ROUNDS)
    case 0:
        encrypt(q, kept(key, 176), key + 40);
        break;
    case 1:
        encrypt_columns(kept(&aes, sizeof aes), q);
        break;
    case 2:
        decrypt_columns(kept(&aes, sizeof aes), q);
        break;
    default:
        decrypt(q, kept(key, 176));
        break;
#else
    case 0:
        load_block(q, in);
        break;
    case 1:
        store_block(out, kept(q, 32));
        break;
    case 2:
        unchain(out, in, q, object(16));
        break;
    default:
        unchain(in, in, kept(q, 32), object(16));
        break;
#endif
    }
    __CPROVER_assert(*watched == was, "kept");
    END();
}

#if defined(CASE_APART) || defined(CASE_SAME)

void prove_aes128_cbc_encrypt(void)
{
    const size_t blocks = nondet_size_t();
    void *out, *in;

    __CPROVER_assume(blocks <= LEN_MAX / 16);
    place(&out, 16 * blocks, &in, 16 * blocks);
    (void)mote_aes128_cbc_encrypt(&aes, object(16), out, in, blocks);
    END();
}

void prove_aes128_cbc_decrypt(void)
{
    const size_t blocks = nondet_size_t();
    void *out, *in;

    __CPROVER_assume(blocks <= LEN_MAX / 16);
    place(&out, 16 * blocks, &in, 16 * blocks);
    (void)mote_aes128_cbc_decrypt(&aes, object(16), out, in, blocks);
    END();
}

#endif
