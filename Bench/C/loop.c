// The limit: the least that a server of lines can do. One thread, epoll level by level, one receive and one send a
// batch. It finds each LF and gives the line back; it knows TIME and QUIT by their first letter and judges nothing:
// no limits, no deadlines, no encodings, no counters. Usage: loop PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 65536, CHUNK = 131072, EVENTS = 512 };

// What a connection keeps between two events: a cut line, or replies that found no room.
struct kept { char *bytes; size_t length; };
static struct kept input[MOST], output[MOST];
static char received[CHUNK], joined[CHUNK * 2], replies[CHUNK * 2 * 7];
static int events_of;

static void keep(struct kept *kept, const char *bytes, size_t length) {
    if (length == 0 && kept->length == 0)
        return;
    char *copy = length ? memcpy(malloc(length), bytes, length) : NULL;
    free(kept->bytes);
    *kept = (struct kept){copy, length};
}

static void leave(int fd) {
    keep(&input[fd], NULL, 0);
    keep(&output[fd], NULL, 0);
    close(fd);
}

static void await(int fd, int operation, uint32_t interest) {
    struct epoll_event event = {.events = interest, .data.fd = fd};
    epoll_ctl(events_of, operation, fd, &event);
}

// Sends; what finds no room is kept, and nothing is read until it is gone. Of a lost connection nothing is kept: the
// next receive says that it is lost.
static void say(int fd, const char *bytes, size_t length) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    size_t done = sent >= 0 ? (size_t)sent : errno == EAGAIN ? 0 : length;
    int waited = output[fd].length > 0;
    keep(&output[fd], bytes + done, length - done);
    if (waited != (done < length))
        await(fd, EPOLL_CTL_MOD, done < length ? EPOLLOUT : EPOLLIN);
}

static size_t tell_time(char *to) {
    static time_t second;
    static char line[40];
    time_t now = time(NULL);
    if (now != second) {
        char zone[8];
        struct tm local = *localtime(&now);
        strftime(zone, sizeof zone, "%z", &local);
        size_t length = strftime(line, sizeof line, "TIME %Y-%m-%dT%H:%M:%S", &local);
        snprintf(line + length, sizeof line - length, "%.3s:%s\n", zone, zone + 3);
        second = now;
    }
    memcpy(to, line, 31);
    return 31;
}

// Answers every whole line, and keeps the rest. Replies have room: none is seven times as long as its line.
static void answer(int fd, const char *bytes, size_t length) {
    const char *at = bytes, *end = bytes + length, *lf;
    char *to = replies;
    int over = 0;
    while (!over && (lf = memchr(at, '\n', (size_t)(end - at)))) {
        size_t line = (size_t)(lf + 1 - at);
        if (*at == 'T' && line >= 5)
            to += tell_time(to);
        else if ((over = *at == 'Q'))
            to = mempcpy(to, "BYE\n", 4);
        else
            to = mempcpy(to, at, line);
        at = lf + 1;
    }
    if (to > replies)
        say(fd, replies, (size_t)(to - replies));
    keep(&input[fd], at, over ? 0 : (size_t)(end - at));
    if (over)
        leave(fd);
}

static void receive(int fd) {
    ssize_t got = recv(fd, received, input[fd].length < CHUNK ? CHUNK : 0, 0);
    if (got <= 0) {
        if (got == 0 || errno != EAGAIN)
            leave(fd);
    } else if (input[fd].length == 0) {
        answer(fd, received, (size_t)got);
    } else {
        size_t before = input[fd].length;
        memcpy(joined, input[fd].bytes, before);
        memcpy(joined + before, received, (size_t)got);
        answer(fd, joined, before + (size_t)got);
    }
}

static void greet(int door) {
    static const char greeting[] = "WELCOME, I'm TinyServer not pressure\n";
    int fd, most = 64;
    while (most-- && (fd = accept4(door, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MOST) {
            close(fd);
            continue;
        }
        await(fd, EPOLL_CTL_ADD, EPOLLIN);
        say(fd, greeting, sizeof greeting - 1);
    }
}

int main(int count, char **words) {
    struct sockaddr_in here = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    here.sin_port = htons((uint16_t)(count > 1 ? atoi(words[1]) : 40001));
    int door = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(door, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(door, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (bind(door, (struct sockaddr *)&here, sizeof here) || listen(door, SOMAXCONN)) {
        perror("loop: cannot listen");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    events_of = epoll_create1(0);
    await(door, EPOLL_CTL_ADD, EPOLLIN);
    for (;;) {
        struct epoll_event events[EVENTS];
        int ready = epoll_wait(events_of, events, EVENTS, -1);
        for (int i = 0; i < ready; i++) {
            int fd = events[i].data.fd;
            if (fd == door)
                greet(door);
            else if (output[fd].length > 0)
                say(fd, output[fd].bytes, output[fd].length);
            else
                receive(fd);
        }
    }
}
