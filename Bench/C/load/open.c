// Open loop: requests leave by a fixed schedule, whether replies come or not, and a latency counts from the time at
// which its request was due. So a server that stalls is seen to stall everybody who would have come meanwhile.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

// Requests that a connection may have under way; then the schedule waits, which is counted.
enum { UNDER_WAY = 4096 };
struct line { int fd; double *due; size_t asked, answered, got; };

static struct talk talk;
static struct latencies latencies;
static double measured_from;

static void hear(struct line *line) {
    static char bytes[CHUNK];
    ssize_t got = recv(line->fd, bytes, sizeof bytes, 0);
    if (got == 0 || (got < 0 && errno != EAGAIN))
        fail("no reply", got ? strerror(errno) : "the server closed");
    if (got < 0)
        return;
    double now = seconds_now();
    check_replies(&talk, line->got, bytes, (size_t)got);
    line->got += (size_t)got;
    for (; line->got >= talk.reply.length; line->got -= talk.reply.length) {
        if (line->answered == line->asked)
            fail("a wrong reply", "more than was asked for");
        double due = line->due[line->answered++ % UNDER_WAY];
        if (due >= measured_from)
            add_latency(&latencies, now - due);
    }
}

static void ask(struct line *line, double due) {
    if (send(line->fd, talk.request.bytes, talk.request.length, MSG_NOSIGNAL) != (ssize_t)talk.request.length)
        fail("cannot send", "the server takes no more");
    line->due[line->asked++ % UNDER_WAY] = due;
}

static void hear_all(int events_of) {
    struct epoll_event events[256];
    int ready = epoll_wait(events_of, events, 256, 0);
    for (int i = 0; i < ready; i++)
        hear(events[i].data.ptr);
}

static struct line *join_all(const struct options *options, int events_of) {
    struct line *lines = calloc((size_t)options->connections, sizeof *lines);
    for (int i = 0; i < options->connections; i++) {
        lines[i].fd = join(&talk, options->port, i);
        lines[i].due = calloc(UNDER_WAY, sizeof *lines[i].due);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = &lines[i]};
        epoll_ctl(events_of, EPOLL_CTL_ADD, lines[i].fd, &event);
    }
    return lines;
}

void run_open(const struct options *options) {
    talk = talk_of(options);
    int events_of = epoll_create1(0);
    struct line *lines = join_all(options, events_of);
    double start = seconds_now(), end = start + options->warmup + options->seconds, now;
    measured_from = start + options->warmup;
    struct usage begun = {0};
    size_t sent = 0, late = 0, sent_before = 0;
    while ((now = seconds_now()) < end) {
        if (begun.wall == 0 && now >= measured_from) {
            begun = usage_now(options->pid);
            sent_before = sent;
        }
        // At most a few at once: what has come is to be heard soon.
        for (int i = 0; i < 16; i++) {
            double due = start + (double)sent / options->rate;
            struct line *line = &lines[sent % (size_t)options->connections];
            if (due > now || line->asked - line->answered == UNDER_WAY)
                break;
            late += now - due > 0.001;
            ask(line, due);
            sent++;
        }
        hear_all(events_of);
    }
    struct usage used = usage_since(begun, options->pid);
    for (double patience = seconds_now() + 5; seconds_now() < patience && latencies.count < sent - sent_before;)
        hear_all(events_of);
    printf("{");
    print_usage(",", sent - sent_before, used);
    printf("\"sent\":%zu,\"late\":%zu,", sent - sent_before, late);
    print_latencies(&latencies);
    printf("}\n");
}
