/* test/chip/proxy_cipher.c - mote's interface, carried out by the simulated chip: AES, CBC, packets, Base64.
 *
 * The lengths that are computed here say only which bytes the chip may touch by the contract in include/mote/: all of a
 * buffer, or none where the lengths are already an error. */
#include "marshal.h"

#include <mote/base64.h>
#include <mote/cbc.h>
#include <mote/cbc_hmac.h>

#define CONST_AES(aes) call_context_const((aes), sizeof *(aes), CHIP_SIZEOF_AES128)

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* len, or 0 if what it belongs to is an error. */
static size_t only_if(int valid, size_t len)
{
    return valid ? len : 0;
}

/* ---- AES */

mote_status mote_aes128_init(mote_aes128 *aes, const uint8_t key[16])
{
    call_begin(CHIP_mote_aes128_init);
    call_context(aes, sizeof *aes, CHIP_SIZEOF_AES128, CALL_WRITE);
    call_in(key, 16);
    return (mote_status)call_run_int();
}

static void block(enum chip_function function, const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    call_begin(function);
    CONST_AES(aes);
    call_out(out, 16);
    call_in(in, 16);
    call_run();
}

void mote_aes128_encrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    block(CHIP_mote_aes128_encrypt_block, aes, out, in);
}

void mote_aes128_decrypt_block(const mote_aes128 *aes, uint8_t out[16], const uint8_t in[16])
{
    block(CHIP_mote_aes128_decrypt_block, aes, out, in);
}

void mote_aes128_wipe(mote_aes128 *aes)
{
    call_begin(CHIP_mote_aes128_wipe);
    call_context(aes, sizeof *aes, CHIP_SIZEOF_AES128, CALL_UPDATE);
    call_run();
}

/* ---- CBC and PKCS#7 */

static mote_status cbc(enum chip_function function, const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out,
                       const uint8_t *in, size_t len)
{
    const size_t used = only_if(len % 16 == 0, len);

    call_begin(function);
    CONST_AES(aes);
    call_in(iv, 16);
    call_out(out, used);
    call_in(in, used);
    call_number(len);
    return (mote_status)call_run_int();
}

mote_status mote_cbc_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return cbc(CHIP_mote_cbc_encrypt, aes, iv, out, in, len);
}

mote_status mote_cbc_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, const uint8_t *in, size_t len)
{
    return cbc(CHIP_mote_cbc_decrypt, aes, iv, out, in, len);
}

static size_t length(enum chip_function function, size_t len)
{
    call_begin(function);
    call_number(len);
    return call_run_size();
}

size_t mote_pkcs7_padded_len(size_t len)
{
    return length(CHIP_mote_pkcs7_padded_len, len);
}

/* The same, to know how far a buffer may be touched; 0 if that overflows. */
static size_t padded(size_t len)
{
    return len > SIZE_MAX - 16 ? 0 : len - len % 16 + 16;
}

static mote_status cbc_pkcs7(enum chip_function function, const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out,
                             size_t out_cap, size_t used, size_t *out_len, const uint8_t *in, size_t in_len)
{
    const int valid = used != 0 && out_cap >= used;

    call_begin(function);
    CONST_AES(aes);
    call_in(iv, 16);
    call_out(out, only_if(valid, used));
    call_number(out_cap);
    call_length(out_len);
    call_in(in, only_if(valid, in_len));
    call_number(in_len);
    return (mote_status)call_run_int();
}

mote_status mote_cbc_pkcs7_encrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                   size_t *out_len, const uint8_t *in, size_t in_len)
{
    return cbc_pkcs7(CHIP_mote_cbc_pkcs7_encrypt, aes, iv, out, out_cap, padded(in_len), out_len, in, in_len);
}

mote_status mote_cbc_pkcs7_decrypt(const mote_aes128 *aes, const uint8_t iv[16], uint8_t *out, size_t out_cap,
                                   size_t *out_len, const uint8_t *in, size_t in_len)
{
    return cbc_pkcs7(CHIP_mote_cbc_pkcs7_decrypt, aes, iv, out, out_cap, only_if(in_len % 16 == 0, in_len), out_len, in,
                     in_len);
}

