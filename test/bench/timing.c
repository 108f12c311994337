/* SPDX-License-Identifier: MIT */
#include "bench.h"

#include <malloc.h>
#include <sched.h>
#include <stdlib.h>
#include <time.h>

bool bench_pin(void) {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) {
    return false;
  }
  /* The last one: the first is where systems like to handle their interrupts. */
  for (size_t i = CPU_SETSIZE; i-- > 0;) {
    if (CPU_ISSET(i, &allowed)) {
      CPU_ZERO(&one);
      CPU_SET(i, &one);
      return sched_setaffinity(0, sizeof one, &one) == 0;
    }
  }
  return false;
}

size_t bench_pass(const bench_contestant *contestant, const bench_set *set, size_t passes) {
  bool (*run)(void *, const bench_body *) = contestant->run;
  void *state = contestant->state;
  size_t good = 0;
  for (size_t pass = 0; pass < passes; pass++) {
    for (size_t i = 0; i < set->count; i++) {
      good += run(state, &set->bodies[i]);
    }
  }
  return good;
}

void bench_warm_up(const bench_contestant *contestant, const bench_set *set) {
  enum { PASSES = 4, BODIES = 100 };
  (void)bench_pass(contestant, set, set->count < BODIES / PASSES ? BODIES / set->count : PASSES);
}

double bench_now(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static double seconds(const bench_entry *entry, size_t passes) {
  static volatile size_t sink;
  double begin = bench_now();
  sink = sink + bench_pass(entry->contestant, entry->set, passes);
  return bench_now() - begin;
}

/* How many passes take as long as a measurement should; finding out warms up. */
static size_t passes_for(const bench_entry *entry, double wanted) {
  size_t passes = 1;
  double taken;
  while ((taken = seconds(entry, passes)) < wanted / 4) {
    passes *= 2;
  }
  double more = wanted / taken;
  return more > 1 ? (size_t)((double)passes * more) + 1 : passes;
}

static int compare(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Of sorted values. */
static double quantile(const double *values, size_t count, double part) {
  double place = part * (double)(count - 1);
  size_t index = (size_t)place;
  double rest = place - (double)index;
  return index + 1 < count ? values[index] * (1 - rest) + values[index + 1] * rest : values[index];
}

double bench_median(double *values, size_t count) {
  qsort(values, count, sizeof *values, compare);
  return quantile(values, count, 0.5);
}

static bench_result summary(const double *times, const double *first, size_t count) {
  double *sorted = bench_allocate(count * sizeof *sorted);
  bench_result result;
  for (size_t i = 0; i < count; i++) {
    sorted[i] = times[i] / first[i];
  }
  qsort(sorted, count, sizeof *sorted, compare);
  result.ratio = quantile(sorted, count, 0.5);
  for (size_t i = 0; i < count; i++) {
    sorted[i] = times[i];
  }
  qsort(sorted, count, sizeof *sorted, compare);
  result.low = quantile(sorted, count, 0.25);
  result.median = quantile(sorted, count, 0.5);
  result.high = quantile(sorted, count, 0.75);
  free(sorted);
  return result;
}

/* What the one before left behind, in caches and as a heap in pieces, is not for the next one to clear up. */
static void begin_anew(const bench_entry *entry) {
  malloc_trim(0);
  (void)seconds(entry, 1);
}

/* Nanoseconds for one body. */
static double measure(const bench_entry *entry, size_t passes) {
  begin_anew(entry);
  return seconds(entry, passes) * 1e9 / ((double)passes * (double)entry->set->count);
}

void bench_time(const bench_entry *entries, size_t count, const bench_effort *effort, bench_result *results) {
  size_t passes[BENCH_CONTESTANTS_MAX];
  double *times = bench_allocate(count * effort->repetitions * sizeof *times);
  for (size_t i = 0; i < count; i++) {
    passes[i] = passes_for(&entries[i], effort->seconds);
  }
  for (size_t repetition = 0; repetition < effort->repetitions; repetition++) {
    for (size_t i = 0; i < count; i++) {
      times[i * effort->repetitions + repetition] = measure(&entries[i], passes[i]);
    }
  }
  for (size_t i = 0; i < count; i++) {
    results[i] = summary(times + i * effort->repetitions, times, effort->repetitions);
  }
  free(times);
}
