/* SPDX-License-Identifier: MIT */
/* Mutation: what it comes to, from which settings, and what trimming leaves. */
#include "unit/rulesets.h"

#include <bodycheck/mutate.h>

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

enum { SIZE = 4096, ROUNDS = 40000 };

static bdc_mutator *mutator_of(const bdc_ruleset *ruleset, const char *name, int http_status, bool well_formed) {
  bdc_mutator_settings settings = { .size_max = SIZE, .well_formed = well_formed };
  const bdc_operation *operation = name ? operation_of(ruleset, name) : NULL;
  bdc_mutator *mutator;
  assert_int_equal(bdc_mutator_new(operation, http_status, &settings, &mutator), BDC_OK);
  return mutator;
}

static size_t mutate(bdc_mutator *mutator, const char *body, char out[SIZE]) {
  size_t size = strlen(body);
  memcpy(out, body, size);
  return bdc_mutate(mutator, out, size, SIZE);
}

/* ---- settings ---- */

static void settings_beyond_their_range_are_refused(void **state) {
  (void)state;
  const bdc_mutator_settings wrong[] = { { .size_max = ((size_t)1 << 30) + 1 }, { .values_max = ((size_t)1 << 24) + 1 } };
  for (size_t i = 0; i < LENGTH(wrong); i++) {
    bdc_mutator *mutator = (bdc_mutator *)1;
    assert_int_equal(bdc_mutator_new(NULL, 0, &wrong[i], &mutator), BDC_ERR_ARGUMENT);
    assert_null(mutator);
  }
  bdc_mutator_free(NULL);
}

static void without_settings_a_mutator_takes_the_default_ones(void **state) {
  (void)state;
  bdc_mutator *mutator;
  bdc_str candidate;
  assert_int_equal(bdc_mutator_new(NULL, 0, NULL, &mutator), BDC_OK);
  blob body = { 0 };
  blob_repeat(&body, " ", (1 << 20) - 1);
  blob_print(&body, "0");
  assert_int_equal(bdc_trim_begin(mutator, body.data, body.size), BDC_OK);
  assert_true(bdc_trim_next(mutator, &candidate) && candidate.size == 1);
  blob_print(&body, "0");
  assert_int_equal(bdc_trim_begin(mutator, body.data, body.size), BDC_ERR_SPACE);
  blob_free(&body);
  bdc_mutator_free(mutator);
}

static void what_a_mutator_takes_is_what_its_text_says(void **state) {
  (void)state;
  counter count = { 0 };
  bdc_allocator allocator = counter_allocator(&count);
  bdc_mutator_settings settings = { .allocator = &allocator, .size_max = 1 << 16, .values_max = 1000 };
  bdc_mutator *mutator;
  assert_int_equal(bdc_mutator_new(NULL, 0, &settings, &mutator), BDC_OK);
  printf("a mutator of 64 KiB and 1,000 values takes %zu bytes\n", count.bytes);
  assert_true(count.bytes <= (2 << 16) + (1 << 13) + 40 * 1000 + 20000);
  bdc_mutator_free(mutator);
  assert_int_equal(count.live, 0);
}

/* ---- what is reached ---- */

typedef struct reach {
  const char *field;
  bdc_rule rule;
} reach;

static bool breaks_only(const bdc_report *report, const reach *wanted) {
  const bdc_violation *violation = report->violations;
  return report->violation_count == 1 && violation->rule == wanted->rule && violation->field.size == strlen(wanted->field) &&
         memcmp(violation->field.data, wanted->field, violation->field.size) == 0;
}

static void assert_reaches(const bdc_ruleset *ruleset, const char *name, int http_status, const char *body, const reach *wanted,
                           size_t count) {
  bdc_mutator *mutator = mutator_of(ruleset, name, http_status, true);
  bdc_checker *checker = checker_of(ruleset, NULL);
  size_t *seen = calloc(count, sizeof *seen);
  assert_non_null(seen);
  char out[SIZE];
  for (int round = 0; round < ROUNDS; round++) {
    size_t size = mutate(mutator, body, out);
    bdc_check_body(checker, operation_of(ruleset, name), http_status, out, size);
    for (size_t i = 0; i < count; i++) {
      seen[i] += breaks_only(bdc_checker_report(checker), &wanted[i]);
    }
  }
  for (size_t i = 0; i < count; i++) {
    if (seen[i] == 0) {
      fail_msg("%s %s alone is never broken", wanted[i].field, bdc_rule_name(wanted[i].rule));
    }
  }
  free(seen);
  bdc_checker_free(checker);
  bdc_mutator_free(mutator);
}

