/* SPDX-License-Identifier: MIT */
/* The generator: bodies that have every pair of choices. */
#include "unit/generating.h"

#include "base/str.h"

static const char pair_rules[] = TABLE("    a boolean optional @t\n    b string mandatory enum x | y | z @t\n"
                                       "    c integer optional range 1..2 @t\n    d string optional nullable length 2..3 @t\n");

/* Whether a body has both texts, or lacks one that is to be absent. */
static bool has(bdc_str body, const char *text) {
  char copy[256] = "";
  assert_true(body.size < sizeof copy);
  memcpy(copy, body.data, body.size);
  return text[0] == '!' ? strstr(copy, text + 1) == NULL : strstr(copy, text) != NULL;
}

static void every_pair_of_choices_comes_together_in_few_bodies(void **state) {
  (void)state;
  static const char *const choices[][4] = { { "!\"a\"", "\"a\":true", "\"a\":false", NULL },
                                            { "\"b\":\"x\"", "\"b\":\"y\"", "\"b\":\"z\"", NULL },
                                            { "!\"c\"", "\"c\":1", "\"c\":2", NULL },
                                            { "!\"d\"", "\"d\":null", NULL } };
  bdc_ruleset *ruleset = ruleset_of(pair_rules);
  const bdc_generate_settings settings = { .all_pairs = true };
  bool seen[4][4][4][4] = { 0 };
  size_t count = 0;
  bdc_generator *generator = generator_of(ruleset, "O", 0, &settings);
  for (const bdc_case *made = next(generator); made; made = next(generator), count++) {
    assert_int_equal(made->verdict, BDC_VALID);
    for (size_t at = 0; at < 4 * 4 * 4 * 4; at++) {
      size_t i = at / 64;
      size_t k = at / 4 % 4;
      size_t j = at / 16 % 4;
      size_t l = at % 4;
      bool known = i < k && j < 3 && l < 3 && choices[i][j] && choices[k][l];
      seen[i][j][k][l] = seen[i][j][k][l] || !known || (has(made->body, choices[i][j]) && has(made->body, choices[k][l]));
    }
  }
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
  for (size_t at = 0; at < 4 * 4 * 4 * 4; at++) {
    assert_true(seen[at / 64][at / 16 % 4][at / 4 % 4][at % 4]);
  }
  printf("%zu bodies\n", count);
  assert_true(count >= 15 && count <= 25); /* d has five choices, b three; all there are would be 135 */
}

/* Where what must be there has no valid value, there is no valid body. */
static void pairs_without_a_valid_body_are_told(void **state) {
  (void)state;
  static const char *const rules[] = {
    TABLE("    a string mandatory pattern (?!x)x @t\n    b boolean optional @t\n"),
    "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n  request string pattern (?!x)x @t\n",
  };
  const bdc_generate_settings settings = { .all_pairs = true };
  for (size_t i = 0; i < LENGTH(rules); i++) {
    outcome of = outcome_of(rules[i], 0, &settings);
    expect_omitted(&of, "body: 1. combination", BDC_OMITTED_VALID);
    assert_int_equal(parts_in(&of.cases, "combination"), 0);
    outcome_free(&of);
  }
}

/* A table of so many rows of a form. */
static outcome pairs_of_many(const char *row, unsigned count) {
  const bdc_generate_settings settings = { .all_pairs = true };
  blob rules = { 0 };
  blob_print(&rules, TABLE(""));
  for (unsigned i = 0; i < count; i++) {
    blob_print(&rules, "    r%u %s @t\n", i, row);
  }
  outcome of = outcome_of(rules.data, 0, &settings);
  blob_free(&rules);
  return of;
}

/* A body has all rows that must be there, so that there is none where some are not looked at. */
static void mandatory_rows_beyond_those_that_are_paired_leave_no_body(void **state) {
  (void)state;
  static const char *const rows[] = { "any mandatory", "string mandatory enum x" };
  for (size_t i = 0; i < LENGTH(rows); i++) {
    outcome of = pairs_of_many(rows[i], 1025);
    expect_omitted(&of, "body: 1. combination", BDC_OMITTED_ROWS);
    assert_int_equal(parts_in(&of.cases, "combination"), 0);
    outcome_free(&of);
  }
}

static void optional_rows_beyond_those_that_are_paired_are_told(void **state) {
  (void)state;
  outcome of = pairs_of_many("string optional pattern (?!x)x", 1025);
  expect_omitted(&of, "body: further rows", BDC_OMITTED_ROWS);
  expect_case(&of, "body: 1. combination |  | {} | valid");
  outcome_free(&of);
}

/* ---- which choices there are ---- */

static void choices_are_what_breaks_nothing(void **state) {
  (void)state;
  static const struct {
    const char *rules;
    const char *expected;
    const char *never;
    size_t body_size;
  } tables[] = {
    /* worth a warning, as it lacks a zone */
    { TABLE("    a string optional enum 2019-12-06T06:49:04Z | 2019-12-06T06:49:04 format date-time zone-optional @t\n"),
      "{\"a\":\"2019-12-06T06:49:04Z\"}", ":04\"", 0 },
    { TABLE("    a object b optional @t\n    c boolean optional @t\nobject b\n  d string mandatory pattern (?!x)x @t\n"),
      "{\"c\":true}", "\"a\"", 0 },
    { TABLE("    a long optional format epoch-ms range 1500000000000.. @t\n"), "{\"a\":9999999999999}", ":1000000000000", 0 },
    { TABLE("    a integer optional range 5.. @t\n"), "{\"a\":2147483647}", ":0", 0 },
    /* more than a quarter of a body */
    { TABLE("    a string optional length 4..10 @t\n"), "| {\"a\":\"", "\xf0", 64 },
  };
  for (size_t i = 0; i < LENGTH(tables); i++) {
    const bdc_generate_settings settings = { .all_pairs = true, .body_size = tables[i].body_size };
    outcome of = outcome_of(tables[i].rules, 0, &settings);
    expect_case(&of, "| {} |");
    expect_case(&of, tables[i].expected);
    expect_no_case(&of, tables[i].never);
    outcome_free(&of);
  }
}

static void pairs_are_valid_bodies_alone(void **state) {
  (void)state;
  const bdc_generate_settings none[] = { { .all_pairs = true, .wanted = BDC_WANTED_INVALID },
                                         { .all_pairs = true, .rules = BIT(BDC_RULE_TYPE) },
                                         { .all_pairs = true, .whole_messages = true } };
  static const char *const rules[] = { pair_rules, pair_rules, HEAD("  query\n    a boolean optional @t\n") };
  for (size_t i = 0; i < LENGTH(none); i++) {
    outcome of = outcome_of(rules[i], 0, &none[i]);
    assert_string_equal(of.cases.data, "\n");
    assert_string_equal(of.omitted.data, "\n");
    outcome_free(&of);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_pair_of_choices_comes_together_in_few_bodies),
    cmocka_unit_test(pairs_without_a_valid_body_are_told),
    cmocka_unit_test(mandatory_rows_beyond_those_that_are_paired_leave_no_body),
    cmocka_unit_test(optional_rows_beyond_those_that_are_paired_are_told),
    cmocka_unit_test(choices_are_what_breaks_nothing),
    cmocka_unit_test(pairs_are_valid_bodies_alone),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
