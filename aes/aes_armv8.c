/* aes/aes_armv8.c - AES-128 with the AES instructions of ARMv8 (FIPS 197; Arm ARM C7.2, AESE).
 *
 * The instructions take the same time for every operand. They are written as assembly, since not every compiler gives
 * intrinsics to a function whose file is compiled for the baseline. The context holds the encryption round keys 0..10 and,
 * for the equivalent inverse cipher (FIPS 197 section 5.3.5), InvMixColumns of the round keys 1..9. */
#include "../ct/cpu.h"
#include "aes_backend.h"

#if MOTE_AES_ARMV8

#include <arm_neon.h>

typedef uint8x16_t vec;

/* Round key r in 0..10; decryption's key r in 1..9. */
#define RK(r) vld1q_u8((const uint8_t *)(aes->round_keys + 2 * (r)))
#define DK(r) vld1q_u8((const uint8_t *)(aes->round_keys + 20 + 2 * (r)))

#define EXTENSION ".arch_extension crypto\n\t"

/* ShiftRows and SubBytes of x ^ key, then MixColumns: side by side, so that the processor may fuse them. */
static inline vec encrypt_round(vec x, vec key)
{
    __asm__(EXTENSION "aese %0.16b, %1.16b\n\taesmc %0.16b, %0.16b" : "+w"(x) : "w"(key));
    return x;
}

static inline vec encrypt_last(vec x, vec key)
{
    __asm__(EXTENSION "aese %0.16b, %1.16b" : "+w"(x) : "w"(key));
    return x;
}

static inline vec decrypt_round(vec x, vec key)
{
    __asm__(EXTENSION "aesd %0.16b, %1.16b\n\taesimc %0.16b, %0.16b" : "+w"(x) : "w"(key));
    return x;
}

static inline vec decrypt_last(vec x, vec key)
{
    __asm__(EXTENSION "aesd %0.16b, %1.16b" : "+w"(x) : "w"(key));
    return x;
}

static inline vec inv_mix_columns(vec x)
{
    __asm__(EXTENSION "aesimc %0.16b, %0.16b" : "+w"(x));
    return x;
}

mote_status MOTE_AES_BACKEND(armv8, init)(mote_aes128 *aes, const uint8_t key[16])
{
    static const uint8_t rotate_word3[16] = {13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12, 13, 14, 15, 12};
    const vec rotate = vld1q_u8(rotate_word3), zero = vdupq_n_u8(0);
    uint8_t *const keys = (uint8_t *)aes->round_keys;
    uint32_t rcon = 1;
    vec k = vld1q_u8(key);

    vst1q_u8(keys, k);
    for (unsigned r = 1; r <= 10; r++) {
        /* SubWord(RotWord(w3)) in all four columns, which ShiftRows does not change when they are equal. */
        const vec t = encrypt_last(vqtbl1q_u8(k, rotate), zero);

        k = veorq_u8(k, vextq_u8(zero, k, 12));
        k = veorq_u8(k, vextq_u8(zero, k, 8));
        k = veorq_u8(k, veorq_u8(t, vreinterpretq_u8_u32(vdupq_n_u32(rcon))));
        vst1q_u8(keys + 16 * r, k);
        if (r < 10)
            vst1q_u8(keys + 160 + 16 * r, inv_mix_columns(k));
        rcon = r == 8 ? 0x1b : rcon << 1;
    }
    MOTE_CLEAR_VECTORS();
    return MOTE_OK;
}

void MOTE_AES_BACKEND(armv8, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    vec x = vld1q_u8(in);

    for (unsigned r = 0; r < 9; r++)
        x = encrypt_round(x, RK(r));
    vst1q_u8(out, veorq_u8(encrypt_last(x, RK(9)), RK(10)));
    MOTE_CLEAR_VECTORS();
}

