/* SPDX-License-Identifier: MIT */
/* Routes where tables name hosts: of targets, and of requests with the field Host. */
#include "unit/support.h"

#include "base/str.h"

#include <bodycheck/table.h>

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- rules: two services with hosts, two without, and one that shares hosts and paths with another of its provider ---- */

#define HEAD(provider, service) "provider " provider "\nservice " service " x\nsource t text\n"
#define ID "  path\n    id string mandatory @t\n"

static const char west[] = HEAD("west", "api") "host *.west.example @t\nhost both.example @t\n"
                                               "operation Put PUT /apps/{id} @t\n" ID "operation Get GET /apps/{id} @t\n" ID;
static const char mail[] = HEAD("west", "mail") "operation Put PUT /apps/{id} @t\n" ID "host mail.west.example @t\n"
                                                "host mail.example @t\n";
static const char east[] = HEAD("east", "api") "host BOTH.example @t\nhost *.East.example @t\n"
                                               "operation Put PUT /apps/{id} @t\n" ID "operation All PUT /apps/all @t\n"
                                               "operation Gone DELETE /gone @t\n";
static const char open_rules[] = HEAD("open", "api") "operation Put PUT /apps/{id} @t\n" ID "operation Post POST /apps/{id} @t\n" ID
                                                     "operation List GET /list @t\noperation None GET /apps/none @t\n";
static const char free_rules[] = HEAD("free", "api") "operation Put PUT /apps/{app} @t\n  path\n    app string mandatory @t\n";

static bdc_ruleset *load(const char *provider) {
  const bdc_rule_text texts[] = { { BDC_STR("west"), bdc__str(west) },
                                  { BDC_STR("mail"), bdc__str(mail) },
                                  { BDC_STR("east"), bdc__str(east) },
                                  { BDC_STR("open"), bdc__str(open_rules) },
                                  { BDC_STR("free"), bdc__str(free_rules) } };
  bdc_options options = { .without_builtin = true, .provider = provider };
  bdc_ruleset *ruleset = NULL;
  assert_int_equal(bdc_ruleset_parse(texts, LENGTH(texts), &options, &ruleset, NULL), BDC_OK);
  return ruleset;
}

/* ---- what is expected ---- */

enum { CANDIDATES_MAX = 8 };

typedef struct route_case {
  const char *by_default; /* the provider of the options; NULL: none */
  const char *provider;   /* of the call */
  const char *method;
  const char *target;
  bdc_status status;
  const char *operation; /* NULL: none */
  const char *candidates;
} route_case;

static void add_name(blob *to, const bdc_operation *operation) {
  bdc_str name = bdc_operation_describe(operation).full_name;
  blob_print(to, "%s%.*s", to->size ? " " : "", (int)name.size, name.data);
}

static void expect_outcome(const char *what, bdc_status status, const bdc_operation *out, bdc_status expected, const char *operation) {
  blob name = { 0 };
  blob_add(&name, NULL, 0);
  if (out) {
    add_name(&name, out);
  }
  if (status != expected || strcmp(name.data, operation ? operation : "") != 0) {
    fail_msg("%s: status %d, <%s>; expected %d, <%s>", what, status, name.data, expected, operation ? operation : "");
  }
  blob_free(&name);
}

static void expect_candidates(const char *what, const bdc_operation *const *list, size_t count, const char *expected) {
  blob names = { 0 };
  blob_add(&names, NULL, 0);
  assert_true(count <= CANDIDATES_MAX);
  for (size_t i = 0; i < count; i++) {
    add_name(&names, list[i]);
  }
  if (strcmp(names.data, expected) != 0) {
    fail_msg("%s: candidates <%s>; expected <%s>", what, names.data, expected);
  }
  blob_free(&names);
}

