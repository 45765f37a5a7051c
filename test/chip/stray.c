/* test/chip/stray.c - writes that must not happen, on the simulated chip: the program has to end as failed.
 *
 * "overrun" writes one byte past an output, "input" changes an input; "none" does neither and has to succeed. */
#include "marshal.h"

#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    uint8_t data[16] = {0};
    const char *what = argc > 1 ? argv[1] : "";

    if (strcmp(what, "overrun") == 0 || strcmp(what, "none") == 0) {
        call_begin(CHIP_planted_overrun);
        call_out(data, 16);
        call_number(strcmp(what, "none") == 0 ? 15 : 16);
        call_run();
    } else if (strcmp(what, "input") == 0) {
        call_begin(CHIP_planted_input);
        call_in(data, 16);
        call_number(16);
        call_run();
    }
    return EXIT_SUCCESS;
}
