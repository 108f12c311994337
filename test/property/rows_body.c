/* SPDX-License-Identifier: MIT */
/* Bodies that are valid but for one value, and the comparison of a report with what is expected. */
#include "property/rows.h"

#include <stdio.h>
#include <string.h>

/* ---- spots ---- */

bdc_row_info spot_info(const spot *at) {
  return bdc_row_describe(at->rows[at->depth - 1]);
}

spot spot_below(const spot *at, const bdc_row *row) {
  spot below = *at;
  if (below.depth == SPOT_MAX) {
    fail_msg("SPOT_MAX is too small");
  }
  below.rows[below.depth++] = row;
  return below;
}

static bdc_kind kind_at(const spot *at, size_t level) {
  return bdc_row_describe(at->rows[level]).kind;
}

/* How many valid items stand before the one of interest. */
static size_t items_before(const bdc_row *row) {
  bdc_row_info info = bdc_row_describe(row);
  return info.items_min ? (size_t)info.items_min : info.includes.size > 0;
}

blob spot_pointer(const spot *at) {
  blob pointer = { 0 };
  blob_add(&pointer, NULL, 0);
  for (size_t i = 0; i + 1 < at->depth; i++) {
    bdc_str name = bdc_row_describe(at->rows[i + 1]).name;
    switch (kind_at(at, i)) {
    case BDC_KIND_OBJECT:
      blob_print(&pointer, "/%.*s", (int)name.size, name.data);
      break;
    case BDC_KIND_ARRAY:
      blob_print(&pointer, "/%zu", items_before(at->rows[i]));
      break;
    default:
      blob_print(&pointer, "/key");
    }
  }
  return pointer;
}

bdc_str spot_field(const spot *at) {
  bdc_str field = { 0 };
  for (size_t i = 1; i < at->depth; i++) {
    if (kind_at(at, i - 1) == BDC_KIND_OBJECT) {
      field = bdc_row_describe(at->rows[i]).name;
    }
  }
  return field;
}

bool spot_is_member(const spot *at) {
  return at->depth > 1 && kind_at(at, at->depth - 2) == BDC_KIND_OBJECT;
}

/* ---- valid values ---- */

void write_valid_text(blob *out, const bdc_row_info *info) {
  if (info->value_count) {
    blob_add_str(out, info->values[0]);
  } else if (info->pattern.size && !known_pattern_of(info->pattern)->of_any_character) {
    blob_print(out, "%s", known_pattern_of(info->pattern)->matches[0]);
  } else if (info->format == BDC_FORMAT_DATE_TIME) {
    blob_print(out, "2019-12-06T06:49:04.000Z");
  } else {
    blob_repeat(out, "a", info->length_min ? (size_t)info->length_min : 1);
  }
}

static void write_valid_number(blob *out, const bdc_row_info *info) {
  if (info->value_count) {
    blob_add_str(out, info->values[0]);
  } else if (info->format == BDC_FORMAT_EPOCH_MS) {
    blob_print(out, "1578284788000");
  } else if (info->range_min.size) {
    blob_add_str(out, info->range_min);
  } else {
    blob_print(out, "0");
  }
}

static void write_valid_items(blob *out, const bdc_row_info *info) {
  blob_print(out, "[");
  if (info->includes.size) {
    blob_print(out, "\"%.*s\"", (int)info->includes.size, info->includes.data);
  }
  for (uint64_t i = info->includes.size > 0; i < info->items_min; i++) {
    blob_print(out, i ? "," : "");
    write_valid(out, info->element);
  }
  blob_print(out, "]");
}

static void write_valid_members(blob *out, const bdc_row_info *info) {
  blob_print(out, "{");
  for (uint64_t i = 0; i < info->items_min; i++) {
    blob_print(out, "%s\"%llu\":", i ? "," : "", (unsigned long long)i);
    write_valid(out, info->element);
  }
  blob_print(out, "}");
}

void write_valid(blob *out, const bdc_row *row) {
  bdc_row_info info = bdc_row_describe(row);
  switch (info.kind) {
  case BDC_KIND_STRING:
    blob_print(out, "\"");
    write_valid_text(out, &info);
    blob_print(out, "\"");
    return;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    write_valid_number(out, &info);
    return;
  case BDC_KIND_BOOLEAN:
  case BDC_KIND_ANY:
    blob_print(out, "true");
    return;
  case BDC_KIND_OBJECT:
    write_object(out, info.object, NULL, "");
    return;
  case BDC_KIND_ARRAY:
    write_valid_items(out, &info);
    return;
  case BDC_KIND_MAP:
    write_valid_members(out, &info);
    return;
  }
}

static void write_name(blob *out, const bdc_row *row, bool first) {
  bdc_str name = bdc_row_describe(row).name;
  blob_print(out, "%s\"%.*s\":", first ? "" : ",", (int)name.size, name.data);
}

void write_object(blob *out, const bdc_object *object, const bdc_row *skip, const char *more) {
  bool first = true;
  blob_print(out, "{");
  for (size_t i = 0; i < bdc_object_describe(object).row_count; i++) {
    const bdc_row *row = bdc_object_row(object, i);
    if (bdc_row_describe(row).mandatory && row != skip) {
      write_name(out, row, first);
      write_valid(out, row);
      first = false;
    }
  }
  blob_print(out, "%s%s}", *more && !first ? "," : "", more);
}

/* ---- bodies ---- */

