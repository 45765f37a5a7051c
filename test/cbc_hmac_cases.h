/* test/cbc_hmac_cases.h - one authenticated message and the four functions of mote/cbc_hmac.h behind one signature, so
 * that each rule is one loop over all of them. Shared by the suites about them. */
#ifndef MOTE_TEST_CBC_HMAC_CASES_H
#define MOTE_TEST_CBC_HMAC_CASES_H

#include <mote/cbc_hmac.h>
#include <string.h>

#include "oracle.h"
#include "support.h"

enum { ENCRYPT, DECRYPT, SEAL, OPEN, OPERATIONS };
enum { KEY, IV, IN, AAD, TAG, OUT, PARTS };

#define MESSAGE_MAX 1024
#define PACKET_MAX (MESSAGE_MAX + 48)

/* The message, and as what it goes over the wire: iv || ciphertext || tag. */
static uint8_t key[32], iv[16], aad[MESSAGE_MAX], pt[MESSAGE_MAX], packet[PACKET_MAX];
static size_t aad_len, pt_len, packet_len;

/* The tag of RFC 7518 section 5.2.2.1, put together from OpenSSL's HMAC by hand. */
static void oracle_tag(uint8_t tag[16], const uint8_t *the_iv, const uint8_t *ct, size_t ct_len)
{
    uint8_t covered[MESSAGE_MAX + 16 + PACKET_MAX + 8], full[32]; /* A || IV || E || AL */
    const uint64_t bits = (uint64_t)aad_len * 8;
    size_t len = aad_len, i;
    memcpy(covered, aad, aad_len);
    memcpy(covered + len, the_iv, 16);
    memcpy(covered + len + 16, ct, ct_len);
    len += 16 + ct_len;
    for (i = 0; i < 8; i++) {
        covered[len++] = (uint8_t)(bits >> (56 - 8 * i));
    }
    oracle_hmac(full, key, 16, covered, len);
    memcpy(tag, full, 16);
}

static void new_message(size_t the_pt_len, size_t the_aad_len)
{
    size_t ct_len;
    test_random(key, sizeof key);
    test_random(iv, sizeof iv);
    pt_len = the_pt_len;
    aad_len = the_aad_len;
    test_random(pt, pt_len);
    test_random(aad, aad_len);
    memcpy(packet, iv, 16);
    ct_len = oracle_cbc_pkcs7_encrypt(key + 16, iv, packet + 16, pt, pt_len);
    oracle_tag(packet + 16 + ct_len, iv, packet + 16, ct_len);
    packet_len = 16 + ct_len + 16;
}

/* The arguments of a call. A part that the function does not have is NULL. */
struct call {
    int which;
    uint8_t *part[PARTS];
    size_t len[PARTS];
};

/* The room that the output needs, which is also how much of it is written. */
static size_t room(int which)
{
    return which == SEAL ? packet_len : packet_len - 32;
}

/* What the part is (for IN and what is read) or shall become (OUT, and TAG when encrypting). */
static void content(const struct call *call, int part, uint8_t *to)
{
    static const uint8_t *const fixed[PARTS] = {key, iv, NULL, aad, NULL, NULL};
    const uint8_t *from = fixed[part];
    const int backwards = call->which == DECRYPT || call->which == OPEN;
    if (part == TAG) {
        from = packet + packet_len - 16;
    } else if ((part == IN) == backwards && (part == IN || part == OUT)) {
        from = call->which == DECRYPT || call->which == ENCRYPT ? packet + 16 : packet;
    } else if (part == IN || part == OUT) {
        from = pt;
    }
    if (part == OUT && backwards) {
        memset(to, 0, call->len[OUT]);
        memcpy(to, pt, pt_len);
    } else if (call->len[part] != 0) {
        memcpy(to, from, call->len[part]);
    }
}

/* Is this part written by this function? */
static int written(int which, int part)
{
    return part == OUT || (part == TAG && which == ENCRYPT);
}

/* A right call with every part in a buffer of its own. */
static struct call right_call(int which)
{
    struct call call;
    int part;
    memset(&call, 0, sizeof call);
    call.which = which;
    call.len[KEY] = 32;
    call.len[IV] = which == OPEN ? 0 : 16;
    call.len[IN] = which == DECRYPT ? packet_len - 32 : which == OPEN ? packet_len : pt_len;
    call.len[AAD] = aad_len;
    call.len[TAG] = which == ENCRYPT || which == DECRYPT ? 16 : 0;
    call.len[OUT] = room(which);
    for (part = 0; part < PARTS; part++) {
        if (call.len[part] != 0) {
            call.part[part] = guarded(call.len[part]);
            if (!written(which, part)) {
                content(&call, part, call.part[part]);
            }
        }
    }
    return call;
}

static mote_status make(const struct call *call, size_t *out_len)
{
    uint8_t *const *p = call->part;
    const size_t *n = call->len;
    switch (call->which) {
    case ENCRYPT:
        return mote_cbc_hmac_encrypt(p[KEY], p[IV], p[OUT], n[OUT], out_len, p[TAG], p[IN], n[IN], p[AAD], n[AAD]);
    case DECRYPT:
        return mote_cbc_hmac_decrypt(p[KEY], p[IV], p[OUT], n[OUT], out_len, p[IN], n[IN], p[TAG], p[AAD], n[AAD]);
    case SEAL:
        return mote_seal(p[KEY], p[IV], p[OUT], n[OUT], out_len, p[IN], n[IN], p[AAD], n[AAD]);
    default:
        return mote_open(p[KEY], p[OUT], n[OUT], out_len, p[IN], n[IN], p[AAD], n[AAD]);
    }
}

/* The call works: outputs are as is due, and inputs are as they were, where they do not lie under the output. */
static void expect_right(const struct call *call)
{
    const size_t need = room(call->which);
    uint8_t expected[PACKET_MAX];
    size_t out_len = 99;
    CHECK_INT(make(call, &out_len), MOTE_OK);
    CHECK_INT(out_len, call->which == DECRYPT || call->which == OPEN ? pt_len : need);
    content(call, OUT, expected);
    CHECK_MEM(call->part[OUT], expected, need); /* with the zeros after what was decrypted */
    if (call->which == ENCRYPT) {
        content(call, TAG, expected);
        CHECK_MEM(call->part[TAG], expected, 16);
    }
}

/* The call fails in this way, and leaves nothing that could be taken for a result. before: what OUT held. */
static void expect_refused(const struct call *call, mote_status status, const uint8_t *before)
{
    uint8_t filled[PACKET_MAX];
    size_t out_len = 99;
    CHECK_INT(make(call, &out_len), status);
    CHECK_INT(out_len, 0);
    memset(filled, TEST_FILL, sizeof filled);
    if (call->part[OUT] != NULL) {
        CHECK_NO_OUTPUT(call->part[OUT], before != NULL ? before : filled, call->len[OUT]);
    }
    if (call->which == ENCRYPT && status != MOTE_ERR_OVERLAP) {
        CHECK_NO_OUTPUT(call->part[TAG], filled, 16);
    }
}

/* The inputs are untouched: for calls whose parts lie apart. */
static void expect_inputs_kept(const struct call *call)
{
    uint8_t expected[PACKET_MAX];
    int part;
    for (part = 0; part < PARTS; part++) {
        if (!written(call->which, part) && call->len[part] != 0) {
            content(call, part, expected);
            CHECK_MEM(call->part[part], expected, call->len[part]);
        }
    }
}

#endif
