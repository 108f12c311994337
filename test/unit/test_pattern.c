/* SPDX-License-Identifier: MIT */
/* lib/rules/pattern: what a pattern and a class may be, what they match, and that matching allocates nothing. */
#include "unit/support.h"

#include "rules/bracket.h"
#include "rules/pattern.h"

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { STEPS = 10000 };

static bdc_str str(const char *text) {
  return (bdc_str){ text, strlen(text) };
}

static bdc__pattern *pattern_of(const char *expression) {
  bdc__pattern *pattern = NULL;
  bdc__pattern_fault fault;
  bdc_status status = bdc__pattern_new(NULL, str(expression), &pattern, &fault);
  if (status != BDC_OK) {
    fail_msg("%s: %s at %zu", expression, fault.message, fault.offset);
  }
  return pattern;
}

static bdc__pattern *run_of(const char *bracket) {
  bdc__pattern *run = NULL;
  bdc__pattern_fault fault;
  bdc_status status = bdc__pattern_new_run(NULL, str(bracket), &run, &fault);
  if (status != BDC_OK) {
    fail_msg("%s: %s at %zu", bracket, fault.message, fault.offset);
  }
  return run;
}

static bdc__matcher *matcher_of(const bdc__pattern *pattern, uint32_t steps) {
  bdc__matcher *matcher = NULL;
  assert_int_equal(bdc__matcher_new(NULL, &pattern, 1, steps, &matcher), BDC_OK);
  return matcher;
}

static bdc__match match(const char *expression, bdc_str text) {
  bdc__pattern *pattern = pattern_of(expression);
  bdc__matcher *matcher = matcher_of(pattern, STEPS);
  bdc__match answer = bdc__pattern_match(pattern, matcher, text);
  bdc__matcher_free(NULL, matcher);
  bdc__pattern_free(NULL, pattern);
  return answer;
}

/* ---- patterns ---- */

static void test_the_whole_value_must_match(void **state) {
  (void)state;
  assert_int_equal(match("a+", BDC_STR("aaa")), BDC__MATCH);
  assert_int_equal(match("a+", BDC_STR("aaab")), BDC__NO_MATCH);
  assert_int_equal(match("a+", BDC_STR("baaa")), BDC__NO_MATCH);
  assert_int_equal(match("a|ab", BDC_STR("ab")), BDC__MATCH);
  assert_int_equal(match("a|b", BDC_STR("ab")), BDC__NO_MATCH);
  assert_int_equal(match("", (bdc_str){ 0 }), BDC__MATCH);
  assert_int_equal(match("", BDC_STR("a")), BDC__NO_MATCH);
}

static void test_dollar_never_stands_before_a_last_newline(void **state) {
  (void)state;
  assert_int_equal(match("^a$", BDC_STR("a")), BDC__MATCH);
  assert_int_equal(match("^a$", BDC_STR("a\n")), BDC__NO_MATCH);
  assert_int_equal(match("^a$\\n?", BDC_STR("a\n")), BDC__NO_MATCH);
}

static void test_characters_are_code_points_and_properties_are_of_unicode(void **state) {
  (void)state;
  assert_int_equal(match("..", BDC_STR("\u00e9\U0001f600")), BDC__MATCH);
  assert_int_equal(match("\\w+", BDC_STR("\u4e2d\u6587")), BDC__MATCH);
  assert_int_equal(match("\\d", BDC_STR("\u0663")), BDC__MATCH);
  assert_int_equal(match("\\p{Han}+", BDC_STR("\u4e2da")), BDC__NO_MATCH);
}

static void test_nul_is_a_character(void **state) {
  (void)state;
  assert_int_equal(match("a.b", BDC_STR("a\0b")), BDC__MATCH);
  assert_int_equal(match("a", BDC_STR("a\0")), BDC__NO_MATCH);
}