static size_t write_level(blob *out, const spot *at, size_t level, bdc_str raw) {
  if (level + 1 == at->depth) {
    size_t offset = out->size;
    blob_add_str(out, raw);
    return offset;
  }
  bdc_row_info info = bdc_row_describe(at->rows[level]);
  const bdc_row *next = at->rows[level + 1];
  size_t offset;
  switch (info.kind) {
  case BDC_KIND_OBJECT:
    write_object(out, info.object, next, "");
    out->size--; /* the "}" */
    write_name(out, next, out->data[out->size - 1] == '{');
    offset = write_level(out, at, level + 1, raw);
    blob_print(out, "}");
    return offset;
  case BDC_KIND_ARRAY:
    write_valid_items(out, &info);
    out->size--;
    blob_print(out, out->data[out->size - 1] == '[' ? "" : ",");
    offset = write_level(out, at, level + 1, raw);
    blob_print(out, "]");
    return offset;
  default:
    blob_print(out, "{\"key\":");
    offset = write_level(out, at, level + 1, raw);
    blob_print(out, "}");
    return offset;
  }
}

size_t write_body(blob *out, const spot *at, bdc_str raw) {
  return write_level(out, at, 0, raw);
}

/* ---- comparing ---- */

static bool is_text(bdc_str text, const char *other) {
  return text.size == strlen(other) && (text.size == 0 || memcmp(text.data, other, text.size) == 0);
}

static bool violation_fits(const bdc_violation *v, const expectation *e) {
  return v->rule == e->rule && v->in == e->in && (v->severity == BDC_WARNING) == e->warning && is_text(v->pointer, e->pointer) &&
         v->field.size == e->field.size && (v->field.size == 0 || memcmp(v->field.data, e->field.data, v->field.size) == 0) &&
         v->offset == e->offset;
}

/* The documented message with the field's name in place of "{field}". */
static blob filled(const char *message, bdc_str field) {
  blob out = { 0 };
  const char *mark;
  while ((mark = strstr(message, "{field}"))) {
    blob_add(&out, message, (size_t)(mark - message));
    blob_add_str(&out, field.size ? field : BDC_STR("body"));
    message = mark + strlen("{field}");
  }
  blob_print(&out, "%s", message);
  return out;
}

static bool error_fits(const rows_run *run, const bdc_report *report, const expectation *list, size_t count) {
  const known_error *known = NULL;
  bdc_str field = { 0 };
  /* Lists have more than one error only where they share an answer. */
  for (size_t i = 0; i < count && !known; i++) {
    if (!list[i].warning) {
      field = list[i].field;
      known = known_error_of(run->service.name, run->http_status != 0, list[i].in, field,
                             list[i].body_missing ? RULE_BODY_MISSING : (int)list[i].rule);
    }
  }
  if (!known || !report->error) {
    return !known && !report->error;
  }
  char text[512];
  blob expected = filled(known->message, field);
  bool same = bdc_error_message(report, text, sizeof text, NULL) == BDC_OK && strcmp(text, expected.data) == 0;
  blob_free(&expected);
  return same && report->error->status == known->status && is_text(report->error->code, known->code);
}

static void print_failure(const rows_run *run, bdc_str sent, const bdc_report *report, const expectation *list, size_t count) {
  blob got = { 0 };
  report_write(&got, report);
  printf("---- %.*s, %d, sent:\n%.*s\nexpected:\n", (int)run->info.full_name.size, run->info.full_name.data, run->http_status,
         sent.size < 400 ? (int)sent.size : 400, sent.size ? sent.data : "");
  for (size_t i = 0; i < count; i++) {
    printf("  %s %s in %s <%s> <%.*s> at %zu\n", list[i].warning ? "warning" : "error", bdc_rule_name(list[i].rule),
           bdc_place_name(list[i].in), list[i].pointer, (int)list[i].field.size, list[i].field.size ? list[i].field.data : "",
           list[i].offset);
  }
  printf("%sgot:\n%s", count ? "" : "  nothing\n", got.data);
  blob_free(&got);
}

void expect_report(rows_run *run, bdc_str sent, const expectation *list, size_t count) {
  enum { PRINTED = 12 };
  const bdc_report *report = bdc_checker_report(run->checker);
  size_t errors = 0;
  for (size_t i = 0; i < count; i++) {
    errors += !list[i].warning;
  }
  bool same = report->verdict == (errors ? BDC_INVALID : BDC_VALID) && report->error_count == errors && !report->truncated &&
              report->warning_count == count - errors && report->violation_count == count && error_fits(run, report, list, count);
  for (size_t i = 0; same && i < count; i++) {
    same = violation_fits(&report->violations[i], &list[i]);
  }
  run->checked++;
  run->failed += !same;
  if (!same && run->failed <= PRINTED) {
    print_failure(run, sent, report, list, count);
  }
}

void expect_violations(rows_run *run, bdc_str text, const expectation *list, size_t count) {
  check_copy(run->checker, run->operation, run->http_status, text);
  expect_report(run, text, list, count);
}

void expect_valid(rows_run *run, const spot *at, bdc_str raw) {
  blob text = { 0 };
  write_body(&text, at, raw);
  expect_violations(run, blob_str(&text), NULL, 0);
  blob_free(&text);
}

void expect_rule(rows_run *run, const spot *at, bdc_str raw, bdc_rule rule, size_t offset) {
  expect_severity(run, at, raw, rule, offset, spot_info(at).warnings >> rule & 1);
}

void expect_severity(rows_run *run, const spot *at, bdc_str raw, bdc_rule rule, size_t offset, bool warning) {
  blob text = { 0 };
  blob pointer = spot_pointer(at);
  size_t start = write_body(&text, at, raw);
  expectation expected = { rule, warning, BDC_IN_BODY, pointer.data, spot_field(at), start + offset, false };
  expect_violations(run, blob_str(&text), &expected, 1);
  blob_free(&text);
  blob_free(&pointer);
}
