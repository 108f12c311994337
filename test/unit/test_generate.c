/* SPDX-License-Identifier: MIT */
/* The generator: which cases there are of a row, in what order, and what becomes of those that cannot be made. */
#include "unit/rulesets.h"

#include <bodycheck/generate.h>

#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

/* ---- running a generator ---- */

static bdc_generator *generator_of(const bdc_ruleset *ruleset, const char *name, int http_status,
                                   const bdc_generate_settings *settings) {
  bdc_generator *generator;
  assert_int_equal(bdc_generator_new(ruleset, operation_of(ruleset, name), http_status, settings, &generator), BDC_OK);
  return generator;
}

/* The next case, NULL behind the last; a case that a check does not confirm fails the test. */
static const bdc_case *next(bdc_generator *generator) {
  const bdc_case *made;
  bdc_status status = bdc_generator_next(generator, &made);
  if (status == BDC_ERR_INTERNAL) {
    bdc_omitted omitted = bdc_generator_omitted(generator, bdc_generator_omitted_count(generator) - 1);
    fail_msg("not confirmed: %.*s", (int)omitted.label.size, omitted.label.data);
  }
  assert_int_equal(status, BDC_OK);
  return made;
}

static void case_write(blob *to, const bdc_case *made) {
  blob_print(to, "%llu %.*s | %.*s %.*s | ", (unsigned long long)made->number, (int)made->label.size, made->label.data,
             (int)made->target.size, made->target.size ? made->target.data : "", (int)made->body.size,
             made->body.size ? made->body.data : "");
  if (made->reported) {
    blob_print(to, "%s %s %s %.*s %.*s", made->severity == BDC_ERROR ? "error" : "warning", bdc_rule_name(made->rule),
               bdc_place_name(made->in), (int)made->pointer.size, made->pointer.size ? made->pointer.data : "", (int)made->field.size,
               made->field.size ? made->field.data : "");
  }
  blob_print(to, " %d %.*s\n", made->error_status, (int)made->error_code.size, made->error_code.size ? made->error_code.data : "");
}

static blob written(const bdc_ruleset *ruleset, const char *name, int http_status, const bdc_generate_settings *settings,
                    size_t *count) {
  blob out = { 0 };
  blob_add(&out, NULL, 0);
  bdc_generator *generator = generator_of(ruleset, name, http_status, settings);
  *count = 0;
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    case_write(&out, made);
    ++*count;
  }
  bdc_generator_free(generator);
  return out;
}

static size_t count_of(const bdc_ruleset *ruleset, const char *name, int http_status, const bdc_generate_settings *settings) {
  size_t count;
  blob out = written(ruleset, name, http_status, settings, &count);
  blob_free(&out);
  return count;
}

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

/* ---- order, seeds, filters ---- */

static void the_same_seed_makes_the_same_cases_and_another_one_others(void **state) {
  (void)state;
  bdc_generate_settings settings = { .seed = 7, .rounds = 2, .whole_messages = true };
  settings.rules =
      BIT(BDC_RULE_MANDATORY) | BIT(BDC_RULE_LENGTH_MAX) | BIT(BDC_RULE_FORMAT) | BIT(BDC_RULE_ITEMS) | BIT(BDC_RULE_SYNTAX);
  size_t count;
  size_t others;
  blob first = written(lab, "Put", 0, &settings, &count);
  blob again = written(lab, "Put", 0, &settings, &others);
  assert_int_equal(count, others);
  assert_string_equal(first.data, again.data);
  blob_free(&again);
  settings.seed = 8;
  again = written(lab, "Put", 0, &settings, &others);
  assert_string_not_equal(first.data, again.data);
  blob_free(&first);
  blob_free(&again);
}

/* Whether a case comes among more of them or alone, it is the same. */
static void a_case_does_not_depend_on_those_that_are_not_wanted(void **state) {
  (void)state;
  const bdc_generate_settings all = { .seed = 3 };
  const bdc_generate_settings some = { .seed = 3, .rules = BIT(BDC_RULE_LENGTH_MAX), .wanted = BDC_WANTED_INVALID };
  size_t count;
  blob everything = written(builtin, "huaweicloud.apig.UpdateAppV2", 0, &all, &count);
  blob out = { 0 };
  bdc_generator *generator = generator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, &some);
  count = 0;
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    blob_clear(&out);
    case_write(&out, made);
    assert_non_null(strstr(everything.data, strchr(out.data, ' ')));
    assert_int_equal(made->rule, BDC_RULE_LENGTH_MAX);
    assert_int_equal(made->verdict, BDC_INVALID);
    count++;
  }
  assert_true(count >= 12);
  bdc_generator_free(generator);
  blob_free(&everything);
  blob_free(&out);
}

