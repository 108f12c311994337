/* SPDX-License-Identifier: MIT */
/* How coverage is told: as text and as JSON. */
#include "cover/coverage.h"
#include "unit/support.h"

#include <string.h>

static bdc_str text_of(const char *text) {
  return (bdc_str){ text, strlen(text) };
}

static const char small_rules[] = "provider p\n"
                                  "service s Small\n"
                                  "source t the tests\n"
                                  "errors\n"
                                  "  body length.min 400 S.1 \"Short\" @t\n"
                                  "  body * 400 S.2 \"Wrong\" @t\n"
                                  "codes\n"
                                  "  S.1 400 \"Short\" @t\n"
                                  "  S.2 400 \"Wrong\" @t\n"
                                  "answer error\n"
                                  "  code code @t\n"
                                  "object error\n"
                                  "  code string mandatory error-code @t\n"
                                  "operation Do POST /do @t\n"
                                  "  header\n"
                                  "    Key string optional @t\n"
                                  "  request\n"
                                  "    name string mandatory length 3..5 @t\n"
                                  "    tags array of string optional items ..2 enum a | <b> @t\n"
                                  "    gone integer optional range 1.. @t\n"
                                  "  response 400,404 object error\n"
                                  "operation Other GET /other @t\n";

static cmd_coverage *small_coverage(const bdc_ruleset *ruleset) {
  static const char *const bodies[] = { "{\"name\":\"Lea\",\"tags\":[\"<b>\",\"secret\"]}", "{\"name\":\"Li\",\"secret\":\"secret\"}",
                                        "{\"name\":null}" };
  cmd_coverage *coverage = cmd_coverage_new(ruleset);
  bdc_checker *checker = checker_of(ruleset, NULL);
  const bdc_operation *operation = operation_of(ruleset, "Do");
  for (size_t i = 0; i < 3; i++) {
    bdc_check_body(checker, operation, 0, bodies[i], strlen(bodies[i]));
    cmd_coverage_add(coverage, bdc_checker_report(checker), text_of(bodies[i]), NULL, NULL);
  }
  bdc_check_body(checker, operation, 404, "{\"code\":\"S.1\"}", 14);
  cmd_coverage_add(coverage, bdc_checker_report(checker), BDC_STR("{\"code\":\"S.1\"}"), NULL, NULL);
  bdc_checker_free(checker);
  return coverage;
}

static void expect_printed(void (*print)(const cmd_coverage *coverage, cmd_output *out), const char *expected) {
  bdc_ruleset *ruleset = ruleset_of(small_rules);
  cmd_coverage *coverage = small_coverage(ruleset);
  cmd_output out = CMD_MEMORY;
  print(coverage, &out);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_string_equal(out.data, expected);
  cmd_output_free(&out);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
}

static void print_text(const cmd_coverage *coverage, cmd_output *out) {
  cmd_coverage_put_text(coverage, out, CMD_COLOR_NEVER);
}

static void test_text(void **state) {
  (void)state;
  expect_printed(print_text, "p.s.Do  20 of 46 sides, 3 requests, 1 response\n"
                             "  header  not counted: no whole request was checked\n"
                             "  request  16 of 35, checked 3 times\n"
                             "    ~  (body)     3 of 6  never: missing, another type, refused null\n"
                             "    ~  name       5 of 9  never: length 5, length above 5, missing, another type\n"
                             "    ~  tags       4 of 7  never: items above 2, another type, refused null\n"
                             "    ~    (items)  3 of 6  never: another type, refused null, enum a\n"
                             "    ~  gone       1 of 7  never present\n"
                             "  response 400,404  4 of 11, checked 1 time\n"
                             "    ~  (body)  2 of 6  never: missing, another type, refused null, undocumented member\n"
                             "    ~  code    2 of 5  never: missing, another type, refused null\n"
                             "  statuses  1 of 2; never: 400\n"
                             "  errors  answered 2 of 2\n"
                             "  codes  1 of 2 stood in responses: S.1\n"
                             "\n"
                             "p.s.Other  not checked\n"
                             "\n"
                             "rule coverage: 20 of 46 sides exercised, of them 3 of 8 ends of ranges; 1 operation checked, 1 not\n");
}

