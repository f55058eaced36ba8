// Wall-clock time, and the CPU time of this process and of the server, in nanoseconds. A CPU clock includes all threads
// of a process, also those that have ended.
#include "load.h"
#include <stdio.h>
#include <time.h>

static double read_clock(clockid_t clock) {
    struct timespec time = {0};
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

double seconds_now(void) { return read_clock(CLOCK_MONOTONIC); }

static double server_seconds(pid_t server) {
    clockid_t clock;
    return server > 0 && clock_getcpuclockid(server, &clock) == 0 ? read_clock(clock) : 0;
}

struct usage usage_now(pid_t server) {
    return (struct usage){seconds_now(), server_seconds(server), read_clock(CLOCK_PROCESS_CPUTIME_ID)};
}

struct usage usage_since(struct usage start, pid_t server) {
    struct usage now = usage_now(server);
    return (struct usage){now.wall - start.wall, now.server - start.server, now.client - start.client};
}

void print_usage(const char *separator, size_t requests, struct usage used) {
    printf("\"requests\":%zu,\"seconds\":%.6f,\"serverCpuSeconds\":%.6f,\"clientCpuSeconds\":%.6f%s", requests, used.wall,
           used.server, used.client, separator);
}
