/* packet.c - one reading on its way from a device to its server, and three forgeries that are refused.
 *
 *     ./packet MASTERKEY DEVICE READING COUNTER
 *
 *     MASTERKEY  64 hexadecimal digits (32 bytes): the key that only the factory and the server hold
 *     DEVICE     the device's name: 1 to 64 letters, digits, '-', '.', '_' or '~'
 *     READING    what the device measured, any text up to 1024 bytes; - takes it, byte for byte, from standard input
 *     COUNTER    1 to 9223372036854775807: a number that the device uses only once
 *
 * This one program plays the factory, the device, the server and an attacker in turn. Exit status: 0 if all went as it
 * should, 1 if something did not (a forgery that was accepted, say), 2 for wrong arguments.
 *
 * A packet is sealed: encrypted, so that nobody can read it, and authenticated, so that nobody can change it
 * (mote/cbc_hmac.h). The counter travels beside it, readable by all, and is covered by the authentication as well.
 *
 * Every packet needs an initialization vector (IV) that nobody can predict and that never repeats under the same key.
 * A device with a random source takes 16 random bytes. This one has none: it encrypts its counter under a key that it
 * uses for nothing else (mote_cbc_iv_from_counter). */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include <mote/mote.h>

#define MAX_DEVICE 64
#define MAX_READING 1024
#define MAX_PACKET (16 + (MAX_READING + 16) + 16) /* IV, padded and encrypted reading, tag */
#define MAX_TEXT ((MAX_PACKET + 2) / 3 * 4 + 1)   /* the same in Base64url, and a NUL */

/* Each purpose has its own label and so its own key. Packets from the server to the device would be "downlink v1". */
static const char packet_label[] = "uplink v1";
static const char iv_label[] = "uplink iv v1";

/* What the factory writes into a device. The device never sees the master key. */
struct device {
    uint8_t packet_key[32];
    uint8_t iv_key[16];
};

/* What the server remembers of one device. */
struct account {
    const char *name;
    uint64_t last_counter; /* of the last packet that it accepted; 0: none yet */
};

enum verdict { ACCEPTED, MALFORMED, NOT_AUTHENTIC, REPLAYED };

static const char *const verdict_text[] = {"accepted", "refused: malformed", "refused: not authentic",
                                           "refused: this counter was used before"};

/* The counter as the 8 bytes, highest first, that are authenticated with the packet (its associated data). */
static void counter_bytes(uint8_t bytes[8], uint64_t counter)
{
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)(counter >> (56 - 8 * i));
}

/* The key of one device for the purpose that the label names. 1 if it worked, 0 if not. */
static int derive_key(const mote_hkdf *master, const char *name, const char *label, uint8_t *key, size_t key_len)
{
    return mote_hkdf_device_key(master, key, key_len, label, (const uint8_t *)name, strlen(name)) == MOTE_OK;
}

/* FACTORY: derive both keys of a device from the master key and the device's name. 1 if it worked, 0 if not. */
static int factory_make_device(struct device *device, const mote_hkdf *master, const char *name)
{
    return derive_key(master, name, packet_label, device->packet_key, sizeof device->packet_key) &&
           derive_key(master, name, iv_label, device->iv_key, sizeof device->iv_key);
}

/* DEVICE: seal a reading and write it as Base64url, which may stand in a URL as it is. 1 if it worked, 0 if not.
 * A real device keeps its counter in memory that survives a reset, and advances it there before it seals, not after. */
static int device_seal(const struct device *device, uint64_t counter, const uint8_t *reading, size_t reading_len,
                       char text[MAX_TEXT])
{
    uint8_t iv[16], aad[8], packet[MAX_PACKET];
    size_t packet_len = 0, text_len;
    mote_aes128 iv_cipher;
    mote_status status;

    counter_bytes(aad, counter);
    status = mote_aes128_init(&iv_cipher, device->iv_key);
    if (status == MOTE_OK) {
        mote_cbc_iv_from_counter(&iv_cipher, iv, counter);
        status = mote_seal(device->packet_key, iv, packet, sizeof packet, &packet_len, reading, reading_len, aad, sizeof aad);
    }
    if (status == MOTE_OK)
        status = mote_base64url_encode(text, MAX_TEXT, &text_len, packet, packet_len);
    mote_aes128_wipe(&iv_cipher);
    return status == MOTE_OK;
}

