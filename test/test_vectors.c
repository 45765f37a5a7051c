/* test/test_vectors.c - the tests of the tests: the strict reader of vector files and the guarded buffers. */
#define _DEFAULT_SOURCE /* fork */
#include "support.h"
#include "vectors.h"

#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#define FIELDS "case:number secret:hex kind:word"
#define HEAD "fields: " FIELDS "\n"

static vectors *parse(const char *text, char error[VECTORS_ERROR_LEN])
{
    return vectors_parse("file", text, strlen(text), FIELDS, error);
}

START_TEST(good_file)
{
    static const char text[] = "# comment\n\n" HEAD "1 0aff word-1\n\n# between\n20\n  \"a b\"\n# inside\n  w_2\n"
                               "999999999 - x\n";
    char error[VECTORS_ERROR_LEN] = "";
    vectors *v = parse(text, error);
    test_note("%s", error);
    CHECK(v != NULL);
    CHECK_INT(v->count, 3);
    CHECK_INT(vector_number(v, 0, "case"), 1);
    CHECK_INT(vector_number(v, 1, "case"), 20);
    CHECK_INT(vector_number(v, 2, "case"), 999999999);
    CHECK_MEM(vector_fixed(v, 0, "secret", 2), "\x0a\xff", 2);
    CHECK_MEM(vector_fixed(v, 1, "secret", 3), "a b", 3);
    CHECK_INT(vector_hex(v, 2, "secret").len, 0);
    CHECK(vector_hex(v, 2, "secret").data != NULL);
    CHECK(strcmp(vector_word(v, 0, "kind"), "word-1") == 0);
    CHECK(strcmp(vector_word(v, 1, "kind"), "w_2") == 0);
    CHECK(strcmp(vector_word(v, 2, "kind"), "x") == 0);
    vectors_close(v);
}
END_TEST

/* More cases than the reader first makes room for. */
START_TEST(many_cases)
{
    static char text[20000];
    char error[VECTORS_ERROR_LEN] = "";
    vectors *v;
    size_t used = (size_t)sprintf(text, "%s", HEAD), i;
    for (i = 0; i < 1000; i++) {
        used += (size_t)sprintf(text + used, "%zu %04zx k%zu\n", i, i, i);
    }
    v = vectors_parse("file", text, used, FIELDS, error);
    test_note("%s", error);
    CHECK(v != NULL);
    CHECK_INT(v->count, 1000);
    for (i = 0; i < 1000; i++) {
        const uint8_t bytes[2] = {(uint8_t)(i >> 8), (uint8_t)i};
        char word[8];
        sprintf(word, "k%zu", i);
        CHECK(vector_number(v, i, "case") == i && memcmp(vector_fixed(v, i, "secret", 2), bytes, 2) == 0 &&
              strcmp(vector_word(v, i, "kind"), word) == 0);
    }
    vectors_close(v);
}
END_TEST

START_TEST(malformed_files)
{
    static const struct {
        const char *text, *error;
    } cases[] = {
        {"", "file:0: a file without a case"},
        {"# only a comment\n", "file:1: a file without a case"},
        {HEAD, "file:1: a file without a case"},
        {"1 00 w\n", "file:1: the first line must be"},
        {"Fields: " FIELDS "\n1 00 w\n", "file:1: the first line must be"},
        {"fields:\n1 00 w\n", "file:1: the first line must be"},
        {"fields: case:number secret:hex\n1 00\n", "file:1: the fields must be"},
        {"fields: case:number secret:hex kind:word more:hex\n1 00 w 00\n", "file:1: the fields must be"},
        {"fields: case:number other:hex kind:word\n1 00 w\n", "file:1: the fields must be"},
        {"fields: case:hex secret:hex kind:word\n01 00 w\n", "file:1: the fields must be"},
        {HEAD HEAD "1 00 w\n", "file:2: not a number"},
        {HEAD "1 00\n", "file:2: the last case lacks kind"},
        {HEAD "1\n2 00 w\n", "file:3: the case before this line lacks secret"},
        {HEAD "1 00 w 00\n", "file:2: one value too many"},
        {HEAD "1 00 w\n  w\n", "file:3: one value too many"},
        {HEAD "  1 00 w\n", "file:2: a continuation of no case"},
        {HEAD "1 00 w", "file:2: no newline at the end"},
        {HEAD "1 00 w\n2 0", "file:3: no newline at the end"},
        {HEAD "1 00 w \n", "file:2: a space at the end"},
        {HEAD "1 00 w\n \n", "file:3: a space at the end"},
        {HEAD "1 000 w\n", "file:2: an odd number of hexadecimal digits"},
        {HEAD "1 0g w\n", "file:2: not hexadecimal"},
        {HEAD "1 0A w\n", "file:2: not hexadecimal"},
        {HEAD "1 -- w\n", "file:2: not hexadecimal"},
        {HEAD "1 \"a w\n", "file:2: no closing quote"},
        {HEAD "1 \" w\n", "file:2: no closing quote"},
        {HEAD "1 \"a\"00 w\n", "file:2: no closing quote"},
        {HEAD "1 \"\" w\n", "file:2: no bytes are written -"},
        {HEAD "x 00 w\n", "file:2: not a number"},
        {HEAD "-1 00 w\n", "file:2: not a number"},
        {HEAD "1000000000 00 w\n", "file:2: not a number"},
        {HEAD "1 00 W\n", "file:2: not a word"},
        {HEAD "1 00 \"w\"\n", "file:2: not a word"},
        {HEAD "1 00 w\r\n", "file:2: character 7 is not printable"},
        {HEAD "1\t00 w\n", "file:2: character 2 is not printable"},
        {HEAD "# \xc3\xa4\n1 00 w\n", "file:2: character 3 is not printable"},
    };
    size_t i;
    for (i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char error[VECTORS_ERROR_LEN] = "";
        vectors *v = parse(cases[i].text, error);
        test_note("case %zu: \"%s\" gives \"%s\"", i, cases[i].text, error);
        CHECK(v == NULL);
        CHECK(strncmp(error, cases[i].error, strlen(cases[i].error)) == 0);
    }
}
END_TEST

