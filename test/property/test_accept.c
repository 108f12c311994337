/* SPDX-License-Identifier: MIT */
/*
 * What a kernel of the accepter accepts, the precise engine finds nothing in, whether it walks over the body or holds it against the layout
 * of another. And the other way round, so that this does not become true by accepting nothing: what is usual and valid is accepted.
 *
 *   test-property-accept test/data [--bodies N] [--seed N] [--jobs N] [--batch N]
 *
 * Bodies are made from the rows of three rule sets, and changed: see bodies.h. Each is shown to all kernels where it ends at the last
 * byte that may be read, where it begins at the first one, at any distance from a multiple of 64, or as a block of its own that a
 * sanitizer watches. A batch of bodies depends only on the seed and its number, whatever the jobs; --batch runs one of them.
 *
 * The long run, on two cores:
 *
 *   build/test/test/test-property-accept test/data --bodies 100000000 --seed 1 --jobs 2
 */
#define _DEFAULT_SOURCE /* MAP_ANONYMOUS */

#include "property/bodies.h"

#include "accept/accept.h"
#include "check/checker.h"
#include "unit/lab.h"

#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  KERNELS_MAX = 8,
  WAYS_MAX = 2 * KERNELS_MAX,
  SETS = 3,
  LENSES = 2,
  TARGETS_MAX = 256,
  CHANGES = 11,
  BATCH = 350 * (1 + CHANGES),
  JOBS_MAX = 64,
  REPORTS_EVERY = 200,
  VERY_LONG = 2 * BODY_MAX - 4096
};

static const char *data;
static uint64_t body_count = 200000;
static uint64_t seed = 1;
static uint32_t jobs = 1;
static uint64_t only_batch = UINT64_MAX;

/* ---- memory whose ends are watched ---- */

static unsigned char *room;
static size_t room_size;

/* With pages around it that may not be read. */
static void make_room(void) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  room_size = (2 * (size_t)BODY_MAX / page + 1) * page;
  unsigned char *all = mmap(NULL, room_size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  assert_true(all != MAP_FAILED);
  room = all + page;
  assert_int_equal(mprotect(room, room_size, PROT_READ | PROT_WRITE), 0);
}

/* ---- rule sets, and checkers with two kinds of limits ---- */

static const char *const lens_names[LENSES] = { "usual limits", "small limits" };
static const bdc_limits lens_limits[LENSES] = { { 0 }, { .value_size = 48, .names = 3, .depth = 4, .pattern_steps = 60 } };

typedef struct lens {
  bdc_checker *precise;
  bdc_checker *checkers[KERNELS_MAX]; /* in the order of the kernels */
} lens;

typedef struct rule_set {
  const char *name;
  bdc_ruleset *ruleset;
  lens lenses[LENSES];
} rule_set;

/* A body's place in a table. */
typedef struct target {
  uint32_t set;
  const bdc_operation *operation;
  int http_status;
  const bdc__body *table;
  size_t warnings; /* that a report has whatever the body is: of a status that is not documented */
} target;

static rule_set sets[SETS];
static target targets[SETS][TARGETS_MAX];
static uint32_t target_counts[SETS];
static const bdc__kernel *kernels[KERNELS_MAX];
static uint32_t kernel_count;

/* A kernel walks over a body, or holds it against the layout that is kept. */
typedef struct way {
  const bdc__kernel *kernel;
  bool walks;
} way;

static way ways[WAYS_MAX];
static uint32_t way_count;
static uint32_t walking; /* bits of the ways that do */
static bdc__layouts *layouts;
static bdc__styles styles; /* of what was walked over: each kernel begins with what the one before has left */

static uint32_t all_ways(void) {
  return (UINT32_C(1) << way_count) - 1;
}

static const char *manner(uint32_t number) {
  return ways[number].walks ? "" : ", by its layout";
}

static void add_way(const bdc__kernel *kernel, bool walks) {
  walking |= (uint32_t)walks << way_count;
  ways[way_count++] = (way){ kernel, walks };
}

