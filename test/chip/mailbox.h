/* test/chip/mailbox.h - what the host and the program on the simulated chip agree on.
 *
 * The host writes a function and its arguments into chip_mailbox, lets the chip run from one chip_ready to the next, and
 * reads the result there. Pointers among the arguments point into the chip's free memory, which the host fills before
 * and looks through afterwards. */
#ifndef CHIP_MAILBOX_H
#define CHIP_MAILBOX_H

#include <stddef.h>
#include <stdint.h>

#define CHIP_MAX_ARGS 10

struct chip_mailbox {
    size_t function; /* enum chip_function */
    size_t result;   /* what the function returned: a size_t, or an int converted to one */
    size_t args[CHIP_MAX_ARGS];
};

/* Every function that the chip can call. An argument is a size_t, a pointer, or, for the counter of
 * mote_cbc_iv_from_counter, a pointer to 8 bytes, big-endian. A name (mote_*_backend) is copied to where the first argument
 * points. chip_info writes
 * an array of size_t there, indexed by enum chip_fact. The planted functions are in test/chip/planted.c; those of the AES unit
 * (test/mock_unit.h) are there only where the library has MOTE_AES_EXTERN. */
#define CHIP_FUNCTIONS(F)         \
    F(chip_info)                  \
    F(mote_ct_equal)              \
    F(mote_wipe)                  \
    F(mote_aes128_init)           \
    F(mote_aes128_encrypt_block)  \
    F(mote_aes128_decrypt_block)  \
    F(mote_aes128_wipe)           \
    F(mote_aes128_backend)        \
    F(mote_sha256_init)           \
    F(mote_sha256_update)         \
    F(mote_sha256_final)          \
    F(mote_sha256_digest)         \
    F(mote_sha256_backend)        \
    F(mote_hmac_key_init)         \
    F(mote_hmac_init)             \
    F(mote_hmac_update)           \
    F(mote_hmac_final)            \
    F(mote_hmac_verify)           \
    F(mote_hmac_sha256)           \
    F(mote_hmac_key_wipe)         \
    F(mote_hkdf_extract)          \
    F(mote_hkdf_from_prk)         \
    F(mote_hkdf_expand)           \
    F(mote_hkdf_sha256)           \
    F(mote_hkdf_device_key)       \
    F(mote_hkdf_wipe)             \
    F(mote_cbc_encrypt)           \
    F(mote_cbc_decrypt)           \
    F(mote_pkcs7_padded_len)      \
    F(mote_cbc_pkcs7_encrypt)     \
    F(mote_cbc_pkcs7_decrypt)     \
    F(mote_pkcs7_unpad)           \
    F(mote_cbc_encrypt_init)      \
    F(mote_cbc_decrypt_init)      \
    F(mote_cbc_update)            \
    F(mote_cbc_final)             \
    F(mote_cbc_stream_wipe)       \
    F(mote_cbc_iv_from_counter)   \
    F(mote_cbc_hmac_encrypt)      \
    F(mote_cbc_hmac_decrypt)      \
    F(mote_sealed_len)            \
    F(mote_seal)                  \
    F(mote_open)                  \
    F(mote_base64_encoded_len)    \
    F(mote_base64url_encoded_len) \
    F(mote_base64_encode)         \
    F(mote_base64_decode)         \
    F(mote_base64url_encode)      \
    F(mote_base64url_decode)      \
    F(mote_base16_encode)         \
    F(mote_base16_decode)         \
    F(mote_base64_backend)        \
    F(planted_early_exit)         \
    F(planted_branch)             \
    F(planted_shift)              \
    F(planted_table)              \
    F(planted_unpad)              \
    F(planted_overrun)            \
    F(planted_input)              \
    F(planted_address)            \
    F(planted_copy)               \
    F(mock_unit_kind)             \
    F(mock_unit_set)              \
    F(mock_unit_fail)             \
    F(mock_unit_calls)

#define CHIP_ENUMERATOR(name) CHIP_##name,
enum chip_function { CHIP_FUNCTIONS(CHIP_ENUMERATOR) CHIP_FUNCTION_COUNT };

/* What chip_info writes, as size_t: the sizes of the chip's contexts. */
enum chip_fact {
    CHIP_SIZEOF_AES128,
    CHIP_SIZEOF_SHA256,
    CHIP_SIZEOF_HMAC_KEY,
    CHIP_SIZEOF_HMAC,
    CHIP_SIZEOF_HKDF,
    CHIP_SIZEOF_CBC_STREAM,
    CHIP_FACT_COUNT
};

#endif
