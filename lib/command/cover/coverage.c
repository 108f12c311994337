/* SPDX-License-Identifier: MIT */
/* Counting: the values of a message held against its report. */
#include "cover/coverage.h"

#include "cover/head.h"
#include "cover/plan.h"
#include "memory.h"
#include "text.h"

#include <stdlib.h>

/* A member of an object that is still open. */
typedef struct pending {
  size_t row; /* of its section */
  size_t offset;
} pending;

typedef struct counter {
  const bdc_report *report;
  cmd_cover_operation *operation;
  cmd_cover_section *section;
  size_t judged_end; /* the checker has read no further */
  pending *members;
  size_t member_count;
  size_t member_capacity;
} counter;

/* ---- what the report says of a value ---- */

/* The lack of a zone is the one broken format that is only a warning without the row's saying so. */
static bool lacks_zone(const bdc_row_info *row, const bdc_violation *violation) {
  return row->zone_optional && violation->rule == BDC_RULE_FORMAT && violation->severity == BDC_WARNING &&
         !(row->warnings >> BDC_RULE_FORMAT & 1);
}

static void add_broken(cmd_sight *sight, const bdc_row_info *row, const bdc_violation *violation) {
  sight->broken |= 1u << violation->rule;
  sight->without_zone = sight->without_zone || lacks_zone(row, violation);
}

/* The first violation of the body at or behind an offset: they stand in the order of the document. */
static size_t first_violation(const bdc_report *report, size_t offset) {
  size_t low = 0;
  size_t high = report->violation_count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const bdc_violation *violation = &report->violations[middle];
    if (violation->in != BDC_IN_BODY || violation->offset < offset) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

/*
 * Of an array or object itself, violations stand where it begins; within it those of its values do, which may be of the same row. A
 * missing member stands there too, and says nothing of the value.
 */
static cmd_sight sight_of(const counter *c, const bdc_row_info *row, const cmd_value *value) {
  cmd_sight sight = { .kind = value->kind, .count = value->count, .text = value->text };
  sight.judged = !c->report->truncated;
  bool open = value->kind == CMD_JSON_OBJECT || value->kind == CMD_JSON_ARRAY;
  size_t end = open ? value->offset + 1 : value->end;
  const bdc_violation *all = c->report->violations;
  for (size_t i = first_violation(c->report, value->offset); i < c->report->violation_count && all[i].offset < end; i++) {
    if (all[i].row == value->row && all[i].rule != BDC_RULE_MANDATORY) {
      add_broken(&sight, row, &all[i]);
    }
  }
  return sight;
}

/* ---- sides ---- */

static void count_sides(const cmd_cover_section *section, const cmd_cover_row *row, const cmd_sight *sight) {
  for (size_t i = 0; i < row->side_count; i++) {
    cmd_side *side = &section->sides.items[row->side_first + i];
    side->count += cmd_side_is_met(side, &row->info, sight);
  }
}

static void count_side(const cmd_cover_section *section, const cmd_cover_row *row, cmd_side_kind kind) {
  cmd_side *side = cmd_cover_side(section, row, kind);
  if (side) {
    side->count++;
  }
}

/* ---- presence in bodies ---- */

static void add_pending(counter *c, size_t row, size_t offset) {
  c->members = cmd_grow(c->members, c->member_count, &c->member_capacity, sizeof(*c->members));
  c->members[c->member_count++] = (pending){ row, offset };
}

/* An object has ended: its members are those that are pending since it began, and the rows that are none of them were not there. */
static void count_presence(counter *c, const cmd_cover_row *holder, const cmd_value *value) {
  uint64_t number = ++c->section->objects;
  while (c->member_count > 0 && c->members[c->member_count - 1].offset > value->offset) {
    c->section->rows[c->members[--c->member_count].row].seen = number;
  }
  size_t count = bdc_object_describe(holder->info.object).row_count;
  for (size_t i = 0; i < count; i++) {
    size_t index = cmd_cover_find(c->section, bdc_object_row(holder->info.object, i));
    const cmd_cover_row *row = &c->section->rows[index];
    bool there = row->seen == number;
    count_side(c->section, row, there ? CMD_SIDE_PRESENT : row->info.mandatory ? CMD_SIDE_MISSING : CMD_SIDE_ABSENT);
  }
}

/* ---- bodies ---- */

static void count_undocumented(const counter *c, const cmd_value *value) {
  size_t index = value->parent ? cmd_cover_find(c->section, value->parent) : SIZE_MAX;
  if (index != SIZE_MAX) {
    count_side(c->section, &c->section->rows[index], CMD_SIDE_UNDOCUMENTED);
  }
}

/* The first row of the catalogue that has the code of a response. */
static void count_code(cmd_cover_operation *operation, bdc_str code) {
  for (size_t i = 0; i < operation->service.code_count; i++) {
    if (cmd_equal(bdc_service_code(operation->info.service, i).code, code)) {
      operation->codes[i]++;
      return;
    }
  }
}

static void count_value(const cmd_value *value, void *context) {
  counter *c = context;
  if (value->end > c->judged_end) {
    return;
  }
  size_t index = value->row ? cmd_cover_find(c->section, value->row) : SIZE_MAX;
  if (index == SIZE_MAX) {
    count_undocumented(c, value);
    return;
  }
  const cmd_cover_row *row = &c->section->rows[index];
  cmd_sight sight = sight_of(c, &row->info, value);
  count_sides(c->section, row, &sight);
  if (row->info.object && value->kind == CMD_JSON_OBJECT) {
    count_presence(c, row, value);
  }
  if (row->role == CMD_ROW_FIELD) {
    add_pending(c, index, value->offset);
  } else if (row->role == CMD_ROW_BODY) {
    count_side(c->section, row, CMD_SIDE_PRESENT);
  }
  if (row->info.error_code && value->kind == CMD_JSON_STRING && c->report->http_status != 0) {
    count_code(c->operation, value->text);
  }
}

static void count_absent_body(const cmd_cover_section *section) {
  count_side(section, &section->rows[0], section->info.body_optional ? CMD_SIDE_ABSENT : CMD_SIDE_MISSING);
}

/* Where the checker stopped reading, if it did. */
static size_t judged_end(const bdc_report *report) {
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    bool of_text = violation->rule == BDC_RULE_SYNTAX || violation->rule == BDC_RULE_ENCODING || violation->rule == BDC_RULE_LIMIT;
    if (violation->in == BDC_IN_BODY && of_text && !violation->row && violation->pointer.size == 0) {
      return violation->offset;
    }
  }
  return SIZE_MAX;
}