/* A NUL byte ends no line and no file. */
START_TEST(nul_in_file)
{
    static const char text[] = HEAD "1 00 w\0\n";
    char error[VECTORS_ERROR_LEN] = "";
    CHECK(vectors_parse("file", text, sizeof text - 1, FIELDS, error) == NULL);
    CHECK(strcmp(error, "file:2: character 7 is not printable ASCII") == 0);
}
END_TEST

/* Every beginning of a good file is refused, unless it ends with a whole case; and none is read past its end. */
START_TEST(truncated_files)
{
    static const char text[] = HEAD "1 0aff word\n20 \"a b\"\n  w\n";
    size_t len;
    for (len = 0; len < sizeof text; len++) {
        char error[VECTORS_ERROR_LEN] = "";
        const char *part = (const char *)guarded_copy(text, len);
        vectors *v = vectors_parse("file", part, len, FIELDS, error);
        int whole = len == sizeof HEAD - 1 + 12 || len == sizeof text - 1;
        test_note("%zu bytes", len);
        CHECK_INT(v != NULL, whole);
        if (v != NULL) {
            vectors_close(v);
        }
        guards_release();
    }
}
END_TEST

/* Whether the program dies of reading that byte. */
static int crashes(const volatile uint8_t *address)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        signal(SIGSEGV, SIG_DFL);
        signal(SIGBUS, SIG_DFL);
        (void)*address;
        _exit(0);
    }
    CHECK(child > 0 && waitpid(child, &status, 0) == child);
    return WIFSIGNALED(status);
}

START_TEST(guards_notice)
{
    uint8_t *end = guarded(5);
    uint8_t *middle = guarded_at(5, 3);
    uint8_t *const places[] = {end - 1, end - 192, middle - 1, middle - 192, middle + 5, middle + 5 + 191};
    size_t i;
    for (i = 0; i < sizeof places / sizeof places[0]; i++) {
        test_note("place %zu", i);
        CHECK(guards_intact());
        *places[i] ^= 1;
        CHECK(!guards_intact());
        *places[i] ^= 1;
    }
    CHECK(guards_intact());
    CHECK(!crashes(end + 4));
    CHECK(crashes(end + 5));
}
END_TEST

START_TEST(guarded_buffers)
{
    size_t len, offset;
    for (len = 0; len < 200; len++) {
        uint8_t *end = guarded(len);
        test_note("%zu bytes", len);
        CHECK_INT(((uintptr_t)end + len) % 4096, 0);
        CHECK_FILLED(end, TEST_FILL, len);
        memset(end, 0, len);
        guards_release();
    }
    for (offset = 0; offset < 64; offset++) {
        uint8_t *data = guarded_at(33, offset);
        CHECK_INT((uintptr_t)data % 64, offset);
        memset(data, 0, 33);
        guards_release();
    }
    CHECK_MEM(guarded_copy("abc", 3), "abc", 3);
    CHECK(guarded_random(100000) != NULL); /* more than a mapping usually has */
}
END_TEST

START_TEST(random_bytes)
{
    uint8_t a[100], b[100];
    size_t i, seen = 0;
    uint8_t values[256] = {0};
    test_random(a, sizeof a);
    test_random(b, sizeof b);
    CHECK_MEM_DIFFER(a, b, sizeof a);
    for (i = 0; i < 10000; i++) {
        size_t value = test_random_below(256);
        if (value >= 256) {
            test_fail(__FILE__, __LINE__, "%zu is not below 256", value);
        }
        seen += values[value] == 0;
        values[value] = 1;
    }
    CHECK_INT(seen, 256);
}
END_TEST

START_TEST(hexadecimal)
{
    uint8_t bytes[4];
    CHECK_INT(test_from_hex(bytes, sizeof bytes, ""), 0);
    CHECK_INT(test_from_hex(bytes, sizeof bytes, "00ff1a2b"), 4);
    CHECK_MEM(bytes, "\x00\xff\x1a\x2b", 4);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("vectors");
    test_add(suite, good_file);
    test_add(suite, many_cases);
    test_add(suite, malformed_files);
    test_add(suite, nul_in_file);
    test_add(suite, truncated_files);
    test_add(suite, guards_notice);
    test_add(suite, guarded_buffers);
    test_add(suite, random_bytes);
    test_add(suite, hexadecimal);
    return test_main(suite);
}
