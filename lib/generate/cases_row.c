/* SPDX-License-Identifier: MIT */
/* Cases of every row: members that are missing, stand twice, or are null; values of each other type. */
#include "generate/generator.h"

#include "base/str.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- presence ---- */

/* A member of the row, with a valid value, whose name may be spelled with an escape. */
static bool add_member(bdc_generator *g, size_t spot, bool escaped) {
  const bdc_row *row = g->spots[spot].row;
  bdc__buffer *out = &g->token;
  /* Only the first character is escaped, so that the names differ in length and in their beginning, and agree in their end. */
  size_t split = escaped && row->name.size ? (size_t)bdc__utf8_size((const unsigned char *)row->name.data, row->name.size) : 0;
  bdc__string_write(out, (bdc_str){ row->name.data, split }, BDC__SPELL_UNITS, &g->values.draw);
  out->size -= out->size > 0;
  size_t joint = out->size;
  bdc__string_write(out, bdc__str_from(row->name, split), BDC__SPELL_PLAIN, &g->values.draw);
  bdc__buffer_replace(out, joint, joint + (out->size > joint), (bdc_str){ 0 });
  bdc__buffer_add_byte(out, ':');
  return bdc__value_write(&g->values, row, g->filling, out);
}

static void case_absent(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  bool mandatory = row->flags & BDC__ROW_MANDATORY;
  if (bdc__turn(g, row, BDC_RULE_MANDATORY, mandatory)) {
    bdc__say(g, mandatory ? "missing" : "absent");
    bdc__make_member(g, spot);
  }
}

static void case_present(bdc_generator *g, size_t spot, bool escaped) {
  if (bdc__turn(g, g->spots[spot].row, BDC_RULE_MANDATORY, false)) {
    bdc__say(g, escaped ? "present, its name as \\u" : "present");
    if (add_member(g, spot, escaped)) {
      bdc__make_member(g, spot);
    } else {
      bdc__leave_out(g, BDC_OMITTED_VALID);
    }
  }
}

static void case_twice(bdc_generator *g, size_t spot, bool first_escaped, bool second_escaped, const char *words) {
  if (!bdc__turn_as(g, g->spots[spot].row, BDC_RULE_DUPLICATE, true, BDC_ERROR)) {
    return;
  }
  bdc__say(g, words);
  bool written = add_member(g, spot, first_escaped);
  bdc__buffer_add_byte(&g->token, ',');
  if (written && add_member(g, spot, second_escaped)) {
    bdc__make_member(g, spot);
  } else {
    bdc__leave_out(g, BDC_OMITTED_VALID);
  }
}

void bdc__cases_presence(bdc_generator *g, size_t spot) {
  if (!bdc__spot_is_member(g, spot)) {
    return;
  }
  case_present(g, spot, false);
  case_present(g, spot, true);
  case_absent(g, spot);
  case_twice(g, spot, false, false, "twice");
  case_twice(g, spot, false, true, "twice, the second name as \\u");
  case_twice(g, spot, true, false, "twice, the first name as \\u");
}

/* ---- types ---- */

typedef enum json_type { OF_STRING, OF_NUMBER, OF_BOOLEAN, OF_NULL, OF_OBJECT, OF_ARRAY } json_type;

static const struct {
  const char *token;
  json_type type;
  const char *words;
} others[] = { { "\"a\"", OF_STRING, "a string" },
               { "\"\"", OF_STRING, "an empty string" },
               { "\"7\"", OF_STRING, "a string of a digit" },
               { "\"true\"", OF_STRING, "a string \"true\"" },
               { "7", OF_NUMBER, "a number" },
               { "0", OF_NUMBER, "zero" },
               { "-1.5e3", OF_NUMBER, "a number with a fraction" },
               { "true", OF_BOOLEAN, "true" },
               { "false", OF_BOOLEAN, "false" },
               { "null", OF_NULL, "null" },
               { "{}", OF_OBJECT, "an empty object" },
               { "{\"a\":1,\"b\":{\"b\":[]}}", OF_OBJECT, "an object" },
               { "[]", OF_ARRAY, "an empty array" },
               { "[null,[1.5],\"\"]", OF_ARRAY, "an array" } };

static bool is_of(const bdc_row *row, json_type type) {
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    return type == OF_STRING;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    return type == OF_NUMBER;
  case BDC_KIND_BOOLEAN:
    return type == OF_BOOLEAN;
  case BDC_KIND_OBJECT:
  case BDC_KIND_MAP:
    return type == OF_OBJECT;
  case BDC_KIND_ARRAY:
    return type == OF_ARRAY;
  case BDC_KIND_ANY:
    break;
  }
  return type != OF_NULL;
}

/* null on an optional member of a response is only worth a warning. */
static bdc_severity severity_of(const bdc_generator *g, size_t spot, json_type type) {
  const bdc_row *row = g->spots[spot].row;
  bool lenient = type == OF_NULL && g->http_status && bdc__spot_is_member(g, spot) && !(row->flags & BDC__ROW_MANDATORY);
  return lenient || row->warnings >> BDC_RULE_TYPE & 1 ? BDC_WARNING : BDC_ERROR;
}

static void case_token(bdc_generator *g, size_t spot, const char *token, const char *words) {
  bdc__say(g, words);
  bdc__buffer_add_literal(&g->token, token);
  bdc__make_value(g, spot);
}

/* What is of the row's own type may still break its other rules: other cases are about those. */
static bool is_kept(const bdc_row *row, json_type type) {
  return (type == OF_NULL && row->flags & BDC__ROW_NULLABLE) || (type == OF_BOOLEAN && row->kind == BDC_KIND_BOOLEAN);
}

void bdc__cases_type(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  for (size_t i = 0; i < LENGTH(others); i++) {
    json_type type = others[i].type;
    if (is_kept(row, type)) {
      if (bdc__turn(g, row, BDC_RULE_TYPE, false)) {
        case_token(g, spot, others[i].token, others[i].words);
      }
    } else if (!is_of(row, type) && bdc__turn_as(g, row, BDC_RULE_TYPE, true, severity_of(g, spot, type))) {
      case_token(g, spot, others[i].token, others[i].words);
    }
  }
}
