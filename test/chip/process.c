/* test/chip/process.c - see process.h. */
#define _DEFAULT_SOURCE /* fork, pipe, strsignal */
#include "process.h"
#include "chip.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static int requests, answers;
static pid_t child;

static void ended(void)
{
    int status = 0;

    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        chip_fail("the program was ended by signal %d (%s)", WTERMSIG(status), strsignal(WTERMSIG(status)));
    chip_fail("the program has ended, with status %d", WEXITSTATUS(status));
}

void process_read(void *data, size_t len)
{
    uint8_t *at = data;

    while (len > 0) {
        const ssize_t done = read(answers, at, len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            ended();
        at += done;
        len -= (size_t)done;
    }
}

void process_write(const void *data, size_t len)
{
    const uint8_t *at = data;

    while (len > 0) {
        const ssize_t done = write(requests, at, len);

        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            ended();
        at += done;
        len -= (size_t)done;
    }
}

void process_start(char *const arguments[])
{
    int in[2], out[2];

    if (pipe(in) != 0 || pipe(out) != 0 || (child = fork()) < 0)
        chip_fail("no process for %s", arguments[0]);
    if (child == 0) {
        dup2(in[0], 0);
        dup2(out[1], 1);
        close(in[1]);
        close(out[0]);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    close(in[0]);
    close(out[1]);
    requests = in[1];
    answers = out[0];
    signal(SIGPIPE, SIG_IGN);
}
