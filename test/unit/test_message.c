/* SPDX-License-Identifier: MIT */
/* Whole messages: routes, paths, queries, headers, content codings, and the order of begin, feed and end. */
#include "unit/rulesets.h"

#include <bodycheck/table.h>

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define APIG "/v2/p/apigw/instances/i/apps/a"
#define ROMA "/v2/p/instances/i/apps/a"
#define DATAARTS "/v1/p/service/apps/a"
#define WORKSPACE "/v1/p/app-groups/g/apps/a"
#define APP "{\"name\":\"app\"}"
#define TOKEN "X-Auth-Token: t\n"
#define JSON "Content-Type: application/json\n"

/* ---- messages ---- */

typedef struct message {
  const char *method;
  const char *target;
  const char *headers; /* lines, "Name: value\n"; one blank behind the colon belongs to neither */
  const char *body;
} message;

typedef struct message_case {
  message sent;
  bdc_verdict verdict;
  const char *code;       /* NULL: none */
  const char *violations; /* "place/rule field@offset", "~" before warnings, ";" between */
} message_case;

enum { HEADERS_MAX = 16 };

static size_t parse_headers(const char *text, bdc_header *out) {
  size_t count = 0;
  for (const char *end; *text; text = end + 1) {
    end = strchr(text, '\n');
    const char *colon = strchr(text, ':');
    assert_true(end && colon && colon < end && count < HEADERS_MAX);
    const char *value = colon + 1 + (colon[1] == ' ');
    out[count++] = (bdc_header){ { text, (size_t)(colon - text) }, { value, (size_t)(end - value) } };
  }
  return count;
}

static bdc_request request_of(const message *sent, bdc_header *headers) {
  return (bdc_request){ .provider = BDC_STR(""),
                        .method = { sent->method, strlen(sent->method) },
                        .target = { sent->target, strlen(sent->target) },
                        .headers = headers,
                        .header_count = parse_headers(sent->headers, headers),
                        .body = sent->body,
                        .body_size = strlen(sent->body) };
}

static void short_violations(blob *to, const bdc_report *report) {
  blob_add(to, NULL, 0);
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *v = &report->violations[i];
    blob_print(to, "%s%s%s/%s %.*s@%zu", i ? "; " : "", v->severity == BDC_WARNING ? "~" : "", bdc_place_name(v->in),
               bdc_rule_name(v->rule), (int)v->field.size, v->field.size ? v->field.data : "", v->offset);
  }
}

static bool is_text(bdc_str text, const char *other) {
  return text.size == strlen(other) && (text.size == 0 || memcmp(text.data, other, text.size) == 0);
}

static void expect_report(const bdc_report *report, const message_case *c) {
  blob got = { 0 };
  short_violations(&got, report);
  bool same_error = c->code ? report->error && is_text(report->error->code, c->code) : !report->error;
  if (report->status != BDC_OK || report->verdict != c->verdict || !same_error || strcmp(got.data, c->violations) != 0) {
    fail_msg("%s %s\n%s%s\nexpected %s %s <%s>\ngot      %s %.*s <%s>, status %d", c->sent.method, c->sent.target, c->sent.headers,
             c->sent.body, bdc_verdict_name(c->verdict), c->code ? c->code : "-", c->violations, bdc_verdict_name(report->verdict),
             report->error ? (int)report->error->code.size : 1, report->error ? report->error->code.data : "-", got.data,
             report->status);
  }
  blob_free(&got);
}

/* The same in one call, and with the body in pieces of one byte. */
static void expect_request(bdc_checker *checker, const message_case *c, const char *provider) {
  bdc_header headers[HEADERS_MAX];
  bdc_request request = request_of(&c->sent, headers);
  request.provider = (bdc_str){ provider, strlen(provider) };
  bdc_verdict verdict = bdc_check_request(checker, &request);
  expect_report(bdc_checker_report(checker), c);
  assert_int_equal(verdict, c->verdict);
  assert_int_equal(bdc_check_begin_request(checker, &request), BDC_OK);
  for (size_t i = 0; i < request.body_size; i++) {
    assert_int_equal(bdc_check_feed(checker, c->sent.body + i, 1), BDC_OK);
  }
  assert_int_equal(bdc_check_end(checker, &verdict), BDC_OK);
  assert_int_equal(verdict, c->verdict);
  expect_report(bdc_checker_report(checker), c);
}

static void expect_requests(const bdc_ruleset *ruleset, const char *provider, const message_case *list, size_t count) {
  bdc_checker *checker = checker_of(ruleset, NULL);
  for (size_t i = 0; i < count; i++) {
    expect_request(checker, &list[i], provider);
  }
  bdc_checker_free(checker);
}

#define HUAWEI(list) expect_requests(builtin, "huaweicloud", list, LENGTH(list))

static void a_request_that_keeps_the_documentation_is_valid(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", APIG, TOKEN JSON, APP }, BDC_VALID, NULL, "" },
    { { "PUT", "https://apig.example.com" APIG, TOKEN JSON, APP }, BDC_VALID, NULL, "" },
    { { "PUT", ROMA, TOKEN JSON, "{}" }, BDC_VALID, NULL, "" },
    { { "PUT", DATAARTS, TOKEN JSON "workspace: w\nDlm-Type: SHARED\n", "{}" }, BDC_VALID, NULL, "" },
    { { "PATCH", WORKSPACE, TOKEN JSON, "{}" }, BDC_VALID, NULL, "" },
    { { "PUT", "/v2/%70/%61pigw/instances/%E6%9D%8E/apps/A-1_", TOKEN, APP }, BDC_VALID, NULL, "" },
  };
  HUAWEI(list);
}

/* ---- paths ---- */

