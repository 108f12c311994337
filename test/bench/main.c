/* SPDX-License-Identifier: MIT */
/* bodycheck-bench: see README.md of this folder. */
#include "bench.h"

#include <getopt.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] = "usage: bodycheck-bench [OPTION]...\n"
                            "Times all contestants on all sets of bodies, or does one of these:\n"
                            "  --verify           only compares verdicts\n"
                            "  --count            counts instructions; under callgrind\n"
                            "  --steps            counts instructions one by one\n"
                            "  --repeat N         goes N times over each set; for profilers\n"
                            "  --load             times and memory of loading rules\n"
                            "  --write FOLDER     writes bodies and schemas\n"
                            "  --big FILE BYTES   writes lines for `check --lines`\n"
                            "Options:\n"
                            "  --set NAME         only this set; may stand several times\n"
                            "  --only NAME        only contestants whose name begins so; may stand several times\n"
                            "  --quick            shorter measurements\n"
                            "  --results FILE     adds the results to a file, tab-separated\n";

enum { NAMES_MAX = 32 };

typedef enum bench_mode { MODE_TIME, MODE_VERIFY, MODE_COUNT, MODE_STEPS, MODE_REPEAT, MODE_LOAD, MODE_WRITE, MODE_BIG } bench_mode;

/* All there are where there are none. */
typedef struct bench_names {
  const char *items[NAMES_MAX];
  size_t count;
} bench_names;

typedef struct bench_task {
  bench_mode mode;
  bool quick;
  bench_names sets;
  bench_names only;
  const char *path;
  size_t number;
  FILE *results;
} bench_task;

/* ---- the command line ---- */

static size_t number_of(const char *text) {
  char *end;
  unsigned long long number = strtoull(text, &end, 10);
  if (end == text || *end) {
    bench_fail("%s: not a number", text);
  }
  return (size_t)number;
}

static void add_name(bench_names *names, const char *name) {
  if (names->count == NAMES_MAX) {
    bench_fail("too many names");
  }
  names->items[names->count++] = name;
}

static FILE *open_results(const char *path) {
  FILE *file = fopen(path, "a");
  if (!file) {
    bench_fail("%s cannot be written", path);
  }
  return file;
}

static void set_option(bench_task *task, int option, char *const *argv) {
  switch (option) {
  case MODE_BIG:
    if (!argv[optind]) {
      bench_fail("--big takes a file and a number of bytes");
    }
    task->number = number_of(argv[optind++]);
    task->path = optarg;
    break;
  case MODE_REPEAT:
    task->number = number_of(optarg);
    break;
  case MODE_WRITE:
    task->path = optarg;
    break;
  default:
    break;
  }
  task->mode = (bench_mode)option;
}

static bench_task read_options(int argc, char **argv) {
  static const struct option known[] = {
    { "verify", no_argument, NULL, MODE_VERIFY }, { "count", no_argument, NULL, MODE_COUNT },
    { "steps", no_argument, NULL, MODE_STEPS },   { "repeat", required_argument, NULL, MODE_REPEAT },
    { "load", no_argument, NULL, MODE_LOAD },     { "write", required_argument, NULL, MODE_WRITE },
    { "big", required_argument, NULL, MODE_BIG }, { "set", required_argument, NULL, 's' },
    { "only", required_argument, NULL, 'o' },     { "quick", no_argument, NULL, 'q' },
    { "results", required_argument, NULL, 'r' },  { NULL, 0, NULL, 0 }
  };
  bench_task task = { 0 };
  int found;
  while ((found = getopt_long(argc, argv, "", known, NULL)) != -1) {
    if (found == 's') {
      add_name(&task.sets, optarg);
    } else if (found == 'o') {
      add_name(&task.only, optarg);
    } else if (found == 'q') {
      task.quick = true;
    } else if (found == 'r') {
      task.results = open_results(optarg);
    } else if (found == '?') {
      fputs(usage, stderr);
      exit(2);
    } else {
      set_option(&task, found, argv);
    }
  }
  return task;
}

