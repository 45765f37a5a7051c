/* test/chip/stray.c - accesses that must not happen, on the simulated chip: each has to end the program, and to be named.
 *
 *     stray overrun | input | address | none
 *
 * "overrun" writes one byte past an output, "input" changes an input, "address" reads where there is no memory; "none" does
 * nothing wrong and has to succeed. */
#define _DEFAULT_SOURCE /* fork, pipe */
#include "marshal.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void access_memory(const char *what)
{
    uint8_t data[16] = {0};

    if (strcmp(what, "input") == 0) {
        call_begin(CHIP_planted_input);
        call_in(data, 16);
        call_number(16);
    } else if (strcmp(what, "address") == 0) {
        call_begin(CHIP_planted_address);
        call_number(0x60000000);
    } else {
        call_begin(CHIP_planted_overrun);
        call_out(data, 16);
        call_number(strcmp(what, "overrun") == 0 ? 16 : 15);
    }
    call_run();
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "none";
    const char *expected = strcmp(what, "none") == 0 ? "" : strcmp(what, "address") == 0 ? "fault at" : "which is no output";
    char said[2000] = {0};
    int ends[2], status;
    pid_t child;

    if (pipe(ends) != 0 || (child = fork()) < 0)
        return EXIT_FAILURE;
    if (child == 0) {
        dup2(ends[1], 2);
        close(ends[0]);
        close(ends[1]);
        access_memory(what);
        exit(EXIT_SUCCESS);
    }
    close(ends[1]);
    for (size_t len = 0; len + 1 < sizeof said;) {
        const ssize_t more = read(ends[0], said + len, sizeof said - 1 - len);

        if (more <= 0)
            break;
        len += (size_t)more;
    }
    waitpid(child, &status, 0);
    fputs(said, stdout);
    if (expected[0] == '\0')
        return WIFEXITED(status) && WEXITSTATUS(status) == 0 && said[0] == '\0' ? EXIT_SUCCESS : EXIT_FAILURE;
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT && strstr(said, expected) != NULL ? EXIT_SUCCESS : EXIT_FAILURE;
}
