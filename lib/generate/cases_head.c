/* SPDX-License-Identifier: MIT */
/* Cases of path parameters, query parameters and header fields, whose values are text whatever their rows say of types. */
#include "generate/generator.h"

#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "value/value.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

static const bdc_str content_type = BDC__STR_INIT("Content-Type");

/* ---- making ---- */

/* Ends the turn: a head with the change, before a valid body. What is reported speaks of `name`. */
static void make(bdc_generator *g, bdc__head_change change, bdc_str name) {
  g->change = change;
  if (g->body && !bdc__valid_body(g, g->filling)) {
    return;
  }
  g->made.field = g->made.reported ? name : (bdc_str){ 0 };
  g->outcome = bdc__buffer_whole(&g->token) ? BDC__MADE : BDC__NOTHING;
}

static void make_row(bdc_generator *g, const bdc_row *row) {
  make(g, (bdc__head_change){ .row = row }, row->name);
}

/* The rules of a row that a text breaks, which stands where values are text. */
static uint32_t breaks_of(bdc_generator *g, const bdc_row *row, bdc_str text) {
  bool integral = false;
  bool zoneless = false;
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING: {
    uint32_t broken = bdc__text_breaks(&g->values, row, text, &zoneless);
    return zoneless ? broken | BIT(BDC_RULE_FORMAT) : broken;
  }
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    return bdc__decimal_valid(text, &integral) ? bdc__number_broken(row, text, integral) : BIT(BDC_RULE_TYPE);
  case BDC_KIND_BOOLEAN:
    return bdc__str_equal(text, BDC_STR("true")) || bdc__str_equal(text, BDC_STR("false")) ? 0 : BIT(BDC_RULE_TYPE);
  default:
    return 0;
  }
}

/* The text in g->text as the value of the row, where it is or breaks what the turn is about. */
static void make_fitting(bdc_generator *g, const bdc_row *row, bool all_encoded) {
  bdc_str text = bdc__buffer_text(&g->text);
  uint32_t wanted = g->made.reported ? BIT(g->made.rule) : 0;
  if (!bdc__buffer_whole(&g->text) || !bdc__head_takes(g->in, text) || breaks_of(g, row, text) != wanted) {
    bdc__skip(g);
    return;
  }
  if (g->in == BDC_IN_HEADER) {
    bdc__buffer_add(&g->token, text);
  } else {
    bdc__percent_encode(&g->token, text, all_encoded);
  }
  make_row(g, row);
}

static void case_text(bdc_generator *g, const bdc_row *row, bdc_str text, int rule, bool breaks, const char *words) {
  if (bdc__turn(g, row, rule, breaks)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->text, text);
    make_fitting(g, row, false);
  }
}

/* Raw text, whatever stands in it. */
static void case_raw(bdc_generator *g, const bdc_row *row, bdc_str raw, bdc_rule rule, bool breaks, const char *words) {
  if (bdc__turn_as(g, row, (int)rule, breaks, row->warnings >> rule & 1 ? BDC_WARNING : BDC_ERROR)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->token, raw);
    make_row(g, row);
  }
}

/* ---- strings ---- */

static void case_length(bdc_generator *g, const bdc_row *row, uint64_t length, unsigned size, bool all_encoded) {
  bool low = length < row->length_min || (length == row->length_min && length > 1);
  bool high = length >= row->length_max && row->length_max != BDC_UNBOUNDED;
  bool breaks = length < row->length_min || length > row->length_max;
  int rule = low ? (int)BDC_RULE_LENGTH_MIN : high ? (int)BDC_RULE_LENGTH_MAX : (int)BDC__NO_RULE;
  if (!bdc__turn(g, row, rule, breaks)) {
    return;
  }
  bdc__say_number(g, length, length == 1 ? " character of " : " characters of ");
  bdc__say_number(g, size, size == 1 ? " byte" : " bytes");
  bdc__say(g, all_encoded ? ", all percent-encoded" : "");
  const bdc__wish wish = { .breaks = breaks ? BIT(rule) : 0, .length = length, .size = size, .plain = true };
  if (bdc__text_write(&g->values, row, &wish, &g->text)) {
    make_fitting(g, row, all_encoded);
  } else if (size == 1 && !all_encoded && rule != BDC__NO_RULE) {
    bdc__leave_out(g, BDC_OMITTED_ALONE);
  } else {
    bdc__skip(g);
  }
}

