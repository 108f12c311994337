/* SPDX-License-Identifier: MIT */
/* What a report says: places, names, messages, and that no value that was sent stands in any of it. */
#include "unit/rulesets.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define HAN "\xe6\x9d\x8e"
#define FACE "\xf0\x9f\x98\x80"
#define ACUTE "\xc3\xa9"

/* ---- places ---- */

static void lines_and_columns_count_characters_from_one(void **state) {
  (void)state;
  static const struct {
    const char *body;
    uint32_t line;
    uint32_t column;
  } cases[] = {
    { "[]", 1, 1 },
    { "\n\n []", 3, 2 },
    { "{\"count\":9}", 1, 10 },
    { "{\"any\":\"" HAN FACE "\",\"count\":9}", 1, 21 },
    { "{\"any\":\"\\u674e\",\r\n\"count\":9}", 2, 9 },
    { "{\n\"soft\":\"ab\",\n\n  \"count\" : 9}", 4, 13 },
    { "{\"person\":\n{}\n}", 2, 1 },
    { "{\"any\":\"" HAN "\",\n\"key\":\""
      "abc"
      "\\/\"}",
      2, 11 },
    { "{\"any\":\"" HAN "\",\n\"key\":\"ab" HAN "\",\"flag\":true}", 2, 10 },
    { "{\"any\":1,\n" HAN "}", 2, 1 },
    { "{\"any\":[\n\n", 3, 1 },
    { "{\"any\":\"" FACE "\xff\"}", 1, 10 },
  };
  bdc_checker *checker = checker_of(lab, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_copy(checker, operation_of(lab, "lab.Put"), 0, (bdc_str){ cases[i].body, strlen(cases[i].body) });
    const bdc_report *report = bdc_checker_report(checker);
    assert_true(report->violation_count >= 1);
    const bdc_violation *v = &report->violations[0];
    if (v->line != cases[i].line || v->column != cases[i].column) {
      fail_msg("%s: expected line %u column %u, got %u %u", cases[i].body, (unsigned)cases[i].line, (unsigned)cases[i].column,
               (unsigned)v->line, (unsigned)v->column);
    }
  }
  bdc_checker_free(checker);
}

static void an_undocumented_name_is_shown_in_64_characters_at_most(void **state) {
  (void)state;
  static const char *const characters[] = { "n", ACUTE, HAN, FACE };
  bdc_checker *checker = checker_of(lab, NULL);
  for (size_t i = 0; i < LENGTH(characters); i++) {
    for (size_t length = 63; length < 400; length += length < 66 ? 1 : 333) {
      blob body = { 0 };
      blob_print(&body, "{\"");
      blob_repeat(&body, characters[i], length);
      blob_print(&body, "\":1}");
      check_copy(checker, operation_of(lab, "lab.Put"), 0, blob_str(&body));
      const bdc_violation *v = &bdc_checker_report(checker)->violations[0];
      size_t shown = strlen(characters[i]) * (length < 64 ? length : 64);
      assert_int_equal(v->rule, BDC_RULE_UNKNOWN);
      assert_int_equal(v->field.size, shown);
      assert_memory_equal(v->field.data, body.data + 2, shown);
      assert_int_equal(v->pointer.size, shown + 1);
      blob_free(&body);
    }
  }
  bdc_checker_free(checker);
}

/* ---- what was sent never comes back ---- */

#define MARK "mArKeR"

