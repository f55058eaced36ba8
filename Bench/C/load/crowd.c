// A crowd: very many connections at once, each of which gets one reply. A storm is timed; a crowd that holds is looked
// at from outside.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

struct guest { int fd; size_t got; bool asked; };

static struct talk talk;

// The greeting and the reply come as one stream: a guest asks as soon as the connection stands.
static bool is_served(struct guest *guest) {
    char bytes[CHUNK];
    ssize_t got = recv(guest->fd, bytes, sizeof bytes, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        fail("a guest was turned away", got ? strerror(errno) : "the server closed");
    size_t length = got < 0 ? 0 : (size_t)got, done = 0;
    if (guest->got < talk.greeting.length && length > 0) {
        size_t left = talk.greeting.length - guest->got;
        done = left < length ? left : length;
        if (memcmp(talk.greeting.bytes + guest->got, bytes, done) != 0)
            fail("a wrong line", talk.greeting.bytes);
    }
    if (length > done)
        check_replies(&talk, guest->got + done - talk.greeting.length, bytes + done, length - done);
    guest->got += length;
    return guest->got == talk.greeting.length + talk.reply.length;
}

static void await(int events_of, struct guest *guest, int operation, uint32_t interest) {
    struct epoll_event event = {.events = interest, .data.ptr = guest};
    epoll_ctl(events_of, operation, guest->fd, &event);
}

static int serve(int events_of, int timeout) {
    struct epoll_event events[512];
    int served = 0, ready = epoll_wait(events_of, events, 512, timeout);
    for (int i = 0; i < ready; i++) {
        struct guest *guest = events[i].data.ptr;
        if (events[i].events & (EPOLLERR | EPOLLHUP))
            fail("a guest was turned away", "reset");
        if (!guest->asked) {
            guest->asked = true;
            if (send(guest->fd, talk.request.bytes, talk.request.length, MSG_NOSIGNAL) < 0)
                fail("cannot send", strerror(errno));
            await(events_of, guest, EPOLL_CTL_MOD, EPOLLIN);
        } else if (is_served(guest)) {
            await(events_of, guest, EPOLL_CTL_DEL, 0);
            served++;
        }
    }
    return served;
}

static struct guest *gather(const struct options *options) {
    int events_of = epoll_create1(0), served = 0;
    struct guest *guests = calloc((size_t)options->connections, sizeof *guests);
    for (int i = 0; i < options->connections; i++) {
        guests[i].fd = connect_or_fail(options->port, i, false);
        await(events_of, &guests[i], EPOLL_CTL_ADD, EPOLLOUT);
        if (i % 16 == 15)
            served += serve(events_of, 0);
    }
    while (served < options->connections)
        served += serve(events_of, 1000);
    close(events_of);
    return guests;
}

void run_storm(const struct options *options) {
    raise_file_limit();
    talk = talk_of(options);
    struct usage start = usage_now(options->pid);
    gather(options);
    struct usage used = usage_since(start, options->pid);
    printf("{");
    print_usage("}\n", (size_t)options->connections, used);
}

void run_hold(const struct options *options) {
    raise_file_limit();
    talk = talk_of(options);
    gather(options);
    printf("{\"connections\":%d}\n", options->connections);
    fflush(stdout);
    char byte;
    while (read(STDIN_FILENO, &byte, 1) > 0) {
    }
}
