/* aes/aes_vperm_neon.c - AES-128 by byte shuffles (aes_vperm.h) with NEON's TBL, for processors without AES instructions: the
 * Cortex-A72 of a Raspberry Pi 4 among them, and 32-bit Arm. */
#include "../ct/cpu.h"
#include "aes_backend.h"

#if MOTE_AES_VPERM_NEON

#include <arm_neon.h>

#define TARGET MOTE_CPU_NEON_TARGET
#define VPERM(function) MOTE_AES_BACKEND(vperm_neon, function)
#define LANES 1
#define HAS_CBC_DECRYPT 1
#define VPERM_TABLES_HERE 1
#define CLEAR_VECTORS() MOTE_CLEAR_VECTORS()
typedef uint8x16_t vec;

#define v_load vld1q_u8
#define v_store vst1q_u8
#define v_store1 vst1q_u8
#define v_repeat vld1q_u8
#define v_before(previous, c) (previous)
#define v_xor veorq_u8

/* An index beyond the table gives 0, so infinity with its top bit does. */
TARGET static inline vec v_lookup(vec table, vec index)
{
#if MOTE_CPU_ARM64
    return vqtbl1q_u8(table, index);
#else
    const uint8x8x2_t halves = {{vget_low_u8(table), vget_high_u8(table)}};

    return vcombine_u8(vtbl2_u8(halves, vget_low_u8(index)), vtbl2_u8(halves, vget_high_u8(index)));
#endif
}

TARGET static inline vec v_low(vec x)
{
    return vandq_u8(x, vdupq_n_u8(15));
}

TARGET static inline vec v_high(vec x)
{
    return vshrq_n_u8(x, 4);
}

TARGET static inline vec v_double(vec x)
{
    const vec top = vreinterpretq_u8_s8(vshrq_n_s8(vreinterpretq_s8_u8(x), 7));

    return veorq_u8(vshlq_n_u8(x, 1), vandq_u8(top, vdupq_n_u8(0x1b)));
}

#include "aes_vperm.h"

#if MOTE_AES_SINGLE_BACKEND
const char *mote_aes128_backend(void)
{
    return "vperm_neon";
}
#endif

#else
typedef int mote_aes_vperm_neon_is_empty;
#endif
