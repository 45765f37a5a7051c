/* test/test_cbc_hmac.c - A128CBC-HS256 (RFC 7518 section 5.2.3): what is sealed, and that nothing else is opened
 * (mote/cbc_hmac.h). */
#include "cbc_hmac_cases.h"

#include "vectors.h"

/* ---- What is sealed */

START_TEST(vectors_of_rfc7518)
{
    vectors *v = vectors_open("rfc7518.txt", "key:hex iv:hex aad:hex plaintext:hex ciphertext:hex tag:hex");
    size_t i;
    int which;
    for (i = 0; i < v->count; i++) {
        const vector_bytes a = vector_hex(v, i, "aad"), p = vector_hex(v, i, "plaintext");
        const vector_bytes c = vector_hex(v, i, "ciphertext");
        CHECK(p.len <= MESSAGE_MAX && a.len <= MESSAGE_MAX && c.len <= MESSAGE_MAX + 16);
        memcpy(key, vector_fixed(v, i, "key", 32), 32);
        memcpy(iv, vector_fixed(v, i, "iv", 16), 16);
        memcpy(aad, a.data, aad_len = a.len);
        memcpy(pt, p.data, pt_len = p.len);
        memcpy(packet, iv, 16);
        memcpy(packet + 16, c.data, c.len);
        memcpy(packet + 16 + c.len, vector_fixed(v, i, "tag", 16), 16);
        packet_len = 16 + c.len + 16;
        for (which = 0; which < OPERATIONS; which++) {
            const struct call call = right_call(which);
            expect_right(&call);
            expect_inputs_kept(&call);
        }
        guards_release();
    }
    CHECK_INT(v->count, 1);
    vectors_close(v);
}
END_TEST

/* All four functions on one message: apart, with room to spare at any alignment, and in place. */
static void expect_all(void)
{
    int which;
    for (which = 0; which < OPERATIONS; which++) {
        struct call call = right_call(which);
        test_note("operation %d, %zu bytes, aad %zu", which, pt_len, aad_len);
        expect_right(&call);
        expect_inputs_kept(&call);

        call = right_call(which);
        call.part[OUT] = guarded_at(room(which) + 7, test_random_below(64));
        call.len[OUT] = room(which) + 7;
        expect_right(&call);
        CHECK_FILLED(call.part[OUT] + room(which), TEST_FILL, 7);
        expect_inputs_kept(&call);

        call = right_call(which); /* the longer of input and output is the buffer of both */
        if (which == OPEN) {
            call.part[OUT] = call.part[IN] + 16;
        } else if (which == DECRYPT) {
            call.part[OUT] = call.part[IN];
        } else {
            call.part[IN] = call.part[OUT] + (which == SEAL ? 16 : 0);
            content(&call, IN, call.part[IN]);
        }
        expect_right(&call);
        if (which == OPEN) { /* what lies around the output in the packet */
            CHECK_MEM(call.part[IN], packet, 16);
            CHECK_MEM(call.part[IN] + packet_len - 16, packet + packet_len - 16, 16);
        }

        if (which == SEAL) { /* the IV in place too */
            call.part[IV] = call.part[OUT];
            content(&call, IV, call.part[IV]);
            content(&call, IN, call.part[IN]);
            expect_right(&call);
            call = right_call(which);
            call.part[IV] = call.part[OUT];
            content(&call, IV, call.part[IV]);
            expect_right(&call);
        }
        guards_release();
    }
}

START_TEST(every_length_as_openssl)
{
    size_t len;
    for (len = 0; len <= 300 && FITS(len + 48); len += test_step()) {
        new_message(len, test_random_below(100));
        expect_all();
    }
}
END_TEST

START_TEST(every_length_of_aad_as_openssl)
{
    size_t len;
    for (len = 0; len <= 300 && FITS(len); len += test_step()) {
        new_message(test_random_below(100), len);
        expect_all();
    }
}
END_TEST

START_TEST(random_messages_as_openssl)
{
    unsigned i, rounds = test_scaled(500);
    for (i = 0; i < rounds; i++) {
        new_message(test_random_below(test_capped(MESSAGE_MAX) - 48), test_random_below(test_capped(MESSAGE_MAX)));
        expect_all();
    }
}
END_TEST