static void cases_length(bdc_generator *g, const bdc_row *row) {
  bool bounded = row->length_max < BDC_UNBOUNDED - 1;
  const uint64_t lengths[] = { 1,
                               row->length_min ? row->length_min - 1 : 0,
                               row->length_min,
                               bounded && row->length_max ? row->length_max - 1 : 0,
                               bounded ? row->length_max : 1000,
                               bounded ? row->length_max + 1 : 0 };
  uint64_t behind = 1; /* an empty value is a case of its own */
  for (size_t i = 0; i < LENGTH(lengths); i++) {
    for (unsigned size = 1; size <= 4 && lengths[i] >= behind; size++) {
      case_length(g, row, lengths[i], size, false);
      if (g->in != BDC_IN_HEADER) {
        case_length(g, row, lengths[i], size, true);
      }
    }
    behind = lengths[i] >= behind ? lengths[i] + 1 : behind;
  }
}

/* A text that breaks just this rule, or that there is none. */
static void case_broken(bdc_generator *g, const bdc_row *row, bdc_rule rule) {
  enum { TRIES = 32 };
  if (!bdc__turn(g, row, (int)rule, true)) {
    return;
  }
  const bdc__wish wish = { .breaks = BIT(rule), .length = BDC_UNBOUNDED, .plain = true };
  bdc__say(g, "some value");
  bool found = false;
  for (unsigned i = 0; i < TRIES && !found; i++) {
    found = bdc__text_write(&g->values, row, &wish, &g->text) && bdc__head_takes(g->in, bdc__buffer_text(&g->text));
  }
  if (found) {
    make_fitting(g, row, false);
  } else {
    bdc__leave_out(g, BDC_OMITTED_ALONE);
  }
}

/* Each character of ASCII in the last place, of three, or in the first where the row says something of that. */
static void cases_character(bdc_generator *g, const bdc_row *row) {
  for (unsigned c = 0x20; c < 0x7f && (row->charset || row->start); c++) {
    for (unsigned first = row->charset ? 0 : 1, last = row->start ? 1 : 0; first <= last; first++) {
      bool member = first ? row->start->ascii[c] : row->charset->ascii[c];
      if (!bdc__turn(g, row, first ? BDC_RULE_START : BDC_RULE_CHARSET, !member)) {
        continue;
      }
      const bdc__wish wish = { .length = BDC_UNBOUNDED, .plain = true };
      bdc__say_character(g, c);
      bdc__say(g, first ? " first" : " last");
      if (!bdc__text_write(&g->values, row, &wish, &g->text) || g->text.size < 2) {
        bdc__skip(g);
        continue;
      }
      g->text.data[first ? 0 : g->text.size - 1] = (char)c;
      make_fitting(g, row, false);
    }
  }
}

static void cases_enum(bdc_generator *g, const bdc_row *row) {
  for (uint32_t i = 0; i < row->value_count; i++) {
    if (bdc__turn(g, row, BDC_RULE_ENUM, false)) {
      bdc__say_text(g, row->values[i]);
      bdc__buffer_add(&g->text, row->values[i]);
      make_fitting(g, row, false);
    }
    if (bdc__turn(g, row, BDC_RULE_ENUM, true)) {
      bdc__say_text(g, row->values[i]);
      bdc__say(g, " with another letter behind");
      bdc__buffer_add(&g->text, row->values[i]);
      bdc__buffer_add_byte(&g->text, 'x');
      make_fitting(g, row, false);
    }
  }
}

static void cases_string(bdc_generator *g, const bdc_row *row) {
  cases_length(g, row);
  cases_character(g, row);
  cases_enum(g, row);
  if (row->charset) {
    case_broken(g, row, BDC_RULE_CHARSET);
  }
  if (row->start) {
    case_broken(g, row, BDC_RULE_START);
  }
  if (row->value_count) {
    case_broken(g, row, BDC_RULE_ENUM);
  }
  if (row->pattern) {
    case_broken(g, row, BDC_RULE_PATTERN);
  }
  if (row->format != BDC_FORMAT_NONE) {
    case_broken(g, row, BDC_RULE_FORMAT);
  }
}

