/* test/wiping/secrets.c - the words that may not be found, computed from the specifications alone: round keys by FIPS 197,
 * states by FIPS 180-4, HMAC's by RFC 2104. */
#include "wiping.h"

#include "../sha256_steps.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

windows windows4, windows8;
static uint8_t perhaps4[1 << 13], perhaps8[1 << 13]; /* bit x: a window begins with the 16 bits x */

void forget_secrets(void)
{
    windows4.count = windows8.count = 0;
    memset(perhaps4, 0, sizeof perhaps4);
    memset(perhaps8, 0, sizeof perhaps8);
}

static void add(windows *all, uint8_t *perhaps, const char *name, const uint8_t *p, size_t size)
{
    uint64_t value = 0;
    size_t same = 1;

    while (same < size && p[same] == p[0])
        same++;
    if (same == size) /* zeros and the like are no secret */
        return;
    if (all->count == MAX_WINDOWS) {
        fprintf(stderr, "too many secrets\n");
        exit(2);
    }
    memcpy(&value, p, size);
    all->of[all->count].value = value;
    all->of[all->count++].name = name;
    perhaps[(value & 0xffff) >> 3] |= (uint8_t)(1u << (value & 7));
}

static void add_window4(const char *name, const uint8_t *p)
{
    const uint8_t reversed[4] = {p[3], p[2], p[1], p[0]};

    add(&windows4, perhaps4, name, p, 4);
    add(&windows4, perhaps4, name, reversed, 4);
}

void add_bytes(const char *name, const void *data, size_t len)
{
    for (size_t i = 0; i + 4 <= len; i++)
        add_window4(name, (const uint8_t *)data + i);
}

void add_words(const char *name, const void *data, size_t len, size_t size)
{
    for (size_t i = 0; i + size <= len; i += size)
        add(size == 8 ? &windows8 : &windows4, size == 8 ? perhaps8 : perhaps4, name, (const uint8_t *)data + i, size);
}

static int compare(const void *a, const void *b)
{
    const uint64_t x = ((const window *)a)->value, y = ((const window *)b)->value;

    return (x > y) - (x < y);
}

void sort_secrets(void)
{
    qsort(windows4.of, windows4.count, sizeof windows4.of[0], compare);
    qsort(windows8.of, windows8.count, sizeof windows8.of[0], compare);
}

static const char *find(const windows *all, const uint8_t *perhaps, const uint8_t *p, size_t size)
{
    uint64_t value = 0;
    size_t low = 0, high = all->count;

    memcpy(&value, p, size);
    if ((perhaps[(value & 0xffff) >> 3] >> (value & 7) & 1) == 0)
        return NULL;
    while (low < high) {
        const size_t middle = (low + high) / 2;

        if (all->of[middle].value < value)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->count && all->of[low].value == value ? all->of[low].name : NULL;
}

const char *find_secret(const uint8_t *p, size_t len)
{
    const char *name = len < 4 ? NULL : find(&windows4, perhaps4, p, 4);

    return name != NULL || len < 8 ? name : find(&windows8, perhaps8, p, 8);
}

/* ---- FIPS 197, byte by byte. */

static uint8_t multiply(uint8_t a, uint8_t b)
{
    uint8_t product = 0;

    for (; b != 0; b >>= 1, a = (uint8_t)(a << 1 ^ (a >> 7) * 0x1b))
        if (b & 1)
            product ^= a;
    return product;
}

static uint8_t sbox(uint8_t x)
{
    uint8_t inverse = x, sum;

    for (int i = 0; i < 6; i++) /* x^254 */
        inverse = multiply(multiply(inverse, inverse), x);
    inverse = multiply(inverse, inverse);
    sum = inverse;
    for (int i = 1; i < 5; i++)
        sum ^= (uint8_t)(inverse << i | inverse >> (8 - i));
    return sum ^ 0x63;
}

void add_aes_key(const uint8_t key[16])
{
    uint8_t w[176], rcon = 1;

    memcpy(w, key, 16);
    for (int i = 16; i < 176; i += 4) {
        uint8_t t[4] = {w[i - 4], w[i - 3], w[i - 2], w[i - 1]};

        if (i % 16 == 0) {
            const uint8_t first = t[0];

            t[0] = sbox(t[1]) ^ rcon;
            t[1] = sbox(t[2]);
            t[2] = sbox(t[3]);
            t[3] = sbox(first);
            rcon = multiply(rcon, 2);
        }
        for (int j = 0; j < 4; j++)
            w[i + j] = w[i + j - 16] ^ t[j];
    }
    add_bytes("the AES key", w, 16);
    add_bytes("a round key", w + 16, sizeof w - 16);
}

/* ---- FIPS 180-4 */

/* A word of the message schedule: any sixteen in a row give the block back. */
static void add_schedule(uint32_t a, uint32_t e, uint32_t w)
{
    (void)a;
    (void)e;
    add_words("the schedule of a padded key", &w, sizeof w, sizeof w);
}

/* From the state after `before` bytes on; the states on the way are secret. */
static void hash(const char *name, uint32_t state[8], size_t before, const uint8_t *data, size_t len, uint8_t digest[32])
{
    const uint64_t bits = 8 * (uint64_t)(before + len);
    uint8_t last[128] = {0};
    size_t rest = len % 64, blocks = rest < 56 ? 1 : 2;

    for (size_t i = 0; i < len / 64; i++) {
        sha256_steps(state, data + 64 * i, NULL);
        add_bytes(name, state, 32);
    }
    memcpy(last, data + len - rest, rest);
    last[rest] = 0x80;
    for (unsigned i = 0; i < 8; i++)
        last[64 * blocks - 1 - i] = (uint8_t)(bits >> 8 * i);
    for (size_t i = 0; i < blocks; i++) {
        sha256_steps(state, last + 64 * i, NULL);
        add_bytes(name, state, 32);
    }
    for (unsigned i = 0; i < 32; i++)
        digest[i] = (uint8_t)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void add_message(const char *name, const uint8_t *before, const uint8_t *data, size_t len, uint8_t digest[32])
{
    uint32_t state[8];

    sha256_begin(state);
    if (before != NULL) {
        sha256_steps(state, before, add_schedule);
        add_bytes("a midstate", state, 32);
    }
    if (name != NULL)
        add_bytes(name, data, len);
    hash(before != NULL ? "a state of HMAC" : "a state of SHA-256", state, before != NULL ? 64 : 0, data, len, digest);
}

void add_hmac(const uint8_t *key, size_t key_len, const uint8_t *data, size_t len, uint8_t tag[32])
{
    uint8_t block[2][64], inner[32], hashed[32];

    if (key_len > 64) {
        add_message("the HMAC key", NULL, key, key_len, hashed);
        key = hashed;
        key_len = 32;
    }
    add_bytes("the HMAC key", key, key_len);
    for (unsigned i = 0; i < 2; i++) {
        memset(block[i], i == 0 ? 0x36 : 0x5c, 64);
        for (size_t j = 0; j < key_len; j++)
            block[i][j] ^= key[j];
        add_bytes("a padded key", block[i], key_len);
    }
    add_message(NULL, block[0], data, len, inner);
    add_message("the inner digest", block[1], inner, sizeof inner, tag);
    add_bytes("the tag", tag, 32);
}
