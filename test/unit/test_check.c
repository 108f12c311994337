/* SPDX-License-Identifier: MIT */
/* Sharp cases of bodies, one a line: what is sent, the verdict, and the violation and documented error that come of it. */
#include "unit/rulesets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define HAN "\xe6\x9d\x8e"
#define FACE "\xf0\x9f\x98\x80"
#define ACUTE "\xc3\xa9"

enum { NO_OFFSET = -1 };

/* One body. `rules`: the rules of all violations in their order, warnings with a "~" before them. Pointer and offset are the first's. */
typedef struct check_case {
  const char *operation;
  int http_status;
  const char *body;
  bdc_verdict verdict;
  const char *code; /* NULL: no documented error */
  const char *rules;
  const char *pointer;
  long offset;
} check_case;

static void rules_write(blob *to, const bdc_report *report) {
  blob_add(to, NULL, 0);
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *v = &report->violations[i];
    blob_print(to, "%s%s%s", i ? " " : "", v->severity == BDC_WARNING ? "~" : "", bdc_rule_name(v->rule));
  }
}

static bool is_text(bdc_str text, const char *other) {
  return text.size == strlen(other) && (text.size == 0 || memcmp(text.data, other, text.size) == 0);
}

static bool error_is(const bdc_report *report, const char *code) {
  return code ? report->error && is_text(report->error->code, code) : !report->error;
}

static bool report_fits(const bdc_report *report, const check_case *c) {
  blob rules = { 0 };
  rules_write(&rules, report);
  bool same =
      report->status == BDC_OK && report->verdict == c->verdict && error_is(report, c->code) && strcmp(rules.data, c->rules) == 0;
  blob_free(&rules);
  if (same && report->violation_count) {
    const bdc_violation *first = &report->violations[0];
    same = is_text(first->pointer, c->pointer) && (c->offset == NO_OFFSET || first->offset == (size_t)c->offset);
  }
  return same;
}

static void check_one(bdc_checker *checker, const bdc_ruleset *ruleset, const check_case *c) {
  bdc_str body = { c->body, strlen(c->body) };
  bdc_verdict verdict = check_copy(checker, operation_of(ruleset, c->operation), c->http_status, body);
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(verdict, report->verdict);
  if (!report_fits(report, c)) {
    blob got = { 0 };
    report_write(&got, report);
    print_message("%s", got.data);
    blob_free(&got);
    fail_msg("%s %d\n%.300s\nexpected %s, %s, rules <%s>, first at <%s> %ld", c->operation, c->http_status, c->body,
             bdc_verdict_name(c->verdict), c->code ? c->code : "no error", c->rules, c->pointer ? c->pointer : "", c->offset);
  }
}

static void check_cases(const bdc_ruleset *ruleset, const bdc_settings *settings, const check_case *cases, size_t count) {
  bdc_checker *checker = checker_of(ruleset, settings);
  for (size_t i = 0; i < count; i++) {
    check_one(checker, ruleset, &cases[i]);
  }
  bdc_checker_free(checker);
}

#define VALID(operation, status, body)                                                                                                 \
  { operation, status, body, BDC_VALID, NULL, "", NULL, NO_OFFSET }
#define WARNED(operation, status, body, rules, pointer, offset)                                                                        \
  { operation, status, body, BDC_VALID, NULL, rules, pointer, offset }
#define INVALID(operation, status, body, code, rules, pointer, offset)                                                                 \
  { operation, status, body, BDC_INVALID, code, rules, pointer, offset }

/* ---- names in every script ---- */

static void names_take_the_characters_that_each_service_documents(void **state) {
  (void)state;
  static const check_case cases[] = {
    VALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app_1\"}"),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app" HAN "\"}", "APIG.2012", "charset", "/name", 12),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"ap" ACUTE "\"}", "APIG.2012", "charset", "/name", 11),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app" FACE "\"}", "APIG.2012", "charset", "/name", 12),
    /* Cyrillic, full-width and mathematical letters that look like Latin ones. */
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\xd0\xb0\"}", "APIG.2012", "charset", "/name", 12),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\xef\xbd\x81\"}", "APIG.2012", "charset", "/name", 12),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\xd9\xa1\"}", "APIG.2012", "charset", "/name", 12),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"_app\"}", "APIG.2012", "start", "/name", 9),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"1app\"}", "APIG.2012", "start", "/name", 9),
    INVALID("otc.apig.UpdateAppV2", 0, "{\"name\":\"app" HAN "\"}", "APIG.2012", "charset", "/name", 12),
    VALID("roma.UpdateRomaApp", 0, "{\"name\":\"-_. ()\"}"),
    INVALID("roma.UpdateRomaApp", 0, "{\"name\":\"" HAN "\"}", "ROMA.13000", "charset", "/name", 9),
    INVALID("roma.UpdateRomaApp", 0, "{\"name\":\"a\xef\xbc\x88\"}", "ROMA.13000", "charset", "/name", 10),
    VALID("dataarts.UpdateApp", 0, "{\"name\":\"" HAN ACUTE FACE "\\u0000 \"}"),
    VALID("workspace.UpdateApp", 0, "{\"name\":\"" HAN " " ACUTE FACE "\"}"),
    INVALID("workspace.UpdateApp", 0, "{\"name\":\"a\\tb\"}", "WKS.00149901", "charset", "/name", 10),
    INVALID("workspace.UpdateApp", 0,
            "{\"name\":\"a\xe3\x80\x80"
            "b\"}",
            "WKS.00149901", "charset", "/name", 10),
    INVALID("workspace.UpdateApp", 0, "{\"name\":\"   \"}", "WKS.00149901", "pattern", "/name", 8),
  };
  check_cases(builtin, NULL, cases, LENGTH(cases));
}

static bdc_ruleset *ruleset_with_han(void) {
  static const bdc_define define = { "letter", "[A-Za-z\\p{Han}]" };
  bdc_options options = { .defines = &define, .define_count = 1 };
  bdc_ruleset *ruleset;
  assert_int_equal(bdc_ruleset_builtin(&options, &ruleset), BDC_OK);
  return ruleset;
}

static void a_define_makes_han_characters_letters_of_names_but_not_of_keys(void **state) {
  (void)state;
  static const check_case cases[] = {
    VALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"" HAN HAN HAN "\"}"),
    VALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"\\u674e_1\"}"),
    VALID("otc.apig.UpdateAppV2", 0, "{\"name\":\"" HAN "pp\"}"),
    VALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"\xf0\xa0\x80\x80pp\"}"),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"" HAN HAN "\"}", "APIG.2005", "length.min", "/name", 8),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"" HAN HAN "\xe3\x81\x82\"}", "APIG.2012", "charset", "/name", 15),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"" HAN HAN ACUTE "\"}", "APIG.2012", "charset", "/name", 15),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\",\"app_key\":\"abcdefg" HAN "\"}", "APIG.2012", "charset", "/app_key",
            32),
    VALID("roma.UpdateRomaApp", 0, "{\"name\":\"" HAN " (1)\"}"),
    INVALID("roma.UpdateRomaApp", 0, "{\"name\":\"" HAN ACUTE "\"}", "ROMA.13000", "charset", "/name", 12),
  };
  bdc_ruleset *ruleset = ruleset_with_han();
  check_cases(ruleset, NULL, cases, LENGTH(cases));
  bdc_ruleset_free(ruleset);
}

