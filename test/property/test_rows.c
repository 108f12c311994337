/* SPDX-License-Identifier: MIT */
/*
 * Every row of every table: messages that keep it at its boundaries are valid, and messages that break one of its rules, and nothing
 * else, get exactly that one violation and the documented error that answers it.
 */
#include "property/rows.h"

#include <stdio.h>

enum { SERVICES = 5, BODIES_AT_LEAST = 20000, HEADS_AT_LEAST = 7000 };

static void visit(rows_run *run, const spot *at);

static void visit_members(rows_run *run, const spot *at, const bdc_object *object) {
  for (size_t i = 0; i < bdc_object_describe(object).row_count; i++) {
    spot below = spot_below(at, bdc_object_row(object, i));
    visit(run, &below);
  }
}

static void visit_element(rows_run *run, const spot *at) {
  spot below = spot_below(at, spot_info(at).element);
  visit(run, &below);
}

static void visit(rows_run *run, const spot *at) {
  bdc_row_info info = spot_info(at);
  check_type(run, at);
  switch (info.kind) {
  case BDC_KIND_STRING:
    check_string_row(run, at);
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    check_number_row(run, at);
    return;
  case BDC_KIND_OBJECT:
    check_object_row(run, at);
    visit_members(run, at, info.object);
    return;
  case BDC_KIND_ARRAY:
    check_array_row(run, at);
    visit_element(run, at);
    return;
  case BDC_KIND_MAP:
    check_map_row(run, at);
    visit_element(run, at);
    return;
  default:
    return;
  }
}

/* A body that is missing. */
static void check_missing_body(rows_run *run, const bdc_section_info *section) {
  expectation expected = { .rule = BDC_RULE_MANDATORY, .in = BDC_IN_BODY, .pointer = "", .body_missing = true };
  expect_violations(run, (bdc_str){ 0 }, &expected, !section->body_optional);
}

static void check_section(rows_run *run, const bdc_section_info *section) {
  for (size_t i = 0; i < (section->status_count ? section->status_count : 1); i++) {
    run->http_status = section->status_count ? section->statuses[i] : 0;
    spot root = { .rows = { section->body }, .depth = 1 };
    check_missing_body(run, section);
    visit(run, &root);
  }
}

static size_t for_each_operation(void (*check)(rows_run *run), size_t *checked) {
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  size_t failed = 0;
  assert_int_equal(bdc_operation_count(ruleset), SERVICES);
  for (size_t i = 0; i < bdc_operation_count(ruleset); i++) {
    rows_run run = { .ruleset = ruleset, .checker = checker, .operation = bdc_operation_at(ruleset, i) };
    run.info = bdc_operation_describe(run.operation);
    run.service = bdc_service_describe(run.info.service);
    check(&run);
    printf("%.*s: %zu messages, %zu not as expected\n", (int)run.info.full_name.size, run.info.full_name.data, run.checked, run.failed);
    *checked += run.checked;
    failed += run.failed;
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  return failed;
}

static void check_bodies(rows_run *run) {
  for (size_t i = 0; i < run->info.section_count; i++) {
    bdc_section_info section = bdc_operation_section(run->operation, i);
    if (section.in == BDC_IN_BODY) {
      check_section(run, &section);
    }
  }
}

static void each_row_of_each_body_is_kept_and_broken_as_documented(void **state) {
  (void)state;
  size_t checked = 0;
  size_t failed = for_each_operation(check_bodies, &checked);
  printf("%zu bodies\n", checked);
  assert_int_equal(failed, 0);
  assert_true(checked >= BODIES_AT_LEAST);
}

static void each_row_of_each_path_and_header_is_kept_and_broken_as_documented(void **state) {
  (void)state;
  size_t checked = 0;
  size_t failed = for_each_operation(check_head, &checked);
  printf("%zu requests\n", checked);
  assert_int_equal(failed, 0);
  assert_true(checked >= HEADS_AT_LEAST);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(each_row_of_each_body_is_kept_and_broken_as_documented),
    cmocka_unit_test(each_row_of_each_path_and_header_is_kept_and_broken_as_documented),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
