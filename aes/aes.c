/* aes/aes.c - what all backends of the block cipher have in common, and where the library holds several, the choice.
 *
 * A context remembers the backend that expanded its key, since each has round keys of its own form. What that costs a
 * call is a branch that nearly always goes the same way. */
#include "../ct/ct_internal.h"
#include "aes_backend.h"

void mote_aes128_wipe(mote_aes128 *aes)
{
    mote_wipe(aes, sizeof *aes);
}

#if !MOTE_AES_SINGLE_BACKEND && !MOTE_AES_EXTERN

#if MOTE_AES_FIXSLICE32
#define PORTABLE(function) mote_aes128_fixslice32_##function
#define PORTABLE_NAME "fixslice32"
#else
#define PORTABLE(function) mote_aes128_fixslice64_##function
#define PORTABLE_NAME "fixslice64"
#endif

/* From the slowest to the fastest: the last that the processor can run is chosen. The first is what a context that was
 * wiped, or is all zeros, uses: harmless on every processor. */
#if MOTE_AES_AESNI
enum { FIXSLICED, VPERM_SSSE3, VPERM_AVX2, AESNI, VAES256, VAES512, BACKENDS };
#elif MOTE_AES_ARMV8
enum { FIXSLICED, VPERM_NEON, ARMV8, BACKENDS };
#else
enum { FIXSLICED, VPERM_NEON, BACKENDS };
#endif

static const mote_cpu_backend backends[BACKENDS] = {
    {PORTABLE_NAME, 0},
#if MOTE_AES_AESNI
    {"vperm_ssse3", MOTE_CPU_SSSE3},
    {"vperm_avx2", MOTE_CPU_SSSE3 | MOTE_CPU_AVX2},
    {"aesni", MOTE_CPU_AES},
    {"vaes256", MOTE_CPU_AES | MOTE_CPU_VAES},
    {"vaes512", MOTE_CPU_AES | MOTE_CPU_VAES | MOTE_CPU_AVX512},
#else
    {"vperm_neon", MOTE_CPU_NEON},
#if MOTE_AES_ARMV8
    {"armv8", MOTE_CPU_NEON | MOTE_CPU_AES},
#endif
#endif
};

/* Calls with names, not through pointers: so the call graph is plain to see, and the processor predicts as well. The wide
 * backends share all but CBC decryption with the narrow ones. */
#if MOTE_AES_AESNI
#define CALL(result, backend, function, arguments)                  \
    switch (backend) {                                              \
    case AESNI:                                                     \
    case VAES256:                                                   \
    case VAES512:                                                   \
        result mote_aes128_aesni_##function arguments;              \
        break;                                                      \
    case VPERM_SSSE3:                                               \
    case VPERM_AVX2:                                                \
        result mote_aes128_vperm_ssse3_##function arguments;        \
        break;                                                      \
    default:                                                        \
        result PORTABLE(function) arguments;                        \
        break;                                                      \
    }
#else
#if MOTE_AES_ARMV8
#define CASE_ARMV8(result, function, arguments)                     \
    case ARMV8:                                                     \
        result mote_aes128_armv8_##function arguments;              \
        break;
#else
#define CASE_ARMV8(result, function, arguments)
#endif
#define CALL(result, backend, function, arguments)                  \
    switch (backend) {                                              \
        CASE_ARMV8(result, function, arguments)                     \
    case VPERM_NEON:                                                \
        result mote_aes128_vperm_neon_##function arguments;         \
        break;                                                      \
    default:                                                        \
        result PORTABLE(function) arguments;                        \
        break;                                                      \
    }
#endif

static uint8_t chosen;

static inline unsigned choose(void)
{
    return mote_cpu_chosen(&chosen, backends, BACKENDS);
}

mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16])
{
    mote_status status;

    aes->backend = (uint8_t)choose();
    CALL(status =, aes->backend, init, (aes, key))
    MOTE_BURN_AFTER();
    return status;
}

void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    CALL(, aes->backend, encrypt_block, (aes, out, in))
    MOTE_BURN_AFTER();
}

void mote_aes128_decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    CALL(, aes->backend, decrypt_block, (aes, out, in))
    MOTE_BURN_AFTER();
}

mote_status mote_aes128_cbc_encrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
    mote_status status;

    CALL(status =, aes->backend, cbc_encrypt, (aes, chain, out, in, blocks))
    return status;
}

mote_status mote_aes128_cbc_decrypt(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in,
                                    size_t blocks)
{
    mote_status status;

#if MOTE_AES_AESNI
    /* What does not fill a wide vector goes to the narrow ones. */
    if (blocks >= 4) {
        switch (aes->backend) {
        case VAES512:
            return mote_aes128_vaes512_cbc_decrypt(aes, chain, out, in, blocks);
        case VAES256:
            return mote_aes128_vaes256_cbc_decrypt(aes, chain, out, in, blocks);
        case VPERM_AVX2:
            return mote_aes128_vperm_avx2_cbc_decrypt(aes, chain, out, in, blocks);
        default:
            break;
        }
    }
#endif
    CALL(status =, aes->backend, cbc_decrypt, (aes, chain, out, in, blocks))
    return status;
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
    return mote_cpu_force(&chosen, backends, BACKENDS, index);
}

#endif
