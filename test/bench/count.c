/* SPDX-License-Identifier: MIT */
/* Under callgrind: the instructions of one pass over a set, for each contestant a file of counts of its own. */
#include "bench.h"

#include <valgrind/callgrind.h>

static void count_one(const bench_contestant *contestant, const bench_set *set) {
  bench_text name = { 0 };
  bench_print(&name, "%s\t%s\t%zu", set->name, contestant->name, set->count);
  bench_warm_up(contestant, set);
  size_t good = bench_pass(contestant, set, 1);
  CALLGRIND_START_INSTRUMENTATION;
  CALLGRIND_ZERO_STATS;
  CALLGRIND_TOGGLE_COLLECT;
  size_t again = bench_pass(contestant, set, 1);
  CALLGRIND_TOGGLE_COLLECT;
  CALLGRIND_DUMP_STATS_AT(name.data);
  CALLGRIND_STOP_INSTRUMENTATION;
  if (again != good) {
    bench_fail("%s: other verdicts the second time", contestant->name);
  }
  bench_text_free(&name);
}

void bench_count(const bench_contestants *list, const bench_set *set) {
  if (!RUNNING_ON_VALGRIND) {
    bench_fail("--count is for valgrind --tool=callgrind --instr-atstart=no --collect-atstart=no");
  }
  for (size_t i = 0; i < list->count; i++) {
    count_one(&list->items[i], set);
  }
}
