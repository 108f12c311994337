/* SPDX-License-Identifier: MIT */
/* What is rare: tables of a shape that the shipped ones do not have, arguments and limits at their ends. */
#include "unit/support.h"

#include "base/text.h"
#include "base/utf8.h"
#include "unit/lab.h"

#include <bodycheck/table.h>

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define HEAD "provider p\nservice s A\nsource t x\n"

static void assert_violations(const bdc_checker *checker, const char *sent, const char *expected) {
  blob found = { 0 };
  blob_add(&found, "", 0);
  violations_write(&found, bdc_checker_report(checker));
  if (strcmp(found.data, expected) != 0) {
    fail_msg("%s:\n%sexpected:\n%s", sent, found.data, expected);
  }
  blob_free(&found);
}

/* The violations of a request body, one a line. */
static void check(const bdc_ruleset *ruleset, const bdc_limits *limits, const char *body, const char *expected) {
  bdc_settings settings = { .limits = *limits };
  bdc_checker *checker = checker_of(ruleset, &settings);
  check_copy(checker, bdc_operation_at(ruleset, 0), 0, (bdc_str){ body, strlen(body) });
  assert_violations(checker, body, expected);
  bdc_checker_free(checker);
}

/* The violations of a request with a target. Frees the rule set, which is made for these cases. */
typedef struct target_case {
  const char *target;
  const char *expected;
} target_case;

