/* SPDX-License-Identifier: MIT */
/* Cases of the values of path parameters, query parameters and header fields, which are text whatever their rows say of types. */
#include "generate/cases_head.h"

#include "base/str.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

/* ---- making ---- */

uint32_t bdc__head_breaks(bdc_generator *g, const bdc_row *row, bdc_str text) {
  bool zoneless = false;
  uint32_t broken = 0;
  switch ((bdc_kind)row->kind) {
  case BDC_KIND_STRING:
    broken = bdc__text_breaks(&g->values, row, text, &zoneless);
    return zoneless ? broken | BIT(BDC_RULE_FORMAT) : broken;
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    return bdc__number_breaks(row, text);
  case BDC_KIND_BOOLEAN:
    return bdc__str_equal(text, BDC_STR("true")) || bdc__str_equal(text, BDC_STR("false")) ? 0 : BIT(BDC_RULE_TYPE);
  default:
    break;
  }
  return 0;
}

/* Whether the text in g->text can be sent, and is or breaks what the turn is about. */
static bool fits(bdc_generator *g, const bdc_row *row) {
  bdc_str text = bdc__buffer_text(&g->text);
  uint32_t wanted = g->made.reported ? BIT(g->made.rule) : 0;
  return bdc__buffer_whole(&g->text) && bdc__head_takes(g->in, text) && bdc__head_breaks(g, row, text) == wanted;
}

/* The text in g->text as the value of the row, where it fits. */
static void make_fitting(bdc_generator *g, const bdc_row *row, bool all_encoded) {
  if (!fits(g, row)) {
    bdc__skip(g);
    return;
  }
  if (g->in == BDC_IN_HEADER) {
    bdc__buffer_add(&g->token, bdc__buffer_text(&g->text));
  } else {
    bdc__percent_encode(&g->token, bdc__buffer_text(&g->text), all_encoded);
  }
  bdc__head_make_row(g, row);
}

static void case_text(bdc_generator *g, const bdc_row *row, bdc_str text, int rule, bool breaks, const char *words) {
  if (bdc__turn(g, row, rule, breaks)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->text, text);
    make_fitting(g, row, false);
  }
}

/* ---- strings ---- */

static void case_length(bdc_generator *g, const bdc_row *row, uint64_t length, unsigned size, bool all_encoded) {
  bool low = length < row->length_min || (length == row->length_min && length > 1);
  bool high = length >= row->length_max;
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
      if (fits(g, row)) {
        make_fitting(g, row, false);
      } else {
        bdc__leave_out(g, BDC_OMITTED_ALONE);
      }
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

void bdc__cases_head_value(bdc_generator *g, const bdc_row *row) {
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
