/* SPDX-License-Identifier: MIT */
/* The catalogue of error codes: that each code is found, and no other; and what is said of codes that a row's pattern speaks of too. */
#include "unit/support.h"

#include "accept/accept.h"
#include "check/checker.h"

#include <limits.h>
#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define HEAD "provider p\nservice s A\nsource t x\n"
#define CODES HEAD "codes\n"
#define TAIL "operation Put PUT /put @t\n"

/* ---- look-up ---- */

static bool same(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* What bdc__service_code is to find, by looking at every entry. */
static const bdc_code_info *look_for(const bdc_service *service, bdc_str code, int status) {
  const bdc_code_info *any = NULL;
  for (size_t i = 0; i < service->code_count; i++) {
    const bdc_code_info *entry = &service->codes[i];
    if (same(entry->code, code) && entry->status == status) {
      return entry;
    }
    any = !any && same(entry->code, code) ? entry : any;
  }
  return any;
}

static void expect_found(const bdc_service *service, bdc_str code) {
  static const int statuses[] = { INT_MIN, 0, 200, 400, 401, 404, 499, 500, 599, INT_MAX };
  for (size_t i = 0; i < LENGTH(statuses); i++) {
    assert_ptr_equal(bdc__service_code(service, code, statuses[i]), look_for(service, code, statuses[i]));
  }
}

/* Codes that are nearly the same: with another last or first byte, and one byte more or less. */
static void expect_neighbours_found(const bdc_service *service, bdc_str code) {
  char text[256];
  assert_true(code.size < sizeof text);
  for (size_t size = 0; size <= code.size + 1; size++) {
    memset(text, '0', sizeof text);
    memcpy(text, code.data, code.size);
    expect_found(service, (bdc_str){ text, size });
    text[size ? size - 1 : 0] ^= 1;
    expect_found(service, (bdc_str){ text, size });
    text[0] ^= 2;
    expect_found(service, (bdc_str){ text, size });
  }
}

static void expect_all_found(const bdc_service *service) {
  for (size_t i = 0; i < service->code_count; i++) {
    const bdc_code_info *entry = &service->codes[i];
    const bdc_code_info *found = bdc__service_code(service, entry->code, entry->status);
    assert_non_null(found);
    assert_ptr_equal(found, look_for(service, entry->code, entry->status));
    expect_neighbours_found(service, entry->code);
  }
  expect_found(service, (bdc_str){ 0 });
}

static bool is_indexed(const bdc_service *service) {
  return service->distinct_index.slots != NULL;
}

static void expect_codes(const char *rules, size_t different, bool indexed) {
  bdc_ruleset *ruleset = ruleset_of(rules);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(service->distinct_count, different);
  assert_int_equal(is_indexed(service), indexed);
  expect_all_found(service);
  bdc_ruleset_free(ruleset);
}

static void an_entry_with_the_status_goes_before_the_first_of_the_code(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_of(CODES "  B 500,404 \"b\" @t\n  A.1 400 \"a\" @t\n  B 401 \"c\" @t\n  B 404 \"again\" @t\n" TAIL);
  const bdc_service *service = bdc_service_at(ruleset, 0);
  assert_int_equal(bdc__service_code(service, BDC_STR("B"), 500)->status, 500);
  assert_int_equal(bdc__service_code(service, BDC_STR("B"), 404)->message.data[0], 'b');
  assert_int_equal(bdc__service_code(service, BDC_STR("B"), 403)->status, 401);
  assert_int_equal(bdc__service_code(service, BDC_STR("A.1"), 599)->status, 400);
  assert_null(bdc__service_code(service, BDC_STR("A"), 400));
  bdc_ruleset_free(ruleset);
}

static void codes_of_any_size_are_found(void **state) {
  (void)state;
  expect_codes(HEAD TAIL, 0, true);
  expect_codes(CODES TAIL, 0, true);
  expect_codes(CODES "  \"\" 400,500 \"m\" @t\n" TAIL, 1, true);
  expect_codes(CODES "  A 400 \"m\" @t\n" TAIL, 1, true);
  blob rules = { 0 };
  blob_print(&rules, CODES);
  for (size_t size = 1; size <= 200; size++) {
    blob_print(&rules, "  ");
    blob_repeat(&rules, size % 3 ? "x" : "y", size);
    blob_print(&rules, " %d,404 \"m\" @t\n", size % 2 ? 400 : 500);
  }
  blob_print(&rules, TAIL);
  expect_codes(rules.data, 200, true);
  blob_free(&rules);
}

static void a_code_may_have_every_status(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, CODES "  A 400 \"m\" @t\n");
  for (int status = 599; status >= 200; status -= 3) {
    blob_print(&rules, "  B.0001 %d \"m\" @t\n", status);
  }
  blob_print(&rules, "  B.0002 404 \"m\" @t\n" TAIL);
  expect_codes(rules.data, 3, true);
  blob_free(&rules);
}

