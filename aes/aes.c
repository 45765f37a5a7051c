/* aes/aes.c - what all backends of the block cipher have in common, and where the library holds several, the choice.
 *
 * A context remembers the backend that expanded its key, since each has round keys of its own form. What that costs a
 * call is one indirect jump to a place that rarely changes. */
#include "../ct/ct_internal.h"
#include "aes_backend.h"

void mote_aes128_wipe(mote_aes128 *aes)
{
    mote_wipe(aes, sizeof *aes);
}

#if !MOTE_AES_SINGLE_BACKEND

typedef struct {
    const char *name;
    uint32_t needs; /* the features without which it must not be used */
    mote_aes_init *init;
    mote_aes_block *encrypt_block, *decrypt_block;
    mote_aes_cbc *cbc_encrypt, *cbc_decrypt;
} backend;

#define BACKEND(text, needs, name, decrypt)                                                                 \
    {                                                                                                       \
        text, needs, MOTE_AES_BACKEND(name, init), MOTE_AES_BACKEND(name, encrypt_block),                   \
            MOTE_AES_BACKEND(name, decrypt_block), MOTE_AES_BACKEND(name, cbc_encrypt),                     \
            MOTE_AES_BACKEND(decrypt, cbc_decrypt)                                                          \
    }

/* From the slowest to the fastest: the last that the processor can run is chosen. The first is what a context that was
 * wiped, or is all zeros, uses: harmless on every processor. */
static const backend backends[] = {
    BACKEND("fixslice64", 0, fixslice64, fixslice64),
#if MOTE_AES_VPERM_SSSE3
    BACKEND("vperm_ssse3", MOTE_CPU_SSSE3, vperm_ssse3, vperm_ssse3),
#endif
#if MOTE_AES_AESNI
    BACKEND("aesni", MOTE_CPU_AES, aesni, aesni),
    BACKEND("vaes256", MOTE_CPU_AES | MOTE_CPU_VAES, aesni, vaes256),
    BACKEND("vaes512", MOTE_CPU_AES | MOTE_CPU_VAES | MOTE_CPU_AVX512, aesni, vaes512),
#endif
#if MOTE_AES_VPERM_NEON
    BACKEND("vperm_neon", MOTE_CPU_NEON, vperm_neon, vperm_neon),
#endif
#if MOTE_AES_ARMV8
    BACKEND("armv8", MOTE_CPU_AES, armv8, armv8),
#endif
};
#define BACKENDS (sizeof backends / sizeof backends[0])

static uint8_t chosen; /* see mote_cpu_load */

static int can_run(unsigned index)
{
    return (backends[index].needs & ~mote_cpu_features()) == 0;
}

static unsigned choose(void)
{
    unsigned index = mote_cpu_load(&chosen);

    if (index == 0) {
        index = BACKENDS;
        while (!can_run(index - 1))
            index--;
        mote_cpu_store(&chosen, index);
    }
    return index - 1;
}

mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16])
{
    aes->backend = (uint8_t)choose();
    return backends[aes->backend].init(aes, key);
}

void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    backends[aes->backend].encrypt_block(aes, out, in);
}

void mote_aes128_decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    backends[aes->backend].decrypt_block(aes, out, in);
}

mote_status mote_aes128_cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
    return backends[aes->backend].cbc_encrypt(aes, chain, out, in, blocks);
}

mote_status mote_aes128_cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
    return backends[aes->backend].cbc_decrypt(aes, chain, out, in, blocks);
}

const char *mote_aes128_backend(void)
{
    return backends[choose()].name;
}

const char *mote_aes128_backend_name(unsigned index)
{
    return index < BACKENDS ? backends[index].name : NULL;
}

int mote_aes128_backend_force(unsigned index)
{
    if (index >= BACKENDS || !can_run(index))
        return 0;
    mote_cpu_store(&chosen, index + 1);
    return 1;
}

#endif