/* ---- other kinds ---- */

static void case_step(bdc_generator *g, const bdc_row *row, bdc_str end, bool up) {
  if (end.size && bdc__turn(g, row, BDC_RULE_RANGE, true)) {
    bdc__say(g, up ? "above " : "below ");
    bdc__buffer_add(&g->detail, end);
    bdc__number_step(end, up, row->kind != BDC_KIND_NUMBER, &g->text);
    make_fitting(g, row, false);
  }
}

static void cases_scalar(bdc_generator *g, const bdc_row *row) {
  bool boolean = row->kind == BDC_KIND_BOOLEAN;
  case_text(g, row, BDC_STR("x"), BDC_RULE_TYPE, true, "a letter");
  case_text(g, row, boolean ? BDC_STR("TRUE") : BDC_STR("1x"), BDC_RULE_TYPE, true, boolean ? "TRUE" : "a digit and a letter");
  case_text(g, row, boolean ? BDC_STR("1") : BDC_STR("01"), BDC_RULE_TYPE, true, boolean ? "a digit" : "a zero before a digit");
  case_text(g, row, boolean ? BDC_STR("true") : row->range_min, BDC_RULE_TYPE, false, boolean ? "true" : "the least");
  case_text(g, row, boolean ? BDC_STR("false") : row->range_max, BDC_RULE_TYPE, false, boolean ? "false" : "the greatest");
  if (!boolean) {
    case_step(g, row, row->range_min, false);
    case_step(g, row, row->range_max, true);
    cases_enum(g, row);
  }
}

static void cases_value(bdc_generator *g, const bdc_row *row) {
  if (bdc__turn(g, row, BDC__NO_RULE, false)) {
    bdc__say(g, "some value");
    if (bdc__head_value(g, row, g->in, &g->text)) {
      make_fitting(g, row, false);
    } else {
      bdc__leave_out(g, BDC_OMITTED_VALID);
    }
  }
  if (row->kind == BDC_KIND_STRING) {
    cases_string(g, row);
  } else if (row->kind <= BDC_KIND_BOOLEAN) {
    cases_scalar(g, row);
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
    case_raw(g, row, anywhere[i].raw, anywhere[i].rule, true, anywhere[i].words);
  }
  for (size_t i = 0; i < LENGTH(in_path) && g->in == BDC_IN_PATH; i++) {
    case_raw(g, row, in_path[i].raw, in_path[i].rule, true, in_path[i].words);
  }
}

/* Something more behind the path, of which a report speaks by `name`. */
static void case_behind_path(bdc_generator *g, bdc_str more, bdc_rule rule, bool breaks, bdc_severity severity, bdc_str name,
                             const char *words) {
  if (bdc__turn_as(g, NULL, (int)rule, breaks, severity)) {
    bdc__say(g, words);
    make(g, (bdc__head_change){ .more_path = more }, name);
  }
}

static void cases_path(bdc_generator *g) {
  const bdc_object *rows = g->operation->path_rows;
  g->in = BDC_IN_PATH;
  for (size_t i = 0; i < rows->row_count; i++) {
    cases_value(g, &rows->rows[i]);
    case_raw(g, &rows->rows[i], (bdc_str){ 0 }, BDC_RULE_MANDATORY, true, "an empty segment");
    cases_malformed(g, &rows->rows[i]);
  }
  if (!g->operation->query_rows) {
    case_behind_path(g, BDC_STR("#fragment"), BDC_RULE_SYNTAX, true, BDC_ERROR, (bdc_str){ 0 }, "a fragment");
  }
}