static const char small_json[] = "{\"version\":1,\"checked_operations\":1,\"sides\":46,\"exercised\":20,\"ends\":8,\"ends_exercised\":"
                                 "3,\"operations\":[\n"
                                 "{\"operation\":\"p.s.Do\",\"rules\":\"test.rules\",\"requests\":3,\"responses\":1,\"sides\":46,\"exe"
                                 "rcised\":20,\"ends\":8,\"ends_exercised\":3,\n"
                                 " \"statuses\":[{\"status\":400,\"count\":0},{\"status\":404,\"count\":1}],\"undocumented_statuses\":"
                                 "0,\n"
                                 " \"errors\":[\n"
                                 "  {\"line\":5,\"where\":\"body\",\"field\":\"\",\"rules\":\"length.min\",\"status\":400,\"code\":\"S"
                                 ".1\",\"count\":1},\n"
                                 "  {\"line\":6,\"where\":\"body\",\"field\":\"\",\"rules\":\"*\",\"status\":400,\"code\":\"S.2\",\"co"
                                 "unt\":2}],\n"
                                 " \"codes\":[{\"code\":\"S.1\",\"count\":1}],\"code_count\":2,\n"
                                 " \"sections\":[\n"
                                 "  {\"in\":\"header\",\"direction\":\"request\",\"statuses\":[],\"checked\":0,\"counts\":false,\"side"
                                 "s\":2,\"exercised\":0,\"ends\":0,\"ends_exercised\":0,\"rows\":[\n"
                                 "   {\"row\":\"/Key\",\"type\":\"string\",\"line\":16,\"sides\":2,\"exercised\":0,\"ends\":0,\"ends_e"
                                 "xercised\":0,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":0"
                                 "},{\"rule\":\"presence\",\"kept\":true,\"side\":\"absent\",\"end\":false,\"count\":0}]}]},\n"
                                 "  {\"in\":\"body\",\"direction\":\"request\",\"statuses\":[],\"checked\":3,\"counts\":true,\"sides\""
                                 ":35,\"exercised\":16,\"ends\":8,\"ends_exercised\":3,\"rows\":[\n"
                                 "   {\"row\":\"\",\"type\":\"object\",\"line\":17,\"sides\":6,\"exercised\":3,\"ends\":0,\"ends_exerc"
                                 "ised\":0,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":3"
                                 "},{\"rule\":\"mandatory\",\"kept\":false,\"side\":\"missing\",\"end\":false,\"count\":0},{\"rule\":"
                                 "\"type\",\"kept\":true,\"side\":\"object\",\"end\":false,\"count\":3},{\"rule\":\"type\",\"kept\":fa"
                                 "lse,\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null\",\"kept\":false,\"side\":"
                                 "\"refused null\",\"end\":false,\"count\":0},{\"rule\":\"unknown\",\"kept\":false,\"side\":\"undocume"
                                 "nted member\",\"end\":false,\"count\":1}]},\n"
                                 "   {\"row\":\"/name\",\"type\":\"string\",\"line\":18,\"sides\":9,\"exercised\":5,\"ends\":4,\"ends_"
                                 "exercised\":2,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":3"
                                 "},{\"rule\":\"mandatory\",\"kept\":false,\"side\":\"missing\",\"end\":false,\"count\":0},{\"rule\":"
                                 "\"type\",\"kept\":true,\"side\":\"string\",\"end\":false,\"count\":2},{\"rule\":\"type\",\"kept\":fa"
                                 "lse,\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null\",\"kept\":false,\"side\":"
                                 "\"refused null\",\"end\":false,\"count\":1},{\"rule\":\"length.min\",\"kept\":true,\"side\":\"length"
                                 " 3\",\"end\":true,\"count\":1},{\"rule\":\"length.min\",\"kept\":false,\"side\":\"length below 3\","
                                 "\"end\":true,\"count\":1},{\"rule\":\"length.max\",\"kept\":true,\"side\":\"length 5\",\"end\":true,"
                                 "\"count\":0},{\"rule\":\"length.max\",\"kept\":false,\"side\":\"length above 5\",\"end\":true,\"coun"
                                 "t\":0}]},\n"
                                 "   {\"row\":\"/tags\",\"type\":\"array of string\",\"line\":19,\"sides\":7,\"exercised\":4,\"ends\":"
                                 "2,\"ends_exercised\":1,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":1"
                                 "},{\"rule\":\"presence\",\"kept\":true,\"side\":\"absent\",\"end\":false,\"count\":2},{\"rule\":\"ty"
                                 "pe\",\"kept\":true,\"side\":\"array\",\"end\":false,\"count\":1},{\"rule\":\"type\",\"kept\":false,"
                                 "\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null\",\"kept\":false,\"side\":\"re"
                                 "fused null\",\"end\":false,\"count\":0},{\"rule\":\"items\",\"kept\":true,\"side\":\"items 2\",\"end"
                                 "\":true,\"count\":1},{\"rule\":\"items\",\"kept\":false,\"side\":\"items above 2\",\"end\":true,\"co"
                                 "unt\":0}]},\n"
                                 "   {\"row\":\"/tags/*\",\"type\":\"string\",\"line\":19,\"sides\":6,\"exercised\":3,\"ends\":0,\"end"
                                 "s_exercised\":0,\n"
                                 "    \"by_side\":[{\"rule\":\"type\",\"kept\":true,\"side\":\"string\",\"end\":false,\"count\":2},{\""
                                 "rule\":\"type\",\"kept\":false,\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null"
                                 "\",\"kept\":false,\"side\":\"refused null\",\"end\":false,\"count\":0},{\"rule\":\"enum\",\"kept\":t"
                                 "rue,\"side\":\"enum a\",\"end\":false,\"count\":0},{\"rule\":\"enum\",\"kept\":true,\"side\":\"enum "
                                 "<b>\",\"end\":false,\"count\":1},{\"rule\":\"enum\",\"kept\":false,\"side\":\"outside the enum\",\"e"
                                 "nd\":false,\"count\":1}]},\n"
                                 "   {\"row\":\"/gone\",\"type\":\"integer\",\"line\":20,\"sides\":7,\"exercised\":1,\"ends\":2,\"ends"
                                 "_exercised\":0,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":0"
                                 "},{\"rule\":\"presence\",\"kept\":true,\"side\":\"absent\",\"end\":false,\"count\":3},{\"rule\":\"ty"
                                 "pe\",\"kept\":true,\"side\":\"integer\",\"end\":false,\"count\":0},{\"rule\":\"type\",\"kept\":false"
                                 ",\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null\",\"kept\":false,\"side\":\"r"
                                 "efused null\",\"end\":false,\"count\":0},{\"rule\":\"range\",\"kept\":true,\"side\":\"range 1\",\"en"
                                 "d\":true,\"count\":0},{\"rule\":\"range\",\"kept\":false,\"side\":\"outside the range\",\"end\":true"
                                 ",\"count\":0}]}]},\n"
                                 "  {\"in\":\"body\",\"direction\":\"response\",\"statuses\":[400,404],\"checked\":1,\"counts\":true,"
                                 "\"sides\":11,\"exercised\":4,\"ends\":0,\"ends_exercised\":0,\"rows\":[\n"
                                 "   {\"row\":\"\",\"type\":\"object error\",\"line\":21,\"sides\":6,\"exercised\":2,\"ends\":0,\"ends"
                                 "_exercised\":0,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":1"
                                 "},{\"rule\":\"mandatory\",\"kept\":false,\"side\":\"missing\",\"end\":false,\"count\":0},{\"rule\":"
                                 "\"type\",\"kept\":true,\"side\":\"object\",\"end\":false,\"count\":1},{\"rule\":\"type\",\"kept\":fa"
                                 "lse,\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null\",\"kept\":false,\"side\":"
                                 "\"refused null\",\"end\":false,\"count\":0},{\"rule\":\"unknown\",\"kept\":false,\"side\":\"undocume"
                                 "nted member\",\"end\":false,\"count\":0}]},\n"
                                 "   {\"row\":\"/code\",\"type\":\"string\",\"line\":13,\"sides\":5,\"exercised\":2,\"ends\":0,\"ends_"
                                 "exercised\":0,\n"
                                 "    \"by_side\":[{\"rule\":\"presence\",\"kept\":true,\"side\":\"present\",\"end\":false,\"count\":1"
                                 "},{\"rule\":\"mandatory\",\"kept\":false,\"side\":\"missing\",\"end\":false,\"count\":0},{\"rule\":"
                                 "\"type\",\"kept\":true,\"side\":\"string\",\"end\":false,\"count\":1},{\"rule\":\"type\",\"kept\":fa"
                                 "lse,\"side\":\"another type\",\"end\":false,\"count\":0},{\"rule\":\"null\",\"kept\":false,\"side\":"
                                 "\"refused null\",\"end\":false,\"count\":0}]}]}]},\n"
                                 "{\"operation\":\"p.s.Other\",\"rules\":\"test.rules\",\"requests\":0,\"responses\":0,\"sides\":0,\"e"
                                 "xercised\":0,\"ends\":0,\"ends_exercised\":0}]}\n";

