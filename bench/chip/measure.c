/* bench/chip/measure.c - what each public function costs on a simulated chip: one line each for bench/chip/report.py.
 *
 *     cost,FUNCTION,SCENARIO,COST,INSTRUCTIONS,STACK     context,NAME,BYTES
 *
 * Everything is exact, so each is called once, from the call instruction to the return. Linked with the proxy of
 * test/chip/, whose library passes the calls to the chip. The one argument is the length of a long CBC message. */
#include "chip.h"
#include "marshal.h"

#include <mote/mote.h>

#include <stdio.h>
#include <stdlib.h>

#define ID_LEN 8
#define TEXT_LEN 240 /* bytes of a text: 320 characters in Base64 */

static uint8_t key[32], iv[16], data[1056], out[1056];
static char text[2 * TEXT_LEN + 1];
static size_t out_len;

static void report(const char *scenario)
{
    printf("cost,%s,%s,%llu,%llu,%zu\n", chip_function_name[chip_trace.function], scenario,
           (unsigned long long)chip_trace.cost, (unsigned long long)chip_trace.instructions, chip_trace.stack);
}

static void report_ok(mote_status status, const char *scenario)
{
    if (status != MOTE_OK)
        chip_fail("%s returned %d", chip_function_name[chip_trace.function], (int)status);
    report(scenario);
}

static void measure_ct(void)
{
    if (!mote_ct_equal(key, key, 32))
        chip_fail("equal bytes are not");
    report("32 B");
    mote_wipe(out, 32);
    report("32 B");
}

static void measure_aes(mote_aes128 *aes)
{
    report_ok(mote_aes128_init(aes, key), "");
    mote_aes128_encrypt_block(aes, out, data);
    report("");
    mote_aes128_decrypt_block(aes, out, data);
    report("");
}

static void measure_cbc(const mote_aes128 *aes, size_t len)
{
    mote_cbc_stream stream;
    char scenario[32];

    snprintf(scenario, sizeof scenario, "%zu B", len);
    report_ok(mote_cbc_encrypt(aes, iv, out, data, len), scenario);
    report_ok(mote_cbc_decrypt(aes, iv, out, data, len), scenario);
    report_ok(mote_cbc_pkcs7_encrypt(aes, iv, out, sizeof out, &out_len, data, 50), "50 B");
    report_ok(mote_cbc_pkcs7_decrypt(aes, iv, data, sizeof data, &out_len, out, 64), "64 B");
    for (size_t i = 0; i < 64; i++)
        data[i] = 16;
    report_ok(mote_pkcs7_unpad(data, 64, &out_len), "64 B");

    mote_cbc_encrypt_init(&stream, aes, iv);
    report("");
    report_ok(mote_cbc_update(&stream, out, sizeof out, &out_len, data, 50), "encrypt; 50 B");
    report_ok(mote_cbc_final(&stream, out + 48, sizeof out - 48, &out_len), "encrypt");
    mote_cbc_decrypt_init(&stream, aes, iv);
    report("");
    report_ok(mote_cbc_update(&stream, data, sizeof data, &out_len, out, 64), "decrypt; 64 B");
    report_ok(mote_cbc_final(&stream, data, sizeof data, &out_len), "decrypt");
    mote_cbc_decrypt_init(&stream, aes, iv);
    mote_cbc_stream_wipe(&stream);
    report("");
    mote_cbc_iv_from_counter(aes, out, 0x123456789abcdef0);
    report("");
}

static void measure_sha256(void)
{
    mote_sha256 sha;

    mote_sha256_init(&sha);
    report("");
    mote_sha256_update(&sha, data, 64);
    report("64 B");
    mote_sha256_update(&sha, data, 128);
    report("128 B");
    mote_sha256_final(&sha, out);
    report("");
    mote_sha256_digest(out, data, 64);
    report("64 B");
}

