/* SPDX-License-Identifier: MIT */
/* Cases of header fields: missing, twice, in another spelling; media types; what no field may hold. */
#include "generate/cases_head.h"

#include "base/str.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

static const bdc_str content_type = BDC__STR_INIT("Content-Type");

/* The row's name with its letters in the other case, in the arena of the values: it is one for each row, and not long. */
static bdc_str other_case(bdc_generator *g, bdc_str name) {
  bdc_str copy = { 0 };
  if (!bdc__arena_copy(&g->values.arena, name, &copy)) {
    g->values.failed = true;
    return name;
  }
  char *text = (char *)copy.data; /* just made */
  for (size_t i = 0; i < copy.size; i++) {
    bool letter = (text[i] | 0x20) >= 'a' && (text[i] | 0x20) <= 'z';
    text[i] = (char)(letter ? text[i] ^ 0x20 : text[i]);
  }
  return copy;
}

static bool write_value(bdc_generator *g, const bdc_row *row) {
  if (bdc__str_equal_fold(row->name, content_type)) {
    bdc__buffer_add_literal(&g->text, "application/json");
    return true;
  }
  return bdc__head_value(g, row, g->in, &g->text);
}

static void case_other_name(bdc_generator *g, const bdc_row *row, bool twice) {
  bdc_severity severity = row->warnings >> BDC_RULE_DUPLICATE & 1 ? BDC_WARNING : BDC_ERROR;
  if (!bdc__turn_as(g, row, twice ? (int)BDC_RULE_DUPLICATE : (int)BDC__NO_RULE, twice, severity)) {
    return;
  }
  bdc__say(g, twice ? "twice, in two spellings" : "its letters in the other case");
  if (!write_value(g, row)) {
    bdc__leave_out(g, BDC_OMITTED_VALID);
    return;
  }
  bdc__buffer_add(&g->token, bdc__buffer_text(&g->text));
  bdc__head_change change = { .row = row, .absent = !twice, .more = { other_case(g, row->name), bdc__buffer_text(&g->text) } };
  bdc__head_make(g, change, row->name);
}

static void cases_unless(bdc_generator *g, const bdc_row *row) {
  if (row->unless.size && bdc__turn(g, row, BDC_RULE_MANDATORY, false)) {
    bdc__say(g, "missing, with what stands for it");
    bdc__head_make(g, (bdc__head_change){ .row = row, .absent = true, .more = { row->unless, BDC_STR("x") } }, row->name);
  }
}

static void cases_media_type(bdc_generator *g) {
  static const struct {
    bdc_str value;
    bool breaks;
  } types[] = {
    { BDC__STR_INIT("application/json"), false },
    { BDC__STR_INIT("Application/JSON;charset=\"UTF-8\""), false },
    { BDC__STR_INIT("application/json; charset=utf8"), false },
    { BDC__STR_INIT("text/plain"), true },
    { BDC__STR_INIT("application/json; charset=utf-16"), true },
    { BDC__STR_INIT("application/jsonp"), true },
    { BDC__STR_INIT("application/problem+json"), true },
    { BDC__STR_INIT("application/json, text/plain"), true },
    { BDC__STR_INIT("json"), true },
  };
  const bdc_object *rows = g->operation->header_rows;
  const bdc_row *row = NULL;
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    row = bdc__str_equal_fold(rows->rows[i].name, content_type) ? &rows->rows[i] : row;
  }
  for (size_t i = 0; i < LENGTH(types) && g->body; i++) {
    if (bdc__turn_as(g, row, BDC_RULE_MEDIA_TYPE, types[i].breaks, BDC_ERROR)) {
      bdc__say_text(g, types[i].value);
      bdc__buffer_add(&g->token, types[i].value);
      bdc__head_change change = { .row = row };
      if (!row) {
        change.more = (bdc_header){ content_type, types[i].value };
      }
      bdc__head_make(g, change, row ? row->name : content_type);
    }
  }
}

static void case_empty(bdc_generator *g, const bdc_row *row) {
  bool missing = bdc__head_mandatory(g, row) && row->length_min == 0;
  if (row->kind != BDC_KIND_STRING) {
    return;
  }
  if (missing) {
    bdc__case_head_raw(g, row, (bdc_str){ 0 }, BDC_RULE_MANDATORY, "empty, which is as good as missing");
  } else if (bdc__head_breaks(g, row, (bdc_str){ 0 }) == BIT(BDC_RULE_LENGTH_MIN)) {
    bdc__case_head_raw(g, row, (bdc_str){ 0 }, BDC_RULE_LENGTH_MIN, "empty");
  }
}

/* What no field may hold is an error whatever the row has as a warning. */
static void case_control(bdc_generator *g, const bdc_row *row, char control, const char *words) {
  if (bdc__turn_as(g, row, BDC_RULE_CHARSET, true, BDC_ERROR)) {
    bdc__say(g, words);
    if (!bdc__head_value(g, row, g->in, &g->text)) {
      bdc__leave_out(g, BDC_OMITTED_VALID);
      return;
    }
    bdc__buffer_add(&g->token, (bdc_str){ g->text.data, g->text.size - 1 });
    bdc__buffer_add_byte(&g->token, control);
    bdc__head_make_row(g, row);
  }
}

static void case_line_break(bdc_generator *g, const bdc_row *row) {
  bdc_str value = BDC_STR("aaaaaaaa\nX-Other: a");
  if (bdc__head_breaks(g, row, value) == 0 && bdc__turn_as(g, row, BDC_RULE_CHARSET, true, BDC_ERROR)) {
    bdc__say(g, "a line break");
    bdc__buffer_add(&g->token, value);
    bdc__head_make_row(g, row);
  }
}

static void cases_header_row(bdc_generator *g, const bdc_row *row) {
  bdc__case_head_absent(g, row);
  cases_unless(g, row);
  case_other_name(g, row, false);
  case_other_name(g, row, true);
  if (bdc__str_equal_fold(row->name, content_type)) {
    return;
  }
  bdc__cases_head_value(g, row);
  case_empty(g, row);
  if (row->kind == BDC_KIND_STRING && !row->charset && !row->start && !row->value_count && !row->pattern && row->format == 0) {
    case_control(g, row, '\x01', "a control character");
    case_line_break(g, row);
    case_control(g, row, '\x7f', "U+007F");
    bdc__case_head_raw(g, row, BDC_STR("aaaaaaaa\xff"), BDC_RULE_ENCODING, "a byte that is no UTF-8");
  }
}

void bdc__cases_header(bdc_generator *g) {
  const bdc_object *rows = g->operation->header_rows;
  g->in = BDC_IN_HEADER;
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    cases_header_row(g, &rows->rows[i]);
  }
  cases_media_type(g);
}
