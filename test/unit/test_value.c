/* SPDX-License-Identifier: MIT */
/* What the generator is made of: ranges of classes, shapes of patterns, values of rows. */
#include "unit/rulesets.h"

#include "base/str.h"
#include "base/utf8.h"
#include "generate/value.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { LARGEST = 1 << 16 };

typedef struct bench {
  bdc__arena arena;
  bdc__matcher *matcher;
} bench;

static bench bench_new(void) {
  bench made = { .matcher = NULL };
  bdc__arena_init(&made.arena, NULL);
  assert_int_equal(bdc__matcher_new(NULL, NULL, 0, 100000, &made.matcher), BDC_OK);
  return made;
}

static void bench_free(bench *of) {
  bdc__matcher_free(NULL, of->matcher);
  bdc__arena_free(&of->arena);
}

/* ---- ranges ---- */

static void expect_ranges(const char *bracket_class, const bdc__range *expected, size_t count) {
  bench on = bench_new();
  bdc__ranges ranges;
  assert_int_equal(bdc__ranges_of(&on.arena, on.matcher, bdc__str(bracket_class), false, &ranges), BDC_OK);
  assert_int_equal(ranges.count, count);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(ranges.items[i].first, expected[i].first);
    assert_int_equal(ranges.items[i].last, expected[i].last);
  }
  bench_free(&on);
}

static void the_ranges_of_a_class_are_those_that_pcre2_knows(void **state) {
  (void)state;
  static const bdc__range word[] = { { '0', '9' }, { 'A', 'Z' }, { '_', '_' }, { 'a', 'z' } };
  static const bdc__range brackets[] = { { '-', '-' }, { ']', ']' } };
  static const bdc__range all_but_a[] = { { 0, 0x60 }, { 0x62, 0x10ffff } };
  static const bdc__range caret[] = { { 0, '^' - 1 }, { '^' + 1, 0x10ffff } };
  static const bdc__range around_surrogates[] = { { 0xd000, 0xe001 } };
  static const bdc__range lines[] = { { '\n', '\r' }, { 0x85, 0x85 }, { 0x2028, 0x2029 } };
  expect_ranges("[A-Za-z0-9_]", word, LENGTH(word));
  expect_ranges("[]-]", brackets, LENGTH(brackets));
  expect_ranges("[^a]", all_but_a, LENGTH(all_but_a));
  expect_ranges("[^^]", caret, LENGTH(caret));
  expect_ranges("[\\x{d000}-\\x{d7ff}\\x{e000}\\x{e001}]", around_surrogates, LENGTH(around_surrogates));
  expect_ranges("[\\v]", lines, LENGTH(lines));
}

static void ranges_of_a_property_are_those_of_each_character(void **state) {
  (void)state;
  bench on = bench_new();
  bdc__ranges ranges;
  bdc__pattern *run = NULL;
  bdc__pattern_fault fault;
  size_t members = 0;
  assert_int_equal(bdc__ranges_of(&on.arena, on.matcher, BDC_STR("[\\p{Han}_]"), false, &ranges), BDC_OK);
  assert_int_equal(bdc__pattern_new_run(NULL, BDC_STR("[\\p{Han}_]"), &run, &fault), BDC_OK);
  for (uint32_t c = 0; c != UINT32_MAX; c = bdc__character_behind(c)) {
    char text[4];
    bool limit = false;
    bool member = bdc__pattern_run(run, on.matcher, (bdc_str){ text, bdc__utf8_encode(c, text) }, &limit) > 0;
    assert_int_equal(bdc__ranges_have(&ranges, c), member);
    members += member;
  }
  assert_true(members > 90000);
  bdc__pattern_free(NULL, run);
  bench_free(&on);
}

