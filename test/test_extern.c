/* test/test_extern.c - AES by a chip's unit (mote/aes_extern.h): a unit that is right, wrong in any one bit, and one that fails.
 *
 * The unit is a mock (mock_unit.h). The library may have been built for any of the three kinds of unit. */
#define LEN 200 /* of the message: more than one run of blocks */
#define PADDED 208
#include "cipher_cases.h"
#include "mock_unit.h"
#include "oracle.h"

static void right_unit(void)
{
    mock_unit_set(UNIT_RIGHT, 0, 0);
}

static void set_up(void)
{
    right_unit();
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    test_random(message, sizeof message);
    iv[0] |= 1; /* for it must not be zeros */
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
}

/* ---- A unit that is right */

START_TEST(agrees_with_openssl)
{
    size_t blocks;
    int in_place, decrypt;
    set_up();
    CHECK(strcmp(mote_aes128_backend(), "extern") == 0);
    for (blocks = 0; blocks <= test_capped(40 * 16) / 16; blocks += test_step()) {
        for (decrypt = 0; decrypt <= 1; decrypt++) {
            for (in_place = 0; in_place <= 1; in_place++) {
                const size_t len = 16 * blocks;
                uint8_t *in = guarded_at(len, test_random_below(8));
                uint8_t *result = in_place ? in : guarded_at(len, test_random_below(8));
                uint8_t expected[640];
                test_note("%zu blocks, decrypt %d, in place %d", blocks, decrypt, in_place);
                test_random(in, len);
                oracle_aes128(!decrypt, key, iv, expected, in, len);
                CHECK_INT((decrypt ? mote_cbc_decrypt : mote_cbc_encrypt)(&aes, iv, result, in, len), MOTE_OK);
                CHECK_MEM(result, expected, len);
                guards_release();
            }
        }
    }
    CHECK(mock_unit_calls() > 0);
}
END_TEST

START_TEST(blocks_agree_with_openssl)
{
    uint8_t *in, *result, expected[16];
    unsigned i;
    set_up();
    for (i = 0; i < test_scaled(100); i++) {
        in = guarded_random(16);
        result = guarded(16);
        oracle_aes128(1, key, NULL, expected, in, 16);
        mote_aes128_encrypt_block(&aes, result, in);
        CHECK_MEM(result, expected, 16);
        mote_aes128_decrypt_block(&aes, result, result);
        CHECK_MEM(result, in, 16);
        guards_release();
    }
}
END_TEST

/* The check takes four blocks in each direction; a run of blocks is given to the unit as a whole, or in few parts. */
START_TEST(calls_of_the_unit)
{
    static uint8_t buffer[256];
    unsigned calls;
    set_up();
    right_unit();
    CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
    calls = mock_unit_calls();
    CHECK(calls >= 4 && calls <= 8);
    right_unit();
    CHECK_INT(mote_cbc_encrypt(&aes, iv, buffer, buffer, 256), MOTE_OK);
    CHECK_INT(mock_unit_calls(), mock_unit_kind() == UNIT_CBC ? 1 : 16);
    right_unit();
    CHECK_INT(mote_cbc_decrypt(&aes, iv, buffer, buffer, 256), MOTE_OK);
    calls = mock_unit_calls();
    if (mock_unit_kind() == UNIT_BLOCKS) {
        CHECK(calls == 2 || calls == 16); /* the latter on an AVR */
    } else {
        CHECK_INT(calls, mock_unit_kind() == UNIT_CBC ? 1 : 0);
    }
    CHECK_ZERO(buffer, sizeof buffer);
}
END_TEST

/* ---- A unit that is wrong */

/* No context comes of it, and no packet; nothing that is called in spite of that gives any output. */
static void refused(void)
{
    static const mote_aes128 wiped;
    mote_aes128 context;
    uint8_t *result = guarded(64), *untouched = guarded(64);
    size_t len = 99;
    memset(&context, 0x5a, sizeof context);
    CHECK_INT(mote_aes128_init(&context, key), MOTE_ERR_HARDWARE);
    CHECK_MEM(&context, &wiped, sizeof context);
    CHECK_INT(mote_seal(key, iv, result, 64, &len, message, 17, aad, sizeof aad), MOTE_ERR_HARDWARE);
    CHECK_INT(len, 0);
    CHECK_NO_OUTPUT(result, untouched, 64);
    CHECK_INT(mote_cbc_encrypt(&context, iv, result, message, 48), MOTE_ERR_HARDWARE);
    CHECK_ZERO(result, 48);
    guards_release();
}

