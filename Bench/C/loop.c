// The baseline: the least that a server of a line protocol can do. One thread, level-triggered epoll, one receive and one
// send per batch. It finds each LF and sends the line back. It recognizes TIME and QUIT by their first letter. It has no
// limits, timers, checks of the text, or counters. Usage: loop PORT
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

enum { MAX_CONNECTIONS = 65536, BUFFER_SIZE = 131072, MAX_EVENTS = 512 };

// Per connection, between two events: an incomplete line, or replies that the socket's buffer had no space for.
struct pending { char *bytes; size_t length; };
static struct pending input[MAX_CONNECTIONS], output[MAX_CONNECTIONS];
static char received[BUFFER_SIZE], joined[BUFFER_SIZE * 2], replies[BUFFER_SIZE * 2 * 7];
static int epoll;

static void set_pending(struct pending *pending, const char *bytes, size_t length) {
    if (length == 0 && pending->length == 0)
        return;
    char *copy = length ? memcpy(malloc(length), bytes, length) : NULL;
    free(pending->bytes);
    *pending = (struct pending){copy, length};
}

static void close_connection(int fd) {
    set_pending(&input[fd], NULL, 0);
    set_pending(&output[fd], NULL, 0);
    close(fd);
}

static void watch(int operation, int fd, uint32_t events) {
    struct epoll_event event = {.events = events, .data.fd = fd};
    epoll_ctl(epoll, operation, fd, &event);
}

// While bytes are pending, the connection is not read. A failed send drops them: the next receive reports the failure.
static void send_bytes(int fd, const char *bytes, size_t length) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    size_t done = sent >= 0 ? (size_t)sent : errno == EAGAIN ? 0 : length;
    int awaited_write = output[fd].length > 0;
    set_pending(&output[fd], bytes + done, length - done);
    if (awaited_write != (done < length))
        watch(EPOLL_CTL_MOD, fd, done < length ? EPOLLOUT : EPOLLIN);
}

static size_t write_time(char *to) {
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

// Answers every complete line and keeps the rest. No reply is seven times as long as its line, so `replies` has space.
static void answer(int fd, const char *bytes, size_t length) {
    const char *at = bytes, *end = bytes + length, *lf;
    char *to = replies;
    int quits = 0;
    while (!quits && (lf = memchr(at, '\n', (size_t)(end - at)))) {
        size_t line = (size_t)(lf + 1 - at);
        if (*at == 'T' && line >= 5)
            to += write_time(to);
        else if ((quits = *at == 'Q'))
            to = mempcpy(to, "BYE\n", 4);
        else
            to = mempcpy(to, at, line);
        at = lf + 1;
    }
    if (to > replies)
        send_bytes(fd, replies, (size_t)(to - replies));
    set_pending(&input[fd], at, quits ? 0 : (size_t)(end - at));
    if (quits)
        close_connection(fd);
}

static void receive(int fd) {
    ssize_t length = recv(fd, received, input[fd].length < BUFFER_SIZE ? BUFFER_SIZE : 0, 0);
    if (length <= 0) {
        if (length == 0 || errno != EAGAIN)
            close_connection(fd);
    } else if (input[fd].length == 0) {
        answer(fd, received, (size_t)length);
    } else {
        size_t before = input[fd].length;
        memcpy(joined, input[fd].bytes, before);
        memcpy(joined + before, received, (size_t)length);
        answer(fd, joined, before + (size_t)length);
    }
}

static void accept_connections(int listener) {
    static const char greeting[] = "WELCOME, I'm TinyServer not pressure\n";
    int fd, left = 64;
    while (left-- && (fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        if (fd >= MAX_CONNECTIONS) {
            close(fd);
            continue;
        }
        watch(EPOLL_CTL_ADD, fd, EPOLLIN);
        send_bytes(fd, greeting, sizeof greeting - 1);
    }
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    address.sin_port = htons((uint16_t)(argc > 1 ? atoi(argv[1]) : 40001));
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
    setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (bind(listener, (struct sockaddr *)&address, sizeof address) || listen(listener, SOMAXCONN)) {
        perror("loop: cannot listen");
        return 1;
    }
    signal(SIGPIPE, SIG_IGN);
    epoll = epoll_create1(0);
    watch(EPOLL_CTL_ADD, listener, EPOLLIN);
    for (;;) {
        struct epoll_event events[MAX_EVENTS];
        int count = epoll_wait(epoll, events, MAX_EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener)
                accept_connections(listener);
            else if (output[fd].length > 0)
                send_bytes(fd, output[fd].bytes, output[fd].length);
            else
                receive(fd);
        }
    }
}
