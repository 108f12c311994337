/* SPDX-License-Identifier: MIT */
/* The oracle: each way of disagreeing is seen and told. */
#include "fuzzing/service.h"
#include "unit/support.h"

#include <bodycheck/oracle.h>

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static bdc_ruleset *builtin;
static const bdc_operation *operation;

/* ---- the sample service ---- */

static void handle(const void *body, size_t size, bdc_response *answer, void *context) {
  static service_answer last;
  service_update(body, size, *(const unsigned *)context, &last);
  answer->status = last.status;
  answer->body = last.body;
  answer->body_size = last.size;
}

static void assert_judged(unsigned flaws, const char *body, unsigned disagreements, const char *told) {
  bdc_oracle oracle;
  bdc_judgement judgement;
  char text[1024];
  assert_int_equal(bdc_oracle_begin(&oracle, builtin, operation, handle, &flaws), BDC_OK);
  assert_int_equal(bdc_oracle_judge(&oracle, body, strlen(body), &judgement), disagreements);
  assert_int_equal(judgement.disagreements, disagreements);
  bdc_oracle_tell(&judgement, text, sizeof text);
  assert_string_equal(text, told);
  bdc_oracle_end(&oracle);
}

static void what_the_documentation_forbids_is_not_to_be_accepted(void **state) {
  (void)state;
  static const char body[] = "{\"name\":\"app-demo\"}";
  assert_judged(0, body, 0, "");
  assert_judged(FLAW_TAKES_MARKS, body, BDC_ACCEPTS_FORBIDDEN,
                "accepts, with 200, what the documentation forbids: /name: must only have characters of {letter}{digit}_; character 4 "
                "is another [charset]\n");
}

static void what_the_documentation_allows_is_not_to_be_refused(void **state) {
  (void)state;
  blob body = { 0 };
  blob_print(&body, "{\"name\":\"app_demo\",\"remark\":\"");
  blob_repeat(&body, "\xe6\x9d\x8e", 255);
  blob_print(&body, "\"}");
  assert_judged(0, body.data, 0, "");
  assert_judged(FLAW_COUNTS_BYTES, body.data, BDC_REFUSES_ALLOWED, "refuses what the documentation allows: answers 400 APIG.2006\n");
  blob_free(&body);
}

static void an_error_has_the_documented_code(void **state) {
  (void)state;
  static const char body[] = "{\"name\":\"ab\"}";
  assert_judged(0, body, 0, "");
  assert_judged(
      FLAW_OTHER_CODE, body, BDC_OTHER_ERROR,
      "answers 400 APIG.2012 where the documentation has 400 APIG.2005: /name: must have 3 to 64 characters; has 2 [length.min]\n");
}

static void an_error_has_the_documented_http_status(void **state) {
  (void)state;
  assert_judged(0, "{}", 0, "");
  assert_judged(FLAW_WRONG_HTTP_STATUS, "{}", BDC_OTHER_ERROR,
                "answers 500 APIG.2001 where the documentation has 400 APIG.2001: /name: is mandatory and missing [mandatory]\n");
}

static void an_answer_keeps_its_own_table(void **state) {
  (void)state;
  assert_judged(FLAW_STATUS_IS_TEXT, "{\"name\":\"app_demo\"}", BDC_BROKEN_ANSWER,
                "answers 200 with a body that breaks its own table: /status: must be an integer; is a string [type]\n");
  assert_judged(FLAW_BARE_ERROR, "{}", BDC_BROKEN_ANSWER,
                "answers 400 with a body that breaks its own table: /error_msg: is mandatory and missing [mandatory]\n");
}

static void several_disagreements_are_all_told(void **state) {
  (void)state;
  assert_judged(FLAW_TAKES_MARKS | FLAW_STATUS_IS_TEXT, "{\"name\":\"app-demo\"}", BDC_ACCEPTS_FORBIDDEN | BDC_BROKEN_ANSWER,
                "accepts, with 200, what the documentation forbids: /name: must only have characters of {letter}{digit}_; character 4 "
                "is another [charset]\n"
                "answers 200 with a body that breaks its own table: /status: must be an integer; is a string [type]\n");
}

/* ---- answers as they come ---- */

static void give(const void *body, size_t size, bdc_response *answer, void *context) {
  (void)body;
  (void)size;
  *answer = *(const bdc_response *)context;
}

