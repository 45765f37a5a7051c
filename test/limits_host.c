/* test/limits_host.c - the real library, in this process: no limits (test/support.h). */
#include "support.h"

const size_t test_max_len = SIZE_MAX;
const unsigned test_effort = 100;
const int test_contexts_local = 1;
