/* SPDX-License-Identifier: MIT */
/* What stands at a line and a column of a body, and what is said of it. */
#include "cover/at.h"
#include "unit/lab.h"
#include "unit/support.h"

#include <string.h>

static bdc_ruleset *lab;

static int load_lab(void **state) {
  (void)state;
  lab = ruleset_of(lab_rules);
  return 0;
}

static int free_lab(void **state) {
  (void)state;
  bdc_ruleset_free(lab);
  return 0;
}

static bdc_str text_of(const char *text) {
  return (bdc_str){ text, strlen(text) };
}

/* ---- places ---- */

static void expect_spot(const char *text, size_t line, size_t column, size_t offset) {
  cmd_spot spot = { .line = line, .column = column };
  assert_true(cmd_spot_find(&spot, text_of(text)));
  assert_int_equal(spot.offset, offset);
  cmd_spot back = { .offset = offset };
  cmd_spot_place(&back, text_of(text));
  assert_int_equal(back.line, line);
  assert_int_equal(back.column, column);
}

static void expect_no_spot(const char *text, size_t line, size_t column, size_t last_line, size_t last_column) {
  cmd_spot spot = { .line = line, .column = column };
  assert_false(cmd_spot_find(&spot, text_of(text)));
  assert_int_equal(spot.line, last_line);
  assert_int_equal(spot.column, last_column);
}

static void test_columns_count_characters(void **state) {
  (void)state;
  expect_spot("ab\n\xe4\xb8\xad\xf0\x9f\x98\x80x\n", 1, 1, 0);
  expect_spot("ab\n\xe4\xb8\xad\xf0\x9f\x98\x80x\n", 1, 3, 2);
  expect_spot("ab\n\xe4\xb8\xad\xf0\x9f\x98\x80x\n", 2, 2, 6);
  expect_spot("ab\n\xe4\xb8\xad\xf0\x9f\x98\x80x\n", 2, 4, 11);
  expect_spot("ab\n\xe4\xb8\xad\xf0\x9f\x98\x80x\n", 3, 1, 12);
  expect_spot("", 1, 1, 0);
  expect_spot("\xff\xfe", 1, 2, 1);
  expect_spot("\r\n1", 2, 1, 2);
}

static void test_places_that_there_are_not(void **state) {
  (void)state;
  expect_no_spot("ab\nc", 3, 1, 2, 1);
  expect_no_spot("ab\nc", 900, 7, 2, 7);
  expect_no_spot("ab\nc", 1, 4, 1, 3);
  expect_no_spot("ab\nc", 2, 3, 2, 2);
  expect_no_spot("", 1, 2, 1, 1);
  expect_no_spot("", 2, 1, 1, 1);
  expect_no_spot("a", 0, 1, 0, 1);
  expect_no_spot("a", 1, 0, 1, 0);
}

/* ---- values ---- */

/* What stands at an offset: the type of its row, or "-", and its pointer; in brackets where it is the name. */
static void expect_at(const char *body, size_t offset, const char *expected) {
  bdc_section_info section;
  blob told = { 0 };
  assert_true(cmd_section_find(operation_of(lab, "Put"), 0, &section));
  cmd_at at = cmd_at_find(text_of(body), &section, offset);
  bdc_str type = at.row ? bdc_row_describe(at.row).type : BDC_STR("-");
  bdc_str pointer = cmd_output_text(&at.pointer);
  if (at.found) {
    blob_print(&told, at.in_name ? "[%.*s] %.*s" : "%.*s %.*s", (int)type.size, type.data, (int)pointer.size, pointer.data);
  } else {
    blob_print(&told, at.whole ? "nothing" : "no JSON from %zu", at.fault);
  }
  assert_string_equal(told.data, expected);
  blob_free(&told);
  cmd_at_free(&at);
}

static void test_the_innermost_value_is_meant(void **state) {
  (void)state;
  const char body[] = " {\"person\" : { \"name\":\"Li\" ,\"tags\":[\"a\",\"b\"] }, \"x\":[{\"name\":1}]} ";
  static const struct {
    size_t offset;
    const char *expected;
  } places[] = {
    { 0, "nothing" },
    { 1, "object " },
    { 2, "[object person] /person" },
    { 9, "[object person] /person" },
    { 11, "[object person] /person" },
    { 13, "object person /person" },
    { 14, "object person /person" },
    { 15, "[string] /person/name" },
    { 22, "string /person/name" },
    { 25, "string /person/name" },
    { 26, "object person /person" },
    { 35, "array of string /person/tags" },
    { 36, "string /person/tags/0" },
    { 39, "array of string /person/tags" },
    { 42, "string /person/tags/1" },
    { 45, "object person /person" },
    { 46, "object " },
    { 48, "[-] /x" },
    { 53, "- /x/0" },
    { 54, "[-] /x/0/name" },
    { 64, "object " },
    { 65, "nothing" },
    { 66, "nothing" },
  };
  for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
    expect_at(body, places[i].offset, places[i].expected);
  }
}

