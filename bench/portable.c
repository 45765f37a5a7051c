/* bench/portable.c - mote's portable C beside BearSSL's portable constant-time C, on one 64-bit processor in one run.
 *
 * Prints nanoseconds a byte (best of many, interleaved) and the ratio BearSSL / mote; exit status 1 if mote is slower
 * anywhere. Build it with the option that leaves every instruction-set backend out. */
#define _POSIX_C_SOURCE 199309L
#include <bearssl.h>
#include <mote/mote.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define ROUNDS 300
#define MAX 16384

static uint8_t data[MAX], key[16] = {1, 2, 3}, iv[16] = {4, 5, 6}, digest[32];
static mote_aes128 aes;
static br_aes_ct64_cbcenc_keys bear_encrypt;
static br_aes_ct64_cbcdec_keys bear_decrypt;
static volatile int failed;

static void mote_encrypt(size_t len) { failed |= mote_cbc_encrypt(&aes, iv, data, data, len) != MOTE_OK; }
static void mote_decrypt(size_t len) { failed |= mote_cbc_decrypt(&aes, iv, data, data, len) != MOTE_OK; }
static void mote_digest(size_t len) { mote_sha256_digest(digest, data, len); }
static void bearssl_encrypt(size_t len) { br_aes_ct64_cbcenc_run(&bear_encrypt, iv, data, len); }
static void bearssl_decrypt(size_t len) { br_aes_ct64_cbcdec_run(&bear_decrypt, iv, data, len); }
static void bearssl_digest(size_t len)
{
    br_sha256_context sha;

    br_sha256_init(&sha);
    br_sha256_update(&sha, data, len);
    br_sha256_out(&sha, digest);
}

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static double once(void (*function)(size_t), size_t len, unsigned repeat)
{
    const double began = seconds();

    for (unsigned i = 0; i < repeat; i++)
        function(len);
    return (seconds() - began) / repeat;
}

int main(void)
{
    static const struct {
        const char *name;
        void (*ours)(size_t), (*theirs)(size_t);
    } rows[] = {{"AES-128-CBC encrypt", mote_encrypt, bearssl_encrypt},
                {"AES-128-CBC decrypt", mote_decrypt, bearssl_decrypt},
                {"SHA-256", mote_digest, bearssl_digest}};
    int slower = 0;

    if (mote_aes128_init(&aes, key) != MOTE_OK)
        return 1;
    br_aes_ct64_cbcenc_init(&bear_encrypt, key, sizeof key);
    br_aes_ct64_cbcdec_init(&bear_decrypt, key, sizeof key);
    printf("AES: %s, SHA-256: %s\n", mote_aes128_backend(), mote_sha256_backend());
    if (strcmp(mote_aes128_backend(), "fixslice64") != 0 || strcmp(mote_sha256_backend(), "portable") != 0) {
        puts("not a build of the portable code alone");
        return 77;
    }
    printf("%-20s %7s %12s %12s %7s\n", "", "bytes", "mote ns/B", "BearSSL ns/B", "ratio");
    for (size_t row = 0; row < sizeof rows / sizeof *rows; row++)
        for (size_t len = 16; len <= MAX; len *= 4) {
            const unsigned repeat = len < 256 ? 32 : 1;
            double ours = 1e9, theirs = 1e9;

            for (unsigned i = 0; i < ROUNDS; i++) {
                const double a = once(rows[row].ours, len, repeat), b = once(rows[row].theirs, len, repeat);

                ours = a < ours ? a : ours;
                theirs = b < theirs ? b : theirs;
            }
            printf("%-20s %7lu %12.2f %12.2f %7.2f\n", rows[row].name, (unsigned long)len, 1e9 * ours / (double)len,
                   1e9 * theirs / (double)len, theirs / ours);
            slower |= theirs < ours;
        }
    return slower || failed;
}
