// How requests and replies of each protocol look, byte for byte.
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

struct text repeated(struct text text, size_t times) {
    struct text all = {malloc(text.length * times), text.length * times};
    for (size_t i = 0; i < times; i++)
        memcpy(all.bytes + i * text.length, text.bytes, text.length);
    return all;
}

static struct text told(time_t when) {
    char zone[8], day[32], line[48];
    struct tm local = *localtime(&when);
    strftime(zone, sizeof zone, "%z", &local);
    strftime(day, sizeof day, "%Y-%m-%dT%H:%M:%S", &local);
    snprintf(line, sizeof line, "%s%.3s:%s", day, zone, zone + 3);
    return text("TIME %s\n", line);
}

static struct talk tinytcp(const char *word, bool time_is_asked) {
    return (struct talk){
        .greeting = text("WELCOME, I'm TinyServer not pressure\n", ""),
        .request = time_is_asked ? text("TIME\n", "") : text("ECHO %s\n", word),
        .reply = time_is_asked ? told(time(NULL)) : text("ECHO %s\n", word),
        .quit = text("QUIT\n", ""),
        .bye = text("BYE\n", ""),
        .tells_time = time_is_asked,
    };
}

static struct talk redis(const char *word, bool time_is_asked) {
    char *request, *reply;
    asprintf(&request, "*2\r\n$4\r\nECHO\r\n$%zu\r\n%s\r\n", strlen(word), word);
    asprintf(&reply, "$%zu\r\n%s\r\n", strlen(word), word);
    return (struct talk){
        .greeting = text("", ""),
        .request = time_is_asked ? text("*1\r\n$4\r\nPING\r\n", "") : text("%s", request),
        .reply = time_is_asked ? text("+PONG\r\n", "") : text("%s", reply),
        .quit = text("*1\r\n$4\r\nQUIT\r\n", ""),
        .bye = text("+OK\r\n", ""),
    };
}

static struct talk memcached(void) {
    return (struct talk){
        .greeting = text("", ""),
        .request = text("mn\r\n", ""),
        .reply = text("MN\r\n", ""),
        .quit = text("quit\r\n", ""),
        .bye = text("", ""),
    };
}

struct talk talk_of(const struct options *options) {
    bool time_is_asked = strcmp(options->request, "time") == 0;
    size_t size = time_is_asked ? 0 : strtoul(strchr(options->request, ':') + 1, NULL, 10);
    char *word = memset(calloc(size + 1, 1), 'x', size);
    struct talk talk = strcmp(options->speak, "redis") == 0 ? redis(word, time_is_asked)
        : strcmp(options->speak, "memcached") == 0 ? memcached()
        : tinytcp(word, time_is_asked);
    talk.stream = repeated(talk.reply, CHUNK / talk.reply.length + 2);
    return talk;
}

// A new second: every line, or piece of one, has to be one of the last few seconds' times.
static bool tells_a_new_time(struct talk *talk, size_t place, const char *bytes, size_t length) {
    time_t now = time(NULL);
    struct text latest = talk->reply;
    for (size_t done = 0; done < length;) {
        size_t from = (place + done) % talk->reply.length;
        size_t piece = talk->reply.length - from < length - done ? talk->reply.length - from : length - done;
        bool found = false;
        for (int ago = -1; ago < 4 && !found; ago++) {
            struct text candidate = told(now - ago);
            found = memcmp(candidate.bytes + from, bytes + done, piece) == 0;
            if (found)
                latest = candidate;
            else
                free(candidate.bytes);
        }
        if (!found)
            return false;
        done += piece;
    }
    free(talk->stream.bytes);
    talk->reply = latest;
    talk->stream = repeated(latest, CHUNK / latest.length + 2);
    return true;
}

void check_replies(struct talk *talk, size_t place, const char *bytes, size_t length) {
    const char *expected = talk->stream.bytes + place % talk->reply.length;
    if (memcmp(expected, bytes, length) == 0)
        return;
    if (!talk->tells_time || !tells_a_new_time(talk, place, bytes, length))
        fail("a wrong reply", "some byte is not the expected one");
}

void check_text(struct text expected, const char *bytes, size_t length) {
    if (length != expected.length || memcmp(expected.bytes, bytes, length) != 0)
        fail("a wrong line", expected.bytes);
}
