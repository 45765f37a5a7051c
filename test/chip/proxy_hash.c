/* test/chip/proxy_hash.c - mote's interface, carried out by the simulated chip: ct, SHA-256, HMAC, HKDF.
 *
 * The suites of the desktop are linked with this and test/chip/proxy_cipher.c instead of the library. Nothing is computed
 * here; only data that is too long for the chip's memory is passed in pieces, where a context makes that the same thing. */
#include "limits.h"
#include "marshal.h"

#include <mote/mote.h>

#include <string.h>

#define SHA(sha, direction) call_context((sha), sizeof *(sha), CHIP_SIZEOF_SHA256, (direction))
#define HMAC_KEY(key, direction) call_context((key), sizeof *(key), CHIP_SIZEOF_HMAC_KEY, (direction))
#define HMAC(hmac, direction) call_context((hmac), sizeof *(hmac), CHIP_SIZEOF_HMAC, (direction))
#define HKDF(hkdf, direction) call_context((hkdf), sizeof *(hkdf), CHIP_SIZEOF_HKDF, (direction))
#define CONST_HKDF(hkdf) call_context_const((hkdf), sizeof *(hkdf), CHIP_SIZEOF_HKDF)

#define OKM_MAX 8160

/* ---- ct */

int mote_ct_equal(const void *a, const void *b, size_t len)
{
    int equal = 1;

    do {
        const size_t piece = len < test_max_len ? len : test_max_len;

        call_begin(CHIP_mote_ct_equal);
        call_in(a, piece);
        call_in(b, piece);
        call_number(piece);
        equal &= call_run_int();
        len -= piece;
        if (len != 0) {
            a = (const uint8_t *)a + piece;
            b = (const uint8_t *)b + piece;
        }
    } while (len != 0);
    return equal;
}

void mote_wipe(void *data, size_t len)
{
    do {
        const size_t piece = len < test_max_len ? len : test_max_len;

        call_begin(CHIP_mote_wipe);
        call_out(data, piece);
        call_number(piece);
        call_run();
        len -= piece;
        if (len != 0)
            data = (uint8_t *)data + piece;
    } while (len != 0);
}

/* A message goes on, in pieces. */
static void update(enum chip_function function, void *context, size_t context_len, enum chip_fact fact, const uint8_t *data,
                   size_t len)
{
    do {
        const size_t piece = len < test_max_len ? len : test_max_len;

        call_begin(function);
        call_context(context, context_len, fact, CALL_UPDATE);
        call_in(data, piece);
        call_number(piece);
        call_run();
        len -= piece;
        if (len != 0)
            data += piece;
    } while (len != 0);
}

/* ---- SHA-256 */

void mote_sha256_init(mote_sha256 *sha)
{
    call_begin(CHIP_mote_sha256_init);
    SHA(sha, CALL_WRITE);
    call_run();
}

void mote_sha256_update(mote_sha256 *sha, const uint8_t *data, size_t len)
{
    update(CHIP_mote_sha256_update, sha, sizeof *sha, CHIP_SIZEOF_SHA256, data, len);
}

void mote_sha256_final(mote_sha256 *sha, uint8_t digest[32])
{
    call_begin(CHIP_mote_sha256_final);
    SHA(sha, CALL_UPDATE);
    call_out(digest, 32);
    call_run();
}

void mote_sha256_digest(uint8_t digest[32], const uint8_t *data, size_t len)
{
    call_begin(CHIP_mote_sha256_digest);
    call_out(digest, 32);
    call_in(data, len);
    call_number(len);
    call_run();
}

/* ---- HMAC */

void mote_hmac_key_init(mote_hmac_key *key, const uint8_t *secret, size_t secret_len)
{
    call_begin(CHIP_mote_hmac_key_init);
    HMAC_KEY(key, CALL_WRITE);
    call_in(secret, secret_len);
    call_number(secret_len);
    call_run();
}

void mote_hmac_init(mote_hmac *hmac, const mote_hmac_key *key)
{
    call_begin(CHIP_mote_hmac_init);
    HMAC(hmac, CALL_WRITE);
    call_context_const(key, sizeof *key, CHIP_SIZEOF_HMAC_KEY);
    call_run();
}

void mote_hmac_update(mote_hmac *hmac, const uint8_t *data, size_t len)
{
    update(CHIP_mote_hmac_update, hmac, sizeof *hmac, CHIP_SIZEOF_HMAC, data, len);
}