static void one_fault(unsigned fault, unsigned bit, unsigned directions)
{
    test_note("fault %u, bit %u, directions %u", fault, bit, directions);
    mock_unit_set(fault, bit, directions);
    if (mock_unit_kind() == UNIT_ENCRYPT_ONLY && directions == UNIT_DECRYPTS) {
        CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK); /* for it is never asked to */
    } else {
        refused();
    }
}

START_TEST(wrong_in_one_bit)
{
    unsigned fault, bit, directions;
    set_up();
    for (fault = UNIT_OUTPUT; fault <= UNIT_KEY_1; fault++) {
        for (bit = (unsigned)test_random_below(test_step()); bit < 128; bit += (unsigned)test_step()) {
            for (directions = UNIT_ENCRYPTS; directions <= (UNIT_ENCRYPTS | UNIT_DECRYPTS); directions++) {
                one_fault(fault, bit, directions);
            }
        }
    }
}
END_TEST

/* Blocks after the first are seen only where the unit is given more than one. */
START_TEST(wrong_order_or_wrong_blocks)
{
    unsigned directions;
    set_up();
    for (directions = UNIT_ENCRYPTS; directions <= (UNIT_ENCRYPTS | UNIT_DECRYPTS); directions++) {
        one_fault(UNIT_ORDER, 0, directions);
        if (mock_unit_kind() == UNIT_CBC) {
            one_fault(UNIT_FIRST, 0, directions);
        }
    }
    if (mock_unit_kind() == UNIT_BLOCKS) {
        uint8_t buffer[32];
        right_unit();
        CHECK_INT(mote_aes128_init(&aes, key), MOTE_OK);
        right_unit();
        CHECK_INT(mote_cbc_decrypt(&aes, iv, buffer, message, 32), MOTE_OK);
        if (mock_unit_calls() == 1) {
            one_fault(UNIT_FIRST, 0, UNIT_DECRYPTS);
        }
    }
}
END_TEST

/* A context without a key never reaches the unit, so nothing is ever encrypted under a key of zeros. */
START_TEST(context_without_key)
{
    uint8_t *result = guarded(32), *block = guarded_copy(message, 16);
    set_up();
    mote_aes128_wipe(&aes);
    right_unit();
    CHECK_INT(mote_cbc_encrypt(&aes, iv, result, message, 32), MOTE_ERR_HARDWARE);
    CHECK_ZERO(result, 32);
    CHECK_INT(mote_cbc_decrypt(&aes, iv, result, message, 32), MOTE_ERR_HARDWARE);
    CHECK_ZERO(result, 32);
    mote_aes128_encrypt_block(&aes, block, block);
    CHECK_ZERO(block, 16);
    memset(block, 1, 16);
    mote_aes128_decrypt_block(&aes, block, block);
    CHECK_ZERO(block, 16);
    CHECK_INT(mock_unit_calls(), 0);
}
END_TEST

/* ---- A unit that fails */

static mote_status init(void)
{
    mote_aes128 context;
    const mote_status status = mote_aes128_init(&context, key);
    mote_aes128_wipe(&context);
    out_len = status == MOTE_OK ? 16 : 0;
    return status;
}

static mote_status stream(int decrypt)
{
    mote_cbc_stream s;
    size_t written = 0;
    mote_status status;
    (decrypt ? mote_cbc_decrypt_init : mote_cbc_encrypt_init)(&s, &aes, iv);
    status = mote_cbc_update(&s, out, PADDED - 16, &written, decrypt ? ct : message, decrypt ? PADDED : LEN);
    out_len = written;
    if (status == MOTE_OK) {
        status = mote_cbc_final(&s, out + written, PADDED - written, &out_len);
        out_len = status == MOTE_OK ? out_len + written : 0;
    }
    if (status != MOTE_OK) { /* what came out before the end is the caller's */
        CHECK_INT(mote_cbc_final(&s, out + written, PADDED - written, &written), MOTE_ERR_LENGTH);
        memset(out, 0, PADDED);
    }
    return status;
}

static mote_status stream_encrypt(void)
{
    return stream(0);
}

static mote_status stream_decrypt(void)
{
    return stream(1);
}

/* The operation with the unit failing at every call in turn: reported, no output; and right again once the unit works. */
static void fails_everywhere(mote_status (*make)(void), size_t room)
{
    uint8_t expected[sizeof sealed];
    unsigned due, fails_at;
    size_t expected_len;
    fresh_outputs();
    right_unit();
    CHECK_INT(make(), MOTE_OK);
    due = mock_unit_calls();
    expected_len = out_len;
    CHECK(expected_len > 0);
    memcpy(expected, out, expected_len);
    for (fails_at = 0; fails_at < due; fails_at++) {
        fresh_outputs();
        test_note("call %u of %u fails", fails_at + 1, due);
        mock_unit_fail(fails_at, 1);
        CHECK_INT(make(), MOTE_ERR_HARDWARE);
        CHECK_INT(mock_unit_calls(), fails_at + 1); /* after a failure it is not called again */
        check_no_output(room);
        fresh_outputs();
        CHECK_INT(make(), MOTE_OK);
        CHECK_INT(out_len, expected_len);
        CHECK_MEM(out, expected, expected_len);
    }
    guards_release();
}

