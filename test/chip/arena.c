/* test/chip/arena.c - the arguments of a call in the chip's memory, and what the call may change there. */
#define _POSIX_C_SOURCE 200809L /* pipe */
#include "arena.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define GUARD 16                /* bytes between two regions that are apart on the host */
#define TOUCHING 32             /* regions that are no further apart keep their distance on the chip */
#define NOT_WRITTEN 0xa5c396e5u /* what an output length holds before; no test comes near it */

static uint8_t before[CHIP_MAX_ARENA];

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

        if (value != (NOT_WRITTEN & chip_size_max())) {
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
static void check_rest(void)
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

void arena_fill(void)
{
    paint();
    call.used = place();
    for (size_t i = 0; i < region_count; i++)
        upload(&regions[i]);
    memcpy(before, call.arena, chip_arena_len);
}

void arena_read(void)
{
    check_rest();
    for (size_t i = 0; i < region_count; i++)
        download(&regions[i]);
}
