// The load driver: it costs much less than what it measures, and checks every byte of every reply. It prints one JSON
// object; it ends with 1, and a sentence on stderr, as soon as anything is not as it should be.
#include "load.h"
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>

static const struct { const char *name; void (*run)(const struct options *); } modes[] = {
    {"closed", run_closed}, {"churn", run_churn}, {"storm", run_storm}, {"hold", run_hold},
    {"open", run_open},     {"flood", run_flood}, {"start", run_start},
};

static const struct option names[] = {
    {"port", required_argument, NULL, 'p'},    {"pid", required_argument, NULL, 'i'},
    {"speak", required_argument, NULL, 's'},   {"request", required_argument, NULL, 'r'},
    {"connections", required_argument, NULL, 'c'}, {"depth", required_argument, NULL, 'd'},
    {"seconds", required_argument, NULL, 't'}, {"warmup", required_argument, NULL, 'w'},
    {"rate", required_argument, NULL, 'R'},    {0},
};

static _Noreturn void usage(void) {
    fputs("usage: load closed|churn|storm|hold|open|flood|start --port P [--pid PID] [--speak tinytcp|redis|memcached]\n"
          "  [--request echo:BYTES|time] [--connections N] [--depth N] [--seconds S] [--warmup S] [--rate PER_SECOND]\n"
          "  [-- COMMAND...]\n", stderr);
    exit(2);
}

int main(int count, char **words) {
    struct options options = {.connections = 1, .depth = 1, .seconds = 1, .speak = "tinytcp", .request = "echo:5"};
    for (int letter; (letter = getopt_long(count, words, "", names, NULL)) != -1;) {
        switch (letter) {
            case 'p': options.port = atoi(optarg); break;
            case 'i': options.pid = atoi(optarg); break;
            case 's': options.speak = optarg; break;
            case 'r': options.request = optarg; break;
            case 'c': options.connections = atoi(optarg); break;
            case 'd': options.depth = atoi(optarg); break;
            case 't': options.seconds = atof(optarg); break;
            case 'w': options.warmup = atof(optarg); break;
            case 'R': options.rate = atof(optarg); break;
            default: usage();
        }
    }
    bool request_is_known = strncmp(options.request, "echo:", 5) == 0 || strcmp(options.request, "time") == 0;
    if (optind >= count || options.port == 0 || !request_is_known)
        usage();
    signal(SIGPIPE, SIG_IGN);
    options.command = words + optind + 1;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(words[optind], modes[i].name) == 0) {
            modes[i].run(&options);
            return 0;
        }
    }
    usage();
}
