/* test/chip/constant_time.c - exact constant time: the same course for every secret, on the simulated chip.
 *
 * Each public function that touches a secret is run with many random secrets (keys, messages, right and wrong tags, right
 * and wrong paddings, canonical and other texts) of the same lengths. A course is compared by its stamp: on the AVRs the
 * exact number of cycles, on the other chips a digest of every instruction's and every access's address.
 *
 * What may differ is decided by what has become public, and by nothing else. The library is compiled with
 * MOTE_DECLASSIFY telling each byte that becomes public at the moment when it does (test/chip/declassify.h). Two calls must
 * have the same stamp at every such moment, up to and including the first where they tell different bytes; and if they
 * tell the same bytes all along, the same stamp at their end and the same status and length. So a valid and an invalid
 * padding take the same course until the verdict is told, and all invalid ones take the same to the end.
 *
 * With the argument "shipped" the library is the one that is shipped, in which nothing is told: there, two calls
 * with the same status and length must have the same stamp.
 *
 * Planted leaks are put through the same check, which must find them. */
#include "constant_time.h"
#include "chip.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_PREFIX (CHIP_MAX_EVENTS + 16)
#define MAX_POINTS 1024

/* What had been told when a stamp was taken, and the stamp. */
struct point {
    uint8_t prefix[MAX_PREFIX];
    size_t len;
    uint64_t stamp;
};

static struct point points[MAX_POINTS];
static size_t point_count;
static int shipped;

/* The stamp that belongs to a prefix; the first call to reach it says which. Is it the same? */
static int agrees(const uint8_t *prefix, size_t len, uint64_t stamp)
{
    struct point *point;

    for (size_t i = 0; i < point_count; i++) {
        point = &points[i];
        if (point->len == len && memcmp(point->prefix, prefix, len) == 0)
            return point->stamp == stamp;
    }
    if (point_count == MAX_POINTS)
        chip_fail("more than %d different public outcomes", MAX_POINTS);
    point = &points[point_count++];
    memcpy(point->prefix, prefix, len);
    point->len = len;
    point->stamp = stamp;
    return 1;
}

/* The call just made, against those before. Three kinds of points: 'm', a moment of telling; 'e', the end; 'o', the
 * outcome at the end. */
static int course_agrees(uint64_t outcome)
{
    uint8_t prefix[MAX_PREFIX];
    size_t len = 1;
    int same = 1;

    if (shipped) {
        prefix[0] = 'e';
        memcpy(prefix + 1, &outcome, sizeof outcome);
        return agrees(prefix, 1 + sizeof outcome, chip_trace.stamp);
    }
    prefix[0] = 'm';
    for (size_t i = 0; i < chip_trace.events; i++) {
        same &= agrees(prefix, len, chip_trace.event[i].stamp);
        prefix[len++] = chip_trace.event[i].byte;
    }
    prefix[0] = 'e';
    same &= agrees(prefix, len, chip_trace.stamp);
    prefix[0] = 'o';
    return same & agrees(prefix, len, outcome);
}

/* Run one case; 1 if all its courses agree. */
static int constant(const struct ct_case *ct_case, unsigned runs)
{
    uint64_t least = UINT64_MAX, most = 0;
    unsigned outcomes = 0;
    int same = 1;

    point_count = 0;
    ct_begin();
    for (unsigned i = 0; i < runs; i++) {
        const uint64_t outcome = ct_case->run();

        if (chip_trace.function != ct_case->function)
            chip_fail("the case for %s measures %s", ct_case->name, chip_function_name[chip_trace.function]);
        same &= course_agrees(outcome);
        least = chip_trace.cost < least ? chip_trace.cost : least;
        most = chip_trace.cost > most ? chip_trace.cost : most;
    }
    for (size_t i = 0; i < point_count; i++)
        outcomes += points[i].prefix[0] == 'e';
    printf("%-28s %-22s %8llu", chip_function_name[ct_case->function], ct_case->name, (unsigned long long)least);
    if (most != least)
        printf("..%llu", (unsigned long long)most);
    if (outcomes > 1)
        printf(" in %u public outcomes", outcomes);
    if (same && outcomes < ct_case->outcomes) {
        printf(" NOT TESTED: %u public outcomes were expected", ct_case->outcomes);
        same = 0;
    }
    printf("%s\n", same ? "" : " VARIES");
    return same;
}

/* Functions that get lengths alone, or are there for another check. */
static int without_secrets(size_t function)
{
    return function == CHIP_chip_info || function == CHIP_planted_overrun || function == CHIP_planted_input ||
           function == CHIP_planted_address || function == CHIP_planted_copy ||
           function == CHIP_mote_aes128_backend || function == CHIP_mote_sha256_backend ||
           function == CHIP_mote_base64_backend || function == CHIP_mote_sha256_init ||
           function == CHIP_mote_pkcs7_padded_len || function == CHIP_mote_sealed_len ||
           function == CHIP_mote_base64_encoded_len || function == CHIP_mote_base64url_encoded_len ||
           function >= CHIP_mock_unit_kind;
}

/* A group of cases; the number of failures. */
static unsigned run_cases(const struct ct_case *ct_case, unsigned runs, uint8_t *covered)
{
    unsigned failures = 0;

    for (; ct_case->name != NULL; ct_case++) {
        int same;

        covered[ct_case->function] = 1;
        if (ct_case->leak == (chip_stamp_is_cycles ? CT_LEAKS_ADDRESS : CT_LEAKS_CYCLES))
            continue;
        same = constant(ct_case, runs);
        if (ct_case->leak == CT_CONSTANT ? !same : same) {
            failures++;
            printf("    FAILED%s\n", same ? ": this leak is planted, and was not found" : "");
        } else if (!same) {
            printf("    planted, and found\n");
        }
    }
    return failures;
}

int main(int argc, char **argv)
{
    const unsigned runs = argc > 1 ? (unsigned)atoi(argv[1]) : 1000;
    uint8_t covered[CHIP_FUNCTION_COUNT] = {0};
    unsigned failures;

    shipped = argc > 2 && strcmp(argv[2], "shipped") == 0;
    printf("%u random secrets each; %s\n", runs, shipped ? "the library as shipped" : "the library tells what is public");
    failures = run_cases(ct_hash_cases, runs, covered) + run_cases(ct_cipher_cases, runs, covered) +
               run_cases(ct_planted_cases, runs, covered);
    for (size_t i = 0; i < CHIP_FUNCTION_COUNT; i++) {
        if (!covered[i] && !without_secrets(i)) {
            failures++;
            printf("FAILED: no case for %s\n", chip_function_name[i]);
        }
    }
    printf("%u failures\n", failures);
    return failures == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
