/* test/arch/planted.h - undefined behaviour wherever the library declares an outcome public, for the test that a build which
 * traps does trap. Included before everything else. */
#ifndef CHIP_PLANTED_H
#define CHIP_PLANTED_H

static volatile int mote_planted_bits = 32;
#define MOTE_DECLASSIFY(data, len) ((void)(data), (void)(1 << mote_planted_bits))

#endif
