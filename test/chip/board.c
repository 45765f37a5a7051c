/* test/chip/board.c - a board around an ATmega328P, for the example firmware: pulses on pin PD2, the serial port to stdout.
 *
 *     board FIRMWARE PULSES RUNS
 *
 * Each run starts with a reset, gives that many pulses, and ends one simulated second after the last. The EEPROM keeps its
 * content from one run to the next. */
#include <simavr/avr_ioport.h>
#include <simavr/avr_uart.h>
#include <simavr/sim_avr.h>
#include <simavr/sim_elf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#define CLOCK 16000000
#define PULSE_CYCLES (CLOCK / 500)

static void print_byte(struct avr_irq_t *irq, uint32_t byte, void *unused)
{
    (void)irq;
    (void)unused;
    putchar((int)byte);
}

/* The simulator's own messages must not stand among the chip's. */
static void print_error(avr_t *avr, const int level, const char *format, va_list arguments)
{
    (void)avr;
    if (level <= LOG_ERROR)
        vfprintf(stderr, format, arguments);
}

/* Simulated time passes by itself. */
static void do_not_wait(avr_t *avr, avr_cycle_count_t cycles)
{
    (void)avr;
    (void)cycles;
}

static int run_for(avr_t *avr, uint64_t cycles)
{
    const uint64_t end = avr->cycle + cycles;

    while (avr->cycle < end) {
        const int state = avr_run(avr);

        if (state == cpu_Done || state == cpu_Crashed)
            return 0;
    }
    return 1;
}

int main(int argc, char **argv)
{
    static elf_firmware_t firmware;
    uint32_t flags = 0;
    avr_irq_t *pin;
    avr_t *avr;

    avr_global_logger_set(print_error);
    if (argc != 4 || elf_read_firmware(argv[1], &firmware) != 0 || (avr = avr_make_mcu_by_name("atmega328p")) == NULL) {
        fprintf(stderr, "usage: board FIRMWARE PULSES RUNS\n");
        return EXIT_FAILURE;
    }
    avr_init(avr);
    avr_load_firmware(avr, &firmware);
    avr->frequency = CLOCK;
    avr->sleep = do_not_wait;
    avr_ioctl(avr, AVR_IOCTL_UART_SET_FLAGS('0'), &flags);
    avr_irq_register_notify(avr_io_getirq(avr, AVR_IOCTL_UART_GETIRQ('0'), UART_IRQ_OUTPUT), print_byte, NULL);
    pin = avr_io_getirq(avr, AVR_IOCTL_IOPORT_GETIRQ('D'), 2);

    for (int run = 0; run < atoi(argv[3]); run++) {
        int alive;

        avr_reset(avr);
        alive = run_for(avr, CLOCK / 100);
        for (int pulse = 0; alive && pulse < atoi(argv[2]); pulse++) {
            avr_raise_irq(pin, 1);
            alive = run_for(avr, PULSE_CYCLES / 2);
            avr_raise_irq(pin, 0);
            alive = alive && run_for(avr, PULSE_CYCLES / 2);
        }
        if (!alive || !run_for(avr, CLOCK)) {
            fprintf(stderr, "the firmware stopped\n");
            return EXIT_FAILURE;
        }
    }
    return EXIT_SUCCESS;
}
