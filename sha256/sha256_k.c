/* sha256/sha256_k.c - the constants K (FIPS 180-4 section 4.2.2), once for all backends of the desktop. */
#include "sha256_k.h"

#if MOTE_TARGET_DESKTOP

const uint32_t mote_sha256_k[64] = MOTE_SHA256_K;

#else
typedef int mote_sha256_k_is_empty;
#endif