static void count_body(counter *c, bdc_str body) {
  c->section->checked++;
  if (body.size == 0) {
    count_absent_body(c->section);
    return;
  }
  c->judged_end = judged_end(c->report);
  cmd_follow(body, &c->section->info, count_value, c);
  free(c->members);
}

/* ---- heads ---- */

static uint32_t broken_rules(const bdc_report *report, bdc_place in, const bdc_row *row) {
  uint32_t broken = 0;
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    broken |= violation->in == in && violation->row == row ? 1u << violation->rule : 0;
  }
  return broken;
}

/* Of a field that stands there twice it is not clear which one the report speaks of: only the first is counted. */
static void count_head_value(const bdc_row *row, bdc_str text, void *context) {
  counter *c = context;
  cmd_cover_row *found = &c->section->rows[cmd_cover_find(c->section, row)];
  if (found->seen == c->section->objects) {
    return;
  }
  found->seen = c->section->objects;
  cmd_sight sight = { .kind = CMD_JSON_STRING, .count = cmd_count_characters(text), .text = text };
  sight.broken = broken_rules(c->report, c->section->info.in, row);
  sight.judged = !c->report->truncated;
  count_sides(c->section, found, &sight);
  count_side(c->section, found, CMD_SIDE_PRESENT);
}

static void count_missing(const counter *c) {
  for (size_t i = 0; i < c->section->row_count; i++) {
    const cmd_cover_row *row = &c->section->rows[i];
    if (row->seen != c->section->objects) {
      bool missing = broken_rules(c->report, c->section->info.in, row->row) >> BDC_RULE_MANDATORY & 1;
      count_side(c->section, row, missing ? CMD_SIDE_MISSING : CMD_SIDE_ABSENT);
    }
  }
}

