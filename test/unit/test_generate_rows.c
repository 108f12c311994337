/* SPDX-License-Identifier: MIT */
/* The generator: rows of rare kinds in bodies, and patterns. */
#include "unit/generating.h"

#include "generate/shape.h"
#include "rules/pattern.h"

/* ---- names ---- */

static void names_are_changed_by_whole_characters(void **state) {
  (void)state;
  outcome of = outcome_of(TABLE("    _x boolean optional @t\n    a\xc3\xa9 boolean optional @t\n"), 0, NULL);
  expect_case(&of, "without its last letter |  | {\"_\":");
  expect_case(&of, "without its last letter |  | {\"a\":");
  expect_case(&of, "its first letter in the other case |  | {\"A\xc3\xa9\":");
  assert_int_equal(parts_in(&of.cases, "its first letter in the other case"), 1); /* "_" has no other */
  outcome_free(&of);
}

static void a_name_beyond_ascii_ends_what_is_written_as_utf16(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(TABLE("    a\xc3\xa9 boolean mandatory @t\n"));
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_SYNTAX) };
  bdc_generator *generator = generator_of(ruleset, "O", 0, &settings);
  size_t seen = 0;
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    if (memcmp(made->label.data, "body: syntax, UTF-16", 20) == 0) {
      bool big = made->body.data[0] == '\0';
      assert_int_equal(made->body.size, 6);
      assert_memory_equal(made->body.data, big ? "\0{\0\"\0a" : "{\0\"\0a", 6);
      seen++;
    }
  }
  assert_int_equal(seen, 2);
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
}

/* A body that is cut within a character breaks another rule: it would not be confirmed. */
static void bodies_are_cut_between_characters(void **state) {
  (void)state;
  for (uint64_t seed = 0; seed < 20; seed++) {
    const bdc_generate_settings settings = { .seed = seed, .rules = BIT(BDC_RULE_SYNTAX) };
    outcome of =
        outcome_of(TABLE("    \xe6\x9d\x8e\xe6\x9d\x8e\xe6\x9d\x8e\xe6\x9d\x8e\xe6\x9d\x8e boolean mandatory @t\n"), 0, &settings);
    assert_int_equal(parts_in(&of.cases, "body: syntax, cut off "), 6);
    outcome_free(&of);
  }
}

static void only_spots_of_a_field_have_its_pointer(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .field = BDC_STR("/a") };
  outcome of = outcome_of(TABLE("    a boolean optional @t\n    b boolean optional @t\n"), 0, &settings);
  expect_case(&of, "\na: type, a number |  | {\"a\":7} | invalid type /a");
  expect_no_case(&of, "\nbody");
  expect_no_case(&of, "\nb:");
  outcome_free(&of);
}

/* ---- strings ---- */

static void a_missing_zone_is_judged_as_the_row_has_it(void **state) {
  (void)state;
  static const struct {
    const char *rules;
    const char *expected;
    const char *never;
  } tables[] = {
    { TABLE("    a string optional format date-time @t\n"), "a: format, no zone |  | {\"a\":\"2019-12-06T06:49:04\"} | invalid format",
      "a: format, no zone |  | {\"a\":\"2019-12-06T06:49:04\"} | warned" },
    { TABLE("    a string optional format date-time warn @t\n"),
      "a: format, no zone |  | {\"a\":\"2019-12-06T06:49:04\"} | warned format", "| invalid format" },
    { TABLE("    a string optional format date-time zone-optional @t\n"),
      "a: format, no zone |  | {\"a\":\"2019-12-06T06:49:04\"} | warned format",
      "no zone |  | {\"a\":\"2019-12-06T06:49:04\"} | invalid" },
    /* too short without one */
    { TABLE("    a string optional format date-time zone-optional length 25 @t\n"), "a: format, an offset |", "a: format, no zone |" },
  };
  for (size_t i = 0; i < LENGTH(tables); i++) {
    outcome of = outcome_of(tables[i].rules, 0, NULL);
    expect_case(&of, tables[i].expected);
    expect_no_case(&of, tables[i].never);
    outcome_free(&of);
  }
}

