/* SPDX-License-Identifier: MIT */
/*
 * The follower's rows against the engine's: where the report of a body names a row, the follower must tell this row for the value at
 * that place; and a value that the follower's row refuses must be in the report. For tests and the fuzz target.
 */
#ifndef BDC_TEST_AGREE_H
#define BDC_TEST_AGREE_H

#include "cover/follow.h"

#include <stdlib.h>
#include <string.h>

typedef struct agreement {
  const bdc_report *report;
  bool *met; /* for each violation: a value stands at its place */
  const char *wrong;
} agreement;

static bool agree_is_container(const cmd_value *value) {
  return value->kind == CMD_JSON_OBJECT || value->kind == CMD_JSON_ARRAY;
}

/* Whether a violation speaks of this value, and not of one within it. */
static bool agree_at_value(const cmd_value *value, const bdc_violation *violation) {
  if (violation->rule == BDC_RULE_DUPLICATE || violation->rule == BDC_RULE_UNKNOWN) {
    return violation->offset == value->name_offset;
  }
  if (agree_is_container(value)) {
    return violation->offset == value->offset && violation->rule != BDC_RULE_MANDATORY;
  }
  return violation->offset >= value->offset && violation->offset < value->end;
}

static bool agree_holds_row(const bdc_row *holder, const bdc_row *row) {
  const bdc_object *object = holder ? bdc_row_describe(holder).object : NULL;
  size_t count = object ? bdc_object_describe(object).row_count : 0;
  for (size_t i = 0; i < count; i++) {
    if (bdc_object_row(object, i) == row) {
      return true;
    }
  }
  return false;
}

/* Reports cut names at 64 characters, so only what is shorter can be compared. */
static bool agree_same_pointer(bdc_str cut, bdc_str whole) {
  return whole.size > 64 || (cut.size == whole.size && (cut.size == 0 || memcmp(cut.data, whole.data, cut.size) == 0));
}

static void agree_with_violation(agreement *agreed, const cmd_value *value, size_t index) {
  const bdc_violation *violation = &agreed->report->violations[index];
  if (violation->in != BDC_IN_BODY) {
    return;
  }
  if (violation->rule == BDC_RULE_MANDATORY && violation->offset == value->offset && agree_is_container(value)) {
    agreed->met[index] = true;
    agreed->wrong = agree_holds_row(value->row, violation->row) ? agreed->wrong : "a missing row is none of the object's";
  } else if (agree_at_value(value, violation) && (violation->row || violation->rule == BDC_RULE_UNKNOWN)) {
    agreed->met[index] = true;
    agreed->wrong = violation->row == value->row ? agreed->wrong : "another row than in the report";
    agreed->wrong = agree_same_pointer(violation->pointer, value->pointer) ? agreed->wrong : "another pointer than in the report";
  }
}

static bool agree_is_reported(const bdc_report *report, const cmd_value *value, bdc_rule rule) {
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    if (violation->in == BDC_IN_BODY && violation->rule == rule && violation->row == value->row && violation->offset == value->offset) {
      return true;
    }
  }
  return false;
}

/* What the row surely refuses. */
static void agree_with_row(agreement *agreed, const cmd_value *value) {
  bdc_row_info row = bdc_row_describe(value->row);
  if (!cmd_row_takes(&row, value->kind)) {
    bool null = row.nullable && value->kind == CMD_JSON_NULL;
    bool reported = agree_is_reported(agreed->report, value, BDC_RULE_TYPE);
    agreed->wrong = null != reported ? agreed->wrong : "a type that is refused and not in the report, or the reverse";
  } else if (value->kind == CMD_JSON_STRING && !row.masked) {
    bool shorter = agree_is_reported(agreed->report, value, BDC_RULE_LENGTH_MIN);
    bool longer = agree_is_reported(agreed->report, value, BDC_RULE_LENGTH_MAX);
    bool same = shorter == (value->count < row.length_min) && longer == (value->count > row.length_max);
    agreed->wrong = same ? agreed->wrong : "a length that is refused and not in the report, or the reverse";
  }
}

static void agree_on_value(const cmd_value *value, void *context) {
  agreement *agreed = context;
  for (size_t i = 0; i < agreed->report->violation_count; i++) {
    agree_with_violation(agreed, value, i);
  }
  if (value->row && !agreed->report->truncated) {
    agree_with_row(agreed, value);
  }
}

/* What they do not agree on, or NULL. The report is of a checker that stops at no violation and has a table for the body. */
static const char *agree_on_body(const bdc_report *report, const bdc_section_info *section, bdc_str body) {
  agreement agreed = { .report = report, .met = calloc(report->violation_count + 1, sizeof(bool)) };
  bool whole = cmd_follow(body, section, agree_on_value, &agreed);
  for (size_t i = 0; whole && i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    if (violation->in == BDC_IN_BODY && violation->row && !agreed.met[i]) {
      agreed.wrong = "a row of the report that stands at no value";
    }
  }
  free(agreed.met);
  return agreed.wrong;
}

#endif