static void measure_hmac(void)
{
    mote_hmac_key hmac_key;
    mote_hmac hmac;
    mote_hmac copy;

    mote_hmac_key_init(&hmac_key, key, 32);
    report("key 32 B");
    mote_hmac_init(&hmac, &hmac_key);
    report("");
    mote_hmac_update(&hmac, data, 64);
    report("64 B");
    copy = hmac;
    mote_hmac_final(&hmac, out);
    report("");
    report_ok(mote_hmac_verify(&copy, out, 32), "32 B");
    mote_hmac_key_wipe(&hmac_key);
    report("");
    mote_hmac_sha256(out, key, 32, data, 64);
    report("key 32 B; 64 B");
}

static void measure_hkdf(void)
{
    mote_hkdf hkdf;

    mote_hkdf_extract(&hkdf, iv, 16, key, 32);
    report("salt 16 B; key 32 B");
    mote_hkdf_from_prk(&hkdf, key);
    report("");
    report_ok(mote_hkdf_expand(&hkdf, out, 32, data, 16), "32 B; info 16 B");
    report_ok(mote_hkdf_device_key(&hkdf, out, 32, "uplink v1", data, ID_LEN), "32 B; label 9 B; id 8 B");
    report_ok(mote_hkdf_sha256(out, 32, iv, 16, key, 32, data, 16), "32 B; salt 16 B; key 32 B; info 16 B");
    mote_hkdf_wipe(&hkdf);
    report("");
}

static void measure_packets(void)
{
    uint8_t packet[80], tag[16];

    report_ok(mote_cbc_hmac_encrypt(key, iv, out, sizeof out, &out_len, tag, data, 32, data + 64, ID_LEN), "32 B; aad 8 B");
    report_ok(mote_cbc_hmac_decrypt(key, iv, data, sizeof data, &out_len, out, 48, tag, data + 64, ID_LEN), "48 B; aad 8 B");
    report_ok(mote_seal(key, iv, packet, sizeof packet, &out_len, data, 32, data + 64, ID_LEN), "32 B; aad 8 B");
    report_ok(mote_open(key, out, sizeof out, &out_len, packet, sizeof packet, data + 64, ID_LEN), "80 B; aad 8 B");
}

static void measure_base64(void)
{
    report_ok(mote_base64_encode(text, sizeof text, &out_len, data, TEXT_LEN), "240 B");
    report_ok(mote_base64_decode(out, sizeof out, &out_len, text, out_len), "320 characters");
    report_ok(mote_base64url_encode(text, sizeof text, &out_len, data, TEXT_LEN), "240 B");
    report_ok(mote_base64url_decode(out, sizeof out, &out_len, text, out_len), "320 characters");
    report_ok(mote_base16_encode(text, sizeof text, &out_len, data, TEXT_LEN), "240 B");
    report_ok(mote_base16_decode(out, sizeof out, &out_len, text, out_len), "480 characters");
}

int main(int argc, char **argv)
{
    const size_t cbc_len = argc > 1 ? (size_t)atoi(argv[1]) : 256;
    mote_aes128 aes;

    if (cbc_len > 1024 || cbc_len % 16 != 0)
        return EXIT_FAILURE;
    for (size_t i = 0; i < sizeof data; i++)
        data[i] = (uint8_t)(i * 7);
    measure_ct();
    measure_aes(&aes);
    measure_cbc(&aes, cbc_len);
    mote_aes128_wipe(&aes);
    report("");
    measure_sha256();
    measure_hmac();
    measure_hkdf();
    measure_packets();
    measure_base64();

    printf("context,mote_aes128,%zu\n", call_sizeof(CHIP_SIZEOF_AES128));
    printf("context,mote_sha256,%zu\n", call_sizeof(CHIP_SIZEOF_SHA256));
    printf("context,mote_hmac_key,%zu\n", call_sizeof(CHIP_SIZEOF_HMAC_KEY));
    printf("context,mote_hmac,%zu\n", call_sizeof(CHIP_SIZEOF_HMAC));
    printf("context,mote_hkdf,%zu\n", call_sizeof(CHIP_SIZEOF_HKDF));
    printf("context,mote_cbc_stream,%zu\n", call_sizeof(CHIP_SIZEOF_CBC_STREAM));
    printf("backends,%s %s %s\n", mote_aes128_backend(), mote_sha256_backend(), mote_base64_backend());
    return EXIT_SUCCESS;
}
