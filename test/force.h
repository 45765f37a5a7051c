/* test/force.h - choosing the backends of a library that has several, by their names (ct/cpu.h).
 *
 * A program that is linked with force.c uses the backends that MOTE_TEST_BACKENDS names, separated by commas, each with its
 * room: "aes=aesni,sha256=ssse3". Where the processor lacks one, the program says so and ends with status 77; an unknown
 * name ends it with status 2. */
#ifndef MOTE_TEST_FORCE_H
#define MOTE_TEST_FORCE_H

/* Is a room's backend named, or none at all? */
int backend_wanted(const char *room, const char *name);

#endif