mote_status mote_pkcs7_unpad(const uint8_t *data, size_t len, size_t *out_len)
{
    call_begin(CHIP_mote_pkcs7_unpad);
    call_in(data, only_if(len % 16 == 0, len));
    call_number(len);
    call_length(out_len);
    return (mote_status)call_run_int();
}

/* ---- Streams */

#define STREAM(stream, direction) call_stream((stream), sizeof *(stream), (stream)->aes, sizeof *(stream)->aes, (direction))

static void stream_init(enum chip_function function, mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
{
    call_begin(function);
    call_stream(stream, sizeof *stream, NULL, 0, CALL_WRITE);
    CONST_AES(aes);
    call_in(iv, 16);
    call_run();
}

void mote_cbc_encrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
{
    stream_init(CHIP_mote_cbc_encrypt_init, stream, aes, iv);
}

void mote_cbc_decrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
{
    stream_init(CHIP_mote_cbc_decrypt_init, stream, aes, iv);
}

mote_status mote_cbc_update(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *in,
                            size_t in_len)
{
    call_begin(CHIP_mote_cbc_update);
    STREAM(stream, CALL_UPDATE);
    call_out(out, smaller(out_cap, (in_len + 15) / 16 * 16));
    call_number(out_cap);
    call_length(out_len);
    call_in(in, in_len);
    call_number(in_len);
    return (mote_status)call_run_int();
}

mote_status mote_cbc_final(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len)
{
    call_begin(CHIP_mote_cbc_final);
    STREAM(stream, CALL_UPDATE);
    call_out(out, smaller(out_cap, 16));
    call_number(out_cap);
    call_length(out_len);
    return (mote_status)call_run_int();
}

void mote_cbc_stream_wipe(mote_cbc_stream *stream)
{
    call_begin(CHIP_mote_cbc_stream_wipe);
    STREAM(stream, CALL_UPDATE);
    call_run();
}

void mote_cbc_iv_from_counter(const mote_aes128 *aes, uint8_t iv[16], uint64_t counter)
{
    uint8_t bytes[8];

    for (size_t i = 8; i-- > 0; counter >>= 8)
        bytes[i] = (uint8_t)counter;
    call_begin(CHIP_mote_cbc_iv_from_counter);
    CONST_AES(aes);
    call_out(iv, 16);
    call_in(bytes, 8);
    call_run();
}

/* ---- The authenticated composition */

mote_status mote_cbc_hmac_encrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *ct, size_t ct_cap, size_t *ct_len,
                                  uint8_t tag[16], const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    const size_t used = padded(pt_len);
    const int valid = used != 0 && ct_cap >= used;

    call_begin(CHIP_mote_cbc_hmac_encrypt);
    call_in(key, 32);
    call_in(iv, 16);
    call_out(ct, only_if(valid, used));
    call_number(ct_cap);
    call_length(ct_len);
    call_out(tag, 16);
    call_in(pt, only_if(valid, pt_len));
    call_number(pt_len);
    call_in(aad, only_if(valid, aad_len));
    call_number(aad_len);
    return (mote_status)call_run_int();
}

mote_status mote_cbc_hmac_decrypt(const uint8_t key[32], const uint8_t iv[16], uint8_t *pt, size_t pt_cap, size_t *pt_len,
                                  const uint8_t *ct, size_t ct_len, const uint8_t tag[16], const uint8_t *aad, size_t aad_len)
{
    const int valid = ct_len % 16 == 0 && pt_cap >= ct_len;

    call_begin(CHIP_mote_cbc_hmac_decrypt);
    call_in(key, 32);
    call_in(iv, 16);
    call_out(pt, only_if(valid, ct_len));
    call_number(pt_cap);
    call_length(pt_len);
    call_in(ct, only_if(valid, ct_len));
    call_number(ct_len);
    call_in(tag, 16);
    call_in(aad, only_if(valid, aad_len));
    call_number(aad_len);
    return (mote_status)call_run_int();
}

size_t mote_sealed_len(size_t pt_len)
{
    return length(CHIP_mote_sealed_len, pt_len);
}