static void cases_undocumented_query(bdc_generator *g) {
  static const bdc_object none = { .words = 1 };
  const bdc_object *rows = g->operation->query_rows ? g->operation->query_rows : &none;
  bdc_str name = BDC_STR("undocumented");
  bool breaks = rows->unknown != BDC_UNKNOWN_IGNORE;
  bdc_severity severity = rows->unknown == BDC_UNKNOWN_ERROR ? BDC_ERROR : BDC_WARNING;
  if (rows->row_count == 0 || !bdc__object_find(rows, name)) {
    case_behind_path(g, BDC_STR("?undocumented=1"), BDC_RULE_UNKNOWN, breaks, severity, name, "an undocumented parameter");
    case_behind_path(g, BDC_STR("?undocumented"), BDC_RULE_UNKNOWN, breaks, severity, name, "an undocumented parameter without value");
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
    make_row(g, row);
  }
}

static void case_absent(bdc_generator *g, const bdc_row *row) {
  bool mandatory = row->flags & BDC__ROW_MANDATORY && (!(row->flags & BDC__ROW_WHEN_BODY) || g->body);
  if (bdc__turn(g, row, BDC_RULE_MANDATORY, mandatory)) {
    bdc__say(g, mandatory ? "missing" : "absent");
    make(g, (bdc__head_change){ .row = row, .absent = true }, row->name);
  }
}

static void cases_query(bdc_generator *g) {
  const bdc_object *rows = g->operation->query_rows;
  g->in = BDC_IN_QUERY;
  cases_undocumented_query(g);
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    const bdc_row *row = &rows->rows[i];
    cases_value(g, row);
    case_absent(g, row);
    case_query_twice(g, row);
    cases_malformed(g, row);
  }
}

/* ---- header fields ---- */

/* One more header field behind the others; the row's own is left out, or valid. */
static void make_with(bdc_generator *g, const bdc_row *row, bool absent, bdc_str name, bdc_str value) {
  bdc__head_change change = { .row = absent ? row : NULL, .absent = absent, .more = { name, value } };
  make(g, change, row->name);
}

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
  make(g, change, row->name);
}

static void cases_unless(bdc_generator *g, const bdc_row *row) {
  if (row->unless.size && bdc__turn(g, row, BDC_RULE_MANDATORY, false)) {
    bdc__say(g, "missing, with what stands for it");
    make_with(g, row, true, row->unless, BDC_STR("x"));
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
      make(g, change, row ? row->name : content_type);
    }
  }
}

static void case_empty(bdc_generator *g, const bdc_row *row) {
  bool missing = row->flags & BDC__ROW_MANDATORY && row->length_min == 0;
  if (row->kind != BDC_KIND_STRING) {
    return;
  }
  if (missing) {
    case_raw(g, row, (bdc_str){ 0 }, BDC_RULE_MANDATORY, true, "empty, which is as good as missing");
  } else if (breaks_of(g, row, (bdc_str){ 0 }) == BIT(BDC_RULE_LENGTH_MIN)) {
    case_raw(g, row, (bdc_str){ 0 }, BDC_RULE_LENGTH_MIN, true, "empty");
  }
}

static void cases_header_row(bdc_generator *g, const bdc_row *row) {
  case_absent(g, row);
  cases_unless(g, row);
  case_other_name(g, row, false);
  case_other_name(g, row, true);
  if (bdc__str_equal_fold(row->name, content_type)) {
    return;
  }
  cases_value(g, row);
  case_empty(g, row);
  if (row->kind == BDC_KIND_STRING && !row->charset && !row->start && !row->value_count && !row->pattern && row->format == 0) {
    case_raw(g, row, BDC_STR("aaaaaaaa\x01"), BDC_RULE_CHARSET, true, "a control character");
    case_raw(g, row, BDC_STR("aaaaaaaa\nX-Other: a"), BDC_RULE_CHARSET, true, "a line break");
    case_raw(g, row, BDC_STR("aaaaaaaa\x7f"), BDC_RULE_CHARSET, true, "U+007F");
    case_raw(g, row, BDC_STR("aaaaaaaa\xff"), BDC_RULE_ENCODING, true, "a byte that is no UTF-8");
  }
}

void bdc__cases_head(bdc_generator *g) {
  const bdc_object *rows = g->operation->header_rows;
  cases_path(g);
  cases_query(g);
  g->in = BDC_IN_HEADER;
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    cases_header_row(g, &rows->rows[i]);
  }
  cases_media_type(g);
}
