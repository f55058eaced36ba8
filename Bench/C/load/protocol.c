// The bytes of the requests and replies of each protocol.
#include "load.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct text text(const char *format, const char *argument) {
    char *bytes;
    int length = asprintf(&bytes, format, argument, argument);
    return (struct text){bytes, (size_t)length};
}

struct text repeat(struct text text, size_t times) {
    struct text all = {malloc(text.length * times), text.length * times};
    for (size_t i = 0; i < times; i++)
        memcpy(all.bytes + i * text.length, text.bytes, text.length);
    return all;
}

static struct text time_reply(time_t when) {
    char zone[8], day[32], line[48];
    struct tm local = *localtime(&when);
    strftime(zone, sizeof zone, "%z", &local);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &local);
    snprintf(line, sizeof line, "%s%.3s:%s", day, zone, zone + 3);
    return text("TIME %s\n", line);
}

static struct protocol tinytcp(const char *payload, bool asks_time) {
    return (struct protocol){
        .greeting = text("WELCOME, I'm TinyServer not pressure\n", ""),
        .request = asks_time ? text("TIME\n", "") : text("ECHO %s\n", payload),
        .reply = asks_time ? time_reply(time(NULL)) : text("ECHO %s\n", payload),
        .quit = text("QUIT\n", ""),
        .goodbye = text("BYE\n", ""),
        .replies_with_time = asks_time,
    };
}

static struct protocol redis(const char *payload, bool asks_time) {
    char *request, *reply;
    asprintf(&request, "*2\r\n$4\r\nECHO\r\n$%zu\r\n%s\r\n", strlen(payload), payload);
    asprintf(&reply, "$%zu\r\n%s\r\n", strlen(payload), payload);
    return (struct protocol){
        .greeting = text("", ""),
        .request = asks_time ? text("*1\r\n$4\r\nPING\r\n", "") : text("%s", request),
        .reply = asks_time ? text("+PONG\r\n", "") : text("%s", reply),
        .quit = text("*1\r\n$4\r\nQUIT\r\n", ""),
        .goodbye = text("+OK\r\n", ""),
    };
}

static struct protocol memcached(void) {
    return (struct protocol){
        .greeting = text("", ""),
        .request = text("mn\r\n", ""),
        .reply = text("MN\r\n", ""),
        .quit = text("quit\r\n", ""),
        .goodbye = text("", ""),
    };
}

struct protocol protocol_from(const struct options *options) {
    bool asks_time = strcmp(options->request, "time") == 0;
    size_t size = asks_time ? 0 : strtoul(strchr(options->request, ':') + 1, NULL, 10);
    char *payload = memset(calloc(size + 1, 1), 'x', size);
    struct protocol protocol = strcmp(options->protocol, "redis") == 0 ? redis(payload, asks_time)
        : strcmp(options->protocol, "memcached") == 0 ? memcached()
        : tinytcp(payload, asks_time);
    protocol.replies = repeat(protocol.reply, BUFFER_SIZE / protocol.reply.length + 2);
    return protocol;
}

// Accepts replies, or parts of them, with times of the last few seconds; the latest becomes the expected reply.
static bool accept_new_time(struct protocol *protocol, size_t offset, const char *bytes, size_t length) {
    time_t now = time(NULL);
    size_t reply_length = protocol->reply.length;
    struct text latest = protocol->reply;
    for (size_t done = 0; done < length;) {
        size_t from = (offset + done) % reply_length;
        size_t part = reply_length - from < length - done ? reply_length - from : length - done;
        bool found = false;
        for (int age = -1; age < 4 && !found; age++) {
            struct text candidate = time_reply(now - age);
            found = memcmp(candidate.bytes + from, bytes + done, part) == 0;
            if (found)
                latest = candidate;
            else
                free(candidate.bytes);
        }
        if (!found)
            return false;
        done += part;
    }
    free(protocol->replies.bytes);
    protocol->reply = latest;
    protocol->replies = repeat(latest, BUFFER_SIZE / latest.length + 2);
    return true;
}

void check_replies(struct protocol *protocol, size_t offset, const char *bytes, size_t length) {
    const char *expected = protocol->replies.bytes + offset % protocol->reply.length;
    if (memcmp(expected, bytes, length) == 0)
        return;
    if (!protocol->replies_with_time || !accept_new_time(protocol, offset, bytes, length))
        fail("wrong reply", "its bytes are not the expected ones");
}

void check_text(struct text expected, const char *bytes, size_t length) {
    if (length != expected.length || memcmp(expected.bytes, bytes, length) != 0)
        fail("wrong line instead of", expected.bytes);
}
