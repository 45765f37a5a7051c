/* cbc/cbc_stream.c - CBC with PKCS#7 padding over a message that comes in pieces of any size.
 *
 * What is not yet a whole block waits in the stream. When decrypting, a whole block waits too, until more comes or the
 * message ends, since only the last block is unpadded. */
#include "../aes/aes_backend.h"

#if !MOTE_CBC_AVR_GLUE /* else in cbc_avr.c */

#include "../ct/ct_internal.h"
#include "cbc_internal.h"

#include <string.h>

enum { FINISHED = 0, ENCRYPT = 1, DECRYPT = 2 };

static void start(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16], uint8_t mode)
{
    stream->aes = aes;
    memcpy(stream->chain, iv, sizeof stream->chain);
    stream->fill = 0;
    stream->mode = mode;
}

void mote_cbc_encrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
{
    start(stream, aes, iv, ENCRYPT);
}

void mote_cbc_decrypt_init(mote_cbc_stream *stream, const mote_aes128 *aes, const uint8_t iv[16])
{
    start(stream, aes, iv, DECRYPT);
}

static mote_status run(mote_cbc_stream *stream, uint8_t *out, const uint8_t *in, size_t blocks)
{
    const mote_status status = stream->mode == ENCRYPT
                                   ? mote_aes128_cbc_encrypt(stream->aes, stream->chain, out, in, blocks)
                                   : mote_aes128_cbc_decrypt(stream->aes, stream->chain, out, in, blocks);

    MOTE_BURN_AFTER();
    return status;
}

/* How many bytes come out once in_len more have come in. */
static size_t whole_blocks(const mote_cbc_stream *stream, size_t in_len)
{
    return (stream->fill + in_len - (stream->mode == DECRYPT)) & ~(size_t)15;
}

/* mote_cbc_update when all its rules are kept. Apart, so that a small stack need not hold what the rules need. */
static MOTE_NOINLINE mote_status update(mote_cbc_stream *stream, uint8_t *out, const uint8_t *in, size_t in_len)
{
    const uint8_t fill = stream->fill;
    const size_t len = whole_blocks(stream, in_len);
    /* 0..16 bytes at the end of in; at least 16 come before them, unless nothing comes out. */
    const uint8_t rest = (uint8_t)(fill + in_len - len);
    uint8_t next[16];
    mote_status status;

    stream->fill = rest;
    if (len == 0) {
        memcpy(stream->block + fill, in, in_len);
        mote_clear_vectors();
        return MOTE_OK;
    }
    memcpy(next, in + in_len - rest, rest);
    if (fill != 0) { /* the blocks lie in two pieces: bring them together where they are to go */
        memmove(out + fill, in, len - fill);
        memcpy(out, stream->block, fill);
        in = out;
    }
    status = run(stream, out, in, len / 16);
    memcpy(stream->block, next, rest);
    mote_wipe(next, sizeof next);
    mote_clear_vectors();
    return status;
}

mote_status mote_cbc_update(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *in,
                            size_t in_len)
{
    size_t len;
#if MOTE_AES_CAN_FAIL
    mote_status status;
#endif

    *out_len = 0;
    if (stream->mode == FINISHED || in_len > SIZE_MAX - 16)
        return MOTE_ERR_LENGTH;
    if (in_len == 0)
        return MOTE_OK;
    len = whole_blocks(stream, in_len);
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(out, len, in, in_len))
        return MOTE_ERR_OVERLAP;

    *out_len = len;
#if MOTE_AES_CAN_FAIL
    status = update(stream, out, in, in_len);
    if (status != MOTE_OK) { /* the chip's AES unit failed */
        *out_len = 0;
        mote_wipe(out, len);
        mote_cbc_stream_wipe(stream);
    }
    return status;
#else
    return update(stream, out, in, in_len); /* the compiler makes it a jump, with nothing on the stack */
#endif
}

mote_status mote_cbc_final(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len)
{
    uint8_t *const block = stream->block;
    const uint8_t padding = (uint8_t)(16 - stream->fill);
    size_t len = 16;
    mote_status status = MOTE_ERR_LENGTH;

    *out_len = 0;
    if (stream->mode == FINISHED)
        return MOTE_ERR_LENGTH;
    if (out_cap < 16)
        return MOTE_ERR_CAPACITY;

    if (stream->mode == ENCRYPT) {
        memset(block + stream->fill, padding, padding);
        status = run(stream, block, block, 1);
    } else if (padding == 0) {
        status = run(stream, block, block, 1);
        if (!MOTE_AES_FAILED(status))
            status = mote_pkcs7_unpad_block(block, &len);
    }
    if (status == MOTE_OK) {
        memcpy(out, block, len);
        *out_len = len;
    }
    mote_cbc_stream_wipe(stream);
    mote_clear_vectors();
    return status;
}

void mote_cbc_stream_wipe(mote_cbc_stream *stream)
{
    mote_wipe(stream, sizeof *stream);
}

#else
typedef int mote_cbc_stream_is_empty;
#endif
