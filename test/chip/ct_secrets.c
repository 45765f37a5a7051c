/* test/chip/ct_secrets.c - see test/chip/ct_secrets.h. */
#include "ct_secrets.h"

#include "chip.h"
#include "constant_time.h"

#include <string.h>

uint8_t key[32], iv[16], message[LEN + 16], sealed[LEN + 48], out[2 * LEN + 2];
size_t out_len;
uint64_t refusal;
const uint8_t aad[AAD_LEN] = "public header";

static uint64_t random_state;

uint64_t random64(void) /* SplitMix64 */
{
    uint64_t z = random_state += 0x9e3779b97f4a7c15u;

    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

size_t below(size_t bound)
{
    return (size_t)(random64() % bound);
}

static void randomize(uint8_t *data, size_t len)
{
    for (size_t i = 0; i < len; i++)
        data[i] = (uint8_t)random64();
}

void new_secrets(void)
{
    randomize(key, sizeof key);
    randomize(iv, sizeof iv);
    randomize(message, sizeof message);
    out_len = 0;
    refusal = 0;
}

void ct_begin(void)
{
    random_state = 20261121;
}

uint64_t outcome(mote_status status)
{
    return refusal << 40 | (uint64_t)(uint8_t)status << 32 | out_len;
}

void expect_ok(mote_status status)
{
    if (status != MOTE_OK)
        chip_fail("a setup returned %d", (int)status);
}

void random_padding(uint8_t *data, size_t len)
{
    const size_t n = 1 + below(16);

    memset(data + len - n, (int)n, n);
    switch (below(4)) {
    case 0:
        data[len - 1 - below(n)] ^= (uint8_t)(1u << below(8));
        break;
    case 1:
        data[len - 1] = (uint8_t)random64();
        break;
    default:
        break;
    }
}
