/* bench/desktop.c - mote beside every peer that was found, on one processor core in one run.
 *
 *     bench_desktop [--short] [--no-sha] [--aes NAME] [--sha256 NAME] [--base64 NAME] [--csv FILE]
 *     bench_desktop ... --trace OPERATION BYTES LIBRARY
 *
 * Prints Markdown: for each operation and size the cycles of mote, of each peer, and the ratio of the best peer's to
 * mote's; then device keys a second. Rounds go around all peers, and the best of them counts: what else the machine does
 * falls on all alike and is left out. Before anything is timed all results are compared.
 *
 * --short       few rounds: to see that it works
 * --no-sha      no SHA instructions, for mote, OpenSSL, libgcrypt and nettle: what processors without them do
 * --aes, ...    force a backend of mote
 * --csv FILE    the same figures for bench/desktop.py
 * --trace ...   time nothing, but print one call's instructions for bench/model.py */
#define _POSIX_C_SOURCE 200809L
#include "desktop.h"

#include "../aes/aes_backend.h"
#include "../base64/base64_backend.h"
#include "../sha256/sha256_backend.h"

#include <mote/mote.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

uint8_t bench_in[BENCH_MAX];
char bench_text[BENCH_MAX / 3 * 4 + 8];
size_t bench_text_len;
const uint8_t bench_key[32] = "a key of exactly thirty-two byte";
const uint8_t bench_iv[16] = "sixteen bytes iv", bench_salt[16] = "salt of 16 bytes", bench_info[18] = "uplink v1\0device01";
uint8_t bench_out[BENCH_MAX / 3 * 4 + 80];

const bench_peer *const bench_peers[] = {
    &bench_mote,
#ifdef BENCH_OPENSSL
    &bench_openssl,
#endif
#ifdef BENCH_LIBGCRYPT
    &bench_libgcrypt,
#endif
#ifdef BENCH_NETTLE
    &bench_nettle,
#endif
#ifdef BENCH_BEARSSL
    &bench_bearssl,
#endif
#ifdef BENCH_MBEDTLS
    &bench_mbedtls,
#endif
#ifdef BENCH_SODIUM
    &bench_sodium,
#endif
    NULL,
};
#define MAX_PEERS 8

static const struct {
    const char *title, *key;
    int sized;   /* once for each size, or once */
    size_t grow; /* how much longer than its input the result is at most */
} operations[OPERATIONS] = {
    {"AES-128 key setup, both directions", "aes_setup", 0, 0},
    {"AES-128-CBC encryption", "cbc_encrypt", 1, 0},
    {"AES-128-CBC decryption", "cbc_decrypt", 1, 0},
    {"AES-128-CBC encryption without AES instructions, constant time", "cbc_encrypt_soft", 1, 0},
    {"AES-128-CBC decryption without AES instructions, constant time", "cbc_decrypt_soft", 1, 0},
    {"SHA-256", "sha256", 1, 32},
    {"HMAC-SHA256 with key setup", "hmac", 1, 32},
    {"HKDF-SHA256 to 32 bytes, with salt", "hkdf", 0, 32},
    {"A device key of 32 bytes from a kept master key", "device_key", 0, 32},
    {"Seal a packet: AES-128-CBC and HMAC-SHA256, new keys", "seal", 1, 64},
    {"Base64 encoding", "base64_encode", 1, 0},
    {"Base64 decoding", "base64_decode", 1, 0},
};
static const size_t sizes[] = {16, 64, 256, 1024, 4096, 16384, 65536};
#define SIZES (sizeof sizes / sizeof sizes[0])

static unsigned rounds = 150;
static double batch = 100e-6; /* seconds of one peer in one round, about */
static double ticks_per_second = 1e9;

/* The time-stamp counter where there is one, nanoseconds elsewhere. */
#if defined(__x86_64__)
#define UNIT "TSC cycles"
static uint64_t ticks(void)
{
    uint32_t low, high;

    __asm__ volatile("lfence\n\trdtsc" : "=a"(low), "=d"(high));
    return (uint64_t)high << 32 | low;
}
#else
#define UNIT "ns"
static uint64_t ticks(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}
#endif

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void calibrate(void)
{
    const double start = seconds();
    const uint64_t first = ticks();

    while (seconds() - start < 0.02)
        ;
    ticks_per_second = (double)(ticks() - first) / (seconds() - start);
}

static void prepare_text(size_t len)
{
    if (mote_base64_encode(bench_text, sizeof bench_text, &bench_text_len, bench_in, len) != MOTE_OK)
        exit(1);
}

