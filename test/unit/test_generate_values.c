/* SPDX-License-Identifier: MIT */
/* The generator: the values at and around each boundary of a row. */
#include "unit/generating.h"

#include "base/str.h"
#include "base/utf8.h"

/*
 * What there is of one row of a table of its own: the tokens of its cases that have this verdict and rule, each once, in order, in lines
 * of their own.
 */
static blob tokens_of(const char *row, int rule, bdc_verdict verdict) {
  blob rules = { 0 };
  blob tokens = { 0 };
  blob_print(&tokens, "\n");
  blob_print(&rules,
             "provider p\nservice s One row\nsource t a test\nclass letter [A-Za-z]\nclass digit [0-9]\n"
             "operation O PUT /o @t\n  request\n    a %s @t\n",
             row);
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  const bdc_generate_settings settings = { .rules = BIT(rule), .field = BDC_STR("a") };
  bdc_generator *generator = generator_of(ruleset, "O", 0, &settings);
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    const char *prefix = "{\"a\":";
    size_t size = strlen(prefix);
    if (made->verdict == verdict && made->body.size > size && memcmp(made->body.data, prefix, size) == 0) {
      blob token = { 0 };
      blob_print(&token, "\n%.*s\n", (int)(made->body.size - size - 1), made->body.data + size);
      if (!strstr(tokens.data, token.data)) {
        blob_print(&tokens, "%s", token.data + 1);
      }
      blob_free(&token);
    }
  }
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
  blob_free(&rules);
  return tokens;
}

static void expect_tokens(const char *row, int rule, bdc_verdict verdict, const char *expected) {
  blob tokens = tokens_of(row, rule, verdict);
  for (char *at = tokens.data; *at; at++) {
    *at = (char)(*at == '\n' ? ' ' : *at);
  }
  assert_string_equal(tokens.data + 1, expected);
  blob_free(&tokens);
}

/* ---- boundaries ---- */

static void integers_are_those_at_the_ends_and_one_beyond(void **state) {
  (void)state;
  expect_tokens("integer optional range 5..7", BDC_RULE_RANGE, BDC_VALID, "5 6 7 ");
  expect_tokens("integer optional range 5..7", BDC_RULE_RANGE, BDC_INVALID,
                "4 8 -9223372036854775809 9223372036854775808 18446744073709551615 18446744073709551616 -18446744073709551615 "
                "4294967295 4294967296 4294967297 2147483648 -2147483649 9007199254740993 "
                "99999999999999999999999999999999999999999999999999 ");
  expect_tokens("integer optional", BDC_RULE_RANGE, BDC_VALID, "-2147483648 -2147483647 2147483647 2147483646 ");
  expect_tokens("long optional", BDC_RULE_RANGE, BDC_VALID,
                "-9223372036854775808 -9223372036854775807 9223372036854775807 9223372036854775806 ");
  expect_tokens("number optional range -1.5..1e3", BDC_RULE_RANGE, BDC_VALID, "-1.5 -1.49 1e3 0.9e3 ");
  expect_tokens("integer optional enum 5 | 10", BDC_RULE_ENUM, BDC_VALID, "5 10 ");
  expect_tokens("integer optional enum 5 | 10", BDC_RULE_ENUM, BDC_INVALID, "6 4 11 9 ");
  expect_tokens(
      "integer optional", BDC_RULE_TYPE, BDC_INVALID,
      "\"a\" \"\" \"7\" \"true\" true false null {} {\"a\":1,\"b\":{\"b\":[]}} [] [null,[1.5],\"\"] 1.0 0.0 -0.0 1e0 1E2 1e+2 "
      "10e-1 1.5 0.1 1e999999999 1e-999999999 1.578284788e12 ");
  expect_tokens("long optional format epoch-ms", BDC_RULE_FORMAT, BDC_VALID, "1000000000000 1578284788000 9999999999999 ");
}