static void find_ways(void) {
  while (kernel_count < KERNELS_MAX && (kernels[kernel_count] = bdc__kernel_at(kernel_count))) {
    const bdc__kernel *kernel = kernels[kernel_count++];
    add_way(kernel, false);
    if (kernel->accept) {
      add_way(kernel, true);
    }
  }
}

static void make_lens(lens *out, const bdc_ruleset *ruleset, const bdc_limits *limits) {
  out->precise = checker_of(ruleset, &(bdc_settings){ .limits = *limits, .kernel = "none" });
  for (uint32_t i = 0; i < kernel_count; i++) {
    out->checkers[i] = checker_of(ruleset, &(bdc_settings){ .limits = *limits, .kernel = kernels[i]->name });
  }
}

/* Tables of many rows are wanted more often than others. */
static uint32_t weight_of(const bdc_row *root) {
  enum { ROWS = 10, MOST = 5 };
  while (root->element) {
    root = root->element;
  }
  size_t weight = root->object ? 1 + root->object->row_count / ROWS : 1;
  return weight < MOST ? (uint32_t)weight : MOST;
}

static void add_target(uint32_t set, const bdc_operation *operation, int http_status, const bdc__body *table, size_t warnings) {
  for (uint32_t i = table ? weight_of(&table->root) : 0; i; i--) {
    assert_true(target_counts[set] < TARGETS_MAX);
    targets[set][target_counts[set]++] = (target){ set, operation, http_status, table, warnings };
  }
}

static void add_targets(uint32_t set, const bdc_operation *operation) {
  const int undocumented_status = 418;
  add_target(set, operation, 0, operation->request, 0);
  for (size_t i = 0; i < operation->response_count; i++) {
    for (size_t j = 0; j < operation->responses[i].status_count; j++) {
      add_target(set, operation, operation->responses[i].statuses[j], &operation->responses[i], 0);
    }
  }
  add_target(set, operation, undocumented_status, operation->service->error_body, 1);
}

static void make_set(uint32_t number, const char *name, bdc_ruleset *ruleset) {
  sets[number] = (rule_set){ .name = name, .ruleset = ruleset };
  for (size_t i = 0; i < LENSES; i++) {
    make_lens(&sets[number].lenses[i], ruleset, &lens_limits[i]);
  }
  for (size_t i = 0; i < bdc_operation_count(ruleset); i++) {
    add_targets(number, bdc_operation_at(ruleset, i));
  }
}

static int make_sets(void **state) {
  (void)state;
  blob nasty = { 0 };
  const bdc_allocator allocator = bdc__allocator_or_default(NULL);
  layouts = bdc__layouts_new(&allocator, 64 * 1024);
  assert_non_null(layouts);
  find_ways();
  make_room();
  write_nasty_rules(&nasty);
  make_set(0, "embedded", ruleset_builtin());
  make_set(1, "lab", ruleset_of(lab_rules));
  make_set(2, "nasty", ruleset_of(nasty.data));
  blob_free(&nasty);
  return 0;
}

static int free_sets(void **state) {
  (void)state;
  free(layouts);
  for (size_t i = 0; i < SETS; i++) {
    for (size_t j = 0; j < LENSES; j++) {
      bdc_checker_free(sets[i].lenses[j].precise);
      for (size_t k = 0; k < kernel_count; k++) {
        bdc_checker_free(sets[i].lenses[j].checkers[k]);
      }
    }
    bdc_ruleset_free(sets[i].ruleset);
  }
  return 0;
}

/* As checker.c makes it. */
static bdc__accept_task task_of(const bdc_checker *checker, const target *at) {
  return (bdc__accept_task){ .root = &at->table->root,
                             .service = at->operation->service,
                             .http_status = at->http_status,
                             .matcher = checker->matcher,
                             .depth_max = checker->settings.limits.depth,
                             .names_max = checker->settings.limits.names,
                             .value_size = checker->settings.limits.value_size };
}

typedef enum placing { AT_START, AT_END, ANYWHERE, ON_ITS_OWN, PLACINGS } placing;