/* The tag covers the length of the associated data in bits, here one of three bytes that differ. */
START_TEST(long_aad_as_openssl)
{
    static const uint8_t bits[8] = {0, 0, 0, 0, 0, 0x15, 0x2d, 0x98};
    const size_t len = 0x152d98 / 8;
    uint8_t *covered = guarded_random(len + 16 + 16 + 8), *out = guarded(48), full[32];
    size_t out_len = 99;
    new_message(0, 0);
    memcpy(covered + len, packet, 32);
    memcpy(covered + len + 32, bits, 8);
    oracle_hmac(full, key, 16, covered, len + 40);
    CHECK_INT(mote_seal(key, iv, out, 48, &out_len, NULL, 0, covered, len), MOTE_OK);
    CHECK_INT(out_len, 48);
    CHECK_MEM(out, packet, 32);
    CHECK_MEM(out + 32, full, 16);
    CHECK_INT(mote_open(key, guarded(16), 16, &out_len, out, 48, covered, len), MOTE_OK);
    CHECK_INT(out_len, 0);
    CHECK_INT(mote_open(key, guarded(16), 16, &out_len, out, 48, covered, len - 1), MOTE_ERR_AUTH);
}
END_TEST

START_TEST(empty_message_and_aad)
{
    struct call call;
    int which;
    new_message(0, 0);
    for (which = 0; which < OPERATIONS; which++) {
        call = right_call(which); /* NULL where the length is 0 */
        CHECK(call.part[AAD] == NULL);
        CHECK((call.part[IN] == NULL) == (which == ENCRYPT || which == SEAL));
        expect_right(&call);
        call.part[AAD] = guarded(0);
        if (call.part[IN] == NULL) {
            call.part[IN] = guarded(0);
        }
        expect_right(&call);
    }
    CHECK_INT(packet_len, 48);
}
END_TEST

/* ---- What is not opened */

/* The packet as it is now is refused by both functions, apart and in place. */
static void expect_forged(void)
{
    struct call call = right_call(OPEN);
    expect_refused(&call, MOTE_ERR_AUTH, NULL);
    expect_inputs_kept(&call);
    call.part[OUT] = call.part[IN] + 16;
    expect_refused(&call, MOTE_ERR_AUTH, packet + 16);

    call = right_call(DECRYPT);
    memcpy(call.part[IV], packet, 16);
    expect_refused(&call, MOTE_ERR_AUTH, NULL);
    call.part[OUT] = call.part[IN];
    expect_refused(&call, MOTE_ERR_AUTH, packet + 16);
    guards_release();
}

/* Every byte of the packet, by one bit and by whatever. */
START_TEST(every_byte_of_a_packet_changed)
{
    static const size_t lengths[] = {0, 1, 15, 16, 17, 33, 64, 100};
    size_t i, at;
    for (i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        new_message(lengths[i], 5 * i);
        for (at = test_random_below(test_step()); at < packet_len; at += test_step()) {
            unsigned bit;
            for (bit = 0; bit <= 8; bit++) {
                const uint8_t change = bit < 8 ? (uint8_t)(1u << bit) : (uint8_t)(1 + test_random_below(255));
                test_note("%zu bytes, byte %zu by %02x", pt_len, at, change);
                packet[at] ^= change;
                expect_forged();
                packet[at] ^= change;
            }
        }
        expect_all();
    }
}
END_TEST

START_TEST(every_byte_of_the_aad_changed)
{
    size_t len, at;
    for (len = 1; len <= 70; len += 3 * test_step()) {
        new_message(20, len);
        for (at = 0; at < len; at++) {
            const uint8_t change = (uint8_t)(1 + test_random_below(255));
            test_note("aad of %zu bytes, byte %zu", len, at);
            aad[at] ^= change;
            expect_forged();
            aad[at] ^= change;
        }
        expect_all();
    }
}
END_TEST

START_TEST(other_lengths_of_the_aad)
{
    size_t len;
    new_message(20, 40);
    memset(aad, 0, 80); /* so that only the length differs */
    oracle_tag(packet + packet_len - 16, iv, packet + 16, packet_len - 32);
    for (len = 0; len <= 80; len++) {
        aad_len = len;
        test_note("aad of %zu bytes in place of 40", len);
        if (len != 40) {
            expect_forged();
        } else {
            expect_all();
        }
    }
}
END_TEST

/* The same bytes, with the border between aad and IV elsewhere: only the length of the aad (AL) tells. */
START_TEST(border_between_aad_and_packet)
{
    size_t shift;
    for (shift = 16; shift <= 32; shift += 16) {
        new_message(40, 32);
        /* the last of the aad moves to the front of the packet: read as the IV, or as IV and ciphertext */
        memmove(packet + shift, packet, packet_len);
        memcpy(packet, aad + 32 - shift, shift);
        packet_len += shift;
        aad_len = 32 - shift;
        expect_forged();
    }
    new_message(40, 16);
    memcpy(aad + 16, packet, 16); /* the IV moves into the aad, the first ciphertext block is read as the IV */
    memmove(packet, packet + 16, packet_len - 16);
    packet_len -= 16;
    aad_len = 32;
    expect_forged();
}
END_TEST

