/* sha256/sha256_cortex_m.c - the end of a message (FIPS 180-4 section 5.1.1) for 32-bit processors, word by word; sha256.c
 * has the same in less code. */
#include "sha256_backend.h"

#if MOTE_TARGET_CORTEX_M && !MOTE_OPTIMIZE_SIZE

#include "../ct/ct_internal.h"

#include <string.h>

static inline void store_be32(uint8_t *p, uint32_t x)
{
    p[0] = (uint8_t)(x >> 24);
    p[1] = (uint8_t)(x >> 16);
    p[2] = (uint8_t)(x >> 8);
    p[3] = (uint8_t)x;
}

/* These three apart, so that what they need does not lie on the stack while the compression function runs. */
static MOTE_NOINLINE size_t begin_padding(mote_sha256 *sha)
{
    size_t fill = sha->length[0] & 63;

    sha->block[fill++] = 0x80;
    memset(sha->block + fill, 0, 64 - fill);
    return fill;
}

static MOTE_NOINLINE void append_length(mote_sha256 *sha)
{
    uint64_t bits = 0;

    for (size_t i = sizeof sha->length / sizeof *sha->length; i-- != 0;)
        bits = (bits << 32) | sha->length[i];
    bits <<= 3;
    store_be32(sha->block + 56, (uint32_t)(bits >> 32));
    store_be32(sha->block + 60, (uint32_t)bits);
}

static MOTE_NOINLINE void write_digest(uint8_t digest[32], const mote_sha256 *sha)
{
    for (size_t i = 0; i < 8; i++)
        store_be32(digest + 4 * i, sha->state[i]);
    MOTE_BURN_AFTER();
}

static MOTE_ALWAYS_INLINE void pad_and_write(mote_sha256 *sha, uint8_t digest[32])
{
    if (begin_padding(sha) > 56) {
        mote_sha256_compress_block(sha);
        memset(sha->block, 0, 56);
    }
    append_length(sha);
    mote_sha256_compress_block(sha);
    write_digest(digest, sha);
}

void mote_sha256_end(mote_sha256 *sha, uint8_t digest[32])
{
    pad_and_write(sha, digest);
}

void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32])
{
    mote_sha256_end(sha, digest);
    mote_wipe(sha, sizeof *sha);
}

/* Not by way of the functions above and mote_sha256_update: the stack holds the context already. */
void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len)
{
    mote_sha256 sha;

    mote_sha256_init(&sha);
    sha.length[0] = len;
    if (len >= 64) {
        const uint8_t *const end = data + (len & ~(size_t)63);

        do {
            mote_sha256_compress_blocks(&sha, data, 1);
            data += 64;
        } while (data != end);
    }
    len = sha.length[0] & 63; /* read again, which leaves a register less to save across the calls above */
    if (len != 0)
        memcpy(sha.block, data, len);
    pad_and_write(&sha, digest);
    mote_wipe(&sha, sizeof sha);
}

#else
typedef int mote_sha256_cortex_m_is_empty;
#endif
