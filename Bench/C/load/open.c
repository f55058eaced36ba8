// Open loop: requests are sent by a fixed schedule, whether replies arrive or not. A latency is measured from the time at
// which its request was due, so a server that stalls delays all requests that were due meanwhile.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

// If a connection has this many pending requests, the schedule waits; the report counts the late requests.
enum { MAX_PENDING = 4096 };
struct connection { int fd; double *due; size_t sent, answered, received; };

static int epoll;
static struct protocol protocol;
static struct latencies latencies;
static double measured_from;

static void receive_replies(struct connection *connection) {
    static char buffer[BUFFER_SIZE];
    size_t length = receive_some(connection->fd, buffer, sizeof buffer);
    double now = seconds_now();
    check_replies(&protocol, connection->received, buffer, length);
    connection->received += length;
    for (; connection->received >= protocol.reply.length; connection->received -= protocol.reply.length) {
        if (connection->answered == connection->sent)
            fail("wrong reply", "more replies than requests");
        double due = connection->due[connection->answered++ % MAX_PENDING];
        if (due >= measured_from)
            add_latency(&latencies, now - due);
    }
}

static void send_request(struct connection *connection, double due) {
    if (send(connection->fd, protocol.request.bytes, protocol.request.length, MSG_NOSIGNAL) != (ssize_t)protocol.request.length)
        fail("cannot send", "the socket's buffer is full");
    connection->due[connection->sent++ % MAX_PENDING] = due;
}

static void handle_events(void) {
    struct epoll_event events[256];
    int count = epoll_wait(epoll, events, 256, 0);
    for (int i = 0; i < count; i++)
        receive_replies(events[i].data.ptr);
}

static struct connection *open_connections(const struct options *options) {
    struct connection *connections = calloc((size_t)options->connections, sizeof *connections);
    for (int i = 0; i < options->connections; i++) {
        connections[i].fd = connect_and_greet(&protocol, options->port, i);
        connections[i].due = calloc(MAX_PENDING, sizeof *connections[i].due);
        watch(epoll, EPOLL_CTL_ADD, connections[i].fd, EPOLLIN, &connections[i]);
    }
    return connections;
}

void run_open(const struct options *options) {
    protocol = protocol_from(options);
    epoll = epoll_create1(0);
    struct connection *connections = open_connections(options);
    double start = seconds_now(), end = start + options->warmup + options->seconds, now;
    measured_from = start + options->warmup;
    struct usage measured = {0};
    size_t sent = 0, late = 0, sent_in_warmup = 0;
    while ((now = seconds_now()) < end) {
        if (measured.wall == 0 && now >= measured_from) {
            measured = usage_now(options->pid);
            sent_in_warmup = sent;
        }
        // A few at a time, so that replies are received soon.
        for (int i = 0; i < 16; i++) {
            double due = start + (double)sent / options->rate;
            struct connection *connection = &connections[sent % (size_t)options->connections];
            if (due > now || connection->sent - connection->answered == MAX_PENDING)
                break;
            late += due >= measured_from && now - due > 0.001;
            send_request(connection, due);
            sent++;
        }
        handle_events();
    }
    struct usage used = usage_since(measured, options->pid);
    size_t requests = sent - sent_in_warmup;
    for (double deadline = seconds_now() + 5; seconds_now() < deadline && latencies.count < requests;)
        handle_events();
    printf("{");
    print_usage(",", requests, used);
    printf("\"late\":%zu,", late);
    print_latencies(&latencies);
    printf("}\n");
}