/* ---- characters and escapes ---- */

static void length_counts_code_points_and_a_surrogate_pair_as_one(void **state) {
  (void)state;
  static const check_case cases[] = {
    VALID("lab.Put", 0, "{\"words\":{\"a\":\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00\"}}"),
    INVALID("lab.Put", 0, "{\"words\":{\"a\":\"\\ud83d\\ude00\\ud83d\\ude00\\ud83d\\ude00a\"}}", "LAB.0004", "length.max", "/words/a",
            14),
    VALID("lab.Put", 0, "{\"words\":{\"a\":\"" FACE FACE FACE "\"}}"),
    INVALID("lab.Put", 0, "{\"words\":{\"a\":\"" FACE FACE FACE FACE "\"}}", "LAB.0004", "length.max", "/words/a", 14),
    /* A letter with a combining mark is two. */
    INVALID("lab.Put", 0,
            "{\"words\":{\"a\":\"e\xcc\x81"
            "e\xcc\x81\"}}",
            "LAB.0004", "length.max", "/words/a", 14),
    INVALID("lab.Put", 0, "{\"words\":{\"a\":\"\"}}", "LAB.0004", "length.min", "/words/a", 14),
    VALID("lab.Put", 0, "{\"words\":{\"a\":\"\\u0000\"}}"),
    VALID("lab.Put", 0, "{\"a/b~c\":\"\\ud83d\\ude00\"}"),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"a\\u0062\"}", "APIG.2005", "length.min", "/name", 8),
  };
  check_cases(lab, NULL, cases, LENGTH(cases) - 1);
  check_cases(builtin, NULL, cases + LENGTH(cases) - 1, 1);
}

static void escapes_count_as_what_they_spell(void **state) {
  (void)state;
  static const check_case cases[] = {
    VALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"\\u0061\\u0070\\u0070\"}"),
    VALID("huaweicloud.apig.UpdateAppV2", 0, "{\"n\\u0061me\":\"app\"}"),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"ap\\u002d\"}", "APIG.2012", "charset", "/name", 11),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"ap\\/\"}", "APIG.2012", "charset", "/name", 11),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"ap\\n\"}", "APIG.2012", "charset", "/name", 11),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"ap\\ud83d\\ude00\"}", "APIG.2012", "charset", "/name", 11),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"\\u0031pp\"}", "APIG.2012", "start", "/name", 9),
    VALID("lab.Put", 0, "{\"colour\":\"\\u0072\\u0065\\u0064\"}"),
    INVALID("lab.Put", 0, "{\"colour\":\"red\\u0000\"}", "LAB.0005", "enum", "/colour", 10),
    VALID("lab.Put", 0, "{\"person\":{\"name\":\"ab\",\"tags\":[\"\\u0061\"]}}"),
  };
  check_cases(builtin, NULL, cases, 7);
  check_cases(lab, NULL, cases + 7, LENGTH(cases) - 7);
}

/* ---- duplicates ---- */

static void duplicates_are_refused_at_every_depth_however_they_are_spelled(void **state) {
  (void)state;
  static const check_case cases[] = {
    INVALID("lab.Put", 0, "{\"count\":5,\"c\\u006funt\":6}", "LAB.0002", "duplicate", "/count", 11),
    INVALID("lab.Put", 0, "{\"count\":5,\"flag\":true,\"count\":5}", "LAB.0002", "duplicate", "/count", 23),
    INVALID("lab.Put", 0, "{\"count\":5,\"count\":5,\"count\":5}", "LAB.0002", "duplicate duplicate", "/count", 11),
    INVALID("lab.Put", 0, "{\"person\":{\"name\":\"ab\",\"n\\u0061me\":\"ab\"}}", "LAB.0002", "duplicate", "/person/name", 23),
    INVALID("lab.Put", 0, "{\"people\":[{\"name\":\"ab\"},{\"name\":\"ab\",\"name\":\"ab\"}]}", "LAB.0002", "duplicate",
            "/people/1/name", 38),
    INVALID("lab.Put", 0, "{\"words\":{\"k\":\"a\",\"\\u006b\":\"a\"}}", "LAB.0002", "duplicate", "/words/k", 18),
    INVALID("lab.Put", 0, "{\"table\":{\"a\":{\"b\":[1],\"b\":[2]}}}", "LAB.0002", "duplicate", "/table/a/b", 23),
    INVALID("lab.Put", 0, "{\"any\":{\"x\":1,\"x\":1}}", "LAB.0002", "duplicate", "/any/x", 14),
    INVALID("lab.Put", 0, "{\"any\":[[{\"\":{\"" FACE "\":1,\"\\ud83d\\ude00\":1}}]]}", "LAB.0002", "duplicate", "/any/0/0//" FACE, 23),
    INVALID("lab.Put", 0, "{\"any\":{\"~\":1,\"\\u007e\":2,\"/\":{\"/\":1,\"\\/\":2}}}", "LAB.0002", "duplicate duplicate", "/any/~0",
            14),
    INVALID("lab.Put", 0, "{\"open\":{\"z\":1,\"z\":2}}", "LAB.0002", "duplicate", "/open/z", 15),
    INVALID("lab.Put", 0, "{\"strict\":{\"a\":1,\"a\":2}}", "LAB.0002", "duplicate", "/strict/a", 17),
    INVALID("lab.Put", 0, "{\"z\":1,\"z\":2}", "LAB.0002", "unknown unknown duplicate", "/z", 1),
    INVALID("lab.Put", 0, "{\"z\":{\"y\":{\"x\":1,\"x\":2}}}", "LAB.0002", "unknown duplicate", "/z", 1),
    INVALID("lab.Put", 200, "{\"id\":1,\"other\":{\"a\":[],\"a\":[]}}", NULL, "unknown duplicate", "/other", 8),
    INVALID("lab.Word", 200, "{\"a\":1,\"\\u0061\":1}", NULL, "duplicate", "/a", 7),
    /* The same name in different objects. */
    VALID("lab.Put", 0, "{\"any\":{\"a\":{\"a\":{\"a\":[{\"a\":1},{\"a\":1}]}},\"b\":{\"a\":1}}}"),
    VALID("lab.Put", 0, "{\"words\":{\"a\":\"1\",\"A\":\"1\",\"a \":\"1\",\"\":\"1\",\"\\u0000\":\"1\"}}"),
  };
  check_cases(lab, NULL, cases, LENGTH(cases));
}

