/* test/chip/program.c - the program on the simulated chip: calls what the mailbox names, again and again.
 *
 * It knows nothing of tests, vectors or expected results: those are the host's. */
#include "program.h"

#include <mote/mote.h>

#include <string.h>

#if MOTE_AES_EXTERN
#include "../mock_unit.h"
#endif

struct chip_mailbox chip_mailbox;

#define SIZE(i) (args[i])
#define OUT(i) ((void *)(uintptr_t)args[i])
#define IN(i) ((const void *)(uintptr_t)args[i])
#define LEN(i) ((size_t *)(uintptr_t)args[i])

#define CALL(name, arguments) \
    case CHIP_##name:         \
        name arguments;       \
        return 0
#define CALL_RESULT(name, arguments) \
    case CHIP_##name:                \
        return (size_t)(name arguments)
#define CALL_NAME(name)         \
    case CHIP_##name:           \
        strcpy(OUT(0), name()); \
        return 0

static void chip_info(size_t *facts)
{
    facts[CHIP_SIZEOF_AES128] = sizeof(mote_aes128);
    facts[CHIP_SIZEOF_SHA256] = sizeof(mote_sha256);
    facts[CHIP_SIZEOF_HMAC_KEY] = sizeof(mote_hmac_key);
    facts[CHIP_SIZEOF_HMAC] = sizeof(mote_hmac);
    facts[CHIP_SIZEOF_HKDF] = sizeof(mote_hkdf);
    facts[CHIP_SIZEOF_CBC_STREAM] = sizeof(mote_cbc_stream);
}

static uint64_t counter_from(const uint8_t bytes[8])
{
    uint64_t counter = 0;

    for (uint8_t i = 0; i < 8; i++)
        counter = counter << 8 | bytes[i];
    return counter;
}

/* Floor by floor, so that no one function holds all the calls. Each returns what the function returned; the last,
 * what is unknown to all. */
static size_t call_planted(size_t function, const size_t *args)
{
    switch (function) {
        CALL_RESULT(planted_early_exit, (IN(0), IN(1), SIZE(2)));
        CALL_RESULT(planted_branch, (IN(0), SIZE(1)));
        CALL_RESULT(planted_shift, (IN(0), SIZE(1)));
        CALL_RESULT(planted_table, (IN(0), SIZE(1)));
        CALL_RESULT(planted_unpad, (IN(0), SIZE(1), LEN(2)));
        CALL(planted_overrun, (OUT(0), SIZE(1)));
        CALL(planted_input, (IN(0), SIZE(1)));
        CALL_RESULT(planted_copy, (IN(0), SIZE(1)));
        CALL_RESULT(planted_address, (SIZE(0)));
        CALL(chip_info, (LEN(0)));
#if MOTE_AES_EXTERN
        CALL_RESULT(mock_unit_kind, ());
        CALL(mock_unit_set, ((unsigned)SIZE(0), (unsigned)SIZE(1), (unsigned)SIZE(2)));
        CALL(mock_unit_fail, ((unsigned)SIZE(0), (unsigned)SIZE(1)));
        CALL_RESULT(mock_unit_calls, ());
#endif
        CALL_NAME(mote_aes128_backend);
        CALL_NAME(mote_sha256_backend);
        CALL_NAME(mote_base64_backend);
    default:
        return (size_t)-1;
    }
}

