/* mote_cli.c - the library behind the line protocol that every program of this test speaks, so that each can be held
 * against each other. One request a line on standard input, one answer a line on standard output:
 *
 *     key,MASTER,LABEL,DEVICE         the device's key
 *     seal,KEY,IV,AAD,PLAINTEXT       the sealed packet in Base64url
 *     open,KEY,AAD,PACKET             the plaintext, or the word refused
 *
 * Everything is in hexadecimal, PACKET in Base64url; any field may be empty. An answer is "ok," and the value. Anything
 * that the protocol does not know ends the program with status 2. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mote/mote.h>

#define MAX_DATA 4096
#define MAX_LINE (4 * MAX_DATA)
#define FIELDS 5

struct field {
    uint8_t data[MAX_DATA + 1];
    size_t len;
};

static void fail(const char *what)
{
    fprintf(stderr, "mote_cli: %s\n", what);
    exit(2);
}

static void parse_hex(struct field *field, const char *text)
{
    if (mote_base16_decode(field->data, MAX_DATA, &field->len, text, strlen(text)) != MOTE_OK)
        fail("a field is not hexadecimal, or too long");
}

static void parse_exact(struct field *field, const char *text, size_t len)
{
    parse_hex(field, text);
    if (field->len != len)
        fail("a key or an IV has the wrong length");
}

static void answer_hex(const uint8_t *data, size_t len)
{
    static char text[2 * MAX_DATA + 1];
    size_t text_len;

    if (mote_base16_encode(text, sizeof text, &text_len, data, len) != MOTE_OK)
        fail("mote_base16_encode failed");
    printf("ok,%s\n", text);
}

static void do_key(char *arg[FIELDS])
{
    static struct field master, label, device;
    uint8_t key[32];
    mote_hkdf hkdf;

    parse_exact(&master, arg[1], 32);
    parse_hex(&label, arg[2]);
    parse_hex(&device, arg[3]);
    label.data[label.len] = '\0';
    mote_hkdf_from_prk(&hkdf, master.data);
    if (mote_hkdf_device_key(&hkdf, key, sizeof key, (const char *)label.data, device.data, device.len) != MOTE_OK)
        fail("mote_hkdf_device_key failed");
    answer_hex(key, sizeof key);
}

static void do_seal(char *arg[FIELDS])
{
    static struct field key, iv, aad, plaintext;
    static uint8_t packet[MAX_DATA + 48];
    static char text[2 * sizeof packet];
    size_t packet_len, text_len;

    parse_exact(&key, arg[1], 32);
    parse_exact(&iv, arg[2], 16);
    parse_hex(&aad, arg[3]);
    parse_hex(&plaintext, arg[4]);
    if (mote_seal(key.data, iv.data, packet, sizeof packet, &packet_len, plaintext.data, plaintext.len, aad.data, aad.len) !=
            MOTE_OK ||
        packet_len != mote_sealed_len(plaintext.len) ||
        mote_base64url_encode(text, sizeof text, &text_len, packet, packet_len) != MOTE_OK)
        fail("mote_seal failed");
    printf("ok,%s\n", text);
}

static void do_open(char *arg[FIELDS])
{
    static uint8_t packet[MAX_DATA], plaintext[MAX_DATA];
    size_t packet_len, plaintext_len;
    static struct field key, aad;
    mote_status status;

    parse_exact(&key, arg[1], 32);
    parse_hex(&aad, arg[2]);
    status = mote_base64url_decode(packet, sizeof packet, &packet_len, arg[3], strlen(arg[3]));
    if (status == MOTE_OK)
        status = mote_open(key.data, plaintext, sizeof plaintext, &plaintext_len, packet, packet_len, aad.data, aad.len);
    if (status == MOTE_OK)
        answer_hex(plaintext, plaintext_len);
    else if (status == MOTE_ERR_AUTH || status == MOTE_ERR_ENCODING || status == MOTE_ERR_LENGTH)
        puts("refused");
    else
        fail("mote_open failed in a way that no packet can cause");
}

int main(void)
{
    static const struct {
        const char *name;
        int fields;
        void (*run)(char *arg[FIELDS]);
    } commands[] = {{"key", 4, do_key}, {"seal", 5, do_seal}, {"open", 4, do_open}};
    static char line[MAX_LINE];

    while (fgets(line, sizeof line, stdin) != NULL) {
        char *arg[FIELDS] = {line}, *end = strchr(line, '\n');
        size_t command = 0;
        int fields = 1;

        if (end == NULL)
            fail("a line is too long");
        *end = '\0';
        for (char *c = strchr(line, ','); c != NULL && fields < FIELDS; c = strchr(c, ',')) {
            *c++ = '\0';
            arg[fields++] = c;
        }
        while (command < 3 && (strcmp(arg[0], commands[command].name) != 0 || fields != commands[command].fields))
            command++;
        if (command == 3)
            fail("no such request");
        commands[command].run(arg);
    }
    return fflush(stdout) == 0 && !ferror(stdin) ? 0 : 2;
}