/* ---- whole bodies ---- */

static void bodies_that_are_hardly_any_break_the_rule_that_fits(void **state) {
  (void)state;
  static const check_case cases[] = {
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "", "APIG.2000", "mandatory", "", 0),
    INVALID("roma.UpdateRomaApp", 0, "", "ROMA.13001", "mandatory", "", 0),
    INVALID("dataarts.UpdateApp", 0, "", "DLS.1000", "mandatory", "", 0),
    INVALID("workspace.UpdateApp", 0, "", "WKS.0001", "mandatory", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 200, "", "APIG.9999", "mandatory", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, " ", "APIG.2000", "syntax", "", 1),
    INVALID("workspace.UpdateApp", 0, "\r\n\t ", "WKS.00149901", "syntax", "", 4),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{}", "APIG.2001", "mandatory", "/name", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, " \n{ }", "APIG.2001", "mandatory", "/name", 2),
    VALID("roma.UpdateRomaApp", 0, "{}"),
    VALID("dataarts.UpdateApp", 0, " {}\n"),
    VALID("workspace.UpdateApp", 200, "{}"),
    INVALID("roma.UpdateRomaApp", 0, "[]", "ROMA.13000", "type", "", 0),
    INVALID("roma.UpdateRomaApp", 0, "null", "ROMA.13000", "type", "", 0),
    INVALID("roma.UpdateRomaApp", 200, "null", "ROMA.00011000", "type", "", 0),
    INVALID("dataarts.UpdateApp", 0, " \"{}\"", "DLS.1000", "type", "", 1),
    INVALID("dataarts.UpdateApp", 200, "0", NULL, "type", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "\xef\xbb\xbf{\"name\":\"app\"}", "APIG.2000", "encoding", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "\xff\xfe{", "APIG.2000", "syntax", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\"}\n{}", "APIG.2000", "syntax", "", 15),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\xc0\x80\"}", "APIG.2000", "encoding", "", 12),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\\ud800\"}", "APIG.2000", "encoding", "", 12),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"app\",}", "APIG.2000", "syntax", "", 14),
  };
  check_cases(builtin, NULL, cases, LENGTH(cases));
}

static void what_a_table_documents_of_whole_bodies_holds(void **state) {
  (void)state;
  static const check_case cases[] = {
    VALID("lab.Maybe", 0, ""),
    INVALID("lab.Maybe", 0, "{}", "LAB.0003", "mandatory", "/name", 0),
    INVALID("lab.Maybe", 0, " ", "LAB.0002", "syntax", "", 1),
    WARNED("lab.Maybe", 0, "{\"name\":\"\",\"x\":1}", "~unknown", "/x", 11),
    VALID("lab.Word", 0, "\"x\""),
    INVALID("lab.Word", 0, "{}", "LAB.0005", "type", "", 0),
    VALID("lab.Word", 200, "{\"a\":1}"),
    INVALID("lab.Word", 200, "{\"a\":1.5}", NULL, "type", "/a", 5),
    /* Lenient null is for fields: a map has none. */
    INVALID("lab.Word", 200, "{\"a\":null}", NULL, "type", "/a", 5),
    VALID("lab.List", 200, "[]"),
    INVALID("lab.List", 200, "[{\"name\":\"ab\"},{}]", NULL, "mandatory", "/1/name", 15),
    INVALID("lab.Put", 200, "{\"id\":1,\"x\":1}", NULL, "unknown", "/x", 8),
    WARNED("lab.Put", 202, "{\"note\":null,\"x\":1}", "~type ~unknown", "/note", 8),
    INVALID("lab.Put", 200, "{\"id\":null}", NULL, "type", "/id", 6),
    INVALID("lab.Put", 0, "{\"flag\":null}", "LAB.0005", "type", "/flag", 8),
    VALID("lab.Put", 0, "{\"nothing\":null}"),
    INVALID("lab.Put", 0, "{\"any\":null}", "LAB.0005", "type", "/any", 7),
  };
  check_cases(lab, NULL, cases, LENGTH(cases));
}

/* ---- numbers ---- */

static void numbers_are_compared_as_text(void **state) {
  (void)state;
  static const check_case cases[] = {
    INVALID("lab.Put", 0, "{\"count\":1e999999999}", "LAB.0005", "type", "/count", 9),
    INVALID("lab.Put", 0, "{\"count\":6.0}", "LAB.0005", "type", "/count", 9),
    INVALID("lab.Put", 0, "{\"count\":4294967302}", "LAB.0005", "range", "/count", 9),
    VALID("lab.Put", 0, "{\"person\":{\"name\":\"ab\",\"age\":-0}}"),
    VALID("lab.Put", 0, "{\"big\":-9223372036854775808}"),
    INVALID("lab.Put", 0, "{\"big\":9223372036854775808}", "LAB.0005", "range", "/big", 7),
    VALID("lab.Put", 0, "{\"ratio\":-1.5}"),
    VALID("lab.Put", 0, "{\"ratio\":-15e-1}"),
    VALID("lab.Put", 0, "{\"ratio\":0.1e4}"),
    VALID("lab.Put", 0, "{\"ratio\":1e-999999999}"),
    INVALID("lab.Put", 0, "{\"ratio\":1000.0000000000000000000000000000000000001}", "LAB.0005", "range", "/ratio", 9),
    INVALID("lab.Put", 0, "{\"ratio\":-1.50000000000000000000000000000000000001}", "LAB.0005", "range", "/ratio", 9),
    INVALID("lab.Put", 0, "{\"ratio\":1e999999999}", "LAB.0005", "range", "/ratio", 9),
    INVALID("lab.Put", 0, "{\"ratio\":-1e999999999}", "LAB.0005", "range", "/ratio", 9),
    INVALID("lab.Put", 0, "{\"ratio\":1e9999999999999999999}", "LAB.0005", "range", "/ratio", 9),
    INVALID("lab.Put", 0, "{\"ratio\":1e99999999999999999999999999999999999999}", "LAB.0005", "range", "/ratio", 9),
    VALID("lab.Put", 0, "{\"ratio\":1e-99999999999999999999999999999999999999}"),
    VALID("lab.Put", 0, "{\"huge\":1e1000000000}"),
    VALID("lab.Put", 0, "{\"huge\":10e999999998}"),
    INVALID("lab.Put", 0, "{\"huge\":9e999999998}", "LAB.0005", "range", "/huge", 8),
    INVALID("lab.Put", 0, "{\"price\":6}", "LAB.0005", "enum", "/price", 9),
    VALID("lab.Put", 0, "{\"price\":-1}"),
  };
  check_cases(lab, NULL, cases, LENGTH(cases));
}

/* ---- several violations ---- */