static void hundreds_of_codes_are_found(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_print(&rules, CODES);
  for (unsigned i = 0; i < 900; i++) {
    blob_print(&rules, "  %s.%04u %u \"m\" @t\n", i % 2 ? "AP" : "WORK", i * 7, 400 + i % 5);
  }
  blob_print(&rules, TAIL);
  expect_codes(rules.data, 900, true);
  blob_free(&rules);
}

/* Alike at both ends: all of them are one to the index, which is left out where they are many. */
static void codes_that_collide_are_found(void **state) {
  (void)state;
  static const struct {
    unsigned count;
    bool indexed;
  } ways[] = { { 2, true }, { 32, true }, { 33, false }, { 700, false } };
  for (size_t way = 0; way < LENGTH(ways); way++) {
    blob rules = { 0 };
    blob_print(&rules, CODES);
    for (unsigned i = 0; i < ways[way].count; i++) {
      blob_print(&rules, "  ORDERS.ERROR.%04u.CODE.OF.SHOP 4%02u \"m\" @t\n", i, i % 10);
    }
    blob_print(&rules, TAIL);
    expect_codes(rules.data, ways[way].count, ways[way].indexed);
    blob_free(&rules);
  }
}

static void more_codes_than_an_index_counts_are_searched(void **state) {
  (void)state;
  enum { COUNT = UINT16_MAX + 1 };
  static const unsigned some[] = { 0, 1, COUNT / 2, COUNT - 1, COUNT };
  blob rules = { 0 };
  blob_print(&rules, CODES);
  for (unsigned i = 0; i < COUNT; i++) {
    blob_print(&rules, "  C%06u 400 \"m\" @t\n", i);
  }
  blob_print(&rules, TAIL);
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  const bdc_service *service = &ruleset->services[0];
  assert_int_equal(service->distinct_count, COUNT);
  assert_false(is_indexed(service));
  for (size_t i = 0; i < LENGTH(some); i++) {
    char name[16];
    snprintf(name, sizeof name, "C%06u", some[i]);
    const bdc_code_info *found = bdc__service_code(service, (bdc_str){ name, strlen(name) }, 400);
    assert_int_equal(found != NULL, some[i] < COUNT);
    assert_true(!found || same(found->code, (bdc_str){ name, strlen(name) }));
  }
  bdc_ruleset_free(ruleset);
  blob_free(&rules);
}

/* What the index is for: each shipped code is found at once, or nearly so. */
static void the_shipped_catalogues_are_indexed(void **state) {
  (void)state;
  bdc_ruleset *ruleset = ruleset_builtin();
  for (size_t i = 0; i < ruleset->service_count; i++) {
    const bdc_service *service = &ruleset->services[i];
    assert_true(service->distinct_count > 0 && is_indexed(service));
    assert_in_range(service->distinct_index.probes, 1, 4);
    expect_all_found(service);
  }
  bdc_ruleset_free(ruleset);
}

/* ---- patterns of rows that codes are in ---- */

/* "slow" takes more steps for any code than are tried when loading, "stepped" fewer, but more than one. */
#define ROWS                                                                                                                           \
  "operation Put PUT /put @t\n"                                                                                                        \
  "  response 400\n"                                                                                                                   \
  "    all     string optional pattern ^[AB].+$ error-code @t\n"                                                                       \
  "    some    string optional pattern ^A\\.[0-9]{4}$ error-code @t\n"                                                                 \
  "    short   string optional length ..4 pattern ^[AB].+$ error-code @t\n"                                                            \
  "    plain   string optional charset [A-Z.0-9] pattern ^[AB].+$ error-code @t\n"                                                     \
  "    begins  string optional start [A] pattern ^[AB].+$ error-code @t\n"                                                             \
  "    one     string optional enum A.0001 | C pattern ^[AB].+$ error-code @t\n"                                                       \
  "    list    array of string optional pattern ^[AB].+$ error-code @t\n"                                                              \
  "    masked  string optional pattern ^[AB].+$ masked error-code @t\n"                                                                \
  "    stepped string optional pattern ^([AB]|[0-9._X])+!|[^a]+$ error-code @t\n"                                                      \
  "    slow    string optional pattern ^(([0-9A-Z._]+)+)+!|.+$ error-code @t\n"                                                        \
  "    none    string optional pattern ^[AB].+$ @t\n"                                                                                  \
  "    bare    string optional error-code @t\n"
