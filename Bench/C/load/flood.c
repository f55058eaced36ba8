// Flood: one connection sends batches without waiting. Another sends single requests, each a millisecond after the reply
// to the one before. Usage is that of the flood; latencies are those of the single requests.
#include "load.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

static struct protocol protocol;
static struct text batch;
static size_t batch_sent, reply_offset, flood_received;

static void send_flood(int fd) {
    batch_sent = batch_sent == batch.length ? 0 : batch_sent;
    ssize_t sent = send(fd, batch.bytes + batch_sent, batch.length - batch_sent, MSG_NOSIGNAL);
    if (sent < 0 && errno != EAGAIN)
        fail("cannot send", strerror(errno));
    batch_sent += sent < 0 ? 0 : (size_t)sent;
}

static void receive_flood(int fd) {
    static char buffer[BUFFER_SIZE];
    size_t length = receive_some(fd, buffer, sizeof buffer);
    check_replies(&protocol, reply_offset, buffer, length);
    reply_offset = (reply_offset + length) % protocol.reply.length;
    flood_received += length;
}

struct single { int fd; double sent_at, next_at; size_t received; };

static void run_single(struct single *single, double measured_from, struct latencies *latencies) {
    static char buffer[BUFFER_SIZE];
    if (single->sent_at == 0 && seconds_now() >= single->next_at) {
        single->sent_at = seconds_now();
        single->received = 0;
        send(single->fd, protocol.request.bytes, protocol.request.length, MSG_NOSIGNAL);
    }
    if (single->sent_at == 0)
        return;
    size_t length = receive_some(single->fd, buffer, sizeof buffer);
    check_replies(&protocol, single->received, buffer, length);
    single->received += length;
    if (single->received < protocol.reply.length)
        return;
    if (single->sent_at >= measured_from)
        add_latency(latencies, seconds_now() - single->sent_at);
    single->next_at = seconds_now() + 0.001;
    single->sent_at = 0;
}

void run_flood(const struct options *options) {
    protocol = protocol_from(options);
    batch = repeat(protocol.request, (size_t)options->depth);
    int flood = connect_and_greet(&protocol, options->port, 0);
    struct single single = {.fd = connect_and_greet(&protocol, options->port, 1)};
    struct latencies latencies = {0};
    struct usage start = {0};
    double measured_from = seconds_now() + options->warmup, end = measured_from + options->seconds, now;
    while ((now = seconds_now()) < end) {
        if (start.wall == 0 && now >= measured_from) {
            start = usage_now(options->pid);
            flood_received = 0;
        }
        send_flood(flood);
        receive_flood(flood);
        run_single(&single, measured_from, &latencies);
    }
    printf("{");
    print_usage(",", flood_received / protocol.reply.length, usage_since(start, options->pid));
    print_latencies(&latencies);
    printf("}\n");
}
