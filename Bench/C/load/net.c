// Connections, and the end of the program on an error.
#include "load.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

void fail(const char *what, const char *why) {
    fprintf(stderr, "load: %s: %s\n", what, why);
    exit(1);
}

// 127.x.y.2, where x depends on the process and y on the connection.
static void bind_source_address(int fd, int number) {
    int one = 1;
    uint32_t address = 0x7F000000u | (uint32_t)(1 + getpid() % 250) << 16 | (uint32_t)(number % 16) << 8 | 2u;
    struct sockaddr_in source = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(address)};
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (bind(fd, (struct sockaddr *)&source, sizeof source))
        fail("cannot bind", strerror(errno));
}

int try_connect(int port, int number, bool blocking) {
    struct sockaddr_in server = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    server.sin_port = htons((uint16_t)port);
    int one = 1, fd = socket(AF_INET, SOCK_STREAM | (blocking ? 0 : SOCK_NONBLOCK), 0);
    if (fd < 0)
        fail("cannot create a socket", strerror(errno));
    bind_source_address(fd, number);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&server, sizeof server) && errno != EINPROGRESS) {
        close(fd);
        return -1;
    }
    return fd;
}

int connect_or_fail(int port, int number, bool blocking) {
    int fd = try_connect(port, number, blocking);
    if (fd < 0)
        fail("cannot connect", strerror(errno));
    return fd;
}

void raise_file_limit(void) {
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

void watch(int epoll, int operation, int fd, uint32_t events, void *data) {
    struct epoll_event event = {.events = events, .data.ptr = data};
    epoll_ctl(epoll, operation, fd, &event);
}

size_t receive_some(int fd, char *buffer, size_t size) {
    ssize_t received = recv(fd, buffer, size, 0);
    if (received == 0 || (received < 0 && errno != EAGAIN))
        fail("no reply", received ? strerror(errno) : "the server closed the connection");
    return received < 0 ? 0 : (size_t)received;
}

void receive_exactly(int fd, struct text expected) {
    char buffer[256];
    for (size_t done = 0; done < expected.length;) {
        size_t left = expected.length - done;
        size_t received = receive_some(fd, buffer, left < sizeof buffer ? left : sizeof buffer);
        check_text((struct text){expected.bytes + done, received}, buffer, received);
        done += received;
    }
}

int connect_and_greet(struct protocol *protocol, int port, int number) {
    int fd = connect_or_fail(port, number, true);
    receive_exactly(fd, protocol->greeting);
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
    return fd;
}

void request_once(struct protocol *protocol, int fd) {
    static char buffer[BUFFER_SIZE];
    send(fd, protocol->request.bytes, protocol->request.length, MSG_NOSIGNAL);
    for (size_t done = 0; done < protocol->reply.length;) {
        size_t received = receive_some(fd, buffer, protocol->reply.length - done);
        check_replies(protocol, done, buffer, received);
        done += received;
    }
}
