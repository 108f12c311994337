/* SPDX-License-Identifier: MIT */
/*
 * There and back: a body is checked, the documented error is rendered, and the answer is checked as a response. The first three bytes
 * choose operation, status and the size of the request's id; the rest is the body. An answer must keep the documentation of its operation, be
 * the same when it is rendered again, and fit in the room that it says it needs, and in no less.
 */
#include "base/utf8.h"

#include "expect.h"
#include "rulesets.h"

#include <bodycheck/table.h>

#include <string.h>

enum { HEAD = 3, ROOM = 1 << 14 };

static bdc_checker *checker_of(bdc_unknown unknown_response) {
  bdc_settings settings = { .unknown_response = unknown_response };
  bdc_checker *checker;
  expect(bdc_checker_new(rules(), &settings, &checker) == BDC_OK);
  return checker;
}

/* Those who check answers; the second allows no undocumented member in them. */
static bdc_checker *checkers(size_t index) {
  static bdc_checker *made[3];
  if (!made[0]) {
    made[0] = checker_of(BDC_UNKNOWN_TABLE);
    made[1] = checker_of(BDC_UNKNOWN_ERROR);
    made[2] = checker_of(BDC_UNKNOWN_TABLE);
  }
  return made[index];
}

typedef bdc_status renderer(const bdc_report *report, char *buffer, size_t size, size_t *needed);

/* Renders into a copy of its own, so that whoever writes behind its end is caught. */
static void expect_fits(renderer *render, const bdc_report *report, const char *text, size_t text_size, size_t room) {
  char *buffer = malloc(room ? room : 1);
  size_t needed;
  expect(buffer != NULL);
  buffer[0] = 'x';
  bool fits = room > text_size;
  expect(render(report, buffer, room, &needed) == (fits ? BDC_OK : BDC_ERR_SPACE));
  expect(needed == text_size && (fits ? strcmp(buffer, text) == 0 : buffer[0] == (room ? 0 : 'x')));
  free(buffer);
}

/* The text, in `text`, which has ROOM bytes. */
static bdc_str expect_rendered(renderer *render, const bdc_report *report, char *text) {
  size_t size;
  expect(render(report, text, ROOM, &size) == BDC_OK && strlen(text) == size);
  expect(bdc__utf8_valid((bdc_str){ text, size }));
  expect_fits(render, report, text, size, size + 1);
  expect_fits(render, report, text, size, size);
  expect_fits(render, report, text, size, size / 2);
  expect_fits(render, report, text, size, 0);
  return (bdc_str){ text, size };
}

static void expect_answer_kept(const bdc_report *report, bdc_str answer) {
  int status = report->error->status;
  for (size_t i = 1; i < 3; i++) {
    bdc_verdict verdict = bdc_check_body(checkers(i), report->operation, status, answer.data, answer.size);
    const bdc_report *of_answer = bdc_checker_report(checkers(i));
    expect(verdict == BDC_VALID && !of_answer->error && of_answer->error_count == 0);
  }
}

/* As a gateway does it, which has the head of a request as well. */
static void check(bdc_checker *checker, const bdc_operation *operation, int status, bdc_str body, bdc_str id) {
  static const bdc_header json = { BDC_STR("content-type"), BDC_STR("application/json") };
  bdc_request request = { .operation = operation, .headers = &json, .header_count = 1, .request_id = id };
  bdc_response response = { .status = status, .headers = &json, .header_count = 1, .request_id = id };
  request.body = response.body = body.data;
  request.body_size = response.body_size = body.size;
  if (status == 0) {
    bdc_check_request(checker, &request);
  } else {
    bdc_check_response(checker, operation, &response);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int statuses[] = { 0, 0, 0, 200, 201, 400, 404, 500 };
  static char message[ROOM];
  static char answer[ROOM];
  if (size < HEAD) {
    return 0;
  }
  const bdc_operation *operation = bdc_operation_at(rules(), data[0] % bdc_operation_count(rules()));
  int status = statuses[data[1] % (sizeof statuses / sizeof statuses[0])];
  bdc_str body = { (const char *)data + HEAD, size - HEAD };
  /* Any bytes may stand in an id, which comes with the request as well. */
  bdc_str id = { body.data, data[2] < body.size ? data[2] : body.size };
  check(checkers(0), operation, status, body, id);
  const bdc_report *report = bdc_checker_report(checkers(0));
  if (report->error) {
    expect(report->verdict == BDC_INVALID && report->error->status >= 400 && report->error->code.size > 0);
    expect_rendered(bdc_error_message, report, message);
    expect_answer_kept(report, expect_rendered(bdc_error_render, report, answer));
  } else {
    expect(bdc_error_render(report, answer, ROOM, NULL) == BDC_ERR_NO_ERROR && answer[0] == 0);
  }
  return 0;
}
