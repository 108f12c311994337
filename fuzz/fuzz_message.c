/* SPDX-License-Identifier: MIT */
/*
 * A whole message: "METHOD TARGET" or "STATUS", header fields "NAME: VALUE" line by line, an empty line, the body. As a request it is
 * routed by the embedded rules; every report must be sound.
 */
#include <bodycheck/table.h>

#include "expect.h"

#include <string.h>

enum { HEADERS_MAX = 16, MESSAGE_SIZE = 8192 };

static const bdc_ruleset *rules(void) {
  static bdc_ruleset *ruleset;
  if (!ruleset) {
    expect(bdc_ruleset_builtin(&(bdc_options){ .provider = "huaweicloud" }, &ruleset) == BDC_OK);
  }
  return ruleset;
}

/* The text before a separator, which is taken from *rest with it; all of it where there is none. */
static bdc_str take(bdc_str *rest, char separator) {
  const char *end = rest->size ? memchr(rest->data, separator, rest->size) : NULL;
  size_t size = end ? (size_t)(end - rest->data) : rest->size;
  bdc_str taken = { rest->data, size };
  size_t used = end ? size + 1 : size;
  *rest = (bdc_str){ rest->data + used, rest->size - used };
  return taken;
}

static size_t take_headers(bdc_str *rest, bdc_header headers[HEADERS_MAX]) {
  size_t count = 0;
  while (rest->size && count < HEADERS_MAX) {
    bdc_str line = take(rest, '\n');
    if (line.size == 0) {
      break;
    }
    headers[count].name = take(&line, ':');
    headers[count++].value = line;
  }
  return count;
}

static void expect_sound(const bdc_report *report) {
  char text[MESSAGE_SIZE];
  expect((report->verdict == BDC_INVALID) == (report->error_count > 0));
  expect(report->verdict != BDC_UNCHECKED || report->reason != BDC_REASON_NONE);
  for (size_t i = 0; i < report->violation_count; i++) {
    expect(bdc_violation_message(&report->violations[i], text, sizeof text, NULL) == BDC_OK);
  }
  if (report->error) {
    expect(bdc_error_message(report, text, sizeof text, NULL) == BDC_OK);
    expect(bdc_error_render(report, text, sizeof text, NULL) == BDC_OK);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  bdc_header headers[HEADERS_MAX];
  bdc_str rest = { (const char *)data, size };
  bdc_str line = take(&rest, '\n');
  bdc_str method = take(&line, ' ');
  size_t count = take_headers(&rest, headers);
  bdc_request request = {
    .method = method, .target = line, .headers = headers, .header_count = count, .body = rest.data, .body_size = rest.size
  };
  bdc_checker *checker;
  expect(bdc_checker_new(rules(), NULL, &checker) == BDC_OK);
  bdc_check_request(checker, &request);
  expect_sound(bdc_checker_report(checker));
  bdc_response response = {
    .status = size ? 100 + data[0] * 2 : 200, .headers = headers, .header_count = count, .body = rest.data, .body_size = rest.size
  };
  bdc_check_response(checker, bdc_operation_at(rules(), size % bdc_operation_count(rules())), &response);
  expect_sound(bdc_checker_report(checker));
  bdc_checker_free(checker);
  return 0;
}
