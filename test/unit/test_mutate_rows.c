/* SPDX-License-Identifier: MIT */
/* Mutation of bodies whose tables have rows of rare kinds. */
#include "unit/rulesets.h"

#include <bodycheck/mutate.h>

#include <stdio.h>
#include <string.h>

#define TABLE(rows) "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n  request\n" rows

enum { SIZE = 4096, ROUNDS = 4000 };

/* What is asked of each body that is made, of which all are JSON. */
typedef void look(const char *body, void *context);

static void mutate_often(const char *rules, const char *body, look *each, void *context) {
  static char out[SIZE + 1];
  const bdc_mutator_settings settings = { .size_max = SIZE, .well_formed = true };
  bdc_ruleset *ruleset = ruleset_of(rules);
  const bdc_operation *operation = operation_of(ruleset, "O");
  bdc_checker *checker = checker_of(ruleset, NULL);
  bdc_mutator *mutator;
  assert_int_equal(bdc_mutator_new(operation, 0, &settings, &mutator), BDC_OK);
  for (int i = 0; i < ROUNDS; i++) {
    memcpy(out, body, strlen(body));
    size_t size = bdc_mutate(mutator, out, strlen(body), SIZE);
    out[size] = '\0';
    bdc_check_body(checker, operation, 0, out, size);
    const bdc_report *report = bdc_checker_report(checker);
    for (size_t j = 0; j < report->violation_count; j++) {
      bdc_rule rule = report->violations[j].rule;
      if (rule == BDC_RULE_SYNTAX || rule == BDC_RULE_ENCODING) {
        fail_msg("no JSON: %s", out);
      }
    }
    each(out, context);
  }
  bdc_mutator_free(mutator);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

typedef struct counted {
  const char *part;
  size_t count;
} counted;

static void count_part(const char *body, void *context) {
  counted *of = context;
  of->count += strstr(body, of->part) != NULL;
}

static size_t count_of(const char *rules, const char *body, const char *part) {
  counted of = { .part = part };
  mutate_often(rules, body, count_part, &of);
  return of.count;
}

static void a_table_without_rows_gets_undocumented_members(void **state) {
  (void)state;
  assert_true(count_of(TABLE(""), "{\"a\":{}}", "\"__proto__\":") > 0);
  assert_int_equal(count_of(TABLE(""), "{\"a\":{}}", "\"documented\":"), 0);
  assert_true(count_of(TABLE("    documented boolean optional @t\n"), "{\"a\":{}}", "\"documented\":") > 0);
}

/* A class whose edge is the backslash: the neighbours are written so that the body stays JSON. */
static void edges_of_classes_that_json_escapes_are_left_out(void **state) {
  (void)state;
  const char *rules = TABLE("    a string mandatory length 1..4 charset [A-\\[] @t\n");
  assert_true(count_of(rules, "{\"a\":\"A\"}", "[\"") > 0);
  assert_true(count_of(rules, "{\"a\":\"A\"}", "@") > 0);
  rules = TABLE("    a string mandatory length 1..4 charset [!\"] @t\n");
  assert_true(count_of(rules, "{\"a\":\"!\"}", "!\"") > 0);
}

static void a_string_that_none_can_be_is_still_a_string(void **state) {
  (void)state;
  assert_true(count_of(TABLE("    a string mandatory pattern (?!x)x @t\n"), "{}", "{\"a\":\"") > 0);
}

typedef struct distinct {
  bool seen[100];
} distinct;

static void see_value(const char *body, void *context) {
  distinct *of = context;
  int number;
  const char *at = strstr(body, "\"a\":\"value");
  if (at && sscanf(at, "\"a\":\"value%d\"", &number) == 1 && number >= 10 && number < 100) {
    of->seen[number] = true;
  }
}

static void of_many_listed_values_many_are_tried(void **state) {
  (void)state;
  distinct of = { { false } };
  blob rules = { 0 };
  size_t count = 0;
  blob_print(&rules, TABLE("    a string mandatory enum value10"));
  for (int i = 11; i < 100; i++) {
    blob_print(&rules, " | value%d", i);
  }
  blob_print(&rules, " @t\n");
  mutate_often(rules.data, "{}", see_value, &of);
  for (size_t i = 0; i < 100; i++) {
    count += of.seen[i];
  }
  printf("%zu of 90 values\n", count);
  assert_true(count > 30);
  blob_free(&rules);
}

/* The texts of a table take a bounded room: rows that there is none for are given any value. */
static void a_table_of_long_strings_takes_a_bounded_room(void **state) {
  (void)state;
  enum { LONG = 40, SHORT = 200, MOST = 3 << 19 };
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  const bdc_mutator_settings settings = { .allocator = &allocator, .size_max = SIZE };
  blob rules = { 0 };
  bdc_mutator *mutator;
  blob_print(&rules, TABLE(""));
  for (unsigned i = 0; i < LONG + SHORT; i++) {
    blob_print(&rules, "    a%u string optional length %s @t\n", i, i < LONG ? "4000..4096" : "1..3");
  }
  blob_print(&rules, "    n integer mandatory range 700001..700003 @t\n");
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  assert_int_equal(bdc_mutator_new(operation_of(ruleset, "O"), 0, &settings, &mutator), BDC_OK);
  printf("%zu bytes\n", count.bytes);
  assert_true(count.bytes < MOST);
  bdc_mutator_free(mutator);
  bdc_ruleset_free(ruleset);
  assert_int_equal(count_of(rules.data, "{}", "\"n\":70000"), 0); /* it comes behind those that take all of it */
  assert_true(count_of(rules.data, "{}", "\"n\":2147483647") > 0);
  blob_free(&rules);
}

static void no_status_beyond_those_of_errors_has_the_table_of_errors(void **state) {
  (void)state;
  const bdc_operation *operation = operation_of(builtin, "huaweicloud.apig.UpdateAppV2");
  const int statuses[] = { 599, 600 };
  for (size_t i = 0; i < 2; i++) {
    bdc_mutator *mutator;
    size_t seen = 0;
    char out[SIZE + 1];
    const bdc_mutator_settings settings = { .size_max = SIZE, .well_formed = true };
    assert_int_equal(bdc_mutator_new(operation, statuses[i], &settings, &mutator), BDC_OK);
    for (int round = 0; round < 100; round++) {
      out[bdc_mutate(mutator, out, 0, SIZE)] = '\0';
      seen += strstr(out, "\"error_code\":\"API") != NULL;
    }
    assert_int_equal(seen > 50, statuses[i] == 599);
    bdc_mutator_free(mutator);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_table_without_rows_gets_undocumented_members),
    cmocka_unit_test(edges_of_classes_that_json_escapes_are_left_out),
    cmocka_unit_test(a_string_that_none_can_be_is_still_a_string),
    cmocka_unit_test(of_many_listed_values_many_are_tried),
    cmocka_unit_test(a_table_of_long_strings_takes_a_bounded_room),
    cmocka_unit_test(no_status_beyond_those_of_errors_has_the_table_of_errors),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