START_TEST(fails_at_any_call)
{
    size_t i;
    set_up();
    make_inputs();
    for (i = 0; i < OPERATIONS; i++) {
        fails_everywhere(operations[i].make, operations[i].room);
    }
    fails_everywhere(init, PADDED);
    fails_everywhere(stream_encrypt, PADDED);
    fails_everywhere(stream_decrypt, PADDED);
}
END_TEST

/* What has no status gives zeros, and with an IV of zeros nothing is sealed, also once the unit works again. */
START_TEST(fails_without_a_status)
{
    uint8_t *block = guarded_copy(message, 16), *packet = guarded(64), *untouched = guarded(64);
    size_t len = 99;
    set_up();
    mock_unit_fail(0, 1);
    mote_aes128_encrypt_block(&aes, block, block);
    CHECK_ZERO(block, 16);
    if (mock_unit_kind() != UNIT_ENCRYPT_ONLY) {
        memset(block, 1, 16);
        mock_unit_fail(0, 1);
        mote_aes128_decrypt_block(&aes, block, block);
        CHECK_ZERO(block, 16);
    }
    memset(block, 1, 16);
    mock_unit_fail(0, 1);
    mote_cbc_iv_from_counter(&aes, block, 42);
    CHECK_ZERO(block, 16);
    CHECK_INT(mote_seal(key, block, packet, 64, &len, message, 17, aad, sizeof aad), MOTE_ERR_HARDWARE);
    CHECK_INT(len, 0);
    CHECK_NO_OUTPUT(packet, untouched, 64);
    len = 99;
    CHECK_INT(mote_cbc_hmac_encrypt(key, block, packet, 32, &len, packet + 48, message, 17, aad, sizeof aad),
              MOTE_ERR_HARDWARE);
    CHECK_INT(len, 0);
    CHECK_NO_OUTPUT(packet, untouched, 64);
    mote_cbc_iv_from_counter(&aes, block, 42);
    CHECK_INT(mote_seal(key, block, packet, 64, &len, message, 17, aad, sizeof aad), MOTE_OK);
}
END_TEST

/* A call that is refused for its arguments does so before it uses the unit, and leaves what it overlaps alone. */
START_TEST(refusals_come_first)
{
    uint8_t *packet = guarded_random(80), *same = guarded_copy(packet, 80);
    size_t len = 99;
    set_up();
    mock_unit_fail(0, 100);
    CHECK_INT(mote_seal(key, iv, packet, 64, &len, packet + 20, 17, aad, sizeof aad), MOTE_ERR_OVERLAP);
    CHECK_INT(len, 0);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, packet + 1, packet, 32), MOTE_ERR_OVERLAP);
    CHECK_INT(mote_cbc_encrypt(&aes, iv, packet, packet, 33), MOTE_ERR_LENGTH);
    CHECK_MEM(packet, same, 80);
    CHECK_INT(mock_unit_calls(), 0);
}
END_TEST

/* A packet with an IV of zeros is opened all the same: who sealed it may have had no unit. */
START_TEST(opens_iv_of_zeros)
{
    uint8_t zeros[16] = {0}, text[32], cipher[32], data[3 + 16 + 32 + 8] = {0}, full[32];
    size_t len = 99;
    set_up();
    memset(text, 15, sizeof text);
    memcpy(text, message, 17);
    oracle_aes128(1, key + 16, zeros, cipher, text, 32);
    memcpy(data, aad, 3);
    memcpy(data + 19, cipher, 32);
    data[sizeof data - 1] = 24;
    oracle_hmac(full, key, 16, data, sizeof data);
    CHECK_INT(mote_cbc_hmac_decrypt(key, zeros, text, sizeof text, &len, cipher, 32, full, aad, 3), MOTE_OK);
    CHECK_INT(len, 17);
    CHECK_MEM(text, message, 17);
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("extern");
    test_add(suite, agrees_with_openssl);
    test_add(suite, blocks_agree_with_openssl);
    test_add(suite, calls_of_the_unit);
    test_add(suite, wrong_in_one_bit);
    test_add(suite, wrong_order_or_wrong_blocks);
    test_add(suite, context_without_key);
    test_add(suite, fails_at_any_call);
    test_add(suite, fails_without_a_status);
    test_add(suite, refusals_come_first);
    test_add(suite, opens_iv_of_zeros);
    return test_main(suite);
}