static void what_is_drawn_of_ranges_is_a_member_and_within_the_bounds(void **state) {
  (void)state;
  static const bdc__range items[] = { { 'a', 'c' }, { 0xd700, 0xe000 }, { 0x10fff0, 0x10ffff } };
  const bdc__ranges ranges = { items, LENGTH(items) };
  bdc__draw draw = { 1 };
  uint32_t c;
  for (unsigned i = 0; i < 5000; i++) {
    assert_true(bdc__ranges_draw(&ranges, &draw, 0, 0x10ffff, &c) && bdc__ranges_have(&ranges, c) && (c < 0xd800 || c > 0xdfff));
    assert_true(bdc__ranges_draw(&ranges, &draw, 'b', 'b', &c) && c == 'b');
  }
  assert_false(bdc__ranges_draw(&ranges, &draw, 'd', 'z', &c));
}

/* ---- shapes ---- */

/* How many of a hundred texts the pattern matches. */
static size_t matches_of(bench *on, const char *pattern, uint64_t length, bool exact) {
  bdc__pattern *compiled = NULL;
  bdc__pattern_fault fault;
  bdc__draw draw = { 7 };
  bdc__buffer text;
  const bdc__shape *shape;
  size_t matches = 0;
  bdc__buffer_init(&text, NULL, LARGEST);
  assert_int_equal(bdc__pattern_new(NULL, bdc__str(pattern), &compiled, &fault), BDC_OK);
  assert_int_equal(bdc__shape_of(&on->arena, on->matcher, bdc__str(pattern), &shape), BDC_OK);
  for (unsigned i = 0; i < 100 && shape; i++) {
    bdc__buffer_clear(&text);
    bdc__shape_write(shape, &draw, length, &text);
    matches += bdc__pattern_match(compiled, on->matcher, bdc__buffer_text(&text)) == BDC__MATCH &&
               (!exact || bdc__utf8_count(text.data, text.size) == length);
  }
  bdc__buffer_free(&text);
  bdc__pattern_free(NULL, compiled);
  return matches;
}

static void texts_of_a_shape_match_its_pattern(void **state) {
  (void)state;
  static const char *const patterns[] = { "^API[CG]\\.[0-9]{4}$",
                                          "^(ROMA\\.[0-9]{4,8}|(APIC|APIG|APIGW)\\.[0-9]{4})$",
                                          "a|bc|",
                                          "(?:x{2,3}?y?)+z*",
                                          "(?<year>\\d{4})-(?P<month>\\d\\d)",
                                          "([a-f])\\1(b)\\2",
                                          "\\x41\\x{674e}\\Q.*\\E\\n",
                                          "(?i)abc(?-i:D)",
                                          "(?x) a b # not c\n d",
                                          "[^a]\\S\\W\\h",
                                          "\\p{Han}+\\N",
                                          "a{,3}b{2,}",
                                          "a{1,x{,}{x",
                                          "\\A\\Ga\\Bb\\b\\Z\\z",
                                          "a\\Kb\\Ec\\Rd\\060\\.\\-\\X",
                                          "a(?#not b)c(?'name'\\d)\\1(?|d|e)(?>f)",
                                          "(?=ab)(?!b)(?<!c)a(?<=a)b",
                                          "(?x)a\tb(?^:c d)(?-x)e f(?x) # not g",
                                          "\\Qa.b",
                                          "()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()()a\\33b" };
  bench on = bench_new();
  for (size_t i = 0; i < LENGTH(patterns); i++) {
    size_t matches = matches_of(&on, patterns[i], BDC_UNBOUNDED, false);
    if (matches != 100) {
      fail_msg("%zu of 100 texts match %s", matches, patterns[i]);
    }
  }
  bench_free(&on);
}

static void texts_of_a_shape_are_as_long_as_is_asked_where_they_can_be(void **state) {
  (void)state;
  bench on = bench_new();
  assert_int_equal(matches_of(&on, "[a-z]+\\.[0-9]{2}", 64, true), 100);
  assert_int_equal(matches_of(&on, "x(ab)*", 101, true), 100);
  assert_int_equal(matches_of(&on, "[a-z]{3}", 4, true), 0);
  bench_free(&on);
}