static void test_a_faulty_pattern_is_refused_with_its_place(void **state) {
  (void)state;
  static const struct {
    const char *expression;
    size_t offset;
  } cases[] = { { "a(b", 3 }, { "a\\Cb", 3 }, { "[a", 2 }, { "x{2,1}", 5 }, { "*", 0 }, { "\\p{Nope}", 8 }, { "a\\", 2 } };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc__pattern *pattern = (bdc__pattern *)&cases;
    bdc__pattern_fault fault = { .message = "" };
    assert_int_equal(bdc__pattern_new(NULL, str(cases[i].expression), &pattern, &fault), BDC_ERR_RULES);
    assert_null(pattern);
    assert_string_not_equal(fault.message, "");
    assert_int_equal(fault.offset, cases[i].offset);
  }
}

static void test_an_expression_has_a_largest_size(void **state) {
  (void)state;
  blob text = { 0 };
  bdc__pattern *pattern;
  bdc__pattern_fault fault;
  blob_repeat(&text, "a", 100000);
  assert_int_equal(bdc__pattern_new(NULL, blob_str(&text), &pattern, &fault), BDC_ERR_RULES);
  assert_int_equal(bdc__pattern_new(NULL, BDC_STR("(?:(?:abc|d){50}){50}"), &pattern, &fault), BDC_ERR_RULES);
  blob_clear(&text);
  blob_print(&text, "[");
  blob_repeat(&text, "a", 100000);
  blob_print(&text, "]");
  assert_int_equal(bdc__pattern_new_run(NULL, blob_str(&text), &pattern, &fault), BDC_ERR_RULES);
  assert_null(pattern);
  assert_string_equal(fault.message, "the class is too long");
  blob_free(&text);
}

static void test_backtracking_reaches_the_limit_and_that_is_no_answer(void **state) {
  (void)state;
  /* Without JIT too: (*NO_JIT) is part of the pattern. */
  static const char *const expressions[] = { "(a+)+b?c", "(*NO_JIT)(a+)+b?c" };
  bdc_str hard = BDC_STR("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac!");
  for (size_t i = 0; i < LENGTH(expressions); i++) {
    assert_int_equal(match(expressions[i], BDC_STR("x")), BDC__NO_MATCH);
    assert_int_equal(match(expressions[i], BDC_STR("aac")), BDC__MATCH);
    assert_int_equal(match(expressions[i], hard), BDC__MATCH_LIMIT);
  }
}

static void test_depth_beyond_the_heap_limit_is_no_answer(void **state) {
  (void)state;
  blob text = { 0 };
  blob_repeat(&text, "ab", 50000);
  assert_int_equal(match("(*NO_JIT)(?:(a)|b)*", blob_str(&text)), BDC__MATCH_LIMIT);
  blob_free(&text);
}

/* ---- classes ---- */

static void test_a_class_is_exactly_one_bracket_expression(void **state) {
  (void)state;
  static const char *const bad[] = {
    "",       "a",       "[",          "[]",         "[a",      "[a]|[b]", "[a][b]",  "[a]+",  "[a]b",
    "[a]|b]", "(?:[a])", "[a]*+|[b]",  "[[:<:]]",    "[[:>:]]", "^[a]",    " [a]",    "[a] ",  "[z-a]",
    "[\\]",   "[\\Qa]",  "[\\Qa]\\Eb", "[[:nope:]]", "[\\E]a]", "[\\C]",   "[a](?#]", "[a]#]", "[a\\]|[b\\]",
  };
  for (size_t i = 0; i < LENGTH(bad); i++) {
    bdc__pattern *run = NULL;
    bdc__pattern_fault fault;
    bdc_status status = bdc__pattern_new_run(NULL, str(bad[i]), &run, &fault);
    if (status != BDC_ERR_RULES) {
      fail_msg("%s was not refused", bad[i]);
    }
    assert_null(run);
  }
}

static void test_a_class_is_sampled_by_pcre2(void **state) {
  (void)state;
  static const struct {
    const char *bracket;
    const char *members; /* of the printable ones */
  } cases[] = {
    { "[a]", "a" },
    { "[]a]", "]a" },
    { "[^!-~]", "" },
    { "[a\\]|[b]", "a]|[b" },
    { "[\\d]", "0123456789" },
    { "[[:digit:]x-z]", "0123456789xyz" },
    { "[-+]", "+-" },
    { "[+\\--/]", "+-./" },
    { "[\\x{41}\\x42]", "AB" },
    { "[\\Qa-\\E]", "a-" },
    { "[\\p{Lu}]", "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
    { "[\u4e2d]", "" },
    { "[a-c\u4e2d]", "abc" },
  };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    uint8_t ascii[128];
    bdc__pattern *run = run_of(cases[i].bracket);
    assert_int_equal(bdc__pattern_sample(NULL, run, ascii), BDC_OK);
    for (int c = 0x21; c < 0x7f; c++) {
      if (ascii[c] != (strchr(cases[i].members, c) != NULL)) {
        fail_msg("%s: %c", cases[i].bracket, c);
      }
    }
    bdc__pattern_free(NULL, run);
  }
}