/* Every kind of violation, each with the marker in what was sent. */
static const struct {
  const char *operation;
  int http_status;
  const char *body;
} marked[] = {
  { "lab.Put", 0,
    "{\"key\":\"" MARK MARK "/\",\"colour\":\"" MARK "\",\"hexed\":\"" MARK "\",\"hard\":\"" MARK "\",\"flag\":\"" MARK "\"}" },
  { "lab.Put", 0,
    "{\"person\":{\"name\":\"" MARK "\",\"tags\":[\"" MARK "\"]},\"soft\":\"" MARK "\",\"uuid\":\"" MARK "\",\"media\":\"" MARK "\"}" },
  { "lab.Put", 0,
    "{\"when\":\"" MARK "\",\"stamp\":\"" MARK "\",\"nothing\":\"" MARK "\",\"words\":{\"a\":\"" MARK "\"},\"veil\":\"" MARK "\"}" },
  { "lab.Put", 0, "{\"any\":\"" MARK },
  { "lab.Put", 0, "{\"any\":\"" MARK "\xff\"}" },
  { "lab.Put", 0, "{\"any\":\"" MARK "\",}" },
  { "lab.Put", 0, "[\"" MARK "\"]" },
  { "lab.Put", 404, "{\"code\":\"" MARK "\",\"text\":\"" MARK MARK MARK MARK MARK "\",\"id\":\"" MARK MARK "\"}" },
  { "huaweicloud.apig.UpdateAppV2", 0,
    "{\"name\":\"1" MARK "-\",\"app_key\":\"-" MARK "/\",\"app_secret\":\"(" MARK "(\",\"related_domain_id\":\"" MARK "\"}" },
  { "huaweicloud.apig.UpdateAppV2", 200,
    "{\"app_secret\":\"a\",\"status\":\"" MARK "\",\"creator\":\"" MARK "\",\"update_time\":\"" MARK "\"}" },
  { "huaweicloud.apig.UpdateAppV2", 400, "{\"error_code\":\"" MARK "\"}" },
  { "roma.UpdateRomaApp", 200, "{\"key\":\"-" MARK "/\",\"roles\":[\"" MARK "\"],\"create_time\":\"" MARK "\"}" },
  { "workspace.UpdateApp", 0, "{\"name\":\"" MARK "\\n\",\"state\":\"" MARK "\",\"sandbox_enable\":\"" MARK "\"}" },
  { "dataarts.UpdateApp", 200, "{\"app_secret\":[\"" MARK "\"],\"app_type\":\"" MARK "\",\"register_time\":\"" MARK "\"}" },
};

static void no_message_or_error_holds_a_value_that_was_sent(void **state) {
  (void)state;
  for (size_t i = 0; i < LENGTH(marked); i++) {
    const bdc_ruleset *ruleset = strncmp(marked[i].operation, "lab.", 4) == 0 ? lab : builtin;
    bdc_checker *checker = checker_of(ruleset, NULL);
    bdc_str body = { marked[i].body, strlen(marked[i].body) };
    blob text = { 0 };
    check_copy(checker, operation_of(ruleset, marked[i].operation), marked[i].http_status, body);
    const bdc_report *report = bdc_checker_report(checker);
    assert_int_equal(report->verdict, BDC_INVALID);
    report_write(&text, report);
    if (strstr(text.data, MARK)) {
      fail_msg("%s\n%s", marked[i].body, text.data);
    }
    blob_free(&text);
    bdc_checker_free(checker);
  }
}

/* ---- messages ---- */

static void messages_fit_or_leave_an_empty_string_at_every_size(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  check_copy(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), 0, BDC_STR("{\"name\":\"ab\"}"));
  const bdc_violation *v = &bdc_checker_report(checker)->violations[0];
  static const char whole[] = "must have 3 to 64 characters; has 2";
  for (size_t size = 0; size < sizeof whole + 2; size++) {
    char *text = malloc(size + 1);
    size_t needed = 0;
    memset(text, 'x', size + 1);
    assert_int_equal(bdc_violation_message(v, text, size, &needed), size >= sizeof whole ? BDC_OK : BDC_ERR_SPACE);
    assert_int_equal(needed, sizeof whole - 1);
    assert_int_equal(text[size], 'x');
    if (size) {
      assert_string_equal(text, size >= sizeof whole ? whole : "");
    }
    free(text);
  }
  bdc_checker_free(checker);
}

static void messages_say_what_the_documentation_asks_for(void **state) {
  (void)state;
  static const struct {
    const char *body;
    const char *message;
  } cases[] = {
    { "{\"person\":{\"name\":\"a\"}}", "must have 2 to 4 characters; has 1" },
    { "{\"a/b~c\":\"\"}", "must have 1 character; has 0" },
    { "{\"tree\":{\"note\":\"abcd\"}}", "must have at most 3 characters; has 4" },
    { "{\"people\":[{\"name\":\"ab\"},{\"name\":\"ab\"},{\"name\":\"ab\"},{\"name\":\"ab\"}]}", "must have at most 3 items; has 4" },
    { "{\"byname\":{\"a\":{\"name\":\"ab\"},\"b\":{\"name\":\"ab\"},\"c\":{\"name\":\"ab\"}}}", "must have at most 2 members; has 3" },
    { "{\"person\":{\"name\":\"ab1\"}}", "must only have characters of [{letter}\\p{Han}]; character 3 is another" },
    { "{\"key\":\"1bc\"}", "must start with a character of {letter}" },
    { "{\"colour\":\"blue\"}", "must be one of red, green" },
    { "{\"count\":4}", "must be 5 to 7" },
    { "{\"big\":99999999999999999999}", "must be within 64 bits" },
    { "{\"flag\":\"true\"}", "must be a boolean; is a string" },
    { "{\"count\":5.0}", "must be an integer; is a number with a fraction or an exponent" },
    { "{\"person\":{}}", "is mandatory and missing" },
    { "{\"person\":{\"name\":\"ab\",\"tags\":[\"b\"]}}", "must include a" },
    { "{\"hard\":\"b\"}", "must match (a+)+b" },
    { "{\"uuid\":\"\"}", "must be a UUID" },
    { "{\"when\":\"\"}", "must be a date and time of RFC 3339 with at most 3 digits of a fraction" },
    { "{\"when\":\"2020-08-03T13:09:13\"}", "is a date and time without a zone" },
    { "{\"nope\":1}", "is not documented" },
    { "{\"count\":5,\"count\":5}", "must not appear twice" },
  };
  bdc_checker *checker = checker_of(lab, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    char text[256] = "";
    check_copy(checker, operation_of(lab, "lab.Put"), 0, (bdc_str){ cases[i].body, strlen(cases[i].body) });
    assert_int_equal(bdc_checker_report(checker)->violation_count, 1);
    bdc_violation_message(&bdc_checker_report(checker)->violations[0], text, sizeof text, NULL);
    assert_string_equal(text, cases[i].message);
  }
  bdc_checker_free(checker);
}

