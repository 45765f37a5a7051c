/* quick.c - the shortest round trip: derive a device's key, seal, open. README.md shows the marked part.
 * examples/packet.c is the whole story, with what an attacker would try. */
#include <stdio.h>

#include <mote/mote.h>

/* len random bytes from the system. A microcontroller has its own source, or takes its IV from a counter (packet.c). */
static int random_bytes(uint8_t *out, size_t len)
{
    FILE *file = fopen("/dev/urandom", "rb");
    const int ok = file != NULL && fread(out, 1, len, file) == len;

    if (file != NULL)
        fclose(file);
    return ok;
}

int main(void)
{
    const uint8_t id[] = "sensor-17", text[] = "21.5 C";
    const uint8_t counter[8] = {0, 0, 0, 0, 0, 0, 0, 42}; /* the packet's number, not secret: the associated data */
    uint8_t master_key[32], key[32], iv[16], packet[48], reading[16];
    size_t packet_len, reading_len = 0;
    mote_hkdf master;
    int ok;

    if (!random_bytes(master_key, sizeof master_key) || !random_bytes(iv, sizeof iv)) {
        fputs("quick: no random bytes\n", stderr);
        return 1;
    }
    /* README begins */
    /* Factory and server: from the 32-byte master key, the key of one device. The device is given only that. */
    mote_hkdf_from_prk(&master, master_key);
    ok = mote_hkdf_device_key(&master, key, 32, "uplink v1", id, sizeof id - 1) == MOTE_OK;
    /* Device: seal 6 bytes under a new, unpredictable IV. packet needs mote_sealed_len(6) = 48 bytes. */
    ok = ok && mote_seal(key, iv, packet, sizeof packet, &packet_len, text, 6, counter, 8) == MOTE_OK;
    /* Server: open it. reading needs packet_len - 32 bytes. Fails if key, packet or counter is not the very same. */
    ok = ok && mote_open(key, reading, sizeof reading, &reading_len, packet, packet_len, counter, 8) == MOTE_OK;
    mote_wipe(key, sizeof key);
    mote_hkdf_wipe(&master);
    /* README ends */
    mote_wipe(master_key, sizeof master_key);
    printf("%.*s\n", (int)reading_len, (const char *)reading);
    return ok ? 0 : 1;
}
