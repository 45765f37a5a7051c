/* test/cipher_cases.h - every operation that stands on the block cipher behind one signature, so that a cipher that fails is one
 * loop over all of them. Shared by the suites of such ciphers, which define before it
 *   LEN      of the message, in bytes, no whole number of blocks
 *   PADDED   of its ciphertext */
#ifndef MOTE_TEST_CIPHER_CASES_H
#define MOTE_TEST_CIPHER_CASES_H

#include <mote/mote.h>

#include "support.h"

/* The message, its ciphertext and tag, and the packet; aes has the key of the ciphertext, so that its padding is right. */
static uint8_t key[32], iv[16], message[LEN], ct[PADDED], tag[16], sealed[PADDED + 32];
static const uint8_t aad[3] = {3, 1, 4};
static mote_aes128 aes;
/* What an operation writes, and a copy of what stood there. */
static uint8_t *out, *out_tag, *before;
static size_t out_len;

/* What the operations take, from key, iv and message; the cipher must work. */
static void make_inputs(void)
{
    size_t len;
    CHECK_INT(mote_cbc_hmac_encrypt(key, iv, ct, sizeof ct, &len, tag, message, LEN, aad, sizeof aad), MOTE_OK);
    CHECK_INT(mote_seal(key, iv, sealed, sizeof sealed, &len, message, LEN, aad, sizeof aad), MOTE_OK);
    CHECK_INT(mote_aes128_init(&aes, key + 16), MOTE_OK);
}

static void fresh_outputs(void)
{
    guards_release();
    out = guarded(sizeof sealed);
    out_tag = guarded(16);
    before = guarded(sizeof sealed);
    out_len = 99;
}

/* The operations. Those without a length set it as the others do. */

static mote_status cbc_encrypt(void)
{
    const mote_status status = mote_cbc_encrypt(&aes, iv, out, ct, PADDED);
    out_len = status == MOTE_OK ? PADDED : 0;
    return status;
}

static mote_status cbc_decrypt(void)
{
    const mote_status status = mote_cbc_decrypt(&aes, iv, out, ct, PADDED);
    out_len = status == MOTE_OK ? PADDED : 0;
    return status;
}

static mote_status pkcs7_encrypt(void)
{
    return mote_cbc_pkcs7_encrypt(&aes, iv, out, PADDED, &out_len, message, LEN);
}

static mote_status pkcs7_decrypt(void)
{
    return mote_cbc_pkcs7_decrypt(&aes, iv, out, PADDED, &out_len, ct, PADDED);
}

static mote_status hmac_encrypt(void)
{
    return mote_cbc_hmac_encrypt(key, iv, out, PADDED, &out_len, out_tag, message, LEN, aad, sizeof aad);
}

static mote_status hmac_decrypt(void)
{
    return mote_cbc_hmac_decrypt(key, iv, out, PADDED, &out_len, ct, PADDED, tag, aad, sizeof aad);
}

static mote_status seal(void)
{
    return mote_seal(key, iv, out, sizeof sealed, &out_len, message, LEN, aad, sizeof aad);
}

static mote_status open_packet(void)
{
    return mote_open(key, out, PADDED, &out_len, sealed, sizeof sealed, aad, sizeof aad);
}

static const struct {
    mote_status (*make)(void);
    size_t room; /* of out */
} operations[] = {{cbc_encrypt, PADDED},  {cbc_decrypt, PADDED},  {pkcs7_encrypt, PADDED}, {pkcs7_decrypt, PADDED},
                  {hmac_encrypt, PADDED}, {hmac_decrypt, PADDED}, {seal, sizeof sealed},   {open_packet, PADDED}};

#define OPERATIONS (sizeof operations / sizeof *operations)

/* After an operation for which the cipher failed: no length, and nothing in out or beside it. */
static void check_no_output(size_t room)
{
    CHECK_INT(out_len, 0);
    CHECK_NO_OUTPUT(out, before, room);
    CHECK_FILLED(out + room, TEST_FILL, sizeof sealed - room);
    CHECK_FILLED(out_tag, TEST_FILL, 16);
}

#endif
