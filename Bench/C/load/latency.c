// Latencies and their percentiles by nearest rank: each percentile is a latency that was measured.
#include "load.h"
#include <stdio.h>
#include <stdlib.h>

void add_latency(struct latencies *all, double seconds) {
    if (all->count == all->capacity) {
        all->capacity = all->capacity ? all->capacity * 2 : 1 << 16;
        all->nanoseconds = realloc(all->nanoseconds, all->capacity * sizeof *all->nanoseconds);
    }
    double nanoseconds = seconds * 1e9;
    all->nanoseconds[all->count++] = nanoseconds < UINT32_MAX ? (uint32_t)nanoseconds : UINT32_MAX;
}

static int compare(const void *left, const void *right) {
    uint32_t one = *(const uint32_t *)left, other = *(const uint32_t *)right;
    return (one > other) - (one < other);
}

static double percentile(const struct latencies *all, double percent) {
    size_t rank = (size_t)(percent / 100 * (double)all->count + 0.999999);
    return all->nanoseconds[rank == 0 ? 0 : rank - 1] / 1e3;
}

void print_latencies(struct latencies *all) {
    if (all->count == 0)
        fail("no latency was measured", "no reply arrived in the measured time");
    qsort(all->nanoseconds, all->count, sizeof *all->nanoseconds, compare);
    printf("\"latencyMicroseconds\":{\"p50\":%.1f,\"p90\":%.1f,\"p99\":%.1f,\"p99.9\":%.1f,\"max\":%.1f}",
           percentile(all, 50), percentile(all, 90), percentile(all, 99), percentile(all, 99.9), percentile(all, 100));
}