static void assert_unknown(bench *on, bdc_str pattern) {
  const bdc__shape *shape;
  assert_int_equal(bdc__shape_of(&on->arena, on->matcher, pattern, &shape), BDC_OK);
  if (shape) {
    fail_msg("%.*s has a shape", (int)pattern.size, pattern.data);
  }
}

static void what_a_shape_does_not_know_is_refused_and_what_it_takes_for_nothing_is_seen(void **state) {
  (void)state;
  static const char *const unknown[] = { "(*COMMIT)a",
                                         "(a)(?1)",
                                         "\\k<a>(?<a>b)",
                                         "(?(1)a|b)",
                                         "\\",
                                         "\\\xc3\xa9",
                                         "\\i",
                                         "\\Y",
                                         "\xff",
                                         "\\Q\xff",
                                         "[a",
                                         "[^\\x{0}-\\x{10ffff}]",
                                         "\\x{41",
                                         "\\x{d800}",
                                         "\\x{110000}",
                                         "\\p{there is no property of the characters of Unicode that has a name as long as this one}",
                                         "(a",
                                         "(?:a",
                                         "(?<name",
                                         "(?#a",
                                         "a)",
                                         "(?=[a)",
                                         "((a)|[b" };
  bench on = bench_new();
  for (size_t i = 0; i < LENGTH(unknown); i++) {
    assert_unknown(&on, bdc__str(unknown[i]));
  }
  size_t some = matches_of(&on, "(?![a-m])[a-z]", BDC_UNBOUNDED, false);
  assert_true(some > 0 && some < 100);
  bench_free(&on);
}

static void shapes_of_more_levels_or_parts_than_there_may_be_are_refused(void **state) {
  (void)state;
  enum { LEVELS = 40, PARTS = 4096 };
  bench on = bench_new();
  blob pattern = { 0 };
  const bdc__shape *shape;
  blob_repeat(&pattern, "(", LEVELS);
  blob_repeat(&pattern, ")", LEVELS);
  assert_int_equal(bdc__shape_of(&on.arena, on.matcher, blob_str(&pattern), &shape), BDC_OK);
  assert_non_null(shape);
  blob_clear(&pattern);
  blob_repeat(&pattern, "(", LEVELS + 1);
  blob_repeat(&pattern, ")", LEVELS + 1);
  assert_unknown(&on, blob_str(&pattern));
  blob_clear(&pattern);
  blob_repeat(&pattern, "a", PARTS);
  assert_unknown(&on, blob_str(&pattern));
  blob_free(&pattern);
  bench_free(&on);
}

/* A pattern may ask for a text of any size, and for any number of steps to write it. */
static void texts_of_a_shape_are_bounded(void **state) {
  (void)state;
  static const char *const patterns[] = { "b((((a{65535}){65535}){65535}){65535}){65535}c", "(((a{1000}){100}){100}){10}",
                                          "((((){1000}){1000}){1000}){1000}", "((((a?){1000}){1000})*)*" };
  bench on = bench_new();
  bdc__draw draw = { 7 };
  bdc__buffer text;
  bdc__buffer_init(&text, NULL, 1 << 20);
  for (size_t i = 0; i < LENGTH(patterns); i++) {
    const bdc__shape *shape;
    assert_int_equal(bdc__shape_of(&on.arena, on.matcher, bdc__str(patterns[i]), &shape), BDC_OK);
    assert_non_null(shape);
    bdc__shape_write(shape, &draw, 1000000, &text);
    assert_true(bdc__buffer_whole(&text));
  }
  bdc__buffer_free(&text);
  bench_free(&on);
}

/* ---- numbers ---- */

