/* base64/base64_desktop.c - the choice of the Base64 backend where the library holds several. */
#include "../ct/ct_internal.h"
#include "base64_backend.h"

#if !MOTE_BASE64_SINGLE_BACKEND

/* From the slowest to the fastest: the last that the processor can run is chosen. */
#if MOTE_BASE64_SSSE3
enum { PORTABLE, SSSE3, AVX2, AVX512, BACKENDS };
#else
enum { PORTABLE, NEON, BACKENDS };
#endif

static const mote_cpu_backend backends[BACKENDS] = {
    {"portable", 0},
#if MOTE_BASE64_SSSE3
    {"ssse3", MOTE_CPU_SSSE3},
    {"avx2", MOTE_CPU_AVX2},
    {"avx512", MOTE_CPU_AVX512 | MOTE_CPU_VBMI},
#else
    {"neon", MOTE_CPU_NEON},
#endif
};

/* Calls with names, as in aes/aes.c, of what mote_base64_choose chose: to choose here would cost every call the saving of its
 * arguments. */
#if MOTE_BASE64_SSSE3
#define CALL(result, function, arguments)                    \
    switch (__atomic_load_n(&chosen, __ATOMIC_RELAXED)) {                                      \
    case AVX512 + 1:                                         \
        result mote_base64_avx512_##function arguments;      \
        break;                                               \
    case AVX2 + 1:                                           \
        result mote_base64_avx2_##function arguments;        \
        break;                                               \
    case SSSE3 + 1:                                          \
        result mote_base64_ssse3_##function arguments;       \
        break;                                               \
    default:                                                 \
        result mote_base64_portable_##function arguments;    \
        break;                                               \
    }
#else
#define CALL(result, function, arguments)                    \
    switch (__atomic_load_n(&chosen, __ATOMIC_RELAXED)) {                                      \
    case NEON + 1:                                           \
        result mote_base64_neon_##function arguments;        \
        break;                                               \
    default:                                                 \
        result mote_base64_portable_##function arguments;    \
        break;                                               \
    }
#endif

static uint8_t chosen; /* a backend's number plus 1, or 0 */

void mote_base64_choose(void)
{
    (void)mote_cpu_chosen(&chosen, backends, BACKENDS);
}

void mote_base64_encode_text(char *out, const uint8_t *in, size_t len, uint8_t url)
{
    CALL(, encode_text, (out, in, len, url))
    MOTE_BURN_AFTER();
}

uint8_t mote_base64_decode_text(uint8_t *out, const char *in, size_t len, uint8_t url)
{
    uint8_t wrong;

    CALL(wrong =, decode_text, (out, in, len, url))
    MOTE_BURN_AFTER();
    return wrong;
}

const char *mote_base64_backend(void)
{
    return backends[mote_cpu_chosen(&chosen, backends, BACKENDS)].name;
}

const char *mote_base64_backend_name(unsigned index)
{
    return index < BACKENDS ? backends[index].name : NULL;
}

int mote_base64_backend_force(unsigned index)
{
    return mote_cpu_force(&chosen, backends, BACKENDS, index);
}

#else
typedef int mote_base64_desktop_is_empty;
#endif