static void a_fraction_has_as_many_digits_as_its_case_says(void **state) {
  (void)state;
  static const char before[] = "{\"a\":\"2019-12-06T06:49:04.";
  bdc_ruleset *ruleset = ruleset_of(TABLE("    a string optional format date-time fraction ..4000 @t\n"));
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_FORMAT) };
  bdc_generator *generator = generator_of(ruleset, "O", 0, &settings);
  size_t seen = 0;
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    if (memcmp(made->label.data, "a: format, 400", 14) == 0) {
      assert_int_equal(made->body.size, strlen(before) + 4000 + made->reported + strlen("Z\"}"));
      assert_int_equal(made->verdict, made->reported ? BDC_INVALID : BDC_VALID);
      seen++;
    }
  }
  assert_int_equal(seen, 2);
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
  /* So many that the value is longer than is looked at. */
  outcome of = outcome_of(TABLE("    a string optional format date-time fraction ..20000 @t\n"), 0, NULL);
  expect_no_case(&of, "000 digits of a fraction");
  outcome_free(&of);
}

static void a_status_is_judged_in_responses_alone(void **state) {
  (void)state;
  static const char rules[] =
      "provider p\nservice s T\nsource t t\ncodes\n  C.1 400 \"x\" @t\n  C.2 404 \"x\" @t\noperation O PUT /o @t\n"
      "  request\n    a string optional error-code length ..5000 @t\n"
      "  response 400\n    a string optional error-code length ..5000 @t\n";
  outcome of = outcome_of(rules, 0, NULL);
  expect_no_case(&of, "a: status");
  expect_case(&of, "\na: length.max, 5000 characters |"); /* longer than any code that is looked up */
  outcome_free(&of);
  of = outcome_of(rules, 400, NULL);
  expect_case(&of, "\na: status, \"C.1\" |  | {\"a\":\"C.1\"} | valid -");
  expect_case(&of, "\na: status, \"C.2\" |  | {\"a\":\"C.2\"} | warned status");
  outcome_free(&of);
}

/* A listed value that is longer than is looked at leaves open whether another long one is listed. */
static void a_listed_value_may_be_longer_than_is_looked_at(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, TABLE("    a string optional enum b | "));
  blob_repeat(&rules, "x", 4100);
  blob_print(&rules, " @t\n");
  outcome of = outcome_of(rules.data, 0, NULL);
  expect_case(&of, "\na: enum, \"b\" |");
  assert_int_equal(parts_in(&of.cases, "| valid - \na: enum, \"xx"), 0);
  assert_int_equal(parts_in(&of.omitted, "\na: enum, \"xx"), 1);
  outcome_free(&of);
  blob_free(&rules);
}

/* What is longer than is looked at is no listed value where none of those is so long. */
static void a_text_that_is_longer_than_is_looked_at_is_not_listed(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_ENUM) };
  outcome of = outcome_of(TABLE("    a string optional length 5000.. enum a | b @t\n"), 0, &settings);
  expect_case(&of, "\na: enum, some text that is not listed |");
  assert_int_equal(parts_in(&of.cases, "| invalid enum /a"), 1);
  outcome_free(&of);
}

static void what_lies_before_the_private_use_area_lies_before_the_surrogates(void **state) {
  (void)state;
  outcome of = outcome_of(TABLE("    a string optional charset [\\x{e000}-\\x{e002}] @t\n"), 0, NULL);
  expect_case(&of, "\na: charset, U+D7FF last |  | {\"a\":\"");
  expect_case(&of, "\na: charset, U+E000 last |  | {\"a\":\"");
  expect_case(&of, "\na: charset, U+E003 last |  | {\"a\":\"");
  outcome_free(&of);
}

/* A quote that is taken for one of another kind lets the string go on: where its characters are judged, that comes first. */
static void a_string_of_a_class_is_not_cut_behind_another_quote(void **state) {
  (void)state;
  outcome of = outcome_of(TABLE("    a string optional start [a-f] @t\n"), 0, NULL);
  expect_no_case(&of, "body: syntax, a single quote as its last");
  expect_case(&of, "body: syntax, a string that does not end");
  outcome_free(&of);
  of = outcome_of(TABLE("    a string optional @t\n"), 0, NULL);
  expect_case(&of, "body: syntax, a single quote as its last");
  outcome_free(&of);
}

