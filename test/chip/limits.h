/* test/chip/limits.h - what one call on the simulated chip can take; declared for the suites in test/support.h too. */
#ifndef CHIP_LIMITS_H
#define CHIP_LIMITS_H

#include <stddef.h>

extern const size_t test_max_len;
extern const unsigned test_effort;
extern const int test_contexts_local;

#endif