static void violations_stand_in_document_order_and_the_topmost_error_row_is_answered(void **state) {
  (void)state;
  static const check_case cases[] = {
    /* length.max goes before enum and all else, whatever comes first in the text */
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"1pp\",\"app_key\":\"short\",\"x\":1}", "APIG.2005",
            "start length.min unknown", "/name", 9),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"x\":1,\"app_key\":\"a-\"}", "APIG.2001", "mandatory unknown length.min", "/name", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"x\":1,\"x\":2}", "APIG.2000", "mandatory unknown unknown duplicate", "/name", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"name\":\"1\",\"remark\":1,\"app_key\"}", "APIG.2000", "length.min start type syntax",
            "/name", 8),
    INVALID("huaweicloud.apig.UpdateAppV2", 0, "{\"app_secret\":\"-bc\",\"name\":\"1-\"}", "APIG.2005",
            "length.min start length.min start charset", "/app_secret", 14),
    /* A missing member stands at its object's start. */
    INVALID("lab.Put", 0, "{\"count\":9,\"people\":[{\"age\":-1},{}],\"flag\":0}", "LAB.0003", "range mandatory range mandatory type",
            "/count", 9),
    INVALID("lab.Put", 0, "{\"person\":{\"tags\":[\"b\",\"x\",\"b\",\"b\"],\"age\":200,\"name\":\"a\"}}", "LAB.0004",
            "items includes enum range length.min", "/person/tags", 18),
    INVALID("lab.Put", 0, "{\"count\":1,\"flag\":1}", "LAB.0005", "range type", "/count", 9),
    /* A warning is no cause. */
    INVALID("lab.Put", 0, "{\"soft\":\"1\",\"flag\":1}", "LAB.0005", "~length.min ~start type", "/soft", 8),
    WARNED("lab.Put", 0, "{\"soft\":\"1\"}", "~length.min ~start", "/soft", 8),
  };
  check_cases(builtin, NULL, cases, 5);
  check_cases(lab, NULL, cases + 5, LENGTH(cases) - 5);
}

static void the_cause_is_the_earliest_violation_of_the_topmost_row(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(lab, NULL);
  bdc_str body = BDC_STR("{\"count\":9,\"people\":[{\"name\":\"a\"}],\"words\":{\"k\":\"\"},\"flag\":1}");
  check_copy(checker, operation_of(lab, "lab.Put"), 0, body);
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(report->violation_count, 4);
  assert_non_null(report->error);
  assert_true(is_text(report->error->code, "LAB.0004"));
  assert_true(is_text(report->error->cause->pointer, "/people/0/name"));
  assert_int_equal(report->error->cause->offset, 29);
  bdc_checker_free(checker);
}

/* It is found late, at the end of its object, but stands earlier than what was found within. */
static void the_cause_is_the_earliest_in_the_text_and_not_the_first_found(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(lab, NULL);
  check_copy(checker, operation_of(lab, "lab.Put"), 0, BDC_STR("{\"pair\":{\"left\":{}}}"));
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(report->violation_count, 2);
  assert_true(is_text(report->violations[0].pointer, "/pair/right"));
  assert_true(is_text(report->violations[1].pointer, "/pair/left/name"));
  assert_non_null(report->error);
  assert_true(is_text(report->error->cause->pointer, "/pair/right"));
  assert_int_equal(report->error->cause->offset, 8);
  bdc_checker_free(checker);
}

/* As many bytes as a documented name may have, in one chunk or, with an escape, in several. */
static void a_documented_name_of_256_bytes_is_known(void **state) {
  (void)state;
  blob rules = { 0 };
  blob name = { 0 };
  blob body = { 0 };
  blob_repeat(&name, "n", 255);
  blob_print(&rules, "provider p\nservice s S\nsource t T\noperation Op PUT /s @t\n  request\n    n%s integer optional range 1..2 @t\n",
             name.data);
  bdc_ruleset *ruleset = ruleset_of(rules.data);
  bdc_checker *checker = checker_of(ruleset, NULL);
  blob_print(&body, "{\"n%s\":3}", name.data);
  check_case plain = INVALID("Op", 0, body.data, NULL, "range", NULL, NO_OFFSET);
  blob pointer = { 0 };
  blob_print(&pointer, "/n%s", name.data);
  plain.pointer = pointer.data;
  check_one(checker, ruleset, &plain);
  blob_clear(&body);
  blob_print(&body, "{\"\\u006e%s\":3}", name.data);
  plain.body = body.data;
  check_one(checker, ruleset, &plain);
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  blob_free(&rules);
  blob_free(&name);
  blob_free(&body);
  blob_free(&pointer);
}

static void nothing_below_a_type_violation_is_reported_but_faults(void **state) {
  (void)state;
  static const check_case cases[] = {
    INVALID("lab.Put", 0, "{\"person\":[{\"a\":1,\"a\":2},{\"name\":1}]}", "LAB.0005", "type", "/person", 10),
    INVALID("lab.Put", 0, "{\"people\":{\"name\":\"\",\"name\":{\"x\":[]}}}", "LAB.0005", "type", "/people", 10),
    INVALID("lab.Put", 0, "{\"flag\":{\"count\":1},\"count\":1}", "LAB.0005", "type range", "/flag", 8),
    INVALID("lab.Put", 0, "[{\"count\":1,\"count\":1}]", "LAB.0005", "type", "", 0),
    INVALID("lab.Put", 0, "{\"people\":[[{}],{\"name\":\"ab\",\"age\":{}}]}", "LAB.0005", "type type", "/people/0", 11),
    INVALID("lab.Put", 0, "{\"person\":[\"a\nb\"]}", "LAB.0002", "type syntax", "/person", 10),
    INVALID("lab.Put", 0, "{\"person\":[\"\xff\"]}", "LAB.0002", "type encoding", "/person", 10),
  };
  check_cases(lab, NULL, cases, LENGTH(cases));
}

/* ---- policies ---- */

