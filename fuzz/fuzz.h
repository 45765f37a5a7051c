/* fuzz/fuzz.h - what the fuzz targets share.
 *
 * A target is a libFuzzer entry point. It takes its parameters from the front of the input (take), gives the library
 * buffers of exactly the size that the interface asks for, so that AddressSanitizer sees any byte too far, and holds
 * the result against OpenSSL or against the specification written plainly. A difference is a crash. */
#ifndef MOTE_FUZZ_H
#define MOTE_FUZZ_H

#include <mote/mote.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define REQUIRE(condition)                                                               \
    do {                                                                                 \
        if (!(condition)) {                                                              \
            fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
            abort();                                                                     \
        }                                                                                \
    } while (0)

struct input {
    const uint8_t *data;
    size_t size;
};

/* The next len bytes of the input, zeros where it has ended. */
static inline void take(struct input *input, void *out, size_t len)
{
    const size_t have = input->size < len ? input->size : len;

    memset(out, 0, len);
    if (have != 0)
        memcpy(out, input->data, have);
    input->data += have;
    input->size -= have;
}

static inline uint8_t take_byte(struct input *input)
{
    uint8_t byte;

    take(input, &byte, 1);
    return byte;
}

/* A buffer of exactly len bytes, with a copy of data if that is not NULL. */
static inline uint8_t *buffer(const void *data, size_t len)
{
    uint8_t *p = malloc(len != 0 ? len : 1);

    REQUIRE(p != NULL);
    if (data != NULL && len != 0)
        memcpy(p, data, len);
    else
        memset(p, 0xa5, len);
    return len != 0 ? p : p + 1; /* of length 0: no byte may be touched; release() knows */
}

static inline void release(uint8_t *p, size_t len)
{
    free(len != 0 ? p : p - 1);
}

/* AES-128-CBC by OpenSSL: PKCS#7 or whole blocks. Returns the length, or -1 if the padding was wrong. */
static inline int openssl_cbc(int encrypt, int padding, const uint8_t key[16], const uint8_t iv[16], uint8_t *out,
                              const uint8_t *in, size_t len)
{
    EVP_CIPHER_CTX *ctx = EVP_CIPHER_CTX_new();
    int n = 0, last = 0, ok;

    REQUIRE(ctx != NULL && EVP_CipherInit_ex(ctx, EVP_aes_128_cbc(), NULL, key, iv, encrypt) == 1);
    EVP_CIPHER_CTX_set_padding(ctx, padding);
    REQUIRE(EVP_CipherUpdate(ctx, out, &n, in, (int)len) == 1);
    ok = EVP_CipherFinal_ex(ctx, out + n, &last);
    EVP_CIPHER_CTX_free(ctx);
    return ok == 1 ? n + last : -1;
}

static inline int all_zero(const uint8_t *p, size_t len)
{
    uint8_t any = 0;

    for (size_t i = 0; i < len; i++)
        any |= p[i];
    return any == 0;
}

#endif
