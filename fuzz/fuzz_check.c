/* SPDX-License-Identifier: MIT */
/*
 * A body against a table of the embedded rules. The first four bytes choose operation, direction, pieces, limits and kernel; the rest is the
 * body. The report must not depend on the pieces, and a documented error, rendered, must itself keep the documentation.
 */
#include <bodycheck/table.h>

#include "expect.h"

#include <string.h>

enum { HEAD = 4, MESSAGE_SIZE = 4096 };

static const bdc_ruleset *rules(void) {
  static bdc_ruleset *ruleset;
  if (!ruleset) {
    expect(bdc_ruleset_builtin(NULL, &ruleset) == BDC_OK);
  }
  return ruleset;
}

static void expect_sound(const bdc_report *report, size_t size) {
  char message[MESSAGE_SIZE];
  expect((report->verdict == BDC_INVALID) == (report->error_count > 0));
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    expect(violation->offset <= size && bdc_violation_message(violation, message, sizeof message, NULL) == BDC_OK);
    expect(i == 0 || violation->in != report->violations[i - 1].in || violation->offset >= report->violations[i - 1].offset);
  }
}

static void expect_answer_valid(bdc_checker *checker, const bdc_report *report) {
  char body[MESSAGE_SIZE];
  size_t size;
  if (!report->error) {
    return;
  }
  int status = report->error->status;
  expect(bdc_error_render(report, body, sizeof body, &size) == BDC_OK);
  expect(bdc_check_body(checker, report->operation, status, body, size) == BDC_VALID);
}

static bdc_settings settings_of(uint8_t choice) {
  bdc_settings settings = { 0 };
  if (choice & 1) {
    settings.limits = (bdc_limits){ .body_size = 64, .depth = 3, .names = 2, .value_size = 8, .violations = 2, .pattern_steps = 50 };
  }
  settings.first_only = choice & 2;
  settings.unknown_request = (bdc_unknown)(choice >> 2 & 3);
  settings.unknown_response = (bdc_unknown)(choice >> 4 & 3);
  settings.kernel = choice & 64 ? "none" : NULL;
  return settings;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int statuses[] = { 0, 0, 200, 201, 400, 401, 403, 404, 500, 204, 302, 418, 503, 999 };
  if (size < HEAD) {
    return 0;
  }
  const bdc_operation *operation = bdc_operation_at(rules(), data[0] % bdc_operation_count(rules()));
  int status = statuses[data[1] % (sizeof statuses / sizeof statuses[0])];
  size_t step = data[2] % 16 + 1u;
  bdc_settings settings = settings_of(data[3]);
  const uint8_t *body = data + HEAD;
  size -= HEAD;

  bdc_checker *whole = NULL;
  bdc_checker *pieces = NULL;
  expect(bdc_checker_new(rules(), &settings, &whole) == BDC_OK && bdc_checker_new(rules(), &settings, &pieces) == BDC_OK);
  bdc_check_body(whole, operation, status, body, size);
  expect(bdc_check_begin(pieces, operation, status) == BDC_OK);
  for (size_t at = 0; at < size; at += step) {
    expect(bdc_check_feed(pieces, body + at, size - at < step ? size - at : step) == BDC_OK);
  }
  bdc_verdict verdict;
  expect(bdc_check_end(pieces, &verdict) == BDC_OK);
  expect_same(bdc_checker_report(whole), bdc_checker_report(pieces));
  expect_sound(bdc_checker_report(whole), size);
  if (!(data[3] & 1)) {
    expect_answer_valid(pieces, bdc_checker_report(whole));
  }
  bdc_checker_free(whole);
  bdc_checker_free(pieces);
  return 0;
}
