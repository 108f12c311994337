/* SPDX-License-Identifier: MIT */
/*
 * Coverage against reports: of a body that was read to its end, each violation that names a row must have been counted as one broken side
 * of this row's rule, and nothing else as broken. For tests and the fuzz target.
 */
#ifndef BDC_TEST_SUMS_H
#define BDC_TEST_SUMS_H

#include "cover/plan.h"

#include <string.h>

/* The rule of a side, where it is that of a violation; BDC_RULE_COUNT for others. */
static bdc_rule sums_rule_of(cmd_side_kind kind) {
  const char *name = kind == CMD_SIDE_NULL_REFUSED ? bdc_rule_name(BDC_RULE_TYPE) : cmd_side_rule(kind);
  for (int rule = 0; rule < BDC_RULE_COUNT && cmd_side_is_broken(kind); rule++) {
    if (strcmp(bdc_rule_name((bdc_rule)rule), name) == 0) {
      return (bdc_rule)rule;
    }
  }
  return BDC_RULE_COUNT;
}

/* Broken sides of one rule that were counted in a section. */
static uint64_t sums_counted(const cmd_cover_section *section, bdc_rule rule) {
  uint64_t sum = 0;
  for (size_t i = 0; i < section->sides.count; i++) {
    const cmd_side *side = &section->sides.items[i];
    sum += sums_rule_of(side->kind) == rule ? side->count : 0;
  }
  return sum;
}

/* An integer has a range of its own, of which there is no side. */
static bool sums_has_side(const bdc_violation *violation) {
  bdc_row_info row = bdc_row_describe(violation->row);
  return violation->rule != BDC_RULE_RANGE || row.range_min.size > 0 || row.range_max.size > 0;
}

static uint64_t sums_reported(const bdc_report *report, bdc_rule rule) {
  uint64_t sum = 0;
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    sum += violation->in == BDC_IN_BODY && violation->rule == rule && violation->row && sums_has_side(violation);
  }
  return sum;
}

/* Whether the checker read all of the body, and the report tells all it found. */
static bool sums_is_complete(const bdc_report *report) {
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    bool of_text = violation->rule == BDC_RULE_SYNTAX || violation->rule == BDC_RULE_ENCODING || violation->rule == BDC_RULE_LIMIT;
    if (violation->in == BDC_IN_BODY && of_text && !violation->row) {
      return false;
    }
  }
  return !report->truncated && report->reason == BDC_REASON_NONE;
}

/* The rule in which they differ, after this one body was counted in the section; BDC_RULE_COUNT where they are the same. */
static bdc_rule sums_differ(const cmd_cover_section *section, const bdc_report *report) {
  for (int rule = 0; rule < BDC_RULE_COUNT && sums_is_complete(report); rule++) {
    bool compared = rule == BDC_RULE_MANDATORY || (rule >= BDC_RULE_TYPE && rule <= BDC_RULE_FORMAT);
    if (compared && sums_counted(section, (bdc_rule)rule) != sums_reported(report, (bdc_rule)rule)) {
      return (bdc_rule)rule;
    }
  }
  return BDC_RULE_COUNT;
}

#endif