static void valid_and_invalid_cases_are_all_cases(void **state) {
  (void)state;
  const bdc_generate_settings valid = { .wanted = BDC_WANTED_VALID };
  const bdc_generate_settings invalid = { .wanted = BDC_WANTED_INVALID };
  size_t all = count_of(lab, "List", 200, NULL);
  size_t valid_count = count_of(lab, "List", 200, &valid);
  assert_true(valid_count > 100 && valid_count < all);
  assert_int_equal(valid_count + count_of(lab, "List", 200, &invalid), all);
}

static void a_field_is_chosen_by_its_name_or_its_pointer(void **state) {
  (void)state;
  bdc_generate_settings settings = { .field = BDC_STR("name"), .rules = BIT(BDC_RULE_LENGTH_MIN) };
  size_t everywhere = count_of(lab, "Put", 0, &settings);
  settings.field = BDC_STR("/person/name");
  size_t once = count_of(lab, "Put", 0, &settings);
  settings.field = BDC_STR("/pair/left/name");
  assert_int_equal(count_of(lab, "Put", 0, &settings), once);
  assert_true(once > 5 && everywhere == 5 * once); /* person, people, byname, and the two of a pair */
  settings.field = BDC_STR("/a~1b~0c");
  assert_true(count_of(lab, "Put", 0, &settings) > 0);
  settings.field = BDC_STR("nobody");
  assert_int_equal(count_of(lab, "Put", 0, &settings), 0);
}

static void further_rounds_draw_anew_and_end(void **state) {
  (void)state;
  bdc_generate_settings settings = { .field = BDC_STR("name"), .rules = BIT(BDC_RULE_LENGTH_MIN) };
  size_t once = count_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, &settings);
  settings.rounds = 3;
  assert_int_equal(count_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, &settings), 3 * once);
  settings.rounds = UINT64_MAX;
  settings.field = BDC_STR("nobody");
  assert_int_equal(count_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, &settings), 0);
}

/* ---- what is left out ---- */

static bdc_omitted omitted_of(const char *rules_text, const bdc_generate_settings *settings, const char *label, blob *kept) {
  bdc_ruleset *ruleset = ruleset_of(rules_text);
  bdc_generator *generator = generator_of(ruleset, "O", 0, settings);
  bdc_omitted found = { 0 };
  while (next(generator)) {
  }
  for (size_t i = 0; i < bdc_generator_omitted_count(generator); i++) {
    bdc_omitted omitted = bdc_generator_omitted(generator, i);
    if (omitted.label.size == strlen(label) && memcmp(omitted.label.data, label, omitted.label.size) == 0) {
      found = omitted;
      blob_add_str(kept, omitted.label);
    }
  }
  assert_int_equal(bdc_generator_omitted(generator, bdc_generator_omitted_count(generator)).label.size, 0);
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
  return found;
}

#define TABLE(rows) "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n  request\n" rows

#define HEAD(sections) "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n" sections

static void what_cannot_be_made_is_told_with_its_reason(void **state) {
  (void)state;
  static const struct {
    const char *rules;
    const char *label;
    bdc_omission reason;
  } cases[] = {
    { TABLE("    a string optional length ..1000000 @t\n"), "a: length.max, 1000001 characters", BDC_OMITTED_SIZE },
    { TABLE("    a string optional pattern (?!x)x @t\n"), "a: pattern, 1. match", BDC_OMITTED_VALID },
    { TABLE("    a string optional pattern (?s).* @t\n"), "a: pattern, 1. text that does not match", BDC_OMITTED_ALONE },
    { TABLE("    a string optional length 1..9 pattern abc @t\n"), "a: length.min, 0 characters", BDC_OMITTED_ALONE },
    { TABLE("    a string optional charset [a-c] enum a | d @t\n"), "a: enum, \"d\"", BDC_OMITTED_ALONE },
    { TABLE("    a object b mandatory @t\nobject b\n  c object b mandatory @t\n"), "body: the fewest members", BDC_OMITTED_VALID },
    { TABLE("    a string mandatory pattern (?!x)x @t\n    b string optional length ..4 @t\n"), "b: length.max, 5 characters",
      BDC_OMITTED_VALID },
    { TABLE("    a map of string optional pattern (?!x)x @t\n"), "a: duplicate, a key twice", BDC_OMITTED_VALID },
    { TABLE("    a map of string optional items 1..3 pattern (?!x)x @t\n"), "a: items, 4 members", BDC_OMITTED_VALID },
    { TABLE("    a array of string optional includes a enum a @t\n"), "a: includes, 1 item, without the one that must be there",
      BDC_OMITTED_ALONE },
    { TABLE("    a object b optional @t\nobject b\n  c string mandatory pattern (?!x)x @t\n"), "a: unknown, an empty name",
      BDC_OMITTED_VALID },
    { TABLE("    a string optional masked pattern (?!x)x @t\n"), "a: mandatory, present", BDC_OMITTED_VALID },
    { HEAD("  query\n    a string mandatory pattern (?!x)x @t\n"), "query a: duplicate, twice", BDC_OMITTED_VALID },
    { HEAD("  query\n    a string mandatory pattern (?!x)x @t\n"), "query: unknown, an undocumented parameter", BDC_OMITTED_VALID },
    { HEAD("  header\n    X-A string optional pattern (?!x)x @t\n"), "header X-A: its letters in the other case", BDC_OMITTED_VALID },
    { HEAD("  header\n    X-A string mandatory pattern (?!x)x @t\n"), "query: unknown, an undocumented parameter", BDC_OMITTED_VALID },
  };
  const bdc_generate_settings settings = { .whole_messages = true };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    blob kept = { 0 };
    bdc_omitted omitted = omitted_of(cases[i].rules, strstr(cases[i].rules, "request") ? NULL : &settings, cases[i].label, &kept);
    if (kept.size == 0) {
      fail_msg("%s is not left out", cases[i].label);
    }
    assert_int_equal(omitted.reason, cases[i].reason);
    blob_free(&kept);
  }
}

