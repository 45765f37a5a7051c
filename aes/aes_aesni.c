/* aes/aes_aesni.c - AES-128 with the AES-NI instructions (FIPS 197; Intel SDM volume 1 section 12.13).
 *
 * The instructions take the same time for every operand. The context holds the encryption round keys 0..10 and, for the
 * equivalent inverse cipher (FIPS 197 section 5.3.5), InvMixColumns of the round keys 1..9. */
#include "../ct/ct_internal.h"
#include "aes_backend.h"

#if MOTE_AES_AESNI || MOTE_AES_VAES256 || MOTE_AES_VAES512

#include <immintrin.h>

#define TARGET __attribute__((target("aes,sse4.1")))

TARGET static inline __m128i load(const void *p)
{
    return _mm_loadu_si128((const __m128i *)p);
}

TARGET static inline void store(void *p, __m128i x)
{
    _mm_storeu_si128((__m128i *)p, x);
}

/* Round key r in 0..10; decryption's key r in 1..9. */
#define RK(r) load(aes->round_keys + 2 * (r))
#define DK(r) load(aes->round_keys + 20 + 2 * (r))

TARGET mote_status MOTE_AES_BACKEND(aesni, init)(mote_aes128 *aes, const uint8_t key[16])
{
    /* RotWord of word 3 in all four columns. ShiftRows does not change equal columns, so AESENCLAST then makes
     * SubWord(RotWord(w3)) ^ Rcon of it, in less time than AESKEYGENASSIST. */
    const __m128i rotate = _mm_set1_epi32(0x0c0f0e0d);
    __m128i rcon = _mm_set1_epi32(1), k = load(key);

    store(aes->round_keys, k);
    MOTE_NO_UNROLL
    for (unsigned r = 1; r <= 10; r++) {
        const __m128i t = _mm_aesenclast_si128(_mm_shuffle_epi8(k, rotate), rcon);

        k = _mm_xor_si128(k, _mm_slli_si128(k, 4));
        k = _mm_xor_si128(k, _mm_slli_si128(k, 8));
        k = _mm_xor_si128(k, t);
        store(aes->round_keys + 2 * r, k);
        if (r < 10)
            store(aes->round_keys + 20 + 2 * r, _mm_aesimc_si128(k));
        rcon = r == 8 ? _mm_set1_epi32(0x1b) : _mm_slli_epi32(rcon, 1);
    }
    MOTE_CLEAR_XMM();
    return MOTE_OK;
}

/* One block into s, first XORed with it: all that is secret goes through one vector register. A compiler takes one for each
 * round key, and to clear those takes longer than the rounds do where blocks do not wait for one another. */
#define THROUGH_XMM1(r, instruction) "movdqu 16*" #r "(%1), %%xmm1\n\t" instruction " %%xmm1, %0\n\t"
TARGET static inline __m128i encrypt_one(const mote_aes128 *aes, __m128i s, const uint8_t in[16])
{
    __asm__("movdqu (%2), %%xmm1\n\tpxor %%xmm1, %0\n\t" THROUGH_XMM1(0, "pxor") THROUGH_XMM1(1, "aesenc")
                THROUGH_XMM1(2, "aesenc") THROUGH_XMM1(3, "aesenc") THROUGH_XMM1(4, "aesenc") THROUGH_XMM1(5, "aesenc")
                    THROUGH_XMM1(6, "aesenc") THROUGH_XMM1(7, "aesenc") THROUGH_XMM1(8, "aesenc")
                        THROUGH_XMM1(9, "aesenc") THROUGH_XMM1(10, "aesenclast") "pxor %%xmm1, %%xmm1"
            : "+x"(s)
            : "r"(aes->round_keys), "r"(in), "m"(*aes), "m"(*(const uint8_t(*)[16])in)
            : "xmm1");
    return s;
}

TARGET void MOTE_AES_BACKEND(aesni, encrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    store(out, encrypt_one(aes, _mm_setzero_si128(), in));
}

/* One block, in a line: a loop around single rounds costs as much as they do. last is the last round key. */
TARGET static inline __m128i decrypt_one(const mote_aes128 *aes, __m128i c, __m128i last)
{
    __m128i s = _mm_xor_si128(c, RK(10));

    s = _mm_aesdec_si128(s, DK(9));
    s = _mm_aesdec_si128(s, DK(8));
    s = _mm_aesdec_si128(s, DK(7));
    s = _mm_aesdec_si128(s, DK(6));
    s = _mm_aesdec_si128(s, DK(5));
    s = _mm_aesdec_si128(s, DK(4));
    s = _mm_aesdec_si128(s, DK(3));
    s = _mm_aesdec_si128(s, DK(2));
    s = _mm_aesdec_si128(s, DK(1));
    return _mm_aesdeclast_si128(s, last);
}

TARGET void MOTE_AES_BACKEND(aesni, decrypt_block)(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    store(out, decrypt_one(aes, load(in), RK(0)));
    MOTE_CLEAR_XMM();
}

