/* SPDX-License-Identifier: MIT */
#include "export/schema_string.h"

#include "export/ecma.h"
#include "export/schema_format.h"
#include "text.h"

/* Whether a rule of a row is more than a warning. */
static bool holds(const bdc_row_info *row, bdc_rule rule) {
  return !(row->warnings >> rule & 1);
}

/* ---- patterns ---- */

/* "{}" stands for the class. */
static const char *class_pattern(bdc_str expression, const char *form, cmd_output *out) {
  const char *why = NULL;
  for (; *form && !why; form++) {
    if (form[0] == '{' && form[1] == '}') {
      why = cmd_ecma_class(expression, out);
      form++;
    } else {
      cmd_put(out, (bdc_str){ form, 1 });
    }
  }
  return why;
}

/* An empty value begins with no character that might be wrong. Stars of a mask count for any character. */
static const char *pattern_of(const bdc_row_info *row, bdc_rule rule, cmd_output *out) {
  switch (rule) {
  case BDC_RULE_START:
    return class_pattern(row->start_expression, row->masked ? "^(?:$|\\*|{})" : "^(?:$|{})", out);
  case BDC_RULE_CHARSET:
    return class_pattern(row->charset_expression, row->masked ? "^{}*(?:\\*+{}*)?$" : "^{}*$", out);
  case BDC_RULE_PATTERN:
    return cmd_ecma_pattern(row->pattern, out);
  default:
    cmd_schema_format_pattern_put(row, out);
    return NULL;
  }
}

static bool has(const bdc_row_info *row, bdc_rule rule) {
  switch (rule) {
  case BDC_RULE_START:
    return row->start.size > 0;
  case BDC_RULE_CHARSET:
    return row->charset.size > 0;
  case BDC_RULE_PATTERN:
    return row->pattern.size > 0;
  default:
    return row->format != BDC_FORMAT_NONE;
  }
}

void cmd_schema_patterns(const bdc_row_info *row, cmd_schema_pattern *each, void *context) {
  static const bdc_rule rules[] = { BDC_RULE_START, BDC_RULE_CHARSET, BDC_RULE_PATTERN, BDC_RULE_FORMAT };
  if (row->kind != BDC_KIND_STRING) {
    return;
  }
  for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
    if (has(row, rules[i]) && holds(row, rules[i])) {
      cmd_output pattern = CMD_MEMORY;
      const char *why = pattern_of(row, rules[i], &pattern);
      each(rules[i], cmd_output_text(&pattern), why, context);
      cmd_output_free(&pattern);
    }
  }
}

/* ---- members ---- */

/* What does not fit beside the first of its kind stands in "allOf". */
typedef struct members {
  cmd_json *json;
  size_t patterns;
  bool all_of; /* has been opened */
} members;

static void open_all_of(members *m) {
  if (!m->all_of) {
    cmd_json_name(m->json, BDC_STR("allOf"));
    cmd_json_open(m->json, '[');
    m->all_of = true;
  }
}

static void put_pattern(bdc_rule rule, bdc_str pattern, const char *why, void *context) {
  (void)rule;
  members *m = context;
  if (why) {
    return;
  }
  if (m->patterns++ == 0) {
    cmd_json_text_member(m->json, "pattern", pattern);
    return;
  }
  open_all_of(m);
  cmd_json_open(m->json, '{');
  cmd_json_text_member(m->json, "pattern", pattern);
  cmd_json_close(m->json, '}');
}

static bool has_length(const bdc_row_info *row) {
  return (row->length_min > 0 && holds(row, BDC_RULE_LENGTH_MIN)) ||
         (row->length_max != BDC_UNBOUNDED && holds(row, BDC_RULE_LENGTH_MAX));
}

static void put_length(cmd_json *json, const bdc_row_info *row) {
  if (row->length_min > 0 && holds(row, BDC_RULE_LENGTH_MIN)) {
    cmd_json_count_member(json, "minLength", row->length_min);
  }
  if (row->length_max != BDC_UNBOUNDED && holds(row, BDC_RULE_LENGTH_MAX)) {
    cmd_json_count_member(json, "maxLength", row->length_max);
  }
}

/* Or there is a star: it is as long as the mask then, not as the value. */
static void put_masked_length(cmd_json *json, const bdc_row_info *row) {
  cmd_json_name(json, BDC_STR("anyOf"));
  cmd_json_open(json, '[');
  cmd_json_open(json, '{');
  put_length(json, row);
  cmd_json_close(json, '}');
  cmd_json_open(json, '{');
  cmd_json_text_member(json, "pattern", BDC_STR("\\*"));
  cmd_json_close(json, '}');
  cmd_json_close(json, ']');
}

void cmd_schema_string_put(cmd_json *json, const bdc_row_info *row) {
  members m = { .json = json };
  const char *format = holds(row, BDC_RULE_FORMAT) ? cmd_schema_format_word(row) : NULL;
  if (has_length(row)) {
    (row->masked ? put_masked_length : put_length)(json, row);
  }
  if (format) {
    cmd_json_text_member(json, "format", cmd_str(format));
  }
  cmd_schema_patterns(row, put_pattern, &m);
  if (m.all_of) {
    cmd_json_close(json, ']');
  }
}
