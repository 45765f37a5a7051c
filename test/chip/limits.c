/* test/chip/limits.c - what the suites may ask of this chip (test/support.h); the values stand in the chip's cross file. */
#include "limits.h"

const size_t test_max_len = CHIP_MAX_LEN;
const unsigned test_effort = CHIP_EFFORT;
const int test_contexts_local = 1; /* a context on the host holds the bytes of the chip's */
