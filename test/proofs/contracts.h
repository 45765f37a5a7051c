/* What each function requires and ensures, in CBMC's words: the comments of the public headers again, so that they can be
 * checked. A proof shows that a function keeps its contract; where it calls others, their contracts stand in for them.
 * That lengths and capacities are those of the memory is required everywhere, and that *out_len is not part of it. */
#ifndef MOTE_TEST_CONTRACTS_H
#define MOTE_TEST_CONTRACTS_H

#include <mote/mote.h>

#include "aes/aes_backend.h"
#include "base64/base64_backend.h"
#include "cbc/cbc_internal.h"
#include "ct/ct_internal.h"
#include "proof.h"
#include "sha256/sha256_backend.h"

#define BYTE(p, i) (((const uint8_t *)(p))[i])

#define OUT_LEN_APART(out_len, p, len) (!SHARE(out_len, sizeof *(out_len), p, len))
#define UNCHANGED (*watched == __CPROVER_old(*watched))

/* ct.h */

int mote_ct_equal(const void *a, const void *b, size_t len)
__CPROVER_requires(READABLE(a, len) && READABLE(b, len))
__CPROVER_assigns(different_at)
__CPROVER_ensures(__CPROVER_return_value == 0 || __CPROVER_return_value == 1)
__CPROVER_ensures(__CPROVER_return_value == 0 || watched_index >= len || BYTE(a, watched_index) == BYTE(b, watched_index))
__CPROVER_ensures(__CPROVER_return_value == 1 || (different_at < len && BYTE(a, different_at) != BYTE(b, different_at)))
;

void mote_wipe(void *data, size_t len)
__CPROVER_requires(WRITABLE(data, len))
__CPROVER_assigns(len != 0: __CPROVER_object_upto((uint8_t *)data, len))
__CPROVER_ensures(!WATCHED_IN(data, len) || *watched == 0)
;

/* base64.h */

/* Of in_len bytes, which the harness divided by 3 (proof.h). */
#define BASE64_LEN ((quotient + (remainder3 != 0)) * 4)
#define BASE64URL_LEN (quotient * 4 + remainder3 + (remainder3 != 0))
#define BASE64_TOO_LONG (quotient + (remainder3 != 0) > SIZE_MAX / 4)
#define BASE64URL_TOO_LONG (quotient > (SIZE_MAX - 3) / 4)

#define ENCODER_CONTRACT(TEXT_LEN, TOO_LONG)                                                                      \
    __CPROVER_requires(in_len == dividend)                                                                        \
    __CPROVER_requires(TOO_LONG || READABLE(in, in_len))                                                  \
    __CPROVER_requires(WRITABLE(out, out_cap) && __CPROVER_w_ok(out_len, sizeof *out_len))                        \
    __CPROVER_requires(OUT_LEN_APART(out_len, out, out_cap) && OUT_LEN_APART(out_len, in, in_len))                \
    __CPROVER_assigns(*out_len)                                                                                   \
    __CPROVER_assigns(!TOO_LONG && out_cap != 0 && out_cap >= TEXT_LEN:                           \
                      __CPROVER_object_upto(out, TEXT_LEN + (out_cap > TEXT_LEN)))                \
    __CPROVER_ensures(__CPROVER_return_value ==                                                                   \
                      (TOO_LONG             ? MOTE_ERR_LENGTH                                             \
                       : out_cap < TEXT_LEN ? MOTE_ERR_CAPACITY                                           \
                       : mote_overlap(out, TEXT_LEN + (out_cap > TEXT_LEN), in, in_len)           \
                           ? MOTE_ERR_OVERLAP                                                                     \
                           : MOTE_OK))                                                                            \
    __CPROVER_ensures(*out_len == (__CPROVER_return_value == MOTE_OK ? TEXT_LEN : 0))                     \
    __CPROVER_ensures(__CPROVER_return_value == MOTE_OK || UNCHANGED)                                             \
    __CPROVER_ensures(__CPROVER_return_value != MOTE_OK || out_cap == *out_len || out[*out_len] == 0)

mote_status mote_base64_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
ENCODER_CONTRACT(BASE64_LEN, BASE64_TOO_LONG);

mote_status mote_base64url_encode(char *out, size_t out_cap, size_t *out_len, const uint8_t *in, size_t in_len)
ENCODER_CONTRACT(BASE64URL_LEN, BASE64URL_TOO_LONG);

/* base64/base64_backend.h */

void mote_base64_encode_groups(char *out, const uint8_t *in, size_t groups, uint8_t url)
__CPROVER_requires(groups <= LEN_MAX / 4 && READABLE(in, 3 * groups) && WRITABLE(out, 4 * groups))
__CPROVER_requires(!SHARE(out, 4 * groups, in, 3 * groups))
__CPROVER_assigns(groups != 0: __CPROVER_object_upto(out, 4 * groups))
;

uint8_t mote_base64_decode_groups(uint8_t *out, const char *in, size_t groups, uint8_t url)
__CPROVER_requires(groups <= LEN_MAX / 4 && READABLE(in, 4 * groups) && WRITABLE(out, 3 * groups))
__CPROVER_requires(!SHARE_PARTLY(out, 3 * groups, in, 4 * groups))
__CPROVER_assigns(groups != 0: __CPROVER_object_upto(out, 3 * groups))
;

#endif