#define LISTED "codes\n  A.0001 400 \"m\" @t\n  A.0002 404,500 \"m\" @t\n  B_X 400 \"m\" @t\n"

static bool codes_match(const bdc_ruleset *ruleset, const char *name) {
  const bdc_object *object = operation_of(ruleset, "p.s.Put")->responses[0].root.object;
  const bdc_row *row = bdc__object_find(object, (bdc_str){ name, strlen(name) });
  assert_non_null(row);
  return (row->element ? row->element : row)->flags & BDC__ROW_CODES_MATCH;
}

static void a_pattern_that_all_codes_match_is_known_wherever_the_codes_stand(void **state) {
  (void)state;
  static const char *const orders[] = { HEAD ROWS LISTED, HEAD LISTED ROWS };
  static const char *const matched[] = { "all", "short", "plain", "begins", "one", "list", "masked", "stepped" };
  static const char *const others[] = { "some", "slow", "none", "bare" };
  for (size_t order = 0; order < LENGTH(orders); order++) {
    bdc_ruleset *ruleset = ruleset_of(orders[order]);
    for (size_t i = 0; i < LENGTH(matched); i++) {
      assert_true(codes_match(ruleset, matched[i]));
    }
    for (size_t i = 0; i < LENGTH(others); i++) {
      assert_false(codes_match(ruleset, others[i]));
    }
    bdc_ruleset_free(ruleset);
  }
  bdc_ruleset *ruleset = ruleset_of(HEAD ROWS);
  assert_false(codes_match(ruleset, "all"));
  bdc_ruleset_free(ruleset);
}

typedef struct code_case {
  const char *body;
  const char *rules; /* of all violations, warnings with a "~" before them */
} code_case;

static void expect_rules(bdc_checker *checker, const bdc_operation *operation, const code_case *c) {
  blob rules = { 0 };
  bdc_verdict verdict = check_copy(checker, operation, 400, (bdc_str){ c->body, strlen(c->body) });
  const bdc_report *report = bdc_checker_report(checker);
  blob_print(&rules, "%s", "");
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *v = &report->violations[i];
    blob_print(&rules, "%s%s%s", i ? " " : "", v->severity == BDC_WARNING ? "~" : "", bdc_rule_name(v->rule));
  }
  if (strcmp(rules.data, c->rules) != 0) {
    fail_msg("%s: expected <%s>, got <%s>, kernel %s", c->body, c->rules, rules.data, bdc_checker_kernel(checker));
  }
  assert_int_equal(verdict, report->error_count ? BDC_INVALID : BDC_VALID);
  blob_free(&rules);
}

/* With every kernel, and each body once more when its layout is known. */
static void expect_cases(const char *rules, const bdc_limits *limits, const code_case *cases, size_t count) {
  bdc_ruleset *ruleset = ruleset_of(rules);
  const bdc_operation *operation = operation_of(ruleset, "p.s.Put");
  const char *kernel = "none";
  for (size_t i = 0; kernel; kernel = bdc_kernel_name(i++)) {
    for (size_t j = 0; j < count; j++) {
      bdc_checker *checker = checker_of(ruleset, &(bdc_settings){ .kernel = kernel, .limits = *limits });
      for (int times = 0; times < 4; times++) {
        expect_rules(checker, operation, &cases[j]);
      }
      for (size_t k = 0; k < count; k++) {
        expect_rules(checker, operation, &cases[k]);
      }
      bdc_checker_free(checker);
    }
  }
  bdc_ruleset_free(ruleset);
}

