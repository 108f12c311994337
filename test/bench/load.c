/* SPDX-License-Identifier: MIT */
/* What it takes to load rules and to make a checker. */
#include "bench.h"

#include <malloc.h>
#include <stdlib.h>

enum { LOADS = 11, OPERATIONS = 1000, FIELDS = 20 };

/* ---- counted memory ---- */

typedef struct meter {
  size_t held;
  size_t most;
  size_t blocks;
} meter;

static void *take(size_t size, void *context) {
  meter *m = context;
  void *memory = malloc(size);
  if (memory) {
    m->held += malloc_usable_size(memory);
    m->most = m->held > m->most ? m->held : m->most;
    m->blocks++;
  }
  return memory;
}

static void give(void *memory, void *context) {
  meter *m = context;
  m->held -= memory ? malloc_usable_size(memory) : 0;
  free(memory);
}

/* ---- rules ---- */

/* Fields as documentation has them. */
static void write_field(bench_text *out, size_t operation, size_t field) {
  static const char *const rules[] = { "string mandatory length 3..64 start {letter} charset {letter}{digit}_",
                                       "string optional length ..255",
                                       "integer optional range 0..100",
                                       "boolean optional",
                                       "string optional enum NORMAL | FORBIDDEN | DELETED",
                                       "string optional format date-time fraction ..9",
                                       "string optional length 32..36",
                                       "array of string optional items 1..10 length 1..64",
                                       "string optional pattern ^[a-z]+[.][0-9]{4}$",
                                       "long optional format epoch-ms" };
  const char *rule = rules[(operation + field) % (sizeof rules / sizeof rules[0])];
  bench_print(out, "    field_%zu_%zu %s @t\n", operation % 7, field, rule);
}

static void write_rules(bench_text *out) {
  bench_print(out, "provider bench\nservice generated Operations of a large service\nsource t the benchmark\nclass letter [A-Za-z]\n"
                   "class digit [0-9]\n");
  for (size_t i = 0; i < OPERATIONS; i++) {
    bench_print(out, "operation Update%zu PUT /v1/{project_id}/things%zu/{id} @t\n  path\n", i, i);
    bench_print(out, "    project_id string mandatory length 1.. @t\n    id string mandatory length 1..64 @t\n  request\n");
    for (size_t j = 0; j < FIELDS; j++) {
      write_field(out, i, j);
    }
  }
}

static bdc_ruleset *load(const bdc_rule_text *text, const bdc_allocator *allocator) {
  bdc_options options = { .allocator = allocator, .without_builtin = text != NULL };
  bdc_ruleset *ruleset;
  bdc_status status = text ? bdc_ruleset_parse(text, 1, &options, &ruleset, NULL) : bdc_ruleset_builtin(&options, &ruleset);
  if (status != BDC_OK) {
    bench_fail("rules cannot be loaded: %s", bdc_status_text(status));
  }
  return ruleset;
}

static void measure_load(FILE *results, const char *name, const bdc_rule_text *text) {
  meter m = { 0 };
  bdc_allocator allocator = { take, give, &m };
  double times[LOADS];
  bdc_ruleset *ruleset = load(text, &allocator);
  size_t held = m.held, most = m.most;
  bdc_ruleset_free(ruleset);
  for (size_t i = 0; i < LOADS; i++) {
    double begin = bench_now();
    ruleset = load(text, NULL);
    times[i] = bench_now() - begin;
    bdc_ruleset_free(ruleset);
  }
  double median = bench_median(times, LOADS);
  printf("%-34s %10.2f ms, %zu bytes held, %zu at most\n", name, median * 1e3, held, most);
  if (results) {
    fprintf(results, "load\t%s\t%.3f\t%zu\t%zu\n", name, median * 1e3, held, most);
  }
}

/* ---- checkers ---- */

static void measure_checker(FILE *results, const bench_world *world) {
  meter m = { 0 };
  bdc_allocator allocator = { take, give, &m };
  bdc_settings settings = { .allocator = &allocator };
  bdc_checker *checker;
  double begin = bench_now();
  if (bdc_checker_new(world->ruleset, &settings, &checker) != BDC_OK) {
    bench_fail("no checker can be made");
  }
  double taken = bench_now() - begin;
  printf("%-34s %10.2f us, %zu bytes in %zu blocks\n", "a checker", taken * 1e6, m.held, m.blocks);
  if (results) {
    fprintf(results, "checker\ta checker\t%.3f\t%zu\n", taken * 1e3, m.held);
  }
  bdc_checker_free(checker);
}

void bench_measure_load(FILE *results, const bench_world *world) {
  bench_text rules = { 0 };
  write_rules(&rules);
  bdc_rule_text text = { BDC_STR("generated.rules"), { rules.data, rules.size } };
  measure_load(results, "the embedded tables", NULL);
  measure_load(results, "1,000 operations of 20 fields", &text);
  measure_checker(results, world);
  bench_text_free(&rules);
}
