/* SPDX-License-Identifier: MIT */
/*
 * The follower against the engine: a body against a table of the embedded rules, or of one that has every kind of row. The first two
 * bytes choose operation and direction; the rest is the body. Every row that the report names must be the one that the follower tells
 * for the value at this place.
 */
#include "command/agree.h"

#include "expect.h"
#include "rulesets.h"

enum { HEAD = 2 };

/* It stops at no violation and keeps them all, so that the report says all there is to say. */
static bdc_checker *checker(void) {
  static bdc_checker *made;
  bdc_settings settings = { .limits = { .violations = 1000, .depth = UINT16_MAX } };
  if (!made) {
    expect(bdc_checker_new(rules(), &settings, &made) == BDC_OK);
  }
  return made;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int statuses[] = { 0, 200, 201, 202, 400, 404 };
  bdc_section_info section;
  if (size <= HEAD) {
    return 0;
  }
  const bdc_operation *operation = bdc_operation_at(rules(), data[0] % bdc_operation_count(rules()));
  int status = statuses[data[1] % (sizeof statuses / sizeof statuses[0])];
  if (!cmd_section_find(operation, status, &section)) {
    return 0;
  }
  bdc_str body = { (const char *)data + HEAD, size - HEAD };
  bdc_check_body(checker(), operation, status, body.data, body.size);
  expect(!agree_on_body(bdc_checker_report(checker()), &section, body));
  return 0;
}