static void each_rule_of_a_request_is_broken_alone(void **state) {
  (void)state;
  static const reach wanted[] = {
    { "name", BDC_RULE_MANDATORY },
    { "name", BDC_RULE_LENGTH_MIN },
    { "name", BDC_RULE_LENGTH_MAX },
    { "name", BDC_RULE_START },
    { "name", BDC_RULE_CHARSET },
    { "name", BDC_RULE_TYPE },
    { "name", BDC_RULE_DUPLICATE },
    { "remark", BDC_RULE_LENGTH_MAX },
    { "remark", BDC_RULE_TYPE },
    { "app_key", BDC_RULE_LENGTH_MIN },
    { "app_key", BDC_RULE_LENGTH_MAX },
    { "app_key", BDC_RULE_CHARSET },
    { "app_secret", BDC_RULE_LENGTH_MAX },
    { "related_domain_id", BDC_RULE_LENGTH_MIN },
    { "x", BDC_RULE_UNKNOWN },
  };
  assert_reaches(builtin, "huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app_demo\"}", wanted, LENGTH(wanted));
}

static void each_rule_of_a_response_is_broken_alone(void **state) {
  (void)state;
  static const reach wanted[] = {
    { "creator", BDC_RULE_ENUM },
    { "status", BDC_RULE_ENUM },
    { "register_time", BDC_RULE_FORMAT },
    { "app_secret", BDC_RULE_LENGTH_MAX },
  };
  assert_reaches(builtin, "huaweicloud.apig.UpdateAppV2", 200, "{\"id\":\"a\"}", wanted, LENGTH(wanted));
}

static void numbers_items_and_patterns_are_reached(void **state) {
  (void)state;
  static const reach wanted[] = {
    { "age", BDC_RULE_RANGE },
    { "tags", BDC_RULE_ITEMS },
    { "tags", BDC_RULE_INCLUDES },
    { "name", BDC_RULE_CHARSET },
  };
  assert_reaches(lab, "lab.Put", 0, "{\"person\":{\"name\":\"abc\",\"age\":1,\"tags\":[\"a\"]}}", wanted, LENGTH(wanted));
}

/* What a body may be that is valid, and lies at the far end of what the rows allow. */
static bool is_longest_key(const char *body, size_t size) {
  (void)size;
  const char *key = strstr(body, "\"app_key\":\"");
  return key && strcspn(key + 11, "\"") == 200;
}

static bool is_longest_of_the_widest(const char *body, size_t size) {
  return size > 4 * 255 && strstr(body, "\"remark\":\"\xf0");
}

static bool has_key_and_secret(const char *body, size_t size) {
  (void)size;
  return strstr(body, "\"app_key\"") && strstr(body, "\"app_secret\"");
}

static void valid_bodies_reach_their_limits(void **state) {
  (void)state;
  bool (*const wanted[])(const char *, size_t) = { is_longest_key, is_longest_of_the_widest, has_key_and_secret };
  size_t seen[LENGTH(wanted)] = { 0 };
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, true);
  bdc_checker *checker = checker_of(builtin, NULL);
  char out[SIZE + 1];
  for (int round = 0; round < ROUNDS; round++) {
    size_t size = mutate(mutator, "{\"name\":\"app_demo\"}", out);
    out[size] = '\0';
    if (bdc_check_body(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), 0, out, size) == BDC_VALID) {
      for (size_t i = 0; i < LENGTH(wanted); i++) {
        seen[i] += wanted[i](out, size);
      }
    }
  }
  for (size_t i = 0; i < LENGTH(wanted); i++) {
    assert_true(seen[i] > 0);
  }
  bdc_checker_free(checker);
  bdc_mutator_free(mutator);
}