static unsigned char *place_body(random_source *random, const unsigned char *text, size_t size, placing where) {
  unsigned char *out = where == AT_START ? room : where == AT_END ? room + room_size - size : room + below(random, 256);
  if (where == ON_ITS_OWN) {
    out = malloc(size ? size : 1);
    assert_non_null(out);
  }
  if (size) {
    memcpy(out, text, size);
  }
  return out;
}

static void unplace_body(unsigned char *placed, placing where) {
  if (where == ON_ITS_OWN) {
    free(placed);
  }
}

/* ---- one body ---- */

typedef struct tally {
  uint64_t bodies;
  uint64_t accepted[WAYS_MAX];
  uint64_t accepted_of_set[SETS][WAYS_MAX];
  uint64_t bodies_of_set[SETS];
  uint64_t apart; /* bodies that some kernels accept on their walk and some do not */
  uint64_t reports;
  /* of bodies that were made to be clean, and are */
  uint64_t clean[SETS][FLAVOURS];
  uint64_t clean_accepted[SETS][FLAVOURS][WAYS_MAX];
  uint64_t failures;
  uint64_t batch; /* the last that was begun */
} tally;

typedef struct run {
  random_source random;
  tally *tally;
  uint64_t batch;
  uint32_t lens;
} run;

static bool spotless(bdc_checker *checker, const target *at, const unsigned char *text, size_t size) {
  bdc_verdict verdict = bdc_check_body(checker, at->operation, at->http_status, text, size);
  const bdc_report *report = bdc_checker_report(checker);
  return verdict == BDC_VALID && report->error_count == 0 && report->warning_count == at->warnings &&
         report->violation_count == at->warnings;
}

/* Bits of the ways in which a body is accepted. */
static uint32_t accepting(const bdc_checker *checker, const target *at, const unsigned char *text, size_t size) {
  bdc__accept_task task = task_of(checker, at);
  const bdc__layout *layout = bdc__layout_place(layouts, task.root);
  uint32_t accepting = 0;
  for (uint32_t i = 0; i < way_count; i++) {
    bool accepts = ways[i].walks ? ways[i].kernel->accept(&task, &styles, text, size)
                                 : layout->ready == task.root && ways[i].kernel->replay(&task, layout, text, size);
    accepting |= (uint32_t)accepts << i;
  }
  return accepting;
}

/* From now on bodies of its table are held against the layout of this one, if it is spotless. */
static bool keep_layout(bdc_checker *precise, const target *at, const unsigned char *text, size_t size) {
  return spotless(precise, at, text, size) && bdc__layout_take(layouts, &at->table->root, text);
}

static void print_body(const unsigned char *text, size_t size) {
  for (size_t i = 0; i < size && i < BODY_MAX; i++) {
    printf(isprint(text[i]) ? "%c" : "\\x%02x", text[i]);
  }
  printf("\n");
}

static bool wrong(bdc_checker *checker, const target *at, const unsigned char *text, size_t size) {
  return accepting(checker, at, text, size) && !spotless(checker, at, text, size);
}

/* Takes away what can be taken away. */
static size_t shrink(bdc_checker *checker, const target *at, unsigned char *text, size_t size) {
  static unsigned char less[VERY_LONG];
  for (size_t step = size / 2; step; step /= 2) {
    for (size_t first = 0; first + step <= size;) {
      memcpy(less, text, first);
      memcpy(less + first, text + first + step, size - first - step);
      if (wrong(checker, at, less, size - step)) {
        size -= step;
        memcpy(text, less, size);
      } else {
        first += step;
      }
    }
  }
  return size;
}

static void print_place(const run *r, const target *at) {
  printf("%.*s, status %d, %s, seed %llu, batch %llu\n", (int)at->operation->full_name.size, at->operation->full_name.data,
         at->http_status, lens_names[r->lens], (unsigned long long)seed, (unsigned long long)r->batch);
}