static void every_reason_has_words(void **state) {
  (void)state;
  for (int i = BDC_OMITTED_SIZE; i <= BDC_OMITTED_FAULT; i++) {
    assert_string_not_equal(bdc_omission_text((bdc_omission)i), "?");
  }
  assert_string_equal(bdc_omission_text((bdc_omission)(BDC_OMITTED_FAULT + 1)), "?");
}

/* Objects in objects double the rows again and again: those that are not looked at are told. */
static void rows_beyond_the_limit_are_told(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, TABLE("    a object o0 optional @t\n"));
  for (unsigned i = 0; i < 16; i++) {
    blob_print(&rules, "object o%u\n  l object o%u optional @t\n  r object o%u optional @t\n", i, i + 1, i + 1);
  }
  blob_print(&rules, "object o16\n  x boolean optional @t\n");
  blob kept = { 0 };
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_ITEMS) };
  bdc_omitted omitted = omitted_of(rules.data, &settings, "body: further rows", &kept);
  assert_true(kept.size > 0);
  assert_int_equal(omitted.reason, BDC_OMITTED_ROWS);
  blob_free(&kept);
  blob_free(&rules);
}

/* ---- arguments and memory ---- */

static void what_is_not_allowed_is_refused(void **state) {
  (void)state;
  const bdc_operation *operation = operation_of(builtin, "huaweicloud.apig.UpdateAppV2");
  const bdc_generate_settings wrong[] = { { .body_size = (16u << 20) + 1 },
                                          { .rules = BIT(BDC_RULE_COUNT) },
                                          { .wanted = (bdc_wanted)3 } };
  bdc_generator *generator = (bdc_generator *)1;
  for (size_t i = 0; i < LENGTH(wrong); i++) {
    assert_int_equal(bdc_generator_new(builtin, operation, 0, &wrong[i], &generator), BDC_ERR_ARGUMENT);
    assert_null(generator);
  }
  assert_int_equal(bdc_generator_new(builtin, NULL, 0, NULL, &generator), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_generator_new(lab, operation, 0, NULL, &generator), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_generator_new(builtin, operation, 418, NULL, &generator), BDC_ERR_NO_TABLE);
  assert_int_equal(bdc_generator_new(lab, operation_of(lab, "List"), 0, NULL, &generator), BDC_ERR_NO_TABLE);
  bdc_generator_free(NULL);
}

/* Runs a generator to its end, or to the first failure. */
static bdc_status run_with(const bdc_allocator *allocator, const bdc_generate_settings *wanted, const bdc_ruleset *ruleset,
                           const bdc_operation *operation) {
  bdc_generate_settings settings = *wanted;
  settings.allocator = allocator;
  bdc_generator *generator;
  bdc_status status = bdc_generator_new(ruleset, operation, 0, &settings, &generator);
  assert_int_equal(generator == NULL, status != BDC_OK);
  const bdc_case *made = NULL;
  do {
    status = status == BDC_OK ? bdc_generator_next(generator, &made) : status;
    assert_true(status == BDC_OK || status == BDC_ERR_MEMORY);
    assert_true(status == BDC_OK || !generator || !made);
  } while (status == BDC_OK && made);
  bdc_generator_free(generator);
  return status;
}

