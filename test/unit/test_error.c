/* SPDX-License-Identifier: MIT */
/* The documented error written out: its body to the byte, its room, and that it is itself a valid response of the operation. */
#include "unit/lab.h"
#include "unit/support.h"

#include <bodycheck/table.h>

#include "base/str.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define APIG "huaweicloud.apig.UpdateAppV2"
#define OTC "otc.apig.UpdateAppV2"
#define ROMA "huaweicloud.roma.UpdateRomaApp"
#define DATAARTS "huaweicloud.dataarts.UpdateApp"
#define WORKSPACE "huaweicloud.workspace.UpdateApp"

static bdc_ruleset *builtin;

static int make_ruleset(void **state) {
  (void)state;
  builtin = ruleset_builtin();
  return 0;
}

static int free_ruleset(void **state) {
  (void)state;
  bdc_ruleset_free(builtin);
  return 0;
}

/* A request of only a body, or a response, with an id. */
static const bdc_report *report_of(bdc_checker *checker, const bdc_operation *operation, int http_status, bdc_str body, bdc_str id) {
  static const bdc_header headers[] = { { BDC_STR("X-Auth-Token"), BDC_STR("t") },
                                        { BDC_STR("workspace"), BDC_STR("w") },
                                        { BDC_STR("Content-Type"), BDC_STR("application/json") } };
  if (http_status) {
    bdc_response response = { .status = http_status, .body = body.data, .body_size = body.size, .request_id = id };
    bdc_check_response(checker, operation, &response);
  } else {
    bdc_request request = { .operation = operation,
                            .headers = headers,
                            .header_count = LENGTH(headers),
                            .body = body.data,
                            .body_size = body.size,
                            .request_id = id };
    bdc_check_request(checker, &request);
  }
  return bdc_checker_report(checker);
}

typedef struct render_case {
  const char *operation;
  int http_status;
  const char *body;
  const char *id;
  int error_status;
  const char *rendered;
} render_case;

static const render_case cases[] = {
  { APIG, 0, "{\"name\":\"ab\"}", "", 400,
    "{\"error_code\":\"APIG.2005\",\"error_msg\":\"The parameter is too short,parameterName:name. Please refer to the support "
    "documentation\"}" },
  { APIG, 0, "{\"name\":\"ab\"}", "id-1", 400,
    "{\"error_code\":\"APIG.2005\",\"error_msg\":\"The parameter is too short,parameterName:name. Please refer to the support "
    "documentation\"}" },
  { APIG, 0, "{\"name\":\"abc\",\"remark\":1}", "", 400,
    "{\"error_code\":\"APIG.2012\",\"error_msg\":\"Invalid parameter value,parameterName:remark. Please refer to the support "
    "documentation\"}" },
  { APIG, 0, "{}", "", 400,
    "{\"error_code\":\"APIG.2001\",\"error_msg\":\"The request parameters must be specified,parameterName:name. Please refer to the "
    "support "
    "documentation\"}" },
  { APIG, 0, "{", "", 400, "{\"error_code\":\"APIG.2000\",\"error_msg\":\"Parameter error.\"}" },
  { APIG, 0, "[]", "", 400,
    "{\"error_code\":\"APIG.2012\",\"error_msg\":\"Invalid parameter value,parameterName:body. Please refer to the support "
    "documentation\"}" },
  { APIG, 200, "{\"status\":2}", "", 500, "{\"error_code\":\"APIG.9999\",\"error_msg\":\"System error\"}" },
  { OTC, 0, "{\"name\":\"abc\",\"app_key\":\"-2345678\"}", "", 400,
    "{\"error_code\":\"APIG.2012\",\"error_msg\":\"Invalid parameter value,parameterName:app_key. Please refer to the support "
    "documentation\"}" },
  { OTC, 201, "{\"creator\":\"user\"}", "x", 500, "{\"error_code\":\"APIG.9999\",\"error_msg\":\"System error\"}" },
  { ROMA, 0, "{\"name\":\"\"}", "", 400,
    "{\"error_code\":\"ROMA.13000\",\"error_msg\":\"Invalid parameters.\",\"error_details\":\"name must have 1 to 256 characters; has "
    "0\"}" },
  { ROMA, 0, "{\"name\":\"\"}", "13760c1fe8655e61209b75665e9bef43", 400,
    "{\"error_code\":\"ROMA.13000\",\"error_msg\":\"Invalid parameters.\",\"error_details\":\"name must have 1 to 256 characters; has "
    "0\","
    "\"request_id\":\"13760c1fe8655e61209b75665e9bef43\"}" },
  { ROMA, 0, "", "i\"\\\n", 400,
    "{\"error_code\":\"ROMA.13001\",\"error_msg\":\"No request body is available.\",\"error_details\":\"body must have a body\","
    "\"request_id\":\"i\\\"\\\\\\u000a\"}" },
  { ROMA, 200, "{\"owner\":1}", "", 500,
    "{\"error_code\":\"ROMA.00011000\",\"error_msg\":\"System error\",\"error_details\":\"owner must be a boolean; is a number\"}" },
  { DATAARTS, 0, "{\"name\":1}", "id", 400, "{\"error_code\":\"DLS.1000\",\"error_msg\":\"process failed\"}" },
  { DATAARTS, 200, "{\"name\":1}", "id", 0, NULL },
  { WORKSPACE, 0, "", "", 400, "{\"error_code\":\"WKS.0001\",\"error_msg\":\"The request message input by the interface is empty.\"}" },
  { WORKSPACE, 0, "{\"state\":\"\"}", "id", 400,
    "{\"error_code\":\"WKS.00149901\",\"error_msg\":\"The request message is invalid.\"}" },
  { WORKSPACE, 404, "{\"error_code\":\"x\"}", "", 500,
    "{\"error_code\":\"WKS.00211401\",\"error_msg\":\"The requested operation failed. Please try again later.\"}" },
};

