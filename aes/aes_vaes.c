/* aes/aes_vaes.c - CBC decryption with the VAES instructions, which do one round on two blocks (256 bits) or on four (512
 * bits) at a time (Intel SDM volume 2, AESDEC).
 *
 * Only decryption has blocks to spare: key setup, single blocks and encryption are those of aes_aesni.c, and so are the
 * round keys. */
#include "../ct/ct_internal.h"
#include "aes_backend.h"

#if MOTE_AES_VAES256 || MOTE_AES_VAES512

#include <immintrin.h>

/* The bytes of round key r in 0..10; of decryption's key r in 1..9. */
#define RK(r) ((const __m128i *)(const void *)(aes->round_keys + 2 * (r)))
#define DK(r) ((const __m128i *)(const void *)(aes->round_keys + 20 + 2 * (r)))

#define VECTORS1(OP) OP(0)
#define VECTORS4(OP) OP(0) OP(1) OP(2) OP(3)
#define VECTORS8(OP) VECTORS4(OP) OP(4) OP(5) OP(6) OP(7)

/* The loop over as many blocks at a time as n vectors hold. Each width defines WHITEN, ROUND, LAST and STORE on one vector,
 * and CHAINn, which makes the vectors of the blocks before these. Input is read before output is written over it. Long messages
 * take the widest, the only one that is faster with its rounds written out. */
#define DECRYPT(n, per_vector, unroll)                                                             \
    for (; blocks >= (n) * (per_vector); blocks -= (n) * (per_vector)) {                           \
        k = BROADCAST(RK(10));                                                                     \
        VECTORS##n(WHITEN)                                                                         \
        unroll                                                                                     \
        for (unsigned r = 9; r > 0; r--) {                                                         \
            k = BROADCAST(DK(r));                                                                  \
            VECTORS##n(ROUND)                                                                      \
        }                                                                                          \
        k = BROADCAST(RK(0));                                                                      \
        CHAIN##n VECTORS##n(STORE)                                                                 \
        in += 16 * (n) * (per_vector);                                                             \
        out += 16 * (n) * (per_vector);                                                            \
    }
#define CHAIN1 LAST(0, before) before = c0;
#define CHAIN4 LAST(0, before) LAST(1, c0) LAST(2, c1) LAST(3, c2) before = c3;
#define CHAIN8                                                                                     \
    LAST(0, before) LAST(1, c0) LAST(2, c1) LAST(3, c2) LAST(4, c3) LAST(5, c4) LAST(6, c5)        \
    LAST(7, c6) before = c7;

#if MOTE_AES_VAES256

#define BROADCAST(key) _mm256_broadcastsi128_si256(_mm_loadu_si128(key))
#define WHITEN(i)                                                                                  \
    const __m256i c##i = _mm256_loadu_si256((const __m256i *)(const void *)(in + 32 * (i)));       \
    __m256i s##i = _mm256_xor_si256(c##i, k);
#define ROUND(i) s##i = _mm256_aesdec_epi128(s##i, k);
#define LAST(i, previous)                                                                                 \
    s##i = _mm256_aesdeclast_epi128(s##i, _mm256_xor_si256(k, _mm256_permute2x128_si256(previous, c##i, 0x21)));
#define STORE(i) _mm256_storeu_si256((__m256i *)(void *)(out + 32 * (i)), s##i);

__attribute__((target("vaes,avx2,aes"))) mote_status MOTE_AES_BACKEND(vaes256, cbc_decrypt)(
    const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    __m256i before = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)chain)), k;

    DECRYPT(8, 2, )
    DECRYPT(4, 2, MOTE_NO_UNROLL)
    DECRYPT(1, 2, MOTE_NO_UNROLL)
    if (blocks != 0) {
        const __m128i c = _mm_loadu_si128((const __m128i *)(const void *)in);
        const __m128i iv = _mm256_extracti128_si256(before, 1);
        __m128i s = _mm_xor_si128(c, _mm_loadu_si128(RK(10)));

        MOTE_NO_UNROLL
        for (unsigned r = 9; r > 0; r--)
            s = _mm_aesdec_si128(s, _mm_loadu_si128(DK(r)));
        s = _mm_aesdeclast_si128(s, _mm_xor_si128(_mm_loadu_si128(RK(0)), iv));
        _mm_storeu_si128((__m128i *)(void *)out, s);
        before = _mm256_broadcastsi128_si256(c);
    }
    _mm_storeu_si128((__m128i *)(void *)chain, _mm256_extracti128_si256(before, 1));
    MOTE_CLEAR_YMM();
    return MOTE_OK;
}

#undef BROADCAST
#undef WHITEN
#undef ROUND
#undef LAST
#undef STORE

#endif

#if MOTE_AES_VAES512

#define BROADCAST(key) _mm512_broadcast_i32x4(_mm_loadu_si128(key))
#define WHITEN(i)                                                                                  \
    const __m512i c##i = _mm512_loadu_si512(in + 64 * (i));                                        \
    __m512i s##i = _mm512_xor_si512(c##i, k);
#define ROUND(i) s##i = _mm512_aesdec_epi128(s##i, k);
#define LAST(i, previous)                                                                                 \
    s##i = _mm512_aesdeclast_epi128(s##i, _mm512_xor_si512(k, _mm512_alignr_epi64(c##i, previous, 6)));
#define STORE(i) _mm512_storeu_si512(out + 64 * (i), s##i);

__attribute__((target("vaes,avx512f,avx512bw,avx512vl"))) mote_status MOTE_AES_BACKEND(vaes512, cbc_decrypt)(
    const mote_aes128 *aes, uint8_t chain[16], uint8_t *out, const uint8_t *in, size_t blocks)
{
    __m512i before = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)chain)), k;

    DECRYPT(8, 4, )
    DECRYPT(4, 4, MOTE_NO_UNROLL)
    DECRYPT(1, 4, MOTE_NO_UNROLL)
    if (blocks != 0) { /* one to three: the rest of the vector is zeros and is not stored */
        const __mmask8 quads = (__mmask8)((1u << (2 * blocks)) - 1);
        const __m512i c0 = _mm512_maskz_loadu_epi64(quads, in);
        __m512i s0 = _mm512_xor_si512(c0, BROADCAST(RK(10)));

        MOTE_NO_UNROLL
        for (unsigned r = 9; r > 0; r--)
            s0 = _mm512_aesdec_epi128(s0, BROADCAST(DK(r)));
        k = BROADCAST(RK(0));
        LAST(0, before)
        before = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)(in + 16 * (blocks - 1))));
        _mm512_mask_storeu_epi64(out, quads, s0);
    }
    _mm_storeu_si128((__m128i *)(void *)chain, _mm512_extracti32x4_epi32(before, 3));
    MOTE_CLEAR_ZMM();
    return MOTE_OK;
}

#endif

#if MOTE_AES_SINGLE_BACKEND
const char *mote_aes128_backend(void)
{
    return MOTE_AES_VAES256 ? "vaes256" : "vaes512";
}
#endif

#else
typedef int mote_aes_vaes_is_empty;
#endif
