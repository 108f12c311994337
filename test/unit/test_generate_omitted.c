/* SPDX-License-Identifier: MIT */
/* The generator: what is left out, and with which reason that is told. */
#include "unit/generating.h"

#include "base/str.h"

/* ---- values that there are none of ---- */

typedef struct untold {
  const char *rules;
  const char *label;
  bdc_omission reason;
} untold;

static void expect_told(const untold *cases, size_t count, const bdc_generate_settings *settings) {
  for (size_t i = 0; i < count; i++) {
    outcome of = outcome_of(cases[i].rules, 0, settings);
    expect_omitted(&of, cases[i].label, cases[i].reason);
    outcome_free(&of);
  }
}

/* No value has this pattern, and every one has that. */
#define NEVER "pattern (?!x)x @t\n"
#define ALWAYS "pattern (?s).* @t\n"

static void values_that_a_body_lacks_are_told(void **state) {
  (void)state;
  static const untold cases[] = {
    { TABLE("    a string optional length ..1000000 @t\n"), "a: length.max, 1000001 characters", BDC_OMITTED_SIZE },
    { TABLE("    a string optional " NEVER), "a: pattern, 1. match", BDC_OMITTED_VALID },
    { TABLE("    a string optional " ALWAYS), "a: pattern, 1. text that does not match", BDC_OMITTED_ALONE },
    { TABLE("    a string optional length 1..9 pattern abc @t\n"), "a: length.min, 0 characters", BDC_OMITTED_ALONE },
    { TABLE("    a string optional charset [a-c] enum a | d @t\n"), "a: enum, \"d\"", BDC_OMITTED_ALONE },
    { TABLE("    a string optional charset [\\x{0}-\\x{10ffff}] @t\n"), "a: charset, some character outside the class",
      BDC_OMITTED_ALONE },
    /* A lack of the zone is worth a warning: the listed value breaks something. */
    { TABLE("    a string optional enum 2019-12-06T06:49:04 format date-time zone-optional @t\n"), "a: enum, \"2019-12-06T06:49:04\"",
      BDC_OMITTED_ALONE },
    { TABLE("    a string optional masked " NEVER), "a: mandatory, present", BDC_OMITTED_VALID },
    { TABLE("    a integer optional enum 7 range 1..5 @t\n"), "a: enum, 7", BDC_OMITTED_ALONE },
    { TABLE("    a integer optional enum 7 range 1..5 @t\n"), "body: syntax, behind a token: x", BDC_OMITTED_VALID },
    { TABLE("    a string optional length ..5000 enum a | b @t\n"), "a: length.max, 5000 characters", BDC_OMITTED_ALONE },
    { TABLE("    a string optional length 5000 enum a | b pattern .* @t\n"), "a: enum, some text that is not listed",
      BDC_OMITTED_ALONE },
  };
  expect_told(cases, LENGTH(cases), NULL);
}

static void containers_that_cannot_be_filled_are_told(void **state) {
  (void)state;
  static const untold cases[] = {
    { TABLE("    a object b mandatory @t\nobject b\n  c object b mandatory @t\n"), "body: the fewest members", BDC_OMITTED_VALID },
    { TABLE("    a string mandatory " NEVER "    b string optional length ..4 @t\n"), "b: length.max, 5 characters",
      BDC_OMITTED_VALID },
    { TABLE("    a string optional @t\n    b string mandatory " NEVER), "body: syntax, a string that does not end", BDC_OMITTED_VALID },
    { TABLE("    a object b optional @t\nobject b\n  c string mandatory " NEVER), "a: unknown, an empty name", BDC_OMITTED_VALID },
    { HEAD("  request unknown ignore\n    a string mandatory " NEVER), "body: duplicate, an undocumented name twice",
      BDC_OMITTED_VALID },
    { HEAD("  request unknown ignore\n    a string mandatory " NEVER), "body: limit, arrays as deep as the limit", BDC_OMITTED_VALID },
    { HEAD("  request unknown ignore\n    a string mandatory " NEVER), "body: limit, arrays one deeper than the limit",
      BDC_OMITTED_VALID },
    { TABLE("    a map of string optional " NEVER), "a: duplicate, a key twice", BDC_OMITTED_VALID },
    { TABLE("    a map of string optional items 1..3 " NEVER), "a: items, 4 members", BDC_OMITTED_VALID },
    { TABLE("    a map of string optional items 3.. " NEVER), "a: duplicate, a key twice", BDC_OMITTED_VALID },
    { TABLE("    a array of string optional includes a enum a @t\n"), "a: includes, 1 item, without the one that must be there",
      BDC_OMITTED_ALONE },
    { TABLE("    a array of string optional includes a " NEVER), "a: includes, 1 item, without the one that must be there",
      BDC_OMITTED_ALONE },
    { TABLE("    a array of string optional includes 2019-12-06T06:49:04 format date-time zone-optional @t\n"),
      "a: includes, 2 items, the last of them the one that must be there, as \\u", BDC_OMITTED_ALONE },
    { TABLE("    a array of string optional items 2.. " NEVER), "a/1: type, a number", BDC_OMITTED_VALID },
    { TABLE("    a array of object b optional @t\nobject b\n  c string mandatory " NEVER "  d boolean optional @t\n"),
      "a/0/d: type, a number", BDC_OMITTED_VALID },
  };
  expect_told(cases, LENGTH(cases), NULL);
}