/* ---- numbers ---- */

static void a_step_down_borrows_across_the_point(void **state) {
  (void)state;
  outcome of = outcome_of(TABLE("    n number optional range 1.0..2.0 @t\n"), 0, NULL);
  expect_case(&of, "\nn: range, just below 2.0 |  | {\"n\":1.99} | valid -");
  expect_case(&of, "\nn: range, below 1.0 |  | {\"n\":0.99} | invalid range");
  expect_case(&of, "\nn: range, above 2.0 |  | {\"n\":2.01} | invalid range");
  outcome_free(&of);
}

static void a_range_beyond_the_type_ends_with_the_type(void **state) {
  (void)state;
  outcome of = outcome_of(TABLE("    i integer optional range -1..99999999999 @t\n"), 0, NULL);
  expect_case(&of, "\ni: range, the greatest, 2147483647 |  | {\"i\":2147483647} | valid -");
  expect_case(&of, "\ni: range, above 2147483647 |  | {\"i\":2147483648} | invalid range");
  expect_case(&of, "\ni: range, the least, -1 |");
  outcome_free(&of);
}

/* ---- containers ---- */

static void maps_of_an_exact_size_have_a_key_twice_among_as_many(void **state) {
  (void)state;
  outcome of = outcome_of(TABLE("    m map of boolean optional items 2 @t\n"), 0, NULL);
  expect_case(&of, "\nm: duplicate, a key twice |  | {\"m\":{\"key\":");
  expect_none_omitted(&of, "m: duplicate");
  expect_none_omitted(&of, "key");
  outcome_free(&of);
  of = outcome_of(TABLE("    m map of boolean optional items 150..200 @t\n"), 0, NULL);
  expect_case(&of, "\nm: duplicate, a key twice |");
  expect_case(&of, "\nm: an empty key |");
  expect_none_omitted(&of, "m: duplicate");
  outcome_free(&of);
}

/* The name that is one too many is told before all others. */
static void maps_reach_the_limit_of_names(void **state) {
  (void)state;
  static const char *const tables[] = { TABLE("    m map of boolean optional @t\n"),
                                        TABLE("    m map of boolean optional items 2048.. @t\n"),
                                        TABLE("    m map of boolean optional items 2049.. @t\n") };
  for (size_t i = 0; i < LENGTH(tables); i++) {
    const bdc_generate_settings settings = { .field = BDC_STR("m") };
    outcome of = outcome_of(tables[i], 0, &settings);
    assert_int_equal(parts_in(&of.cases, "\nm: limit, 2048 members |"), i < 2);
    expect_case(&of, "\nm: limit, 2049 members |");
    assert_int_equal(parts_in(&of.cases, "| invalid limit /m/k2048"), 1);
    outcome_free(&of);
  }
}

/* ---- patterns ---- */

static void matches_follow_the_pattern(void **state) {
  (void)state;
  static const struct {
    const char *pattern;
    const char *match;
  } patterns[] = {
    { "\\{\\[\\~\\_\\@", "{[~_@" },
    { "x{2a}", "x{2a}" },
    { "\\Qa.b\\E(c)\\1", "a.bcc" },
    { "\\08", "\\u00008" },
    { "/(?x) \xc3\xa9 b #c/", "\xc3\xa9"
                              "b" },
    { "/(?=(?x)a )a b/", "a b" },  /* the flag ends with what looks ahead */
    { "/((?x)a b)c d/", "abc d" }, /* and with its group */
    { "/(?x-x)a (?^)b|(?!)/", "a b" },
  };
  for (size_t i = 0; i < LENGTH(patterns); i++) {
    char rules[256];
    char expected[256];
    snprintf(rules, sizeof rules, TABLE("    a string optional pattern %s @t\n"), patterns[i].pattern);
    snprintf(expected, sizeof expected, "\na: pattern, 1. match |  | {\"a\":\"%s\"} | valid -", patterns[i].match);
    outcome of = outcome_of(rules, 0, NULL);
    expect_case(&of, expected);
    outcome_free(&of);
  }
}