static void test_every_ascii_character_is_sampled(void **state) {
  (void)state;
  static const char *const brackets[] = { "[\\x00-\\x7f]", "[^\\x00-\\x7f]", "[\\x00\\x7f]", "[^\\x00\\x7f]", "[[:^alnum:]]" };
  for (size_t i = 0; i < LENGTH(brackets); i++) {
    uint8_t ascii[128];
    bdc__pattern *run = run_of(brackets[i]);
    bdc__matcher *matcher = matcher_of(run, STEPS);
    assert_int_equal(bdc__pattern_sample(NULL, run, ascii), BDC_OK);
    for (int c = 0; c < 128; c++) {
      char one = (char)c;
      bool limit = false;
      assert_int_equal(bdc__pattern_run(run, matcher, (bdc_str){ &one, 1 }, &limit), ascii[c]);
      assert_false(limit);
    }
    bdc__matcher_free(NULL, matcher);
    bdc__pattern_free(NULL, run);
  }
}

static void test_a_run_is_the_bytes_of_the_first_characters_of_the_class(void **state) {
  (void)state;
  bdc__pattern *run = run_of("[A-Za-z\\p{Han}]");
  bdc__matcher *matcher = matcher_of(run, STEPS);
  bool limit = false;
  assert_int_equal(bdc__pattern_run(run, matcher, BDC_STR("a\u4e2d!b"), &limit), 4);
  assert_int_equal(bdc__pattern_run(run, matcher, BDC_STR("!"), &limit), 0);
  assert_int_equal(bdc__pattern_run(run, matcher, (bdc_str){ 0 }, &limit), 0);
  blob text = { 0 };
  blob_repeat(&text, "\u4e2d", 200000);
  assert_int_equal(bdc__pattern_run(run, matcher, blob_str(&text), &limit), text.size);
  assert_false(limit);
  blob_free(&text);
  bdc__matcher_free(NULL, matcher);
  bdc__pattern_free(NULL, run);
}

static void test_only_classes_that_surely_end_at_ascii_are_taken_for_such(void **state) {
  (void)state;
  static const char *const within[] = { "[a]", "[A-Za-z0-9_\\-]", "[]a]", "[\\]\\[\\^]", "[ -~]" };
  static const char *const beyond[] = { "[^a]",     "[\\d]",      "[\\w]",       "[\\s]",     "[[:alpha:]]",
                                        "[\u00e9]", "[a-\u00e9]", "[\\x{4e00}]", "[\\p{Lu}]", "[\\Qa\\E]" };
  for (size_t i = 0; i < LENGTH(within); i++) {
    assert_true(bdc__bracket_ascii(str(within[i])));
  }
  for (size_t i = 0; i < LENGTH(beyond); i++) {
    assert_false(bdc__bracket_ascii(str(beyond[i])));
  }
}

/* ---- memory ---- */

