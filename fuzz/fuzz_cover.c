/* SPDX-License-Identifier: MIT */
/*
 * Coverage of a message against its report, by a table that has every kind of row. The first two bytes choose operation and kind. A body
 * alone: what is counted as broken must be what the report names. A request: its target, header fields "NAME: VALUE" line by line, an empty
 * line, the body; its values are counted at most once.
 */
#include "command/sums.h"
#include "cover/at.h"

#include "expect.h"
#include "head.h"
#include "rulesets.h"

enum { HEAD = 2 };

static bdc_checker *checker(void) {
  static bdc_checker *made;
  const bdc_settings settings = { .limits = { .violations = 1000 } };
  if (!made) {
    expect(bdc_checker_new(rules(), &settings, &made) == BDC_OK);
  }
  return made;
}

/* The section of the body, of which the coverage has no other message. */
static const cmd_cover_section *section_of(const cmd_coverage *coverage, const bdc_operation *operation, int status) {
  bdc_section_info wanted;
  bool there = cmd_section_find(operation, status, &wanted);
  for (size_t i = 0; there && i < coverage->operation_count; i++) {
    const cmd_cover_operation *found = &coverage->operations[i];
    for (size_t j = 0; found->operation == operation && j < found->info.section_count; j++) {
      if (found->sections[j].info.body == wanted.body) {
        return &found->sections[j];
      }
    }
  }
  return NULL;
}

static void cover_body(cmd_coverage *coverage, const bdc_operation *operation, int status, bdc_str body) {
  bdc_check_body(checker(), operation, status, body.data, body.size);
  const bdc_report *report = bdc_checker_report(checker());
  cmd_coverage_add(coverage, report, body, NULL, NULL);
  const cmd_cover_section *section = section_of(coverage, operation, status);
  expect(!section || sums_differ(section, report) == BDC_RULE_COUNT);
}

/* Places lead to offsets and back. */
static void look_at(const bdc_operation *operation, int status, bdc_str body, size_t offset) {
  bdc_section_info section;
  cmd_spot spot = { .offset = offset };
  cmd_spot_place(&spot, body);
  expect(cmd_spot_find(&spot, body));
  expect(spot.offset <= body.size);
  if (cmd_section_find(operation, status, &section)) {
    cmd_at at = cmd_at_find(body, &section, spot.offset);
    cmd_at_free(&at);
  }
}

static void cover_request(cmd_coverage *coverage, const bdc_operation *operation, bdc_str text) {
  bdc_header headers[HEADERS_MAX];
  bdc_request request = { .method = bdc_operation_describe(operation).method, .target = take(&text, '\n'), .headers = headers };
  request.header_count = take_headers(&text, headers);
  request.body = text.data;
  request.body_size = text.size;
  bdc_check_request(checker(), &request);
  cmd_coverage_add(coverage, bdc_checker_report(checker()), text, &request, NULL);
}

/* Each value of a head was there or was not. */
static void expect_counts(const cmd_coverage *coverage) {
  for (size_t i = 0; i < coverage->operation_count; i++) {
    const cmd_cover_operation *operation = &coverage->operations[i];
    for (size_t j = 0; j < operation->info.section_count; j++) {
      const cmd_cover_section *section = &operation->sections[j];
      for (size_t k = 0; k < section->sides.count; k++) {
        expect(section->info.in == BDC_IN_BODY || section->sides.items[k].count <= section->checked);
      }
    }
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const int statuses[] = { 0, 0, 200, 202, 404 };
  if (size < HEAD) {
    return 0;
  }
  const bdc_operation *operation = bdc_operation_at(rules(), data[0] % bdc_operation_count(rules()));
  int status = statuses[data[1] / 2 % (sizeof statuses / sizeof statuses[0])];
  bdc_str text = { (const char *)data + HEAD, size - HEAD };
  cmd_coverage *coverage = cmd_coverage_new(rules());
  if (data[1] % 2 == 0) {
    cover_body(coverage, operation, status, text);
    look_at(operation, status, text, data[0] * text.size / 256);
  } else {
    cover_request(coverage, operation, text);
  }
  expect_counts(coverage);
  cmd_coverage_free(coverage);
  return 0;
}
