/* SPDX-License-Identifier: MIT */
/* Cases of targets, and what all cases of heads are made with. */
#include "generate/cases_head.h"

#include "base/str.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- making ---- */

void bdc__head_make(bdc_generator *g, bdc__head_change change, bdc_str name) {
  g->change = change;
  if (g->body && !bdc__valid_body(g, g->filling)) {
    return;
  }
  if (!bdc__buffer_whole(&g->token)) {
    bdc__leave_out(g, BDC_OMITTED_SIZE);
    return;
  }
  g->made.field = g->made.reported ? name : (bdc_str){ 0 };
  g->outcome = BDC__MADE;
}

void bdc__head_make_row(bdc_generator *g, const bdc_row *row) {
  bdc__head_make(g, (bdc__head_change){ .row = row }, row->name);
}

void bdc__case_head_raw(bdc_generator *g, const bdc_row *row, bdc_str raw, bdc_rule rule, const char *words) {
  if (bdc__turn(g, row, (int)rule, true)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->token, raw);
    bdc__head_make_row(g, row);
  }
}

bool bdc__head_mandatory(const bdc_generator *g, const bdc_row *row) {
  return row->flags & BDC__ROW_MANDATORY && (!(row->flags & BDC__ROW_WHEN_BODY) || g->body);
}

void bdc__case_head_absent(bdc_generator *g, const bdc_row *row) {
  bool mandatory = bdc__head_mandatory(g, row);
  if (bdc__turn(g, row, BDC_RULE_MANDATORY, mandatory)) {
    bdc__say(g, mandatory ? "missing" : "absent");
    bdc__head_make(g, (bdc__head_change){ .row = row, .absent = true }, row->name);
  }
}

/* ---- targets ---- */

typedef struct malformed {
  bdc_str raw;
  bdc_rule rule;
  const char *words;
} malformed;

#define FORM(text, words)                                                                                                              \
  { BDC__STR_INIT(text), BDC_RULE_SYNTAX, words }
#define ENCODING(text, words)                                                                                                          \
  { BDC__STR_INIT(text), BDC_RULE_ENCODING, words }

/* What no part of a target may hold. */
static const malformed anywhere[] = {
  ENCODING("a%", "a percent sign alone"),
  ENCODING("a%4", "a percent sign before one digit"),
  ENCODING("a%zz", "a percent sign before letters"),
  ENCODING("%%41", "two percent signs"),
  ENCODING("%u0041", "the escape %u"),
  ENCODING("a%C3", "a character that is cut"),
  ENCODING("a%FF", "a byte that is no UTF-8"),
  ENCODING("%C0%AF", "an overlong slash"),
  ENCODING("%ED%A0%80", "a surrogate"),
  ENCODING("%F4%90%80%80", "a character beyond U+10FFFF"),
  FORM("a%00", "U+0000"),
  FORM("a%0D%0Ab", "a line break"),
  FORM("a%7f", "U+007F"),
  FORM("a\"b", "a quote that is not encoded"),
  FORM("a<b", "an angle bracket that is not encoded"),
  FORM("a\\b", "a backslash that is not encoded"),
  FORM("a{b}", "braces that are not encoded"),
  FORM("a\xe6\x9d\x8e", "a character beyond ASCII that is not encoded"),
};

static const malformed in_path[] = {
  FORM("a%2Fb", "an encoded slash"),  FORM("%2f", "an encoded slash alone"),    FORM("..%2F..", "an encoded slash between dots"),
  FORM(".", "a dot segment"),         FORM("..", "a segment of two dots"),      FORM("%2e", "an encoded dot segment"),
  FORM("%2E%2e", "two encoded dots"), FORM(".%2e", "a dot and an encoded one"),
};

static void cases_malformed(bdc_generator *g, const bdc_row *row) {
  for (size_t i = 0; i < LENGTH(anywhere); i++) {
    bdc__case_head_raw(g, row, anywhere[i].raw, anywhere[i].rule, anywhere[i].words);
  }
  for (size_t i = 0; i < LENGTH(in_path) && g->in == BDC_IN_PATH; i++) {
    bdc__case_head_raw(g, row, in_path[i].raw, in_path[i].rule, in_path[i].words);
  }
}

/* Something more behind the path, of which a report speaks by `name`. */
static void case_behind_path(bdc_generator *g, bdc_str more, bdc_rule rule, bdc_severity severity, bdc_str name, const char *words) {
  if (bdc__turn_as(g, NULL, (int)rule, true, severity)) {
    bdc__say(g, words);
    bdc__head_make(g, (bdc__head_change){ .more_path = more }, name);
  }
}

static void cases_path(bdc_generator *g) {
  const bdc_object *rows = g->operation->path_rows;
  g->in = BDC_IN_PATH;
  for (size_t i = 0; i < rows->row_count; i++) {
    bdc__cases_head_value(g, &rows->rows[i]);
    bdc__case_head_raw(g, &rows->rows[i], (bdc_str){ 0 }, BDC_RULE_MANDATORY, "an empty segment");
    cases_malformed(g, &rows->rows[i]);
  }
  if (!g->operation->query_rows) {
    case_behind_path(g, BDC_STR("#fragment"), BDC_RULE_SYNTAX, BDC_ERROR, (bdc_str){ 0 }, "a fragment");
  }
}

/* Worth a warning in every table: none of a query says anything of them. */
static void cases_undocumented_query(bdc_generator *g) {
  const bdc_object *rows = g->operation->query_rows;
  bdc_str name = BDC_STR("undocumented");
  if (!rows || !bdc__object_find(rows, name)) {
    case_behind_path(g, BDC_STR("?undocumented=1"), BDC_RULE_UNKNOWN, BDC_WARNING, name, "an undocumented parameter");
    case_behind_path(g, BDC_STR("?undocumented"), BDC_RULE_UNKNOWN, BDC_WARNING, name, "an undocumented parameter without value");
  }
}

static void case_query_twice(bdc_generator *g, const bdc_row *row) {
  if (bdc__turn_as(g, row, BDC_RULE_DUPLICATE, true, row->warnings >> BDC_RULE_DUPLICATE & 1 ? BDC_WARNING : BDC_ERROR)) {
    bdc__say(g, "twice");
    if (!bdc__head_value(g, row, g->in, &g->text)) {
      bdc__leave_out(g, BDC_OMITTED_VALID);
      return;
    }
    bdc__percent_encode(&g->token, bdc__buffer_text(&g->text), false);
    bdc__buffer_add_byte(&g->token, '&');
    bdc__percent_encode(&g->token, row->name, true);
    bdc__buffer_add_byte(&g->token, '=');
    bdc__percent_encode(&g->token, bdc__buffer_text(&g->text), false);
    bdc__head_make_row(g, row);
  }
}

static void cases_query(bdc_generator *g) {
  const bdc_object *rows = g->operation->query_rows;
  g->in = BDC_IN_QUERY;
  cases_undocumented_query(g);
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    const bdc_row *row = &rows->rows[i];
    bdc__cases_head_value(g, row);
    bdc__case_head_absent(g, row);
    case_query_twice(g, row);
    cases_malformed(g, row);
  }
}

void bdc__cases_head(bdc_generator *g) {
  cases_path(g);
  cases_query(g);
  bdc__cases_header(g);
}
