/* fuzz/fuzz_seal.c - seal anything, in place or not, and open it again; one changed byte anywhere is refused. */
#include "fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    uint8_t key[32], iv[16], aad[64], *pt, *packet, *out;
    size_t aad_len, len, pt_len, n = 99, where;
    uint8_t choice, change;

    take(&input, key, sizeof key);
    take(&input, iv, sizeof iv);
    choice = take_byte(&input);
    aad_len = take_byte(&input) % sizeof aad;
    take(&input, aad, aad_len);
    where = take_byte(&input);
    change = take_byte(&input);
    pt_len = input.size;
    len = mote_sealed_len(pt_len);
    pt = buffer(input.data, pt_len);
    packet = buffer(NULL, len);
    out = buffer(NULL, len - 32);

    REQUIRE(mote_seal(key, iv, packet, len - 1, &n, pt, pt_len, aad, aad_len) == MOTE_ERR_CAPACITY && n == 0);
    if (choice & 1) {
        memcpy(packet, iv, 16);
        if (pt_len != 0)
            memcpy(packet + 16, pt, pt_len);
        REQUIRE(mote_seal(key, packet, packet, len, &n, packet + 16, pt_len, aad, aad_len) == MOTE_OK);
    } else {
        REQUIRE(mote_seal(key, iv, packet, len, &n, pt, pt_len, aad, aad_len) == MOTE_OK);
    }
    REQUIRE(n == len && memcmp(packet, iv, 16) == 0);
    REQUIRE(openssl_cbc(1, 1, key + 16, iv, out, pt, pt_len) == (int)(len - 32));
    REQUIRE(memcmp(out, packet + 16, len - 32) == 0);

    REQUIRE(mote_open(key, out, len - 32, &n, packet, len, aad, aad_len) == MOTE_OK && n == pt_len);
    REQUIRE(pt_len == 0 || memcmp(out, pt, pt_len) == 0);
    if (change != 0) {
        packet[(where * 3) % len] ^= change;
        REQUIRE(mote_open(key, out, len - 32, &n, packet, len, aad, aad_len) == MOTE_ERR_AUTH && n == 0);
    }
    release(out, len - 32);
    release(packet, len);
    release(pt, pt_len);
    return 0;
}