static void each_failed_allocation_is_survived(void **state) {
  (void)state;
  static const char rules[] =
      "provider p\nservice s T\nsource t t\noperation O PUT /o/{id} @t\n  path\n"
      "    id string mandatory length ..9 @t\n  request\n"
      "    a string optional length ..3 charset [a-c] pattern (a|b)*\\1?.+ @t\n    b map of integer mandatory @t\n";
  const bdc_generate_settings wanted[] = {
    { .whole_messages = true, .body_size = 4096, .rules = BIT(BDC_RULE_LENGTH_MAX) | BIT(BDC_RULE_PATTERN) | BIT(BDC_RULE_MANDATORY) },
    { .all_pairs = true }
  };
  bdc_ruleset *ruleset = ruleset_of(rules);
  for (size_t i = 0; i < LENGTH(wanted); i++) {
    size_t fail_at = 0;
    counter count;
    do {
      fail_at++;
      count = (counter){ .fail_at = fail_at, .fail_on = fail_at % 2 };
      bdc_allocator allocator = counter_allocator(&count);
      bdc_status status = run_with(&allocator, &wanted[i], ruleset, operation_of(ruleset, "O"));
      assert_int_equal(count.live, 0);
      assert_true(status == BDC_OK || count.calls >= fail_at);
    } while (count.calls >= fail_at);
    printf("each of %zu allocations failed\n", fail_at - 1);
    assert_true(fail_at > 8);
  }
  bdc_ruleset_free(ruleset);
}

/* ---- whole messages ---- */

/* A rule of each place is broken, and every request that has a sound target finds its way to its operation. */
static void whole_messages_break_what_their_heads_are_documented_to_be(void **state) {
  (void)state;
  const bdc_generate_settings settings = { .whole_messages = true };
  bdc_generator *generator = generator_of(lab, "Put", 0, &settings);
  size_t broken[BDC_IN_STATUS] = { 0 };
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    const bdc_operation *found = NULL;
    bdc_str path = { made->target.data, made->target.size };
    assert_int_equal(bdc_route(lab, made->method, path, &found), BDC_OK);
    assert_ptr_equal(found, made->operation);
    broken[made->in] += made->reported;
  }
  bdc_generator_free(generator);
  for (size_t i = 0; i < LENGTH(broken); i++) {
    assert_true(broken[i] > 10);
  }
}

/* ---- all pairs ---- */

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
  enum { ROWS = 1025 };
  static const char *const rules[] = {
    TABLE("    a string mandatory pattern (?!x)x @t\n    b boolean optional @t\n"),
    "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n  request string pattern (?!x)x @t\n",
  };
  const bdc_generate_settings settings = { .all_pairs = true };
  blob many = { 0 };
  blob kept = { 0 };
  blob_print(&many, TABLE(""));
  for (unsigned i = 0; i < ROWS; i++) {
    blob_print(&many, "    r%u any mandatory @t\n", i);
  }
  assert_int_equal(omitted_of(rules[0], &settings, "body: 1. combination", &kept).reason, BDC_OMITTED_VALID);
  assert_int_equal(omitted_of(rules[1], &settings, "body: 1. combination", &kept).reason, BDC_OMITTED_VALID);
  assert_int_equal(omitted_of(many.data, &settings, "body: 1. combination", &kept).reason, BDC_OMITTED_ROWS);
  assert_true(kept.size == 3 * strlen("body: 1. combination"));
  blob_free(&kept);
  blob_free(&many);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(integers_are_those_at_the_ends_and_one_beyond),
    cmocka_unit_test(listed_values_come_each_and_with_near_ones),
    cmocka_unit_test(lengths_are_those_at_the_ends_and_one_beyond_in_characters_of_each_size),
    cmocka_unit_test(classes_are_tried_at_the_ends_of_their_ranges_and_one_beyond),
    cmocka_unit_test(items_are_as_many_as_allowed_and_one_more_or_fewer),
    cmocka_unit_test(the_same_seed_makes_the_same_cases_and_another_one_others),
    cmocka_unit_test(a_case_does_not_depend_on_those_that_are_not_wanted),
    cmocka_unit_test(valid_and_invalid_cases_are_all_cases),
    cmocka_unit_test(a_field_is_chosen_by_its_name_or_its_pointer),
    cmocka_unit_test(further_rounds_draw_anew_and_end),
    cmocka_unit_test(what_cannot_be_made_is_told_with_its_reason),
    cmocka_unit_test(every_reason_has_words),
    cmocka_unit_test(rows_beyond_the_limit_are_told),
    cmocka_unit_test(what_is_not_allowed_is_refused),
    cmocka_unit_test(each_failed_allocation_is_survived),
    cmocka_unit_test(whole_messages_break_what_their_heads_are_documented_to_be),
    cmocka_unit_test(every_pair_of_choices_comes_together_in_few_bodies),
    cmocka_unit_test(pairs_without_a_valid_body_are_told),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