void mote_hmac_final(mote_hmac *hmac, uint8_t tag[32])
{
    call_begin(CHIP_mote_hmac_final);
    HMAC(hmac, CALL_UPDATE);
    call_out(tag, 32);
    call_run();
}

mote_status mote_hmac_verify(mote_hmac *hmac, const uint8_t *tag, size_t tag_len)
{
    call_begin(CHIP_mote_hmac_verify);
    HMAC(hmac, CALL_UPDATE);
    call_in(tag, tag_len >= 16 && tag_len <= 32 ? tag_len : 0);
    call_number(tag_len);
    return (mote_status)call_run_int();
}

void mote_hmac_sha256(uint8_t tag[32], const uint8_t *secret, size_t secret_len, const uint8_t *data, size_t len)
{
    call_begin(CHIP_mote_hmac_sha256);
    call_out(tag, 32);
    call_in(secret, secret_len);
    call_number(secret_len);
    call_in(data, len);
    call_number(len);
    call_run();
}

void mote_hmac_key_wipe(mote_hmac_key *key)
{
    call_begin(CHIP_mote_hmac_key_wipe);
    HMAC_KEY(key, CALL_UPDATE);
    call_run();
}

/* ---- HKDF */

void mote_hkdf_extract(mote_hkdf *hkdf, const uint8_t *salt, size_t salt_len, const uint8_t *ikm, size_t ikm_len)
{
    call_begin(CHIP_mote_hkdf_extract);
    HKDF(hkdf, CALL_WRITE);
    call_in(salt, salt_len);
    call_number(salt_len);
    call_in(ikm, ikm_len);
    call_number(ikm_len);
    call_run();
}

void mote_hkdf_from_prk(mote_hkdf *hkdf, const uint8_t prk[32])
{
    call_begin(CHIP_mote_hkdf_from_prk);
    HKDF(hkdf, CALL_WRITE);
    call_in(prk, 32);
    call_run();
}

mote_status mote_hkdf_expand(const mote_hkdf *hkdf, uint8_t *okm, size_t okm_len, const uint8_t *info, size_t info_len)
{
    const int valid = okm_len <= OKM_MAX;

    call_begin(CHIP_mote_hkdf_expand);
    CONST_HKDF(hkdf);
    call_out(okm, valid ? okm_len : 0);
    call_number(okm_len);
    call_in(info, valid ? info_len : 0);
    call_number(info_len);
    return (mote_status)call_run_int();
}

mote_status mote_hkdf_sha256(uint8_t *okm, size_t okm_len, const uint8_t *salt, size_t salt_len, const uint8_t *ikm,
                             size_t ikm_len, const uint8_t *info, size_t info_len)
{
    const int valid = okm_len <= OKM_MAX;

    call_begin(CHIP_mote_hkdf_sha256);
    call_out(okm, valid ? okm_len : 0);
    call_number(okm_len);
    call_in(salt, salt_len);
    call_number(salt_len);
    call_in(ikm, ikm_len);
    call_number(ikm_len);
    call_in(info, valid ? info_len : 0);
    call_number(info_len);
    return (mote_status)call_run_int();
}

mote_status mote_hkdf_device_key(const mote_hkdf *master, uint8_t *key, size_t key_len, const char *label,
                                 const uint8_t *device_id, size_t device_id_len)
{
    const int valid = key_len <= OKM_MAX;

    call_begin(CHIP_mote_hkdf_device_key);
    CONST_HKDF(master);
    call_out(key, valid ? key_len : 0);
    call_number(key_len);
    call_in(label, strlen(label) + 1);
    call_in(device_id, valid ? device_id_len : 0);
    call_number(device_id_len);
    return (mote_status)call_run_int();
}

void mote_hkdf_wipe(mote_hkdf *hkdf)
{
    call_begin(CHIP_mote_hkdf_wipe);
    HKDF(hkdf, CALL_UPDATE);
    call_run();
}

/* ---- Names, copied over once each. */

static const char *name(char text[32], enum chip_function function)
{
    if (text[0] == '\0') {
        call_begin(function);
        call_out(text, 32);
        call_run();
        text[31] = '\0';
    }
    return text;
}

const char *mote_sha256_backend(void)
{
    static char text[32];
    return name(text, CHIP_mote_sha256_backend);
}

const char *mote_aes128_backend(void)
{
    static char text[32];
    return name(text, CHIP_mote_aes128_backend);
}

const char *mote_base64_backend(void)
{
    static char text[32];
    return name(text, CHIP_mote_base64_backend);
}
