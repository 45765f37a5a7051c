/* test/support.h - what every suite shares: counted checks, reproducible random bytes, guarded buffers.
 *
 * A suite is one program: START_TEST functions of Check (https://libcheck.github.io/check/), and
 *
 *     int main(void)
 *     {
 *         Suite *suite = test_suite("aes");
 *         test_add(suite, vectors_of_fips_197);
 *         return test_main(suite);
 *     }
 *
 * Suites speak to the library through its public headers alone, for the same programs also run against a library that
 * passes every call on to a simulated chip. Such a library cannot take long inputs and is slow: see test_max_len and
 * test_effort. Tests do not fork, so a crash ends the whole program, which the caller sees as a failure. */
#ifndef MOTE_TEST_SUPPORT_H
#define MOTE_TEST_SUPPORT_H

#include <check.h>
#include <mote/status.h>
#include <string.h>

/* ---- The library under test; test/limits_host.c has the values for the real one, a simulated chip brings its own. */

/* The longest input or output, in bytes, that one call can take: at least 256. */
extern const size_t test_max_len;
/* How much random and Monte Carlo testing to do, in percent; test_scaled reads it. */
extern const unsigned test_effort;
/* 1 if a context's secrets lie in the caller's object, so that a test may look whether they are gone. */
extern const int test_contexts_local;

#define FITS(len) ((len) <= test_max_len)

/* full, times test_effort in percent, at least 1. The environment variable MOTE_TEST_EFFORT (1..100) lowers it too. */
unsigned test_scaled(unsigned full);

/* The step of a loop that tries everything at full effort: 1, and more the less effort is asked for; always odd, so that
 * every remainder modulo a block's size occurs. */
size_t test_step(void);

/* The smaller of len and test_max_len: the end of a loop over lengths. */
size_t test_capped(size_t len);

/* ---- Suites */

Suite *test_suite(const char *name);
/* Each test starts with fresh random bytes that depend on the seed and its name only; at its end the guards of all its
 * buffers are checked, and it fails if it made no check. */
void test_add(Suite *suite, const TTest *test);
/* Run, print "checks: NAME COUNT", return the exit status of the program. */
int test_main(Suite *suite);

/* ---- Checks: counted; the first that fails ends its test. */

/* What the following checks are about, as printf has it; printed when one of them fails. */
void test_note(const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 1, 2)))
#endif
    ;

#define CHECK(condition) test_check((condition) ? 1 : 0, __FILE__, __LINE__, #condition)
/* Whole numbers: sizes, counts, mote_status. */
#define CHECK_INT(actual, expected) \
    test_check_int((long long)(actual), (long long)(expected), __FILE__, __LINE__, #actual " == " #expected)
/* len bytes are as expected. */
#define CHECK_MEM(actual, expected, len) \
    test_check_mem((actual), (expected), (len), __FILE__, __LINE__, #actual " == " #expected)
#define CHECK_MEM_DIFFER(a, b, len) test_check(memcmp((a), (b), (len)) != 0, __FILE__, __LINE__, #a " differs from " #b)
/* len bytes are all the given one. */
#define CHECK_FILLED(data, byte, len) \
    test_check_filled((data), (byte), (len), __FILE__, __LINE__, #data " is filled with " #byte)
#define CHECK_ZERO(data, len) test_check_filled((data), 0, (len), __FILE__, __LINE__, #data " is zero")
/* An output buffer after an error: all of it is as it was before, or all of it is zero. */
#define CHECK_NO_OUTPUT(data, before, len) \
    test_check_no_output((data), (before), (len), __FILE__, __LINE__, #data " is unchanged or zero")

void test_check(int passed, const char *file, int line, const char *text);
void test_check_int(long long actual, long long expected, const char *file, int line, const char *text);
void test_check_mem(const void *actual, const void *expected, size_t len, const char *file, int line, const char *text);
void test_check_filled(const void *data, int byte, size_t len, const char *file, int line, const char *text);
void test_check_no_output(const void *data, const void *before, size_t len, const char *file, int line, const char *text);
/* Fail without counting a check: for faults of the test itself, such as a file that cannot be read. */
void test_fail(const char *file, int line, const char *format, ...)
#if defined(__GNUC__)
    __attribute__((format(printf, 3, 4), noreturn))
#endif
    ;

/* ---- Random bytes, the same in every run unless the environment variable MOTE_TEST_SEED gives another seed. */

uint64_t test_random64(void);
void test_random(void *out, size_t len);
/* 0..bound-1; bound is at least 1. */
size_t test_random_below(size_t bound);

/* ---- Hexadecimal, for the few figures that stand in a test itself */

/* The number of bytes written; fails on anything but lower-case digits. */
size_t test_from_hex(uint8_t *out, size_t out_cap, const char *hex);

/* ---- Guarded buffers (test/guard.c), filled with TEST_FILL. They live until guards_release or the end of the test. */

#define TEST_FILL 0xdb

/* len bytes (possibly 0) that end where memory ends: a read or write past them crashes. Guard bytes lie before them. */
uint8_t *guarded(size_t len);
/* len bytes at an address that is offset (0..63) modulo 64, with guard bytes on both sides. */
uint8_t *guarded_at(size_t len, size_t offset);
/* As guarded, filled with a copy or with random bytes. */
uint8_t *guarded_copy(const void *data, size_t len);
uint8_t *guarded_random(size_t len);
/* Fail if a guard byte of any buffer has changed; guards_intact only tells. */
void guards_check(void);
int guards_intact(void);
/* The same, and give all buffers back: for the end of a loop's body. */
void guards_release(void);
/* Give all buffers back unchecked. */
void guards_forget(void);

#endif
