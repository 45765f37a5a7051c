/* test/test_base64_strict.c - that each text of mote/base64.h is either the one text of its bytes or refused.
 *
 * Texts are changed in every small way, and each time the library must say what a plain decoder says
 * (base64_cases.h). Decoders are given just the room that the text needs. */
#include "base64_cases.h"

/* How many texts the reference took and refused: neither may be none, or the test would show nothing. */
static unsigned long taken, refused;

static void expect_as_reference(int which, const char *text, size_t text_len)
{
    const codec *c = &codecs[which];
    const size_t need = room(which, text, text_len), cap = need == REFUSED ? text_len : need;
    uint8_t expected[400], before[400];
    char *in = (char *)guarded_copy(text, text_len);
    uint8_t *out = guarded(cap);
    size_t out_len = 99;
    const size_t len = reference_decode(which, expected, text, text_len);
    const mote_status status = c->decode(out, cap, &out_len, in, text_len);
    if (len == REFUSED) {
        CHECK_INT(status, MOTE_ERR_ENCODING);
        CHECK_INT(out_len, 0);
        memset(before, TEST_FILL, cap);
        CHECK_NO_OUTPUT(out, before, cap);
        out_len = 99;
        CHECK_INT(c->decode((uint8_t *)in, text_len, &out_len, in, text_len), MOTE_ERR_ENCODING);
        CHECK_INT(out_len, 0);
        CHECK_NO_OUTPUT(in, text, cap);
        refused++;
    } else {
        CHECK_INT(status, MOTE_OK);
        CHECK_INT(out_len, len);
        CHECK_INT(len, cap);
        CHECK_MEM(out, expected, len);
        taken++;
    }
    guards_release();
}

static void expect_both_seen(void)
{
    CHECK(taken > 0);
    CHECK(refused > 0);
    taken = refused = 0;
}

/* A right text of len random bytes. */
static size_t right_text(int which, char *text, size_t len)
{
    uint8_t data[300];
    test_random(data, len);
    return reference_encode(which, text, data, len);
}

/* Every byte value at every position. */
static void every_byte_value(size_t len, unsigned step)
{
    char text[700];
    size_t at;
    unsigned value;
    int which;
    for (which = 0; which < CODECS; which++) {
        const size_t text_len = right_text(which, text, len);
        for (at = 0; at < text_len; at++) {
            const char kept = text[at];
            for (value = (unsigned)test_random_below(step); value < 256; value += step) {
                test_note("%s, %zu bytes, character %zu is %02x", codecs[which].name, len, at, value);
                text[at] = (char)value;
                expect_as_reference(which, text, text_len);
            }
            text[at] = kept;
        }
        expect_as_reference(which, text, text_len);
    }
    expect_both_seen();
}

START_TEST(every_byte_value_in_short_texts)
{
    size_t len;
    for (len = 1; len <= 9; len++) {
        every_byte_value(len, (unsigned)test_step());
    }
}
END_TEST

START_TEST(every_byte_value_in_long_texts)
{
    if (FITS(400)) {
        every_byte_value(100, 1 + 2 * (unsigned)test_step());
        every_byte_value(150, 1 + 6 * (unsigned)test_step());
    } else {
        every_byte_value(40, 1 + 2 * (unsigned)test_step());
    }
}
END_TEST

/* All values of the last two characters: every trailing bit, and = in every place where it may or may not be. */
START_TEST(every_pair_at_the_end)
{
    char text[16];
    size_t len;
    unsigned first, second, step = (unsigned)test_step();
    int which;
    for (which = 0; which < CODECS; which++) {
        for (len = 1; len <= 3; len++) {
            const size_t text_len = right_text(which, text, len);
            for (first = (unsigned)test_random_below(step); first < 256; first += step) {
                for (second = (unsigned)test_random_below(step); second < 256; second += step) {
                    test_note("%s, %zu bytes, the end is %02x %02x", codecs[which].name, len, first, second);
                    text[text_len - 2] = (char)first;
                    text[text_len - 1] = (char)second;
                    expect_as_reference(which, text, text_len);
                }
            }
            expect_as_reference(which, text, right_text(which, text, len));
        }
    }
    expect_both_seen();
}
END_TEST

/* Each value in the places where = may be, whatever the effort: > and < must not do in its stead. */
START_TEST(every_value_in_the_place_of_padding)
{
    char text[5] = "QQ==";
    unsigned value;
    for (value = 0; value < 256; value++) {
        test_note("%02x in the place of =", value);
        text[2] = (char)value;
        expect_as_reference(BASE64, text, 4);
        text[2] = '=';
        text[3] = (char)value;
        expect_as_reference(BASE64, text, 4);
        text[3] = '=';
    }
    expect_both_seen();
}
END_TEST

/* All texts of up to four characters that are made of these. */
START_TEST(every_text_of_few_characters)
{
    static const char characters[] = "AQgw=+-/_\n F";
    const size_t n = sizeof characters - 1;
    char text[5];
    size_t len, i, code, codes;
    int which;
    for (which = 0; which < CODECS; which++) {
        for (len = 0, codes = 1; len <= 4; len++, codes *= n) {
            for (code = 0; code < codes; code += codes > 200 ? test_step() : 1) {
                size_t rest = code;
                for (i = 0; i < len; i++, rest /= n) {
                    text[i] = characters[rest % n];
                }
                text[len] = '\0';
                test_note("%s, text %s", codecs[which].name, text);
                expect_as_reference(which, text, len);
            }
        }
    }
    expect_both_seen();
}
END_TEST

