/* Unpadding says what RFC 5652 section 6.3 says, for every content of the last two blocks and every length up to three. */
#include "contracts.h"

void prove_unpad_verdict(void)
{
    uint8_t data[48];
    size_t len = nondet_size_t(), out_len = nondet_size_t(), expected_len = 0;
    mote_status status, expected = MOTE_ERR_LENGTH;

    __CPROVER_assume(len <= 48);
    if (len == 16 || len == 32 || len == 48) {
        const uint8_t n = data[len - 1];
        _Bool valid = n >= 1 && n <= 16;

        for (size_t i = 1; i <= 16; i++)
            if (valid && i <= n && data[len - i] != n)
                valid = 0;
        expected = valid ? MOTE_OK : MOTE_ERR_PADDING;
        expected_len = valid ? len - n : 0;
    }
    status = mote_pkcs7_unpad(data, len, &out_len);
    __CPROVER_assert(status == expected, "verdict");
    __CPROVER_assert(out_len == expected_len, "length");
    END();
}

/* The padded length is the next multiple of 16, for every length. */
void prove_padded_len(void)
{
    const size_t len = nondet_size_t(), padded = mote_pkcs7_padded_len(len);

    if (len > SIZE_MAX - 16)
        __CPROVER_assert(padded == 0, "none");
    else
        __CPROVER_assert(padded % 16 == 0 && padded > len && padded - len <= 16, "padded");
    END();
}
