/* test/chip/declassify.h - MOTE_DECLASSIFY for the simulated chips: tells the host each byte that becomes public.
 *
 * Compiled into the library (-include) for the constant-time check only. The host notes when each byte is told; what runs
 * before may not depend on any secret, what runs after may depend on what was told. */
#ifndef CHIP_DECLASSIFY_H
#define CHIP_DECLASSIFY_H

#include <stddef.h>
#include <stdint.h>

#if defined(__AVR__)
/* GPIOR0, a register of the ATmega328P and ATmega2560 that does nothing. */
#define CHIP_TELL(byte) (*(volatile uint8_t *)0x3e = (byte))
#define MOTE_DECLASSIFY_REGISTER(x) "out 0x1e," x "\n" /* in assembly, where its address as a port is meant */
#else
/* The address that is written says the byte. */
extern volatile uint8_t chip_told[256];
#define CHIP_TELL(byte) (chip_told[byte] = 0)
#endif

static inline void chip_declassify(const void *data, size_t len)
{
    const uint8_t *bytes = (const uint8_t *)data;

    for (size_t i = 0; i < len; i++)
        CHIP_TELL(bytes[i]);
}

#define MOTE_DECLASSIFY(data, len) chip_declassify((data), (len))

#endif
