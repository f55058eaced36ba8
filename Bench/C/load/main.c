// The load driver. It checks every byte of every reply and prints one JSON object. On the first error it prints a message
// to stderr and exits with 1.
#include "load.h"
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct { const char *name; void (*run)(const struct options *); } modes[] = {
    {"closed", run_closed}, {"churn", run_churn}, {"storm", run_storm},     {"open", run_open},
    {"flood", run_flood},   {"start", run_start}, {"command", run_command},
};

static const struct option names[] = {
    {"port", required_argument, NULL, 'p'},        {"pid", required_argument, NULL, 'i'},
    {"protocol", required_argument, NULL, 's'},    {"request", required_argument, NULL, 'r'},
    {"connections", required_argument, NULL, 'c'}, {"depth", required_argument, NULL, 'd'},
    {"seconds", required_argument, NULL, 't'},     {"warmup", required_argument, NULL, 'w'},
    {"rate", required_argument, NULL, 'R'},        {"requests", required_argument, NULL, 'n'},
    {"runs", required_argument, NULL, 'N'},        {"input", required_argument, NULL, 'I'},
    {"output", required_argument, NULL, 'O'},      {0},
};

static _Noreturn void usage(void) {
    fputs("usage: load closed|churn|storm|open|flood --port P [--pid PID] [--protocol tinytcp|redis|memcached]\n"
          "         [--request echo:BYTES|time] [--connections N] [--depth N] [--seconds S] [--warmup S] [--rate PER_SECOND]\n"
          "       load start --port P [--protocol ...] [--request ...] -- SERVER...\n"
          "       load command [--requests N] [--runs N] [--input FILE] [--output FILE] -- CLIENT...\n", stderr);
    exit(2);
}

int main(int argc, char **argv) {
    struct options options = {
        .connections = 1, .depth = 1, .runs = 1, .seconds = 1, .protocol = "tinytcp", .request = "echo:5",
        .input = "/dev/null",
    };
    for (int letter; (letter = getopt_long(argc, argv, "", names, NULL)) != -1;) {
        switch (letter) {
            case 'p': options.port = atoi(optarg); break;
            case 'i': options.pid = atoi(optarg); break;
            case 's': options.protocol = optarg; break;
            case 'r': options.request = optarg; break;
            case 'c': options.connections = atoi(optarg); break;
            case 'd': options.depth = atoi(optarg); break;
            case 't': options.seconds = atof(optarg); break;
            case 'w': options.warmup = atof(optarg); break;
            case 'R': options.rate = atof(optarg); break;
            case 'n': options.requests = atoi(optarg); break;
            case 'N': options.runs = atoi(optarg); break;
            case 'I': options.input = optarg; break;
            case 'O': options.output = optarg; break;
            default: usage();
        }
    }
    bool is_known_request = strncmp(options.request, "echo:", 5) == 0 || strcmp(options.request, "time") == 0;
    if (optind >= argc || !is_known_request)
        usage();
    signal(SIGPIPE, SIG_IGN);
    options.command = argv + optind + 1;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        if (strcmp(argv[optind], modes[i].name) == 0) {
            modes[i].run(&options);
            return 0;
        }
    }
    usage();
}
