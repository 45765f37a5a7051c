/* test/mock_unit.c - see test/mock_unit.h. The unit's own AES is the library's software for this target, under other names:
 * included here as it is in a build with MOTE_AES_EXTERN_ENCRYPT_ONLY. What it calculates is checked by the suites that run over
 * it. It holds its callers to what mote/aes_extern.h promises them, and fails if that is not so. */
#include "mock_unit.h"

#include <mote/config.h>

static const unsigned kind = MOTE_AES_EXTERN_CBC            ? UNIT_CBC
                             : MOTE_AES_EXTERN_ENCRYPT_ONLY ? UNIT_ENCRYPT_ONLY
                                                            : UNIT_BLOCKS;

#undef MOTE_AES_EXTERN
#undef MOTE_AES_EXTERN_CBC
#undef MOTE_AES_EXTERN_ENCRYPT_ONLY
#define MOTE_AES_EXTERN 1
#define MOTE_AES_EXTERN_CBC 0
#define MOTE_AES_EXTERN_ENCRYPT_ONLY 1
#define mote_aes128 unit_aes128
#define mote_aes_avr_sbox unit_sbox
#define mote_aes_avr_inv_sbox unit_inv_sbox
#if MOTE_TARGET_AVR
#define mote_aes128_avr_init unit_init
#define mote_aes128_avr_encrypt_block unit_encrypt_block
#define mote_aes128_avr_decrypt_block unit_decrypt_block
#define mote_aes128_avr_cbc_encrypt unit_cbc_encrypt
#define mote_aes128_avr_cbc_decrypt unit_cbc_decrypt
#elif MOTE_TARGET_CORTEX_M || UINTPTR_MAX <= 0xffffffffu
#define mote_aes128_fixslice32_init unit_init
#define mote_aes128_fixslice32_encrypt_block unit_encrypt_block
#define mote_aes128_fixslice32_decrypt_block unit_decrypt_block
#define mote_aes128_fixslice32_cbc_encrypt unit_cbc_encrypt
#define mote_aes128_fixslice32_cbc_decrypt unit_cbc_decrypt
#else
#define mote_aes128_fixslice64_init unit_init
#define mote_aes128_fixslice64_encrypt_block unit_encrypt_block
#define mote_aes128_fixslice64_decrypt_block unit_decrypt_block
#define mote_aes128_fixslice64_cbc_encrypt unit_cbc_encrypt
#define mote_aes128_fixslice64_cbc_decrypt unit_cbc_decrypt
#endif
#include "../aes/aes_avr.c"
#include "../aes/aes_avr_small.c"
#include "../aes/aes_avr_tables.c"
#include "../aes/aes_fixslice32.c"
#include "../aes/aes_fixslice64.c"

#include <string.h>

/* The functions that the library calls; declared here, since the header has them only with MOTE_AES_EXTERN. */
mote_status mote_aes_extern_blocks(const uint8_t key[16], uint8_t *data, size_t blocks, int decrypt);
mote_status mote_aes_extern_cbc(const uint8_t key[16], const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t blocks,
                                int decrypt);

/* All that changes, in one place, so that the simulated chips know where it may (test/chip/simavr.c). */
struct mock_unit_state {
    uint16_t fault, bit, directions, working, failing, calls;
};
struct mock_unit_state mock_unit_state = {UNIT_RIGHT, 0, 0, 0, 0, 0};
#define unit mock_unit_state

unsigned mock_unit_kind(void)
{
    return kind;
}

void mock_unit_set(unsigned fault, unsigned bit, unsigned directions)
{
    unit.fault = (uint16_t)fault;
    unit.bit = (uint16_t)bit;
    unit.directions = (uint16_t)directions;
    mock_unit_fail(0, 0);
}

void mock_unit_fail(unsigned working, unsigned count)
{
    unit.working = (uint16_t)working;
    unit.failing = (uint16_t)count;
    unit.calls = 0;
}

