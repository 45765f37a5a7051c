/* cbc/cbc_stream.c - CBC with PKCS#7 padding over a message that comes in pieces of any size.
 *
 * What is not yet a whole block waits in the stream. When decrypting, a whole block waits too, until more comes or the
 * message ends, since only the last block is unpadded. */
#include "../aes/aes_backend.h"
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
    if (stream->mode == ENCRYPT)
        return mote_aes128_cbc_encrypt(stream->aes, stream->chain, out, in, blocks);
    return mote_aes128_cbc_decrypt(stream->aes, stream->chain, out, in, blocks);
}

mote_status mote_cbc_update(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len, const uint8_t *in,
                            size_t in_len)
{
    const size_t lag = stream->fill;
    size_t len, blocks;
    mote_status status = MOTE_OK;
    uint8_t *const first = out;

    *out_len = 0;
    if (stream->mode == FINISHED || in_len > SIZE_MAX - 16)
        return MOTE_ERR_LENGTH;
    if (in_len == 0)
        return MOTE_OK;
    len = (lag + in_len - (stream->mode == DECRYPT)) & ~(size_t)15;
    if (out_cap < len)
        return MOTE_ERR_CAPACITY;
    if (mote_overlap_partial(out, len, in, in_len))
        return MOTE_ERR_OVERLAP;

    blocks = len / 16;
    if (blocks != 0 && lag != 0) {
        /* The output runs ahead of the input by the bytes that waited. In place, each block therefore makes room for
         * as many bytes of the next one before it is written; otherwise one block ends the lag, and the rest is a run. */
        const size_t ahead = out == in ? lag : 0;
        uint8_t block[16];

        do {
            const size_t take = sizeof block - stream->fill;
            size_t keep;

            memcpy(stream->block + stream->fill, in, take);
            in += take;
            in_len -= take;
            status |= run(stream, block, stream->block, 1);
            keep = in_len < ahead ? in_len : ahead;
            memcpy(stream->block, in, keep);
            in += keep;
            in_len -= keep;
            stream->fill = (uint8_t)keep;
            memcpy(out, block, sizeof block);
            out += sizeof block;
            blocks--;
        } while (blocks != 0 && ahead != 0);
        mote_wipe(block, sizeof block);
    }
    status |= run(stream, out, in, blocks);
    in += 16 * blocks;
    in_len -= 16 * blocks;
    memcpy(stream->block + stream->fill, in, in_len);
    stream->fill = (uint8_t)(stream->fill + in_len);

    if (status == MOTE_OK) {
        *out_len = len;
    } else { /* the chip's AES unit failed */
        mote_wipe(first, len);
        mote_cbc_stream_wipe(stream);
    }
    return status;
}

mote_status mote_cbc_final(mote_cbc_stream *stream, uint8_t *out, size_t out_cap, size_t *out_len)
{
    uint8_t block[16];
    size_t len = sizeof block;
    mote_status status = MOTE_ERR_LENGTH;

    *out_len = 0;
    if (stream->mode == FINISHED)
        return MOTE_ERR_LENGTH;
    if (out_cap < sizeof block)
        return MOTE_ERR_CAPACITY;

    if (stream->mode == ENCRYPT) {
        mote_pkcs7_pad_block(block, stream->block, stream->fill);
        status = run(stream, block, block, 1);
    } else if (stream->fill == sizeof block) {
        status = run(stream, block, stream->block, 1);
        if (status == MOTE_OK)
            status = mote_pkcs7_unpad_block(block, &len);
    }
    if (status == MOTE_OK) {
        memcpy(out, block, len);
        *out_len = len;
    }
    mote_wipe(block, sizeof block);
    mote_cbc_stream_wipe(stream);
    return status;
}

void mote_cbc_stream_wipe(mote_cbc_stream *stream)
{
    mote_wipe(stream, sizeof *stream);
}