static void paths_are_decoded_once_and_their_faults_are_violations(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", "/v2/p/apigw/instances/i/apps/", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/mandatory app_id@29" },
    { { "PUT", "/v2//apigw/instances//apps/a", TOKEN, APP },
      BDC_INVALID,
      "APIG.2012",
      "path/mandatory project_id@4; path/mandatory instance_id@21" },
    { { "PUT", "/v2/p%/apigw/instances/i/apps/a", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/encoding project_id@5" },
    { { "PUT", "/v2/p/apigw/instances/i%2g/apps/a", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/encoding instance_id@23" },
    { { "PUT", "/v2/a%2Fb/apigw/instances/i/apps/a", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/syntax project_id@5" },
    { { "PUT", "/v2/../apigw/instances/%2e/apps/a", TOKEN, APP },
      BDC_INVALID,
      "APIG.2012",
      "path/syntax project_id@4; path/syntax instance_id@23" },
    { { "PUT", "/v2/%C3%28/apigw/instances/i/apps/a", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/encoding project_id@4" },
    { { "PUT", "/v2/p/apigw/instances/i/apps/a%E6%9D%8E", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/charset app_id@30" },
    { { "PUT", "/v2/p/apigw/instances/i/apps/a%2561", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/charset app_id@30" },
    { { "PUT", "/v2/p q/apigw/instances/i/apps/a", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/syntax project_id@5" },
    { { "PUT", "/v2/p/apigw/instances/\xe6\x9d\x8e/apps/a", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/syntax instance_id@22" },
    { { "PUT", "https://h/v2/p/apigw/instances/i/apps/.", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/syntax app_id@38" },
    { { "PUT", APIG "#f", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/syntax @30" },
    { { "PUT", "/v2/p/instances/i/apps/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TOKEN, "{}" },
      BDC_INVALID,
      "ROMA.1007",
      "path/length.max app_id@23" },
    { { "PUT", "/v2/p/instances/i/apps/%61%61%61%61%E6%9D%8Eaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", TOKEN, "{}" },
      BDC_VALID,
      NULL,
      "" },
    { { "PUT", "/v1//service/apps/a", TOKEN JSON "workspace: w\n", "{}" }, BDC_INVALID, "DLM.4312", "path/mandatory project_id@4" },
    { { "PUT", "/v1/p/service/apps/%", TOKEN JSON "workspace: w\n", "{}" }, BDC_INVALID, "DLS.1000", "path/encoding app_id@19" },
    { { "PATCH", "/v1/p/app-groups//apps/a", TOKEN, "{}" }, BDC_INVALID, "WKS.00149901", "path/mandatory app_group_id@17" },
  };
  HUAWEI(list);
}

/* ---- queries ---- */

static void an_undocumented_query_parameter_is_a_warning(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", APIG "?", TOKEN, APP }, BDC_VALID, NULL, "" },
    { { "PUT", APIG "?x=y", TOKEN, APP }, BDC_VALID, NULL, "~query/unknown x@31" },
    { { "PUT", APIG "?name=app&&y", TOKEN, APP }, BDC_VALID, NULL, "~query/unknown name@31; ~query/unknown y@41" },
    { { "PUT", ROMA "?x=%", TOKEN, "{}" }, BDC_VALID, NULL, "~query/unknown x@25" },
    { { "PUT", APIG "?x=1#f", TOKEN, APP }, BDC_INVALID, "APIG.2012", "path/syntax @34; ~query/unknown x@31" },
  };
  HUAWEI(list);
}

static void documented_query_parameters_are_checked(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", "/lab/7?page=3&word=abc&all=true&part=0.5", "", "{}" }, BDC_VALID, NULL, "" },
    { { "PUT", "/lab/7?p%61ge=%33", "", "{}" }, BDC_VALID, NULL, "" },
    { { "PUT", "/lab/7", "", "{}" }, BDC_INVALID, "LAB.0005", "query/mandatory page@6" },
    { { "PUT", "/lab/7?page=1&page=1", "", "{}" }, BDC_INVALID, "LAB.0005", "query/duplicate page@14" },
    { { "PUT", "/lab/7?page=1&pa%67e=1", "", "{}" }, BDC_INVALID, "LAB.0005", "query/duplicate page@14" },
    { { "PUT", "/lab/7?page=10", "", "{}" }, BDC_INVALID, "LAB.0005", "query/range page@12" },
    { { "PUT", "/lab/7?page=1.0", "", "{}" }, BDC_INVALID, "LAB.0005", "query/type page@12" },
    { { "PUT", "/lab/7?page=x", "", "{}" }, BDC_INVALID, "LAB.0005", "query/type page@12" },
    { { "PUT", "/lab/7?page=01", "", "{}" }, BDC_INVALID, "LAB.0005", "query/type page@12" },
    { { "PUT", "/lab/7?page=", "", "{}" }, BDC_INVALID, "LAB.0005", "query/type page@12" },
    { { "PUT", "/lab/7?page", "", "{}" }, BDC_INVALID, "LAB.0005", "query/type page@11" },
    { { "PUT", "/lab/7?page=%", "", "{}" }, BDC_INVALID, "LAB.0005", "query/encoding page@12" },
    { { "PUT", "/lab/7?page=1&word=ab%63d", "", "{}" }, BDC_INVALID, "LAB.0005", "query/length.max word@19" },
    { { "PUT", "/lab/7?page=1&word=a%2F", "", "{}" }, BDC_INVALID, "LAB.0005", "query/charset word@20" },
    { { "PUT", "/lab/7?page=1&all=True", "", "{}" }, BDC_INVALID, "LAB.0005", "query/type all@18" },
    { { "PUT", "/lab/7?page=1&part=1.5", "", "{}" }, BDC_INVALID, "LAB.0005", "query/range part@19" },
    { { "PUT", "/lab/0?page=1", "", "{}" }, BDC_INVALID, "LAB.0005", "path/range id@5" },
    { { "PUT", "/lab/1x?page=1", "", "{}" }, BDC_INVALID, "LAB.0005", "path/type id@5" },
    { { "PUT", "/lab/%31?page=1", "", "{}" }, BDC_VALID, NULL, "" },
  };
  expect_requests(lab, "", list, LENGTH(list));
}

/* ---- headers ---- */

static void header_names_match_in_any_case_and_twice_is_a_violation(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", APIG, "x-auth-TOKEN:t\nCONTENT-type: application/json\n", APP }, BDC_VALID, NULL, "" },
    { { "PUT", APIG, TOKEN "x-auth-token: t\n", APP }, BDC_INVALID, "APIG.1002", "header/duplicate X-Auth-Token@0" },
    { { "PUT", APIG, TOKEN JSON "content-type: application/json\n", APP },
      BDC_INVALID,
      "APIG.2012",
      "header/duplicate Content-Type@0" },
    { { "PUT", APIG, TOKEN "X-Other: 1\nX-Other: 2\n", APP }, BDC_VALID, NULL, "" },
    { { "PUT", DATAARTS, TOKEN JSON "Workspace: w\nWORKSPACE: w\n", "{}" }, BDC_INVALID, "DLS.1000", "header/duplicate workspace@0" },
    { { "PUT", DATAARTS, TOKEN JSON "workspace: w\nDlm-Type: shared\n", "{}" }, BDC_INVALID, "DLS.1000", "header/enum Dlm-Type@0" },
  };
  HUAWEI(list);
}

static void control_characters_in_headers_are_violations(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", APIG, "X-Auth-Token: t\rx\n", APP }, BDC_INVALID, "APIG.1002", "header/charset X-Auth-Token@1" },
    { { "PUT", APIG, TOKEN "X-Other: ab\x7f\n", APP }, BDC_INVALID, "APIG.2012", "header/charset X-Other@2" },
    { { "PUT", APIG, TOKEN "X-Other: a\tb\n", APP }, BDC_VALID, NULL, "" },
    { { "PUT", ROMA, "X-Auth-Token: \x01\n", "{}" }, BDC_INVALID, "ROMA.1002", "header/charset X-Auth-Token@0" },
  };
  HUAWEI(list);
}

static void a_missing_token_is_answered_unless_the_request_is_signed(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", APIG, "", APP }, BDC_INVALID, "APIG.1000", "header/mandatory X-Auth-Token@0" },
    { { "PUT", APIG, "X-Auth-Token:\n", APP }, BDC_INVALID, "APIG.1000", "header/mandatory X-Auth-Token@0" },
    { { "PUT", APIG, "X-Auth-Token2: t\n", APP }, BDC_INVALID, "APIG.1000", "header/mandatory X-Auth-Token@0" },
    { { "PUT", APIG, "authorization: SDK-HMAC-SHA256 Access=x\n", APP }, BDC_VALID, NULL, "" },
    { { "PUT", APIG, TOKEN "Authorization: x\n", APP }, BDC_VALID, NULL, "" },
    { { "PUT", ROMA, "", "{}" }, BDC_INVALID, "ROMA.1000", "header/mandatory X-Auth-Token@0" },
    { { "PUT", ROMA, "Authorization: x\n", "{}" }, BDC_INVALID, "ROMA.1000", "header/mandatory X-Auth-Token@0" },
    { { "PUT", DATAARTS, JSON "workspace: w\n", "{}" }, BDC_INVALID, "DLM.4211", "header/mandatory X-Auth-Token@0" },
    { { "PUT", DATAARTS, JSON TOKEN, "{}" }, BDC_INVALID, "DLM.4312", "header/mandatory workspace@0" },
    { { "PATCH", WORKSPACE, "", "{}" }, BDC_VALID, NULL, "~header/mandatory X-Auth-Token@0" },
    { { "PATCH", WORKSPACE, "Authorization: x\n", "{}" }, BDC_VALID, NULL, "" },
    /* The token goes before everything else. */
    { { "PUT", "/v2//apigw/instances/i/apps/a", "", "{" },
      BDC_INVALID,
      "APIG.1000",
      "path/mandatory project_id@4; header/mandatory X-Auth-Token@0; body/syntax @1" },
  };
  HUAWEI(list);
}

static void headers_are_read_as_the_type_of_their_row(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PUT", "/lab/7?page=1", "X-Count: 3\nX-Key: ab\n", "{}" }, BDC_VALID, NULL, "" },
    { { "PUT", "/lab/7?page=1", "X-Count: 6\n", "{}" }, BDC_INVALID, "LAB.0005", "header/range X-Count@0" },
    { { "PUT", "/lab/7?page=1", "X-Count: three\n", "{}" }, BDC_INVALID, "LAB.0005", "header/type X-Count@0" },
    { { "PUT", "/lab/7?page=1", "X-Count: 3.0\n", "{}" }, BDC_INVALID, "LAB.0005", "header/type X-Count@0" },
    { { "PUT", "/lab/7?page=1", "X-Key: a\n", "{}" }, BDC_INVALID, "LAB.0401", "header/length.min X-Key@0" },
    { { "PUT", "/lab/7?page=1", "X-Key: ab1\n", "{}" }, BDC_INVALID, "LAB.0401", "header/charset X-Key@2" },
    { { "PUT", "/lab/7?page=1", "X-Key: ab\xff\n", "{}" }, BDC_INVALID, "LAB.0401", "header/encoding X-Key@0" },
    { { "PUT", "/lab/7?page=1", "X-Key: \t ab \n", "{}" }, BDC_VALID, NULL, "" },
  };
  expect_requests(lab, "", list, LENGTH(list));
}

/* ---- Content-Type ---- */

static const char *const json_types[] = {
  "application/json",
  "Application/JSON",
  "application/json;charset=utf-8",
  "application/json; charset=UTF-8",
  "application/json;charset=utf8",
  "application/json ; charset=utf-8",
  "application/json;  Charset=\"utf-8\"",
  "application/json; charset=\"UTF8\"",
  "application/json;",
  "application/json ;",
  "application/json; q=1",
  "application/json; a=\"b;c\"; charset=utf-8",
  "application/json; a=\"\\\"\"; charset=utf-8",
  "  application/json\t",
  "application/json; ; charset=utf-8",
  "application/json;;charset=utf-8",
  "application/json; charset=\"utf\\-8\"",
};

static const char *const other_types[] = {
  "",
  "text/plain",
  "application/xml",
  "application",
  "application/",
  "/json",
  "json",
  "application/jsonx",
  "application/problem+json",
  "application/json charset=utf-8",
  "application/json, application/json",
  "application/json; charset=latin1",
  "application/json; charset=utf-16",
  "application/json; charset=",
  "application/json; charset",
  "application/json; charset =utf-8",
  "application/json; charset= utf-8",
  "application/json; charset=\"utf-8",
  "application/json; charset=\"latin1",
  "application/json; charset=utf-8; charset=latin1",
  "application/json; charset=\"\"",
  "application /json",
  "application/ json",
  "application/json; charset=utf-8 x",
  "application/json; =utf-8",
  "application/json; charset='utf-8'",
};

static message_case typed(const char *headers, bdc_verdict verdict, const char *code, const char *violations) {
  return (message_case){ { "PATCH", WORKSPACE, headers, "{\"state\":\"NORMAL\"}" }, verdict, code, violations };
}

static void content_types_of_json_in_utf8_are_taken_in_every_form_of_rfc_9110(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(json_types); i++) {
    blob headers = { 0 };
    blob_print(&headers, TOKEN "Content-Type: %s\n", json_types[i]);
    message_case c = typed(headers.data, BDC_VALID, NULL, "");
    expect_request(checker, &c, "huaweicloud");
    blob_free(&headers);
  }
  bdc_checker_free(checker);
}

static void other_content_types_are_refused(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(other_types); i++) {
    blob headers = { 0 };
    blob_print(&headers, TOKEN "Content-Type: %s\n", other_types[i]);
    message_case c = typed(headers.data, BDC_INVALID, "WKS.00000415", "header/media-type Content-Type@0");
    expect_request(checker, &c, "huaweicloud");
    blob_free(&headers);
  }
  bdc_checker_free(checker);
}

static void content_type_matters_only_with_a_body(void **state) {
  (void)state;
  static const message_case list[] = {
    { { "PATCH", WORKSPACE, TOKEN "Content-Type: text/plain\n", "" }, BDC_INVALID, "WKS.0001", "body/mandatory @0" },
    { { "PUT", DATAARTS, TOKEN "workspace: w\n", "" }, BDC_INVALID, "DLS.1000", "body/mandatory @0" },
    { { "PUT", DATAARTS, TOKEN "workspace: w\n", "{}" }, BDC_INVALID, "DLM.4312", "header/mandatory Content-Type@0" },
    { { "PUT", DATAARTS, TOKEN "workspace: w\nContent-Type: text/plain\n", "x" },
      BDC_INVALID,
      "DLS.1000",
      "header/media-type Content-Type@0" },
    { { "PUT", APIG, TOKEN, APP }, BDC_VALID, NULL, "" },
    /* A body of another type is not read as JSON. */
    { { "PUT", APIG, TOKEN "Content-Type: text/html\n", "<p>" }, BDC_INVALID, "APIG.2012", "header/media-type Content-Type@0" },
  };
  HUAWEI(list);
}

/* ---- Content-Encoding ---- */

static void an_encoded_body_is_unchecked_and_never_valid(void **state) {
  (void)state;
  static const char *const codings[] = { "gzip", "GZIP", "br", "deflate", "x", "gzip, identity", "identity, gzip" };
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(codings); i++) {
    blob headers = { 0 };
    blob_print(&headers, TOKEN JSON "Content-Encoding: %s\n", codings[i]);
    message_case c = { { "PUT", ROMA, headers.data, "\x1f\x8b{" }, BDC_UNCHECKED, NULL, "" };
    expect_request(checker, &c, "huaweicloud");
    assert_int_equal(bdc_checker_report(checker)->reason, BDC_REASON_CONTENT_ENCODING);
    blob_free(&headers);
  }
  static const message_case identity = { { "PUT", ROMA, TOKEN "content-encoding: Identity\n", "{}" }, BDC_VALID, NULL, "" };
  static const message_case broken = {
    { "PUT", ROMA, "Content-Encoding: gzip\n", "{}" }, BDC_INVALID, "ROMA.1000", "header/mandatory X-Auth-Token@0"
  };
  expect_request(checker, &identity, "huaweicloud");
  assert_false(bdc_checker_report(checker)->unread);
  expect_request(checker, &broken, "huaweicloud");
  assert_true(bdc_checker_report(checker)->unread);
  bdc_checker_free(checker);
}

/* ---- routes ---- */

static void expect_unrouted(bdc_checker *checker, const char *method, const char *target, const char *provider, bdc_status status) {
  bdc_header headers[1];
  message sent = { method, target, "", "{}" };
  bdc_request request = request_of(&sent, headers);
  bdc_verdict verdict = BDC_VALID;
  request.provider = (bdc_str){ provider, strlen(provider) };
  assert_int_equal(bdc_check_request(checker, &request), BDC_UNCHECKED);
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(report->status, status);
  assert_int_equal(report->reason, BDC_REASON_NO_OPERATION);
  assert_int_equal(report->violation_count + report->error_count + report->warning_count, 0);
  assert_null(report->operation);
  assert_null(report->error);
  assert_int_equal(bdc_check_begin_request(checker, &request), status);
  bdc_check_feed(checker, "{}", 2);
  bdc_check_end(checker, &verdict);
  assert_int_equal(verdict, BDC_UNCHECKED);
}

static void a_message_that_no_operation_fits_is_unchecked_and_the_status_says_why(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  expect_unrouted(checker, "PUT", "/v3/p/apps", "huaweicloud", BDC_ERR_NO_PATH);
  expect_unrouted(checker, "PUT", APIG "/", "huaweicloud", BDC_ERR_NO_PATH);
  expect_unrouted(checker, "PUT", "*", "huaweicloud", BDC_ERR_NO_PATH);
  expect_unrouted(checker, "PUT", "", "huaweicloud", BDC_ERR_NO_PATH);
  expect_unrouted(checker, "POST", APIG, "huaweicloud", BDC_ERR_NO_METHOD);
  expect_unrouted(checker, "put", APIG, "huaweicloud", BDC_ERR_NO_METHOD);
  expect_unrouted(checker, "", ROMA, "", BDC_ERR_NO_METHOD);
  expect_unrouted(checker, "PUT", APIG, "", BDC_ERR_AMBIGUOUS);
  expect_unrouted(checker, "PUT", ROMA, "otc", BDC_ERR_NO_PATH);
  bdc_checker_free(checker);
}

static void the_provider_of_the_options_decides_between_operations(void **state) {
  (void)state;
  bdc_options options = { .provider = "otc" };
  const bdc_operation *operation;
  bdc_ruleset *ruleset;
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_OK);
  assert_int_equal(bdc_route(ruleset, BDC_STR("PUT"), BDC_STR(APIG), &operation), BDC_OK);
  assert_true(is_text(bdc_operation_describe(operation).full_name, "otc.apig.UpdateAppV2"));
  assert_ptr_equal(bdc_operation_find(ruleset, "apig.UpdateAppV2"), operation);
  assert_int_equal(bdc_route(ruleset, BDC_STR("PUT"), BDC_STR(ROMA), &operation), BDC_OK);
  assert_true(is_text(bdc_operation_describe(operation).full_name, "huaweicloud.roma.UpdateRomaApp"));
  assert_int_equal(bdc_route(builtin, BDC_STR("PUT"), BDC_STR(APIG), &operation), BDC_ERR_AMBIGUOUS);
  assert_null(operation);
  assert_null(bdc_operation_find(builtin, "apig.UpdateAppV2"));
  bdc_ruleset_free(ruleset);
}

static void an_ambiguous_route_or_name_tells_all_candidates(void **state) {
  (void)state;
  const bdc_operation *candidates[4] = { NULL };
  const bdc_operation *operation;
  size_t count = 0;
  assert_int_equal(bdc_route_search(builtin, (bdc_str){ 0 }, BDC_STR("PUT"), BDC_STR(APIG), &operation, candidates, 4, &count),
                   BDC_ERR_AMBIGUOUS);
  assert_int_equal(count, 2);
  assert_true(candidates[0] && candidates[1] && candidates[0] != candidates[1] && !operation);
  assert_int_equal(bdc_operation_search(builtin, BDC_STR("UpdateAppV2"), &operation, candidates, 1, &count), BDC_ERR_AMBIGUOUS);
  assert_int_equal(count, 2);
  assert_int_equal(bdc_operation_search(builtin, BDC_STR("nope"), &operation, NULL, 0, NULL), BDC_ERR_NO_OPERATION);
  assert_int_equal(bdc_route_search(builtin, (bdc_str){ 0 }, BDC_STR("GET"), BDC_STR(ROMA), &operation, candidates, 4, &count),
                   BDC_ERR_NO_METHOD);
  assert_int_equal(count, 1);
  assert_true(is_text(bdc_operation_describe(candidates[0]).full_name, "huaweicloud.roma.UpdateRomaApp"));
}

static void a_given_operation_must_be_that_of_the_target(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_header token = { BDC_STR("X-Auth-Token"), BDC_STR("t") };
  bdc_request request = { .operation = operation_of(builtin, "otc.apig.UpdateAppV2"),
                          .method = BDC_STR("PUT"),
                          .target = BDC_STR(APIG),
                          .headers = &token,
                          .header_count = 1,
                          .body = APP,
                          .body_size = strlen(APP) };
  assert_int_equal(bdc_check_request(checker, &request), BDC_VALID);
  assert_ptr_equal(bdc_checker_report(checker)->operation, request.operation);
  request.target = BDC_STR("");
  assert_int_equal(bdc_check_request(checker, &request), BDC_VALID);
  request.target = BDC_STR(ROMA);
  assert_int_equal(bdc_check_request(checker, &request), BDC_UNCHECKED);
  assert_int_equal(bdc_checker_report(checker)->status, BDC_ERR_NO_PATH);
  request.operation = operation_of(lab, "lab.Put");
  assert_int_equal(bdc_check_request(checker, &request), BDC_UNCHECKED);
  assert_int_equal(bdc_checker_report(checker)->status, BDC_ERR_ARGUMENT);
  bdc_checker_free(checker);
}

/* ---- bodies without a table ---- */

static void a_body_that_no_table_describes_is_unchecked(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(lab, NULL);
  static const message_case without = { { "GET", "/lab", "", "" }, BDC_VALID, NULL, "" };
  static const message_case with = { { "GET", "/lab", "", "{}" }, BDC_UNCHECKED, NULL, "" };
  expect_request(checker, &without, "");
  expect_request(checker, &with, "");
  assert_int_equal(bdc_checker_report(checker)->reason, BDC_REASON_NO_TABLE);
  bdc_checker_free(checker);
}

static void the_reason_is_none_unless_the_verdict_is_unchecked(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_check_body(checker, operation_of(builtin, "huaweicloud.roma.UpdateRomaApp"), 302, "x", 1);
  assert_int_equal(bdc_checker_report(checker)->verdict, BDC_INVALID);
  assert_int_equal(bdc_checker_report(checker)->reason, BDC_REASON_NONE);
  bdc_checker_free(checker);
}

/* ---- responses ---- */

static void responses_are_checked_with_their_headers(void **state) {
  (void)state;
  static const struct {
    int status;
    message_case c;
  } list[] = {
    { 200, { { "", "", JSON, "{}" }, BDC_VALID, NULL, "" } },
    { 200, { { "", "", "", "{}" }, BDC_VALID, NULL, "" } },
    { 200, { { "", "", "Content-Type: text/html\n", "{}" }, BDC_INVALID, "APIG.9999", "header/media-type Content-Type@0" } },
    { 200,
      { { "", "", JSON "content-type: application/json\n", "{}" }, BDC_INVALID, "APIG.9999", "header/media-type Content-Type@0" } },
    { 200, { { "", "", "Content-Encoding: gzip\n", "{}" }, BDC_UNCHECKED, NULL, "" } },
    { 200, { { "", "", "X-Request-Id: a\x01\n", "{}" }, BDC_INVALID, "APIG.9999", "header/charset X-Request-Id@1" } },
    { 200, { { "", "", "", "" }, BDC_INVALID, "APIG.9999", "body/mandatory @0" } },
    { 204, { { "", "", "", "" }, BDC_INVALID, "APIG.9999", "status/status @0" } },
    { 404, { { "", "", JSON, "{\"error_code\":\"APIG.3002\",\"error_msg\":\"\"}" }, BDC_VALID, NULL, "" } },
    { 429,
      { { "", "", "", "{\"error_code\":\"APIG.8888\",\"error_msg\":1}" },
        BDC_INVALID,
        "APIG.9999",
        "~status/status @0; body/type error_msg@38" } },
  };
  bdc_checker *checker = checker_of(builtin, NULL);
  for (size_t i = 0; i < LENGTH(list); i++) {
    bdc_header headers[HEADERS_MAX];
    bdc_response response = { .status = list[i].status,
                              .headers = headers,
                              .header_count = parse_headers(list[i].c.sent.headers, headers),
                              .body = list[i].c.sent.body,
                              .body_size = strlen(list[i].c.sent.body) };
    assert_int_equal(bdc_check_response(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), &response), list[i].c.verdict);
    expect_report(bdc_checker_report(checker), &list[i].c);
    assert_int_equal(bdc_checker_report(checker)->http_status, list[i].status);
  }
  bdc_checker_free(checker);
}

/* ---- settings ---- */

static void first_only_stops_in_the_head_too(void **state) {
  (void)state;
  bdc_settings settings = { .first_only = true };
  bdc_checker *checker = checker_of(builtin, &settings);
  static const message_case list[] = {
    { { "PUT", APIG, TOKEN, APP }, BDC_VALID, NULL, "" },
    { { "PUT", "/v2//apigw/instances//apps/.", "", "{" }, BDC_INVALID, "APIG.2012", "path/mandatory project_id@4" },
    { { "PUT", APIG "?x", "Content-Type: text/plain\nX: \x01\n", "{}" }, BDC_INVALID, NULL, NULL },
    { { "PUT", DATAARTS, TOKEN, "" }, BDC_INVALID, "DLM.4312", "header/mandatory workspace@0" },
    { { "PUT", DATAARTS, TOKEN, "{" }, BDC_INVALID, "DLM.4312", "header/mandatory workspace@0" },
  };
  for (size_t i = 0; i < LENGTH(list); i++) {
    if (list[i].violations) {
      expect_request(checker, &list[i], "huaweicloud");
      continue;
    }
    bdc_header headers[HEADERS_MAX];
    bdc_request request = request_of(&list[i].sent, headers);
    request.provider = BDC_STR("huaweicloud");
    bdc_check_request(checker, &request);
    assert_int_equal(bdc_checker_report(checker)->error_count, 1);
  }
  bdc_checker_free(checker);
}

static void a_query_parameter_is_what_the_settings_say(void **state) {
  (void)state;
  static const struct {
    bdc_unknown policy;
    message_case c;
  } list[] = {
    { BDC_UNKNOWN_ERROR, { { "PUT", APIG "?x", TOKEN, APP }, BDC_INVALID, "APIG.2012", "query/unknown x@31" } },
    { BDC_UNKNOWN_WARNING, { { "PUT", APIG "?x", TOKEN, APP }, BDC_VALID, NULL, "~query/unknown x@31" } },
    { BDC_UNKNOWN_IGNORE, { { "PUT", APIG "?x", TOKEN, APP }, BDC_VALID, NULL, "" } },
  };
  for (size_t i = 0; i < LENGTH(list); i++) {
    bdc_settings settings = { .unknown_request = list[i].policy };
    bdc_checker *checker = checker_of(builtin, &settings);
    expect_request(checker, &list[i].c, "huaweicloud");
    bdc_checker_free(checker);
  }
}

/* ---- places of violations in the head ---- */

static void headers_have_their_number_as_line_and_missing_ones_have_none(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  message sent = { "PUT", DATAARTS, "X: 1\nDlm-Type: x\nContent-Type: text/plain\nworkspace: \n", "{}" };
  bdc_header headers[HEADERS_MAX];
  bdc_request request = request_of(&sent, headers);
  bdc_check_request(checker, &request);
  const bdc_report *report = bdc_checker_report(checker);
  static const struct {
    const char *field;
    uint32_t line;
  } expected[] = { { "X-Auth-Token", 0 }, { "workspace", 0 }, { "Dlm-Type", 2 }, { "Content-Type", 3 } };
  assert_int_equal(report->violation_count, LENGTH(expected));
  for (size_t i = 0; i < LENGTH(expected); i++) {
    assert_true(is_text(report->violations[i].field, expected[i].field));
    assert_int_equal(report->violations[i].line, expected[i].line);
    assert_int_equal(report->violations[i].column, expected[i].line > 0);
    assert_int_equal(report->violations[i].pointer.size, 0);
  }
  bdc_checker_free(checker);
}

static void targets_have_one_line_and_columns_from_one(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  message sent = { "PUT", "/v2/%/apigw/instances/i/apps/a?x", TOKEN, APP };
  bdc_header headers[HEADERS_MAX];
  bdc_request request = request_of(&sent, headers);
  request.provider = BDC_STR("huaweicloud");
  bdc_check_request(checker, &request);
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(report->violation_count, 2);
  assert_int_equal(report->violations[0].line, 1);
  assert_int_equal(report->violations[0].column, 5);
  assert_int_equal(report->violations[1].line, 1);
  assert_int_equal(report->violations[1].column, 32);
  bdc_checker_free(checker);
}

/* ---- begin, feed, end ---- */

static void feed_and_end_need_a_begin(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  bdc_verdict verdict = BDC_VALID;
  const bdc_operation *operation = operation_of(builtin, "huaweicloud.roma.UpdateRomaApp");
  assert_int_equal(bdc_checker_report(checker)->verdict, BDC_UNCHECKED);
  assert_int_equal(bdc_check_feed(checker, "{}", 2), BDC_ERR_STATE);
  assert_int_equal(bdc_check_end(checker, &verdict), BDC_ERR_STATE);
  assert_int_equal(verdict, BDC_UNCHECKED);
  assert_int_equal(bdc_check_begin(checker, operation, 0), BDC_OK);
  assert_int_equal(bdc_checker_report(checker)->verdict, BDC_UNCHECKED);
  assert_int_equal(bdc_check_feed(checker, "{}", 2), BDC_OK);
  assert_int_equal(bdc_checker_report(checker)->verdict, BDC_UNCHECKED);
  assert_int_equal(bdc_check_end(checker, &verdict), BDC_OK);
  assert_int_equal(verdict, BDC_VALID);
  assert_int_equal(bdc_check_feed(checker, "{}", 2), BDC_ERR_STATE);
  assert_int_equal(bdc_check_end(checker, &verdict), BDC_ERR_STATE);
  assert_int_equal(bdc_check_body(checker, operation, 0, "{}", 2), BDC_VALID);
  assert_int_equal(bdc_check_feed(checker, "{}", 2), BDC_ERR_STATE);
  bdc_checker_free(checker);
}

static void a_begin_drops_what_was_begun_before(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  const bdc_operation *operation = operation_of(builtin, "huaweicloud.roma.UpdateRomaApp");
  bdc_verdict verdict;
  assert_int_equal(bdc_check_begin(checker, operation, 0), BDC_OK);
  bdc_check_feed(checker, "{\"name\":\"\",[", 12);
  assert_int_equal(bdc_check_begin(checker, operation, 200), BDC_OK);
  bdc_check_feed(checker, "{}", 2);
  assert_int_equal(bdc_check_end(checker, &verdict), BDC_OK);
  assert_int_equal(verdict, BDC_VALID);
  assert_int_equal(bdc_checker_report(checker)->violation_count, 0);
  assert_int_equal(bdc_checker_report(checker)->http_status, 200);
  bdc_checker_free(checker);
}

static void a_begin_with_wrong_arguments_leaves_the_message_unchecked(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  const bdc_operation *operation = operation_of(builtin, "huaweicloud.roma.UpdateRomaApp");
  bdc_response nothing = { .status = 0 };
  bdc_verdict verdict;
  assert_int_equal(bdc_check_begin(checker, NULL, 0), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_check_end(checker, &verdict), BDC_OK);
  assert_int_equal(verdict, BDC_UNCHECKED);
  assert_int_equal(bdc_check_begin(checker, operation, -1), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_check_begin(checker, operation, 1000), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_check_begin(checker, operation_of(lab, "lab.Put"), 0), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_check_begin_response(checker, operation, &nothing), BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_check_body(checker, NULL, 0, "{}", 2), BDC_UNCHECKED);
  assert_int_equal(bdc_checker_report(checker)->status, BDC_ERR_ARGUMENT);
  assert_int_equal(bdc_check_response(checker, operation, &nothing), BDC_UNCHECKED);
  assert_int_equal(bdc_check_body(checker, operation, 0, "{}", 2), BDC_VALID);
  bdc_checker_free(checker);
}

static void empty_pieces_are_no_body(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  const bdc_operation *operation = operation_of(builtin, "huaweicloud.roma.UpdateRomaApp");
  bdc_verdict verdict;
  bdc_check_begin(checker, operation, 0);
  bdc_check_feed(checker, NULL, 0);
  bdc_check_feed(checker, "", 0);
  bdc_check_end(checker, &verdict);
  assert_int_equal(verdict, BDC_INVALID);
  assert_true(is_text(bdc_checker_report(checker)->error->code, "ROMA.13001"));
  bdc_checker_free(checker);
}

static void begin_request_ignores_the_body_members(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  message sent = { "PUT", ROMA, TOKEN, "[]" };
  bdc_header headers[HEADERS_MAX];
  bdc_request request = request_of(&sent, headers);
  bdc_verdict verdict;
  request.request_id = BDC_STR("the id");
  assert_int_equal(bdc_check_begin_request(checker, &request), BDC_OK);
  bdc_check_feed(checker, "{}", 2);
  bdc_check_end(checker, &verdict);
  assert_int_equal(verdict, BDC_VALID);
  assert_true(is_text(bdc_checker_report(checker)->request_id, "the id"));
  bdc_checker_free(checker);
}

/* ---- every character at every place of a value ---- */

enum { VALUE_MAX = 20 };

/* A request whose only oddity is the text at the end of its path, or the value of the field X-Other. */
static const bdc_report *check_value(bdc_checker *checker, bdc_str in_path, bdc_str in_header) {
  char target[sizeof APIG + VALUE_MAX] = "/v2/p/apigw/instances/i/apps/";
  size_t size = strlen(target);
  memcpy(target + size, in_path.data, in_path.size);
  bdc_header headers[] = { { BDC_STR("X-Auth-Token"), BDC_STR("t") }, { BDC_STR("X-Other"), in_header } };
  bdc_request request = { .provider = BDC_STR("huaweicloud"),
                          .method = BDC_STR("PUT"),
                          .target = { target, size + in_path.size },
                          .headers = headers,
                          .header_count = LENGTH(headers),
                          .body = APP,
                          .body_size = strlen(APP) };
  bdc_check_request(checker, &request);
  return bdc_checker_report(checker);
}

static void each_control_character_of_a_header_is_found_at_any_place(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  for (int c = 0; c < 256; c++) {
    for (size_t size = 3; size <= VALUE_MAX; size++) {
      for (size_t at = 1; at + 1 < size; at++) {
        char value[VALUE_MAX];
        memset(value, '~', sizeof value);
        value[at] = (char)c;
        const bdc_report *report = check_value(checker, BDC_STR("a"), (bdc_str){ value, size });
        bool control = (c < 0x20 && c != '\t') || c == 0x7f;
        assert_int_equal(report->violation_count, control);
        assert_true(!control || (report->violations[0].rule == BDC_RULE_CHARSET && report->violations[0].offset == at));
      }
    }
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static void each_character_that_a_path_must_not_have_is_found_at_any_place(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  bdc_checker *checker = checker_of(ruleset, NULL);
  for (int c = 0; c < 256; c++) {
    for (size_t at = 0; at < VALUE_MAX && c != '/' && c != '?' && c != '#'; at++) {
      char value[VALUE_MAX];
      memset(value, 'a', sizeof value);
      value[at] = (char)c;
      const bdc_report *report = check_value(checker, (bdc_str){ value, sizeof value }, BDC_STR("x"));
      /* "%" begins a bad escape, or one of a byte that is no UTF-8. */
      bool forbidden = c <= 0x20 || c >= 0x7f || strchr("\"<>\\^`{|}", c);
      bdc_rule rule = report->violation_count ? report->violations[0].rule : BDC_RULE_CHARSET; /* the row's own may be broken */
      assert_int_equal(rule == BDC_RULE_SYNTAX || rule == BDC_RULE_ENCODING, forbidden || c == '%');
      if (forbidden || c == '%') {
        assert_int_equal(report->violation_count, 1);
        assert_int_equal(rule, forbidden ? BDC_RULE_SYNTAX : BDC_RULE_ENCODING);
        assert_int_equal(report->violations[0].offset, strlen("/v2/p/apigw/instances/i/apps/") + at);
        assert_int_equal(report->violations[0].in, BDC_IN_PATH);
      }
    }
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_request_that_keeps_the_documentation_is_valid),
    cmocka_unit_test(paths_are_decoded_once_and_their_faults_are_violations),
    cmocka_unit_test(an_undocumented_query_parameter_is_a_warning),
    cmocka_unit_test(documented_query_parameters_are_checked),
    cmocka_unit_test(header_names_match_in_any_case_and_twice_is_a_violation),
    cmocka_unit_test(control_characters_in_headers_are_violations),
    cmocka_unit_test(each_control_character_of_a_header_is_found_at_any_place),
    cmocka_unit_test(each_character_that_a_path_must_not_have_is_found_at_any_place),
    cmocka_unit_test(a_missing_token_is_answered_unless_the_request_is_signed),
    cmocka_unit_test(headers_are_read_as_the_type_of_their_row),
    cmocka_unit_test(content_types_of_json_in_utf8_are_taken_in_every_form_of_rfc_9110),
    cmocka_unit_test(other_content_types_are_refused),
    cmocka_unit_test(content_type_matters_only_with_a_body),
    cmocka_unit_test(an_encoded_body_is_unchecked_and_never_valid),
    cmocka_unit_test(a_message_that_no_operation_fits_is_unchecked_and_the_status_says_why),
    cmocka_unit_test(the_provider_of_the_options_decides_between_operations),
    cmocka_unit_test(an_ambiguous_route_or_name_tells_all_candidates),
    cmocka_unit_test(a_given_operation_must_be_that_of_the_target),
    cmocka_unit_test(a_body_that_no_table_describes_is_unchecked),
    cmocka_unit_test(the_reason_is_none_unless_the_verdict_is_unchecked),
    cmocka_unit_test(responses_are_checked_with_their_headers),
    cmocka_unit_test(first_only_stops_in_the_head_too),
    cmocka_unit_test(a_query_parameter_is_what_the_settings_say),
    cmocka_unit_test(headers_have_their_number_as_line_and_missing_ones_have_none),
    cmocka_unit_test(targets_have_one_line_and_columns_from_one),
    cmocka_unit_test(feed_and_end_need_a_begin),
    cmocka_unit_test(a_begin_drops_what_was_begun_before),
    cmocka_unit_test(a_begin_with_wrong_arguments_leaves_the_message_unchecked),
    cmocka_unit_test(empty_pieces_are_no_body),
    cmocka_unit_test(begin_request_ignores_the_body_members),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
