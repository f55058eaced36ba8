// The load driver's parts, in the order in which they build on each other.
#pragma once
#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { CHUNK = 256 * 1024 };

// What was asked for on the command line.
struct options {
    int port, connections, depth;
    pid_t pid;
    double seconds, warmup, rate;
    const char *speak, *request;
    char **command;
};

// talk.c: how a protocol's requests and replies look, and whether bytes are the right ones.
struct text { char *bytes; size_t length; };
struct talk {
    struct text greeting, request, reply, quit, bye;
    struct text stream;  // the reply again and again, longer than any chunk by one reply
    bool tells_time;
};
struct talk talk_of(const struct options *options);
struct text repeated(struct text text, size_t times);
// Whether the bytes are what stands at this place of an endless stream of replies; ends the program where not.
void check_replies(struct talk *talk, size_t place, const char *bytes, size_t length);
void check_text(struct text expected, const char *bytes, size_t length);

// clock.c: time, and the CPU time of this process and of the server.
double seconds_now(void);
struct usage { double wall, server, load; };
struct usage usage_now(pid_t server);
struct usage usage_since(struct usage start, pid_t server);
void print_usage(const char *separator, size_t requests, struct usage used);

// net.c: connections. Each comes from an address of its own group, so that no range of ports runs out and no
// connection meets itself.
_Noreturn void fail(const char *what, const char *why);
int try_connect(int port, int number, bool wait);
int connect_or_fail(int port, int number, bool wait);
void set_nonblocking(int fd);
void raise_file_limit(void);
void read_exactly(int fd, struct text expected);
int join(struct talk *talk, int port, int number);  // connects, reads the greeting, is non-blocking from then on
void exchange_one(struct talk *talk, int fd);       // one request and its reply, waiting

// latency.c: every single latency, kept; percentiles are exact.
struct latencies { uint32_t *nanoseconds; size_t count, room; };
void add_latency(struct latencies *all, double seconds);
void print_latencies(struct latencies *all);

// The modes.
void run_closed(const struct options *options);
void run_churn(const struct options *options);
void run_storm(const struct options *options);
void run_hold(const struct options *options);
void run_open(const struct options *options);
void run_flood(const struct options *options);
void run_start(const struct options *options);