static unsigned judged(const char *request, int status, const char *answer, bool any_error, bdc_str *code) {
  bdc_response response = { .status = status, .body = answer, .body_size = strlen(answer) };
  bdc_oracle oracle;
  bdc_judgement judgement;
  assert_int_equal(bdc_oracle_begin(&oracle, builtin, operation, give, &response), BDC_OK);
  oracle.any_error = any_error;
  unsigned disagreements = bdc_oracle_judge(&oracle, request, strlen(request), &judgement);
  *code = judgement.code; /* the rule set's */
  bdc_oracle_end(&oracle);
  return disagreements;
}

static void codes_are_found_however_they_are_spelled(void **state) {
  (void)state;
  static const char *const good[] = {
    "{\"error_code\":\"APIG.2005\",\"error_msg\":\"\"}",
    "{ \"error_msg\" : \"a \\\" \\\\\", \"error_code\" : \"APIG.2005\" }",
    "{\"error\\u005fcode\":\"\\u0041PIG\\u002e2005\",\"error_msg\":\"\"}",
    "{\"x\":{\"error_code\":\"APIG.2012\"},\"error_code\":\"APIG.2005\",\"error_msg\":\"error_code\"}",
    "{\"error_msg\":\"error_code\",\"y\":[\"error_code\",\"APIG.2012\"],\"error_code\":\"APIG.2005\"}",
  };
  static const char *const other[] = {
    "{\"error_code\":\"APIG.2012\",\"error_msg\":\"APIG.2005\"}",
    "{\"error_code\":\"APIG.20055\",\"error_msg\":\"\"}",
    "{\"error_code\":\"APIG.200\",\"error_msg\":\"\"}",
    "{\"error_code\":\"\\u00e9PIG.2005\",\"error_msg\":\"\"}",
  };
  bdc_str code;
  for (size_t i = 0; i < LENGTH(good); i++) {
    assert_int_equal(judged("{\"name\":\"ab\"}", 400, good[i], false, &code) & BDC_OTHER_ERROR, 0);
    assert_true(code.size == 9 && memcmp(code.data, "APIG.2005", 9) == 0);
  }
  for (size_t i = 0; i < LENGTH(other); i++) {
    assert_int_equal(judged("{\"name\":\"ab\"}", 400, other[i], false, &code) & BDC_OTHER_ERROR, BDC_OTHER_ERROR);
  }
}

static void a_code_that_the_service_does_not_document_is_not_told(void **state) {
  (void)state;
  bdc_str code;
  judged("{\"name\":\"ab\"}", 400, "{\"error_code\":\"APIG.0000111\",\"error_msg\":\"\"}", false, &code);
  assert_int_equal(code.size, 0);
}

static void an_answer_that_is_no_json_is_only_broken(void **state) {
  (void)state;
  static const char *const broken[] = { "",   "<html>",        "{\"error_code\":\"APIG.2012\"", "{\"error_code\":\"\\ud800\"}",
                                        "[]", "\"error_code\"" };
  bdc_str code;
  for (size_t i = 0; i < LENGTH(broken); i++) {
    assert_int_equal(judged("{\"name\":\"ab\"}", 400, broken[i], false, &code), BDC_BROKEN_ANSWER);
    assert_int_equal(code.size, 0);
  }
}

static void of_several_broken_rules_any_will_do_where_that_is_said(void **state) {
  (void)state;
  static const char request[] = "{\"name\":\"a-\",\"x\":1}"; /* too short, a character, an undocumented member */
  static const char topmost[] = "{\"error_code\":\"APIG.2005\",\"error_msg\":\"\"}";
  static const char lower[] = "{\"error_code\":\"APIG.2012\",\"error_msg\":\"\"}";
  static const char none[] = "{\"error_code\":\"APIG.2006\",\"error_msg\":\"\"}";
  bdc_str code;
  assert_int_equal(judged(request, 400, topmost, false, &code), 0);
  assert_int_equal(judged(request, 400, topmost, true, &code), 0);
  assert_int_equal(judged(request, 400, lower, false, &code), BDC_OTHER_ERROR);
  assert_int_equal(judged(request, 400, lower, true, &code), 0);
  assert_int_equal(judged(request, 400, none, true, &code), BDC_OTHER_ERROR);
  assert_int_equal(judged("", 400, "{\"error_code\":\"APIG.2000\",\"error_msg\":\"\"}", true, &code), 0);
  assert_int_equal(judged("", 400, "{\"error_code\":\"APIG.2001\",\"error_msg\":\"\"}", true, &code), BDC_OTHER_ERROR);
}

