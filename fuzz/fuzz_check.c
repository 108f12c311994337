/* SPDX-License-Identifier: MIT */
/*
 * A body against a table. The first bytes choose table, settings, limits, pieces, and which allocation fails; the rest is the body. The
 * report is the same for all pieces, nothing is allocated for it, no limit makes valid what is not, and no value that was sent shows in it.
 */
#include <bodycheck/table.h>

#include "budget.h"
#include "expect.h"
#include "rulesets.h"

#include <assert.h>
#include <string.h>

enum { MESSAGE_SIZE = 4096 };

typedef struct head {
  uint8_t operation;
  uint8_t status;
  uint8_t settings;
  uint8_t piece;
  uint8_t seed;
  uint8_t failing;
  uint8_t limits[3]; /* two in each */
} head;

enum { HEAD = 9 };
static_assert(sizeof(head) == HEAD, "it is the beginning of the input");

static bdc_settings settings_of(const head *choice) {
  static const uint16_t figures[] = { 0, 0, 1, 2, 3, 4, 7, 8, 16, 33, 48, 60, 64, 100, 300, 5000 };
  return (bdc_settings){ .first_only = choice->settings & 1,
                         .kernel = choice->settings & 2 ? "none" : NULL,
                         .unknown_request = (bdc_unknown)(choice->settings >> 2 & 3),
                         .unknown_response = (bdc_unknown)(choice->settings >> 4 & 3),
                         .limits = { .body_size = figures[choice->limits[0] & 15],
                                     .depth = figures[choice->limits[0] >> 4],
                                     .names = figures[choice->limits[1] & 15],
                                     .value_size = figures[choice->limits[1] >> 4],
                                     .violations = figures[choice->limits[2] & 15],
                                     .pattern_steps = figures[choice->limits[2] >> 4] } };
}

/* Where the chosen allocation fails, all others are given back. */
static bdc_checker *make_checker(const bdc_settings *settings, budget *left) {
  bdc_checker *checker = (bdc_checker *)left;
  size_t live = left->live;
  bdc_status status = bdc_checker_new(rules(), settings, &checker);
  if (status == BDC_OK) {
    return checker;
  }
  expect(status == BDC_ERR_MEMORY && left->calls >= left->fail_at && !checker && left->live == live);
  left->fail_at = 0;
  expect(bdc_checker_new(rules(), settings, &checker) == BDC_OK);
  return checker;
}

/* ---- pieces ---- */

/* Each piece is a copy of its own, so that whoever reads beyond it, or later, is caught. */
static void feed_copy(bdc_checker *checker, const uint8_t *piece, size_t size) {
  uint8_t *copy = malloc(size);
  expect(copy != NULL);
  memcpy(copy, piece, size);
  expect(bdc_check_feed(checker, copy, size) == BDC_OK);
  free(copy);
}

static void check_in_pieces(bdc_checker *checker, const bdc_operation *operation, int status, bdc_str body, const head *choice) {
  uint32_t random = choice->seed;
  expect(bdc_check_begin(checker, operation, status) == BDC_OK);
  for (size_t at = 0; at < body.size;) {
    random = random * 1664525 + 1013904223;
    size_t size = 1 + (random >> 16) % (1u + choice->piece);
    size = size < body.size - at ? size : body.size - at;
    feed_copy(checker, (const uint8_t *)body.data + at, size);
    at += size;
  }
  bdc_verdict verdict;
  expect(bdc_check_end(checker, &verdict) == BDC_OK && verdict == bdc_checker_report(checker)->verdict);
}

/* ---- what holds of every report ---- */

static void expect_sound(const bdc_report *report, const bdc_limits *limits, size_t size) {
  const size_t violations_default = 100;
  expect((report->verdict == BDC_INVALID) == (report->error_count > 0));
  expect(report->violation_count <= (limits->violations ? limits->violations : violations_default));
  expect(report->truncated == (report->error_count + report->warning_count > report->violation_count));
  expect(limits->body_size == 0 || size <= limits->body_size || report->verdict != BDC_VALID);
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    char message[MESSAGE_SIZE];
    expect(violation->offset <= size && bdc_violation_message(violation, message, sizeof message, NULL) == BDC_OK);
    expect(i == 0 || violation->in != report->violations[i - 1].in || violation->offset >= report->violations[i - 1].offset);
  }
}

/* What keeps the rules within narrow limits keeps them within wide ones. */
static void expect_limits_never_help(const bdc_report *narrow, bdc_settings settings, bdc_str body) {
  bdc_checker *wide;
  if (narrow->verdict == BDC_VALID) {
    settings.limits = (bdc_limits){ .body_size = 0 };
    settings.allocator = NULL;
    expect(bdc_checker_new(rules(), &settings, &wide) == BDC_OK);
    expect(bdc_check_body(wide, narrow->operation, narrow->http_status, body.data, body.size) == BDC_VALID);
    bdc_checker_free(wide);
  }
}