static void without_well_formed_syntax_and_encoding_are_broken(void **state) {
  (void)state;
  size_t seen[BDC_RULE_COUNT] = { 0 };
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, false);
  bdc_checker *checker = checker_of(builtin, NULL);
  char out[SIZE];
  for (int round = 0; round < ROUNDS / 10; round++) {
    size_t size = mutate(mutator, "{\"name\":\"app_demo\",\"remark\":\"a\"}", out);
    bdc_check_body(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), 0, out, size);
    const bdc_report *report = bdc_checker_report(checker);
    for (size_t i = 0; i < report->violation_count; i++) {
      seen[report->violations[i].rule]++;
    }
  }
  assert_true(seen[BDC_RULE_SYNTAX] > 20 && seen[BDC_RULE_ENCODING] > 2);
  assert_true(seen[BDC_RULE_SYNTAX] < ROUNDS / 10 / 4); /* most are still JSON */
  bdc_checker_free(checker);
  bdc_mutator_free(mutator);
}

static void a_table_that_must_hold_itself_comes_to_an_end(void **state) {
  (void)state;
  static const char rules[] = "provider p\nservice s A service\nsource t the tests\n"
                              "object twice\n"
                              "  left object twice mandatory @t\n"
                              "  right object twice mandatory @t\n"
                              "operation Put PUT /p @t\n"
                              "  request object twice\n";
  bdc_ruleset *ruleset = ruleset_of(rules);
  bdc_mutator *mutator = mutator_of(ruleset, "p.s.Put", 0, true);
  char out[SIZE];
  for (int i = 0; i < 100; i++) {
    assert_true(mutate(mutator, i & 1 ? "" : "{\"left\":{}}", out) > 0);
  }
  bdc_mutator_free(mutator);
  bdc_ruleset_free(ruleset);
}

static void a_row_that_no_short_text_fits_gets_another_one(void **state) {
  (void)state;
  static const char rules[] = "provider p\nservice s A service\nsource t the tests\n"
                              "operation Put PUT /p @t\n"
                              "  request\n"
                              "    huge string mandatory length 100000.. @t\n";
  bdc_ruleset *ruleset = ruleset_of(rules);
  bdc_mutator *mutator = mutator_of(ruleset, "p.s.Put", 0, true);
  size_t seen = 0;
  char out[SIZE + 1];
  for (int i = 0; i < 100; i++) {
    out[mutate(mutator, "", out)] = '\0';
    seen += strstr(out, "\"huge\":\"\"") != NULL;
  }
  assert_true(seen > 0);
  bdc_mutator_free(mutator);
  bdc_ruleset_free(ruleset);
}

static void an_undocumented_error_status_has_the_table_of_errors(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 418, true);
  size_t seen = 0;
  char out[SIZE + 1];
  for (int i = 0; i < 100; i++) {
    out[mutate(mutator, "", out)] = '\0';
    seen += strstr(out, "\"error_code\":\"API") != NULL;
  }
  assert_true(seen > 50);
  bdc_mutator_free(mutator);
}

static void an_undocumented_status_has_no_table(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 302, true);
  char out[SIZE + 1];
  for (int i = 0; i < 1000; i++) {
    out[mutate(mutator, "{\"name\":1}", out)] = '\0';
    assert_null(strstr(out, "app_secret"));
  }
  bdc_mutator_free(mutator);
}

/* Names are told up to the size that documented ones may have. */
static void longer_names_than_any_documented_one_are_kept(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, true);
  bdc_checker *checker = checker_of(builtin, NULL);
  blob body = { 0 };
  blob_print(&body, "{\"name\":\"abc\",\"name\\u00e9");
  blob_repeat(&body, "x", 300);
  blob_print(&body, "\":{\"\":1}}");
  char out[SIZE];
  for (int i = 0; i < 1000; i++) {
    size_t size = mutate(mutator, body.data, out);
    bdc_check_body(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), 0, out, size);
    const bdc_report *report = bdc_checker_report(checker);
    for (size_t j = 0; j < report->violation_count; j++) {
      assert_true(report->violations[j].rule != BDC_RULE_SYNTAX && report->violations[j].rule != BDC_RULE_ENCODING);
    }
  }
  blob_free(&body);
  bdc_checker_free(checker);
  bdc_mutator_free(mutator);
}

/* ---- what is no JSON ---- */

