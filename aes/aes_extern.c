/* aes/aes_extern.c - AES-128 by the chip's own unit, through the application's function (mote/aes_extern.h).
 *
 * The unit is given one block when CBC encrypts, since each depends on the one before, and RUN when it decrypts. They
 * go through a buffer here: so the unit works in place on aligned memory whatever the caller's pointers are, and what a failing
 * unit leaves behind never reaches the caller. A unit that does CBC by itself is given the caller's memory at once. */
#include "aes_backend.h"

#if MOTE_AES_EXTERN

#include <mote/aes_extern.h>

#include "../ct/ct_internal.h"

#include <string.h>

/* What decrypts where the unit cannot. */
#if MOTE_AES_AVR
#define SOFTWARE(function) mote_aes128_avr_##function
#elif MOTE_AES_FIXSLICE32
#define SOFTWARE(function) mote_aes128_fixslice32_##function
#else
#define SOFTWARE(function) mote_aes128_fixslice64_##function
#endif

/* Blocks that mote_aes_extern_blocks is given at once, and that take up stack. */
#if MOTE_TARGET_AVR
#define RUN 1
#else
#define RUN 8
#endif

typedef union {
    uint32_t aligned[4];
    uint8_t bytes[16];
} block;

static const uint8_t *key_of(const mote_aes128 *aes)
{
    return (const uint8_t *)aes->key;
}

#if MOTE_AES_EXTERN_CBC

static mote_status run_cbc(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks,
                           int decrypt)
{
    const size_t last = 16 * (blocks - 1);
    block iv;

    if (blocks == 0)
        return MOTE_OK;
    memcpy(iv.bytes, chain, 16);
    if (decrypt)
        memcpy(chain, in + last, 16); /* before it may be written over */
    if (!aes->ready || mote_aes_extern_cbc(key_of(aes), iv.bytes, out, in, blocks, decrypt) != MOTE_OK)
        return MOTE_ERR_HARDWARE;
    if (!decrypt)
        memcpy(chain, out + last, 16);
    return MOTE_OK;
}

#endif

/* 1..RUN blocks in place, each by itself. */
static mote_status run(const mote_aes128 *aes, uint8_t *data, size_t blocks, int decrypt)
{
#if MOTE_AES_EXTERN_CBC
    uint8_t chain[16] = {0};

    return run_cbc(aes, chain, data, data, blocks, decrypt); /* of one block, that is */
#else
    return aes->ready && mote_aes_extern_blocks(key_of(aes), data, blocks, decrypt) == MOTE_OK ? MOTE_OK
                                                                                             : MOTE_ERR_HARDWARE;
#endif
}

mote_status mote_aes128_cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
#if MOTE_AES_EXTERN_CBC
    return run_cbc(aes, chain, out, in, blocks, 0);
#else
    mote_status status = MOTE_OK;
    block state;

    memcpy(state.bytes, chain, 16);
    for (; blocks != 0 && status == MOTE_OK; blocks--, out += 16, in += 16) {
        for (uint8_t i = 0; i < 16; i++)
            state.bytes[i] ^= in[i];
        status = run(aes, state.bytes, 1, 0);
        if (status == MOTE_OK)
            memcpy(out, state.bytes, 16);
    }
    if (status == MOTE_OK)
        memcpy(chain, state.bytes, 16);
    mote_wipe(&state, sizeof state); /* plaintext, if the unit failed */
    return status;
#endif
}

mote_status mote_aes128_cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
#if MOTE_AES_EXTERN_CBC
    return run_cbc(aes, chain, out, in, blocks, 1);
#elif MOTE_AES_EXTERN_ENCRYPT_ONLY
    return aes->ready ? SOFTWARE(cbc_decrypt)(aes, chain, out, in, blocks) : MOTE_ERR_HARDWARE;
#else
    mote_status status = MOTE_OK;
    uint8_t next[16];
    union {
        uint32_t aligned[4 * RUN];
        uint8_t bytes[16 * RUN];
    } state;

    while (blocks != 0) {
        const size_t now = blocks < RUN ? blocks : RUN;
        size_t i = 16 * now - 1;

        memcpy(state.bytes, in, 16 * now);
        memcpy(next, in + 16 * (now - 1), 16);
        status = run(aes, state.bytes, now, 1);
        if (status != MOTE_OK)
            break;
        /* From the end: if out is in, a block of ciphertext is needed until the one after it is done. */
#if RUN > 1
        for (; i >= 16; i--)
            out[i] = state.bytes[i] ^ in[i - 16];
#endif
        do
            out[i] = state.bytes[i] ^ chain[i];
        while (i-- != 0);
        memcpy(chain, next, 16);
        out += 16 * now;
        in += 16 * now;
        blocks -= now;
    }
    mote_wipe(&state, sizeof state);
    return status;