static void rules_of_a_row_hold_for_listed_codes_too(void **state) {
  (void)state;
  static const bdc_limits usual = { 0 };
  static const code_case cases[] = {
    { "{\"all\":\"A.0001\"}", "" },
    { "{\"all\":\"A.0002\"}", "~status" },
    { "{\"all\":\"A.9999\"}", "" },
    { "{\"all\":\"C.0001\"}", "pattern" },
    { "{\"all\":\"\"}", "pattern" },
    { "{\"all\":\"A.000\\u0031\"}", "" },
    { "{\"all\":\"A.000\\u0032\"}", "~status" },
    { "{\"all\":\"\\u0043.0001\"}", "pattern" },
    { "{\"some\":\"A.0001\"}", "" },
    { "{\"some\":\"B_X\"}", "pattern" },
    { "{\"some\":\"A.9999\"}", "" },
    { "{\"some\":\"A.999\"}", "pattern" },
    { "{\"short\":\"A.0001\"}", "length.max" },
    { "{\"short\":\"A.0002\"}", "length.max ~status" },
    { "{\"short\":\"B_X\"}", "" },
    { "{\"plain\":\"A.0001\"}", "" },
    { "{\"plain\":\"B_X\"}", "charset" },
    { "{\"begins\":\"A.0001\"}", "" },
    { "{\"begins\":\"B_X\"}", "start" },
    { "{\"one\":\"A.0001\"}", "" },
    { "{\"one\":\"A.0002\"}", "enum ~status" },
    { "{\"one\":\"C\"}", "pattern" },
    { "{\"list\":[\"A.0001\",\"B_X\"]}", "" },
    { "{\"list\":[\"A.0001\",\"A.0002\",\"C.0001\"]}", "~status pattern" },
    { "{\"masked\":\"A.0001\"}", "" },
    { "{\"masked\":\"A.0*01\"}", "" },
    { "{\"masked\":\"*.0001\"}", "pattern" },
    { "{\"stepped\":\"A.0001\"}", "" },
    { "{\"stepped\":\"A.000a\"}", "pattern" },
    { "{\"slow\":\"A.0001\"}", "" },
    { "{\"bare\":\"B_X\"}", "" },
    { "{\"bare\":\"A.0002\"}", "~status" },
    { "{\"bare\":\"other\"}", "" },
  };
  expect_cases(HEAD LISTED ROWS, &usual, cases, LENGTH(cases));
}

/* Nothing was tried with so few steps, or for so few bytes, when loading. */
static void limits_hold_for_listed_codes_too(void **state) {
  (void)state;
  static const bdc_limits few_steps = { .pattern_steps = 1 };
  static const bdc_limits few_bytes = { .value_size = 5 };
  static const code_case with_steps[] = {
    { "{\"stepped\":\"A.0001\"}", "limit" },
    { "{\"stepped\":\"A.0002\"}", "limit ~status" },
    { "{\"bare\":\"A.0001\"}", "" },
  };
  static const code_case with_bytes[] = {
    { "{\"all\":\"A.0001\"}", "limit" },
    { "{\"all\":\"B_X\"}", "" },
    { "{\"bare\":\"A.0002\"}", "" },
  };
  expect_cases(HEAD LISTED ROWS, &few_steps, with_steps, LENGTH(with_steps));
  expect_cases(HEAD LISTED ROWS, &few_bytes, with_bytes, LENGTH(with_bytes));
}

/* Whether every kernel that looks at bodies by itself is sure of this one; it must be all or none. */
static bool accepted(const bdc_checker *checker, const bdc_operation *operation, const char *body) {
  size_t yes = 0;
  size_t all = 0;
  const bdc__kernel *kernel;
  bdc__accept_task task = checker->task;
  task.root = &operation->responses[0].root;
  task.service = operation->service;
  task.http_status = 400;
  bdc__styles styles = bdc__styles_compact();
  for (size_t i = 0; (kernel = bdc__kernel_at(i)) != NULL; i++) {
    all += kernel->accept != NULL;
    yes += kernel->accept && kernel->accept(&task, &styles, (const unsigned char *)body, strlen(body));
  }
  assert_true(yes == 0 || yes == all);
  return yes == all;
}

