/* test/chip/marshal.c - see test/chip/marshal.h. */
#include "marshal.h"

#include "arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHIP_NAME(name) #name,
const char *const chip_function_name[CHIP_FUNCTION_COUNT] = {CHIP_FUNCTIONS(CHIP_NAME)};

struct chip_call call;
struct region regions[MAX_REGIONS];
size_t region_count;

static size_t arg_count;
static struct region *arg_region[CHIP_MAX_ARGS]; /* NULL for a number */
static int largest;                              /* was a number given that stands for one of the largest? */
static size_t facts[CHIP_FACT_COUNT];
static int started;
struct chip_trace chip_trace;

void chip_fail(const char *format, ...)
{
    va_list arguments;

    fflush(stdout);
    fputs("chip: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputs("\n", stderr);
    fflush(stderr);
    abort();
}

/* ---- Numbers */

int chip_big_endian;

static size_t place_of(size_t i)
{
    return chip_big_endian ? chip_word - 1 - i : i;
}

void put_word(uint8_t *at, size_t value)
{
    for (size_t i = 0; i < chip_word; i++, value >>= 8)
        at[place_of(i)] = (uint8_t)value;
}

size_t get_word(const uint8_t *at)
{
    size_t value = 0;

    for (size_t i = chip_word; i-- > 0;)
        value = value << 8 | at[place_of(i)];
    return value;
}

/* The eighths of the host's number range stand for the eighths of the chip's. */
#define HOST_EIGHTH (SIZE_MAX / 8 + 1)
#define CHIP_EIGHTH ((size_t)1 << (8 * chip_word - 3))

size_t chip_size_max(void)
{
    return 8 * CHIP_EIGHTH - 1;
}

static size_t number_to_chip(size_t number)
{
    const size_t eighth = (number + HOST_EIGHTH / 2) / HOST_EIGHTH; /* 0..8, where 8 wraps to 0 */
    const size_t distance = number - eighth * HOST_EIGHTH;          /* possibly negative */
    const size_t chip = (eighth * CHIP_EIGHTH + distance) & chip_size_max();

    if (number <= chip_size_max())
        return number;
    if (distance + CHIP_EIGHTH / 2 >= CHIP_EIGHTH)
        chip_fail("%s: the chip has no number for %zu", chip_function_name[call.function], number);
    largest = 1;
    return chip;
}

size_t number_from_chip(size_t chip)
{
    const size_t eighth = (chip + CHIP_EIGHTH / 2) / CHIP_EIGHTH;

    return largest ? eighth * HOST_EIGHTH + (chip - eighth * CHIP_EIGHTH) : chip;
}

/* ---- Arguments */

static void begin(enum chip_function function)
{
    memset(call.args, 0, sizeof call.args);
    call.function = function;
    region_count = arg_count = 0;
    largest = 0;
}

static void start(void)
{
    uint8_t words[8 * CHIP_FACT_COUNT] = {0};

    started = 1;
    chip_start();
    begin(CHIP_chip_info);
    call_out(words, CHIP_FACT_COUNT * chip_word);
    call_run();
    for (size_t i = 0; i < CHIP_FACT_COUNT; i++)
        facts[i] = get_word(words + i * chip_word);
}

void call_begin(enum chip_function function)
{
    if (!started)
        start();
    begin(function);
}

size_t call_sizeof(enum chip_fact fact)
{
    if (!started)
        start();
    return facts[fact];
}

const uint8_t *call_stack(size_t *len)
{
    *len = call.stack_len;
    return call.stack;
}

static void add_argument(size_t value, struct region *region)
{
    if (arg_count == CHIP_MAX_ARGS)
        chip_fail("%s: too many arguments", chip_function_name[call.function]);
    call.args[arg_count] = value;
    arg_region[arg_count++] = region;
}

static struct region *add_region(enum kind kind, const void *host, void *host_out, size_t host_len, size_t len)
{
    struct region *region = &regions[region_count++];

    if (region_count > MAX_REGIONS)
        chip_fail("%s: too many buffers", chip_function_name[call.function]);
    region->kind = kind;
    region->host = host;
    region->host_out = host_out;
    region->host_len = host_len;
    region->len = len;
    region->upload = 1;
    return region;
}

void call_number(size_t number)
{
    add_argument(number_to_chip(number), NULL);
}

void call_in(const void *data, size_t len)
{
    add_argument(0, add_region(BUFFER, data, NULL, len, len));
}

void call_out(void *data, size_t len)
{
    add_argument(0, add_region(BUFFER, data, data, len, len));
}

void call_length(size_t *out_len)
{
    add_argument(0, add_region(LENGTH, (uint8_t *)out_len, (uint8_t *)out_len, sizeof *out_len, chip_word));
}

static struct region *add_context(const void *object, void *out, size_t object_len, enum chip_fact fact)
{
    if (facts[fact] > object_len)
        chip_fail("a context takes %zu bytes on the chip, but the host's has %zu", facts[fact], object_len);
    return add_region(CONTEXT, object, out, object_len, facts[fact]);
}

void call_context(void *object, size_t object_len, enum chip_fact fact, enum call_direction direction)
{
    struct region *region = add_context(object, direction == CALL_READ ? NULL : object, object_len, fact);

    region->upload = direction != CALL_WRITE;
    add_argument(0, region);
}

void call_context_const(const void *object, size_t object_len, enum chip_fact fact)
{
    add_argument(0, add_context(object, NULL, object_len, fact));
}

void call_stream(void *stream, size_t stream_len, const void *aes, size_t aes_len, enum call_direction direction)
{
    struct region *region = add_context(stream, stream, stream_len, CHIP_SIZEOF_CBC_STREAM);

    if (facts[CHIP_SIZEOF_CBC_STREAM] - chip_word > stream_len - sizeof(void *))
        chip_fail("a stream takes %zu bytes on the chip", facts[CHIP_SIZEOF_CBC_STREAM]);
    region->kind = STREAM;
    region->upload = direction != CALL_WRITE;
    add_argument(0, region);
    if (aes != NULL && region->upload)
        add_context(aes, NULL, aes_len, CHIP_SIZEOF_AES128);
}

void call_run(void)
{
    arena_fill();
    for (size_t i = 0; i < arg_count; i++) {
        if (arg_region[i] != NULL)
            call.args[i] = arg_region[i]->host == NULL ? 0 : chip_arena_address + arg_region[i]->offset;
    }
    call.low = chip_arena_len;
    memset(&chip_trace, 0, sizeof chip_trace);
    chip_trace.function = call.function;
    chip_run(&call);
    arena_read();
}

size_t call_run_size(void)
{
    call_run();
    return number_from_chip(call.result);
}

int call_run_int(void)
{
    call_run();
    return call.result >= 4 * CHIP_EIGHTH ? -(int)(8 * CHIP_EIGHTH - call.result) : (int)call.result;
}