static void fail_wrong(run *r, const target *at, const unsigned char *text, size_t size) {
  static unsigned char copy[VERY_LONG];
  static blob report;
  bdc_checker *precise = sets[at->set].lenses[r->lens].precise;
  printf("accepted, but not spotless: ");
  print_place(r, at);
  print_body(text, size);
  memcpy(copy, text, size);
  size = shrink(precise, at, copy, size);
  printf("---- as short as it gets, %zu bytes; accepted by", size);
  uint32_t by = accepting(precise, at, copy, size);
  for (uint32_t i = 0; i < way_count; i++) {
    if (by >> i & 1) {
      printf(" %s%s", ways[i].kernel->name, manner(i));
    }
  }
  printf("\n");
  print_body(copy, size);
  bdc_check_body(precise, at->operation, at->http_status, copy, size);
  blob_clear(&report);
  report_write(&report, bdc_checker_report(precise));
  printf("---- the precise engine:\n%s", report.data);
  fflush(stdout);
  r->tally->failures++;
}

static void compare_reports(run *r, const target *at, const unsigned char *text, size_t size) {
  static blob expected;
  static blob got;
  lens *through = &sets[at->set].lenses[r->lens];
  bdc_check_body(through->precise, at->operation, at->http_status, text, size);
  blob_clear(&expected);
  report_write(&expected, bdc_checker_report(through->precise));
  for (uint32_t i = 0; i < kernel_count; i++) {
    bdc_check_body(through->checkers[i], at->operation, at->http_status, text, size);
    blob_clear(&got);
    report_write(&got, bdc_checker_report(through->checkers[i]));
    if (expected.size != got.size || memcmp(expected.data, got.data, got.size) != 0) {
      printf("another report by kernel %s: ", kernels[i]->name);
      print_place(r, at);
      print_body(text, size);
      printf("---- none:\n%s---- %s:\n%s", expected.data, kernels[i]->name, got.data);
      r->tally->failures++;
    }
  }
  r->tally->reports++;
}

static void count_accepted(uint64_t counts[WAYS_MAX], uint32_t by) {
  for (uint32_t i = 0; i < way_count; i++) {
    counts[i] += by >> i & 1;
  }
}

/* Returns the ways in which it is accepted. */
static uint32_t check(run *r, const target *at, const unsigned char *text, size_t size) {
  tally *t = r->tally;
  bdc_checker *precise = sets[at->set].lenses[r->lens].precise;
  placing where = (placing)below(&r->random, PLACINGS);
  unsigned char *placed = place_body(&r->random, text, size, where);
  uint32_t by = accepting(precise, at, placed, size);
  if (by && !spotless(precise, at, placed, size)) {
    fail_wrong(r, at, text, size);
  }
  if (size && one_in(&r->random, REPORTS_EVERY)) {
    compare_reports(r, at, placed, size);
  }
  unplace_body(placed, where);
  t->bodies++;
  t->bodies_of_set[at->set]++;
  t->apart += (by & walking) && (by & walking) != walking;
  count_accepted(t->accepted, by);
  count_accepted(t->accepted_of_set[at->set], by);
  return by;
}

/* ---- many bodies ---- */

static void check_family(run *r, const target *at) {
  static body original;
  static body changed;
  flavour made_of = (flavour)below(&r->random, FLAVOURS);
  bool clean = one_in(&r->random, 2);
  make_body(&r->random, &original, at->operation->service, &at->table->root, made_of, clean);
  keep_layout(sets[at->set].lenses[r->lens].precise, at, original.text, original.size);
  uint32_t by = check(r, at, original.text, original.size);
  if (clean && r->lens == 0 && !original.full && (by || spotless(sets[at->set].lenses[0].precise, at, original.text, original.size))) {
    r->tally->clean[at->set][made_of]++;
    count_accepted(r->tally->clean_accepted[at->set][made_of], by);
  }
  changed.members = original.members;
  changed.strings = original.strings;
  changed.scalars = original.scalars;
  for (uint32_t i = 0; i < CHANGES; i++) {
    memcpy(changed.text, original.text, original.size);
    changed.size = original.size;
    do {
      change_body(&r->random, &changed);
    } while (one_in(&r->random, 4));
    check(r, at, changed.text, changed.size);
  }
}

