/* test/chip/marshal.h - one call on the simulated chip: arguments there, results back, everything else untouched.
 *
 *     call_begin(CHIP_mote_cbc_encrypt);
 *     call_context(...); call_in(iv, 16); call_out(out, len); call_in(in, len); call_number(len);
 *     return (mote_status)call_run_int();
 *
 * Arguments are added in the order of the function. Every buffer is given with the bytes that the function may read or
 * write by its contract in this call: nothing outside them is there on the chip, and after the call
 * everything that is not an output, on the whole chip, must be as it was. Buffers that overlap or touch on the host do so
 * on the chip, and every address keeps its alignment modulo 8. */
#ifndef CHIP_MARSHAL_H
#define CHIP_MARSHAL_H

#include "mailbox.h"

void call_begin(enum chip_function function);

/* A number. The largest host sizes stand for the largest of the chip: SIZE_MAX - 3 becomes the chip's SIZE_MAX - 3, and
 * likewise beside multiples of SIZE_MAX / 8. */
void call_number(size_t number);

/* len bytes that the function reads; that it may write; data may be NULL when len is 0. */
void call_in(const void *data, size_t len);
void call_out(void *data, size_t len);

/* An output for one size_t. */
void call_length(size_t *out_len);

/* A context, that the function reads, writes without reading first, or both. The host's object holds the chip's bytes. */
enum call_direction { CALL_READ = 1, CALL_WRITE = 2, CALL_UPDATE = 3 };
void call_context(void *object, size_t object_len, enum chip_fact fact, enum call_direction direction);
void call_context_const(const void *object, size_t object_len, enum chip_fact fact);

/* A stream, whose first member points to an AES context, which goes along unless it is NULL. */
void call_stream(void *stream, size_t stream_len, const void *aes, size_t aes_len, enum call_direction direction);

/* Run it on the chip; what it returned. */
size_t call_run_size(void);
int call_run_int(void);
void call_run(void);

/* What the last call has left in the part of the chip's memory that was its stack. */
const uint8_t *call_stack(size_t *len);

/* The size of a context on the chip; not between call_begin and call_run. */
size_t call_sizeof(enum chip_fact fact);

#endif