static void check_room(const bdc_report *report, const char *rendered) {
  size_t whole = strlen(rendered);
  for (size_t size = 0; size < whole + 3; size++) {
    char *text = malloc(size + 1);
    size_t needed = 0;
    memset(text, 'x', size + 1);
    assert_int_equal(bdc_error_render(report, text, size, &needed), size > whole ? BDC_OK : BDC_ERR_SPACE);
    assert_int_equal(needed, whole);
    assert_int_equal(text[size], 'x');
    if (size) {
      assert_string_equal(text, size > whole ? rendered : "");
    }
    free(text);
  }
}

static void check_render(bdc_checker *checker, const render_case *c) {
  const bdc_operation *operation = operation_of(builtin, c->operation);
  const bdc_report *report =
      report_of(checker, operation, c->http_status, (bdc_str){ c->body, strlen(c->body) }, (bdc_str){ c->id, strlen(c->id) });
  char text[1024] = "";
  assert_int_equal(report->verdict, BDC_INVALID);
  if (!c->rendered) {
    assert_null(report->error);
    assert_int_equal(bdc_error_render(report, text, sizeof text, NULL), BDC_ERR_NO_ERROR);
    assert_int_equal(bdc_error_message(report, text, sizeof text, NULL), BDC_ERR_NO_ERROR);
    return;
  }
  assert_int_equal(bdc_error_render(report, text, sizeof text, NULL), BDC_OK);
  assert_string_equal(text, c->rendered);
  assert_int_equal(report->error->status, c->error_status);
  check_room(report, c->rendered);
}

static void the_documented_error_is_written_as_the_service_documents_it(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    check_render(checker, &cases[i]);
  }
  bdc_checker_free(checker);
}

static void a_valid_report_has_no_error_to_write(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  char text[16] = "x";
  const bdc_report *report = report_of(checker, operation_of(builtin, ROMA), 0, BDC_STR("{}"), BDC_STR("id"));
  assert_int_equal(report->verdict, BDC_VALID);
  assert_null(report->error);
  assert_int_equal(bdc_error_render(report, text, sizeof text, NULL), BDC_ERR_NO_ERROR);
  assert_int_equal(bdc_error_message(report, text, sizeof text, NULL), BDC_ERR_NO_ERROR);
  bdc_checker_free(checker);
}

