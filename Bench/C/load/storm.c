// Storm: thousands of clients connect at once, send one request each, and stay until all have their reply. Reports what an
// idle connection adds to the server's resident memory.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

struct client { int fd; bool has_sent; size_t received; };

static int epoll;
static struct protocol protocol;

static double resident_bytes(pid_t pid) {
    char path[64], line[256];
    long kibibytes = 0;
    // The exact figure; that of /proc/PID/status can be some hundred KiB behind.
    snprintf(path, sizeof path, "/proc/%d/smaps_rollup", pid);
    FILE *file = fopen(path, "r");
    while (file && fgets(line, sizeof line, file))
        if (sscanf(line, "Rss: %ld kB", &kibibytes) == 1)
            break;
    if (file)
        fclose(file);
    return (double)kibibytes * 1024;
}

static void send_request(struct client *client) {
    client->has_sent = true;
    if (send(client->fd, protocol.request.bytes, protocol.request.length, MSG_NOSIGNAL) < 0)
        fail("cannot send", strerror(errno));
    watch(epoll, EPOLL_CTL_MOD, client->fd, EPOLLIN, client);
}

// The request may leave before the greeting arrives, so one receive can return both lines. True after the reply.
static bool receive_reply(struct client *client) {
    char buffer[BUFFER_SIZE];
    size_t length = receive_some(client->fd, buffer, sizeof buffer), done = 0;
    if (client->received < protocol.greeting.length) {
        size_t left = protocol.greeting.length - client->received;
        done = left < length ? left : length;
        check_text((struct text){protocol.greeting.bytes + client->received, done}, buffer, done);
    }
    if (length > done)
        check_replies(&protocol, client->received + done - protocol.greeting.length, buffer + done, length - done);
    client->received += length;
    return client->received == protocol.greeting.length + protocol.reply.length;
}

// Handles one epoll_wait; returns how many clients got their reply.
static int handle_events(int timeout) {
    struct epoll_event events[512];
    int answered = 0, count = epoll_wait(epoll, events, 512, timeout);
    for (int i = 0; i < count; i++) {
        struct client *client = events[i].data.ptr;
        if (events[i].events & (EPOLLERR | EPOLLHUP))
            fail("connection rejected", "reset");
        if (!client->has_sent) {
            send_request(client);
        } else if (receive_reply(client)) {
            watch(epoll, EPOLL_CTL_DEL, client->fd, 0, client);
            answered++;
        }
    }
    return answered;
}

void run_storm(const struct options *options) {
    raise_file_limit();
    protocol = protocol_from(options);
    epoll = epoll_create1(0);
    struct client *clients = calloc((size_t)options->connections, sizeof *clients);
    double resident = resident_bytes(options->pid);
    struct usage start = usage_now(options->pid);
    int answered = 0;
    for (int i = 0; i < options->connections; i++) {
        clients[i].fd = connect_or_fail(options->port, i, false);
        watch(epoll, EPOLL_CTL_ADD, clients[i].fd, EPOLLOUT, &clients[i]);
        if (i % 16 == 15)
            answered += handle_events(0);
    }
    while (answered < options->connections)
        answered += handle_events(1000);
    struct usage used = usage_since(start, options->pid);
    printf("{");
    print_usage(",", (size_t)options->connections, used);
    printf("\"residentBytesPerConnection\":%.1f}\n", (resident_bytes(options->pid) - resident) / options->connections);
}