/* SERVER: open what came in under an account's name with a counter beside it. On any verdict but ACCEPTED the reading
 * is empty. The counter is looked at only once the packet is known to be authentic: anybody can write a counter. */
static enum verdict server_receive(const mote_hkdf *master, struct account *account, uint64_t counter, const char *text,
                                   uint8_t reading[MAX_PACKET], size_t *reading_len)
{
    uint8_t key[32], aad[8], packet[MAX_PACKET];
    enum verdict verdict = MALFORMED;
    size_t packet_len;

    *reading_len = 0;
    counter_bytes(aad, counter);
    if (mote_base64url_decode(packet, sizeof packet, &packet_len, text, strlen(text)) == MOTE_OK &&
        derive_key(master, account->name, packet_label, key, sizeof key)) {
        const mote_status status = mote_open(key, reading, MAX_PACKET, reading_len, packet, packet_len, aad, sizeof aad);

        if (status == MOTE_ERR_AUTH) {
            verdict = NOT_AUTHENTIC;
        } else if (status == MOTE_OK && counter <= account->last_counter) {
            mote_wipe(reading, MAX_PACKET);
            *reading_len = 0;
            verdict = REPLAYED;
        } else if (status == MOTE_OK) {
            account->last_counter = counter;
            verdict = ACCEPTED;
        }
    }
    mote_wipe(key, sizeof key);
    return verdict;
}

/* ATTACKER: change one bit of each byte of the packet in turn. Returns how many of the changed packets the server
 * refused as not authentic, and how many there were. */
static size_t attack_bytes(const mote_hkdf *master, struct account *account, uint64_t counter, const char *text,
                           size_t *packet_len)
{
    uint8_t packet[MAX_PACKET], reading[MAX_PACKET];
    size_t refused = 0, reading_len, text_len;
    char changed[MAX_TEXT];

    if (mote_base64url_decode(packet, sizeof packet, packet_len, text, strlen(text)) != MOTE_OK)
        return 0;
    for (size_t i = 0; i < *packet_len; i++) {
        packet[i] ^= 1;
        if (mote_base64url_encode(changed, sizeof changed, &text_len, packet, *packet_len) == MOTE_OK &&
            server_receive(master, account, counter, changed, reading, &reading_len) == NOT_AUTHENTIC)
            refused++;
        packet[i] ^= 1;
    }
    return refused;
}

static void print_reading(const char *what, const uint8_t *reading, size_t len)
{
    printf("  %-14s\"", what);
    for (size_t i = 0; i < len; i++) {
        if (reading[i] >= 0x20 && reading[i] < 0x7f && reading[i] != '"' && reading[i] != '\\')
            putchar(reading[i]);
        else
            printf("\\x%02x", reading[i]);
    }
    printf("\" (%lu bytes)\n", (unsigned long)len);
}

/* Play all four parts. Returns 1 if everything that should be accepted was, and everything that should be refused was. */
static int play(const mote_hkdf *master, const char *name, const uint8_t *reading, size_t reading_len, uint64_t counter)
{
    char text[MAX_TEXT], key_text[2 * 32 + 1], other_name[MAX_DEVICE + 3];
    struct account account = {NULL, 0}, other_account = {NULL, 0};
    uint8_t received[MAX_PACKET];
    size_t received_len, key_text_len, packet_len = 0, refused;
    struct device device;
    enum verdict verdict;
    int ok;

    ok = factory_make_device(&device, master, name) &&
         mote_base16_encode(key_text, sizeof key_text, &key_text_len, device.packet_key, 32) == MOTE_OK;
    if (ok) {
        printf("Factory: derives a key for the device \"%s\" from the master key and writes it into the device.\n", name);
        printf("  device key    %s\n", key_text);
        printf("                (a secret; shown here only so that you can compare it with what your server derives)\n");
        ok = device_seal(&device, counter, reading, reading_len, text);
    }
    mote_wipe(key_text, sizeof key_text);
    mote_wipe(&device, sizeof device);
    if (!ok)
        return 0;

    printf("Device: seals its reading together with the counter %" PRIu64 ", which it will never use again.\n", counter);
    print_reading("reading", reading, reading_len);
    printf("  sends         /reading?device=%s&counter=%" PRIu64 "&packet=%s\n", name, counter, text);

    printf("Server: derives the same key from the master key and the device's name, and opens the packet.\n");
    account.name = name;
    verdict = server_receive(master, &account, counter, text, received, &received_len);
    print_reading(verdict_text[verdict], received, received_len);
    ok = verdict == ACCEPTED && received_len == reading_len && mote_ct_equal(received, reading, reading_len);
    mote_wipe(received, sizeof received);

    printf("Attacker: saw the packet on its way, and tries to get something accepted by the server.\n");
    refused = attack_bytes(master, &account, counter, text, &packet_len);
    printf("  changes a bit in each of the %lu bytes in turn: %lu of %lu refused: not authentic\n", (unsigned long)packet_len,
           (unsigned long)refused, (unsigned long)packet_len);
    ok = ok && packet_len > 0 && refused == packet_len;

    verdict = server_receive(master, &account, counter, text, received, &received_len);
    printf("  sends the same packet again: %s\n", verdict_text[verdict]);
    ok = ok && verdict == REPLAYED;

    verdict = server_receive(master, &account, counter + 1, text, received, &received_len);
    printf("  sends the same packet with the counter %" PRIu64 ": %s\n", counter + 1, verdict_text[verdict]);
    ok = ok && verdict == NOT_AUTHENTIC;

    snprintf(other_name, sizeof other_name, "%s-2", name);
    other_account.name = other_name;
    verdict = server_receive(master, &other_account, counter, text, received, &received_len);
    printf("  sends the same packet as the device \"%s\": %s\n", other_name, verdict_text[verdict]);
    ok = ok && verdict == NOT_AUTHENTIC;

    mote_wipe(received, sizeof received);
    return ok;
}