static void undocumented_members_are_what_settings_and_tables_say(void **state) {
  (void)state;
  static const char request[] = "{\"open\":{\"x\":1},\"wary\":{\"x\":1},\"strict\":{\"x\":1},\"x\":1}";
  static const char response[] = "{\"note\":\"\",\"x\":1}";
  static const struct {
    bdc_settings settings;
    check_case cases[2];
  } ways[] = {
    { { .first_only = false },
      { INVALID("lab.Put", 0, request, "LAB.0005", "~unknown unknown unknown", "/wary/x", NO_OFFSET),
        WARNED("lab.Put", 202, response, "~unknown", "/x", 11) } },
    { { .unknown_request = BDC_UNKNOWN_ERROR },
      { INVALID("lab.Put", 0, request, "LAB.0005", "unknown unknown unknown unknown", "/open/x", NO_OFFSET),
        WARNED("lab.Put", 202, response, "~unknown", "/x", 11) } },
    { { .unknown_request = BDC_UNKNOWN_WARNING },
      { WARNED("lab.Put", 0, request, "~unknown ~unknown ~unknown ~unknown", "/open/x", NO_OFFSET),
        WARNED("lab.Put", 202, response, "~unknown", "/x", 11) } },
    { { .unknown_request = BDC_UNKNOWN_IGNORE },
      { VALID("lab.Put", 0, request), WARNED("lab.Put", 202, response, "~unknown", "/x", 11) } },
    { { .unknown_response = BDC_UNKNOWN_ERROR },
      { INVALID("lab.Put", 0, request, "LAB.0005", "~unknown unknown unknown", "/wary/x", NO_OFFSET),
        INVALID("lab.Put", 202, response, NULL, "unknown", "/x", 11) } },
    { { .unknown_response = BDC_UNKNOWN_IGNORE },
      { INVALID("lab.Put", 0, request, "LAB.0005", "~unknown unknown unknown", "/wary/x", NO_OFFSET),
        VALID("lab.Put", 202, response) } },
  };
  for (size_t i = 0; i < LENGTH(ways); i++) {
    check_cases(lab, &ways[i].settings, ways[i].cases, 2);
  }
}

static void first_only_stops_at_the_first_error(void **state) {
  (void)state;
  static const bdc_settings settings = { .first_only = true };
  static const check_case cases[] = {
    VALID("lab.Put", 0, "{\"count\":5}"),
    INVALID("lab.Put", 0, "{\"count\":9,\"flag\":1,\"x\":2}", "LAB.0005", "range", "/count", 9),
    INVALID("lab.Put", 0, "{\"soft\":\"1\",\"flag\":1,\"x\":2}", "LAB.0005", "~length.min ~start type", "/soft", 8),
    /* Several rules of one value: only one of them is reported. */
    INVALID("lab.Put", 0, "{\"person\":{\"name\":\"1\"},\"flag\":1}", "LAB.0005", "charset", "/person/name", 19),
    INVALID("lab.Put", 0, "{\"key\":\"//\"}", "LAB.0005", "start", "/key", 8),
    INVALID("lab.Put", 0, "{\"person\":{\"name\":\"ab\",\"tags\":[]}}", "LAB.0005", "items", "/person/tags", 30),
    INVALID("lab.Put", 0, "{\"z\":1,\"z\":1}", "LAB.0005", "unknown", "/z", 1),
  };
  check_cases(lab, &settings, cases, LENGTH(cases));
}

/* ---- statuses and error codes ---- */

static void statuses_that_are_not_documented_are_told(void **state) {
  (void)state;
  static const check_case cases[] = {
    INVALID("huaweicloud.apig.UpdateAppV2", 202, "{}", "APIG.9999", "status", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 204, "", "APIG.9999", "status", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 302, "x", "APIG.9999", "status", "", 0),
    INVALID("dataarts.UpdateApp", 201, "{}", NULL, "status", "", 0),
    INVALID("workspace.UpdateApp", 304, "", "WKS.00211401", "status", "", 0),
    WARNED("huaweicloud.apig.UpdateAppV2", 418, "{\"error_code\":\"APIG.8888\",\"error_msg\":\"\"}", "~status", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 418, "{\"error_code\":\"APIG.8888\"}", "APIG.9999", "~status mandatory", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 503, "{\"error_code\":\"x\",\"error_msg\":\"\"}", "APIG.9999", "~status pattern", "", 0),
    INVALID("huaweicloud.apig.UpdateAppV2", 503, "<html>", "APIG.9999", "~status syntax", "", 0),
    WARNED("dataarts.UpdateApp", 404, "{}", "~status", "", 0),
    WARNED("roma.UpdateRomaApp", 500, "{\"error_code\":\"ROMA.00011000\"}", "~status", "", 0),
    WARNED("huaweicloud.apig.UpdateAppV2", 401, "{\"error_code\":\"APIG.2012\",\"error_msg\":\"\"}", "~status", "/error_code", 14),
    WARNED("huaweicloud.apig.UpdateAppV2", 403, "{\"error_code\":\"APIG.1005\",\"error_msg\":\"\"}", "~status", "/error_code", 14),
    VALID("huaweicloud.apig.UpdateAppV2", 401, "{\"error_code\":\"APIG.1005\",\"error_msg\":\"\"}"),
    VALID("huaweicloud.apig.UpdateAppV2", 400, "{\"error_code\":\"APIG.0201\",\"error_msg\":\"\"}"),
    WARNED("huaweicloud.apig.UpdateAppV2", 413, "{\"error_code\":\"APIG.0201\",\"error_msg\":\"\"}", "~status", "", 0),
    WARNED("huaweicloud.apig.UpdateAppV2", 418, "{\"error_code\":\"APIG.2012\",\"error_msg\":\"\"}", "~status ~status", "", 0),
    VALID("huaweicloud.apig.UpdateAppV2", 403, "{\"error_code\":\"APIG.8888\",\"error_msg\":\"\"}"),
  };
  check_cases(builtin, NULL, cases, LENGTH(cases));
}

static void each_status_has_its_own_table(void **state) {
  (void)state;
  static const check_case cases[] = {
    VALID("lab.Put", 200, "{\"id\":1}"),
    VALID("lab.Put", 202, "{\"note\":\"a\"}"),
    VALID("lab.Put", 266, "{\"word\":\"a\"}"),
    INVALID("lab.Put", 266, "{}", NULL, "mandatory", "/word", 0),
    INVALID("lab.Put", 330, "{}", NULL, "status", "", 0),
  };
  check_cases(lab, NULL, cases, LENGTH(cases));
}

/* ---- formats, masks, zones ---- */