static void test_before_a_fault_values_are_known_and_behind_it_not(void **state) {
  (void)state;
  const char body[] = "{\"flag\":true,\"person\":{\"age\":1,}}";
  expect_at(body, 8, "boolean /flag");
  expect_at(body, 29, "integer /person/age");
  expect_at(body, 22, "no JSON from 31");
  expect_at(body, 32, "no JSON from 31");
}

/* ---- what is said ---- */

static void expect_said(int http_status, const char *body, size_t line, size_t column, const char *expected) {
  cmd_output out = CMD_MEMORY;
  int status = cmd_explain_at_text(&out, operation_of(lab, "Put"), http_status, BDC_STR("a.json"), text_of(body), line, column);
  cmd_put(&out, (bdc_str){ "", 1 });
  assert_string_equal(out.data, expected);
  assert_int_equal(status, expected[0] == '\0' ? 2 : 0);
  cmd_output_free(&out);
}

static void test_row_rules_and_source_are_said_and_the_value_is_not(void **state) {
  (void)state;
  expect_said(0, "{\n  \"person\": {\"name\": \"hidden\"}\n}", 2, 24,
              "place      a.json:2:24\n"
              "pointer    /person/name\n"
              "operation  lab.lab.Put, request\n"
              "row        name\n"
              "type       string\n"
              "presence   mandatory\n"
              "rules      length 2..4  charset [{letter}\\p{Han}]\n"
              "rule file  test.rules:28\n"
              "source     @t\n"
              "\n"
              "sources\n"
              "  @t  the tests\n");
  expect_said(0, "{\"people\": [{\"tags\": [\"hidden\"]}]}", 1, 24,
              "place      a.json:1:24\n"
              "pointer    /people/0/tags/0\n"
              "operation  lab.lab.Put, request\n"
              "row        (items)\n"
              "type       string\n"
              "rules      enum a | b | cc\n"
              "rule file  test.rules:30\n"
              "source     @t\n"
              "\n"
              "sources\n"
              "  @t  the tests\n");
  expect_said(200, "{\"id\": 1}", 1, 1,
              "place      a.json:1:1\n"
              "pointer    (the whole body)\n"
              "operation  lab.lab.Put, response 200\n"
              "row        (body)\n"
              "type       object\n"
              "rule file  test.rules:85\n"
              "source     @t\n"
              "\n"
              "sources\n"
              "  @t  the tests\n");
}

static void test_what_is_undocumented_is_said_to_be(void **state) {
  (void)state;
  expect_said(0, "{\"new\": [\"hidden\"]}", 1, 3,
              "place      a.json:1:3, in a name\n"
              "pointer    /new\n"
              "operation  lab.lab.Put, request\n"
              "row        none: the member is undocumented\n");
  expect_said(0, "{\"new\": [\"hidden\"]}", 1, 11,
              "place      a.json:1:11\n"
              "pointer    /new/0\n"
              "operation  lab.lab.Put, request\n"
              "row        none: what is around it is undocumented, of another type than documented, or of any type\n");
}

static void test_nothing_is_printed_where_there_is_nothing(void **state) {
  (void)state;
  expect_said(0, "{} ", 1, 3, "");
  expect_said(0, "{}", 2, 1, "");
  expect_said(0, "{}", 1, 9, "");
  expect_said(0, "{}", 0, 1, "");
  expect_said(0, "{\"a\":", 1, 3, "");
  expect_said(0, "", 1, 1, "");
  expect_said(404, "{}", 1, 1, "");
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(test_columns_count_characters),
    cmocka_unit_test(test_places_that_there_are_not),
    cmocka_unit_test(test_the_innermost_value_is_meant),
    cmocka_unit_test(test_before_a_fault_values_are_known_and_behind_it_not),
    cmocka_unit_test(test_row_rules_and_source_are_said_and_the_value_is_not),
    cmocka_unit_test(test_what_is_undocumented_is_said_to_be),
    cmocka_unit_test(test_nothing_is_printed_where_there_is_nothing),
  };
  return cmocka_run_group_tests(tests, load_lab, free_lab);
}
