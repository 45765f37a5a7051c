/* test/mock_unit.h - a chip's AES unit that tests may break (test/mock_unit.c), for a library with MOTE_AES_EXTERN.
 *
 * On a simulated chip the unit is there, and these functions are called through the proxy like the library's. */
#ifndef MOTE_TEST_MOCK_UNIT_H
#define MOTE_TEST_MOCK_UNIT_H

/* Which function of mote/aes_extern.h the library was built to call. */
enum { UNIT_BLOCKS, UNIT_ENCRYPT_ONLY, UNIT_CBC };
unsigned mock_unit_kind(void);

/* What the unit gets wrong; those up to UNIT_KEY_1 in one bit, 0..127. */
enum {
    UNIT_OUTPUT, /* the bit of each block of output is turned over */
    UNIT_INPUT_0,
    UNIT_INPUT_1, /* of input, stuck at 0 or 1 */
    UNIT_KEY_0,
    UNIT_KEY_1,   /* of the key */
    UNIT_ORDER,   /* the bytes of each word of output come in the other order */
    UNIT_FIRST,   /* blocks after the first stay as they were */
    UNIT_FAULTS,
    UNIT_RIGHT = UNIT_FAULTS
};
enum { UNIT_ENCRYPTS = 1, UNIT_DECRYPTS = 2 };

/* From now on the unit has this fault in these directions; it fails at no call, and none has been counted. */
void mock_unit_set(unsigned fault, unsigned bit, unsigned directions);
/* The call after so many works fails, and so do those after it, count in all; a failing call has written something. */
void mock_unit_fail(unsigned working, unsigned count);
/* Calls since mock_unit_set or mock_unit_fail, those that failed included. */
unsigned mock_unit_calls(void);

#endif