/* ---- values ---- */

static char another(char c) {
  bool last = c == '9' || c == 'z' || c == 'Z';
  bool digit = c >= '1' && c <= '9';
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return digit || letter ? (char)(!last ? c + 1 : digit ? '1' : c - 25) : c;
}

/* Changes the letters and digits of a string, from behind its quote; where it ends. */
static size_t change_string(char *text, size_t size, size_t at) {
  for (; at < size && text[at] != '"'; at++) {
    if (text[at] == '\\') {
      at += at + 1 < size && text[at + 1] == 'u' ? 5 : 1;
    } else {
      text[at] = another(text[at]);
    }
  }
  return at;
}

static size_t skip_string(const char *text, size_t size, size_t at) {
  for (; at < size && text[at] != '"'; at++) {
    at += text[at] == '\\';
  }
  return at;
}

/* Other values of the same shape: digits for digits, letters for letters. What may be a name stays. */
static void change_values(char *text, size_t size) {
  char before = 0;
  for (size_t at = 0; at < size; at++) {
    bool value = before == ':' || before == '[';
    if (text[at] == '"') {
      at = value ? change_string(text, size, at + 1) : skip_string(text, size, at + 1);
      before = '"';
    } else if (text[at] >= '0' && text[at] <= '9') {
      text[at] = another(text[at]);
    } else if (!memchr(" \t\r\n-", text[at], 5)) {
      before = text[at];
    }
  }
}

static bool same_findings(const bdc_report *a, const bdc_report *b) {
  bool same_ones = a->violation_count == b->violation_count && (a->error != NULL) == (b->error != NULL) &&
                   (!a->error || (same(a->error->code, b->error->code) && a->error->cause->offset == b->error->cause->offset));
  for (size_t i = 0; same_ones && i < a->violation_count; i++) {
    const bdc_violation *x = &a->violations[i];
    const bdc_violation *y = &b->violations[i];
    /* The cause of a fault, and the status of a code, may be another. */
    same_ones = x->in == y->in && x->rule == y->rule && x->offset == y->offset &&
                (x->measure == y->measure || (x->rule != BDC_RULE_FORMAT && x->rule != BDC_RULE_STATUS));
  }
  return same_ones;
}

/* Where the same is wrong with other values, the same words say so. */
static void expect_same_words(const bdc_report *a, const bdc_report *b) {
  char one[MESSAGE_SIZE];
  char other[MESSAGE_SIZE];
  for (size_t i = 0; i < a->violation_count; i++) {
    expect(same(a->violations[i].pointer, b->violations[i].pointer) && same(a->violations[i].field, b->violations[i].field));
    bdc_violation_message(&a->violations[i], one, sizeof one, NULL);
    bdc_violation_message(&b->violations[i], other, sizeof other, NULL);
    expect(strcmp(one, other) == 0);
  }
  if (a->error) {
    expect(bdc_error_render(a, one, sizeof one, NULL) == bdc_error_render(b, other, sizeof other, NULL) && strcmp(one, other) == 0);
  }
}

static void expect_no_value_shown(const bdc_report *report, bdc_checker *checker, bdc_str body) {
  char *changed = malloc(body.size + 1);
  expect(changed != NULL);
  memcpy(changed, body.data, body.size);
  change_values(changed, body.size);
  bdc_check_body(checker, report->operation, report->http_status, changed, body.size);
  if (same_findings(report, bdc_checker_report(checker))) {
    expect_same_words(report, bdc_checker_report(checker));
  }
  free(changed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int statuses[] = { 0, 0, 200, 201, 202, 400, 401, 403, 404, 500, 204, 302, 418, 503, 266, 999 };
  head choice;
  if (size < HEAD) {
    return 0;
  }
  memcpy(&choice, data, HEAD);
  const bdc_operation *operation = bdc_operation_at(rules(), choice.operation % bdc_operation_count(rules()));
  int status = statuses[choice.status % (sizeof statuses / sizeof statuses[0])];
  bdc_str body = { (const char *)data + HEAD, size - HEAD };

  budget left = { .fail_at = choice.failing % 32 };
  bdc_allocator allocator = budget_allocator(&left);
  bdc_settings settings = settings_of(&choice);
  settings.allocator = &allocator;
  bdc_checker *whole = make_checker(&settings, &left);
  bdc_checker *pieces = make_checker(&settings, &left);
  size_t calls = left.calls;
  bdc_check_body(whole, operation, status, body.data, body.size);
  check_in_pieces(pieces, operation, status, body, &choice);
  const bdc_report *report = bdc_checker_report(whole);
  expect_same(report, bdc_checker_report(pieces));
  expect_sound(report, &settings.limits, body.size);
  expect_no_value_shown(report, pieces, body);
  expect(left.calls == calls);
  expect_limits_never_help(report, settings, body);
  bdc_checker_free(whole);
  bdc_checker_free(pieces);
  expect(left.live == 0);
  return 0;
}