static void test_json(void **state) {
  (void)state;
  expect_printed(cmd_coverage_put_json, small_json);
}

static bool has(const cmd_output *out, const char *text) {
  return strstr(out->data, text) != NULL;
}

static void test_html_escapes_what_the_rules_say_and_shows_nothing_that_was_sent(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(small_rules);
  cmd_coverage *coverage = small_coverage(ruleset);
  cmd_output out = CMD_MEMORY;
  cmd_coverage_put_html(coverage, &out);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_true(has(&out, "enum &lt;b&gt; <small>\xc3\x97"
                        "1</small>"));
  assert_false(has(&out, "enum <b>"));
  assert_false(has(&out, "secret"));
  assert_false(has(&out, "http:") || has(&out, "https:") || has(&out, "<script"));
  assert_true(has(&out, "<li class=\"never end\" title=\"never kept in this way\">\xe2\x80\x93 length 5 <small>never</small>"));
  assert_true(has(&out, "<li class=\"met end\" title=\"broken in this way 1 time\">\xe2\x9c\x93 length below 3 "));
  assert_true(has(&out, "p.<wbr>s.<wbr>Other</th><td colspan=\"5\" class=\"not-counted\">not checked</td>"));
  assert_true(has(&out, "since no whole request was checked: header."));
  cmd_output_free(&out);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
}

