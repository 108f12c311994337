/* SPDX-License-Identifier: MIT */
/* What a check has found: the violations in document order, and the one that the documented error speaks of. */
#include "check/checker.h"

#include "base/text.h"
#include "base/utf8.h"

enum { NO_RANK = -1 };

/* Of the cause: it is none of the violations that the report has room for. */
static const size_t not_kept = SIZE_MAX;

void bdc__report_begin(bdc_checker *checker) {
  /* Member by member: of an initializer gcc makes a string instruction, which takes longer than the checks of a short body. */
  bdc_report *report = &checker->report;
  report->status = BDC_OK;
  report->verdict = BDC_UNCHECKED;
  report->reason = BDC_REASON_NONE;
  report->operation = NULL;
  report->http_status = 0;
  report->violations = checker->violations;
  report->violation_count = 0;
  report->error_count = 0;
  report->warning_count = 0;
  report->truncated = false;
  report->error = NULL;
  report->request_id = (bdc_str){ 0 };
  report->unread = false;
  checker->text_size = 0;
  checker->cause_rank = (size_t)NO_RANK;
  checker->cause_at = not_kept;
  checker->warnings_kept = 0;
}

/* ---- the documented error ---- */

/* Whether it is the body as a whole that is missing, or too large. */
static bool of_whole_body(const bdc_violation *violation) {
  if (violation->rule == BDC_RULE_LIMIT) {
    return (violation->measure & ((1u << BDC__MEASURE_BITS) - 1)) == BDC__LIMIT_SIZE;
  }
  return violation->rule == BDC_RULE_MANDATORY && violation->measure == BDC__MANDATORY_BODY;
}

/* The topmost row of the service's errors that fits. */
static size_t rank_of(const bdc_checker *checker, const bdc_violation *violation) {
  const bdc_service *service = checker->operation->service;
  const bdc_breach breach = { .response = checker->response,
                              .in = violation->in,
                              .field = violation->field,
                              .rule = violation->rule,
                              .whole_body = of_whole_body(violation) };
  size_t rank = bdc_service_error_for(service, &breach);
  return rank < service->error_count ? rank : (size_t)NO_RANK;
}

/* ---- order ---- */

/* A message is read from its status or target over its headers to its body. */
static unsigned order_of(bdc_place place) {
  static const unsigned char order[] = {
    [BDC_IN_STATUS] = 0, [BDC_IN_PATH] = 1, [BDC_IN_QUERY] = 2, [BDC_IN_HEADER] = 3, [BDC_IN_BODY] = 4
  };
  return order[place];
}

static bool stands_before(const bdc_violation *a, const bdc_violation *b) {
  if (a->in != b->in) {
    return order_of(a->in) < order_of(b->in);
  }
  if (a->in == BDC_IN_HEADER && a->line != b->line) {
    return a->line < b->line;
  }
  return a->offset < b->offset;
}

/* Nearly all are found in order; those that are found late (a missing member, at the object's end) move up. Where it stands then. */
static size_t move_up(bdc_checker *checker, size_t at) {
  bdc_violation violation = checker->violations[at];
  do {
    checker->violations[at] = checker->violations[at - 1];
    at--;
  } while (at > 0 && stands_before(&violation, &checker->violations[at - 1]));
  checker->violations[at] = violation;
  if (checker->cause_at != not_kept && checker->cause_at >= at) {
    checker->cause_at++;
  }
  return at;
}

/* ---- pointers and names ---- */

/* Many undocumented names, which are warnings in responses, leave room for the errors behind them. */
static bdc__text text_begin(const bdc_checker *checker, bdc_severity severity) {
  size_t limit = severity == BDC_WARNING ? BDC__REPORT_TEXT_SIZE / 2 : BDC__REPORT_TEXT_SIZE;
  size_t room = checker->text_size < limit ? limit - checker->text_size : 0;
  return bdc__text_in(checker->text + checker->text_size, room);
}

/* Keeps what was written as a slice of the report's own; false where it did not fit. */
static bool text_keep(bdc_checker *checker, const bdc__text *text, bdc_str *out) {
  if (text->size > text->capacity) {
    *out = (bdc_str){ 0 };
    return false;
  }
  *out = (bdc_str){ text->buffer, text->size };
  checker->text_size += text->size;
  return true;
}