static void listed_values_come_each_and_with_near_ones(void **state) {
  (void)state;
  expect_tokens("integer optional enum 5 | 10", BDC_RULE_ENUM, BDC_VALID, "5 10 ");
  blob kept = tokens_of("string optional enum on | off", BDC_RULE_ENUM, BDC_VALID);
  assert_true(strstr(kept.data, "\n\"on\"\n") && strstr(kept.data, "\n\"off\"\n") && strstr(kept.data, "\n\"\\u006"));
  blob_free(&kept);
  blob near = tokens_of("string optional enum on | off", BDC_RULE_ENUM, BDC_INVALID);
  static const char *const expected[] = {
    "\"On\"",        "\"ON\"",  "\"o\"",     "\"ons\"", "\"on \"", "\" on\"",     "\"on\\n\"",
    "\"on\\u0000\"", "\"on,\"", "\"on,on\"", "\"\"",    "\"Off\"", "\"off,off\"", "\"off\\u0000\""
  };
  for (size_t i = 0; i < LENGTH(expected); i++) {
    if (!strstr(near.data, expected[i])) {
      fail_msg("%s is missing in %s", expected[i], near.data);
    }
  }
  blob_free(&near);
}

/* Of the lengths that the cases of a row have, those with this verdict: "2 3 ". */
static blob lengths_of(const char *row, int rule, bdc_verdict verdict, unsigned size) {
  blob tokens = tokens_of(row, rule, verdict);
  blob lengths = { 0 };
  bool seen[64] = { false };
  for (char *token = strtok(tokens.data, "\n"); token; token = strtok(NULL, "\n")) {
    bdc_str text = { token + 1, strlen(token) - 2 };
    size_t characters = bdc__utf8_count(text.data, text.size);
    bool escaped = strchr(token, '\\') != NULL;
    if (!escaped && characters < LENGTH(seen) && text.size <= characters * size && text.size + size > characters * size) {
      seen[characters] = true;
    }
  }
  blob_add(&lengths, NULL, 0);
  for (size_t i = 0; i < LENGTH(seen); i++) {
    if (seen[i]) {
      blob_print(&lengths, "%zu ", i);
    }
  }
  blob_free(&tokens);
  return lengths;
}

static void expect_lengths(const char *row, int rule, bdc_verdict verdict, unsigned size, const char *expected) {
  blob lengths = lengths_of(row, rule, verdict, size);
  assert_string_equal(lengths.data, expected);
  blob_free(&lengths);
}

static void lengths_are_those_at_the_ends_and_one_beyond_in_characters_of_each_size(void **state) {
  (void)state;
  for (unsigned size = 1; size <= 4; size++) {
    expect_lengths("string optional length 4..9", BDC_RULE_LENGTH_MIN, BDC_INVALID, size, "0 1 3 ");
    expect_lengths("string optional length 4..9", BDC_RULE_LENGTH_MIN, BDC_VALID, size, "4 ");
    expect_lengths("string optional length 4..9", BDC_RULE_LENGTH_MAX, BDC_VALID, size, "9 ");
    expect_lengths("string optional length 4..9", BDC_RULE_LENGTH_MAX, BDC_INVALID, size, "10 ");
  }
  expect_lengths("string optional length ..9 charset {letter}", BDC_RULE_LENGTH_MAX, BDC_VALID, 1, "9 ");
  expect_lengths("string optional length ..9 charset {letter}", BDC_RULE_LENGTH_MAX, BDC_VALID, 2, "");
  expect_lengths("string optional length 0", BDC_RULE_LENGTH_MAX, BDC_VALID, 1, "0 ");
  expect_lengths("string optional length 22..25 format date-time", BDC_RULE_LENGTH_MIN, BDC_VALID, 1, "22 ");
  expect_lengths("string optional length 8..9 pattern [a-z]+\\.[0-9]{2}", BDC_RULE_LENGTH_MAX, BDC_INVALID, 1, "10 ");
  expect_lengths("string optional length 2..3 enum a | ab | abc | abcd", BDC_RULE_LENGTH_MIN, BDC_INVALID, 1, "1 ");
}