static void a_step_leads_to_the_next_number(void **state) {
  (void)state;
  static const struct {
    const char *number;
    bool up;
    bool whole;
    const char *expected;
  } steps[] = {
    { "0", true, true, "1" },
    { "0", false, true, "-1" },
    { "-1", true, true, "0" },
    { "1", false, true, "0" },
    { "99", true, true, "100" },
    { "100", false, true, "99" },
    { "-99", false, true, "-100" },
    { "-100", true, true, "-99" },
    { "9223372036854775807", true, true, "9223372036854775808" },
    { "-9223372036854775808", false, true, "-9223372036854775809" },
    { "0", true, false, "0.1" },
    { "0", false, false, "-0.1" },
    { "1e3", true, false, "1.1e3" },
    { "1e3", false, false, "0.9e3" },
    { "-1.5", false, false, "-1.51" },
    { "-1.5", true, false, "-1.49" },
    { "100", false, false, "99.9" },
    { "1e999999999", false, false, "0.9e999999999" },
  };
  bdc__buffer out;
  bdc__buffer_init(&out, NULL, LARGEST);
  for (size_t i = 0; i < LENGTH(steps); i++) {
    bdc__buffer_clear(&out);
    bdc__number_step(bdc__str(steps[i].number), steps[i].up, steps[i].whole, &out);
    bdc__buffer_add_byte(&out, '\0');
    assert_string_equal(out.data, steps[i].expected);
  }
  bdc__buffer_free(&out);
}

/* ---- whole bodies ---- */

static size_t check_values(const bdc_ruleset *ruleset, const bdc_operation *operation, const bdc__body *body, int status) {
  enum { BODIES = 40 };
  bdc__values values;
  bdc__buffer out;
  bdc_checker *checker = checker_of(ruleset, NULL);
  size_t valid = 0;
  bdc__buffer_init(&out, NULL, LARGEST);
  assert_int_equal(bdc__values_init(&values, ruleset, NULL, (uint64_t)status, LARGEST), BDC_OK);
  values.service = operation->service;
  values.http_status = status;
  for (unsigned i = 0; i < BODIES; i++) {
    bdc__buffer_clear(&out);
    assert_true(bdc__value_write(&values, &body->root, (bdc__filling){ i % 17, i % 5 }, &out));
    valid += bdc_check_body(checker, operation, status, out.data, out.size) == BDC_VALID &&
             bdc_checker_report(checker)->violation_count == 0;
  }
  bdc__values_free(&values);
  bdc__buffer_free(&out);
  bdc_checker_free(checker);
  return valid == BODIES;
}

static void values_of_whole_bodies_keep_their_rows(void **state) {
  (void)state;
  const bdc_ruleset *rulesets[] = { builtin, lab };
  for (size_t i = 0; i < LENGTH(rulesets); i++) {
    for (size_t j = 0; j < rulesets[i]->operation_count; j++) {
      const bdc_operation *operation = &rulesets[i]->operations[j];
      assert_true(!operation->request || check_values(rulesets[i], operation, operation->request, 0));
      for (size_t k = 0; k < operation->response_count; k++) {
        assert_true(check_values(rulesets[i], operation, &operation->responses[k], operation->responses[k].statuses[0]));
      }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_ranges_of_a_class_are_those_that_pcre2_knows),
    cmocka_unit_test(ranges_of_a_property_are_those_of_each_character),
    cmocka_unit_test(what_is_drawn_of_ranges_is_a_member_and_within_the_bounds),
    cmocka_unit_test(texts_of_a_shape_match_its_pattern),
    cmocka_unit_test(texts_of_a_shape_are_as_long_as_is_asked_where_they_can_be),
    cmocka_unit_test(what_a_shape_does_not_know_is_refused_and_what_it_takes_for_nothing_is_seen),
    cmocka_unit_test(shapes_of_more_levels_or_parts_than_there_may_be_are_refused),
    cmocka_unit_test(texts_of_a_shape_are_bounded),
    cmocka_unit_test(a_step_leads_to_the_next_number),
    cmocka_unit_test(values_of_whole_bodies_keep_their_rows),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