static void add_token(const bdc_checker *checker, size_t depth, bdc__text *text) {
  const bdc__frame *frame = &checker->frames[depth];
  if (!frame->is_object) {
    bdc__text_add_literal(text, "/");
    bdc__text_add_number(text, frame->count - 1);
  } else if (frame->mode == BDC__MODE_ROWS && frame->member) {
    bdc__text_add(text, frame->member->pointer);
  } else {
    size_t end = depth + 1 < checker->depth ? checker->frames[depth + 1].path_size : checker->path_size;
    bdc__text_add(text, (bdc_str){ checker->path + frame->path_size, end - frame->path_size });
  }
}

static bool pointer_of(bdc_checker *checker, const bdc__finding *finding, bdc_str *out) {
  size_t depth = checker->depth - finding->of_container;
  const bdc__frame *top = checker->frames;
  if (depth == 1 && top->mode == BDC__MODE_ROWS && top->member) {
    *out = top->member->pointer;
    return true;
  }
  bdc__text text = text_begin(checker, finding->severity);
  /* It ends where it no longer fits, so that it takes no more time than its room allows, however deep it leads. */
  for (size_t i = 0; i < depth && text.size <= text.capacity; i++) {
    add_token(checker, i, &text);
  }
  return text_keep(checker, &text, out);
}

static bool ends_with(bdc_str text, bdc_str end) {
  return end.size > 0 && text.size >= end.size && bdc__bytes_equal(text.data + (text.size - end.size), end.data, end.size);
}

/* A name of the documentation lives as long as the rule set; one that was sent is kept, cut short, as the end of its pointer if it is. */
static bool field_of(bdc_checker *checker, const bdc__finding *finding, bdc_str pointer, bdc_str *out) {
  if (finding->row) {
    *out = finding->row->name;
    return true;
  }
  bdc_str shown = bdc__utf8_cut(finding->name, BDC__NAME_CHARACTERS);
  if (ends_with(pointer, shown)) {
    *out = bdc__str_from(pointer, pointer.size - shown.size);
    return true;
  }
  bdc__text text = text_begin(checker, finding->severity);
  bdc__text_add(&text, shown);
  return text_keep(checker, &text, out);
}

/* A rule of JSON itself is broken by the whole text, which has then no members that a pointer could name. */
static bool speaks_of_text(const bdc__finding *finding) {
  if (finding->rule == BDC_RULE_LIMIT) {
    uint64_t kind = finding->measure & ((1u << BDC__MEASURE_BITS) - 1);
    return kind == BDC__LIMIT_SIZE || kind == BDC__LIMIT_DEPTH;
  }
  return finding->rule == BDC_RULE_SYNTAX || finding->rule == BDC_RULE_ENCODING;
}

static void place(bdc_checker *checker, bdc_violation *violation) {
  if (violation->in == BDC_IN_BODY) {
    bdc__position position = bdc__place_of(checker, violation->offset);
    violation->line = position.line;
    violation->column = position.column;
  } else if (violation->in != BDC_IN_STATUS) {
    violation->line = violation->in == BDC_IN_HEADER ? checker->header_line : 1;
    violation->column = violation->line ? (uint32_t)violation->offset + 1 : 0;
  }
}

static const bdc_violation *cause_of(const bdc_checker *checker) {
  return checker->cause_at == not_kept ? &checker->spare_cause : &checker->violations[checker->cause_at];
}

/* Whether the documented error is rather that of this violation, whose rank is given. */
static bool is_cause(const bdc_checker *checker, const bdc_violation *violation, size_t rank) {
  return rank < checker->cause_rank ||
         (rank != (size_t)NO_RANK && rank == checker->cause_rank && stands_before(violation, cause_of(checker)));
}

/* Position, name and pointer; false where the report has no room for their text. */
static bool describe(bdc_checker *checker, const bdc__finding *finding, bdc_violation *violation) {
  place(checker, violation);
  bool pointed = violation->in == BDC_IN_BODY && !speaks_of_text(finding);
  bool fits = !pointed || pointer_of(checker, finding, &violation->pointer);
  return field_of(checker, finding, violation->pointer, &violation->field) && fits;
}

/* A full report still takes errors in the place of warnings. */
static bool has_room(const bdc_checker *checker, bdc_severity severity) {
  return checker->report.violation_count < checker->settings.limits.violations || (severity == BDC_ERROR && checker->warnings_kept > 0);
}