/* Texts are tried where the shape of a pattern is not understood: PCRE2 leaves low lines in names of properties out. */
static void a_pattern_that_is_not_understood_is_tried(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, TABLE("    a string optional pattern \\p{L"));
  blob_repeat(&rules, "_", 80);
  blob_print(&rules, "}{1,3} @t\n");
  outcome of = outcome_of(rules.data, 0, NULL);
  expect_case(&of, "\na: pattern, 1. match |");
  expect_case(&of, "\na: pattern, 1. text that does not match |");
  outcome_free(&of);
  blob_free(&rules);
}

/* What takes a matcher too many steps is neither a match nor none. */
static void texts_that_backtrack_too_long_are_none_that_do_not_match(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_PATTERN) };
  outcome of = outcome_of(TABLE("    a string optional pattern (a+?){22}[bc] @t\n"), 0, &settings);
  expect_case(&of, "\na: pattern, 1. match |");
  expect_case(&of, "\na: pattern, 1. text that does not match |");
  expect_none_omitted(&of, "a: pattern");
  outcome_free(&of);
}

/* Repetitions of nothing would go on for as long as they are asked to. */
static void a_shape_is_written_in_a_bounded_number_of_steps(void **state) {
  (void)state;
  static const char pattern[] = "()\\1{65535}\\1{65535}\\1{65535}\\1{65535}\\1{65535}x{9}";
  bdc__arena arena;
  bdc__matcher *matcher;
  bdc__buffer out;
  bdc__draw draw = { 1 };
  const bdc__shape *shape;
  bdc__arena_init(&arena, NULL);
  bdc__buffer_init(&out, NULL, 100);
  assert_int_equal(bdc__matcher_new(NULL, NULL, 0, 1000, &matcher), BDC_OK);
  assert_int_equal(bdc__shape_of(&arena, matcher, (bdc_str){ pattern, sizeof pattern - 1 }, &shape), BDC_OK);
  assert_non_null(shape);
  bdc__shape_write(shape, &draw, BDC_UNBOUNDED, &out);
  assert_int_equal(out.size, 0); /* the steps are used up before its end */
  bdc__buffer_free(&out);
  bdc__matcher_free(&arena.allocator, matcher);
  bdc__arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_are_changed_by_whole_characters),
    cmocka_unit_test(a_name_beyond_ascii_ends_what_is_written_as_utf16),
    cmocka_unit_test(bodies_are_cut_between_characters),
    cmocka_unit_test(only_spots_of_a_field_have_its_pointer),
    cmocka_unit_test(a_missing_zone_is_judged_as_the_row_has_it),
    cmocka_unit_test(a_fraction_has_as_many_digits_as_its_case_says),
    cmocka_unit_test(a_status_is_judged_in_responses_alone),
    cmocka_unit_test(a_listed_value_may_be_longer_than_is_looked_at),
    cmocka_unit_test(a_text_that_is_longer_than_is_looked_at_is_not_listed),
    cmocka_unit_test(what_lies_before_the_private_use_area_lies_before_the_surrogates),
    cmocka_unit_test(a_string_of_a_class_is_not_cut_behind_another_quote),
    cmocka_unit_test(a_step_down_borrows_across_the_point),
    cmocka_unit_test(a_range_beyond_the_type_ends_with_the_type),
    cmocka_unit_test(maps_of_an_exact_size_have_a_key_twice_among_as_many),
    cmocka_unit_test(maps_reach_the_limit_of_names),
    cmocka_unit_test(matches_follow_the_pattern),
    cmocka_unit_test(a_pattern_that_is_not_understood_is_tried),
    cmocka_unit_test(texts_that_backtrack_too_long_are_none_that_do_not_match),
    cmocka_unit_test(a_shape_is_written_in_a_bounded_number_of_steps),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