/* What is written is a response of the operation with the error's status: it breaks no rule of it. */
static size_t expect_valid_response(bdc_checker *checker, bdc_checker *second) {
  const bdc_report *report = bdc_checker_report(checker);
  char text[8192];
  size_t size;
  if (!report->error) {
    return 0;
  }
  assert_int_equal(bdc_error_render(report, text, sizeof text, &size), BDC_OK);
  assert_int_equal(strlen(text), size);
  if (bdc_check_body(second, report->operation, report->error->status, text, size) != BDC_VALID) {
    blob got = { 0 };
    report_write(&got, bdc_checker_report(second));
    fail_msg("%d\n%s\n%s", report->error->status, text, got.data);
  }
  return 1;
}

static void the_error_of_every_case_is_a_valid_response(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_checker *second = checker_of(builtin, NULL);
  size_t written = 0;
  for (size_t i = 0; i < LENGTH(cases); i++) {
    report_of(checker, operation_of(builtin, cases[i].operation), cases[i].http_status,
              (bdc_str){ cases[i].body, strlen(cases[i].body) }, (bdc_str){ cases[i].id, strlen(cases[i].id) });
    written += expect_valid_response(checker, second);
  }
  assert_int_equal(written, LENGTH(cases) - 1);
  bdc_checker_free(checker);
  bdc_checker_free(second);
}

/* Names that were sent stand in messages and details: they may be long, and hold what JSON and terminals act on. */
static void names_that_were_sent_make_no_bad_json(void **state) {
  (void)state;
  static const char *const names[] = {
    "\\\"", "\\\\", "\\u0000\\u001b[2J\\n", "{field}", "\\u202e", "\\ud83d\\ude00", "\\\\u0041", ""
  };
  static const char *const operations[] = { APIG, OTC, ROMA, DATAARTS, WORKSPACE };
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_checker *second = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(names) * LENGTH(operations); i++) {
    for (size_t count = 1; count < 200; count += 66) {
      blob body = { 0 };
      blob_print(&body, "{\"name\":\"abc\",\"");
      blob_repeat(&body, names[i / LENGTH(operations)], count);
      blob_print(&body, "\":1}");
      report_of(checker, operation_of(builtin, operations[i % LENGTH(operations)]), 0, blob_str(&body), BDC_STR("id"));
      assert_int_equal(bdc_checker_report(checker)->violation_count, 1);
      assert_int_equal(expect_valid_response(checker, second), 1);
      blob_free(&body);
    }
  }
  bdc_checker_free(checker);
  bdc_checker_free(second);
}

/* ---- which row of the errors answers a broken rule ---- */

typedef struct breach_case {
  const char *operation;
  bdc_breach breach;
  const char *code; /* NULL: none is documented */
} breach_case;

static const breach_case breaches[] = {
  { APIG, { .in = BDC_IN_BODY, .field = BDC__STR_INIT("name"), .rule = BDC_RULE_LENGTH_MIN }, "APIG.2005" },
  { APIG, { .in = BDC_IN_BODY, .field = BDC__STR_INIT("name"), .rule = BDC_RULE_CHARSET }, "APIG.2012" },
  { APIG, { .in = BDC_IN_PATH, .field = BDC__STR_INIT("app_id"), .rule = BDC_RULE_LENGTH_MIN }, "APIG.2012" },
  { APIG, { .in = BDC_IN_BODY, .rule = BDC_RULE_MANDATORY, .whole_body = true }, "APIG.2000" },
  { APIG, { .in = BDC_IN_BODY, .rule = BDC_RULE_MANDATORY }, "APIG.2001" },
  { APIG, { .in = BDC_IN_BODY, .rule = BDC_RULE_LIMIT, .whole_body = true }, "APIG.0201" },
  { APIG, { .in = BDC_IN_BODY, .rule = BDC_RULE_LIMIT }, "APIG.2000" },
  { APIG, { .in = BDC_IN_BODY, .rule = BDC_RULE_TYPE, .whole_body = true }, "APIG.2012" },
  { APIG, { .in = BDC_IN_HEADER, .field = BDC__STR_INIT("x-auth-TOKEN"), .rule = BDC_RULE_MANDATORY }, "APIG.1000" },
  { APIG, { .in = BDC_IN_HEADER, .field = BDC__STR_INIT("X-Auth-Token"), .rule = BDC_RULE_CHARSET }, "APIG.1002" },
  { APIG, { .in = BDC_IN_HEADER, .field = BDC__STR_INIT("X-Other"), .rule = BDC_RULE_CHARSET }, "APIG.2012" },
  { APIG, { .in = BDC_IN_BODY, .field = BDC__STR_INIT("X-Auth-Token"), .rule = BDC_RULE_TYPE }, "APIG.2012" },
  { APIG, { .response = true, .in = BDC_IN_BODY, .field = BDC__STR_INIT("name"), .rule = BDC_RULE_LENGTH_MIN }, "APIG.9999" },
  { APIG, { .response = true, .in = BDC_IN_STATUS, .rule = BDC_RULE_STATUS }, "APIG.9999" },
  { WORKSPACE, { .in = BDC_IN_HEADER, .field = BDC__STR_INIT("content-type"), .rule = BDC_RULE_MEDIA_TYPE }, "WKS.00000415" },
  { DATAARTS, { .in = BDC_IN_BODY, .rule = BDC_RULE_MANDATORY, .whole_body = true }, "DLS.1000" },
  { DATAARTS, { .response = true, .in = BDC_IN_BODY, .rule = BDC_RULE_SYNTAX }, NULL },
};

