/* bench/trace.c - the instructions that one call executes, for bench/model.py. */
#define _GNU_SOURCE
#include "desktop.h"

#include <signal.h>
#include <stdio.h>

#if defined(__x86_64__) && defined(__linux__)

#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRAP 0xcc /* INT3, one byte */

/* What the traced process does: some calls until all is chosen and looked up, and one between two traps. */
static void calls(bench_run *run, size_t len)
{
    (void)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
    for (int i = 0; i < 20; i++)
        run(len);
    __asm__ volatile("int3");
    run(len);
    __asm__ volatile("int3");
    _exit(0);
}

int bench_trace(bench_run *run, size_t len)
{
    const pid_t child = fork();
    struct user_regs_struct registers;
    int status;

    if (child == 0)
        calls(run, len);
    while (waitpid(child, &status, 0) == child && WIFSTOPPED(status) && WSTOPSIG(status) == SIGTRAP &&
           ptrace(PTRACE_GETREGS, child, NULL, &registers) == 0) {
        /* The code lies here where it lies there. No instruction is longer than 15 bytes. */
        const uint8_t *const code = (const uint8_t *)registers.rip;

        if (*code == TRAP) {
            (void)ptrace(PTRACE_KILL, child, NULL, NULL);
            (void)waitpid(child, &status, 0);
            return 0;
        }
        printf("%p ", (const void *)code);
        for (int i = 0; i < 15; i++)
            printf("%02x", code[i]);
        putchar('\n');
        if (ptrace(PTRACE_SINGLESTEP, child, NULL, NULL) != 0)
            break;
    }
    fprintf(stderr, "the call could not be traced\n");
    return 1;
}

#else

int bench_trace(bench_run *run, size_t len)
{
    (void)run;
    (void)len;
    fprintf(stderr, "calls are traced on x86-64 under Linux alone\n");
    return 1;
}

#endif