static void garbage_becomes_a_body_of_the_table(void **state) {
  (void)state;
  static const char *const garbage[] = { "", "\n", "{\"name\":", "{\"name\":\"a\"} x", "\xff" };
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, true);
  bdc_checker *checker = checker_of(builtin, NULL);
  char out[SIZE];
  size_t valid = 0;
  for (size_t i = 0; i < 100 * LENGTH(garbage); i++) {
    size_t size = mutate(mutator, garbage[i % LENGTH(garbage)], out);
    valid += bdc_check_body(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), 0, out, size) == BDC_VALID;
    assert_true(bdc_checker_report(checker)->violation_count == 0 ||
                bdc_checker_report(checker)->violations[0].rule != BDC_RULE_SYNTAX);
  }
  assert_true(valid > 50);
  bdc_checker_free(checker);
  bdc_mutator_free(mutator);
}

static void where_there_is_no_room_there_is_still_json(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, true);
  char out[SIZE] = "{}";
  for (int i = 0; i < 100; i++) {
    assert_int_equal(bdc_mutate(mutator, out, i & 1 ? 2 : 0, 1), 1);
    assert_true(out[0] >= '0' && out[0] <= '9');
  }
  assert_int_equal(bdc_mutate(mutator, out, 1, 0), 0);
  bdc_mutator_free(mutator);
}

/* ---- crossing ---- */

static void parts_of_the_second_body_come_into_the_first(void **state) {
  (void)state;
  static const char first[] = "{\"name\":\"first\"}";
  static const char second[] = "{\"name\":\"second\",\"remark\":\"other\"}";
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, true);
  size_t both = 0;
  size_t replaced = 0;
  char out[SIZE + 1];
  for (int i = 0; i < 1000; i++) {
    out[bdc_crossover(mutator, first, sizeof first - 1, second, sizeof second - 1, out, SIZE)] = '\0';
    both += strcmp(out, "{\"remark\":\"other\",\"name\":\"first\"}") == 0;
    replaced += strcmp(out, "{\"name\":\"second\"}") == 0;
  }
  assert_true(both > 50 && replaced > 50);
  bdc_mutator_free(mutator);
}

static void a_second_body_that_is_no_json_is_no_part_of_it(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, "huaweicloud.apig.UpdateAppV2", 0, true);
  char out[SIZE + 1];
  for (int i = 0; i < 1000; i++) {
    out[bdc_crossover(mutator, "{\"name\":\"first\"}", 16, "{\"unseen", 8, out, SIZE)] = '\0';
    assert_null(strstr(out, "unseen"));
  }
  bdc_mutator_free(mutator);
}

/* ---- trimming ---- */

typedef struct wanted {
  const char *part;
  size_t asked;
} wanted;

static bool has_part(const void *body, size_t size, void *context) {
  wanted *of = context;
  of->asked++;
  size_t part = strlen(of->part);
  for (size_t at = 0; at + part <= size; at++) {
    if (memcmp((const char *)body + at, of->part, part) == 0) {
      return true;
    }
  }
  return false;
}

static void assert_trims(const char *body, const char *part, const char *left) {
  bdc_mutator *mutator = mutator_of(builtin, NULL, 0, false);
  wanted of = { .part = part };
  char text[SIZE + 1];
  size_t size = strlen(body);
  memcpy(text, body, size);
  text[bdc_trim(mutator, text, size, has_part, &of)] = '\0';
  assert_string_equal(text, left);
  bdc_mutator_free(mutator);
}

static void trimming_leaves_what_is_asked_for(void **state) {
  (void)state;
  assert_trims("{\"a\": [1, 2, {\"b\": \"xyz\"}], \"c\": \"long\", \"d\": 12345}", "xyz", "{\"a\":[{\"b\":\"xyz\"}]}");
  assert_trims("[ 1 , \"a b\" , { } ]", "a b", "[\"a b\"]");
  assert_trims("{\"a\":1,\"n\":2,\"c\":3}", "\"n\"", "{\"n\":2}");
  assert_trims("{\"n\": 2345}", "\"n\"", "{\"n\":0}");
  assert_trims("[\"\\ud83d\\ude00\xf0\x9f\x98\x80zzz\"]", "\\ude00", "[\"\\ud83d\\ude00\"]");
  assert_trims("[1, 2, 3]", "", "[]");
  /* Both halves of a pair go, or none. */
  assert_trims("[\"a\\uD8ab\\uDc00b\"]", "a", "[\"a\"]");
  assert_trims("[\"\\ud9ab\\udc00b\\uda00\\udc00zz\"]", "\\uda00", "[\"\\ud9ab\\udc00b\\uda00\\udc00\"]");
  assert_trims("[\"\\uDBff\\udc00\\ud7ffzz\"]", "\\ud7ff", "[\"\\uDBff\\udc00\\ud7ff\"]");
  assert_trims("  true ", "", "true");
}