/* Half of them of the embedded tables. */
static const target *any_target(random_source *random) {
  uint32_t choice = below(random, 8);
  uint32_t set = choice < 4 ? 0 : choice < 5 ? 1 : 2;
  return &targets[set][below(random, target_counts[set])];
}

static void run_batch(tally *t, uint64_t number, uint64_t bodies) {
  run r = { .random = { (seed << 32) + number }, .tally = t, .batch = number };
  r.random.state = random_next(&r.random);
  t->batch = number;
  styles = bdc__styles_compact();
  memset(room, '"', room_size);
  for (uint64_t i = 0; i < bodies; i += 1 + CHANGES) {
    r.lens = one_in(&r.random, 8);
    check_family(&r, any_target(&r.random));
  }
}

static void run_job(tally *t, uint32_t job) {
  for (uint64_t batch = job; batch * BATCH < body_count && t->failures == 0; batch += jobs) {
    uint64_t left = body_count - batch * BATCH;
    run_batch(t, batch, left < BATCH ? left : BATCH);
  }
}

static void run_jobs(tally *tallies) {
  pid_t children[JOBS_MAX];
  for (uint32_t job = 0; job < jobs; job++) {
    fflush(stdout);
    pid_t child = fork();
    assert_true(child >= 0);
    children[job] = child;
    if (child == 0) {
      signal(SIGSEGV, SIG_DFL); /* cmocka's handler would go on here, where nobody waits for it */
      signal(SIGBUS, SIG_DFL);
      run_job(&tallies[job], job);
      fflush(stdout);
      _exit(0);
    }
  }
  bool all = true;
  for (uint32_t job = 0; job < jobs; job++) {
    int status;
    bool well = waitpid(children[job], &status, 0) >= 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    if (!well) {
      printf("a job died in batch %llu\n", (unsigned long long)tallies[job].batch);
    }
    all = all && well;
  }
  assert_true(all);
}

static void add_tally(tally *to, const tally *from) {
  uint64_t *sums = (uint64_t *)to;
  const uint64_t *more = (const uint64_t *)from;
  for (size_t i = 0; i < sizeof *to / sizeof *sums; i++) {
    sums[i] += more[i];
  }
}

/* ---- what came of it ---- */

static double percent(uint64_t some, uint64_t whole) {
  return whole ? 100.0 * (double)some / (double)whole : 0;
}

static void print_tally(const tally *t) {
  static const char *const flavours[FLAVOURS] = { "plain", "beyond ASCII", "escaped" };
  printf("%llu bodies, %llu reports of each compared; accepted by some kernels only: %llu\n", (unsigned long long)t->bodies,
         (unsigned long long)t->reports, (unsigned long long)t->apart);
  for (uint32_t i = 0; i < way_count; i++) {
    printf("%s%s: accepted %llu, refused %llu;", ways[i].kernel->name, manner(i), (unsigned long long)t->accepted[i],
           (unsigned long long)(t->bodies - t->accepted[i]));
    for (size_t set = 0; set < SETS; set++) {
      printf(" %s %.1f %%", sets[set].name, percent(t->accepted_of_set[set][i], t->bodies_of_set[set]));
    }
    printf("\n");
  }
  for (size_t set = 0; set < SETS; set++) {
    for (size_t made_of = 0; made_of < FLAVOURS; made_of++) {
      printf("clean, %s, %s: %llu; accepted", sets[set].name, flavours[made_of], (unsigned long long)t->clean[set][made_of]);
      for (uint32_t i = 0; i < way_count; i++) {
        printf(" %.1f", percent(t->clean_accepted[set][made_of][i], t->clean[set][made_of]));
      }
      printf(" %%\n");
    }
  }
}

/* The least shares, in percent, of clean bodies that are accepted. */
static const double least[SETS][FLAVOURS] = { { 95, 95, 75 }, { 75, 70, 65 }, { 60, 60, 45 } };

