/* test/guard.c - buffers that notice when something is read or written beside them (test/support.h).
 *
 * Every buffer lies in a mapping of its own between two pages that may not be touched. Mappings are kept for reuse,
 * since most tests need a few small buffers thousands of times. */
#define _DEFAULT_SOURCE /* mmap and MAP_ANONYMOUS */
#include "support.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define GUARD_BYTE 0xb7
#define GUARD_LEN 192
#define MAX_BUFFERS 64
#define USUAL_SPACE 32768 /* a multiple of every usual page size up to 32 KiB; longer buffers get more */

struct buffer {
    uint8_t *map;
    size_t map_len;
    uint8_t *data; /* NULL while the mapping waits for reuse */
    size_t len;
    size_t before; /* guard bytes on each side */
    size_t after;
};

static struct buffer buffers[MAX_BUFFERS];

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static void unmap(struct buffer *buffer)
{
    if (buffer->map != NULL) {
        munmap(buffer->map, buffer->map_len);
    }
    memset(buffer, 0, sizeof *buffer);
}

/* A mapping with room for len bytes between its two closed pages. */
static struct buffer *take(size_t len)
{
    size_t page = page_size();
    size_t space = USUAL_SPACE < page ? page : USUAL_SPACE;
    struct buffer *buffer = NULL;
    size_t i;
    for (i = 0; i < MAX_BUFFERS && buffer == NULL; i++) {
        if (buffers[i].data == NULL) {
            buffer = &buffers[i];
        }
    }
    if (buffer == NULL) {
        test_fail(__FILE__, __LINE__, "more than %d buffers: guards_release in the loop?", MAX_BUFFERS);
    }
    while (space < len) {
        space *= 2;
    }
    if (buffer->map_len < space + 2 * page) {
        void *map;
        unmap(buffer);
        map = mmap(NULL, space + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (map == MAP_FAILED || mprotect((uint8_t *)map + page, space, PROT_READ | PROT_WRITE) != 0) {
            test_fail(__FILE__, __LINE__, "no memory for a buffer of %zu bytes", len);
        }
        buffer->map = map;
        buffer->map_len = space + 2 * page;
    }
    return buffer;
}

static uint8_t *place(struct buffer *buffer, uint8_t *data, size_t len, size_t after)
{
    buffer->data = data;
    buffer->len = len;
    buffer->before = GUARD_LEN;
    buffer->after = after;
    memset(data - GUARD_LEN, GUARD_BYTE, GUARD_LEN);
    memset(data, TEST_FILL, len);
    memset(data + len, GUARD_BYTE, after);
    return data;
}

uint8_t *guarded(size_t len)
{
    struct buffer *buffer = take(len + GUARD_LEN);
    uint8_t *end = buffer->map + buffer->map_len - page_size();
    return place(buffer, end - len, len, 0);
}

uint8_t *guarded_at(size_t len, size_t offset)
{
    struct buffer *buffer = take(len + 2 * GUARD_LEN + 64);
    uint8_t *begin = buffer->map + page_size(); /* GUARD_LEN is a multiple of 64 */
    return place(buffer, begin + GUARD_LEN + offset % 64, len, GUARD_LEN);
}

uint8_t *guarded_copy(const void *data, size_t len)
{
    uint8_t *copy = guarded(len);
    if (len > 0) {
        memcpy(copy, data, len);
    }
    return copy;
}

uint8_t *guarded_random(size_t len)
{
    uint8_t *data = guarded(len);
    test_random(data, len);
    return data;
}

/* The first buffer beside which something was written, or NULL. */
static const struct buffer *damaged(void)
{
    size_t i, j;
    for (i = 0; i < MAX_BUFFERS; i++) {
        const struct buffer *buffer = &buffers[i];
        for (j = 0; buffer->data != NULL && j < buffer->before; j++) {
            if (*(buffer->data - 1 - j) != GUARD_BYTE) {
                return buffer;
            }
        }
        for (j = 0; buffer->data != NULL && j < buffer->after; j++) {
            if (buffer->data[buffer->len + j] != GUARD_BYTE) {
                return buffer;
            }
        }
    }
    return NULL;
}

int guards_intact(void)
{
    return damaged() == NULL;
}

/* Not counted as a check: a suite's count tells what it asked of the library. */
void guards_check(void)
{
    const struct buffer *buffer = damaged();
    if (buffer != NULL) {
        test_fail(__FILE__, __LINE__, "something was written beside a buffer of %zu bytes", buffer->len);
    }
}

void guards_forget(void)
{
    size_t i;
    for (i = 0; i < MAX_BUFFERS; i++) {
        buffers[i].data = NULL;
        if (buffers[i].map_len > USUAL_SPACE + 2 * page_size()) {
            unmap(&buffers[i]);
        }
    }
}

void guards_release(void)
{
    guards_check();
    guards_forget();
}