/* Every bit of the MAC key. A wrong half for AES alone is not seen by the tag: then the padding is refused, as
 * MOTE_ERR_AUTH too, or other bytes come out; a real key is one derived whole. */
START_TEST(every_bit_of_the_key_changed)
{
    unsigned bit;
    new_message(40, 10);
    for (bit = 0; bit < 128; bit++) {
        test_note("bit %u", bit);
        key[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        expect_forged();
        key[bit / 8] ^= (uint8_t)(1u << (bit % 8));
    }
    for (bit = 128; bit < 256; bit++) {
        uint8_t *out = guarded(48), *before = guarded(48);
        size_t out_len = 99;
        mote_status status;
        test_note("bit %u", bit);
        key[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        status = mote_open(key, out, 48, &out_len, packet, packet_len, aad, aad_len);
        key[bit / 8] ^= (uint8_t)(1u << (bit % 8));
        if (status == MOTE_OK) {
            CHECK(out_len < 48 && memcmp(out, pt, 16) != 0);
        } else {
            CHECK_INT(status, MOTE_ERR_AUTH);
            CHECK_INT(out_len, 0);
            CHECK_NO_OUTPUT(out, before, 48);
        }
        guards_release();
    }
    expect_all();
}
END_TEST

/* Every shorter packet, from either end; and longer ones. */
START_TEST(truncated_and_extended)
{
    const size_t whole = 16 + 112 + 16;
    size_t len;
    new_message(100, 8);
    CHECK_INT(packet_len, whole);
    for (len = 0; len <= whole + 40; len++) {
        uint8_t *out = guarded(whole + 8), *front = guarded(len), *back;
        const mote_status status = len < 48 || len % 16 != 0 ? MOTE_ERR_LENGTH : MOTE_ERR_AUTH;
        const size_t kept = len < whole ? len : whole;
        size_t out_len = 99;
        memcpy(front, packet, kept);
        back = guarded(len);
        memcpy(back + (len - kept), packet + whole - kept, kept);
        test_note("%zu bytes", len);
        if (len != whole) {
            CHECK_INT(mote_open(key, out, whole + 8, &out_len, len != 0 ? front : NULL, len, aad, aad_len), status);
            CHECK_INT(out_len, 0);
            out_len = 99;
            CHECK_INT(mote_open(key, out, whole + 8, &out_len, back, len, aad, aad_len), status);
            CHECK_INT(out_len, 0);
        }
        guards_release();
    }
}
END_TEST

/* Whoever has the key can put a right tag on a wrong padding; that is the same error, and nothing comes out. */
START_TEST(right_tag_on_wrong_padding)
{
    unsigned last;
    size_t blocks;
    for (blocks = 1; blocks <= 3; blocks++) {
        for (last = 0; last < 256; last++) {
            uint8_t padded[48];
            const size_t ct_len = 16 * blocks;
            if (last == 1) { /* right whatever is before it */
                continue;
            }
            new_message(0, 9);
            test_random(padded, ct_len);
            padded[ct_len - 1] = (uint8_t)last;
            padded[ct_len - 2] = (uint8_t)(last + 1);
            oracle_aes128(1, key + 16, iv, packet + 16, padded, ct_len);
            oracle_tag(packet + 16 + ct_len, iv, packet + 16, ct_len);
            packet_len = 16 + ct_len + 16;
            test_note("%zu blocks, last byte %u", blocks, last);
            expect_forged();
        }
    }
}
END_TEST

/* The tag is looked at first: that the padding is right makes a packet under another key no less refused. */
START_TEST(packets_of_another_key)
{
    uint8_t other[32];
    unsigned i;
    for (i = 0; i < 100; i++) {
        new_message(test_random_below(50), 4);
        memcpy(other, key, 32);
        test_random(key, 32);
        expect_forged();
        memcpy(key, other, 32);
        expect_all();
    }
}
END_TEST

int main(void)
{
    Suite *suite = test_suite("cbc_hmac");
    test_add(suite, vectors_of_rfc7518);
    test_add(suite, every_length_as_openssl);
    test_add(suite, every_length_of_aad_as_openssl);
    test_add(suite, random_messages_as_openssl);
    if (FITS((size_t)1 << 18)) {
        test_add(suite, long_aad_as_openssl);
    }
    test_add(suite, empty_message_and_aad);
    test_add(suite, every_byte_of_a_packet_changed);
    test_add(suite, every_byte_of_the_aad_changed);
    test_add(suite, other_lengths_of_the_aad);
    test_add(suite, border_between_aad_and_packet);
    test_add(suite, every_bit_of_the_key_changed);
    test_add(suite, truncated_and_extended);
    test_add(suite, right_tag_on_wrong_padding);
    test_add(suite, packets_of_another_key);
    return test_main(suite);
}