TARGET mote_status MOTE_AES_BACKEND(aesni, cbc_encrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                        const uint8_t *in, size_t blocks)
{
    if (blocks == 0)
        return MOTE_OK;
    if (blocks == 1) {
        const __m128i c = encrypt_one(aes, load(chain), in);

        store(out, c);
        store(chain, c);
        return MOTE_OK;
    }

    const __m128i k0 = RK(0), k1 = RK(1), k2 = RK(2), k3 = RK(3), k4 = RK(4), k5 = RK(5), k6 = RK(6), k7 = RK(7),
                  k8 = RK(8), k9 = RK(9), k10 = RK(10);
    __m128i white = _mm_xor_si128(load(in), k0); /* a block and its whitening */
    __m128i s = _mm_xor_si128(load(chain), white);

    for (;;) {
        s = _mm_aesenc_si128(s, k1);
        s = _mm_aesenc_si128(s, k2);
        s = _mm_aesenc_si128(s, k3);
        s = _mm_aesenc_si128(s, k4);
        s = _mm_aesenc_si128(s, k5);
        s = _mm_aesenc_si128(s, k6);
        s = _mm_aesenc_si128(s, k7);
        s = _mm_aesenc_si128(s, k8);
        s = _mm_aesenc_si128(s, k9);
        in += 16;
        if (--blocks == 0)
            break;
        /* The last round key of this block, the chaining and the whitening of the next are one XOR, which is ready
         * before the round is: the chain of dependent instructions is ten rounds a block and nothing else. The
         * ciphertext is recovered beside it. */
        white = _mm_xor_si128(load(in), k0);
        s = _mm_aesenclast_si128(s, _mm_xor_si128(k10, white));
        store(out, _mm_xor_si128(s, white));
        out += 16;
    }
    s = _mm_aesenclast_si128(s, k10);
    store(out, s);
    store(chain, s);
    MOTE_CLEAR_XMM();
    return MOTE_OK;
}

/* One round of the equivalent inverse cipher on a lane, and how many lanes there are. */
#define WHITEN(i) __m128i s##i = _mm_xor_si128(load(in + 16 * (i)), k);
#define ROUND(i) s##i = _mm_aesdec_si128(s##i, k);
#define LAST(i, before) s##i = _mm_aesdeclast_si128(s##i, _mm_xor_si128(k, before));
#define STORE(i) store(out + 16 * (i), s##i);
#define LANES4(OP) OP(0) OP(1) OP(2) OP(3)
#define LANES8(OP) LANES4(OP) OP(4) OP(5) OP(6) OP(7)
#define C(i) load(in + 16 * (i))
#define LAST4 LAST(0, iv) LAST(1, C(0)) LAST(2, C(1)) LAST(3, C(2))
#define LAST8 LAST4 LAST(4, C(3)) LAST(5, C(4)) LAST(6, C(5)) LAST(7, C(6))

/* Four take little longer than a loop around their rounds does. */
#define ROUND4(r) \
    k = DK(r);    \
    LANES4(ROUND)
#define ROUNDS4 ROUND4(9) ROUND4(8) ROUND4(7) ROUND4(6) ROUND4(5) ROUND4(4) ROUND4(3) ROUND4(2) ROUND4(1)
#define ROUNDS8                        \
    for (unsigned r = 9; r > 0; r--) { \
        k = DK(r);                     \
        LANES8(ROUND)                  \
    }

/* As many blocks at a time as the unit needs to be always busy. The chaining is folded into the last round key: the
 * ciphertext is read again for that, since eight blocks twice and a round key are more than there are registers, and what is
 * put on the stack might be the key. All of it is read before any output is written, so that it may be in place. */
#define DECRYPT(lanes)                               \
    for (; blocks >= (lanes); blocks -= (lanes)) {   \
        __m128i k = RK(10);                          \
        LANES##lanes(WHITEN)                         \
        ROUNDS##lanes                                \
        k = RK(0);                                   \
        __asm__("" : "+r"(in));                      \
        LAST##lanes                                  \
        iv = C((lanes)-1);                           \
        LANES##lanes(STORE)                          \
        in += 16 * (lanes);                          \
        out += 16 * (lanes);                         \
    }

#if MOTE_AES_AESNI /* otherwise only wider backends are there, which share all but this */
TARGET mote_status MOTE_AES_BACKEND(aesni, cbc_decrypt)(const mote_aes128 *aes, uint8_t chain[16], uint8_t *out,
                                                        const uint8_t *in, size_t blocks)
{
    __m128i iv = load(chain);

    DECRYPT(8)
    DECRYPT(4)
    for (; blocks != 0; blocks--, in += 16, out += 16) {
        const __m128i c = load(in);

        store(out, decrypt_one(aes, c, _mm_xor_si128(RK(0), iv)));
        iv = c;
    }
    store(chain, iv);
    MOTE_CLEAR_XMM();
    return MOTE_OK;
}
#endif

#if MOTE_AES_SINGLE_BACKEND && MOTE_AES_AESNI
const char *mote_aes128_backend(void)
{
    return "aesni";
}
#endif

#else
typedef int mote_aes_aesni_is_empty;
#endif