static void masks_and_zones_are_lenient_as_documented(void **state) {
  (void)state;
  static const check_case shipped[] = {
    VALID("roma.UpdateRomaApp", 200, "{\"key\":\"TEI9****8UM\"}"),
    VALID("roma.UpdateRomaApp", 200, "{\"key\":\"*\"}"),
    INVALID("roma.UpdateRomaApp", 200, "{\"key\":\"ab*c*d\"}", "ROMA.00011000", "charset", "/key", 12),
    INVALID("roma.UpdateRomaApp", 200, "{\"key\":\"ab\"}", "ROMA.00011000", "length.min", "/key", 7),
    WARNED("huaweicloud.apig.UpdateAppV2", 200, "{\"register_time\":\"2020-08-03T13:09:13\"}", "~format", "/register_time", 17),
    INVALID("roma.UpdateRomaApp", 200, "{\"create_time\":\"2020-08-03T13:09:13\"}", "ROMA.00011000", "format", "/create_time", 15),
    WARNED("roma.UpdateRomaApp", 200, "{\"roles\":[\"read, access\"]}", "~includes ~enum", "/roles", 9),
  };
  static const check_case own[] = {
    /* A mask needs no charset beside it. */
    VALID("lab.Put", 0, "{\"veil\":\"a********z\"}"),
    INVALID("lab.Put", 0, "{\"veil\":\"abcdef\"}", "LAB.0004", "length.max", "/veil", 8),
    VALID("lab.Put", 0, "{\"when\":\"2020-08-03T13:09:13.123Z\"}"),
    WARNED("lab.Put", 0, "{\"when\":\"2020-08-03T13:09:13.123\"}", "~format", "/when", 8),
    INVALID("lab.Put", 0, "{\"when\":\"2020-08-03T13:09:13.1234\"}", "LAB.0005", "format", "/when", 8),
    VALID("lab.Put", 0, "{\"hexed\":\"0123456789abcdefABCDEF\"}"),
    INVALID("lab.Put", 0, "{\"hexed\":\"\"}", "LAB.0005", "format", "/hexed", 9),
    INVALID("lab.Put", 0, "{\"hexed\":\"0x1\"}", "LAB.0005", "format", "/hexed", 9),
    INVALID("lab.Put", 0, "{\"hexed\":\"\\uff11\"}", "LAB.0005", "format", "/hexed", 9),
    VALID("lab.Put", 0, "{\"uuid\":\"B2e6b145-4f3f-4a80-aa45-f4b8029f95a3\"}"),
    INVALID("lab.Put", 0, "{\"uuid\":\"{b2e6b145-4f3f-4a80-aa45-f4b8029f95a3}\"}", "LAB.0005", "format", "/uuid", 8),
    INVALID("lab.Put", 0, "{\"uuid\":\"b2e6b1454-f3f-4a80-aa45-f4b8029f95a3\"}", "LAB.0005", "format", "/uuid", 8),
    VALID("lab.Put", 0, "{\"media\":\"text/plain; charset=\\\"a;b\\\"\"}"),
    INVALID("lab.Put", 0, "{\"media\":\"text\"}", "LAB.0005", "format", "/media", 9),
    INVALID("lab.Put", 0, "{\"media\":\"text/plain;x\"}", "LAB.0005", "format", "/media", 9),
    INVALID("lab.Put", 0, "{\"media\":\"\"}", "LAB.0005", "format", "/media", 9),
    VALID("lab.Put", 0, "{\"hard\":\"aaab\"}"),
    INVALID("lab.Put", 0, "{\"hard\":\"aaab\\n\"}", "LAB.0005", "pattern", "/hard", 8),
    INVALID("lab.Put", 0, "{\"hard\":\"xaaab\"}", "LAB.0005", "pattern", "/hard", 8),
  };
  check_cases(builtin, NULL, shipped, LENGTH(shipped));
  check_cases(lab, NULL, own, LENGTH(own));
}

/* ---- limits ---- */

static void a_body_nested_100000_deep_is_a_limit_and_not_a_crash(void **state) {
  (void)state;
  static const char *const opens[] = { "[", "{\"a\":", "[{\"any\":" };
  bdc_checker *checker = checker_of(lab, NULL);
  for (size_t i = 0; i < LENGTH(opens); i++) {
    blob body = { 0 };
    blob_print(&body, "{\"any\":");
    blob_repeat(&body, opens[i], 100000);
    check_case c = INVALID("lab.Put", 0, body.data, "LAB.0002", "limit", "",
                           i == 0   ? 7 + 127
                           : i == 1 ? 7 + 127 * 5
                                    : 7 + 127 / 2 * 8 + 1);
    check_one(checker, lab, &c);
    blob_free(&body);
  }
  bdc_checker_free(checker);
}

static void reaching_a_limit_is_a_violation_of_its_own(void **state) {
  (void)state;
  static const bdc_settings depth = { .limits = { .depth = 3 } };
  static const check_case deep[] = {
    VALID("lab.Put", 0, "{\"any\":{\"a\":[1]}}"),
    INVALID("lab.Put", 0, "{\"any\":{\"a\":[[1]]}}", "LAB.0002", "limit", "", 13),
    INVALID("lab.Put", 0, "{\"count\":9,\"any\":{\"a\":[ {}]},\"flag\":1}", "LAB.0002", "range limit", "/count", 9),
  };
  static const bdc_settings names = { .limits = { .names = 2 } };
  static const check_case named[] = {
    VALID("lab.Put", 0, "{\"words\":{\"a\":\"1\",\"b\":\"1\"}}"),
    INVALID("lab.Put", 0, "{\"words\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\"}}", "LAB.0002", "limit", "/words/c", 26),
    INVALID("lab.Put", 0, "{\"words\":{\"a\":\"1\",\"b\":\"1\",\"c\":\"1\",\"d\":\"1\",\"a\":\"1\"}}", "LAB.0002", "limit duplicate",
            "/words/c", 26),
    VALID("lab.Put", 0, "{\"any\":[{\"a\":1,\"b\":1},{\"a\":1,\"b\":1}]}"),
    INVALID("lab.Put", 0, "{\"any\":{\"a\":{\"b\":{\"c\":1}}}}", "LAB.0002", "limit", "/any/a/b/c", 18),
    VALID("lab.Put", 0, "{\"count\":5,\"flag\":true,\"big\":1,\"nothing\":null}"),
  };
  static const bdc_settings size = { .limits = { .body_size = 12 } };
  static const check_case sized[] = {
    VALID("lab.Put", 0, "{\"count\":5 }"),
    INVALID("lab.Put", 0, "{\"count\":5  }", "LAB.0413", "limit", "", 12),
    INVALID("lab.Put", 0, "{\"count\":9,\"flag\":true}", "LAB.0413", "range limit", "/count", 9),
    /* Behind a fault nothing is looked at any more, not even the size. */
    INVALID("lab.Put", 0, "{\"count\":5,,,,,,}", "LAB.0002", "syntax", "", 11),
  };
  static const bdc_settings steps = { .limits = { .pattern_steps = 20 } };
  static const check_case stepped[] = {
    INVALID("lab.Put", 0, "{\"hard\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaacb\"}", "LAB.0002", "limit", "/hard", 8),
  };
  check_cases(lab, &depth, deep, LENGTH(deep));
  check_cases(lab, &names, named, LENGTH(named));
  check_cases(lab, &size, sized, LENGTH(sized));
  check_cases(lab, &steps, stepped, LENGTH(stepped));
}