static void expect_shares(const tally *t) {
  for (size_t set = 0; set < SETS; set++) {
    for (size_t made_of = 0; made_of < FLAVOURS; made_of++) {
      for (uint32_t i = 0; i < way_count; i++) {
        assert_true(percent(t->clean_accepted[set][made_of][i], t->clean[set][made_of]) >= least[set][made_of]);
      }
    }
  }
}

static void what_a_kernel_accepts_is_spotless(void **state) {
  (void)state;
  tally sum = { 0 };
  size_t size = jobs * sizeof(tally);
  tally *tallies = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  assert_true(tallies != MAP_FAILED);
  printf("seed %llu\n", (unsigned long long)seed);
  if (only_batch != UINT64_MAX) {
    run_batch(&tallies[0], only_batch, BATCH);
  } else {
    run_jobs(tallies);
  }
  for (uint32_t job = 0; job < jobs; job++) {
    add_tally(&sum, &tallies[job]);
  }
  print_tally(&sum);
  munmap(tallies, size);
  assert_int_equal(sum.failures, 0);
  assert_true(only_batch != UINT64_MAX || sum.bodies >= body_count);
  if (only_batch == UINT64_MAX) {
    expect_shares(&sum);
  }
}

/* ---- where blocks end ---- */

/* A string in which something stands anywhere in a block, and which ends anywhere in that block or one of the next two. */
static void check_borders(run *r, const target *at, const char *special) {
  enum { BEFORE = 66, BEHIND = 140 };
  static const char *const ends[] = { "\"}", "\",\"}", "}", "\\\"}", "\"\"}", "\\\\\"}", "\x01\"}", ",\"one\":\"a\"}" };
  char text[BEFORE + BEHIND + 64];
  for (size_t before = 0; before < BEFORE; before++) {
    for (size_t behind = 0; behind < BEHIND; behind++) {
      static const char start[] = "{\"free\":\"";
      size_t size = sizeof start - 1;
      memcpy(text, start, size);
      memset(text + size, 'a', before);
      size += before;
      memcpy(text + size, special, strlen(special));
      size += strlen(special);
      memset(text + size, 'b', behind);
      size += behind;
      for (size_t i = 0; i < LENGTH(ends); i++) {
        strcpy(text + size, ends[i]);
        if (i == 0) {
          assert_true(keep_layout(sets[at->set].lenses[0].precise, at, (const unsigned char *)text, size + strlen(ends[i])));
        }
        uint32_t by = check(r, at, (const unsigned char *)text, size + strlen(ends[i]));
        if (i == 0 && by != all_ways()) {
          printf("not accepted in every way: %s\n", text);
          r->tally->failures++;
        }
      }
    }
  }
}

static void what_stands_at_the_end_of_a_block_is_no_different(void **state) {
  (void)state;
  static const char *const specials[] = {
    "\\n", "\\\"", "\\\\", "\\\\\\\"", "\\u0041", "\xc3\xa9", "\xe6\x9d\x8e", "\xf0\x9f\x98\x80", "\\ud83d\\ude00", ""
  };
  static tally sum;
  run r = { .random = { seed }, .tally = &sum };
  target at = { .set = SETS - 1, .operation = operation_of(sets[SETS - 1].ruleset, "nasty.Strings") };
  at.table = at.operation->request;
  for (size_t i = 0; i < LENGTH(specials); i++) {
    check_borders(&r, &at, specials[i]);
  }
  assert_int_equal(sum.failures, 0);
}

/* ---- what is longer than a window, or than all that a kernel looks at without understanding any of it ---- */

static size_t append(unsigned char *text, size_t size, const char *added) {
  memcpy(text + size, added, strlen(added));
  return size + strlen(added);
}

static void check_long(run *r, const target *at, const char *before, const char *filler, size_t count, const char *behind) {
  static unsigned char text[VERY_LONG];
  size_t size = append(text, 0, before);
  while (count--) {
    size = append(text, size, filler);
  }
  size = append(text, size, behind);
  assert_true(size <= VERY_LONG);
  check(r, at, text, size);
}