static void of_more_broken_rules_than_a_report_holds_some_are_not_known(void **state) {
  (void)state;
  static const char malformed[] = "{\"error_code\":\"APIG.2000\",\"error_msg\":\"\"}";
  blob body = { 0 };
  bdc_str code;
  blob_print(&body, "{\"name\":\"abc\"");
  for (int i = 0; i < 200; i++) {
    blob_print(&body, ",\"x%d\":1", i);
  }
  blob_print(&body, "}");
  assert_int_equal(judged(body.data, 400, malformed, false, &code), BDC_OTHER_ERROR);
  assert_int_equal(judged(body.data, 400, malformed, true, &code), 0);
  assert_int_equal(judged("{\"name\":\"abc\",\"x\":1}", 400, malformed, true, &code), BDC_OTHER_ERROR);
  blob_free(&body);
}

static void a_limit_of_bodycheck_says_nothing_of_the_handler(void **state) {
  (void)state;
  blob body = { 0 };
  bdc_str code;
  blob_repeat(&body, "[", 200);
  blob_repeat(&body, "]", 200);
  assert_int_equal(judged(body.data, 200, "{}", false, &code), 0);
  assert_int_equal(judged(body.data, 400, "{\"error_code\":\"APIG.9999\",\"error_msg\":\"\"}", false, &code), 0);
  assert_int_equal(judged(body.data, 200, "{\"status\":2}", false, &code), BDC_BROKEN_ANSWER);
  blob_free(&body);
}

static void an_oracle_without_operation_or_handler_is_refused(void **state) {
  (void)state;
  bdc_oracle oracle;
  assert_int_equal(bdc_oracle_begin(&oracle, builtin, NULL, give, NULL), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_oracle_begin(&oracle, builtin, operation, NULL, NULL), BDC_ERR_ARGUMENT);
  assert_null(oracle.requests);
}

static void what_is_told_is_cut_where_there_is_no_more_room(void **state) {
  (void)state;
  unsigned flaws = FLAW_TAKES_MARKS | FLAW_STATUS_IS_TEXT;
  bdc_oracle oracle;
  bdc_judgement judgement;
  char whole[1024];
  assert_int_equal(bdc_oracle_begin(&oracle, builtin, operation, handle, &flaws), BDC_OK);
  bdc_oracle_judge(&oracle, "{\"name\":\"app-demo\"}", 19, &judgement);
  bdc_oracle_tell(&judgement, whole, sizeof whole);
  for (size_t size = 1; size <= strlen(whole) + 1; size++) {
    char *part = malloc(size);
    assert_non_null(part);
    bdc_oracle_tell(&judgement, part, size);
    assert_int_equal(strlen(part), size - 1);
    assert_memory_equal(part, whole, size - 1);
    free(part);
  }
  bdc_oracle_end(&oracle);
}

static int load(void **state) {
  (void)state;
  builtin = ruleset_builtin();
  operation = operation_of(builtin, "huaweicloud.apig.UpdateAppV2");
  return 0;
}

static int unload(void **state) {
  (void)state;
  bdc_ruleset_free(builtin);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(what_the_documentation_forbids_is_not_to_be_accepted),
    cmocka_unit_test(what_the_documentation_allows_is_not_to_be_refused),
    cmocka_unit_test(an_error_has_the_documented_code),
    cmocka_unit_test(an_error_has_the_documented_http_status),
    cmocka_unit_test(an_answer_keeps_its_own_table),
    cmocka_unit_test(several_disagreements_are_all_told),
    cmocka_unit_test(codes_are_found_however_they_are_spelled),
    cmocka_unit_test(a_code_that_the_service_does_not_document_is_not_told),
    cmocka_unit_test(an_answer_that_is_no_json_is_only_broken),
    cmocka_unit_test(of_several_broken_rules_any_will_do_where_that_is_said),
    cmocka_unit_test(of_more_broken_rules_than_a_report_holds_some_are_not_known),
    cmocka_unit_test(a_limit_of_bodycheck_says_nothing_of_the_handler),
    cmocka_unit_test(an_oracle_without_operation_or_handler_is_refused),
    cmocka_unit_test(what_is_told_is_cut_where_there_is_no_more_room),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
