// Closed loop: each connection sends a batch of requests in one write, waits for all replies, and sends the next batch.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

struct connection { int fd; bool awaits_write; size_t sent, received; };

static int epoll;
static struct protocol protocol;
static struct text batch;
static size_t batch_reply_length, total_received;
static int active;
static bool stopping;

static void send_batch(struct connection *connection) {
    ssize_t sent = send(connection->fd, batch.bytes + connection->sent, batch.length - connection->sent, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        fail("cannot send", strerror(errno));
    connection->sent += sent < 0 ? 0 : (size_t)sent;
    bool awaits_write = connection->sent < batch.length;
    if (awaits_write != connection->awaits_write)
        watch(epoll, EPOLL_CTL_MOD, connection->fd, awaits_write ? EPOLLIN | EPOLLOUT : EPOLLIN, connection);
    connection->awaits_write = awaits_write;
}

static void receive_replies(struct connection *connection) {
    static char buffer[BUFFER_SIZE];
    size_t length = receive_some(connection->fd, buffer, sizeof buffer);
    check_replies(&protocol, connection->received, buffer, length);
    connection->received += length;
    total_received += length;
    if (connection->received > batch_reply_length)
        fail("wrong reply", "more replies than requests");
    if (connection->received < batch_reply_length)
        return;
    connection->sent = connection->received = 0;
    if (stopping)
        active--;
    else
        send_batch(connection);
}

// Runs until `end`, or, if that is 0, until all batches are answered.
static void run_until(double end) {
    while (end > 0 ? seconds_now() < end : active > 0) {
        struct epoll_event events[512];
        int count = epoll_wait(epoll, events, 512, 100);
        for (int i = 0; i < count; i++) {
            if (events[i].events & EPOLLOUT)
                send_batch(events[i].data.ptr);
            if (events[i].events & ~(uint32_t)EPOLLOUT)
                receive_replies(events[i].data.ptr);
        }
    }
}

void run_closed(const struct options *options) {
    protocol = protocol_from(options);
    batch = repeat(protocol.request, (size_t)options->depth);
    batch_reply_length = protocol.reply.length * (size_t)options->depth;
    epoll = epoll_create1(0);
    active = options->connections;
    struct connection *connections = calloc((size_t)active, sizeof *connections);
    for (int i = 0; i < active; i++) {
        connections[i].fd = connect_and_greet(&protocol, options->port, i);
        watch(epoll, EPOLL_CTL_ADD, connections[i].fd, EPOLLIN, &connections[i]);
    }
    for (int i = 0; i < active; i++)
        send_batch(&connections[i]);
    run_until(seconds_now() + options->warmup);
    total_received = 0;
    struct usage start = usage_now(options->pid);
    run_until(start.wall + options->seconds);
    struct usage used = usage_since(start, options->pid);
    printf("{");
    print_usage("}\n", total_received / protocol.reply.length, used);
    stopping = true;
    run_until(0);
}
