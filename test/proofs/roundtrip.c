/* Base64, Base64url and Base16: decode(encode(x)) == x, and encode(decode(t)) == t for every text t that is accepted. Of every
 * length up to TEXT_MAX characters: every tail. */
#include "contracts.h"

#ifndef TEXT_MAX
#define TEXT_MAX 4
#endif

#if defined(CASE_URL)
#define ENCODE mote_base64url_encode
#define DECODE mote_base64url_decode
#elif defined(CASE_HEX)
#define ENCODE mote_base16_encode
#define DECODE mote_base16_decode
#else
#define ENCODE mote_base64_encode
#define DECODE mote_base64_decode
#endif

/* Lengths that CBMC knows: it divides them itself. */
static void divided(size_t len)
{
    dividend = len;
    quotient = len / 3;
    remainder3 = len % 3;
}

static void bytes_come_back(size_t len)
{
    uint8_t x[3], y[TEXT_MAX];
    char text[2 * TEXT_MAX];
    size_t text_len, n;

    divided(len);
    __CPROVER_assert(ENCODE(text, sizeof text, &text_len, x, len) == MOTE_OK, "encoded");
    __CPROVER_assert(text[text_len] == 0, "NUL");
    __CPROVER_assert(DECODE(y, sizeof y, &n, text, text_len) == MOTE_OK, "accepted");
    __CPROVER_assert(n == len, "length");
    for (size_t i = 0; i < len; i++)
        __CPROVER_assert(y[i] == x[i], "decode(encode(x)) == x");
}

static void bytes_give_text(const uint8_t *x, size_t n, const char *t, size_t len)
{
    char u[2 * TEXT_MAX];
    size_t text_len;

    divided(n);
    __CPROVER_assert(ENCODE(u, sizeof u, &text_len, x, n) == MOTE_OK, "encoded");
    __CPROVER_assert(text_len == len, "length");
    for (size_t i = 0; i < len; i++) {
        char c = t[i];

#if defined(CASE_HEX) /* which is written in lower case */
        if (c >= 'A' && c <= 'F')
            c = (char)(c + 'a' - 'A');
#endif
        __CPROVER_assert(u[i] == c, "encode(decode(t)) == t");
    }
}

static void text_comes_back(size_t len)
{
    char t[TEXT_MAX];
    uint8_t x[TEXT_MAX];
    size_t n;

    if (DECODE(x, sizeof x, &n, t, len) != MOTE_OK)
        return;
    __CPROVER_assert(n <= 3, "no more than three bytes");
    for (size_t bytes = 0; bytes <= 3; bytes++) /* a length that CBMC knows makes much less of it */
        if (n == bytes)
            bytes_give_text(x, bytes, t, len);
}

#if defined(CASE_BYTES1)
#define LEN 1
#elif defined(CASE_BYTES2)
#define LEN 2
#elif defined(CASE_BYTES3)
#define LEN 3
#endif

/* A length of bytes in each run, the longest text, or all that is shorter. */
void prove_roundtrip(void)
{
#if defined(LEN)
    bytes_come_back(LEN);
#elif defined(CASE_LONGEST)
    text_comes_back(TEXT_MAX);
#else
    bytes_come_back(0);
    for (size_t len = 0; len < TEXT_MAX; len++)
        text_comes_back(len);
#endif
    END();
}
