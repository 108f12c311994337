/* SPDX-License-Identifier: MIT */
#include "export/schema_note.h"

#include "explain/breakable.h"
#include "export/schema_format.h"
#include "export/schema_string.h"
#include "rows.h"
#include "text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char cmd_schema_note_unsaid[] =
    "A schema sees values, not the text that they were written as, nor the message around them. bodycheck also checks: that the body "
    "is JSON as RFC 8259 has it, in UTF-8, without a byte order mark and lone surrogates; that no member name stands twice in an "
    "object; that integers are digits alone (1.0 and 1e3 are none); numbers digit by digit, where readers of JSON may round them; its "
    "limits of size, depth, names, and of what a pattern looks at; the path, the query and the headers. It names the documented error "
    "of "
    "what is wrong. Where patterns speak of properties of characters, its Unicode is that of PCRE2.";

bdc_unknown cmd_schema_unknown(const bdc_object *object, bool response) {
  bdc_unknown policy = bdc_object_describe(object).unknown;
  if (policy != BDC_UNKNOWN_TABLE) {
    return policy;
  }
  return response ? BDC_UNKNOWN_WARNING : BDC_UNKNOWN_ERROR;
}

bool cmd_schema_null_warns(const bdc_row_info *row, cmd_schema_place place) {
  return place.response && place.field && !row->mandatory;
}

bool cmd_schema_bound_fits(bdc_str bound) {
  enum { DIGITS_MAX = 64 };
  char text[DIGITS_MAX + 1];
  if (bound.size > DIGITS_MAX) {
    return false;
  }
  memcpy(text, bound.data, bound.size);
  text[bound.size] = '\0';
  return isfinite(strtod(text, NULL));
}

/* ---- one statement after the other ---- */

static void say(cmd_output *out, const char *text) {
  cmd_puts(out, out->size > 0 ? " " : "");
  cmd_puts(out, text);
}

/* "Only warned of: length.max, range." */
static void say_warnings(const bdc_row *row, cmd_schema_place place, cmd_output *out) {
  uint32_t warnings = bdc_row_describe(row).warnings & cmd_breakable_row(row, BDC_IN_BODY, place.response).warnings;
  if (warnings == 0) {
    return;
  }
  say(out, "Only warned of: ");
  cmd_rule_names_put(warnings, out);
  cmd_puts(out, ".");
}

static void say_left_out(cmd_output *out, const char *rule, bdc_str text, const char *why) {
  say(out, "Left out: ");
  cmd_puts(out, rule);
  cmd_puts(out, " ");
  cmd_put(out, text);
  cmd_puts(out, ", ");
  cmd_puts(out, why);
  cmd_puts(out, ".");
}

typedef struct told {
  const bdc_row_info *row;
  cmd_output *out;
} told;

static void say_pattern(bdc_rule rule, bdc_str pattern, const char *why, void *context) {
  (void)pattern;
  const told *t = context;
  bdc_str text = rule == BDC_RULE_START ? t->row->start : rule == BDC_RULE_CHARSET ? t->row->charset : t->row->pattern;
  if (why) {
    say_left_out(t->out, bdc_rule_name(rule), text, why);
  }
}

static void say_bound(cmd_output *out, bdc_str bound) {
  if (bound.size > 0 && !cmd_schema_bound_fits(bound)) {
    say_left_out(out, bdc_rule_name(BDC_RULE_RANGE), bound, "which readers of JSON cannot hold");
  }
}

static void say_format(const bdc_row_info *row, cmd_output *out) {
  if (row->format == BDC_FORMAT_DATE_TIME && row->zone_optional) {
    say(out, "A missing zone is only warned of.");
  }
  if (cmd_schema_format_word(row) && !(row->warnings >> BDC_RULE_FORMAT & 1)) {
    say(out, "What bodycheck checks of the format is the pattern; \"format\" may be taken more strictly.");
  }
}

static void say_value(const bdc_row *row, cmd_schema_place place, cmd_output *out) {
  bdc_row_info info = bdc_row_describe(row);
  told t = { &info, out };
  cmd_schema_patterns(&info, say_pattern, &t);
  say_bound(out, info.range_min);
  say_bound(out, info.range_max);
  say_format(&info, out);
  if (info.error_code && place.response) {
    say(out, "A code that the service lists with another status is warned of.");
  }
}

void cmd_schema_note_row(const bdc_row *row, cmd_schema_place place, cmd_output *out) {
  bdc_row_info info = bdc_row_describe(row);
  cmd_source_put(info.source, out);
  if (!info.nullable && cmd_schema_null_warns(&info, place) && !(info.warnings >> BDC_RULE_TYPE & 1)) {
    say(out, "null is only warned of.");
  }
  say_warnings(row, place, out);
  for (const bdc_row *part = row; part; part = bdc_row_describe(part).element) {
    say_value(part, place, out);
  }
}

void cmd_schema_note_object(const bdc_object *object, bool response, cmd_output *out) {
  if (cmd_schema_unknown(object, response) == BDC_UNKNOWN_WARNING) {
    say(out, "Members that are not documented are only warned of.");
  }
}
