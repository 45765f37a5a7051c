/* test/vectors.c - the strict reader of vector files (test/vectors.h). */
#include "vectors.h"
#include "support.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifndef TEST_VECTORS_DIR
#define TEST_VECTORS_DIR "test/vectors"
#endif

/* ---- Parsing: one pass over the text, values appended as they come */

struct parser {
    vectors *v;
    char *error;          /* VECTORS_ERROR_LEN characters */
    const char *expected; /* the fields line without "fields: " */
    const char *p;        /* the next character */
    const char *end;
    unsigned long line;
    size_t filled;   /* values of the case that is being read, 0 before the first */
    size_t capacity; /* of v->values, in cases */
    uint8_t *store;  /* where decoded bytes and words go: never more than the text is long */
};

static int bad(struct parser *parser, const char *format, ...)
{
    int used = snprintf(parser->error, VECTORS_ERROR_LEN, "%s:%lu: ", parser->v->name, parser->line);
    va_list arguments;
    va_start(arguments, format);
    if (used >= 0 && used < VECTORS_ERROR_LEN) {
        vsnprintf(parser->error + used, VECTORS_ERROR_LEN - (size_t)used, format, arguments);
    }
    va_end(arguments);
    return 0;
}

static int is_lower_or_digit(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "name:type name:type ...", exactly the expected ones; splits a copy of them. */
static int parse_fields(struct parser *parser, const char *line, size_t len)
{
    static const char prefix[] = "fields: ";
    vectors *v = parser->v;
    char *copy;
    if (len < sizeof prefix - 1 || memcmp(line, prefix, sizeof prefix - 1) != 0) {
        return bad(parser, "the first line must be \"fields: ...\"");
    }
    line += sizeof prefix - 1;
    len -= sizeof prefix - 1;
    if (len != strlen(parser->expected) || memcmp(line, parser->expected, len) != 0) {
        return bad(parser, "the fields must be \"%s\"", parser->expected);
    }
    copy = v->fields_copy = malloc(len + 1);
    if (copy == NULL) {
        return bad(parser, "no memory");
    }
    memcpy(copy, line, len);
    copy[len] = '\0';
    for (copy = strtok(copy, " "); copy != NULL; copy = strtok(NULL, " ")) {
        char *type = strchr(copy, ':');
        if (type == NULL || v->fields == VECTORS_MAX_FIELDS) {
            return bad(parser, "too many fields, or one without a type");
        }
        *type++ = '\0';
        if (strcmp(type, "hex") != 0 && strcmp(type, "number") != 0 && strcmp(type, "word") != 0) {
            return bad(parser, "unknown type %s", type);
        }
        v->types[v->fields] = type[0];
        v->field_names[v->fields++] = copy;
    }
    return v->fields > 0 ? 1 : bad(parser, "no fields");
}

static int parse_hex(struct parser *parser, const char *text, size_t len, vector_value *value)
{
    size_t i;
    value->bytes.data = parser->store;
    if (len == 1 && text[0] == '-') {
        return 1;
    }
    if (text[0] == '"' && len >= 2) { /* value_len has seen both quotes */
        value->bytes.len = len - 2;
        memcpy(parser->store, text + 1, len - 2);
        parser->store += len - 2;
        return len > 2 ? 1 : bad(parser, "no bytes are written -");
    }
    if (len % 2 != 0) {
        return bad(parser, "an odd number of hexadecimal digits");
    }
    for (i = 0; i < len; i += 2) {
        int high = hex_digit(text[i]), low = hex_digit(text[i + 1]);
        if (high < 0 || low < 0) {
            return bad(parser, "not hexadecimal (lower case): %.*s", (int)(len < 40 ? len : 40), text);
        }
        *parser->store++ = (uint8_t)(high * 16 + low);
    }
    value->bytes.len = len / 2;
    return 1;
}

static int parse_value(struct parser *parser, const char *text, size_t len, char type, vector_value *value)
{
    size_t i;
    memset(value, 0, sizeof *value);
    if (type == 'h') {
        return parse_hex(parser, text, len, value);
    }
    if (type == 'n') {
        for (i = 0; i < len; i++) {
            if (text[i] < '0' || text[i] > '9' || i >= 9) {
                return bad(parser, "not a number of up to nine digits");
            }
            value->number = 10 * value->number + (unsigned long)(text[i] - '0');
        }
        return 1;
    }
    for (i = 0; i < len; i++) {
        if (!is_lower_or_digit(text[i]) && text[i] != '-' && text[i] != '_') {
            return bad(parser, "not a word: %.*s", (int)(len < 40 ? len : 40), text);
        }
    }
    memcpy(parser->store, text, len);
    parser->store[len] = '\0';
    value->word = (const char *)parser->store;
    parser->store += len + 1;
    return 1;
}

/* The length of the value at text, up to the next space or, quoted, to the closing quote; 0 if it is malformed. */
static size_t value_len(const char *text, size_t len)
{
    const char *found;
    if (text[0] != '"') {
        found = memchr(text, ' ', len);
        return found != NULL ? (size_t)(found - text) : len;
    }
    found = memchr(text + 1, '"', len - 1);
    if (found == NULL || (found + 1 < text + len && found[1] != ' ')) {
        return 0;
    }
    return (size_t)(found + 1 - text);
}

/* Room for one more case. */
static int grow(struct parser *parser)
{
    vectors *v = parser->v;
    if (v->count == parser->capacity) {
        size_t capacity = parser->capacity == 0 ? 64 : 2 * parser->capacity;
        vector_value *values = realloc(v->values, capacity * v->fields * sizeof *values);
        if (values == NULL) {
            return bad(parser, "no memory");
        }
        v->values = values;
        parser->capacity = capacity;
    }
    v->count++;
    return 1;
}

static int parse_case_line(struct parser *parser, const char *line, size_t len)
{
    vectors *v = parser->v;
    size_t at = 0;
    if (line[0] != ' ') {
        if (v->count > 0 && parser->filled < v->fields) {
            return bad(parser, "the case before this line lacks %s", v->field_names[parser->filled]);
        }
        if (!grow(parser)) {
            return 0;
        }
        parser->filled = 0;
    } else if (v->count == 0) {
        return bad(parser, "a continuation of no case");
    }
    while (at < len) {
        size_t value;
        while (at < len && line[at] == ' ') {
            at++;
        }
        if (at == len) {
            return bad(parser, "a space at the end of the line");
        }
        value = value_len(line + at, len - at);
        if (value == 0) {
            return bad(parser, "no closing quote, or no space after it");
        }
        if (parser->filled == v->fields) {
            return bad(parser, "one value too many");
        }
        if (!parse_value(parser, line + at, value, v->types[parser->filled],
                         &v->values[(v->count - 1) * v->fields + parser->filled])) {
            return 0;
        }
        parser->filled++;
        at += value;
    }
    return 1;
}

static int parse_line(struct parser *parser, const char *line, size_t len)
{
    size_t i;
    for (i = 0; i < len; i++) {
        if (line[i] < 0x20 || line[i] > 0x7e) {
            return bad(parser, "character %zu is not printable ASCII", i + 1);
        }
    }
    if (len == 0 || line[0] == '#') {
        return 1;
    }
    return parser->v->fields == 0 ? parse_fields(parser, line, len) : parse_case_line(parser, line, len);
}

static int parse(struct parser *parser)
{
    vectors *v = parser->v;
    while (parser->p < parser->end) {
        const char *line = parser->p;
        const char *newline = memchr(line, '\n', (size_t)(parser->end - line));
        parser->line++;
        if (newline == NULL) {
            return bad(parser, "no newline at the end: is the file complete?");
        }
        parser->p = newline + 1;
        if (!parse_line(parser, line, (size_t)(newline - line))) {
            return 0;
        }
    }
    if (v->count == 0) {
        return bad(parser, "a file without a case");
    }
    return parser->filled == v->fields ? 1 : bad(parser, "the last case lacks %s", v->field_names[parser->filled]);
}

vectors *vectors_parse(const char *name, const char *text, size_t len, const char *fields, char error[VECTORS_ERROR_LEN])
{
    struct parser parser;
    vectors *v = calloc(1, sizeof *v);
    memset(&parser, 0, sizeof parser);
    if (v != NULL) {
        v->store = malloc(len + 1);
    }
    if (v == NULL || v->store == NULL) {
        free(v);
        snprintf(error, VECTORS_ERROR_LEN, "%s: no memory", name);
        return NULL;
    }
    v->name = name;
    parser.v = v;
    parser.error = error;
    parser.expected = fields;
    parser.p = text;
    parser.end = text + len;
    parser.store = v->store;
    if (!parse(&parser)) {
        vectors_close(v);
        return NULL;
    }
    return v;
}

void vectors_close(vectors *v)
{
    free(v->fields_copy);
    free(v->values);
    free(v->store);
    free(v);
}

/* ---- Files */

vectors *vectors_open(const char *name, const char *fields)
{
    const char *dir = getenv("MOTE_TEST_VECTORS");
    char path[1000];
    char *text = NULL;
    size_t len = 0, capacity = 0, got;
    FILE *file;
    char error[VECTORS_ERROR_LEN];
    vectors *v;
    snprintf(path, sizeof path, "%s/%s", dir != NULL ? dir : TEST_VECTORS_DIR, name);
    file = fopen(path, "rb");
    if (file == NULL) {
        test_fail(__FILE__, __LINE__, "%s cannot be opened", path);
    }
    do {
        if (len == capacity) {
            capacity = capacity == 0 ? 65536 : 2 * capacity;
            text = realloc(text, capacity);
            if (text == NULL) {
                test_fail(__FILE__, __LINE__, "%s: no memory", path);
            }
        }
        got = fread(text + len, 1, capacity - len, file);
        len += got;
    } while (got > 0);
    if (ferror(file) || fclose(file) != 0) {
        test_fail(__FILE__, __LINE__, "%s cannot be read", path);
    }
    v = vectors_parse(name, text, len, fields, error);
    free(text);
    if (v == NULL) {
        test_fail(__FILE__, __LINE__, "%s", error);
    }
    return v;
}

/* ---- Access */

static const vector_value *value_of(const vectors *v, size_t i, const char *field, char type)
{
    size_t f;
    for (f = 0; f < v->fields; f++) {
        if (strcmp(v->field_names[f], field) == 0 && v->types[f] == type && i < v->count) {
            return &v->values[i * v->fields + f];
        }
    }
    test_fail(__FILE__, __LINE__, "%s: no field %s of type %c in case %zu", v->name, field, type, i);
}

vector_bytes vector_hex(const vectors *v, size_t i, const char *field)
{
    return value_of(v, i, field, 'h')->bytes;
}

const uint8_t *vector_fixed(const vectors *v, size_t i, const char *field, size_t len)
{
    vector_bytes bytes = vector_hex(v, i, field);
    if (bytes.len != len) {
        test_fail(__FILE__, __LINE__, "%s: %s of case %zu has %zu bytes, not %zu", v->name, field, i, bytes.len, len);
    }
    return bytes.data;
}

unsigned long vector_number(const vectors *v, size_t i, const char *field)
{
    return value_of(v, i, field, 'n')->number;
}

const char *vector_word(const vectors *v, size_t i, const char *field)
{
    return value_of(v, i, field, 'w')->word;
}
