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
#else
#define WORD uint32_t
#define KEY_WORDS 44
static void encrypt(uint32_t q[8], const uint32_t *key, const uint32_t *last)
__CPROVER_requires(__CPROVER_w_ok(q, 32) && __CPROVER_r_ok(key, 176) && last == key + 40)
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

void prove_encrypt(void)
{
    WORD *const q = object(8 * sizeof *q), *const key = object(KEY_WORDS * sizeof *key);

#if MOTE_TARGET_DESKTOP
    encrypt(q, key);
#else
    encrypt(q, key, key + 40);
#endif
    END();
}

void prove_decrypt(void)
{
    WORD *const q = object(8 * sizeof *q), *const key = object(KEY_WORDS * sizeof *key);

    decrypt(q, key);
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