mote_status mote_seal(const uint8_t key[32], const uint8_t iv[16], uint8_t *out, size_t out_cap, size_t *out_len,
                      const uint8_t *pt, size_t pt_len, const uint8_t *aad, size_t aad_len)
{
    const size_t used = pt_len > SIZE_MAX - 48 ? 0 : padded(pt_len) + 32;
    const int valid = used != 0 && out_cap >= used;

    call_begin(CHIP_mote_seal);
    call_in(key, 32);
    call_in(iv, 16);
    call_out(out, only_if(valid, used));
    call_number(out_cap);
    call_length(out_len);
    call_in(pt, only_if(valid, pt_len));
    call_number(pt_len);
    call_in(aad, only_if(valid, aad_len));
    call_number(aad_len);
    return (mote_status)call_run_int();
}

mote_status mote_open(const uint8_t key[32], uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *sealed,
                      size_t sealed_len, const uint8_t *aad, size_t aad_len)
{
    const int valid = sealed_len % 16 == 0 && sealed_len >= 48 && out_cap >= sealed_len - 32;

    call_begin(CHIP_mote_open);
    call_in(key, 32);
    call_out(out, only_if(valid, sealed_len - 32));
    call_number(out_cap);
    call_length(out_len);
    call_in(sealed, only_if(valid, sealed_len));
    call_number(sealed_len);
    call_in(aad, only_if(valid, aad_len));
    call_number(aad_len);
    return (mote_status)call_run_int();
}

/* ---- Base64 and Base16 */

/* An encoder writes len characters, and a NUL where there is room. */
static mote_status encode(enum chip_function function, char *out, size_t out_cap, size_t *out_len, const uint8_t *in,
                          size_t in_len, size_t len)
{
    const int valid = out_cap >= len && (len != 0 || in_len == 0);

    call_begin(function);
    call_out(out, only_if(valid, len + (out_cap > len)));
    call_number(out_cap);
    call_length(out_len);
    call_in(in, only_if(valid, in_len));
    call_number(in_len);
    return (mote_status)call_run_int();
}

/* A decoder writes len bytes. */
static mote_status decode(enum chip_function function, uint8_t *out, size_t out_cap, size_t *out_len, const char *in,
                          size_t in_len, size_t len)
{
    call_begin(function);
    call_out(out, only_if(out_cap >= len, len));
    call_number(out_cap);
    call_length(out_len);
    call_in(in, in_len);
    call_number(in_len);
    return (mote_status)call_run_int();
}

size_t mote_base64_encoded_len(size_t len)
{
    return length(CHIP_mote_base64_encoded_len, len);
}

size_t mote_base64url_encoded_len(size_t len)
{
    return length(CHIP_mote_base64url_encoded_len, len);
}

mote_status mote_base64_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    const size_t groups = in_len / 3 + (in_len % 3 != 0);

    return encode(CHIP_mote_base64_encode, out, out_cap, out_len, in, in_len, groups > SIZE_MAX / 4 ? 0 : 4 * groups);
}

mote_status mote_base64url_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    const size_t groups = in_len / 3, tail = in_len % 3;

    return encode(CHIP_mote_base64url_encode, out, out_cap, out_len, in, in_len,
                  groups > SIZE_MAX / 4 - 1 ? 0 : 4 * groups + tail + (tail != 0));
}

mote_status mote_base16_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
{
    return encode(CHIP_mote_base16_encode, out, out_cap, out_len, in, in_len, in_len > SIZE_MAX / 2 ? 0 : 2 * in_len);
}

mote_status mote_base64_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    size_t len = in_len / 4 * 3;

    if (len != 0 && in_len % 4 == 0 && in[in_len - 1] == '=')
        len -= in[in_len - 2] == '=' ? 2 : 1;
    return decode(CHIP_mote_base64_decode, out, out_cap, out_len, in, in_len, only_if(in_len % 4 == 0, len));
}

mote_status mote_base64url_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    const size_t tail = in_len % 4;

    return decode(CHIP_mote_base64url_decode, out, out_cap, out_len, in, in_len,
                  only_if(tail != 1, in_len / 4 * 3 + (tail != 0 ? tail - 1 : 0)));
}

mote_status mote_base16_decode(uint8_t *out, size_t out_cap, size_t *out_len, const char *in, size_t in_len)
{
    return decode(CHIP_mote_base16_decode, out, out_cap, out_len, in, in_len, only_if(in_len % 2 == 0, in_len / 2));
}