static size_t call_base64(size_t function, const size_t *args)
{
    switch (function) {
        CALL_RESULT(mote_base64_encoded_len, (SIZE(0)));
        CALL_RESULT(mote_base64url_encoded_len, (SIZE(0)));
        CALL_RESULT(mote_base64_encode, (OUT(0), SIZE(1), LEN(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_base64_decode, (OUT(0), SIZE(1), LEN(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_base64url_encode, (OUT(0), SIZE(1), LEN(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_base64url_decode, (OUT(0), SIZE(1), LEN(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_base16_encode, (OUT(0), SIZE(1), LEN(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_base16_decode, (OUT(0), SIZE(1), LEN(2), IN(3), SIZE(4)));
    default:
        return call_planted(function, args);
    }
}

static size_t call_hash(size_t function, const size_t *args)
{
    switch (function) {
        CALL_RESULT(mote_ct_equal, (IN(0), IN(1), SIZE(2)));
        CALL(mote_wipe, (OUT(0), SIZE(1)));
        CALL(mote_sha256_init, (OUT(0)));
        CALL(mote_sha256_update, (OUT(0), IN(1), SIZE(2)));
        CALL(mote_sha256_final, (OUT(0), OUT(1)));
        CALL(mote_sha256_digest, (OUT(0), IN(1), SIZE(2)));
        CALL(mote_hmac_key_init, (OUT(0), IN(1), SIZE(2)));
        CALL(mote_hmac_init, (OUT(0), IN(1)));
        CALL(mote_hmac_update, (OUT(0), IN(1), SIZE(2)));
        CALL(mote_hmac_final, (OUT(0), OUT(1)));
        CALL_RESULT(mote_hmac_verify, (OUT(0), IN(1), SIZE(2)));
        CALL(mote_hmac_sha256, (OUT(0), IN(1), SIZE(2), IN(3), SIZE(4)));
        CALL(mote_hmac_key_wipe, (OUT(0)));
        CALL(mote_hkdf_extract, (OUT(0), IN(1), SIZE(2), IN(3), SIZE(4)));
        CALL(mote_hkdf_from_prk, (OUT(0), IN(1)));
        CALL_RESULT(mote_hkdf_expand, (IN(0), OUT(1), SIZE(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_hkdf_sha256, (OUT(0), SIZE(1), IN(2), SIZE(3), IN(4), SIZE(5), IN(6), SIZE(7)));
        CALL_RESULT(mote_hkdf_device_key, (IN(0), OUT(1), SIZE(2), IN(3), IN(4), SIZE(5)));
        CALL(mote_hkdf_wipe, (OUT(0)));
    default:
        return call_base64(function, args);
    }
}

static __attribute__((noinline)) size_t call_cipher(size_t function, const size_t *args)
{
    switch (function) {
        CALL_RESULT(mote_aes128_init, (OUT(0), IN(1)));
        CALL(mote_aes128_encrypt_block, (IN(0), OUT(1), IN(2)));
        CALL(mote_aes128_decrypt_block, (IN(0), OUT(1), IN(2)));
        CALL(mote_aes128_wipe, (OUT(0)));
        CALL_RESULT(mote_cbc_encrypt, (IN(0), IN(1), OUT(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_cbc_decrypt, (IN(0), IN(1), OUT(2), IN(3), SIZE(4)));
        CALL_RESULT(mote_pkcs7_padded_len, (SIZE(0)));
        CALL_RESULT(mote_cbc_pkcs7_encrypt, (IN(0), IN(1), OUT(2), SIZE(3), LEN(4), IN(5), SIZE(6)));
        CALL_RESULT(mote_cbc_pkcs7_decrypt, (IN(0), IN(1), OUT(2), SIZE(3), LEN(4), IN(5), SIZE(6)));
        CALL_RESULT(mote_pkcs7_unpad, (IN(0), SIZE(1), LEN(2)));
        CALL(mote_cbc_encrypt_init, (OUT(0), IN(1), IN(2)));
        CALL(mote_cbc_decrypt_init, (OUT(0), IN(1), IN(2)));
        CALL_RESULT(mote_cbc_update, (OUT(0), OUT(1), SIZE(2), LEN(3), IN(4), SIZE(5)));
        CALL_RESULT(mote_cbc_final, (OUT(0), OUT(1), SIZE(2), LEN(3)));
        CALL(mote_cbc_stream_wipe, (OUT(0)));
        CALL(mote_cbc_iv_from_counter, (IN(0), OUT(1), counter_from(IN(2))));
        CALL_RESULT(mote_cbc_hmac_encrypt, (IN(0), IN(1), OUT(2), SIZE(3), LEN(4), OUT(5), IN(6), SIZE(7), IN(8), SIZE(9)));
        CALL_RESULT(mote_cbc_hmac_decrypt, (IN(0), IN(1), OUT(2), SIZE(3), LEN(4), IN(5), SIZE(6), IN(7), IN(8), SIZE(9)));
        CALL_RESULT(mote_sealed_len, (SIZE(0)));
        CALL_RESULT(mote_seal, (IN(0), IN(1), OUT(2), SIZE(3), LEN(4), IN(5), SIZE(6), IN(7), SIZE(8)));
        CALL_RESULT(mote_open, (IN(0), OUT(1), SIZE(2), LEN(3), IN(4), SIZE(5), IN(6), SIZE(7)));
    default:
        return call_hash(function, args);
    }
}

#if defined(__AVR__)
#define APART 1
#else
#define APART 448
#endif

/* So far below main that chip_ready, which is called from there, does not write over what a function leaves on the stack. */
static __attribute__((noinline)) size_t call_apart(size_t function, const size_t *args)
{
    volatile uint8_t space[APART];

    space[0] = 0;
    return call_cipher(function, args) + space[0];
}

int main(void)
{
    for (;;) {
        chip_ready();
        chip_mailbox.result = call_apart(chip_mailbox.function, chip_mailbox.args);
    }
}
