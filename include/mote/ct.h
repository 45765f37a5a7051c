/* mote/ct.h - comparing and erasing secrets. */
#ifndef MOTE_CT_H
#define MOTE_CT_H

#include <mote/config.h>

MOTE_BEGIN_DECLS

/* Compare len bytes at a and at b: 1 if all are equal, 0 if not; 1 when len is 0 (a and b may then be NULL).
 * Every byte is always read, so the time depends on len alone, never on what the bytes are or where they differ.
 * Use this, not memcmp, for tags, digests and keys. */
int mote_ct_equal(const void *a, const void *b, size_t len);

/* Overwrite len bytes at data with zeros, in a way that the compiler does not drop although nobody reads them
 * again. data may be NULL when len is 0. */
void mote_wipe(void *data, size_t len);

MOTE_END_DECLS

#endif