static void expect_route(const bdc_ruleset *ruleset, const route_case *c) {
  const bdc_operation *candidates[CANDIDATES_MAX] = { NULL };
  const bdc_operation *out = (const bdc_operation *)candidates;
  size_t count = 99;
  bdc_status status = bdc_route_search(ruleset, bdc__str(c->provider), bdc__str(c->method), bdc__str(c->target), &out, candidates,
                                       CANDIDATES_MAX, &count);
  expect_outcome(c->target, status, out, c->status, c->operation);
  expect_candidates(c->target, candidates, count, c->candidates);
  if (c->provider[0] == '\0') {
    const bdc_operation *other = NULL;
    assert_int_equal(bdc_route(ruleset, bdc__str(c->method), bdc__str(c->target), &other), status);
    assert_ptr_equal(other, out);
  }
}

static void expect_routes(const route_case *cases, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bdc_ruleset *ruleset = load(cases[i].by_default);
    expect_route(ruleset, &cases[i]);
    bdc_ruleset_free(ruleset);
  }
}

#define WEST "https://x.west.example"
#define EAST "https://x.east.example"
#define BOTH "https://both.example"
#define MAIL "https://mail.west.example"
#define OTHER "https://other.example"
#define ALL_PUT "west.api.Put west.mail.Put east.api.Put open.api.Put free.api.Put"

/* ---- targets ---- */

static void services_of_the_host_go_first(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "", "PUT", WEST "/apps/1", BDC_OK, "west.api.Put", "west.api.Put" },
    { NULL, "", "PUT", EAST "/apps/1?x=y", BDC_OK, "east.api.Put", "east.api.Put" },
    { NULL, "", "PUT", "HTTPS://X.West.EXAMPLE:8443/apps/1", BDC_OK, "west.api.Put", "west.api.Put" },
    { NULL, "", "PUT", "http://u:p@x.west.example.:80/apps/1", BDC_OK, "west.api.Put", "west.api.Put" },
    { NULL, "", "PUT", "https://x.west.example@x.east.example/apps/1", BDC_OK, "east.api.Put", "east.api.Put" },
    { NULL, "", "PUT", "https://mail.example/apps/1", BDC_OK, "west.mail.Put", "west.mail.Put" },
    { "east", "", "PUT", WEST "/apps/1", BDC_OK, "west.api.Put", "west.api.Put" },
    { "open", "", "PUT", EAST "/apps/1", BDC_OK, "east.api.Put", "east.api.Put" },
    { NULL, "", "DELETE", EAST "/gone", BDC_OK, "east.api.Gone", "east.api.Gone" },
  };
  expect_routes(cases, LENGTH(cases));
}

static void a_literal_of_a_service_at_another_host_is_none(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "", "PUT", WEST "/apps/all", BDC_OK, "west.api.Put", "west.api.Put" },
    { NULL, "", "PUT", EAST "/apps/all", BDC_OK, "east.api.All", "east.api.All" },
    { NULL, "", "PUT", "/apps/all", BDC_OK, "east.api.All", "east.api.All" },
    { "open", "", "PUT", OTHER "/apps/all", BDC_OK, "open.api.Put", "open.api.Put free.api.Put" },
    /* Nor does one of a service without hosts hide those of the host. */
    { NULL, "", "GET", WEST "/apps/none", BDC_OK, "west.api.Get", "west.api.Get" },
    { NULL, "", "GET", OTHER "/apps/none", BDC_OK, "open.api.None", "open.api.None" },
    { NULL, "", "GET", "/apps/none", BDC_OK, "open.api.None", "open.api.None" },
  };
  expect_routes(cases, LENGTH(cases));
}

