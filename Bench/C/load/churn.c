// Churn: visitors who connect, ask once, say goodbye, see the end and come again.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

enum stage { GREETING, REPLY, BYE };
struct visitor { int fd, number; enum stage stage; size_t got; };

static int events_of, port, present;
static struct talk talk;
static size_t visits;
static bool over;

static void say(struct visitor *visitor, struct text text, enum stage next) {
    if (send(visitor->fd, text.bytes, text.length, MSG_NOSIGNAL) != (ssize_t)text.length)
        fail("cannot send", strerror(errno));
    visitor->stage = next;
    visitor->got = 0;
}

static void come(struct visitor *visitor) {
    visitor->fd = connect_or_fail(port, visitor->number++, false);
    visitor->stage = GREETING;
    visitor->got = 0;
    // Whose protocol has no greeting is asked as soon as the connection stands.
    struct epoll_event event = {.events = talk.greeting.length ? EPOLLIN : EPOLLOUT, .data.ptr = visitor};
    epoll_ctl(events_of, EPOLL_CTL_ADD, visitor->fd, &event);
}

static void go(struct visitor *visitor) {
    if (visitor->stage != BYE || visitor->got != talk.bye.length)
        fail("the server closed", "in the middle of a visit");
    close(visitor->fd);
    visits++;
    if (over)
        present--;
    else
        come(visitor);
}

static void check(struct visitor *visitor, const char *bytes, size_t length) {
    struct text expected = visitor->stage == GREETING ? talk.greeting : visitor->stage == REPLY ? talk.reply : talk.bye;
    if (visitor->got + length > expected.length)
        fail("a wrong line", "more than was asked for");
    if (visitor->stage == REPLY)
        check_replies(&talk, visitor->got, bytes, length);
    else if (memcmp(expected.bytes + visitor->got, bytes, length) != 0)
        fail("a wrong line", expected.bytes);
    visitor->got += length;
    if (visitor->got == expected.length && visitor->stage == GREETING)
        say(visitor, talk.request, REPLY);
    else if (visitor->got == expected.length && visitor->stage == REPLY)
        say(visitor, talk.quit, BYE);
}

static void hear(struct visitor *visitor) {
    char bytes[CHUNK];
    ssize_t got = recv(visitor->fd, bytes, sizeof bytes, 0);
    if (got > 0)
        check(visitor, bytes, (size_t)got);
    else if (got == 0)
        go(visitor);
    else if (errno != EAGAIN)
        fail("a visit was cut", strerror(errno));
}

static void start_asking(struct visitor *visitor) {
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = visitor};
    epoll_ctl(events_of, EPOLL_CTL_MOD, visitor->fd, &event);
    say(visitor, talk.request, REPLY);
}

static void turn_until(double end) {
    while (end > 0 ? seconds_now() < end : present > 0) {
        struct epoll_event events[512];
        int ready = epoll_wait(events_of, events, 512, 100);
        for (int i = 0; i < ready; i++) {
            if (events[i].events & EPOLLOUT)
                start_asking(events[i].data.ptr);
            else
                hear(events[i].data.ptr);
        }
    }
}

void run_churn(const struct options *options) {
    talk = talk_of(options);
    port = options->port;
    present = options->connections;
    events_of = epoll_create1(0);
    struct visitor *visitors = calloc((size_t)present, sizeof *visitors);
    for (int i = 0; i < present; i++) {
        visitors[i].number = i;
        come(&visitors[i]);
    }
    turn_until(seconds_now() + options->warmup);
    visits = 0;
    struct usage start = usage_now(options->pid);
    turn_until(start.wall + options->seconds);
    struct usage used = usage_since(start, options->pid);
    printf("{");
    print_usage("}\n", visits, used);
    over = true;
    turn_until(0);
}
