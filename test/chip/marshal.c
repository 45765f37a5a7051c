/* test/chip/marshal.c - see test/chip/marshal.h. */
#define _POSIX_C_SOURCE 200809L /* pipe */
#include "marshal.h"

#include "chip.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_REGIONS 16
#define GUARD 16                /* bytes between two regions that are apart on the host */
#define TOUCHING 32             /* regions that are no further apart keep their distance on the chip */
#define NOT_WRITTEN 0xa5c396e5u /* what an output length holds before; no test comes near it */

#define CHIP_NAME(name) #name,
const char *const chip_function_name[CHIP_FUNCTION_COUNT] = {CHIP_FUNCTIONS(CHIP_NAME)};

enum kind { BUFFER, CONTEXT, STREAM, LENGTH };

struct region {
    enum kind kind;
    const uint8_t *host; /* NULL stays NULL */
    uint8_t *host_out;   /* where the result goes, NULL if it is an input */
    size_t host_len;
    size_t len; /* on the chip */
    int upload;
    size_t offset; /* in the arena */
};

static struct chip_call call;
static struct region regions[MAX_REGIONS];
static size_t region_count, arg_count;
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

/* ---- Numbers: little-endian, chip_word bytes long. */

static void put_word(uint8_t *at, size_t value)
{
    for (size_t i = 0; i < chip_word; i++, value >>= 8)
        at[i] = (uint8_t)value;
}

static size_t get_word(const uint8_t *at)
{
    size_t value = 0;

    for (size_t i = chip_word; i-- > 0;)
        value = value << 8 | at[i];
    return value;
}

/* The eighths of the host's number range stand for the eighths of the chip's. */
#define HOST_EIGHTH (SIZE_MAX / 8 + 1)
#define CHIP_EIGHTH ((size_t)1 << (8 * chip_word - 3))

static size_t number_to_chip(size_t number)
{
    const size_t eighth = (number + HOST_EIGHTH / 2) / HOST_EIGHTH; /* 0..8, where 8 wraps to 0 */
    const size_t distance = number - eighth * HOST_EIGHTH;          /* possibly negative */
    const size_t chip = (eighth * CHIP_EIGHTH + distance) & (8 * CHIP_EIGHTH - 1);

    if (number < 8 * CHIP_EIGHTH)
        return number;
    if (distance + CHIP_EIGHTH / 2 >= CHIP_EIGHTH)
        chip_fail("%s: the chip has no number for %zu", chip_function_name[call.function], number);
    largest = 1;
    return chip;
}

static size_t number_from_chip(size_t chip)
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

