/* SPDX-License-Identifier: MIT */
/* One rule set, several threads with a checker each: every report is that of a single thread. Argument: the folder test/data. */
#include "unit/support.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { THREADS = 4 };

static size_t rounds(void) {
  return share_of(200);
}

/* What a thread reads; nothing of it is written while threads run. */
typedef struct shared {
  const bdc_ruleset *ruleset;
  samples list;
  blob *reports; /* of the samples, by a checker that worked alone */
} shared;

typedef struct worker {
  const shared *work;
  size_t number;
  size_t checked;
  size_t different;
  size_t unrouted;
} worker;

static blob report_of(bdc_checker *checker, const sample *item) {
  blob report = { 0 };
  check_copy(checker, item->operation, item->http_status, blob_str(&item->body));
  report_write(&report, bdc_checker_report(checker));
  return report;
}

static void check_sample(worker *self, bdc_checker *checker, size_t number) {
  blob report = report_of(checker, &self->work->list.items[number]);
  const blob *expected = &self->work->reports[number];
  self->checked++;
  self->different += report.size != expected->size || memcmp(report.data, expected->data, report.size) != 0;
  blob_free(&report);
}

static void route(worker *self) {
  const bdc_operation *operation;
  bdc_str target = BDC_STR("/v2/p/instances/i/apps/a");
  bdc_status status = bdc_route(self->work->ruleset, BDC_STR("PUT"), target, &operation);
  self->unrouted += status != BDC_OK || operation != bdc_operation_find(self->work->ruleset, "UpdateRomaApp");
}

/* cmocka's assertions belong to the main thread: a worker only counts. */
static void *run(void *context) {
  worker *self = context;
  bdc_checker *checker = checker_of(self->work->ruleset, NULL);
  size_t count = self->work->list.count;
  for (size_t round = 0; round < rounds(); round++) {
    for (size_t i = 0; i < count; i++) {
      check_sample(self, checker, (i * 7 + self->number * 31 + round) % count);
    }
    route(self);
  }
  bdc_checker_free(checker);
  return NULL;
}

static void threads_with_a_checker_each_get_the_reports_of_one(void **state) {
  shared *work = *state;
  pthread_t threads[THREADS];
  worker workers[THREADS];
  for (size_t i = 0; i < THREADS; i++) {
    workers[i] = (worker){ .work = work, .number = i };
    assert_int_equal(pthread_create(&threads[i], NULL, run, &workers[i]), 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    assert_int_equal(pthread_join(threads[i], NULL), 0);
  }
  for (size_t i = 0; i < THREADS; i++) {
    assert_int_equal(workers[i].checked, rounds() * work->list.count);
    assert_int_equal(workers[i].different, 0);
    assert_int_equal(workers[i].unrouted, 0);
  }
  printf("%d threads, %zu bodies, %zu rounds\n", THREADS, work->list.count, rounds());
}

/* The comparison above can fail: reports of different samples differ. */
static void reports_of_different_samples_differ(void **state) {
  shared *work = *state;
  size_t different = 0;
  for (size_t i = 1; i < work->list.count; i++) {
    different += strcmp(work->reports[i].data, work->reports[i - 1].data) != 0;
  }
  assert_true(different > work->list.count / 2);
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s TEST/DATA\n", argv[0]);
    return 2;
  }
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  shared work = { .ruleset = ruleset, .list = samples_load(ruleset, argv[1]) };
  work.reports = calloc(work.list.count, sizeof work.reports[0]);
  for (size_t i = 0; i < work.list.count; i++) {
    work.reports[i] = report_of(checker, &work.list.items[i]);
  }
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_prestate(reports_of_different_samples_differ, &work),
    cmocka_unit_test_prestate(threads_with_a_checker_each_get_the_reports_of_one, &work),
  };
  int failed = cmocka_run_group_tests(tests, NULL, NULL);
  for (size_t i = 0; i < work.list.count; i++) {
    blob_free(&work.reports[i]);
  }
  free(work.reports);
  samples_free(&work.list);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  return failed;
}
