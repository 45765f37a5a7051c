/* fuzz/fuzz_stream.c - a CBC stream in any pieces, both directions, in place or not, against OpenSSL in one call. */
#include "fuzz.h"

/* Feed size bytes to the stream in pieces that the input chooses; returns the bytes written, -1 if _final refuses. */
static long pieces(struct input *input, mote_cbc_stream *stream, uint8_t *out, size_t out_size, const uint8_t *data,
                   size_t size)
{
    size_t done = 0, total = 0, n;

    while (done < size) {
        const uint8_t choice = take_byte(input);
        size_t piece = choice % 50, cap, len;
        uint8_t *work;

        if (piece > size - done || input->size == 0)
            piece = size - done;
        cap = (piece + 15) & ~(size_t)15; /* the most that one update may write */
        work = buffer(NULL, cap);
        if (choice & 64) { /* in place */
            memcpy(work, data + done, piece);
            REQUIRE(mote_cbc_update(stream, work, cap, &len, work, piece) == MOTE_OK);
        } else {
            uint8_t *in = buffer(data + done, piece);

            if (choice & 128) { /* without room at first, which leaves the stream as it was */
                const mote_status status = mote_cbc_update(stream, work, 0, &len, in, piece);

                REQUIRE(status == MOTE_OK || (status == MOTE_ERR_CAPACITY && len == 0));
                if (status == MOTE_OK) {
                    release(in, piece);
                    release(work, cap);
                    done += piece;
                    continue;
                }
            }
            REQUIRE(mote_cbc_update(stream, work, cap, &len, in, piece) == MOTE_OK);
            release(in, piece);
        }
        REQUIRE(len <= cap && len % 16 == 0 && total + len <= out_size);
        memcpy(out + total, work, len);
        release(work, cap);
        done += piece;
        total += len;
    }
    {
        uint8_t last[16];
        const mote_status status = mote_cbc_final(stream, last, sizeof last, &n);

        if (status != MOTE_OK) {
            REQUIRE(n == 0);
            return -1;
        }
        REQUIRE(total + n <= out_size);
        memcpy(out + total, last, n);
        total += n;
    }
    REQUIRE(mote_cbc_final(stream, out, out_size, &n) == MOTE_ERR_LENGTH && n == 0);
    return (long)total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t key[16], iv[16], ct[700], pt[700], expected[700];
    mote_aes128 aes;
    mote_cbc_stream stream;
    size_t len;
    long n;

    take(&input, key, 2);
    memset(key + 2, 9, 14);
    take(&input, iv, 1);
    memset(iv + 1, 7, 15);
    len = (size_t)take_byte(&input) * 2;
    for (size_t i = 0; i < len; i++)
        pt[i] = (uint8_t)(i * 31 + key[0]);
    REQUIRE(mote_aes128_init(&aes, key) == MOTE_OK);

    mote_cbc_encrypt_init(&stream, &aes, iv);
    n = pieces(&input, &stream, ct, sizeof ct, pt, len);
    REQUIRE(n == openssl_cbc(1, 1, key, iv, expected, pt, len) && memcmp(ct, expected, (size_t)n) == 0);

    if (take_byte(&input) & 1) /* damaged: any verdict, but OpenSSL's too */
        ct[(size_t)take_byte(&input) % (size_t)n] ^= take_byte(&input);
    mote_cbc_decrypt_init(&stream, &aes, iv);
    len = (size_t)n;
    n = pieces(&input, &stream, pt, sizeof pt, ct, len);
    REQUIRE(n == openssl_cbc(0, 1, key, iv, expected, ct, len));
    REQUIRE(n < 0 || memcmp(pt, expected, (size_t)n) == 0);
    return 0;
}