/* A request without a target has no path and no query to look at. */
static void count_head(counter *c, const bdc_request *request) {
  if (c->section->info.in != BDC_IN_HEADER && request->target.size == 0) {
    return;
  }
  c->section->checked++;
  c->section->objects++;
  cmd_head_follow(&c->operation->info, &c->section->info, request, count_head_value, c);
  count_missing(c);
}

/* ---- messages ---- */

static bool is_encoded(const bdc_header *headers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    bool identity = cmd_equal_fold(headers[i].value, BDC_STR("identity")) || headers[i].value.size == 0;
    if (cmd_equal_fold(headers[i].name, BDC_STR("Content-Encoding")) && !identity) {
      return true;
    }
  }
  return false;
}

static bool has_rule(const bdc_report *report, bdc_rule rule) {
  for (size_t i = 0; i < report->violation_count; i++) {
    if (report->violations[i].rule == rule) {
      return true;
    }
  }
  return false;
}

/* A body that is compressed, or that does not call itself JSON, is not looked at. */
static bool body_was_read(const bdc_report *report, const bdc_request *request, const bdc_response *response) {
  bool encoded = (request && is_encoded(request->headers, request->header_count)) ||
                 (response && is_encoded(response->headers, response->header_count));
  return report->reason == BDC_REASON_NONE && !encoded && !has_rule(report, BDC_RULE_MEDIA_TYPE);
}

static void count_status(cmd_cover_operation *operation, int status) {
  for (size_t i = 0; i < operation->status_count; i++) {
    if (operation->statuses[i].status == status) {
      operation->statuses[i].count++;
      return;
    }
  }
  operation->other_statuses++;
}

/* The answer is a row of the service's errors, whose text it shares. */
static void count_error(cmd_cover_operation *operation, const bdc_error *error) {
  for (size_t i = 0; i < operation->service.error_count; i++) {
    bdc_error_row_info row = bdc_service_error(operation->info.service, i);
    operation->errors[i] += row.code.data == error->code.data;
  }
}

static bool section_has_status(const bdc_section_info *section, int status) {
  for (size_t i = 0; i < section->status_count; i++) {
    if (section->statuses[i] == status) {
      return true;
    }
  }
  return section->status_count == 0 && status == 0;
}

static cmd_cover_operation *find_operation(cmd_coverage *coverage, const bdc_operation *operation) {
  for (size_t i = 0; i < coverage->operation_count; i++) {
    if (coverage->operations[i].operation == operation) {
      return &coverage->operations[i];
    }
  }
  return NULL;
}

static void count_message(cmd_cover_operation *operation, const bdc_report *report) {
  operation->requests += report->http_status == 0;
  operation->responses += report->http_status != 0;
  if (report->http_status != 0) {
    count_status(operation, report->http_status);
  }
  if (report->error) {
    count_error(operation, report->error);
  }
}

void cmd_coverage_add(cmd_coverage *coverage, const bdc_report *report, bdc_str body, const bdc_request *request,
                      const bdc_response *response) {
  cmd_cover_operation *operation = report->operation ? find_operation(coverage, report->operation) : NULL;
  if (!operation) {
    return;
  }
  count_message(operation, report);
  bool read = body_was_read(report, request, response);
  for (size_t i = 0; i < operation->info.section_count; i++) {
    counter c = { .report = report, .operation = operation, .section = &operation->sections[i] };
    if (c.section->info.in != BDC_IN_BODY) {
      if (request) {
        count_head(&c, request);
      }
    } else if (read && section_has_status(&c.section->info, report->http_status)) {
      count_body(&c, body);
    }
  }
}
