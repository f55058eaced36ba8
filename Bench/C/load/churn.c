// Churn: each client connects, sends one request and QUIT, waits for the server to close, and connects again.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum expected { GREETING, REPLY, GOODBYE };
struct client { int fd, number; enum expected expected; size_t received; };

static int epoll, port, active;
static struct protocol protocol;
static size_t visits;
static bool stopping;

static void send_and_expect(struct client *client, struct text text, enum expected expected) {
    if (send(client->fd, text.bytes, text.length, MSG_NOSIGNAL) != (ssize_t)text.length)
        fail("cannot send", strerror(errno));
    client->expected = expected;
    client->received = 0;
}

static void start_visit(struct client *client) {
    client->fd = connect_or_fail(port, client->number++, false);
    client->expected = GREETING;
    client->received = 0;
    // Without a greeting the request leaves as soon as the connection is established.
    watch(epoll, EPOLL_CTL_ADD, client->fd, protocol.greeting.length ? EPOLLIN : EPOLLOUT, client);
}

static void end_visit(struct client *client) {
    if (client->expected != GOODBYE || client->received != protocol.goodbye.length)
        fail("the server closed the connection", "before the last reply");
    close(client->fd);
    visits++;
    if (stopping)
        active--;
    else
        start_visit(client);
}

static void check_received(struct client *client, const char *bytes, size_t length) {
    struct text line = client->expected == GREETING ? protocol.greeting
        : client->expected == REPLY ? protocol.reply
        : protocol.goodbye;
    if (client->received + length > line.length)
        fail("wrong reply", "more replies than requests");
    if (client->expected == REPLY)
        check_replies(&protocol, client->received, bytes, length);
    else
        check_text((struct text){line.bytes + client->received, length}, bytes, length);
    client->received += length;
    if (client->received == line.length && client->expected == GREETING)
        send_and_expect(client, protocol.request, REPLY);
    else if (client->received == line.length && client->expected == REPLY)
        send_and_expect(client, protocol.quit, GOODBYE);
}

static void on_readable(struct client *client) {
    char buffer[BUFFER_SIZE];
    ssize_t received = recv(client->fd, buffer, sizeof buffer, 0);
    if (received > 0)
        check_received(client, buffer, (size_t)received);
    else if (received == 0)
        end_visit(client);
    else if (errno != EAGAIN)
        fail("connection lost", strerror(errno));
}

static void on_connected(struct client *client) {
    watch(epoll, EPOLL_CTL_MOD, client->fd, EPOLLIN, client);
    send_and_expect(client, protocol.request, REPLY);
}

// Runs until `end`, or, if that is 0, until all visits have ended.
static void run_until(double end) {
    while (end > 0 ? seconds_now() < end : active > 0) {
        struct epoll_event events[512];
        int count = epoll_wait(epoll, events, 512, 100);
        for (int i = 0; i < count; i++) {
            if (events[i].events & EPOLLOUT)
                on_connected(events[i].data.ptr);
            else
                on_readable(events[i].data.ptr);
        }
    }
}

void run_churn(const struct options *options) {
    protocol = protocol_from(options);
    port = options->port;
    active = options->connections;
    epoll = epoll_create1(0);
    struct client *clients = calloc((size_t)active, sizeof *clients);
    for (int i = 0; i < active; i++) {
        clients[i].number = i;
        start_visit(&clients[i]);
    }
    run_until(seconds_now() + options->warmup);
    visits = 0;
    struct usage start = usage_now(options->pid);
    run_until(start.wall + options->seconds);
    struct usage used = usage_since(start, options->pid);
    printf("{");
    print_usage("}\n", visits, used);
    stopping = true;
    run_until(0);
}
