/* SPDX-License-Identifier: MIT */
/* The generator: cases that a check contradicts, which only a fault of the library would make. Here the check is of another table. */
#include "unit/generating.h"

#include "generate/generator.h"

/* Two operations that differ in one row: cases of the first are held against the second. */
#define TWO(row, other)                                                                                                                \
  "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n  request\n    " row " @t\noperation Other PUT /other @t\n  request\n"  \
  "    " other " @t\n"

typedef struct contradicted {
  const char *rules;
  const char *label; /* of a case that is not confirmed */
} contradicted;

/* Runs to the end; whether a case of this label was not confirmed, and how many of all were. */
static bool is_contradicted(bdc_generator *generator, const char *label, size_t *confirmed) {
  const bdc_case *made = NULL;
  bdc_status status;
  bool found = false;
  *confirmed = 0;
  while ((status = bdc_generator_next(generator, &made)) == BDC_ERR_INTERNAL || made) {
    if (status == BDC_OK) {
      ++*confirmed;
      continue;
    }
    assert_null(made);
    bdc_omitted omitted = bdc_generator_omitted(generator, bdc_generator_omitted_count(generator) - 1);
    assert_int_equal(omitted.reason, BDC_OMITTED_FAULT);
    found = found || (omitted.label.size == strlen(label) && memcmp(omitted.label.data, label, omitted.label.size) == 0);
  }
  assert_int_equal(status, BDC_OK);
  return found;
}

static void what_a_check_contradicts_is_told_and_not_handed_out(void **state) {
  (void)state;
  static const contradicted tables[] = {
    /* another verdict, another number of violations, another rule, severity, pointer and field */
    { TWO("a string optional length ..3", "a string optional length ..9"), "a: length.max, 4 characters" },
    { TWO("a string optional length ..3", "a string optional length ..3 pattern a"), "a: length.max, 4 characters" },
    { TWO("a string optional length ..3", "a string optional pattern a"), "a: length.max, 4 characters" },
    { TWO("a string optional length ..3", "a string optional length ..3 warn"), "a: length.max, 4 characters" },
    { TWO("a boolean mandatory", "b boolean mandatory"), "a: mandatory, missing" },
    { TWO("a string optional length ..3 warn", "a string optional length ..9 pattern .{0,3} warn"), "a: length.max, 4 characters" },
  };
  for (size_t i = 0; i < LENGTH(tables); i++) {
    size_t confirmed;
    bdc_ruleset *ruleset = ruleset_of(tables[i].rules);
    bdc_generator *generator = generator_of(ruleset, "O", 0, NULL);
    generator->operation = operation_of(ruleset, "Other");
    if (!is_contradicted(generator, tables[i].label, &confirmed)) {
      fail_msg("%s is confirmed", tables[i].label);
    }
    assert_true(confirmed > 10); /* it goes on with what is right in both */
    bdc_generator_free(generator);
    bdc_ruleset_free(ruleset);
  }
}

/* A report that has room for no more tells of one alone. */
static void what_breaks_more_than_a_report_holds_is_contradicted(void **state) {
  (void)state;
  size_t confirmed;
  const bdc_settings settings = { .limits = { .violations = 1 } };
  bdc_ruleset *ruleset = ruleset_of(TWO("a string optional length ..3", "a string optional length ..3 pattern a"));
  bdc_generator *generator = generator_of(ruleset, "O", 0, NULL);
  generator->operation = operation_of(ruleset, "Other");
  bdc_checker_free(generator->checker);
  generator->checker = checker_of(ruleset, &settings);
  assert_true(is_contradicted(generator, "a: length.max, 4 characters", &confirmed));
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
}

/* Other omissions are told in the first round alone. */
static void what_a_check_contradicts_is_told_in_each_round(void **state) {
  (void)state;
  enum { ROUNDS = 3 };
  size_t confirmed;
  size_t faults = 0;
  bdc_ruleset *ruleset = ruleset_of(TWO("a string optional length ..3", "a string optional length ..3 warn"));
  const bdc_generate_settings settings = { .rounds = ROUNDS, .rules = BIT(BDC_RULE_LENGTH_MAX) };
  bdc_generator *generator = generator_of(ruleset, "O", 0, &settings);
  generator->operation = operation_of(ruleset, "Other");
  assert_true(is_contradicted(generator, "a: length.max, 4 characters", &confirmed));
  for (size_t i = 0; i < bdc_generator_omitted_count(generator); i++) {
    bdc_str label = bdc_generator_omitted(generator, i).label;
    faults += label.size == 27 && memcmp(label.data, "a: length.max, 4 characters", 27) == 0;
  }
  assert_int_equal(faults, ROUNDS);
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_a_check_contradicts_is_told_and_not_handed_out),
    cmocka_unit_test(what_breaks_more_than_a_report_holds_is_contradicted),
    cmocka_unit_test(what_a_check_contradicts_is_told_in_each_round),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