/* All peers must come to mote's result. */
static void compare(operation op, size_t len)
{
    static uint8_t expected[sizeof bench_out], hkdf[32];
    /* Encoders write the text's length; hashes and keys 32 bytes, a packet its own length; the rest len. */
    const size_t out_len = op == OP_BASE64_ENCODE                             ? bench_text_len
                           : op == OP_SEAL                                    ? mote_sealed_len(len)
                           : operations[op].grow != 0                      ? operations[op].grow
                           : op == OP_AES_SETUP                               ? 0
                                                                           : len;

    bench_mote.run[OP_HKDF_32](len);
    memcpy(hkdf, bench_out, sizeof hkdf);
    for (unsigned i = 0; bench_peers[i] != NULL; i++) {
        if (bench_peers[i]->run[op] == NULL)
            continue;
        memcpy(bench_out, bench_in, len); /* for those that work in place */
        bench_peers[i]->run[op](len);
        if (i == 0)
            memcpy(expected, bench_out, sizeof expected);
        /* BearSSL keeps only extracted keys: its device key is HKDF's result. */
        if (memcmp(bench_out, expected, out_len) != 0 && !(op == OP_DEVICE_KEY && memcmp(bench_out, hkdf, 32) == 0)) {
            fprintf(stderr, "%s of %zu bytes: %s and mote differ\n", operations[op].title, len, bench_peers[i]->name);
            exit(1);
        }
    }
}

/* The best of all rounds, in ticks a call; 0 for a peer that does not have the operation. */
static void measure(operation op, size_t len, double best[MAX_PEERS])
{
    unsigned long calls[MAX_PEERS] = {0};

    for (unsigned i = 0; bench_peers[i] != NULL; i++) {
        best[i] = 0;
        if (bench_peers[i]->run[op] == NULL)
            continue;
        for (unsigned long n = 1;; n *= 2) { /* how many calls fill a batch? */
            const uint64_t start = ticks();

            for (unsigned long call = 0; call < n; call++)
                bench_peers[i]->run[op](len);
            calls[i] = n;
            if ((double)(ticks() - start) > batch * ticks_per_second)
                break;
        }
    }
    for (unsigned round = 0; round < rounds; round++) {
        for (unsigned i = 0; bench_peers[i] != NULL; i++) {
            uint64_t start;
            double each;

            if (calls[i] == 0)
                continue;
            start = ticks();
            for (unsigned long call = 0; call < calls[i]; call++)
                bench_peers[i]->run[op](len);
            each = (double)(ticks() - start) / (double)calls[i];
            if (best[i] == 0 || each < best[i])
                best[i] = each;
        }
    }
}

static void cell(double value)
{
    printf(value >= 1000 ? " | %.0f" : value >= 100 ? " | %.1f" : value >= 10 ? " | %.2f" : " | %.3f", value);
}

/* A line of the table: each peer's figure, the ratio of the best peer's to mote's, and whose it is. */
static void line(operation op, size_t len, FILE *csv)
{
    double best[MAX_PEERS], least = 0;
    const char *who = "";

    prepare_text(operations[op].sized ? len : 48);
    compare(op, len);
    measure(op, len, best);
    if (operations[op].sized)
        printf("| %zu", len);
    else
        printf("| %s", operations[op].title);
    for (unsigned i = 0; bench_peers[i] != NULL; i++) {
        if (best[i] == 0)
            printf(" | -");
        else
            cell(operations[op].sized ? best[i] / (double)len : best[i]);
        if (best[i] != 0 && csv != NULL)
            fprintf(csv, "%s,%zu,%s,%.3f\n", operations[op].key, operations[op].sized ? len : 0, bench_peers[i]->name, best[i]);
        if (i != 0 && best[i] != 0 && (least == 0 || best[i] < least)) {
            least = best[i];
            who = bench_peers[i]->name;
        }
    }
    if (least != 0)
        printf(" | %.2f (%s) |\n", least / best[0], who);
    else
        printf(" | - |\n");
    fflush(stdout);
}

static void head(const char *first)
{
    printf("\n| %s", first);
    for (unsigned i = 0; bench_peers[i] != NULL; i++)
        printf(" | %s", bench_peers[i]->name);
    printf(" | best peer / mote |\n|---");
    for (unsigned i = 0; bench_peers[i] != NULL; i++)
        printf("|---");
    printf("|---|\n");
}

/* argv: operation, bytes, library. */
static int trace(char **argv)
{
    const size_t len = strtoul(argv[1], NULL, 10);

    for (unsigned op = 0; op < OPERATIONS; op++) {
        if (strcmp(operations[op].key, argv[0]) != 0 || len > BENCH_MAX)
            continue;
        prepare_text(len);
        for (unsigned i = 0; bench_peers[i] != NULL; i++)
            if (strcmp(bench_peers[i]->name, argv[2]) == 0 && bench_peers[i]->run[op] != NULL)
                return bench_trace(bench_peers[i]->run[op], len);
    }
    fprintf(stderr, "%s has no %s of %s bytes here\n", argv[2], argv[0], argv[1]);
    return 77;
}

static void introduce(void)
{
    char model[256] = "unknown";
    FILE *file = fopen("/proc/cpuinfo", "r");

    while (file != NULL && fgets(model, sizeof model, file) != NULL && strncmp(model, "model name", 10) != 0)
        ;
    if (file != NULL)
        fclose(file);
    model[strcspn(model, "\n")] = '\0';
    printf("Processor: %s. %.0f million " UNIT " a second. Best of %u rounds.\n\n",
           strchr(model, ':') != NULL ? strchr(model, ':') + 2 : model, ticks_per_second / 1e6, rounds);
    for (unsigned i = 0; bench_peers[i] != NULL; i++)
        printf("- %s: %s\n", bench_peers[i]->name, bench_peers[i]->version());
}