static void the_row_that_answers_a_broken_rule_is_the_first_that_fits(void **state) {
  (void)state;
  for (size_t i = 0; i < LENGTH(breaches); i++) {
    const bdc_service *service = bdc_operation_describe(operation_of(builtin, breaches[i].operation)).service;
    size_t at = bdc_service_error_for(service, &breaches[i].breach);
    bdc_error_row_info row = bdc_service_error(service, at);
    if (breaches[i].code) {
      assert_true(at < bdc_service_describe(service).error_count);
      assert_int_equal(row.code.size, strlen(breaches[i].code));
      assert_memory_equal(row.code.data, breaches[i].code, row.code.size);
    } else {
      assert_int_equal(at, bdc_service_describe(service).error_count);
      assert_int_equal(row.status, 0);
    }
  }
}

static size_t count_of(const char *text, const char *part) {
  size_t count = 0;
  for (; (text = strstr(text, part)); text++) {
    count++;
  }
  return count;
}

/* ROMA documents 1 to 128 characters of request_id. */
static void a_request_id_is_cut_to_its_documented_length(void **state) {
  (void)state;
  static const char *const characters[] = { "i", "\xc3\xa9", "\xe6\x9d\x8e", "\xf0\x9f\x98\x80", "\"", "\x01" };
  static const size_t lengths[] = { 1, 127, 128, 129, 300, 5000 };
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_checker *second = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(characters) * LENGTH(lengths); i++) {
    size_t length = lengths[i % LENGTH(lengths)];
    blob id = { 0 };
    char text[8192];
    blob_repeat(&id, characters[i / LENGTH(lengths)], length);
    const bdc_report *report = report_of(checker, operation_of(builtin, ROMA), 0, BDC_STR("[]"), blob_str(&id));
    assert_int_equal(expect_valid_response(checker, second), 1);
    bdc_error_render(report, text, sizeof text, NULL);
    assert_int_equal(count_of(text, "\"request_id\":"), 1);
    if (i < LENGTH(lengths)) {
      assert_int_equal(strlen(strstr(text, "\"request_id\":\"")) - strlen("\"request_id\":\"\"}"), length < 128 ? length : 128);
    }
    blob_free(&id);
  }
  bdc_checker_free(checker);
  bdc_checker_free(second);
}

static void a_request_id_that_is_no_text_is_left_out(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_checker *second = checker_of(builtin, NULL);
  char text[1024];
  const bdc_report *report = report_of(checker, operation_of(builtin, ROMA), 0, BDC_STR("[]"), BDC_STR("a\xff"));
  assert_int_equal(expect_valid_response(checker, second), 1);
  bdc_error_render(report, text, sizeof text, NULL);
  assert_null(strstr(text, "request_id"));
  bdc_checker_free(checker);
  bdc_checker_free(second);
}

