// Processes: how long a server takes from exec to its first reply, and what a client program costs from exec to exit.
#include "load.h"
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static bool redirect(int fd, const char *path, int flags) {
    int file = open(path, flags, 0644);
    return file >= 0 && dup2(file, fd) == fd;
}

// Starts a program. Without an output file, it writes to the output of this process.
static pid_t spawn(char **command, const char *input, const char *output) {
    pid_t pid = fork();
    if (pid != 0)
        return pid;
    // The program ends with this process.
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (!redirect(STDIN_FILENO, input, O_RDONLY) || (output && !redirect(STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC)))
        _exit(126);
    execvp(command[0], command);
    _exit(127);
}

static void stop(pid_t pid) {
    kill(pid, SIGTERM);
    for (int tries = 0; tries < 200; tries++, usleep(10000))
        if (waitpid(pid, NULL, WNOHANG) == pid)
            return;
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}

static long resident_bytes(pid_t pid) {
    char path[64];
    long total = 0, resident = 0;
    snprintf(path, sizeof path, "/proc/%d/statm", pid);
    FILE *file = fopen(path, "r");
    if (file) {
        if (fscanf(file, "%ld %ld", &total, &resident) != 2)
            resident = 0;
        fclose(file);
    }
    return resident * sysconf(_SC_PAGESIZE);
}

void run_start(const struct options *options) {
    struct protocol protocol = protocol_from(options);
    double start = seconds_now();
    pid_t pid = spawn(options->command, "/dev/null", "/dev/null");
    int fd;
    while ((fd = try_connect(options->port, 0, true)) < 0) {
        if (waitpid(pid, NULL, WNOHANG) == pid)
            fail("the server exited", options->command[0]);
        if (seconds_now() > start + 30) {
            stop(pid);
            fail("the server does not listen", options->command[0]);
        }
        usleep(100);
    }
    receive_exactly(fd, protocol.greeting);
    request_once(&protocol, fd);
    double seconds = seconds_now() - start;
    printf("{\"firstReplySeconds\":%.6f,\"residentBytes\":%ld}\n", seconds, resident_bytes(pid));
    close(fd);
    stop(pid);
}

static double seconds_of(struct timeval time) { return (double)time.tv_sec + (double)time.tv_usec / 1e6; }

// Runs a client program several times. CPU time is that of all its processes.
void run_command(const struct options *options) {
    struct latencies durations = {0};
    double start = seconds_now();
    for (int run = 0; run < options->runs; run++) {
        double started = seconds_now();
        int status = 0;
        waitpid(spawn(options->command, options->input, options->output), &status, 0);
        add_latency(&durations, seconds_now() - started);
        if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
            fail("the program failed", options->command[0]);
    }
    double seconds = seconds_now() - start;
    struct rusage used;
    getrusage(RUSAGE_CHILDREN, &used);
    printf("{");
    if (options->requests > 0)
        printf("\"requests\":%d,", options->requests * options->runs);
    printf("\"seconds\":%.6f,\"clientCpuSeconds\":%.6f,\"peakResidentBytes\":%ld", seconds,
           seconds_of(used.ru_utime) + seconds_of(used.ru_stime), used.ru_maxrss * 1024);
    if (options->runs > 1) {
        printf(",");
        print_latencies(&durations);
    }
    printf("}\n");
}