/* Only what a value would need to be looked at as a whole is affected; a listed value is never called unlisted. */
static void a_value_beyond_the_limit_is_never_called_anything_but_that(void **state) {
  (void)state;
  static const bdc_settings settings = { .limits = { .value_size = 4 } };
  static const check_case cases[] = {
    VALID("lab.Put", 0, "{\"colour\":\"red\",\"hexed\":\"abcd\"}"),
    INVALID("lab.Put", 0, "{\"hexed\":\"abcde\"}", "LAB.0002", "limit", "/hexed", 9),
    INVALID("lab.Put", 0, "{\"hard\":\"aaaab\"}", "LAB.0002", "limit", "/hard", 8),
    INVALID("lab.Put", 0, "{\"ratio\":10.000}", "LAB.0002", "limit", "/ratio", 9),
    VALID("lab.Put", 0, "{\"key\":\"abcdefgh\",\"words\":{\"a\":\"" FACE FACE "\"}}"),
  };
  static const check_case listed[] = {
    INVALID("lab.Put", 0, "{\"colour\":\"green\"}", "LAB.0002", "limit", "/colour", 10),
  };
  static const check_case integers[] = {
    INVALID("lab.Put", 0, "{\"big\":12345}", "LAB.0002", "limit", "/big", 7),
  };
  check_cases(lab, &settings, cases, LENGTH(cases));
  check_cases(lab, &settings, listed, LENGTH(listed));
  check_cases(lab, &settings, integers, LENGTH(integers));
}

static void a_report_holds_as_many_violations_as_the_limit_and_counts_all(void **state) {
  (void)state;
  static const bdc_settings settings = { .limits = { .violations = 3 } };
  bdc_checker *checker = checker_of(lab, &settings);
  const bdc_operation *operation = operation_of(lab, "lab.Put");
  const bdc_report *report = bdc_checker_report(checker);
  check_copy(checker, operation, 0, BDC_STR("{\"people\":[1,2,3]}"));
  assert_int_equal(report->violation_count, 3);
  assert_int_equal(report->error_count, 3);
  assert_false(report->truncated);
  check_copy(checker, operation, 0, BDC_STR("{\"soft\":\"1\",\"people\":[1,2,3,{\"name\":\"a\"}]}"));
  assert_int_equal(report->violation_count, 3);
  assert_int_equal(report->error_count, 5);
  assert_int_equal(report->warning_count, 2);
  assert_true(report->truncated);
  /* The documented error speaks of a violation that the report has no room for. */
  assert_non_null(report->error);
  assert_true(is_text(report->error->code, "LAB.0004"));
  assert_true(is_text(report->error->cause->pointer, "/people/3/name"));
  check_copy(checker, operation, 0, BDC_STR("{}"));
  assert_false(report->truncated);
  assert_int_equal(report->verdict, BDC_VALID);
  bdc_checker_free(checker);
}

static void a_report_says_whether_all_of_the_body_was_looked_at(void **state) {
  (void)state;
  static const struct {
    const char *body;
    bool unread;
  } cases[] = {
    { "{}", false },           { "", false },    { "{\"people\":1}", false }, { "{\"people\":[1],\"soft\":\"1\"}", false },
    { "{\"soft\":1,}", true }, { "{} ,", true }, { "{\"soft\":", true },      { "{\"soft\":\"\xff\"}", true },
    { "[[[[1]]]]", true },
  };
  static const bdc_settings shallow = { .limits = { .depth = 3 } };
  static const bdc_settings first = { .first_only = true };
  bdc_checker *checker = checker_of(lab, &shallow);
  const bdc_operation *operation = operation_of(lab, "lab.Put");
  for (size_t i = 0; i < LENGTH(cases); i++) {
    bdc_check_body(checker, operation, 0, cases[i].body, strlen(cases[i].body));
    assert_int_equal(bdc_checker_report(checker)->unread, cases[i].unread);
  }
  bdc_checker_free(checker);
  checker = checker_of(lab, &first);
  bdc_check_body(checker, operation, 0, "{\"people\":[1]}", 14);
  assert_true(bdc_checker_report(checker)->unread);
  bdc_check_body(checker, operation, 0, "{}", 2);
  assert_false(bdc_checker_report(checker)->unread);
  bdc_checker_free(checker);
}

static void a_full_report_takes_errors_in_the_place_of_warnings(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  blob body = { 0 };
  blob_print(&body, "{");
  for (int i = 0; i < 150; i++) {
    blob_print(&body, "\"undocumented%d\":%d,", i, i);
  }
  blob_print(&body, "\"status\":2,\"creator\":5}");
  const bdc_report *report = bdc_checker_report(checker);
  assert_int_equal(bdc_check_body(checker, operation_of(builtin, "huaweicloud.apig.UpdateAppV2"), 201, body.data, body.size),
                   BDC_INVALID);
  assert_int_equal(report->violation_count, 100);
  assert_int_equal(report->warning_count, 150);
  assert_int_equal(report->error_count, 2);
  assert_true(report->truncated);
  assert_int_equal(report->violations[97].severity, BDC_WARNING);
  assert_true(is_text(report->violations[97].pointer, "/undocumented97"));
  assert_true(is_text(report->violations[98].pointer, "/status"));
  assert_true(is_text(report->violations[99].pointer, "/creator"));
  assert_true(is_text(report->error->cause->pointer, "/status"));
  blob_free(&body);
  bdc_checker_free(checker);
}

static void long_undocumented_names_leave_room_for_the_errors_behind_them(void **state) {
  (void)state;
  bdc_checker *checker = checker_of(builtin, NULL);
  blob body = { 0 };
  blob_print(&body, "{");
  for (int i = 0; i < 300; i++) {
    blob_print(&body, "\"%03d", i);
    blob_repeat(&body, FACE, 61);
    blob_print(&body, "\":%d,", i);
  }
  blob_print(&body, "\"created_user\":{\"user_id\":1,\"user_name\":\"\"},\"last_updated_user\":{\"user_id\":[]}}");
  const bdc_report *report = bdc_checker_report(checker);
  bdc_check_body(checker, operation_of(builtin, "huaweicloud.roma.UpdateRomaApp"), 200, body.data, body.size);
  assert_int_equal(report->error_count, 2);
  assert_true(report->violation_count > 2);
  assert_true(report->truncated);
  assert_true(is_text(report->violations[report->violation_count - 2].pointer, "/created_user/user_id"));
  assert_true(is_text(report->violations[report->violation_count - 1].pointer, "/last_updated_user/user_id"));
  assert_int_equal(report->violations[0].field.size, 3 + 61 * 4);
  assert_ptr_equal(report->violations[0].field.data, report->violations[0].pointer.data + 1);
  blob_free(&body);
  bdc_checker_free(checker);
}

static void settings_beyond_their_range_are_refused(void **state) {
  (void)state;
  static const bdc_settings settings[] = { { .limits = { .depth = 65536 } }, { .limits = { .body_size = (size_t)UINT32_MAX + 1 } } };
  bdc_checker *checker;
  for (size_t i = 0; i < LENGTH(settings); i++) {
    checker = (bdc_checker *)1;
    assert_int_equal(bdc_checker_new(lab, &settings[i], &checker), BDC_ERR_ARGUMENT);
    assert_null(checker);
  }
  checker = (bdc_checker *)1;
  assert_int_equal(bdc_checker_new(NULL, NULL, &checker), BDC_ERR_ARGUMENT);
  assert_null(checker);
  static const bdc_settings most = { .limits = { .depth = 65535, .body_size = UINT32_MAX } };
  assert_int_equal(bdc_checker_new(lab, &most, &checker), BDC_OK);
  bdc_checker_free(checker);
  bdc_checker_free(NULL);
}

