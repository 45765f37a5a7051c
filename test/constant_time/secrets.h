/* test/constant_time/secrets.h - how a checker is told what is secret.
 *
 * Under Valgrind's memcheck a secret is memory marked as uninitialised: memcheck follows every bit of it through all
 * arithmetic, and reports any branch, address or system call that depends on one. MemorySanitizer, built into the program by
 * clang, does the same. The library is compiled with MOTE_DECLASSIFY defined as public_again (see declassify.h). */
#ifndef MOTE_TEST_SECRETS_H
#define MOTE_TEST_SECRETS_H

#include <stddef.h>

#if defined(__has_feature)
#if __has_feature(memory_sanitizer)
#define MOTE_TEST_MSAN 1
#endif
#endif

#ifdef MOTE_TEST_MSAN
#include <sanitizer/msan_interface.h>
#define secret(data, len) __msan_poison((data), (len))
#define public_again(data, len) __msan_unpoison((data), (len))
#define checker_runs() 1
#else
#include <valgrind/memcheck.h>
#define secret(data, len) ((void)VALGRIND_MAKE_MEM_UNDEFINED((data), (len)))
#define public_again(data, len) ((void)VALGRIND_MAKE_MEM_DEFINED((data), (len)))
#define checker_runs() RUNNING_ON_VALGRIND
#endif

#endif