static void what_is_no_json_is_trimmed_by_bytes(void **state) {
  (void)state;
  assert_trims("{\"a\": [1, 2, xyz, 3", "xyz", "xyz");
  assert_trims("not JSON at all", "", "");
  assert_trims("", "", "");
}

static void a_long_body_is_not_trimmed(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, NULL, 0, false);
  wanted of = { .part = "" };
  blob body = { 0 };
  blob_repeat(&body, " ", SIZE);
  blob_add(&body, "1", 1);
  bdc_str candidate;
  assert_int_equal(bdc_trim_begin(mutator, body.data, body.size), BDC_ERR_SPACE);
  assert_false(bdc_trim_next(mutator, &candidate));
  assert_int_equal(bdc_trim(mutator, body.data, body.size, has_part, &of), body.size);
  assert_int_equal(of.asked, 0);
  blob_free(&body);
  bdc_mutator_free(mutator);
}

static void mutating_ends_trimming(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, NULL, 0, false);
  bdc_str candidate;
  char out[SIZE];
  assert_int_equal(bdc_trim_begin(mutator, "[1,2,3]", 7), BDC_OK);
  assert_true(bdc_trim_next(mutator, &candidate));
  mutate(mutator, "[4,5,6]", out);
  assert_false(bdc_trim_next(mutator, &candidate));
  bdc_trim_answer(mutator, true);
  assert_false(bdc_trim_next(mutator, &candidate));
  bdc_mutator_free(mutator);
}

/* A thousand values are asked for some times each, not some times with each other. */
static void trimming_asks_a_linear_number_of_times(void **state) {
  (void)state;
  bdc_mutator *mutator = mutator_of(builtin, NULL, 0, false);
  blob body = { 0 };
  blob_print(&body, "[");
  blob_repeat(&body, "1,", 1000);
  blob_print(&body, "\"xyz\"]");
  wanted of = { .part = "xyz" };
  assert_int_equal(bdc_trim(mutator, body.data, body.size, has_part, &of), 7);
  assert_true(of.asked < 1100);
  blob_free(&body);
  bdc_mutator_free(mutator);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(settings_beyond_their_range_are_refused),
    cmocka_unit_test(without_settings_a_mutator_takes_the_default_ones),
    cmocka_unit_test(what_a_mutator_takes_is_what_its_text_says),
    cmocka_unit_test(each_rule_of_a_request_is_broken_alone),
    cmocka_unit_test(each_rule_of_a_response_is_broken_alone),
    cmocka_unit_test(numbers_items_and_patterns_are_reached),
    cmocka_unit_test(valid_bodies_reach_their_limits),
    cmocka_unit_test(without_well_formed_syntax_and_encoding_are_broken),
    cmocka_unit_test(a_table_that_must_hold_itself_comes_to_an_end),
    cmocka_unit_test(a_row_that_no_short_text_fits_gets_another_one),
    cmocka_unit_test(an_undocumented_error_status_has_the_table_of_errors),
    cmocka_unit_test(an_undocumented_status_has_no_table),
    cmocka_unit_test(longer_names_than_any_documented_one_are_kept),
    cmocka_unit_test(garbage_becomes_a_body_of_the_table),
    cmocka_unit_test(where_there_is_no_room_there_is_still_json),
    cmocka_unit_test(parts_of_the_second_body_come_into_the_first),
    cmocka_unit_test(a_second_body_that_is_no_json_is_no_part_of_it),
    cmocka_unit_test(trimming_leaves_what_is_asked_for),
    cmocka_unit_test(what_is_no_json_is_trimmed_by_bytes),
    cmocka_unit_test(a_long_body_is_not_trimmed),
    cmocka_unit_test(mutating_ends_trimming),
    cmocka_unit_test(trimming_asks_a_linear_number_of_times),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
