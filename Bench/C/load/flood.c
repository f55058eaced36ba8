// One connection floods, as deep as it is told; another asks single requests, a millisecond after each reply.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static struct talk talk;
static struct text batch;
static size_t sent, got, flooded;

static void pour(int fd) {
    ssize_t more = send(fd, batch.bytes + sent, batch.length - sent, MSG_NOSIGNAL);
    if (more < 0 && errno != EAGAIN)
        fail("cannot send", strerror(errno));
    sent += more < 0 ? 0 : (size_t)more;
}

// The flood never ebbs: the next batch begins as soon as this one has been sent.
static void drink(int fd) {
    static char bytes[CHUNK];
    ssize_t more = recv(fd, bytes, sizeof bytes, 0);
    if (more == 0 || (more < 0 && errno != EAGAIN))
        fail("no reply", more ? strerror(errno) : "the server closed");
    if (more < 0)
        return;
    check_replies(&talk, got, bytes, (size_t)more);
    got = (got + (size_t)more) % talk.reply.length;
    flooded += (size_t)more;
}

void run_flood(const struct options *options) {
    talk = talk_of(options);
    batch = repeated(talk.request, (size_t)options->depth);
    int flood = join(&talk, options->port, 0), single = join(&talk, options->port, 1);
    struct latencies latencies = {0};
    size_t heard = 0;
    double start = seconds_now(), measured_from = start + options->warmup;
    double end = measured_from + options->seconds, asked = 0, next = start, now;
    struct usage begun = {0};
    while ((now = seconds_now()) < end) {
        if (begun.wall == 0 && now >= measured_from) {
            begun = usage_now(options->pid);
            flooded = 0;
        }
        sent = sent == batch.length ? 0 : sent;
        pour(flood);
        drink(flood);
        if (asked == 0 && seconds_now() >= next) {
            asked = seconds_now();
            send(single, talk.request.bytes, talk.request.length, MSG_NOSIGNAL);
            heard = 0;
        }
        char reply[CHUNK];
        ssize_t more = asked > 0 ? recv(single, reply, sizeof reply, 0) : -1;
        if (more > 0) {
            check_replies(&talk, heard, reply, (size_t)more);
            heard += (size_t)more;
        }
        if (asked > 0 && heard == talk.reply.length) {
            if (asked >= measured_from)
                add_latency(&latencies, seconds_now() - asked);
            next = seconds_now() + 0.001;
            asked = 0;
        }
    }
    printf("{");
    print_usage(",", flooded / talk.reply.length, usage_since(begun, options->pid));
    print_latencies(&latencies);
    printf("}\n");
}
