/* test/support.c - counted checks, suites and random bytes (test/support.h). */
#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_SEED 0x6d6f7465u

static const char *suite_name = "unnamed";
static unsigned long checks;          /* made by the whole suite */
static unsigned long checks_at_setup; /* made before the test that runs now */
static char note[200];
static int random_seeded; /* in the test that runs now */
static uint64_t random_state;

/* A number from the environment, or what is given here; a malformed one stops the program rather than being ignored. */
static unsigned long long from_environment(const char *name, unsigned long long otherwise)
{
    const char *text = getenv(name);
    char *end = NULL;
    unsigned long long value;
    if (text == NULL || *text == '\0') {
        return otherwise;
    }
    value = strtoull(text, &end, 0);
    if (*end != '\0' || *text == '-') {
        fprintf(stderr, "%s=%s is not a number\n", name, text);
        exit(2);
    }
    return value;
}

unsigned test_scaled(unsigned full)
{
    unsigned long long percent = from_environment("MOTE_TEST_EFFORT", 100);
    unsigned long long scaled;
    if (percent > test_effort) {
        percent = test_effort;
    }
    scaled = (unsigned long long)full * percent / 100;
    return scaled > 0 ? (unsigned)scaled : 1;
}

size_t test_step(void)
{
    return 100 / test_scaled(100) | 1;
}

size_t test_capped(size_t len)
{
    return len < test_max_len ? len : test_max_len;
}

/* ---- Suites */

static void setup(void)
{
    random_seeded = 0;
    note[0] = '\0';
    checks_at_setup = checks;
    guards_forget(); /* what a failed test has left behind */
}

static void teardown(void)
{
    guards_release();
    if (checks == checks_at_setup) {
        test_fail(__FILE__, __LINE__, "the test made no check");
    }
}

Suite *test_suite(const char *name)
{
    suite_name = name;
    return suite_create(name);
}

void test_add(Suite *suite, const TTest *test)
{
    TCase *tcase = tcase_create(test->name);
    tcase_add_checked_fixture(tcase, setup, teardown);
    tcase_add_test(tcase, test);
    suite_add_tcase(suite, tcase);
}

int test_main(Suite *suite)
{
    SRunner *runner = srunner_create(suite);
    int failed, run;
    printf("seed: 0x%llx (MOTE_TEST_SEED), effort: %u %% (MOTE_TEST_EFFORT)\n",
           from_environment("MOTE_TEST_SEED", DEFAULT_SEED), test_scaled(100));
    srunner_set_fork_status(runner, CK_NOFORK);
    srunner_run_all(runner, CK_NORMAL);
    failed = srunner_ntests_failed(runner);
    run = srunner_ntests_run(runner);
    srunner_free(runner);
    guards_forget();
    printf("checks: %s %lu\n", suite_name, checks);
    return failed == 0 && run > 0 && checks > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

/* ---- Checks */

void test_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(note, sizeof note, format, arguments);
    va_end(arguments);
}

void test_fail(const char *file, int line, const char *format, ...)
{
    char message[600];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    ck_abort_msg("%s:%d: %s%s%s", file, line, message, note[0] != '\0' ? "; " : "", note);
}

void test_check(int passed, const char *file, int line, const char *text)
{
    checks++;
    if (!passed) {
        test_fail(file, line, "%s", text);
    }
}

void test_check_int(long long actual, long long expected, const char *file, int line, const char *text)
{
    checks++;
    if (actual != expected) {
        test_fail(file, line, "%s: %lld, not %lld", text, actual, expected);
    }
}

/* Up to 32 bytes as hexadecimal digits. */
static void to_hex(char text[65], const uint8_t *data, size_t len)
{
    size_t i;
    text[0] = '\0';
    for (i = 0; i < len && i < 32; i++) {
        sprintf(text + 2 * i, "%02x", data[i]);
    }
}

void test_check_mem(const void *actual, const void *expected, size_t len, const char *file, int line, const char *text)
{
    const uint8_t *a = actual;
    const uint8_t *e = expected;
    char a_hex[65], e_hex[65];
    size_t i;
    checks++;
    if (len == 0 || memcmp(a, e, len) == 0) {
        return;
    }
    for (i = 0; a[i] == e[i]; i++) {
    }
    to_hex(a_hex, a + i, len - i);
    to_hex(e_hex, e + i, len - i);
    test_fail(file, line, "%s: from byte %zu of %zu it is %s, not %s", text, i, len, a_hex, e_hex);
}

/* The first byte that is not the given one, or len. */
static size_t first_other(const uint8_t *data, int byte, size_t len)
{
    size_t i;
    for (i = 0; i < len && data[i] == byte; i++) {
    }
    return i;
}

void test_check_filled(const void *data, int byte, size_t len, const char *file, int line, const char *text)
{
    size_t i = first_other(data, byte, len);
    checks++;
    if (i < len) {
        test_fail(file, line, "%s: byte %zu of %zu is %02x", text, i, len, ((const uint8_t *)data)[i]);
    }
}

void test_check_no_output(const void *data, const void *before, size_t len, const char *file, int line, const char *text)
{
    checks++;
    if (len > 0 && memcmp(data, before, len) != 0 && first_other(data, 0, len) < len) {
        char hex[65];
        to_hex(hex, data, len);
        test_fail(file, line, "%s: it begins with %s", text, hex);
    }
}

/* ---- Random bytes: the SplitMix64 generator */

/* The state that a test starts with: the seed and the test's name by FNV-1a, so that no two tests share their bytes and
 * none depends on which ran before. */
static uint64_t first_state(void)
{
    uint64_t state = from_environment("MOTE_TEST_SEED", DEFAULT_SEED);
    const char *name;
    for (name = tcase_name(); *name != '\0'; name++) {
        state = (state ^ (unsigned char)*name) * 0x100000001b3u;
    }
    return state;
}

uint64_t test_random64(void)
{
    uint64_t z;
    if (!random_seeded) { /* not in setup, where Check does not tell the name yet */
        random_seeded = 1;
        random_state = first_state();
    }
    random_state += 0x9e3779b97f4a7c15u;
    z = random_state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

void test_random(void *out, size_t len)
{
    uint8_t *bytes = out;
    uint64_t word = 0;
    size_t i;
    for (i = 0; i < len; i++) {
        if (i % 8 == 0) {
            word = test_random64();
        }
        bytes[i] = (uint8_t)(word >> (8 * (i % 8)));
    }
}

size_t test_random_below(size_t bound)
{
    return (size_t)(test_random64() % bound);
}

/* ---- Hexadecimal */

static int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t test_from_hex(uint8_t *out, size_t out_cap, const char *hex)
{
    size_t len = strlen(hex), i;
    if (len % 2 != 0 || len / 2 > out_cap) {
        test_fail(__FILE__, __LINE__, "%zu hexadecimal digits for %zu bytes: %s", len, out_cap, hex);
    }
    for (i = 0; i < len; i += 2) {
        int high = digit(hex[i]), low = digit(hex[i + 1]);
        if (high < 0 || low < 0) {
            test_fail(__FILE__, __LINE__, "not hexadecimal (lower case): %s", hex);
        }
        out[i / 2] = (uint8_t)(high * 16 + low);
    }
    return len / 2;
}