static void of_several_services_of_the_host_the_provider_decides(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "", "PUT", BOTH "/apps/1", BDC_ERR_AMBIGUOUS, NULL, "west.api.Put east.api.Put" },
    { "open", "", "PUT", BOTH "/apps/1", BDC_ERR_AMBIGUOUS, NULL, "west.api.Put east.api.Put" },
    { "east", "", "PUT", BOTH "/apps/1", BDC_OK, "east.api.Put", "west.api.Put east.api.Put" },
    { "east", "west", "PUT", BOTH "/apps/1", BDC_OK, "west.api.Put", "west.api.Put east.api.Put" },
    { NULL, "", "PUT", MAIL "/apps/1", BDC_ERR_AMBIGUOUS, NULL, "west.api.Put west.mail.Put" },
    { NULL, "west", "PUT", MAIL "/apps/1", BDC_ERR_AMBIGUOUS, NULL, "west.api.Put west.mail.Put" },
  };
  expect_routes(cases, LENGTH(cases));
}

static void services_of_other_hosts_are_out(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "", "DELETE", WEST "/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { "east", "", "DELETE", OTHER "/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "GET", OTHER "/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "GET", EAST "/gone", BDC_ERR_NO_METHOD, NULL, "east.api.Gone" },
    { NULL, "", "DELETE", WEST "/nope", BDC_ERR_NO_PATH, NULL, "" },
    { NULL, "", "DELETE", "https://y.x.east.example/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "DELETE", "https://x.east.example.org/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "DELETE", "https://east.example/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "DELETE", "https://[2001:db8::1]:443/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "DELETE", "https://x.east.example:port/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
    { NULL, "", "DELETE", "https://x%2eeast.example/gone", BDC_ERR_NO_HOST, NULL, "east.api.Gone" },
  };
  expect_routes(cases, LENGTH(cases));
}

static void services_without_hosts_are_at_any(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "", "PUT", OTHER "/apps/1", BDC_ERR_AMBIGUOUS, NULL, "open.api.Put free.api.Put" },
    { "east", "", "PUT", OTHER "/apps/1", BDC_ERR_AMBIGUOUS, NULL, "open.api.Put free.api.Put" },
    { "free", "", "PUT", OTHER "/apps/1", BDC_OK, "free.api.Put", "open.api.Put free.api.Put" },
    { NULL, "", "GET", WEST "/list", BDC_OK, "open.api.List", "open.api.List" },
    { NULL, "", "PUT", WEST "/list", BDC_ERR_NO_METHOD, NULL, "open.api.List" },
    { NULL, "", "POST", WEST "/apps/1", BDC_OK, "open.api.Post", "open.api.Post" },
    { NULL, "", "PATCH", WEST "/apps/1", BDC_ERR_NO_METHOD, NULL, "west.api.Put west.api.Get" },
    { NULL, "", "GET", EAST "/apps/1", BDC_ERR_NO_METHOD, NULL, "east.api.Put" },
    { NULL, "", "GET", OTHER "/apps/1", BDC_ERR_NO_METHOD, NULL, "open.api.Put open.api.Post free.api.Put" },
  };
  expect_routes(cases, LENGTH(cases));
}

static void a_given_provider_holds_against_the_host(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "open", "PUT", WEST "/apps/1", BDC_OK, "open.api.Put", "west.api.Put open.api.Put free.api.Put" },
    { "west", "east", "PUT", WEST "/apps/1", BDC_ERR_NO_HOST, NULL, ALL_PUT },
    { NULL, "east", "PUT", OTHER "/apps/1", BDC_ERR_NO_HOST, NULL, ALL_PUT },
    { NULL, "nobody", "PUT", WEST "/apps/1", BDC_ERR_NO_PATH, NULL, ALL_PUT },
    { NULL, "open", "DELETE", WEST "/gone", BDC_ERR_NO_PATH, NULL, "east.api.Gone" },
    { NULL, "open", "DELETE", EAST "/gone", BDC_ERR_NO_PATH, NULL, "east.api.Gone" },
  };
  expect_routes(cases, LENGTH(cases));
}