static int device_name_is_good(const char *name)
{
    const size_t len = strlen(name);

    return len >= 1 && len <= MAX_DEVICE &&
           strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~") == len;
}

/* The number 1 to 2^63 - 1 that text is, or 0 if it is no such number. */
static uint64_t counter_from_text(const char *text)
{
    uint64_t counter = 0;

    if (strlen(text) > 19 || text[strspn(text, "0123456789")] != '\0')
        return 0;
    while (*text != '\0')
        counter = counter * 10 + (uint64_t)(*text++ - '0');
    return counter <= INT64_MAX ? counter : 0;
}

/* The reading from the command line, or from standard input if that says "-". 1 if it fits, 0 if not. */
static int get_reading(uint8_t reading[MAX_READING + 1], size_t *reading_len, const char *argument)
{
    if (strcmp(argument, "-") == 0) {
        *reading_len = fread(reading, 1, MAX_READING + 1, stdin);
        return *reading_len <= MAX_READING && !ferror(stdin);
    }
    *reading_len = strlen(argument);
    if (*reading_len > MAX_READING)
        return 0;
    memcpy(reading, argument, *reading_len);
    return 1;
}

int main(int argc, char **argv)
{
    uint8_t master_key[32], reading[MAX_READING + 1];
    size_t master_key_len, reading_len = 0;
    const char *wrong = NULL;
    uint64_t counter = 0;
    mote_hkdf master;
    int status = 2;

    if (argc != 5)
        wrong = "there must be four arguments";
    else if (mote_base16_decode(master_key, sizeof master_key, &master_key_len, argv[1], strlen(argv[1])) != MOTE_OK ||
             master_key_len != sizeof master_key)
        wrong = "MASTERKEY must be 64 hexadecimal digits";
    else if (!device_name_is_good(argv[2]))
        wrong = "DEVICE must be 1 to 64 letters, digits, '-', '.', '_' or '~'";
    else if ((counter = counter_from_text(argv[4])) == 0)
        wrong = "COUNTER must be a number from 1 to 9223372036854775807";
    else if (!get_reading(reading, &reading_len, argv[3]))
        wrong = "READING must be readable and at most 1024 bytes";

    if (wrong != NULL) {
        fprintf(stderr, "packet: %s\nusage: packet MASTERKEY DEVICE READING|- COUNTER\n", wrong);
    } else {
        mote_hkdf_from_prk(&master, master_key);
        status = play(&master, argv[2], reading, reading_len, counter) ? 0 : 1;
        mote_hkdf_wipe(&master);
        if (status != 0)
            fprintf(stderr, "packet: something above did not go as it should\n");
        if (fflush(stdout) != 0)
            status = 1;
    }
    mote_wipe(master_key, sizeof master_key);
    mote_wipe(reading, sizeof reading);
    return status;
}
