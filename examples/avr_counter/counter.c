/* counter.c - a meter on an ATmega328P: counts pulses on pin PD2 and seals every tenth count for its server.
 *
 * A water, gas or electricity meter gives one pulse for each unit. Each sealed reading goes out of the serial port as a line
 *
 *     meter-17 NUMBER-AND-PACKET-IN-BASE64URL
 *
 * which a radio module may carry to the server; receive.c is the server's side. Nobody on the way can read the count or change
 * it, and a line that is sent again is noticed by its number.
 *
 * With nothing but avr-gcc and avr-libc, from the top of the repository:
 *
 *     avr-gcc -std=c99 -Os -mmcu=atmega328p -Iinclude -ffunction-sections -fdata-sections -Wl,--gc-sections \
 *         -o counter.elf examples/avr_counter/counter.c {ct,aes,sha256,base64,cbc,hmac,hkdf}/?*.c
 *
 * The factory derives two keys for each device from its master key (receive.c --keys) and writes them into the EEPROM. */
#include <avr/eeprom.h>
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>

#include <mote/mote.h>

#include <string.h>

#define CLOCK 16000000
#define BAUD 9600
#define PULSES_PER_READING 10

#define NUMBER_LEN 4
#define READING_LEN 4
#define PACKET_LEN 48 /* mote_sealed_len(READING_LEN) */

static const char device[] = "meter-17";

/* Written by the factory; here what it derives from the master key 00 01 02 ... 1f. */
static uint8_t EEMEM packet_key[32] = {0xc5, 0x5c, 0x61, 0x0b, 0x0c, 0xea, 0xc8, 0x16, 0xe4, 0x65, 0x09,
                                       0x8f, 0x7d, 0xd5, 0x00, 0xcd, 0x30, 0xbb, 0xfd, 0x2c, 0xdf, 0xf0,
                                       0x82, 0x88, 0xc6, 0xe1, 0x32, 0x9f, 0x39, 0x13, 0x20, 0x0f};
static uint8_t EEMEM iv_key[16] = {0x8b, 0xef, 0xc5, 0xe6, 0x18, 0xb3, 0x49, 0x9f,
                                   0x09, 0xcf, 0x6f, 0xb0, 0xdc, 0x4b, 0xf2, 0xe5};

/* The last reading. It survives a reset, so no number and no IV comes twice. A cell of the EEPROM lasts for at least
 * 100 000 of them. */
static struct last_reading {
    uint32_t number;
    uint32_t count;
} last EEMEM = {0, 0};

static volatile uint32_t pulses;

ISR(INT0_vect)
{
    pulses++;
}

static void serial_start(void)
{
    UBRR0 = CLOCK / 16 / BAUD - 1;
    UCSR0B = 1 << TXEN0;
}

static void serial_write(const char *text)
{
    for (; *text != '\0'; text++) {
        while (!(UCSR0A & 1 << UDRE0)) {
        }
        UDR0 = (uint8_t)*text;
    }
}

static void put_number(uint8_t bytes[4], uint32_t number)
{
    bytes[0] = (uint8_t)(number >> 24);
    bytes[1] = (uint8_t)(number >> 16);
    bytes[2] = (uint8_t)(number >> 8);
    bytes[3] = (uint8_t)number;
}

/* The IV must be unpredictable and never come twice: the number, encrypted under a key that is used for nothing else. */
static mote_status make_iv(uint8_t iv[16], uint32_t number)
{
    mote_aes128 aes;
    uint8_t key[16];
    mote_status status;

    eeprom_read_block(key, iv_key, sizeof key);
    status = mote_aes128_init(&aes, key);
    if (status == MOTE_OK)
        mote_cbc_iv_from_counter(&aes, iv, number);
    mote_aes128_wipe(&aes);
    mote_wipe(key, sizeof key);
    return status;
}

/* line = number || packet. What is authenticated but not encrypted: the device's name and the number. */
static mote_status seal_reading(uint8_t line[NUMBER_LEN + PACKET_LEN], uint32_t number, uint32_t count)
{
    uint8_t key[32], iv[16], reading[READING_LEN], aad[sizeof device + NUMBER_LEN];
    size_t len;
    mote_status status;

    put_number(line, number);
    put_number(reading, count);
    memcpy(aad, device, sizeof device);
    memcpy(aad + sizeof device, line, NUMBER_LEN);
    status = make_iv(iv, number);
    if (status == MOTE_OK) {
        eeprom_read_block(key, packet_key, sizeof key);
        status = mote_seal(key, iv, line + NUMBER_LEN, PACKET_LEN, &len, reading, sizeof reading, aad, sizeof aad);
        mote_wipe(key, sizeof key);
    }
    mote_wipe(reading, sizeof reading);
    return status;
}

static void send_reading(uint32_t count)
{
    const uint32_t number = eeprom_read_dword(&last.number) + 1;
    uint8_t line[NUMBER_LEN + PACKET_LEN];
    char text[72]; /* mote_base64url_encoded_len(52) = 70 characters, and a NUL */
    size_t len;

    eeprom_update_dword(&last.number, number); /* before its use: power may fail at any moment */
    eeprom_update_dword(&last.count, count);
    if (seal_reading(line, number, count) != MOTE_OK ||
        mote_base64url_encode(text, sizeof text, &len, line, sizeof line) != MOTE_OK)
        return;
    serial_write(device);
    serial_write(" ");
    serial_write(text);
    serial_write("\n");
}

int main(void)
{
    uint32_t sent = eeprom_read_dword(&last.count);

    pulses = sent;
    serial_start();
    EICRA = 1 << ISC01 | 1 << ISC00; /* an interrupt on each rising edge of PD2 */
    EIMSK = 1 << INT0;
    set_sleep_mode(SLEEP_MODE_IDLE);
    sleep_enable();
    for (;;) {
        cli();
        if (pulses - sent < PULSES_PER_READING) {
            sei(); /* takes effect after the next instruction, so no pulse is slept through */
            sleep_cpu();
        } else {
            sei();
            sent += PULSES_PER_READING;
            send_reading(sent);
        }
    }
}
