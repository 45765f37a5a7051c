/* test/force.c - choosing the backends of a library that has several (test/force.h). */
#include "force.h"

#include "../aes/aes_backend.h"
#include "../base64/base64_backend.h"
#include "../sha256/sha256_backend.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef const char *names(unsigned index);
typedef int forcer(unsigned index);

/* Is the item "ROOM=NAME", len characters long? */
static int is(const char *item, size_t len, const char *room, const char *name)
{
    const size_t room_len = strlen(room), name_len = strlen(name);

    return len == room_len + 1 + name_len && memcmp(item, room, room_len) == 0 && item[room_len] == '=' &&
           memcmp(item + room_len + 1, name, name_len) == 0;
}

int backend_wanted(const char *room, const char *name)
{
    const char *item = getenv("MOTE_TEST_BACKENDS");

    if (item == NULL || *item == '\0')
        return 1;
    while (*item != '\0') {
        const size_t len = strcspn(item, ",");

        if (is(item, len, room, name))
            return 1;
        item += len + (item[len] == ',');
    }
    return 0;
}

/* Returns 1 if the item is a backend of this room, and uses it then. */
static int force_in_room(const char *room, names *name_of, forcer *force, const char *item, size_t len)
{
    for (unsigned index = 0; name_of(index) != NULL; index++) {
        if (is(item, len, room, name_of(index))) {
            if (!force(index)) {
                printf("skipped: this processor cannot run %.*s\n", (int)len, item);
                exit(77);
            }
            return 1;
        }
    }
    return 0;
}

/* Before main, so that a suite knows nothing of it. */
__attribute__((constructor)) static void force_backends(void)
{
    const char *item = getenv("MOTE_TEST_BACKENDS");

    while (item != NULL && *item != '\0') {
        const size_t len = strcspn(item, ",");

        if (!force_in_room("aes", mote_aes128_backend_name, mote_aes128_backend_force, item, len) &&
#if !MOTE_SHA256_SINGLE_BACKEND /* as on 32-bit Arm */
            !force_in_room("sha256", mote_sha256_backend_name, mote_sha256_backend_force, item, len) &&
#endif
            !force_in_room("base64", mote_base64_backend_name, mote_base64_backend_force, item, len)) {
            fprintf(stderr, "no backend is called %.*s\n", (int)len, item);
            exit(2);
        }
        item += len + (item[len] == ',');
    }
}