static void every_part_of_an_error_body_is_cut_to_its_documented_length(void **state) {
  (void)state;
  bdc_ruleset *lab = ruleset_of(lab_rules);
  bdc_checker *checker = checker_of(lab, NULL);
  bdc_checker *second = checker_of(lab, NULL);
  const bdc_operation *put = operation_of(lab, "lab.Put");
  char text[512];
  const bdc_report *report = report_of(checker, put, 0, BDC_STR("{\"an undocumented name\":1}"), BDC_STR("123456789"));
  assert_int_equal(bdc_error_render(report, text, sizeof text, NULL), BDC_OK);
  assert_string_equal(
      text,
      "{\"code\":\"LAB.0005\",\"text\":\"Wrong an undocumented na\",\"detail\":\"an undocumented name is \",\"id\":\"12345678\"}");
  assert_int_equal(expect_valid_response(checker, second), 1);
  report = report_of(checker, put, 0, BDC_STR("{\"person\":{}}"), BDC_STR(""));
  assert_int_equal(bdc_error_message(report, text, sizeof text, NULL), BDC_OK);
  assert_string_equal(text, "Missing name, name");
  bdc_checker_free(checker);
  bdc_checker_free(second);
  bdc_ruleset_free(lab);
}

/* Tables may have messages and lists of any length; what is made of them has an end. */
static void what_is_too_long_for_a_part_of_an_error_body_is_said_shorter(void **state) {
  (void)state;
  enum { LONG = 4200 };
  blob rules = { 0 };
  blob text = { 0 };
  blob_print(&rules, "provider p\nservice s A\nsource t x\nerrors\n  body enum 400 P.1 \"Wrong\" @t\n  body * 400 P.2 \"{field}: ");
  blob_repeat(&rules, "m", LONG);
  blob_print(&rules,
             "\" @t\nanswer error\n  text message length ..5000 @t\n  detail detail length ..5000 @t\nobject error\n"
             "  text string mandatory @t\n  detail string mandatory @t\noperation O PUT /o @t\n  request\n    a string optional enum ");
  blob_repeat(&rules, "eeeeeeeeee | ", 60);
  blob_print(&rules, "e @t\n");
  bdc_ruleset *lab = ruleset_of(rules.data);
  bdc_checker *checker = checker_of(lab, NULL);
  const bdc_operation *put = operation_of(lab, "p.s.O");
  char rendered[2 * LONG];

  const bdc_report *report = report_of(checker, put, 0, BDC_STR("{\"a\":\"x\"}"), BDC_STR(""));
  assert_int_equal(bdc_error_render(report, rendered, sizeof rendered, NULL), BDC_OK);
  assert_string_equal(rendered, "{\"text\":\"Wrong\",\"detail\":\"enum\"}");

  report = report_of(checker, put, 0, BDC_STR("{\"a\":1}"), BDC_STR(""));
  assert_int_equal(bdc_error_render(report, rendered, sizeof rendered, NULL), BDC_OK);
  blob_print(&text, "{\"text\":\"{field}: ");
  blob_repeat(&text, "m", LONG);
  blob_print(&text, "\",\"detail\":\"a must be a string; is a number\"}");
  assert_string_equal(rendered, text.data);
  bdc_checker_free(checker);
  bdc_ruleset_free(lab);
  blob_free(&rules);
  blob_free(&text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(the_documented_error_is_written_as_the_service_documents_it),
    cmocka_unit_test(a_valid_report_has_no_error_to_write),
    cmocka_unit_test(the_error_of_every_case_is_a_valid_response),
    cmocka_unit_test(names_that_were_sent_make_no_bad_json),
    cmocka_unit_test(the_row_that_answers_a_broken_rule_is_the_first_that_fits),
    cmocka_unit_test(a_request_id_is_cut_to_its_documented_length),
    cmocka_unit_test(a_request_id_that_is_no_text_is_left_out),
    cmocka_unit_test(every_part_of_an_error_body_is_cut_to_its_documented_length),
    cmocka_unit_test(what_is_too_long_for_a_part_of_an_error_body_is_said_shorter),
  };
  return cmocka_run_group_tests(tests, make_ruleset, free_ruleset);
}
