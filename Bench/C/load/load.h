// The parts of the load driver, in the order in which they depend on each other.
#pragma once
#define _GNU_SOURCE
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

enum { BUFFER_SIZE = 256 * 1024 };

struct options {
    int port, connections, depth, requests, runs;
    pid_t pid;
    double seconds, warmup, rate;
    const char *protocol, *request, *input, *output;
    char **command;
};

// protocol.c: the requests of each protocol, and the replies that they must get.
struct text { char *bytes; size_t length; };
struct protocol {
    struct text greeting, request, reply, quit, goodbye;
    struct text replies;  // the reply repeated; longer than BUFFER_SIZE by at least one reply
    bool replies_with_time;
};
struct protocol protocol_from(const struct options *options);
struct text repeat(struct text text, size_t times);
// Compares received bytes with an endless stream of replies, from `offset` of it on; a difference ends the program.
void check_replies(struct protocol *protocol, size_t offset, const char *bytes, size_t length);
void check_text(struct text expected, const char *bytes, size_t length);

// clock.c: wall-clock time, and the CPU time of this process and of the server.
double seconds_now(void);
struct usage { double wall, server, client; };
struct usage usage_now(pid_t server);
struct usage usage_since(struct usage start, pid_t server);
void print_usage(const char *separator, size_t requests, struct usage used);

// net.c: connections. Their source addresses are spread over 127.0.0.0/8, so that the ports of none run out.
_Noreturn void fail(const char *what, const char *why);
int try_connect(int port, int number, bool blocking);
int connect_or_fail(int port, int number, bool blocking);
void raise_file_limit(void);
void watch(int epoll, int operation, int fd, uint32_t events, void *data);
// Receives without waiting: 0 if there is nothing to receive. A closed or failed connection ends the program.
size_t receive_some(int fd, char *buffer, size_t size);
void receive_exactly(int fd, struct text expected);
int connect_and_greet(struct protocol *protocol, int port, int number);  // the socket is non-blocking afterwards
void request_once(struct protocol *protocol, int fd);                    // one request; waits for its reply

// latency.c: all latencies are kept, so percentiles are exact.
struct latencies { uint32_t *nanoseconds; size_t count, capacity; };
void add_latency(struct latencies *all, double seconds);
void print_latencies(struct latencies *all);

// The modes.
void run_closed(const struct options *options);
void run_churn(const struct options *options);
void run_storm(const struct options *options);
void run_open(const struct options *options);
void run_flood(const struct options *options);
void run_start(const struct options *options);
void run_command(const struct options *options);