/* Rows that no message came near are not listed one by one. */
static void test_sections_that_no_message_was_held_against(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(small_rules);
  cmd_coverage *coverage = cmd_coverage_new(ruleset);
  bdc_checker *checker = checker_of(ruleset, NULL);
  cmd_output out = CMD_MEMORY;
  bdc_check_body(checker, operation_of(ruleset, "Do"), 400, "{}", 2);
  cmd_coverage_add(coverage, bdc_checker_report(checker), BDC_STR("{}"), NULL, NULL);
  cmd_coverage_put_text(coverage, &out, CMD_COLOR_NEVER);
  cmd_coverage_put_html(coverage, &out);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_true(has(&out, "  request  0 of 35, never checked\n  response 400,404  "));
  assert_true(has(&out, "<h3>request</h3>\n<details>\n<summary>never checked</summary>\n"));
  assert_false(has(&out, "<h3>response 400,404</h3>\n<details>"));
  cmd_output_free(&out);
  bdc_checker_free(checker);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
}

/* Also where there is nothing to show. */
static void test_rules_without_operations(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of("provider p\nservice s Empty\n");
  cmd_coverage *coverage = cmd_coverage_new(ruleset);
  cmd_output out = CMD_MEMORY;
  cmd_coverage_put_text(coverage, &out, CMD_COLOR_NEVER);
  cmd_coverage_put_html(coverage, &out);
  cmd_coverage_put_json(coverage, &out);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_true(has(&out, "rule coverage: 0 of 0 sides exercised, of them 0 of 0 ends of ranges; 0 operations checked\n"));
  assert_true(has(&out, "\"operations\":[]}"));
  cmd_output_free(&out);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
}

static void test_colours_change_nothing_else(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(small_rules);
  cmd_coverage *coverage = small_coverage(ruleset);
  cmd_output plain = CMD_MEMORY;
  cmd_output painted = CMD_MEMORY;
  cmd_coverage_put_text(coverage, &plain, CMD_COLOR_NEVER);
  cmd_coverage_put_text(coverage, &painted, CMD_COLOR_ALWAYS);
  size_t kept = 0;
  size_t escapes = 0;
  for (size_t i = 0; i < painted.size; i++) {
    if (painted.data[i] == '\033') {
      escapes++;
      i += strcspn(painted.data + i, "m");
    } else {
      painted.data[kept++] = painted.data[i];
    }
  }
  assert_true(escapes > 0);
  assert_int_equal(kept, plain.size);
  assert_memory_equal(painted.data, plain.data, kept);
  cmd_output_free(&plain);
  cmd_output_free(&painted);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_text),
    cmocka_unit_test(test_json),
    cmocka_unit_test(test_html_escapes_what_the_rules_say_and_shows_nothing_that_was_sent),
    cmocka_unit_test(test_sections_that_no_message_was_held_against),
    cmocka_unit_test(test_rules_without_operations),
    cmocka_unit_test(test_colours_change_nothing_else),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