/* One character more, anywhere. */
START_TEST(inserted_characters)
{
    static const char characters[] = {'A', '=', '\n', '\r', ' ', '\t', '\0', '+', '/', '-', '_', '.', ',', '%', '"'};
    char text[100], longer[101];
    size_t len, at, i;
    int which;
    for (which = 0; which < CODECS; which++) {
        for (len = 0; len <= 40; len += len < 12 ? 1 : 7) {
            const size_t text_len = right_text(which, text, len);
            for (at = 0; at <= text_len; at++) {
                for (i = 0; i < sizeof characters; i++) {
                    memcpy(longer, text, at);
                    longer[at] = characters[i];
                    memcpy(longer + at + 1, text + at, text_len - at);
                    test_note("%s, %zu bytes, %02x before character %zu", codecs[which].name, len, characters[i], at);
                    expect_as_reference(which, longer, text_len + 1);
                }
            }
        }
    }
    expect_both_seen(); /* some of these are right: Base64url of another length */
}
END_TEST

/* Line breaks as MIME and PEM have them, in lines of every length. */
START_TEST(line_breaks)
{
    static const char *const ends[] = {"\n", "\r\n", "\r", " ", "\\n"};
    char text[200], broken[300];
    size_t width, i, k;
    int which;
    for (which = 0; which < CODECS; which++) {
        const size_t text_len = right_text(which, text, 57);
        for (i = 0; i < sizeof ends / sizeof *ends; i++) {
            for (width = 1; width <= text_len; width++) {
                size_t broken_len = 0, out_len = 99;
                uint8_t out[200];
                for (k = 0; k < text_len && broken_len + 4 < test_capped(sizeof broken); k++) {
                    broken[broken_len++] = text[k];
                    if ((k + 1) % width == 0) {
                        memcpy(broken + broken_len, ends[i], strlen(ends[i]));
                        broken_len += strlen(ends[i]);
                    }
                }
                CHECK_INT(codecs[which].decode(out, sizeof out, &out_len, broken, broken_len), MOTE_ERR_ENCODING);
                CHECK_INT(out_len, 0);
                expect_as_reference(which, broken, broken_len);
            }
        }
    }
}
END_TEST

/* Any number of = in place of the right one, and characters left out. */
START_TEST(padding_missing_short_and_excess)
{
    char text[100];
    size_t len, have, cut;
    int which;
    for (which = 0; which < CODECS; which++) {
        for (len = 0; len <= 30; len++) {
            size_t text_len = right_text(which, text, len);
            for (cut = 0; cut <= text_len; cut++) {
                test_note("%s, %zu bytes, the first %zu characters", codecs[which].name, len, cut);
                expect_as_reference(which, text, cut);
                test_note("%s, %zu bytes, without the first %zu characters", codecs[which].name, len, cut);
                expect_as_reference(which, text + cut, text_len - cut);
            }
            while (text_len > 0 && text[text_len - 1] == '=') {
                text_len--;
            }
            for (have = 0; have <= 8; have++) {
                test_note("%s, %zu bytes, %zu =", codecs[which].name, len, have);
                expect_as_reference(which, text, text_len + have);
                text[text_len + have] = '=';
            }
        }
    }
    expect_both_seen();
}
END_TEST

/* The characters in which the two alphabets differ, and Base16 in either case and both at once. */
START_TEST(other_alphabet_and_case)
{
    uint8_t out[8];
    size_t out_len = 99;
    CHECK_INT(mote_base64_decode(out, sizeof out, &out_len, "+/+/", 4), MOTE_OK);
    CHECK_INT(mote_base64_decode(out, sizeof out, &out_len, "-_-_", 4), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base64url_decode(out, sizeof out, &out_len, "-_-_", 4), MOTE_OK);
    CHECK_INT(mote_base64url_decode(out, sizeof out, &out_len, "+/+/", 4), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base64_decode(out, sizeof out, &out_len, "Zg", 2), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base64_decode(out, sizeof out, &out_len, "Zg=", 3), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base64_decode(out, sizeof out, &out_len, "Zh==", 4), MOTE_ERR_ENCODING); /* a trailing bit */
    CHECK_INT(mote_base64url_decode(out, sizeof out, &out_len, "Zg==", 4), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base64url_decode(out, sizeof out, &out_len, "Zh", 2), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base16_decode(out, sizeof out, &out_len, "dEadBEEf", 8), MOTE_OK);
    CHECK_INT(out_len, 4);
    CHECK_MEM(out, "\xde\xad\xbe\xef", 4);
    CHECK_INT(mote_base16_decode(out, sizeof out, &out_len, "0xde", 4), MOTE_ERR_ENCODING);
    CHECK_INT(mote_base16_decode(out, sizeof out, &out_len, "de ad", 5), MOTE_ERR_ENCODING);
    CHECK_INT(out_len, 0);
}
END_TEST

START_TEST(random_texts)
{
    unsigned i, rounds = test_scaled(20000);
    for (i = 0; i < rounds; i++) {
        const int which = (int)test_random_below(CODECS);
        char text[64];
        size_t len = test_random_below(20), k;
        if (test_random_below(2) != 0) {
            test_random(text, len);
        } else {
            for (k = 0; k < len; k++) {
                text[k] = codecs[which].digits[test_random_below(strlen(codecs[which].digits))];
            }
        }
        test_note("%s, random text %u", codecs[which].name, i);
        expect_as_reference(which, text, len);
    }
    expect_both_seen();
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("base64_strict");
    test_add(suite, every_byte_value_in_short_texts);
    test_add(suite, every_byte_value_in_long_texts);
    test_add(suite, every_pair_at_the_end);
    test_add(suite, every_value_in_the_place_of_padding);
    test_add(suite, every_text_of_few_characters);
    test_add(suite, inserted_characters);
    test_add(suite, line_breaks);
    test_add(suite, padding_missing_short_and_excess);
    test_add(suite, other_alphabet_and_case);
    test_add(suite, random_texts);
    return test_main(suite);
}