/* Whether a text ends a value that has no escapes, in lines of values. */
static bool ends_some(const blob *lines, char last) {
  const char end[] = { last, '"', '\n', '\0' };
  for (const char *at = strstr(lines->data, end); at; at = strstr(at + 1, end)) {
    const char *start = at;
    while (*start != '\n' && *start != '\\') {
      start--;
    }
    if (*start == '\n') {
      return true;
    }
  }
  return false;
}

/* Whether values end in each of the ones and in none of the others. */
static void expect_last_characters(const char *row, int rule, bdc_verdict verdict, const char *expected, const char *unexpected) {
  blob tokens = tokens_of(row, rule, verdict);
  for (; *expected; expected++) {
    if (!ends_some(&tokens, *expected)) {
      fail_msg("no value ends in %c: %s", *expected, tokens.data);
    }
  }
  for (; *unexpected; unexpected++) {
    if (ends_some(&tokens, *unexpected)) {
      fail_msg("a value ends in %c: %s", *unexpected, tokens.data);
    }
  }
  blob_free(&tokens);
}

static void classes_are_tried_at_the_ends_of_their_ranges_and_one_beyond(void **state) {
  (void)state;
  const char *row = "string optional length 2..9 start {letter} charset {letter}{digit}_";
  expect_last_characters(row, BDC_RULE_CHARSET, BDC_VALID, "AZaz09_", "@[`{/:^");
  expect_last_characters(row, BDC_RULE_CHARSET, BDC_INVALID, "@[`{/:^", "AZaz09_");
  blob first = tokens_of(row, BDC_RULE_START, BDC_INVALID);
  assert_non_null(strstr(first.data, "\"0"));
  assert_non_null(strstr(first.data, "\"9"));
  assert_non_null(strstr(first.data, "\"_"));
  assert_null(strstr(first.data, "\"@")); /* it breaks the charset as well */
  blob_free(&first);
  first = tokens_of(row, BDC_RULE_START, BDC_VALID);
  assert_true(strstr(first.data, "\"A") && strstr(first.data, "\"Z") && strstr(first.data, "\"a") && strstr(first.data, "\"z"));
  blob_free(&first);
}

static void items_are_as_many_as_allowed_and_one_more_or_fewer(void **state) {
  (void)state;
  const char *row = "array of boolean optional items 2..3";
  blob valid = tokens_of(row, BDC_RULE_ITEMS, BDC_VALID);
  blob invalid = tokens_of(row, BDC_RULE_ITEMS, BDC_INVALID);
  size_t commas = 0;
  for (const char *at = invalid.data; *at; at++) {
    commas += *at == ',';
  }
  assert_non_null(strstr(invalid.data, "[]"));
  assert_int_equal(commas, 3); /* one item, and four of them */
  assert_null(strstr(valid.data, "[]"));
  blob_free(&valid);
  blob_free(&invalid);
  expect_tokens("array of string optional enum a | b includes a", BDC_RULE_INCLUDES, BDC_INVALID, "[\"b\"] [\"b\",\"b\"] ");
  expect_tokens("array of string optional enum a | b includes a", BDC_RULE_INCLUDES, BDC_VALID, "[\"b\",\"\\u0061\"] ");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(integers_are_those_at_the_ends_and_one_beyond),
    cmocka_unit_test(listed_values_come_each_and_with_near_ones),
    cmocka_unit_test(lengths_are_those_at_the_ends_and_one_beyond_in_characters_of_each_size),
    cmocka_unit_test(classes_are_tried_at_the_ends_of_their_ranges_and_one_beyond),
    cmocka_unit_test(items_are_as_many_as_allowed_and_one_more_or_fewer),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
