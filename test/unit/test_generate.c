/* SPDX-License-Identifier: MIT */
/* The generator: the order of its cases, seeds and filters; rows that are not looked at; arguments and memory. */
#include "unit/generating.h"

#include "base/str.h"
#include "base/utf8.h"

/* ---- running a generator ---- */

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

/* ---- rows that are not looked at ---- */

static void expect_further_rows(const blob *rules) {
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_INCLUDES) };
  outcome of = outcome_of(rules->data, 0, &settings);
  expect_omitted(&of, "body: further rows", BDC_OMITTED_ROWS);
  outcome_free(&of);
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
  expect_further_rows(&rules);
  blob_free(&rules);
}

static void items_beyond_the_limit_of_rows_are_told(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, TABLE(""));
  for (unsigned i = 0; i < 4000; i++) {
    blob_print(&rules, "    r%u array of boolean optional @t\n", i);
  }
  expect_further_rows(&rules);
  blob_free(&rules);
}

static void rows_that_are_too_deep_are_told(void **state) {
  (void)state;
  enum { DEPTH = 100 };
  blob rules = { 0 };
  blob_print(&rules, TABLE("    a object o0 optional @t\n"));
  for (unsigned i = 0; i < DEPTH; i++) {
    blob_print(&rules, "object o%u\n  a object o%u optional @t\n", i, i + 1);
  }
  blob_print(&rules, "object o%u\n  x boolean optional @t\n", (unsigned)DEPTH);
  expect_further_rows(&rules);
  blob_free(&rules);
}

/* Below long names, of whose pointers a report does not have all. Others are looked at. */
static void rows_whose_pointers_are_too_long_are_told(void **state) {
  (void)state;
  enum { DEPTH = 20 };
  blob rules = { 0 };
  blob_print(&rules, TABLE("    a object o0 optional @t\n"));
  for (unsigned i = 0; i < DEPTH; i++) {
    blob_print(&rules, "object o%u\n  ", i);
    blob_repeat(&rules, "n", 250);
    blob_print(&rules, " object o%u optional warn @t\n", i + 1);
    blob_print(&rules, "  b object b%u optional @t\nobject b%u\n  c boolean optional @t\n", i, i);
  }
  blob_print(&rules, "object o%u\n  x boolean optional @t\n", (unsigned)DEPTH);
  expect_further_rows(&rules);
  const bdc_generate_settings settings = { .rules = BIT(BDC_RULE_TYPE) | BIT(BDC_RULE_UNKNOWN) };
  outcome of = outcome_of(rules.data, 0, &settings);
  assert_int_equal(parts_in(&of.cases, "/b/c: type, null | "), 17); /* 16 * 251 bytes are not too many */
  outcome_free(&of);
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
      "    id string mandatory length ..9 @t\n  header\n    X-A-Name-Of-Its-Own string optional length 2 @t\n  request\n"
      "    a string optional length ..3 charset [a-c] pattern (a|b)*\\1?.+ @t\n    b map of integer mandatory @t\n"
      "    c string optional pattern \\Qa.b\\E\\d @t\n    d string optional pattern (?s).* @t\n";
  const bdc_generate_settings wanted[] = {
    { .whole_messages = true, .body_size = 4096, .rules = BIT(BDC_RULE_LENGTH_MAX) | BIT(BDC_RULE_PATTERN) | BIT(BDC_RULE_MANDATORY) },
    { .whole_messages = true, .body_size = 4096, .rules = BIT(BDC_RULE_DUPLICATE), .field = BDC_STR("X-A-Name-Of-Its-Own") },
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

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_same_seed_makes_the_same_cases_and_another_one_others),
    cmocka_unit_test(a_case_does_not_depend_on_those_that_are_not_wanted),
    cmocka_unit_test(valid_and_invalid_cases_are_all_cases),
    cmocka_unit_test(a_field_is_chosen_by_its_name_or_its_pointer),
    cmocka_unit_test(further_rounds_draw_anew_and_end),
    cmocka_unit_test(rows_beyond_the_limit_are_told),
    cmocka_unit_test(items_beyond_the_limit_of_rows_are_told),
    cmocka_unit_test(rows_that_are_too_deep_are_told),
    cmocka_unit_test(rows_whose_pointers_are_too_long_are_told),
    cmocka_unit_test(what_is_not_allowed_is_refused),
    cmocka_unit_test(each_failed_allocation_is_survived),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