static void test_matching_allocates_nothing(void **state) {
  (void)state;
  static const char *const expressions[] = { "(a|b)*c?",          "(*NO_JIT)(a|b)*c?", "(*NO_JIT)((a)|(b)|(c)|(d))*(?R)?x",
                                             "(*NO_JIT)(a+)+b?c", "(?:(x)|y)+",        "(*NO_JIT)(?<n>a)(?&n)*" };
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  const bdc__pattern *patterns[LENGTH(expressions) + 1];
  bdc__pattern_fault fault;
  bdc__pattern *made = NULL;
  for (size_t i = 0; i < LENGTH(expressions); i++) {
    assert_int_equal(bdc__pattern_new(&allocator, str(expressions[i]), &made, &fault), BDC_OK);
    patterns[i] = made;
  }
  assert_int_equal(bdc__pattern_new_run(&allocator, BDC_STR("[\\w]"), &made, &fault), BDC_OK);
  patterns[LENGTH(expressions)] = made;
  bdc__matcher *matcher = NULL;
  assert_int_equal(bdc__matcher_new(&allocator, patterns, LENGTH(patterns), STEPS, &matcher), BDC_OK);
  size_t calls = count.calls;
  blob text = { 0 };
  bool limit = false;
  for (size_t size = 0; size < 3000; size = size * 2 + 1) {
    blob_clear(&text);
    blob_repeat(&text, "ab", size);
    for (size_t i = 0; i < LENGTH(patterns); i++) {
      bdc__pattern_match(patterns[i], matcher, blob_str(&text));
      bdc__pattern_run(patterns[i], matcher, blob_str(&text), &limit);
    }
  }
  assert_int_equal(count.calls, calls);
  blob_free(&text);
  bdc__matcher_free(&allocator, matcher);
  for (size_t i = 0; i < LENGTH(patterns); i++) {
    bdc__pattern_free(&allocator, (bdc__pattern *)patterns[i]);
  }
  assert_int_equal(count.live, 0);
}

/* All that this module allocates for one pattern and one class; the status of the first that fails. */
static bdc_status use_all(const bdc_allocator *allocator) {
  bdc__pattern *pattern = NULL;
  bdc__pattern *run = NULL;
  bdc__matcher *matcher = NULL;
  bdc__pattern_fault fault;
  uint8_t ascii[128];
  bdc_status status = bdc__pattern_new(allocator, BDC_STR("(*NO_JIT)(a|b)+"), &pattern, &fault);
  if (status == BDC_OK) {
    status = bdc__pattern_new_run(allocator, BDC_STR("[\\w]"), &run, &fault);
  }
  if (status == BDC_OK) {
    status = bdc__pattern_sample(allocator, run, ascii);
  }
  if (status == BDC_OK) {
    const bdc__pattern *all[] = { pattern, run };
    status = bdc__matcher_new(allocator, all, LENGTH(all), STEPS, &matcher);
  }
  assert_true((status == BDC_OK) == (matcher != NULL));
  bdc__matcher_free(allocator, matcher);
  bdc__pattern_free(allocator, run);
  bdc__pattern_free(allocator, pattern);
  return status;
}

static void test_every_allocation_may_fail(void **state) {
  (void)state;
  size_t failures = 0;
  for (size_t fail_at = 1;; fail_at++) {
    counter count = { .fail_at = fail_at };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_status status = use_all(&allocator);
    assert_int_equal(count.live, 0);
    if (count.calls < fail_at) {
      assert_int_equal(status, BDC_OK);
      break;
    }
    /* JIT code is a luxury: without memory for it the interpreter does. */
    assert_true(status == BDC_ERR_MEMORY || status == BDC_OK);
    failures += status == BDC_ERR_MEMORY;
  }
  assert_true(failures > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_the_whole_value_must_match),
    cmocka_unit_test(test_dollar_never_stands_before_a_last_newline),
    cmocka_unit_test(test_characters_are_code_points_and_properties_are_of_unicode),
    cmocka_unit_test(test_nul_is_a_character),
    cmocka_unit_test(test_a_faulty_pattern_is_refused_with_its_place),
    cmocka_unit_test(test_an_expression_has_a_largest_size),
    cmocka_unit_test(test_backtracking_reaches_the_limit_and_that_is_no_answer),
    cmocka_unit_test(test_depth_beyond_the_heap_limit_is_no_answer),
    cmocka_unit_test(test_a_class_is_exactly_one_bracket_expression),
    cmocka_unit_test(test_a_class_is_sampled_by_pcre2),
    cmocka_unit_test(test_every_ascii_character_is_sampled),
    cmocka_unit_test(test_a_run_is_the_bytes_of_the_first_characters_of_the_class),
    cmocka_unit_test(test_only_classes_that_surely_end_at_ascii_are_taken_for_such),
    cmocka_unit_test(test_matching_allocates_nothing),
    cmocka_unit_test(test_every_allocation_may_fail),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
