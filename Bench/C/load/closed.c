// Closed loop: each connection sends a batch of requests in one write, awaits all their replies, and goes on.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct peer { int fd; bool waits_for_room; size_t sent, got; };

static int events_of;
static struct talk talk;
static struct text batch;
static size_t answers, total;
static int asking;
static bool over;

static void await(struct peer *peer, int operation, uint32_t interest) {
    struct epoll_event event = {.events = interest, .data.ptr = peer};
    epoll_ctl(events_of, operation, peer->fd, &event);
}

static void ask(struct peer *peer) {
    ssize_t sent = send(peer->fd, batch.bytes + peer->sent, batch.length - peer->sent, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        fail("cannot send", strerror(errno));
    peer->sent += sent < 0 ? 0 : (size_t)sent;
    bool waits = peer->sent < batch.length;
    if (waits != peer->waits_for_room)
        await(peer, EPOLL_CTL_MOD, waits ? EPOLLIN | EPOLLOUT : EPOLLIN);
    peer->waits_for_room = waits;
}

static void hear(struct peer *peer) {
    static char bytes[CHUNK];
    ssize_t got = recv(peer->fd, bytes, sizeof bytes, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        fail("no reply", got ? strerror(errno) : "the server closed");
    if (got < 0)
        return;
    check_replies(&talk, peer->got, bytes, (size_t)got);
    peer->got += (size_t)got;
    total += (size_t)got;
    if (peer->got > answers)
        fail("a wrong reply", "more than was asked for");
    if (peer->got == answers) {
        peer->sent = peer->got = 0;
        if (over)
            asking--;
        else
            ask(peer);
    }
}

static void turn_until(double end) {
    while (end > 0 ? seconds_now() < end : asking > 0) {
        struct epoll_event events[512];
        int ready = epoll_wait(events_of, events, 512, 100);
        for (int i = 0; i < ready; i++) {
            struct peer *peer = events[i].data.ptr;
            if (events[i].events & EPOLLOUT)
                ask(peer);
            if (events[i].events & ~(uint32_t)EPOLLOUT)
                hear(peer);
        }
    }
}

void run_closed(const struct options *options) {
    talk = talk_of(options);
    batch = repeated(talk.request, (size_t)options->depth);
    answers = talk.reply.length * (size_t)options->depth;
    events_of = epoll_create1(0);
    asking = options->connections;
    struct peer *peers = calloc((size_t)asking, sizeof *peers);
    for (int i = 0; i < asking; i++) {
        peers[i].fd = join(&talk, options->port, i);
        await(&peers[i], EPOLL_CTL_ADD, EPOLLIN);
    }
    for (int i = 0; i < asking; i++)
        ask(&peers[i]);
    turn_until(seconds_now() + options->warmup);
    total = 0;
    struct usage start = usage_now(options->pid);
    turn_until(start.wall + options->seconds);
    struct usage used = usage_since(start, options->pid);
    printf("{");
    print_usage("}\n", total / talk.reply.length, used);
    over = true;
    turn_until(0);
}