void call_begin(enum chip_function function)
{
    if (!started) {
        uint8_t words[8 * CHIP_FACT_COUNT] = {0};

        started = 1;
        chip_start();
        begin(CHIP_chip_info);
        call_out(words, CHIP_FACT_COUNT * chip_word);
        call_run();
        for (size_t i = 0; i < CHIP_FACT_COUNT; i++)
            facts[i] = get_word(words + i * chip_word);
    }
    begin(function);
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

/* ---- The arena */

/* A different pattern in every call, so that nothing can depend on what lies about in memory. */
static void paint(void)
{
    static uint32_t state = 0x2545f491;

    for (size_t i = 0; i < chip_arena_len; i += 4) {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        memcpy(call.arena + i, &state, chip_arena_len - i < 4 ? chip_arena_len - i : 4);
    }
}

/* The buffer that comes next in the host's memory after the first `done` ones; NULL when none is left. */
static struct region *next_buffer(const uint8_t *placed)
{
    struct region *next = NULL;

    for (size_t i = 0; i < region_count; i++) {
        struct region *region = &regions[i];

        if (region->kind == BUFFER && region->host != NULL && !placed[i] &&
            (next == NULL || (uintptr_t)region->host < (uintptr_t)next->host))
            next = region;
    }
    return next;
}

/* Give every region its offset; returns how much of the arena that takes. */
static size_t place(void)
{
    uint8_t placed[MAX_REGIONS] = {0};
    const struct region *cluster = NULL; /* where the current run of touching buffers begins */
    size_t end = GUARD;
    struct region *region;

    while ((region = next_buffer(placed)) != NULL) {
        const uintptr_t host = (uintptr_t)region->host;

        if (cluster == NULL || host - (uintptr_t)cluster->host + cluster->offset > end + TOUCHING) {
            cluster = region;
            region->offset = end + GUARD;
            while ((chip_arena_address + region->offset) % 8 != host % 8)
                region->offset++;
        } else {
            region->offset = cluster->offset + (size_t)(host - (uintptr_t)cluster->host);
        }
        if (region->offset + region->len > end)
            end = region->offset + region->len;
        placed[region - regions] = 1;
        if (end > chip_arena_len)
            break;
    }
    for (size_t i = 0; i < region_count; i++) {
        if (regions[i].kind != BUFFER) {
            regions[i].offset = (end + GUARD + 7) & ~(size_t)7;
            end = regions[i].offset + regions[i].len;
        }
    }
    if (end + GUARD > chip_arena_len)
        chip_fail("%s: %zu bytes of arguments, but the chip has room for %zu only (test_max_len)",
                  chip_function_name[call.function], end, chip_arena_len);
    return end + GUARD;
}

static size_t chip_address_of(const void *host)
{
    for (size_t i = 0; i < region_count; i++) {
        if (regions[i].kind == CONTEXT && regions[i].host == host)
            return chip_arena_address + regions[i].offset;
    }
    return 0;
}

static const void *host_address_of(size_t chip)
{
    if (chip == 0)
        return NULL;
    for (size_t i = 0; i < region_count; i++) {
        if (regions[i].kind == CONTEXT && chip_arena_address + regions[i].offset == chip)
            return regions[i].host;
    }
    chip_fail("%s: the stream's AES context points to %zx", chip_function_name[call.function], chip);
}

/* How many of len bytes are really there. A test for overlap may give a buffer that reaches past what there is, since the
 * call has to be refused; writing to a pipe stops at the first byte that cannot be read. */
static size_t readable(const uint8_t *data, size_t len)
{
    size_t done = 0;
    int ends[2];

    if (pipe(ends) != 0)
        chip_fail("no pipe");
    while (done < len) {
        uint8_t sink[4096];
        const ssize_t written = write(ends[1], data + done, len - done < sizeof sink ? len - done : sizeof sink);

        if (written <= 0 || read(ends[0], sink, (size_t)written) != written)
            break;
        done += (size_t)written;
    }
    close(ends[0]);
    close(ends[1]);
    return done;
}

/* Does this buffer share bytes with another without beginning where that begins? */
static int overlaps_another(const struct region *region)
{
    for (size_t i = 0; i < region_count; i++) {
        const struct region *other = &regions[i];

        if (other->kind == BUFFER && other->host != region->host &&
            (uintptr_t)other->host < (uintptr_t)region->host + region->len &&
            (uintptr_t)region->host < (uintptr_t)other->host + other->len)
            return 1;
    }
    return 0;
}

static void upload(struct region *region)
{
    uint8_t *at = call.arena + region->offset;

    if (region->host == NULL || !region->upload)
        return;
    if (region->kind == LENGTH) {
        put_word(at, NOT_WRITTEN);
    } else if (region->kind == STREAM) {
        const void *aes;

        memcpy(&aes, region->host, sizeof aes);
        put_word(at, chip_address_of(aes));
        memcpy(at + chip_word, region->host + sizeof aes, region->len - chip_word);
    } else if (region->len > 0) {
        if (region->kind == BUFFER && overlaps_another(region))
            region->len = readable(region->host, region->len);
        memcpy(at, region->host, region->len);
    }
}

static void download(const struct region *region)
{
    const uint8_t *at = call.arena + region->offset;

    if (region->host_out == NULL)
        return;
    if (region->kind == LENGTH) {
        size_t value = get_word(at);

        if (value != (NOT_WRITTEN & (8 * CHIP_EIGHTH - 1))) {
            value = number_from_chip(value);
            memcpy(region->host_out, &value, sizeof value);
        }
    } else if (region->kind == STREAM) {
        const void *aes = host_address_of(get_word(at));

        memset(region->host_out, 0, region->host_len);
        memcpy(region->host_out, &aes, sizeof aes);
        memcpy(region->host_out + sizeof aes, at + chip_word, region->len - chip_word);
    } else {
        if (region->kind == CONTEXT)
            memset(region->host_out, 0, region->host_len);
        if (region->len > 0)
            memcpy(region->host_out, at, region->len);
    }
}

/* Of all that lies below the stack nothing but the outputs may have changed. */
static void check_rest(uint8_t *before)
{
    for (size_t i = 0; i < region_count; i++) {
        const struct region *region = &regions[i];

        if (region->host_out != NULL && region->len > 0)
            memcpy(before + region->offset, call.arena + region->offset, region->len);
    }
    for (size_t i = 0; i < call.low; i++) {
        if (before[i] == call.arena[i])
            continue;
        fprintf(stderr, "chip: %s changed offset %zu of its memory (%02x to %02x), which is no output. It has\n",
                chip_function_name[call.function], i, before[i], call.arena[i]);
        for (size_t r = 0; r < region_count; r++)
            fprintf(stderr, "    offset %zu, %zu bytes, %s\n", regions[r].offset, regions[r].len,
                    regions[r].host_out != NULL ? "output" : "input");
        chip_fail("unused from offset %zu, stack from %zu", call.used, call.low);
    }
}

void call_run(void)
{
    static uint8_t before[CHIP_MAX_ARENA];

    paint();
    call.used = place();
    for (size_t i = 0; i < region_count; i++)
        upload(&regions[i]);
    for (size_t i = 0; i < arg_count; i++) {
        if (arg_region[i] != NULL)
            call.args[i] = arg_region[i]->host == NULL ? 0 : chip_arena_address + arg_region[i]->offset;
    }
    memcpy(before, call.arena, chip_arena_len);
    call.low = chip_arena_len;
    memset(&chip_trace, 0, sizeof chip_trace);
    chip_trace.function = call.function;
    chip_run(&call);
    check_rest(before);
    for (size_t i = 0; i < region_count; i++)
        download(&regions[i]);
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
