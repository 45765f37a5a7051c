/* HKDF: memory safety and errors for salts, keys, infos, labels and ids of any length. */
#include "contracts.h"

static mote_hkdf hkdf;

void prove_hkdf_extract(void)
{
    const size_t salt_len = nondet_size_t(), ikm_len = nondet_size_t();

    mote_hkdf_extract(&hkdf, buffer(salt_len), salt_len, buffer(ikm_len), ikm_len);
    END();
}

void prove_hkdf_from_prk(void)
{
    uint8_t prk[32];

    mote_hkdf_from_prk(&hkdf, prk);
    END();
}

void prove_hkdf_expand(void)
{
    const size_t okm_len = nondet_size_t(), info_len = nondet_size_t();
    void *okm, *info;

    place(&okm, okm_len, &info, info_len);
    watch(okm, okm_len);
    (void)mote_hkdf_expand(&hkdf, okm, okm_len, info, info_len);
    END();
}

/* The output may overlap the salt (or the keying material, which goes the same way), but not the info. */
void prove_hkdf_sha256(void)
{
    const size_t okm_len = nondet_size_t(), salt_len = nondet_size_t(), ikm_len = nondet_size_t(), info_len = nondet_size_t();
    void *okm, *salt, *ikm = buffer(ikm_len), *info;

#ifdef CASE_INFO
    place(&okm, okm_len, &info, info_len);
    salt = buffer(salt_len);
#else
    place(&okm, okm_len, &salt, salt_len);
    info = buffer(info_len);
#endif
    watch(okm, okm_len);
    (void)mote_hkdf_sha256(okm, okm_len, salt, salt_len, ikm, ikm_len, info, info_len);
    END();
}

void prove_hkdf_device_key(void)
{
    const size_t key_len = nondet_size_t(), id_len = nondet_size_t();
    void *key, *id, *label;

    label_end = nondet_size_t();
    __CPROVER_assume(label_end < LEN_MAX);
#ifdef CASE_LABEL
    place(&key, key_len, &label, label_end + 1);
    id = buffer(id_len);
#else
    place(&key, key_len, &id, id_len);
    label = buffer(label_end + 1);
#endif
    watch(key, key_len);
    (void)mote_hkdf_device_key(&hkdf, key, key_len, label, id, id_len);
    END();
}

void prove_hkdf_wipe(void)
{
    watch(&hkdf, sizeof hkdf);
    mote_hkdf_wipe(&hkdf);
    END();
}