static void what_is_very_long_is_no_different(void **state) {
  (void)state;
  enum { FIRST = 61000, LAST = 67000, STEP = 173, WINDOWS = 4 * 1024 };
  static const char *const long_ones[][3] = {
    { "{\"free\":\"", "a", "\",\"one\":\"a\"}" },
    { "{\"one\":\"a\",\"free\":\"", "a", "" },
    { "{\"free\":\"", "\xc3\xa9", "\"}" },
    { "{\"free\":\"", "\\n", "\",\"free\":\"a\"}" },
    { "{\"free\":", " ", "\"a\",\"one\":\"a\"}" },
    { "{", "\n", "\"free\":\"a\"x}" },
    { "{\"free\":\"a\"", " ", "}" },
    { "{\"free\":", "1", "}" },
    { "", " ", "{\"free\":\"a\"}" },
  };
  static tally sum;
  run r = { .random = { seed }, .tally = &sum };
  target at = { .set = SETS - 1, .operation = operation_of(sets[SETS - 1].ruleset, "nasty.Strings") };
  at.table = at.operation->request;
  for (size_t i = 0; i < LENGTH(long_ones); i++) {
    size_t size = strlen(long_ones[i][1]);
    for (size_t bytes = 900; bytes < LAST; bytes += bytes < WINDOWS ? 1 : bytes < FIRST ? FIRST - bytes : STEP) {
      check_long(&r, &at, long_ones[i][0], long_ones[i][1], bytes / size, long_ones[i][2]);
    }
  }
  assert_int_equal(sum.failures, 0);
}

/* ---- examples ---- */

static const target *target_of(const sample *example) {
  for (uint32_t i = 0; i < target_counts[0]; i++) {
    const target *at = &targets[0][i];
    if (at->operation == example->operation && at->http_status == example->http_status) {
      return at;
    }
  }
  return NULL;
}

static void every_documented_example_without_a_warning_is_accepted(void **state) {
  (void)state;
  samples list = samples_load(sets[0].ruleset, data);
  bdc_checker *precise = sets[0].lenses[0].precise;
  size_t accepted = 0;
  size_t refused = 0;
  for (size_t i = 0; i < list.count; i++) {
    const sample *example = &list.items[i];
    const target *at = target_of(example);
    const unsigned char *text = (const unsigned char *)example->body.data;
    if (at && spotless(precise, at, text, example->body.size)) {
      bool by_all = bdc__layout_take(layouts, &at->table->root, text) && accepting(precise, at, text, example->body.size) == all_ways();
      accepted += by_all;
      if (!by_all) {
        refused++;
        printf("not accepted in every way: %s\n", example->path);
      }
    }
  }
  printf("%zu examples are accepted\n", accepted);
  samples_free(&list);
  assert_int_equal(refused, 0);
  assert_true(accepted >= 10);
}

static bool read_arguments(int argc, char **argv) {
  for (int i = 2; i + 1 < argc; i += 2) {
    uint64_t number = strtoull(argv[i + 1], NULL, 0);
    if (strcmp(argv[i], "--bodies") == 0) {
      body_count = number;
    } else if (strcmp(argv[i], "--seed") == 0) {
      seed = number;
    } else if (strcmp(argv[i], "--jobs") == 0 && number >= 1 && number <= JOBS_MAX) {
      jobs = (uint32_t)number;
    } else if (strcmp(argv[i], "--batch") == 0) {
      only_batch = number;
    } else {
      return false;
    }
  }
  data = argc > 1 ? argv[1] : NULL;
  return argc > 1 && argc % 2 == 0;
}

int main(int argc, char **argv) {
  if (!read_arguments(argc, argv)) {
    fprintf(stderr, "usage: %s TEST_DATA [--bodies N] [--seed N] [--jobs N] [--batch N]\n", argv[0]);
    return 2;
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_documented_example_without_a_warning_is_accepted),
    cmocka_unit_test(what_stands_at_the_end_of_a_block_is_no_different),
    cmocka_unit_test(what_is_very_long_is_no_different),
    cmocka_unit_test(what_a_kernel_accepts_is_spotless),
  };
  return cmocka_run_group_tests(tests, make_sets, free_sets);
}