static void check_targets(bdc_ruleset *ruleset, const bdc_limits *limits, const target_case *cases, size_t count) {
  bdc_settings settings = { .limits = *limits };
  bdc_checker *checker = checker_of(ruleset, &settings);
  for (size_t i = 0; i < count; i++) {
    bdc_request request = { .method = BDC_STR("PUT"), .target = { cases[i].target, strlen(cases[i].target) } };
    bdc_check_request(checker, &request);
    assert_violations(checker, cases[i].target, cases[i].expected);
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static const bdc_limits usual = { .depth = 0 };

/* ---- tables ---- */

/* Which rows have been seen takes more than one word, in each object anew. */
static void an_object_may_have_more_rows_than_a_word_has_bits(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, HEAD "object wide\n");
  for (int i = 0; i < 70; i++) {
    blob_print(&rules, "  r%d integer %s @t\n", i, i == 1 || i == 69 ? "mandatory" : "optional");
  }
  blob_print(&rules, "operation O PUT /o @t\n  request\n    all array of object wide optional @t\n");
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  check(ruleset, &usual, "{\"all\":[{\"r1\":1,\"r69\":1},{\"r69\":2,\"r1\":2,\"r65\":3}]}", "");
  check(ruleset, &usual, "{\"all\":[{\"r1\":1,\"r69\":1,\"r1\":1,\"r69\":1}]}",
        "duplicate error body </all/0/r1> <r1> 24\nduplicate error body </all/0/r69> <r69> 31\n");
  check(ruleset, &usual, "{\"all\":[{\"r1\":1,\"r69\":1},{\"r0\":1},{}]}",
        "mandatory error body </all/1/r1> <r1> 25\nmandatory error body </all/1/r69> <r69> 25\n"
        "mandatory error body </all/2/r1> <r1> 34\nmandatory error body </all/2/r69> <r69> 34\n");
  bdc_ruleset_free(ruleset);
  blob_free(&rules);
}

/* So many that their places in the set of names do not fit into 16 bits. Those of an object that is closed are forgotten. */
static void a_body_may_have_more_names_than_16_bits_count(void **state) {
  (void)state;
  enum { KEYS = 70000 };
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o @t\n  request\n    all array of map of integer optional @t\n");
  const bdc_limits limits = { .names = KEYS };
  blob body = { 0 };
  blob_print(&body, "{\"all\":[");
  for (int object = 0; object < 2; object++) {
    blob_print(&body, object ? ",{" : "{");
    for (int i = 0; i < KEYS; i++) {
      blob_print(&body, "%s\"%d\":1", i ? "," : "", i);
    }
    blob_print(&body, "}");
  }
  size_t before = body.size;
  blob_print(&body, "]}");
  check(ruleset, &limits, body.data, "");
  body.size = before - 1;
  blob_print(&body, ",\"69999\":1}]}");
  blob expected = { 0 };
  blob_print(&expected, "duplicate error body </all/1/69999> <69999> %zu\n", before);
  check(ruleset, &limits, body.data, expected.data);
  bdc_ruleset_free(ruleset);
  blob_free(&body);
  blob_free(&expected);
}

static void a_range_may_have_one_end(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o @t\n  request\n    low integer optional range 5.. @t\n"
                                         "    high number optional range ..1.5 @t\n");
  bdc_checker *checker = checker_of(ruleset, NULL);
  static const char body[] = "{\"low\":4,\"high\":1.6}";
  static const char *const messages[] = { "must be at least 5", "must be at most 1.5" };
  bdc_check_body(checker, bdc_operation_at(ruleset, 0), 0, body, sizeof body - 1);
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(report->violation_count, LENGTH(messages));
  for (size_t i = 0; i < LENGTH(messages); i++) {
    char text[64];
    assert_int_equal(bdc_violation_message(&report->violations[i], text, sizeof text, NULL), BDC_OK);
    assert_string_equal(text, messages[i]);
  }
  check(ruleset, &usual, "{\"low\":5,\"high\":-1e9}", "");
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static void heads_have_rows_of_every_scalar_type(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o/{p} @t\n  path\n    p long mandatory @t\n  header\n"
                                         "    X-Any any optional @t\n    X-Flag boolean optional @t\n    X-Long long optional @t\n");
  static const struct {
    const char *target;
    const char *values[3];
    const char *expected;
  } cases[] = {
    { "/o/9223372036854775807", { "{", "false", "-9223372036854775808" }, "" },
    { "/o/9223372036854775808", { "", "true", "1.5" }, "range error path <> <p> 3\ntype error header <> <X-Long> 0\n" },
    { "/o/...", { "", "False", "1" }, "type error path <> <p> 3\ntype error header <> <X-Flag> 0\n" },
    { "/o/..", { "", "true", "1" }, "syntax error path <> <p> 3\n" },
  };
  bdc_checker *checker = checker_of(ruleset, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_header headers[] = { { BDC_STR("X-Any"), { 0 } }, { BDC_STR("X-Flag"), { 0 } }, { BDC_STR("X-Long"), { 0 } } };
    for (size_t j = 0; j < LENGTH(headers); j++) {
      headers[j].value = (bdc_str){ cases[i].values[j], strlen(cases[i].values[j]) };
    }
    bdc_request request = { .method = BDC_STR("PUT"),
                            .target = { cases[i].target, strlen(cases[i].target) },
                            .headers = headers,
                            .header_count = LENGTH(headers) };
    bdc_check_request(checker, &request);
    assert_violations(checker, cases[i].target, cases[i].expected);
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static void names_and_infos_beyond_the_last_are_empty(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(bdc_service_answer(service, 99).name.size, 0);
  assert_int_equal(bdc_service_class(service, 99).name.size, 0);
  assert_int_equal(bdc_service_code(service, 99).code.size, 0);
  assert_int_equal(bdc_service_error(service, 99).code.size, 0);
  assert_int_equal(bdc_service_source(service, 99).tag.size, 0);
  assert_int_equal(bdc_service_host(service, 99).pattern.size, 0);
  assert_string_equal(bdc_kind_name((bdc_kind)99), "?");
  assert_string_equal(bdc_format_name((bdc_format)99), "?");
  bdc_ruleset_free(ruleset);
}

/* Rows for which there are quick ways only nearly. */
static void rows_that_nearly_have_a_quick_way_are_checked_all_the_same(void **state) {
  (void)state;
  bdc_ruleset *ruleset =
      ruleset_of(HEAD "operation O PUT /o @t\n  request\n    a string optional length 70000.. @t\n"
                      "    b string optional enum \"a\\\"b\" | \"c\\\\d\" | \xc3\xa9 | \"\" @t\n"
                      "    c integer optional enum -1 | 10 | 0 @t\n    d long optional enum 9223372036854775807 @t\n"
                      "    e integer optional range 99999999999.. @t\n    f long optional range ..-99999999999 @t\n"
                      "    g string optional format date-time enum 2020-01-01T00:00:00Z @t\n"
                      "    h long optional range 0.. @t\n    i long optional enum 10 | 5 @t\n"
                      "    j array of string optional items 2.. @t\n    k string optional length 3.. start [a] @t\n"
                      "    l integer optional range 2147483647.. @t\n    m string optional enum a~b | \xc3\xbf @t\n");
  check(ruleset, &usual,
        "{\"b\":\"a\\\"b\",\"c\":-1,\"d\":9223372036854775807,\"f\":-99999999999,\"g\":\"2020-01-01T00:00:00Z\",\"h\":0,\"i\":10,"
        "\"j\":[\"\",\"\"],\"k\":\"abc\",\"l\":2147483647,\"m\":\"a~b\"}",
        "");
  check(ruleset, &usual, "{\"a\":\"\",\"b\":\"ab\",\"c\":1,\"d\":0}",
        "length.min error body </a> <a> 5\nenum error body </b> <b> 12\nenum error body </c> <c> 21\nenum error body </d> <d> 27\n");
  check(ruleset, &usual, "{\"e\":1,\"f\":0,\"g\":\"2020-01-01T00:00:01Z\",\"h\":-1,\"i\":11}",
        "range error body </e> <e> 5\nrange error body </f> <f> 11\nenum error body </g> <g> 17\nrange error body </h> <h> 44\n"
        "enum error body </i> <i> 51\n");
  check(ruleset, &usual, "{\"j\":[\"\"],\"k\":\"b\",\"l\":2147483646,\"m\":\"a\"}",
        "items error body </j> <j> 5\nlength.min error body </k> <k> 14\nstart error body </k> <k> 15\nrange error body </l> <l> 22\n"
        "enum error body </m> <m> 37\n");
  bdc_ruleset_free(ruleset);
}

static void rows_of_figures_beyond_all_that_is_sent_are_checked(void **state) {
  (void)state;
  bdc_ruleset *ruleset =
      ruleset_of(HEAD "operation O PUT /o @t\n  request\n    a string optional length 99999999999.. @t\n"
                      "    b long optional format epoch-ms range 1578284788000.. @t\n"
                      "    c long optional format epoch-ms enum 1578284788000 @t\n    d long optional range ..0 @t\n");
  check(ruleset, &usual, "{\"b\":1578284788000,\"c\":1578284788000,\"d\":0}", "");
  check(ruleset, &usual, "{\"a\":\"x\",\"b\":1578284787999,\"c\":1578284788001,\"d\":1}",
        "length.min error body </a> <a> 5\nrange error body </b> <b> 13\nenum error body </c> <c> 31\nrange error body </d> <d> 49\n");
  bdc_ruleset_free(ruleset);
}

/* Whoever asks for no diagnostics, or has them told to nobody, is told by the status alone. */
static void mistakes_need_nobody_to_listen(void **state) {
  (void)state;
  const bdc_rule_text text = { BDC_STR("f"), BDC_STR("nonsense\n") };
  const bdc_diagnostics nobody = { NULL, NULL };
  bdc_ruleset *ruleset = (bdc_ruleset *)1;
  assert_int_equal(bdc_ruleset_parse(&text, 1, NULL, &ruleset, &nobody), BDC_ERR_RULES);
  assert_null(ruleset);
  assert_int_equal(bdc_ruleset_parse(&text, 1, NULL, &ruleset, NULL), BDC_ERR_RULES);
}

/* ---- limits ---- */

static void each_limit_has_an_end_of_its_own(void **state) {
  (void)state;
  static const bdc_limits beyond[] = {
    { .body_size = SIZE_MAX }, { .depth = SIZE_MAX }, { .names = SIZE_MAX }, { .value_size = SIZE_MAX }, { .violations = SIZE_MAX }
  };
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  for (size_t i = 0; i < LENGTH(beyond); i++) {
    bdc_settings settings = { .limits = beyond[i] };
    bdc_checker *checker = (bdc_checker *)1;
    assert_int_equal(bdc_checker_new(ruleset, &settings, &checker), BDC_ERR_ARGUMENT);
    assert_null(checker);
  }
  bdc_checker *checker = (bdc_checker *)1;
  assert_int_equal(bdc_checker_new(ruleset, &(bdc_settings){ .layout_memory = SIZE_MAX }, &checker), BDC_ERR_ARGUMENT);
  assert_null(checker);
  assert_int_equal(bdc_checker_new(ruleset, NULL, NULL), BDC_ERR_ARGUMENT);
  bdc_ruleset_free(ruleset);
}

/* 4 KiB where nothing is said: others change what a checker takes by as much. */
static void layouts_take_the_memory_that_the_settings_give_them(void **state) {
  (void)state;
  static const size_t memories[] = { 0, 4096, 64, 1 << 20 };
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  size_t bytes[LENGTH(memories)];
  for (size_t i = 0; i < LENGTH(memories); i++) {
    counter count = { 0 };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_settings settings = { .allocator = &allocator, .kernel = "plain", .layout_memory = memories[i] };
    bdc_checker *checker = checker_of(ruleset, &settings);
    bytes[i] = count.bytes;
    bdc_checker_free(checker);
  }
  assert_int_equal(bytes[0], bytes[1]);
  assert_true(bytes[2] < bytes[1]);
  assert_true(bytes[3] - bytes[1] >= memories[3] - memories[1]);
  bdc_ruleset_free(ruleset);
}

/* What PCRE2 cannot tell within its steps is beyond a limit, not outside a class. */
static void a_class_that_takes_too_many_steps_is_a_limit(void **state) {
  (void)state;
  static const bdc_limits few = { .pattern_steps = 1, .value_size = 64 };
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o @t\n  request\n    a string optional charset [\\p{Han}] @t\n"
                                         "    b string optional start [\\p{Han}] @t\n");
  bdc_settings settings = { .limits = few };
  bdc_checker *checker = checker_of(ruleset, &settings);
  static const char body[] = "{\"a\":\"\xe6\x9d\x8e\",\"b\":\"\xe6\x9d\x8e\"}";
  bdc_verdict verdict = bdc_check_body(checker, bdc_operation_at(ruleset, 0), 0, body, sizeof body - 1);
  const bdc_report *report = bdc_checker_report(checker);
  for (size_t i = 0; i < report->violation_count; i++) {
    assert_int_equal(report->violations[i].rule, BDC_RULE_LIMIT);
  }
  assert_int_equal(verdict, report->violation_count ? BDC_INVALID : BDC_VALID);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

/* Of a number that is longer than what is held, it is known that it is one; a rule that must see all of it cannot be judged. */
static void numbers_of_heads_may_be_longer_than_what_is_held(void **state) {
  (void)state;
  static const bdc_limits small = { .value_size = 8 };
  static const target_case cases[] = {
    { "/o/123456789?free=1.123456789", "limit error path <> <p> 3\n" },
    { "/o/1?free=123456789012345678901234567890", "" },
    { "/o/1?bound=123456789", "limit error query <> <bound> 11\n" },
    { "/o/1?least=1.23456789", "limit error query <> <least> 11\n" },
    { "/o/1?bo%75nd=7&%zz=1", "unknown warning query <> <%zz> 15\n" },
  };
  bdc_ruleset *ruleset =
      ruleset_of(HEAD "operation O PUT /o/{p} @t\n  path\n    p long mandatory @t\n  query\n    free number optional @t\n"
                      "    bound number optional range ..9 @t\n    least number optional range 1.. @t\n");
  check_targets(ruleset, &small, cases, LENGTH(cases));
}

/* The pointer of a member leaves out the names that the path has no room for. */
static void a_path_of_long_names_is_cut(void **state) {
  (void)state;
  enum { LEVELS = 40, NAME = 64 };
  blob body = { 0 };
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o @t\n  request\n    any any optional @t\n");
  blob_print(&body, "{\"any\":");
  for (int i = 0; i < LEVELS; i++) {
    blob_print(&body, "{\"");
    blob_repeat(&body, "x", NAME);
    blob_print(&body, "\":");
  }
  blob_print(&body, "{\"a\":1,\"a\":2}");
  blob_repeat(&body, "}", LEVELS + 1);
  bdc_checker *checker = checker_of(ruleset, NULL);
  assert_int_equal(check_copy(checker, bdc_operation_at(ruleset, 0), 0, blob_str(&body)), BDC_INVALID);
  const bdc_violation *violation = &bdc_checker_report(checker)->violations[0];
  assert_int_equal(violation->rule, BDC_RULE_DUPLICATE);
  assert_true(violation->pointer.size > (size_t)LEVELS / 2 * NAME && violation->pointer.size < 2048 + NAME);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  blob_free(&body);
}

/* The interpreter of PCRE2, which stands in where there is no memory for its JIT code, counts steps within a class too. */
static void a_class_without_jit_code_reaches_its_limit(void **state) {
  (void)state;
  static const char rules[] = HEAD "operation O PUT /o @t\n  request\n    a string optional charset [\\p{Han}] @t\n"
                                   "    b string optional start [\\p{Han}] @t\n";
  bdc_rule_text text = { BDC_STR("f"), { rules, sizeof rules - 1 } };
  bool limits[2] = { false };
  for (size_t fail_at = 1, calls = SIZE_MAX; fail_at <= calls; fail_at++) {
    counter count = { .fail_at = fail_at };
    bdc_allocator allocator = counter_allocator(&count);
    bdc_options options = { .allocator = &allocator, .without_builtin = true };
    bdc_ruleset *ruleset = NULL;
    if (bdc_ruleset_parse(&text, 1, &options, &ruleset, NULL) == BDC_OK) {
      bdc_settings settings = { .limits = { .pattern_steps = 1 } };
      bdc_checker *checker = checker_of(ruleset, &settings);
      static const char body[] = "{\"a\":\"\xe6\x9d\x8e\",\"b\":\"\xe6\x9d\x8e\"}";
      bdc_check_body(checker, bdc_operation_at(ruleset, 0), 0, body, sizeof body - 1);
      const bdc_report *report = bdc_checker_report(checker);
      for (size_t i = 0; i < report->violation_count; i++) {
        assert_int_equal(report->violations[i].rule, BDC_RULE_LIMIT);
        limits[report->violations[i].field.data[0] - 'a'] = true;
      }
      bdc_checker_free(checker);
    }
    bdc_ruleset_free(ruleset);
    calls = count.calls < fail_at ? count.calls : calls;
  }
  assert_true(limits[0] && limits[1]);
}

/* ---- heads ---- */

static void encoded_values_of_heads_are_read_as_plain_ones_are(void **state) {
  (void)state;
  static const bdc_limits small = { .value_size = 8 };
  static const target_case cases[] = {
    { "/o/%2e%2e%2e?n=1", "" },
    { "/o/%2e%2e?n=1", "syntax error path <> <p> 3\n" },
    { "/o/a?n=%31%32%33%34%35%36%37%38", "" },
    { "/o/a?n=%31%32%33%34%35%36%37%38%39%30", "limit error query <> <n> 7\n" },
  };
  bdc_ruleset *ruleset =
      ruleset_of(HEAD "operation O PUT /o/{p} @t\n  path\n    p string mandatory @t\n  query\n    n long mandatory @t\n");
  check_targets(ruleset, &small, cases, LENGTH(cases));
}

/* No row has a name of so many bytes: there is no need to read on. */
static void a_parameter_with_a_name_longer_than_any_row_has_is_undocumented(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(HEAD "operation O PUT /o @t\n  query\n    n long optional @t\n");
  bdc_checker *checker = checker_of(ruleset, NULL);
  blob target = { 0 };
  blob_print(&target, "/o?");
  blob_repeat(&target, "n", 1000);
  blob_print(&target, "=1");
  bdc_request request = { .method = BDC_STR("PUT"), .target = blob_str(&target) };
  assert_int_equal(bdc_check_request(checker, &request), BDC_VALID);
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(report->violation_count, 1);
  assert_int_equal(report->violations[0].rule, BDC_RULE_UNKNOWN);
  assert_int_equal(report->violations[0].offset, 3);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  blob_free(&target);
}

/* Two rule sets of one text have operations of one name, and still are none of each other's. */
static void an_operation_of_another_rule_set_is_refused_by_every_kernel(void **state) {
  (void)state;
  static const char rules[] = HEAD "operation O PUT /o @t\n  request\n    a long optional @t\n";
  bdc_ruleset *own = ruleset_of(rules);
  bdc_ruleset *other = ruleset_of(rules);
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    bdc_checker *checker = checker_of(own, &(bdc_settings){ .kernel = bdc_kernel_name(i) });
    assert_int_equal(bdc_check_body(checker, bdc_operation_at(own, 0), 0, "{\"a\":1}", 7), BDC_VALID);
    assert_int_equal(bdc_check_body(checker, bdc_operation_at(other, 0), 0, "{\"a\":1}", 7), BDC_UNCHECKED);
    assert_int_equal(bdc_checker_report(checker)->status, BDC_ERR_ARGUMENT);
    bdc_checker_free(checker);
  }
  bdc_ruleset_free(own);
  bdc_ruleset_free(other);
}

/* ---- statuses, texts ---- */

static void a_status_beyond_599_is_no_documented_error(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(lab_rules);
  bdc_checker *checker = checker_of(ruleset, NULL);
  const bdc_operation *operation = operation_of(ruleset, "lab.Put");
  assert_int_equal(bdc_check_body(checker, operation, 600, "{}", 2), BDC_INVALID);
  assert_violations(checker, "600", "status error status <> <> 0\n");
  const bdc_response response = { .status = 200 };
  assert_int_equal(bdc_check_begin_response(checker, NULL, &response), BDC_ERR_ARGUMENT);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

/* The neighbours of marks that hide or turn text are characters like any others. */
static void only_marks_are_escaped(void **state) {
  (void)state;
  static const uint32_t plain[] = { 0x200a, 0x2010, 0x2027, 0x202f, 0x205f, 0x2070, 0xfefe, 0xff00, 0xa0, 0x061b, 0x061d };
  for (size_t i = 0; i < LENGTH(plain); i++) {
    char character[4];
    char room[16];
    size_t needed;
    bdc_str sent = { character, bdc__utf8_encode(plain[i], character) };
    bdc__text text = bdc__text_in(room, sizeof room);
    bdc__text_add_escaped(&text, sent);
    assert_int_equal(bdc__text_end(&text, &needed), BDC_OK);
    assert_int_equal(needed, sent.size);
    assert_memory_equal(room, character, sent.size);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_object_may_have_more_rows_than_a_word_has_bits),
    cmocka_unit_test(a_body_may_have_more_names_than_16_bits_count),
    cmocka_unit_test(a_range_may_have_one_end),
    cmocka_unit_test(heads_have_rows_of_every_scalar_type),
    cmocka_unit_test(names_and_infos_beyond_the_last_are_empty),
    cmocka_unit_test(rows_that_nearly_have_a_quick_way_are_checked_all_the_same),
    cmocka_unit_test(rows_of_figures_beyond_all_that_is_sent_are_checked),
    cmocka_unit_test(mistakes_need_nobody_to_listen),
    cmocka_unit_test(each_limit_has_an_end_of_its_own),
    cmocka_unit_test(layouts_take_the_memory_that_the_settings_give_them),
    cmocka_unit_test(a_class_that_takes_too_many_steps_is_a_limit),
    cmocka_unit_test(a_class_without_jit_code_reaches_its_limit),
    cmocka_unit_test(encoded_values_of_heads_are_read_as_plain_ones_are),
    cmocka_unit_test(a_parameter_with_a_name_longer_than_any_row_has_is_undocumented),
    cmocka_unit_test(an_operation_of_another_rule_set_is_refused_by_every_kernel),
    cmocka_unit_test(numbers_of_heads_may_be_longer_than_what_is_held),
    cmocka_unit_test(a_path_of_long_names_is_cut),
    cmocka_unit_test(a_status_beyond_599_is_no_documented_error),
    cmocka_unit_test(only_marks_are_escaped),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
