/* test/constant_time/declassify.h - passed as MOTE_CONFIG_FILE to the library under test. */
#include "secrets.h"

#define MOTE_DECLASSIFY(data, len) public_again((data), (len))