static void fleet(void)
{
    double best[MAX_PEERS];

    measure(OP_DEVICE_KEY, 0, best);
    head("Fleet");
    printf("| thousand device keys a second, one core");
    for (unsigned i = 0; bench_peers[i] != NULL; i++)
        printf(best[i] != 0 ? " | %.0f" : " | -", ticks_per_second / best[i] / 1e3);
    printf(" | |\n");
}

typedef const char *names(unsigned index);
typedef int forcer(unsigned index);

static void force(names *name_of, forcer *use, const char *name)
{
    for (unsigned index = 0; name_of != NULL && name_of(index) != NULL; index++)
        if (strcmp(name_of(index), name) == 0 && use(index))
            return;
    fprintf(stderr, "this library or processor has no backend %s\n", name);
    exit(2);
}

#if MOTE_AES_SINGLE_BACKEND
#define FORCE_AES(name) force(NULL, NULL, name)
#else
#define FORCE_AES(name) force(mote_aes128_backend_name, mote_aes128_backend_force, name)
#endif
#if MOTE_SHA256_SINGLE_BACKEND
#define FORCE_SHA256(name) force(NULL, NULL, name)
#else
#define FORCE_SHA256(name) force(mote_sha256_backend_name, mote_sha256_backend_force, name)
#endif
#if MOTE_BASE64_SINGLE_BACKEND
#define FORCE_BASE64(name) force(NULL, NULL, name)
#else
#define FORCE_BASE64(name) force(mote_base64_backend_name, mote_base64_backend_force, name)
#endif

int main(int argc, char **argv)
{
    FILE *csv = NULL;
    char **traced = NULL;

    for (int i = 1; i < argc; i++) {
        const char *const value = i + 1 < argc ? argv[i + 1] : "";

        if (strcmp(argv[i], "--no-sha") == 0 && getenv("BENCH_NO_SHA") == NULL) {
            /* OpenSSL reads this before main. Bit 29 of the third word is CPUID leaf 7's SHA. */
            setenv("BENCH_NO_SHA", "1", 1);
            setenv("OPENSSL_ia32cap", ":~0x20000000", 1);
#if defined(__x86_64__)
            /* nettle: all that it uses but SHA */
            setenv("NETTLE_FAT_OVERRIDE", __builtin_cpu_is("intel") ? "vendor:intel,aesni,pclmul" : "vendor:amd,aesni,pclmul", 1);
#endif
            execv("/proc/self/exe", argv);
            return 1;
        } else if (strcmp(argv[i], "--no-sha") == 0) {
            /* the best that is left, unless one is named */
#if !MOTE_SHA256_SINGLE_BACKEND
            for (unsigned index = 0; mote_sha256_backend_name(index) != NULL; index++)
                if (strcmp(mote_sha256_backend_name(index), "shani") != 0 && strcmp(mote_sha256_backend_name(index), "armv8") != 0)
                    (void)mote_sha256_backend_force(index);
#endif
        } else if (strcmp(argv[i], "--short") == 0) {
            rounds = 2;
            batch = 5e-6;
        } else if (strcmp(argv[i], "--aes") == 0) {
            FORCE_AES(value);
            i++;
        } else if (strcmp(argv[i], "--sha256") == 0) {
            FORCE_SHA256(value);
            i++;
        } else if (strcmp(argv[i], "--base64") == 0) {
            FORCE_BASE64(value);
            i++;
        } else if (strcmp(argv[i], "--csv") == 0 && (csv = fopen(value, "w")) != NULL) {
            fprintf(csv, "operation,bytes,library,ticks\n");
            i++;
        } else if (strcmp(argv[i], "--trace") == 0 && i + 4 == argc) {
            traced = argv + i + 1;
            break;
        } else {
            fprintf(stderr, "usage: %s [--short] [--no-sha] [--aes NAME] [--sha256 NAME] [--base64 NAME] [--csv FILE] "
                            "[--trace OPERATION BYTES LIBRARY]\n", argv[0]);
            return 2;
        }
    }
    for (size_t i = 0; i < sizeof bench_in; i++)
        bench_in[i] = (uint8_t)(i * 167 + (i >> 8) * 13);
    calibrate();
    for (unsigned i = 0; bench_peers[i] != NULL; i++)
        if (bench_peers[i]->prepare != NULL)
            bench_peers[i]->prepare();
    if (traced != NULL)
        return trace(traced);
    introduce();
    for (unsigned op = 0; op < OPERATIONS; op++) {
        if (!operations[op].sized)
            continue;
        printf("\n### %s, " UNIT " a byte\n", operations[op].title);
        head("bytes");
        for (unsigned i = 0; i < SIZES; i++)
            line((operation)op, sizes[i], csv);
    }
    printf("\n### Keys, " UNIT "\n");
    head("operation");
    for (unsigned op = 0; op < OPERATIONS; op++)
        if (!operations[op].sized)
            line((operation)op, 0, csv);
    fleet();
    return csv != NULL && fclose(csv) != 0;
}