static bool wants_set(const bench_task *task, const char *name) {
  for (size_t i = 0; i < task->sets.count; i++) {
    if (strcmp(task->sets.items[i], name) == 0) {
      return true;
    }
  }
  return task->sets.count == 0;
}

static bool wants_contestant(const bench_task *task, const char *name) {
  for (size_t i = 0; i < task->only.count; i++) {
    if (strncmp(task->only.items[i], name, strlen(task->only.items[i])) == 0) {
      return true;
    }
  }
  return task->only.count == 0;
}

static void leave_out_others(const bench_task *task, bench_contestants *list) {
  size_t kept = 0;
  for (size_t i = 0; i < list->count; i++) {
    if (wants_contestant(task, list->items[i].name)) {
      list->items[kept++] = list->items[i];
    }
  }
  list->count = kept;
}

/* ---- times ---- */

static void print_results(const bench_task *task, const bench_contestants *list, const bench_set *set, const bench_result *results) {
  double mean = (double)set->bytes / (double)set->count;
  printf("\n%s: %zu bod%s, %.0f B\n", set->title, set->count, set->count == 1 ? "y" : "ies", mean);
  printf("  %-34s %12s %12s %12s %8s %8s\n", "", "ns", "low", "high", "GB/s", "ratio");
  for (size_t i = 0; i < list->count; i++) {
    const bench_result *r = &results[i];
    const char *name = list->items[i].name;
    printf("  %-34s %12.1f %12.1f %12.1f %8.2f %8.2f\n", name, r->median, r->low, r->high, mean / r->median, r->ratio);
    if (task->results) {
      fprintf(task->results, "time\t%s\t%s\t%.2f\t%.2f\t%.2f\t%.4f\n", set->name, name, r->median, r->low, r->high, r->ratio);
    }
  }
}

static void state_kernels(FILE *results) {
  fprintf(results, "fact\tkernels\tbodycheck");
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    fprintf(results, " %s", bdc_kernel_name(i));
  }
  fprintf(results, "; simdjson runs its %s code\n", bench_simdjson_kernel());
}

static bench_effort effort_of(const bench_task *task) {
  return task->quick ? (bench_effort){ 11, 0.0005 } : (bench_effort){ 61, 0.004 };
}

static void time_set(const bench_task *task, const bench_contestants *list, const bench_set *set) {
  bench_entry entries[BENCH_CONTESTANTS_MAX];
  bench_result results[BENCH_CONTESTANTS_MAX];
  bench_effort effort = effort_of(task);
  for (size_t i = 0; i < list->count; i++) {
    entries[i] = (bench_entry){ &list->items[i], set };
  }
  if (task->results) {
    fprintf(task->results, "set\t%s\t%s\t%zu\t%.1f\n", set->name, set->title, set->count, (double)set->bytes / (double)set->count);
  }
  bench_time(entries, list->count, &effort, results);
  print_results(task, list, set, results);
}

/* What a violation costs: bodies with one, by the best kernel and then in full, against their valid twins by the precise engine. */
static void time_violation(const bench_task *task, const bench_world *world, const bench_contestants *list) {
  bench_set valid, broken;
  bench_result results[2];
  bench_effort effort = effort_of(task);
  const bench_contestant *precise = bench_contestant_find(list, "bodycheck none");
  if (!precise || list->count == 0) {
    return;
  }
  bench_set_find(world, "mixed-responses", &valid);
  bench_set_find(world, "broken-responses", &broken);
  bench_time((bench_entry[]){ { precise, &valid }, { &list->items[0], &broken } }, 2, &effort, results);
  printf("\none violation: %.2f of the valid bodies' time in the precise engine\n", results[1].ratio);
  if (task->results) {
    fprintf(task->results, "violation\t%.4f\n", results[1].ratio);
  }
  bench_set_free(&valid);
  bench_set_free(&broken);
}

/* ---- what is done with a set ---- */

