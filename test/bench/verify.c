/* SPDX-License-Identifier: MIT */
#include "bench.h"

/* A parser has nothing against a body that only breaks a rule. */
static bool should_pass(const bench_contestant *contestant, const bench_set *set) {
  return !set->broken || contestant->work != BENCH_CHECKS;
}

static size_t verify_one(const bench_contestant *contestant, const bench_set *set) {
  bool expected = should_pass(contestant, set);
  size_t wrong = 0;
  for (size_t i = 0; i < set->count; i++) {
    if (contestant->run(contestant->state, &set->bodies[i]) != expected) {
      wrong++;
      if (wrong == 1) {
        fprintf(stderr, "%s: %s: body %zu (%s) should %s\n", set->name, contestant->name, i, set->bodies[i].table->name,
                expected ? "pass" : "not pass");
      }
    }
  }
  return wrong;
}

size_t bench_verify(const bench_contestants *list, const bench_set *set) {
  size_t wrong = 0;
  for (size_t i = 0; i < list->count; i++) {
    wrong += verify_one(&list->items[i], set);
  }
  return wrong;
}
