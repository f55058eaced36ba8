// From exec to the first reply: starts a server, tries to connect until it listens, and asks once.
#include "load.h"
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static long resident_bytes(pid_t pid) {
    char path[64], line[256];
    long kilobytes = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *status = fopen(path, "r");
    while (status && fgets(line, sizeof line, status))
        if (sscanf(line, "VmRSS: %ld kB", &kilobytes) == 1)
            break;
    if (status)
        fclose(status);
    return kilobytes * 1024;
}

static pid_t start(char **command) {
    pid_t pid = fork();
    if (pid == 0) {
        // A driver that fails leaves no server behind, on a port that somebody may want.
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
            _exit(126);
        execvp(command[0], command);
        _exit(127);
    }
    return pid;
}

static void stop(pid_t pid) {
    kill(pid, SIGTERM);
    for (int tries = 0; tries < 200; tries++, usleep(10000))
        if (waitpid(pid, NULL, WNOHANG) == pid)
            return;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

void run_start(const struct options *options) {
    struct talk talk = talk_of(options);
    double begun = seconds_now();
    pid_t pid = start(options->command);
    int fd;
    while ((fd = try_connect(options->port, 0, true)) < 0) {
        if (waitpid(pid, NULL, WNOHANG) == pid)
            fail("the server ended", options->command[0]);
        if (seconds_now() > begun + 30) {
            stop(pid);
            fail("the server does not listen", options->command[0]);
        }
        usleep(100);
    }
    read_exactly(fd, talk.greeting);
    exchange_one(&talk, fd);
    double seconds = seconds_now() - begun;
    printf("{\"seconds\":%.6f,\"residentBytes\":%ld}\n", seconds, resident_bytes(pid));
    close(fd);
    stop(pid);
}