static void repeat_set(const bench_task *task, const bench_contestants *list, const bench_set *set) {
  for (size_t i = 0; i < list->count; i++) {
    printf("%s: %s: %zu good\n", set->name, list->items[i].name, bench_pass(&list->items[i], set, task->number));
  }
}

static void step_set(const bench_task *task, const bench_contestants *list, const bench_set *set) {
  for (size_t i = 0; i < list->count; i++) {
    double steps = bench_steps(&list->items[i], set);
    printf("%s: %s: %.1f instructions\n", set->name, list->items[i].name, steps);
    if (task->results) {
      fprintf(task->results, "steps\t%s\t%s\t%.1f\n", set->name, list->items[i].name, steps);
    }
  }
}

/* How many verdicts are wrong; nothing is timed where there are any. */
static size_t do_set(const bench_task *task, const bench_world *world, const bench_contestants *list, const bench_set *set) {
  if (task->mode == MODE_WRITE) {
    bench_write_set(world, set, task->path);
    return 0;
  }
  if (task->mode == MODE_COUNT) {
    bench_count(list, set);
    return 0;
  }
  size_t wrong = bench_verify(list, set);
  if (task->mode == MODE_VERIFY) {
    printf("%s: %zu bod%s, %zu contestants, %zu wrong verdicts\n", set->name, set->count, set->count == 1 ? "y" : "ies", list->count,
           wrong);
  } else if (wrong == 0 && task->mode == MODE_STEPS) {
    step_set(task, list, set);
  } else if (wrong == 0 && task->mode == MODE_REPEAT) {
    repeat_set(task, list, set);
  } else if (wrong == 0) {
    time_set(task, list, set);
  }
  fflush(stdout);
  return wrong;
}

static size_t do_sets(const bench_task *task, const bench_world *world, const bench_contestants *list) {
  size_t wrong = 0;
  for (size_t i = 0; i < bench_set_count(); i++) {
    if (wants_set(task, bench_set_name(i))) {
      bench_set set;
      bench_set_make(world, i, &set);
      wrong += do_set(task, world, list, &set);
      bench_set_free(&set);
    }
  }
  return wrong;
}

static void enter_all(const bench_task *task, const bench_world *world, bench_contestants *list) {
  bench_enter_ours(list, world);
  bench_enter_simdjson(list);
  bench_enter_parsers(list);
  bench_enter_rapidjson(list, world);
  bench_enter_by_hand(list, world);
  leave_out_others(task, list);
}

static size_t time_all(const bench_task *task, const bench_world *world, const bench_contestants *list) {
  if (task->results) {
    state_kernels(task->results);
  }
  size_t wrong = do_sets(task, world, list);
  if (wrong == 0 && wants_set(task, "mixed-responses") && wants_set(task, "broken-responses")) {
    time_violation(task, world, list);
  }
  return wrong;
}

static size_t do_task(const bench_task *task, const bench_world *world) {
  static bench_contestants list;
  switch (task->mode) {
  case MODE_LOAD:
    bench_measure_load(task->results, world);
    return 0;
  case MODE_BIG:
    bench_write_big(world, task->path, task->number);
    return 0;
  case MODE_TIME:
    enter_all(task, world, &list);
    return time_all(task, world, &list);
  case MODE_WRITE:
    bench_write_tables(world, task->path);
    return do_sets(task, world, &list);
  default:
    enter_all(task, world, &list);
    return do_sets(task, world, &list);
  }
}

/* Parsers that build trees give and take memory all the time: it is not to go back to the system in between. */
static void keep_memory(void) {
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 1 << 30);
}

int main(int argc, char **argv) {
  bench_world world;
  bench_task task = read_options(argc, argv);
  keep_memory();
  if ((task.mode == MODE_TIME || task.mode == MODE_LOAD) && !bench_pin()) {
    fputs("bodycheck-bench: not kept on one processor\n", stderr);
  }
  bench_world_open(&world);
  size_t wrong = do_task(&task, &world);
  if (task.results) {
    fclose(task.results);
  }
  bench_world_close(&world);
  return wrong ? 1 : 0;
}
