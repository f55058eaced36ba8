// Connections, and the ways to end the program.
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

void fail(const char *what, const char *why) {
    fprintf(stderr, "load: %s: %s\n", what, why);
    exit(1);
}

static void come_from_own_address(int fd, int number) {
    int one = 1;
    uint32_t address = 0x7F000000u | (uint32_t)(1 + getpid() % 250) << 16 | (uint32_t)(number % 16) << 8 | 2u;
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&from, sizeof from))
        fail("cannot bind", strerror(errno));
}

int try_connect(int port, int number, bool wait) {
    struct sockaddr_in there = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    there.sin_port = htons((uint16_t)port);
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | (wait ? 0 : SOCK_NONBLOCK), 0);
    if (fd < 0)
        fail("cannot make a socket", strerror(errno));
    come_from_own_address(fd, number);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&there, sizeof there) && errno != EINPROGRESS) {
        close(fd);
        return -1;
    }
    return fd;
}

int connect_or_fail(int port, int number, bool wait) {
    int fd = try_connect(port, number, wait);
    if (fd < 0)
        fail("cannot connect", strerror(errno));
    return fd;
}

void set_nonblocking(int fd) { fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK); }

void raise_file_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void read_exactly(int fd, struct text expected) {
    char *bytes = malloc(expected.length + 1);
    for (size_t done = 0; done < expected.length;) {
        ssize_t got = recv(fd, bytes + done, expected.length - done, 0);
        if (got <= 0)
            fail("no whole line", got ? strerror(errno) : "the server closed");
        done += (size_t)got;
    }
    check_text(expected, bytes, expected.length);
    free(bytes);
}

int join(struct talk *talk, int port, int number) {
    int fd = connect_or_fail(port, number, true);
    read_exactly(fd, talk->greeting);
    set_nonblocking(fd);
    return fd;
}

void exchange_one(struct talk *talk, int fd) {
    char reply[CHUNK];
    send(fd, talk->request.bytes, talk->request.length, MSG_NOSIGNAL);
    for (size_t done = 0; done < talk->reply.length;) {
        ssize_t got = recv(fd, reply, talk->reply.length - done, 0);
        if (got <= 0)
            fail("no reply", got ? strerror(errno) : "the server closed");
        check_replies(talk, done, reply, (size_t)got);
        done += (size_t)got;
    }
}