#endif
}

/* The known answers: for the key and the plaintext of FIPS 197 appendix C.1, and then for the complements of both, the
 * ciphertext; and the plaintext whose ciphertext is the complement of that. So every bit of the key and of the input, in both
 * directions, is seen as 0 and as 1. */
static const uint8_t answers[2][32] MOTE_FLASH = {
    {0x69, 0xc4, 0xe0, 0xd8, 0x6a, 0x7b, 0x04, 0x30, 0xd8, 0xcd, 0xb7, 0x80, 0x70, 0xb4, 0xc5, 0x5a,
     0xfa, 0xe3, 0x66, 0x75, 0x74, 0x61, 0xdf, 0x52, 0xe9, 0x60, 0x6a, 0x82, 0xa5, 0x3a, 0x61, 0x4c},
    {0x02, 0x43, 0x2a, 0xaf, 0x96, 0xb2, 0xbb, 0x3b, 0xa4, 0x8f, 0xa3, 0x63, 0x0f, 0x5e, 0x3f, 0xca,
     0xa1, 0x95, 0xb8, 0xb7, 0x79, 0x80, 0x0b, 0xac, 0x00, 0xcc, 0x27, 0x82, 0xf6, 0xac, 0xd0, 0x45},
};

/* Both directions of the unit, through the functions above. Uses *aes for its keys. */
static MOTE_NOINLINE mote_status check(mote_aes128 *aes)
{
    mote_status status = MOTE_OK;

    aes->ready = 1;
    for (uint8_t n = 0; n < 2 && status == MOTE_OK; n++) {
        uint8_t plain[32], answer[32], data[32], chain[16] = {0};

        mote_flash_copy(answer, answers[n], 32);
        for (uint8_t i = 0; i < 16; i++) {
            const uint8_t key = n == 0 ? i : (uint8_t)~i;

            ((uint8_t *)aes->key)[i] = key;
            plain[i] = (uint8_t)(key << 4 ^ (key & 15));
            plain[16 + i] = answer[16 + i] ^ answer[i]; /* in CBC */
            answer[16 + i] = (uint8_t)~answer[i];
        }
        status = mote_aes128_cbc_encrypt(aes, chain, data, plain, 2);
        if (status == MOTE_OK && !mote_ct_equal(data, answer, 32))
            status = MOTE_ERR_HARDWARE;
#if !MOTE_AES_EXTERN_ENCRYPT_ONLY
        if (status == MOTE_OK) {
            memset(chain, 0, 16);
            status = mote_aes128_cbc_decrypt(aes, chain, data, answer, 2);
            if (status == MOTE_OK && !mote_ct_equal(data, plain, 32))
                status = MOTE_ERR_HARDWARE;
        }
#endif
    }
    return status;
}

mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16])
{
    mote_status status = check(aes);

#if MOTE_AES_EXTERN_ENCRYPT_ONLY
    if (status == MOTE_OK)
        status = SOFTWARE(init)(aes, key);
#endif
    if (status == MOTE_OK)
        memcpy(aes->key, key, 16);
    else
        mote_aes128_wipe(aes);
    return status;
}

static void one_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16], int decrypt)
{
    block state;

    memcpy(state.bytes, in, 16);
    if (run(aes, state.bytes, 1, decrypt) != MOTE_OK)
        memset(state.bytes, 0, 16);
    memcpy(out, state.bytes, 16);
    mote_wipe(&state, sizeof state);
}

void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    one_block(aes, out, in, 0);
}

void mote_aes128_decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
#if MOTE_AES_EXTERN_ENCRYPT_ONLY
    if (!aes->ready)
        memset(out, 0, 16);
    else
        SOFTWARE(decrypt_block)(aes, out, in);
#else
    one_block(aes, out, in, 1);
#endif
}

const char *mote_aes128_backend(void)
{
    return "extern";
}

#else
typedef int mote_aes_extern_is_empty;
#endif