static void without_a_host_nothing_is_out_and_nothing_goes_first(void **state) {
  (void)state;
  static const route_case cases[] = {
    { NULL, "", "PUT", "/apps/1", BDC_ERR_AMBIGUOUS, NULL, ALL_PUT },
    { NULL, "", "PUT", "https:///apps/1", BDC_ERR_AMBIGUOUS, NULL, ALL_PUT },
    { NULL, "", "PUT", "https://u@:443/apps/1", BDC_ERR_AMBIGUOUS, NULL, ALL_PUT },
    { "east", "", "PUT", "/apps/1", BDC_OK, "east.api.Put", ALL_PUT },
    { "west", "", "PUT", "/apps/1", BDC_ERR_AMBIGUOUS, NULL, ALL_PUT },
    { NULL, "east", "PUT", "/apps/1", BDC_OK, "east.api.Put", ALL_PUT },
    { NULL, "", "DELETE", "/gone", BDC_OK, "east.api.Gone", "east.api.Gone" },
    { NULL, "", "PUT", "//x.west.example/apps/1", BDC_ERR_NO_PATH, NULL, "" },
  };
  expect_routes(cases, LENGTH(cases));
}

/* ---- requests ---- */

typedef struct field_case {
  const char *target;
  bdc_header headers[3];
  bdc_status status;
  const char *operation;
} field_case;

static void expect_request(const bdc_ruleset *ruleset, bdc_checker *checker, const field_case *c) {
  bdc_request request = { .method = BDC_STR("PUT"), .target = bdc__str(c->target), .headers = c->headers };
  const bdc_operation *out = NULL;
  while (request.header_count < LENGTH(c->headers) && c->headers[request.header_count].name.size) {
    request.header_count++;
  }
  bdc_status status = bdc_route_request(ruleset, &request, &out, NULL, 0, NULL);
  expect_outcome(c->target, status, out, c->status, c->operation);
  bdc_check_request(checker, &request);
  assert_int_equal(bdc_checker_report(checker)->status, status);
  assert_ptr_equal(bdc_checker_report(checker)->operation, out);
  assert_int_equal(bdc_check_begin_request(checker, &request), status);
  assert_ptr_equal(bdc_checker_report(checker)->operation, out);
}

#define FIELD(name, value)                                                                                                             \
  { BDC__STR_INIT(name), BDC__STR_INIT(value) }