/* Reports do not tell: what an accepter leaves is looked at by the precise engine, which takes longer. */
static void accepters_are_sure_of_codes_that_are_not_listed_too(void **state) {
  (void)state;
  static const code_case cases[] = {
    { "{\"all\":\"A.0001\",\"some\":\"A.0001\"}", "" },
    { "{\"all\":\"A.9999\",\"some\":\"A.9999\"}", "" },
    { "{\"bare\":\"other\",\"list\":[\"A.9999\",\"B_X\"]}", "" },
    { "{\"bare\":\"A.0002\"}", "~status" },
    { "{\"list\":[\"A.0002\"]}", "~status" },
    { "{\"some\":\"B_X\"}", "pattern" },
    { "{\"short\":\"A.0001\"}", "length.max" },
    { "{\"one\":\"A.0002\"}", "enum ~status" },
  };
  bdc_ruleset *ruleset = ruleset_of(HEAD LISTED ROWS);
  bdc_checker *checker = checker_of(ruleset, NULL);
  const bdc_operation *operation = operation_of(ruleset, "p.s.Put");
  for (size_t i = 0; i < LENGTH(cases) && bdc__kernel_at(0)->accept; i++) {
    assert_int_equal(accepted(checker, operation, cases[i].body), *cases[i].rules == 0);
    expect_rules(checker, operation, &cases[i]);
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
}

/* So that many rows and many codes do not take the product of both to load. */
static void patterns_beyond_the_bound_are_run_for_each_value(void **state) {
  (void)state;
  enum { CODES_COUNT = 100, ROWS_COUNT = 60 };
  static const bdc_limits usual = { 0 };
  static const code_case cases[] = {
    { "{\"r00\":\"A.0001\",\"r59\":\"A.0001\"}", "" },
    { "{\"r00\":\"A.1000\",\"r59\":\"A.1000\"}", "" },
    { "{\"r00\":\"A.100\",\"r59\":\"A.100\"}", "pattern pattern" },
  };
  blob rules = { 0 };
  blob_print(&rules, CODES);
  for (unsigned i = 0; i < CODES_COUNT; i++) {
    blob_print(&rules, "  A.%04u 400 \"m\" @t\n", i);
  }
  blob_print(&rules, "operation Put PUT /put @t\n  response 400\n");
  for (unsigned i = 0; i < ROWS_COUNT; i++) {
    blob_print(&rules, "    r%02u string optional pattern ^A\\.[0-9]{4}$ error-code @t\n", i);
  }
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  assert_true(codes_match(ruleset, "r00"));
  assert_false(codes_match(ruleset, "r59"));
  bdc_ruleset_free(ruleset);
  expect_cases(rules.data, &usual, cases, LENGTH(cases));
  blob_free(&rules);
}

/* What this is for: of all shipped codes none has to be matched. */
static void the_shipped_patterns_match_all_codes(void **state) {
  (void)state;
  static const char *const operations[] = { "huaweicloud.apig.UpdateAppV2", "otc.apig.UpdateAppV2", "roma.UpdateRomaApp",
                                            "workspace.UpdateApp" };
  bdc_ruleset *ruleset = ruleset_builtin();
  for (size_t i = 0; i < LENGTH(operations); i++) {
    const bdc_object *object = operation_of(ruleset, operations[i])->service->error_body->root.object;
    const bdc_row *row = bdc__object_find(object, (bdc_str)BDC_STR("error_code"));
    assert_non_null(row);
    assert_true(row->flags & BDC__ROW_CODES_MATCH);
  }
  bdc_ruleset_free(ruleset);
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(an_entry_with_the_status_goes_before_the_first_of_the_code),
    cmocka_unit_test(codes_of_any_size_are_found),
    cmocka_unit_test(a_code_may_have_every_status),
    cmocka_unit_test(hundreds_of_codes_are_found),
    cmocka_unit_test(codes_that_collide_are_found),
    cmocka_unit_test(more_codes_than_an_index_counts_are_searched),
    cmocka_unit_test(the_shipped_catalogues_are_indexed),
    cmocka_unit_test(a_pattern_that_all_codes_match_is_known_wherever_the_codes_stand),
    cmocka_unit_test(rules_of_a_row_hold_for_listed_codes_too),
    cmocka_unit_test(limits_hold_for_listed_codes_too),
    cmocka_unit_test(accepters_are_sure_of_codes_that_are_not_listed_too),
    cmocka_unit_test(patterns_beyond_the_bound_are_run_for_each_value),
    cmocka_unit_test(the_shipped_patterns_match_all_codes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
