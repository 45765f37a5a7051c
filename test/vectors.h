/* test/vectors.h - reading the published test vectors in test/vectors/.
 *
 * A file is text: '#' begins a comment line; the first other line names the fields and their types; then one case after
 * the other, its values in the order of the fields, separated by spaces. A case begins at the start of a line; a line
 * that begins with a space continues it.
 *
 *     # RFC 4231 section 4
 *     fields: case:number secret:hex data:hex tag:hex
 *     2 "Jefe"
 *       "what do ya want for nothing?"
 *       5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843
 *
 * Types: hex    an even number of lower-case digits, or the bytes of "ASCII text" in double quotes, or - for no bytes
 *        number a decimal number
 *        word   lower-case letters, digits, - and _
 *
 * The reader is strict: everything else in a file, a case that lacks a value or has one too many, fields that are not
 * the expected ones, a file without a case or without a newline at its end is an error with file and line. */
#ifndef MOTE_TEST_VECTORS_H
#define MOTE_TEST_VECTORS_H

#include <stddef.h>
#include <stdint.h>

#define VECTORS_MAX_FIELDS 10
#define VECTORS_ERROR_LEN 200

typedef struct {
    const uint8_t *data; /* not NULL, also when len is 0 */
    size_t len;
} vector_bytes;

typedef struct {
    vector_bytes bytes;   /* type hex */
    const char *word;     /* type word */
    unsigned long number; /* type number */
} vector_value;

typedef struct {
    const char *name; /* of the file */
    size_t count;     /* cases */
    /* for the functions below */
    size_t fields;
    char *field_names[VECTORS_MAX_FIELDS];
    char types[VECTORS_MAX_FIELDS]; /* h, n or w */
    vector_value *values;           /* fields of them for each case */
    char *fields_copy;
    uint8_t *store; /* decoded bytes and words */
} vectors;

/* Read a file of the vector directory (TEST_VECTORS_DIR, or the environment variable MOTE_TEST_VECTORS), whose fields
 * must be exactly as given ("case:number secret:hex"). The test fails on any error. */
vectors *vectors_open(const char *name, const char *fields);
/* The same from memory; NULL and the reason in error if anything is wrong. */
vectors *vectors_parse(const char *name, const char *text, size_t len, const char *fields, char error[VECTORS_ERROR_LEN]);
void vectors_close(vectors *v);

/* A value of case i (0..count-1). The test fails if there is no such field, or if it is of another type. */
vector_bytes vector_hex(const vectors *v, size_t i, const char *field);
/* The same where len bytes are due. */
const uint8_t *vector_fixed(const vectors *v, size_t i, const char *field, size_t len);
unsigned long vector_number(const vectors *v, size_t i, const char *field);
const char *vector_word(const vectors *v, size_t i, const char *field);

#endif