/* ---- kernels ---- */

static bdc_status make_with(const char *kernel, bdc_checker **checker) {
  return bdc_checker_new(lab, &(bdc_settings){ .kernel = kernel }, checker);
}

static void each_kernel_of_the_machine_can_be_asked_for(void **state) {
  (void)state;
  size_t count = 0;
  for (const char *name; (name = bdc_kernel_name(count)) != NULL; count++) {
    bdc_checker *checker;
    assert_int_equal(make_with(name, &checker), BDC_OK);
    assert_string_equal(bdc_checker_kernel(checker), name);
    bdc_checker_free(checker);
  }
  assert_true(count >= 1);
  assert_string_equal(bdc_kernel_name(count - 1), "plain");
  assert_null(bdc_kernel_name(count + 1));
}

static void a_kernel_that_there_is_not_is_refused(void **state) {
  (void)state;
  bdc_checker *checker = (bdc_checker *)state;
  assert_int_equal(make_with("abacus", &checker), BDC_ERR_ARGUMENT);
  assert_null(checker);
  assert_int_equal(make_with("", &checker), BDC_ERR_ARGUMENT);
}

static void the_settings_go_before_the_environment_and_that_before_the_fastest(void **state) {
  (void)state;
  char before[32] = "";
  const char *set = getenv("BODYCHECK_KERNEL");
  if (set) {
    snprintf(before, sizeof before, "%s", set);
  }
  bdc_checker *checker;
  assert_int_equal(unsetenv("BODYCHECK_KERNEL"), 0);
  assert_int_equal(make_with(NULL, &checker), BDC_OK);
  assert_string_equal(bdc_checker_kernel(checker), bdc_kernel_name(0));
  bdc_checker_free(checker);

  assert_int_equal(setenv("BODYCHECK_KERNEL", "none", 1), 0);
  assert_int_equal(make_with(NULL, &checker), BDC_OK);
  assert_string_equal(bdc_checker_kernel(checker), "none");
  bdc_checker_free(checker);
  assert_int_equal(make_with("plain", &checker), BDC_OK);
  assert_string_equal(bdc_checker_kernel(checker), "plain");
  bdc_checker_free(checker);

  assert_int_equal(setenv("BODYCHECK_KERNEL", "abacus", 1), 0);
  assert_int_equal(make_with(NULL, &checker), BDC_ERR_ARGUMENT);
  assert_int_equal(set ? setenv("BODYCHECK_KERNEL", before, 1) : unsetenv("BODYCHECK_KERNEL"), 0);
}

/* A valid body has the same report whoever looked at it, with what the head of its message has to say. */
static void an_accepted_body_does_not_hide_what_is_wrong_with_its_head(void **state) {
  (void)state;
  const char body[] = "{\"name\":\"app_demo\"}";
  bdc_request request = { .operation = bdc_operation_find(builtin, "huaweicloud.apig.UpdateAppV2"),
                          .body = body,
                          .body_size = sizeof body - 1 };
  for (size_t i = 0; bdc_kernel_name(i); i++) {
    bdc_checker *checker;
    assert_int_equal(bdc_checker_new(builtin, &(bdc_settings){ .kernel = bdc_kernel_name(i) }, &checker), BDC_OK);
    assert_int_equal(bdc_check_request(checker, &request), BDC_INVALID);
    const bdc_report *report = bdc_checker_report(checker);
    assert_int_equal(report->violation_count, 1);
    assert_int_equal(report->violations[0].in, BDC_IN_HEADER);
    assert_int_equal(bdc_check_body(checker, request.operation, 0, body, sizeof body - 1), BDC_VALID);
    assert_int_equal(report->violation_count, 0);
    assert_ptr_equal(report->operation, request.operation);
    assert_null(report->error);
    bdc_checker_free(checker);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(names_take_the_characters_that_each_service_documents),
    cmocka_unit_test(a_define_makes_han_characters_letters_of_names_but_not_of_keys),
    cmocka_unit_test(length_counts_code_points_and_a_surrogate_pair_as_one),
    cmocka_unit_test(escapes_count_as_what_they_spell),
    cmocka_unit_test(duplicates_are_refused_at_every_depth_however_they_are_spelled),
    cmocka_unit_test(bodies_that_are_hardly_any_break_the_rule_that_fits),
    cmocka_unit_test(what_a_table_documents_of_whole_bodies_holds),
    cmocka_unit_test(numbers_are_compared_as_text),
    cmocka_unit_test(violations_stand_in_document_order_and_the_topmost_error_row_is_answered),
    cmocka_unit_test(the_cause_is_the_earliest_violation_of_the_topmost_row),
    cmocka_unit_test(the_cause_is_the_earliest_in_the_text_and_not_the_first_found),
    cmocka_unit_test(a_documented_name_of_256_bytes_is_known),
    cmocka_unit_test(nothing_below_a_type_violation_is_reported_but_faults),
    cmocka_unit_test(undocumented_members_are_what_settings_and_tables_say),
    cmocka_unit_test(first_only_stops_at_the_first_error),
    cmocka_unit_test(statuses_that_are_not_documented_are_told),
    cmocka_unit_test(each_status_has_its_own_table),
    cmocka_unit_test(masks_and_zones_are_lenient_as_documented),
    cmocka_unit_test(a_body_nested_100000_deep_is_a_limit_and_not_a_crash),
    cmocka_unit_test(reaching_a_limit_is_a_violation_of_its_own),
    cmocka_unit_test(a_value_beyond_the_limit_is_never_called_anything_but_that),
    cmocka_unit_test(a_report_holds_as_many_violations_as_the_limit_and_counts_all),
    cmocka_unit_test(a_report_says_whether_all_of_the_body_was_looked_at),
    cmocka_unit_test(a_full_report_takes_errors_in_the_place_of_warnings),
    cmocka_unit_test(long_undocumented_names_leave_room_for_the_errors_behind_them),
    cmocka_unit_test(settings_beyond_their_range_are_refused),
    cmocka_unit_test(each_kernel_of_the_machine_can_be_asked_for),
    cmocka_unit_test(a_kernel_that_there_is_not_is_refused),
    cmocka_unit_test(the_settings_go_before_the_environment_and_that_before_the_fastest),
    cmocka_unit_test(an_accepted_body_does_not_hide_what_is_wrong_with_its_head),
  };
  return cmocka_run_group_tests(tests, make_rulesets, free_rulesets);
}