static void the_host_of_a_request_is_that_of_its_target_or_of_its_field(void **state) {
  (void)state;
  static const field_case cases[] = {
    { "/apps/1", { FIELD("Host", "x.west.example") }, BDC_OK, "west.api.Put" },
    { "/apps/1", { FIELD("Accept", "*/*"), FIELD("hOST", "X.EAST.example:8080") }, BDC_OK, "east.api.Put" },
    { "/apps/1", { FIELD("Host", " \tx.west.example.:80 \t") }, BDC_OK, "west.api.Put" },
    { "/apps/1", { FIELD("Host", "") }, BDC_ERR_AMBIGUOUS, NULL },
    { "/apps/1", { FIELD("Host", " ") }, BDC_ERR_AMBIGUOUS, NULL },
    { "/apps/1", { FIELD("X-Host", "x.west.example") }, BDC_ERR_AMBIGUOUS, NULL },
    { "/apps/1", { FIELD("Host", "x.west.example"), FIELD("host", "x.west.example") }, BDC_ERR_AMBIGUOUS, NULL },
    { "/gone", { FIELD("Host", "x.west.example") }, BDC_ERR_NO_HOST, NULL },
    { "/apps/all", { FIELD("Host", "u@x.east.example") }, BDC_ERR_AMBIGUOUS, NULL },
    { "/apps/all", { FIELD("Host", "x.east.example, x.east.example") }, BDC_ERR_AMBIGUOUS, NULL },
    { "/apps/all", { FIELD("Host", "x.east.example") }, BDC_OK, "east.api.All" },
    { WEST "/apps/1", { FIELD("Host", "x.east.example") }, BDC_OK, "west.api.Put" },
    { "https:///apps/1", { FIELD("Host", "x.east.example") }, BDC_ERR_AMBIGUOUS, NULL },
    { EAST "/apps/1", { FIELD("Host", "a"), FIELD("Host", "b") }, BDC_OK, "east.api.Put" },
  };
  bdc_ruleset *ruleset = load(NULL);
  bdc_checker *checker = checker_of(ruleset, NULL);
  for (size_t i = 0; i < LENGTH(cases); i++) {
    expect_request(ruleset, checker, &cases[i]);
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

static void a_request_tells_its_candidates(void **state) {
  (void)state;
  const bdc_operation *candidates[CANDIDATES_MAX] = { NULL };
  const bdc_operation *out = NULL;
  size_t count = 99;
  bdc_ruleset *ruleset = load(NULL);
  const bdc_header host = FIELD("Host", "both.example");
  bdc_request request = { .method = BDC_STR("PUT"), .target = BDC_STR("/apps/1"), .headers = &host, .header_count = 1 };
  bdc_status status = bdc_route_request(ruleset, &request, &out, candidates, CANDIDATES_MAX, &count);
  expect_outcome("both", status, out, BDC_ERR_AMBIGUOUS, NULL);
  expect_candidates("both", candidates, count, "west.api.Put east.api.Put");
  request.provider = BDC_STR("east");
  status = bdc_route_request(ruleset, &request, &out, candidates, 1, &count);
  expect_outcome("east", status, out, BDC_OK, "east.api.Put");
  assert_int_equal(count, 2);
  request = (bdc_request){ .operation = out };
  assert_int_equal(bdc_route_request(ruleset, &request, &out, candidates, CANDIDATES_MAX, &count), BDC_OK);
  assert_ptr_equal(out, request.operation);
  assert_int_equal(count, 0);
  bdc_ruleset_free(ruleset);
}

/* Recorded at a proxy, a message of a known operation is still one of it. */
static void a_given_operation_needs_its_target_and_no_host(void **state) {
  (void)state;
  static const struct {
    const char *operation;
    const char *target;
    bdc_status status;
  } cases[] = {
    { "west.api.Put", WEST "/apps/1", BDC_OK },        { "west.api.Put", OTHER "/apps/1", BDC_OK },
    { "west.api.Put", EAST "/apps/all", BDC_OK },      { "west.mail.Put", "/apps/1", BDC_OK },
    { "west.mail.Put", "/gone", BDC_ERR_NO_PATH },     { "east.api.Put", EAST "/apps/all", BDC_ERR_NO_PATH },
    { "east.api.Put", OTHER "/apps/1", BDC_OK },       { "open.api.Put", EAST "/apps/all", BDC_OK },
    { "open.api.Put", "/apps/none", BDC_ERR_NO_PATH }, { "free.api.Put", "/apps/none", BDC_ERR_NO_PATH },
    { "west.api.Get", "/apps/none", BDC_OK },
  };
  bdc_ruleset *ruleset = load("open");
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_request request = { .operation = bdc_operation_find(ruleset, cases[i].operation), .target = bdc__str(cases[i].target) };
    const bdc_operation *out = NULL;
    bdc_status status = bdc_route_request(ruleset, &request, &out, NULL, 0, NULL);
    expect_outcome(cases[i].target, status, out, cases[i].status, cases[i].status == BDC_OK ? cases[i].operation : NULL);
  }
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(services_of_the_host_go_first),
    cmocka_unit_test(a_literal_of_a_service_at_another_host_is_none),
    cmocka_unit_test(of_several_services_of_the_host_the_provider_decides),
    cmocka_unit_test(services_of_other_hosts_are_out),
    cmocka_unit_test(services_without_hosts_are_at_any),
    cmocka_unit_test(a_given_provider_holds_against_the_host),
    cmocka_unit_test(without_a_host_nothing_is_out_and_nothing_goes_first),
    cmocka_unit_test(the_host_of_a_request_is_that_of_its_target_or_of_its_field),
    cmocka_unit_test(a_request_tells_its_candidates),
    cmocka_unit_test(a_given_operation_needs_its_target_and_no_host),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