static void drop_last_warning(bdc_checker *checker) {
  size_t at = checker->report.violation_count;
  while (checker->violations[--at].severity != BDC_WARNING) {
  }
  size_t behind = --checker->report.violation_count - at;
  memmove(&checker->violations[at], &checker->violations[at + 1], behind * sizeof checker->violations[0]);
  if (checker->cause_at != not_kept && checker->cause_at > at) {
    checker->cause_at--;
  }
  checker->warnings_kept--;
  checker->report.truncated = true;
}

static bool is_full(const bdc_checker *checker) {
  return checker->report.violation_count == checker->settings.limits.violations;
}

/* Where it stands in the report, at the end of which it has been written if there was room. */
static size_t keep(bdc_checker *checker, const bdc_violation *violation) {
  if (is_full(checker)) {
    drop_last_warning(checker);
    checker->violations[checker->report.violation_count] = *violation;
  }
  size_t at = checker->report.violation_count++;
  checker->warnings_kept += checker->violations[at].severity == BDC_WARNING;
  return at > 0 && stands_before(&checker->violations[at], &checker->violations[at - 1]) ? move_up(checker, at) : at;
}

/* A violation in its place behind the others, where it need not be copied, or in the spare one of a full report. */
static bdc_violation *write_down(bdc_checker *checker, const bdc__finding *finding) {
  bdc_violation *violation = is_full(checker) ? &checker->spare : &checker->violations[checker->report.violation_count];
  violation->in = checker->place;
  violation->rule = finding->rule;
  violation->severity = finding->severity;
  violation->line = checker->place == BDC_IN_HEADER ? checker->header_line : 0;
  violation->column = 0;
  violation->offset = finding->offset;
  violation->pointer = (bdc_str){ 0 };
  violation->field = finding->row ? finding->row->name : finding->name;
  violation->row = finding->row;
  violation->measure = finding->measure;
  return violation;
}

/* What is neither kept nor the cause is only counted, so that many violations cost no more than their number. */
void bdc__report_add(bdc_checker *checker, const bdc__finding *finding) {
  if (checker->stopped) {
    return; /* one value may break several rules before the caller of this looks up */
  }
  bdc_violation *violation = write_down(checker, finding);
  bool error = finding->severity == BDC_ERROR;
  size_t rank = error ? rank_of(checker, violation) : (size_t)NO_RANK;
  bool cause = error && is_cause(checker, violation, rank);
  bool room = has_room(checker, finding->severity);
  bool kept = (room || cause) && describe(checker, finding, violation) && room;
  if (cause && !kept) {
    checker->spare_cause = *violation;
  }
  size_t at = kept ? keep(checker, violation) : not_kept;
  if (cause) {
    checker->cause_at = at;
    checker->cause_rank = rank;
  }
  checker->report.truncated = checker->report.truncated || !kept;
  checker->report.error_count += error;
  checker->report.warning_count += !error;
  checker->stopped = error && checker->settings.first_only;
}

void bdc__violate(bdc_checker *checker, const bdc_row *row, bdc_rule rule, size_t offset, uint64_t measure) {
  bdc_severity severity = row && (row->warnings >> rule & 1) ? BDC_WARNING : BDC_ERROR;
  bdc__report_add(checker, &(bdc__finding){ .row = row, .rule = rule, .severity = severity, .offset = offset, .measure = measure });
}

void bdc__report_end(bdc_checker *checker) {
  bdc_report *report = &checker->report;
  if (report->error_count) {
    report->verdict = BDC_INVALID; /* also where not all could be checked: what was found stands */
  } else {
    report->verdict = report->reason == BDC_REASON_NONE ? BDC_VALID : BDC_UNCHECKED;
  }
  if (report->verdict != BDC_UNCHECKED) {
    report->reason = BDC_REASON_NONE;
  }
  if (report->verdict != BDC_INVALID || checker->cause_rank == (size_t)NO_RANK) {
    return;
  }
  const bdc__error_row *row = &checker->operation->service->errors[checker->cause_rank];
  checker->error = (bdc_error){ .status = row->status, .code = row->code, .message = row->message, .cause = cause_of(checker) };
  report->error = &checker->error;
}
