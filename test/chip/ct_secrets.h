/* test/chip/ct_secrets.h - random secrets for the constant-time check, the same in every run.
 *
 * Lengths are fixed, since they are public. Where something is accepted or refused, about half of the runs are of either
 * kind, and what is refused is wrong in a random place: one bit of a tag, one byte of a padding, one character. */
#ifndef CHIP_CT_SECRETS_H
#define CHIP_CT_SECRETS_H

#include <mote/status.h>

#define LEN 80 /* of messages: five blocks */
#define AAD_LEN 13

extern uint8_t key[32], iv[16], message[LEN + 16], sealed[LEN + 48], out[2 * LEN + 2];
extern size_t out_len;
extern uint64_t refusal; /* what else becomes public by the course of a call: a number below 256, at first 0 */
extern const uint8_t aad[AAD_LEN];

uint64_t random64(void);
size_t below(size_t bound);

/* New random key, IV and message. */
void new_secrets(void);

/* Give the last block of data a padding: a valid one of random length, or, in about half of all cases, such a one with one
 * wrong bit or another last byte. */
void random_padding(uint8_t *data, size_t len);

/* What a result says in public: the status, out_len, and refusal. */
uint64_t outcome(mote_status status);

/* For a setup that has to succeed if the case is to mean anything. */
void expect_ok(mote_status status);

#endif
