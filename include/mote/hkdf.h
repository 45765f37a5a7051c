/* mote/hkdf.h - HKDF-SHA256 (RFC 5869): many keys from one, and one key per device and purpose.
 *
 * The factory and the server hold one master key; each device gets only what mote_hkdf_device_key derives for its id.
 * A device that is taken apart gives away its own key and no other.
 *
 * Constant time: the time depends on lengths alone (of the keys, salt, info, label and device id). */
#ifndef MOTE_HKDF_H
#define MOTE_HKDF_H

#include <mote/hmac.h>

MOTE_BEGIN_DECLS

/* The pseudorandom key (PRK, section 2.2), ready to expand. Holds secrets: mote_hkdf_wipe it when done. May be copied
 * and shared between threads. */
typedef struct mote_hkdf mote_hkdf;
struct mote_hkdf {
    mote_hmac_key prk;
};

/* HKDF-Extract (section 2.2): PRK = HMAC(salt, ikm). salt and ikm may be NULL when their length is 0. */
void mote_hkdf_extract(mote_hkdf *hkdf, const uint8_t *salt, size_t salt_len, const uint8_t *ikm, size_t ikm_len);

/* Start from a PRK that is already uniformly random, such as a 32-byte master key from a good generator. */
void mote_hkdf_from_prk(mote_hkdf *hkdf, const uint8_t prk[32]);

/* HKDF-Expand (section 2.3): write okm_len bytes of output keying material. MOTE_ERR_LENGTH if okm_len is over
 * 255 * 32 = 8160; MOTE_ERR_OVERLAP if okm overlaps info. info may be NULL when info_len is 0, okm when okm_len is. */
MOTE_WARN_UNUSED mote_status mote_hkdf_expand(const mote_hkdf *hkdf, uint8_t *okm, size_t okm_len, const uint8_t *info,
                                              size_t info_len);

/* Extract and expand in one call; errors as mote_hkdf_expand. okm may overlap salt or ikm. */
MOTE_WARN_UNUSED mote_status mote_hkdf_sha256(uint8_t *okm, size_t okm_len, const uint8_t *salt, size_t salt_len,
                                              const uint8_t *ikm, size_t ikm_len, const uint8_t *info, size_t info_len);

/* One key per device and purpose: expand with info = label || 0x00 || device_id. The label is a C string that names
 * the purpose ("uplink v1"), the id is any bytes (a serial number); since a label cannot contain the zero byte, no two
 * pairs share an info. Use another label for each direction and each kind of key. key_len is 32 for mote_seal.
 * MOTE_ERR_LENGTH if label or device_id is empty or key_len is over 8160; MOTE_ERR_OVERLAP if key overlaps either. */
MOTE_WARN_UNUSED mote_status mote_hkdf_device_key(const mote_hkdf *master, uint8_t *key, size_t key_len, const char *label,
                                                  const uint8_t *device_id, size_t device_id_len);

/* Erase the PRK. */
void mote_hkdf_wipe(mote_hkdf *hkdf);

MOTE_END_DECLS

#endif