unsigned mock_unit_calls(void)
{
    return unit.calls;
}

/* Does this call fail? */
static int fails(void)
{
    unit.calls++;
    if (unit.failing == 0)
        return 0;
    if (unit.working != 0) {
        unit.working--;
        return 0;
    }
    unit.failing--;
    return 1;
}

static int aligned(const void *data)
{
#if defined(__AVR__)
    return data != NULL; /* no type is aligned there */
#else
    return ((uintptr_t)data & 3) == 0;
#endif
}

/* A bit that is turned over or stuck. */
static void damage(uint8_t block[16], unsigned how)
{
    const uint8_t bit = (uint8_t)(1 << (unit.bit & 7));

    if (how == UNIT_OUTPUT)
        block[unit.bit >> 3] ^= bit;
    else if (how == UNIT_INPUT_0 || how == UNIT_KEY_0)
        block[unit.bit >> 3] &= (uint8_t)~bit;
    else
        block[unit.bit >> 3] |= bit;
}

/* One block: out = E(key, in ^ chain), or D(key, in) ^ chain; chain becomes the block of ciphertext. */
static void block_of(const unit_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, unsigned fault, int decrypt)
{
    uint8_t block[16], result[16];
    uint8_t i;

    memcpy(block, in, 16);
    if (fault == UNIT_INPUT_0 || fault == UNIT_INPUT_1)
        damage(block, fault);
    if (decrypt)
        (void)unit_cbc_decrypt(aes, chain, result, block, 1);
    else
        (void)unit_cbc_encrypt(aes, chain, result, block, 1);
    if (fault == UNIT_OUTPUT)
        damage(result, fault);
    for (i = 0; i < 16; i++)
        out[i] = result[fault == UNIT_ORDER ? i ^ 3 : i];
}

/* blocks blocks, each by itself if iv is NULL. */
static mote_status crypt(const uint8_t key[16], const uint8_t *iv, uint8_t *out, const uint8_t *in, size_t blocks, int decrypt)
{
    const unsigned direction = decrypt ? UNIT_DECRYPTS : UNIT_ENCRYPTS;
    const unsigned fault = (unit.directions & direction) != 0 ? unit.fault : UNIT_RIGHT;
    const int failing = fails();
    uint8_t chain[16] = {0}, its_key[16];
    unit_aes128 aes;
    size_t n;

    if (blocks == 0 || !aligned(key) || (decrypt != 0 && decrypt != 1))
        return MOTE_ERR_LENGTH;
    memcpy(its_key, key, 16);
    if (fault == UNIT_KEY_0 || fault == UNIT_KEY_1)
        damage(its_key, fault);
    if (unit_init(&aes, its_key) != MOTE_OK)
        return MOTE_ERR_HARDWARE;
    if (iv != NULL)
        memcpy(chain, iv, 16);
    for (n = 0; n < blocks; n++, in += 16, out += 16) {
        if (iv == NULL)
            memset(chain, 0, 16);
        if (failing && n == blocks / 2) {
            memset(out, 0x77, 7);
            break;
        }
        if (fault == UNIT_FIRST && n > 0)
            memmove(out, in, 16);
        else
            block_of(&aes, chain, out, in, fault, decrypt);
    }
    return failing ? MOTE_ERR_HARDWARE : MOTE_OK;
}

mote_status mote_aes_extern_blocks(const uint8_t key[16], uint8_t *data, size_t blocks, int decrypt)
{
    if (!aligned(data) || blocks > (MOTE_TARGET_AVR ? 1 : 8) || (decrypt && kind == UNIT_ENCRYPT_ONLY))
        return MOTE_ERR_LENGTH;
    return crypt(key, NULL, data, data, blocks, decrypt);
}

mote_status mote_aes_extern_cbc(const uint8_t key[16], const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t blocks,
                                int decrypt)
{
    if (!aligned(iv))
        return MOTE_ERR_LENGTH;
    return crypt(key, iv, out, in, blocks, decrypt);
}