void MOTE_AES_BACKEND(armv8, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    vec x = decrypt_round(vld1q_u8(in), RK(10));

    for (unsigned r = 9; r > 1; r--)
        x = decrypt_round(x, DK(r));
    vst1q_u8(out, veorq_u8(decrypt_last(x, DK(1)), RK(0)));
    MOTE_CLEAR_VECTORS();
}

mote_status MOTE_AES_BACKEND(armv8, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                 const uint8_t *in, size_t blocks)
{
    if (blocks == 0)
        return MOTE_OK;

    const vec k1 = RK(1), k2 = RK(2), k3 = RK(3), k4 = RK(4), k5 = RK(5), k6 = RK(6), k7 = RK(7), k8 = RK(8), k9 = RK(9),
              k10 = RK(10), k10_and_0 = veorq_u8(k10, RK(0));
    vec x = vld1q_u8(chain), first = veorq_u8(vld1q_u8(in), RK(0));

    for (;;) {
        x = encrypt_round(x, first);
        x = encrypt_round(x, k1);
        x = encrypt_round(x, k2);
        x = encrypt_round(x, k3);
        x = encrypt_round(x, k4);
        x = encrypt_round(x, k5);
        x = encrypt_round(x, k6);
        x = encrypt_round(x, k7);
        x = encrypt_round(x, k8);
        x = encrypt_last(x, k9);
        in += 16;
        if (--blocks == 0)
            break;
        /* AESE adds its key first: the next block's first key is this block's last, the plaintext and round key 0, and the
         * chain of dependent instructions is the rounds and nothing else. The ciphertext is made beside it. */
        first = veorq_u8(vld1q_u8(in), k10_and_0);
        vst1q_u8(out, veorq_u8(x, k10));
        out += 16;
    }
    x = veorq_u8(x, k10);
    vst1q_u8(out, x);
    vst1q_u8(chain, x);
    MOTE_CLEAR_VECTORS();
    return MOTE_OK;
}

#define LOAD(i) const vec c##i = vld1q_u8(in + 16 * (i));
#define FIRST(i) vec x##i = decrypt_round(c##i, k);
#define ROUND(i) x##i = decrypt_round(x##i, k);
#define LAST(i) x##i = decrypt_last(x##i, k);
#define STORE(i, before) vst1q_u8(out + 16 * (i), veorq_u8(x##i, veorq_u8(k, before)));
#define LANES1(OP) OP(0)
#define LANES8(OP) OP(0) OP(1) OP(2) OP(3) OP(4) OP(5) OP(6) OP(7)
#define STORE1 STORE(0, iv)
#define STORE8                                                                                                    \
    STORE(0, iv) STORE(1, c0) STORE(2, c1) STORE(3, c2) STORE(4, c3) STORE(5, c4) STORE(6, c5) STORE(7, c6)

/* As many blocks at a time as the unit needs to be always busy. All input of a step is read before its output is written. */
#define DECRYPT(lanes, last_lane)                  \
    for (; blocks >= (lanes); blocks -= (lanes)) { \
        vec k = RK(10);                            \
                                                   \
        LANES##lanes(LOAD)                         \
        LANES##lanes(FIRST)                        \
        for (unsigned r = 9; r > 1; r--) {         \
            k = DK(r);                             \
            LANES##lanes(ROUND)                    \
        }                                          \
        k = DK(1);                                 \
        LANES##lanes(LAST)                         \
        k = RK(0);                                 \
        STORE##lanes                               \
        iv = c##last_lane;                         \
        in += 16 * (lanes);                        \
        out += 16 * (lanes);                       \
    }

mote_status MOTE_AES_BACKEND(armv8, cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                 const uint8_t *in, size_t blocks)
{
    vec iv = vld1q_u8(chain);

    DECRYPT(8, 7)
    DECRYPT(1, 0)
    vst1q_u8(chain, iv);
    MOTE_CLEAR_VECTORS();
    return MOTE_OK;
}

#if MOTE_AES_SINGLE_BACKEND
const char *mote_aes128_backend(void)
{
    return "armv8";
}
#endif

#else
typedef int mote_aes_armv8_is_empty;
#endif
