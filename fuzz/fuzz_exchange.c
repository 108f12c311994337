/* SPDX-License-Identifier: MIT */
/*
 * A whole message: "METHOD TARGET" or "STATUS", header fields "NAME: VALUE" line by line, an empty line, the body. As a request it is
 * routed by the embedded rules, and by those of two services that name hosts; every route and every report must be sound.
 */
#include <bodycheck/table.h>

#include "expect.h"
#include "head.h"

#include <string.h>

enum { MESSAGE_SIZE = 8192 };

/* A path that embedded tables have too. */
#define APP                                                                                                                            \
  "operation App PUT /v2/{project_id}/apigw/instances/{instance_id}/apps/{app_id} @t\n  path\n    project_id string mandatory @t\n"    \
  "    instance_id string mandatory @t\n    app_id string mandatory @t\n  request\n    name string mandatory @t\n"

static const bdc_ruleset *rules(void) {
  static bdc_ruleset *ruleset;
  if (!ruleset) {
    static const char *const texts[] = {
      "provider here\nservice api x\nsource t x\nhost *.here.example @t\n" APP,
      "provider there\nservice api x\nsource t x\nhost there.example @t\n" APP "operation Gone DELETE /v2/there @t\n",
    };
    bdc_rule_text given[2] = { { .name = BDC_STR("here") }, { .name = BDC_STR("there") } };
    for (size_t i = 0; i < 2; i++) {
      given[i].text = (bdc_str){ texts[i], strlen(texts[i]) };
    }
    expect(bdc_ruleset_parse(given, 2, &(bdc_options){ .provider = "huaweicloud" }, &ruleset, NULL) == BDC_OK);
  }
  return ruleset;
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

static void expect_routed(const bdc_request *request, const bdc_report *report) {
  const bdc_operation *candidates[4] = { NULL };
  const bdc_operation *operation;
  size_t count;
  bdc_status status = bdc_route_request(rules(), request, &operation, candidates, 4, &count);
  expect(status == report->status && operation == report->operation && (status == BDC_OK) == (operation != NULL));
  expect((status == BDC_ERR_NO_PATH) == (count == 0) && (status != BDC_ERR_AMBIGUOUS || count > 1) && count <= 4);
  bool among = false;
  for (size_t i = 0; i < count; i++) {
    among = among || candidates[i] == operation;
  }
  expect(among == (status == BDC_OK));
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
  expect_routed(&request, bdc_checker_report(checker));
  bdc_response response = {
    .status = size ? 100 + data[0] * 2 : 200, .headers = headers, .header_count = count, .body = rest.data, .body_size = rest.size
  };
  bdc_check_response(checker, bdc_operation_at(rules(), size % bdc_operation_count(rules())), &response);
  expect_sound(bdc_checker_report(checker));
  bdc_checker_free(checker);
  return 0;
}