/* A violation is the caller's to copy, and to change. */
static void a_measure_that_no_report_has_makes_no_message_read_beyond_its_words(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(lab, NULL);
  static const struct {
    const char *body;
    const char *message;
  } cases[] = { { "{\"flag\":1}", "must be a boolean; is something else" }, { "{\"flag\":tru}", "something else" } };
  for (size_t i = 0; i < LENGTH(cases); i++) {
    char text[256] = "";
    check_copy(checker, operation_of(lab, "lab.Put"), 0, (bdc_str){ cases[i].body, strlen(cases[i].body) });
    bdc_violation changed = bdc_checker_report(checker)->violations[0];
    changed.measure = UINT64_MAX;
    assert_int_equal(bdc_violation_message(&changed, text, sizeof text, NULL), BDC_OK);
    assert_string_equal(text, cases[i].message);
  }
  bdc_checker_free(checker);
}

/* ---- room ---- */

/* As many undocumented names of 64 characters of four bytes, all others behind them: an error each, with a pointer of its own. Behind them an error below a long key, and a warning. */
static void put_long_names(blob *body, size_t count) {
  blob_print(body, "{\"strict\":{");
  for (size_t i = 0; i < count; i++) {
    blob_print(body, "%s\"%02zu", i ? "," : "", i);
    blob_repeat(body, FACE, 62);
    blob_print(body, "\":1");
  }
  blob_print(body, "},\"byname\":{\"");
  blob_repeat(body, FACE, 64);
  blob_print(body, "\":{\"name\":1}},\"wary\":{\"unknown\":1}}");
}

/* Of 10 KiB for names and pointers warnings take at most half. What has no room is counted, and the report says that it is not whole. */
static void what_a_report_has_no_room_for_is_counted(void **state) {
  (void)state;
  static const struct {
    size_t names;
    size_t kept; /* of the names */
    bool error;  /* the one behind them is kept */
    bool warning;
  } cases[] = { { 10, 10, true, true }, { 25, 25, true, false }, { 60, 39, false, false } };
  bdc_checker *checker = checker_of(lab, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    blob body = { 0 };
    put_long_names(&body, cases[i].names);
    check_copy(checker, operation_of(lab, "lab.Put"), 0, blob_str(&body));
    const bdc_report *report = bdc_checker_report(checker);
    assert_int_equal(report->error_count, cases[i].names + 1);
    assert_int_equal(report->warning_count, 1);
    assert_int_equal(report->violation_count, cases[i].kept + cases[i].error + cases[i].warning);
    assert_int_equal(report->truncated, cases[i].kept < cases[i].names || !cases[i].error || !cases[i].warning);
    for (size_t j = 0; j < report->violation_count; j++) {
      assert_true(report->violations[j].pointer.size > 0 && report->violations[j].field.size > 0);
      assert_int_equal(report->violations[j].severity, j == cases[i].kept + 1 ? BDC_WARNING : BDC_ERROR);
    }
    blob_free(&body);
  }
  bdc_checker_free(checker);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(lines_and_columns_count_characters_from_one),
    cmocka_unit_test(an_undocumented_name_is_shown_in_64_characters_at_most),
    cmocka_unit_test(no_message_or_error_holds_a_value_that_was_sent),
    cmocka_unit_test(messages_fit_or_leave_an_empty_string_at_every_size),
    cmocka_unit_test(messages_say_what_the_documentation_asks_for),
    cmocka_unit_test(a_measure_that_no_report_has_makes_no_message_read_beyond_its_words),
    cmocka_unit_test(what_a_report_has_no_room_for_is_counted),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