/* More members than a check holds the names of are refused for that, whatever the row says. */
static void maps_beyond_the_limit_of_names_are_told(void **state) {
  (void)state;
  static const untold cases[] = {
    { TABLE("    a map of boolean optional items 3000..3001 @t\n"), "a: items, 3000 members", BDC_OMITTED_ALONE },
    { TABLE("    a map of boolean optional items 3000..3001 @t\n"), "a: items, 2999 members", BDC_OMITTED_ALONE },
    { TABLE("    a map of boolean optional items 3000..3001 @t\n"), "a: duplicate, a key twice", BDC_OMITTED_ALONE },
    { TABLE("    a map of boolean optional items 3000..3001 @t\n"), "a: an empty key", BDC_OMITTED_ALONE },
    { TABLE("    a map of boolean optional items ..2500 @t\n"), "a: items, 2501 members", BDC_OMITTED_ALONE },
    { TABLE("    a map of map of boolean optional items 2049 @t\n"), "a: mandatory, present", BDC_OMITTED_VALID },
    /* The names of all maps that are open count. */
    { TABLE("    a map of object b optional items 2000 @t\nobject b\n  c map of boolean optional items ..100 @t\n"),
      "a/key/c: items, 100 members", BDC_OMITTED_ALONE },
    { TABLE("    a map of object b optional items 1 @t\nobject b\n  c map of boolean mandatory items 2048 @t\n"),
      "a: mandatory, present", BDC_OMITTED_VALID },
  };
  expect_told(cases, LENGTH(cases), NULL);
}

#define PATH(row) "provider p\nservice s T\nsource t t\noperation O PUT /o/{a} @t\n  path\n    a string mandatory " row

static void values_that_a_head_lacks_are_told(void **state) {
  (void)state;
  static const untold cases[] = {
    { HEAD("  query\n    a string mandatory " NEVER), "query a: duplicate, twice", BDC_OMITTED_VALID },
    { HEAD("  query\n    a string mandatory " NEVER), "query: unknown, an undocumented parameter", BDC_OMITTED_VALID },
    { HEAD("  query\n    a string optional @t\n  request\n    a string mandatory " NEVER), "query a: duplicate, twice",
      BDC_OMITTED_VALID },
    { HEAD("  query\n    a string optional " ALWAYS), "query a: pattern, some value", BDC_OMITTED_ALONE },
    { HEAD("  query\n    a string optional charset [a-c] enum a | d @t\n"), "query a: enum, \"d\"", BDC_OMITTED_ALONE },
    { HEAD("  query\n    a string optional enum 2019-12-06T06:49:04 format date-time zone-optional @t\n"),
      "query a: enum, \"2019-12-06T06:49:04\"", BDC_OMITTED_ALONE },
    { HEAD("  header\n    X-A string optional " NEVER), "header X-A: its letters in the other case", BDC_OMITTED_VALID },
    { HEAD("  header\n    X-A string mandatory " NEVER), "query: unknown, an undocumented parameter", BDC_OMITTED_VALID },
    /* What no target and no field can hold. */
    { HEAD("  header\n    X-A string optional pattern \\t+ @t\n"), "header X-A: some value", BDC_OMITTED_VALID },
    { HEAD("  query\n    a string optional charset [\\x7f] @t\n"), "query a: some value", BDC_OMITTED_VALID },
    { PATH("pattern \\.{1,2} @t\n"), "path a: some value", BDC_OMITTED_VALID },
    { PATH("length 0 @t\n"), "path a: some value", BDC_OMITTED_VALID },
    { PATH("enum a/b | c @t\n"), "path a: enum, \"a/b\"", BDC_OMITTED_ALONE },
  };
  const bdc_generate_settings settings = { .whole_messages = true };
  expect_told(cases, LENGTH(cases), &settings);
}

