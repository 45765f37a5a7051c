/* receive.c - the server's side of counter.c: opens sealed readings, one a line, from standard input.
 *
 *     ./receive MASTERKEY < LINES
 *     ./receive MASTERKEY --keys DEVICE       what the factory writes into the device's EEPROM
 *
 * MASTERKEY is 64 hexadecimal digits. Prints "DEVICE reading NUMBER: COUNT pulses" for each line that is authentic and new.
 * Exit status: 0 if all were, 1 if any was not, 2 for wrong arguments. */
#include <mote/mote.h>

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NUMBER_LEN 4
#define READING_LEN 4
#define MAX_DEVICE 31
#define LINE_LEN (NUMBER_LEN + 48)

static uint32_t get_number(const uint8_t bytes[4])
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static mote_status derive(const mote_hkdf *master, const char *device, const char *label, uint8_t *key, size_t key_len)
{
    return mote_hkdf_device_key(master, key, key_len, label, (const uint8_t *)device, strlen(device));
}

static void print_array(const char *name, const uint8_t *data, size_t len)
{
    printf("%s = {", name);
    for (size_t i = 0; i < len; i++)
        printf("%s0x%02x", i == 0 ? "" : ", ", data[i]);
    printf("};\n");
}

static int print_keys(const mote_hkdf *master, const char *device)
{
    uint8_t packet_key[32], iv_key[16];
    const int derived = derive(master, device, "meter reading v1", packet_key, sizeof packet_key) == MOTE_OK &&
                        derive(master, device, "meter iv v1", iv_key, sizeof iv_key) == MOTE_OK;

    if (derived) {
        print_array("packet_key[32]", packet_key, sizeof packet_key);
        print_array("iv_key[16]", iv_key, sizeof iv_key);
    }
    mote_wipe(packet_key, sizeof packet_key);
    mote_wipe(iv_key, sizeof iv_key);
    return derived ? 0 : 1;
}

/* Open one line; 1 and the reading if it is authentic. */
static int open_line(const mote_hkdf *master, const char *device, const char *text, uint32_t *number, uint32_t *count)
{
    uint8_t key[32], line[LINE_LEN], reading[16], aad[MAX_DEVICE + 1 + NUMBER_LEN];
    const size_t device_len = strlen(device) + 1; /* with the NUL, as the device does */
    size_t len;
    int authentic = 0;

    if (mote_base64url_decode(line, sizeof line, &len, text, strlen(text)) != MOTE_OK || len != sizeof line)
        return 0;
    memcpy(aad, device, device_len);
    memcpy(aad + device_len, line, NUMBER_LEN);
    if (derive(master, device, "meter reading v1", key, sizeof key) == MOTE_OK &&
        mote_open(key, reading, sizeof reading, &len, line + NUMBER_LEN, sizeof line - NUMBER_LEN, aad,
                  device_len + NUMBER_LEN) == MOTE_OK &&
        len == READING_LEN) {
        *number = get_number(line);
        *count = get_number(reading);
        authentic = 1;
    }
    mote_wipe(key, sizeof key);
    return authentic;
}

/* All lines; the number of those that are refused. A server with many devices remembers the last number of each. */
static int receive(const mote_hkdf *master)
{
    char line[200], device[MAX_DEVICE + 1], text[128];
    uint32_t last = 0, number, count;
    int refused = 0;

    while (fgets(line, sizeof line, stdin) != NULL) {
        if (sscanf(line, "%31s %127s", device, text) != 2 || !open_line(master, device, text, &number, &count)) {
            printf("refused: not authentic\n");
            refused++;
        } else if (number <= last) {
            printf("refused: %s reading %" PRIu32 " came before\n", device, number);
            refused++;
        } else {
            last = number;
            printf("%s reading %" PRIu32 ": %" PRIu32 " pulses\n", device, number, count);
        }
    }
    return refused;
}

int main(int argc, char **argv)
{
    uint8_t master_key[32];
    mote_hkdf master;
    size_t len;
    int failed;

    if ((argc != 2 && !(argc == 4 && strcmp(argv[2], "--keys") == 0)) ||
        mote_base16_decode(master_key, sizeof master_key, &len, argv[1], strlen(argv[1])) != MOTE_OK ||
        len != sizeof master_key) {
        fprintf(stderr, "usage: receive MASTERKEY [--keys DEVICE]\n");
        return 2;
    }
    mote_hkdf_from_prk(&master, master_key);
    mote_wipe(master_key, sizeof master_key);
    failed = argc == 4 ? print_keys(&master, argv[3]) : receive(&master);
    mote_hkdf_wipe(&master);
    return failed == 0 ? 0 : 1;
}