/* ---- size ---- */

#define LONG_VALUE "abcdefghijklmnopqrstuvwxyz0123"

static void what_does_not_fit_is_told(void **state) {
  (void)state;
  static const untold bodies[] = {
    { TABLE("    a string mandatory length 8 @t\n"), "body: syntax, blanks around each token", BDC_OMITTED_SIZE },
    { TABLE("    a string mandatory length 8 @t\n"), "a: duplicate, twice", BDC_OMITTED_SIZE },
    { TABLE("    a map of string optional length 8 @t\n"), "a: duplicate, a key twice", BDC_OMITTED_SIZE },
    { TABLE("    a string optional enum " LONG_VALUE " | b @t\n"), "a: enum, \"" LONG_VALUE "\"", BDC_OMITTED_SIZE },
    { TABLE("    a string mandatory length 1000.. @t\n    b boolean optional @t\n"), "b: type, a number", BDC_OMITTED_SIZE },
    { TABLE("    a string optional length 18446744073709551614.. @t\n"), "a: length.min, 18446744073709551614 characters",
      BDC_OMITTED_SIZE },
    /* That one row is too long says nothing of the next one. */
    { TABLE("    a string optional length 1000.. @t\n    b integer optional enum 7 range 1..5 @t\n"), "b: mandatory, present",
      BDC_OMITTED_VALID },
  };
  static const untold heads[] = {
    { HEAD("  query\n    a string optional length 12 @t\n"), "query a: length.min, 12 characters of 1 byte, all percent-encoded",
      BDC_OMITTED_SIZE },
    { HEAD("  query\n    a string optional enum " LONG_VALUE " | b @t\n"), "query a: enum, \"" LONG_VALUE "\"", BDC_OMITTED_SIZE },
  };
  const bdc_generate_settings settings = { .body_size = 24 };
  const bdc_generate_settings whole = { .body_size = 24, .whole_messages = true };
  expect_told(bodies, LENGTH(bodies), &settings);
  expect_told(heads, LENGTH(heads), &whole);
}

static void every_reason_has_words(void **state) {
  (void)state;
  for (int i = BDC_OMITTED_SIZE; i <= BDC_OMITTED_FAULT; i++) {
    assert_string_not_equal(bdc_omission_text((bdc_omission)i), "?");
  }
  assert_string_equal(bdc_omission_text((bdc_omission)(BDC_OMITTED_FAULT + 1)), "?");
}

/* All bodies of the table as they are, but for the last entry. */
static void the_limit_of_names_may_be_beyond_that_of_size(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .body_size = 27570, .field = BDC_STR("m") };
  outcome of = outcome_of(TABLE("    m map of string optional enum abc @t\n"), 0, &settings);
  expect_case(&of, "\nm: limit, 2048 members |");
  expect_omitted(&of, "m: limit, 2049 members", BDC_OMITTED_SIZE);
  outcome_free(&of);
}

static void a_row_is_told_of_once_in_all_rounds(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .rounds = 3 };
  outcome of = outcome_of(TABLE("    a string optional " ALWAYS), 0, &settings);
  expect_omitted(&of, "a: pattern, 1. text that does not match", BDC_OMITTED_ALONE);
  outcome_free(&of);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(values_that_a_body_lacks_are_told),
    cmocka_unit_test(containers_that_cannot_be_filled_are_told),
    cmocka_unit_test(maps_beyond_the_limit_of_names_are_told),
    cmocka_unit_test(values_that_a_head_lacks_are_told),
    cmocka_unit_test(what_does_not_fit_is_told),
    cmocka_unit_test(the_limit_of_names_may_be_beyond_that_of_size),
    cmocka_unit_test(every_reason_has_words),
    cmocka_unit_test(a_row_is_told_of_once_in_all_rounds),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
