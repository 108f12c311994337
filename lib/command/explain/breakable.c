/* SPDX-License-Identifier: MIT */
#include "explain/breakable.h"

#include "names.h"

#include <strings.h>

/* ---- rows ---- */

/* Text is looked at as a whole only up to a limit; numbers only where there is something to hold them against. */
static bool reaches_limit(const bdc_row_info *row) {
  bool compared = row->range_min.size > 0 || row->range_max.size > 0 || row->value_count > 0;
  return row->pattern.size > 0 || (row->kind == BDC_KIND_STRING && row->format != BDC_FORMAT_NONE) ||
         (row->kind == BDC_KIND_NUMBER && compared);
}

static bool has_range(const bdc_row_info *row) {
  bool whole = row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG; /* these have that of their bits */
  return whole || row->range_min.size > 0 || row->range_max.size > 0;
}

static uint32_t bit_if(bool can_be_broken, bdc_rule rule) {
  return can_be_broken ? CMD_BIT(rule) : 0;
}

/* What the table says of a value. */
static uint32_t content_rules(const bdc_row_info *row) {
  return bit_if(row->length_min > 0, BDC_RULE_LENGTH_MIN) | bit_if(row->length_max != BDC_UNBOUNDED, BDC_RULE_LENGTH_MAX) |
         bit_if(row->charset.size > 0, BDC_RULE_CHARSET) | bit_if(row->start.size > 0, BDC_RULE_START) |
         bit_if(row->value_count > 0, BDC_RULE_ENUM) | bit_if(has_range(row), BDC_RULE_RANGE) |
         bit_if(row->items_min > 0 || row->items_max != BDC_UNBOUNDED, BDC_RULE_ITEMS) |
         bit_if(row->includes.size > 0, BDC_RULE_INCLUDES) | bit_if(row->pattern.size > 0, BDC_RULE_PATTERN) |
         bit_if(row->format != BDC_FORMAT_NONE, BDC_RULE_FORMAT) | bit_if(reaches_limit(row), BDC_RULE_LIMIT);
}

/* What can be wrong with a value before its table is looked at. In a head all values are text. */
static uint32_t form_rules(const bdc_row_info *row, bdc_place in) {
  bool string = row->kind == BDC_KIND_STRING;
  bool any = row->kind == BDC_KIND_ANY;
  switch (in) {
  case BDC_IN_BODY:
    return bit_if(!any || !row->nullable, BDC_RULE_TYPE);
  case BDC_IN_HEADER:
    return bit_if(!string && !any, BDC_RULE_TYPE) | bit_if(string, BDC_RULE_ENCODING);
  default:
    return bit_if(!string && !any, BDC_RULE_TYPE) | CMD_BIT(BDC_RULE_ENCODING) | CMD_BIT(BDC_RULE_SYNTAX);
  }
}

static void add(cmd_breakable *breakable, uint32_t rules, uint32_t warnings) {
  breakable->errors |= rules & ~warnings;
  breakable->warnings |= rules & warnings;
}

/* Whether undocumented members break a rule; a request's do by default, a response's are worth a warning. */
static void add_unknown(cmd_breakable *breakable, const bdc_object *object, bool response) {
  bdc_unknown policy = object ? bdc_object_describe(object).unknown : BDC_UNKNOWN_IGNORE;
  if (policy == BDC_UNKNOWN_TABLE) {
    policy = response ? BDC_UNKNOWN_WARNING : BDC_UNKNOWN_ERROR;
  }
  if (policy != BDC_UNKNOWN_IGNORE) {
    add(breakable, CMD_BIT(BDC_RULE_UNKNOWN), policy == BDC_UNKNOWN_WARNING ? CMD_BIT(BDC_RULE_UNKNOWN) : 0);
  }
}

/* A value and its elements. */
static cmd_breakable values_of(const bdc_row *row, bdc_place in, bool response) {
  cmd_breakable breakable = { 0 };
  for (const bdc_row *part = row; part;) {
    bdc_row_info info = bdc_row_describe(part);
    add(&breakable, form_rules(&info, in) | content_rules(&info), info.warnings);
    if (info.error_code && response) {
      add(&breakable, CMD_BIT(BDC_RULE_STATUS), CMD_BIT(BDC_RULE_STATUS));
    }
    part = info.element;
  }
  if (in == BDC_IN_BODY) {
    add_unknown(&breakable, cmd_row_object(row), response);
  }
  return breakable;
}

/* A missing zone is a warning where the format is otherwise an error; the error is what counts. */
static cmd_breakable settled(cmd_breakable breakable) {
  breakable.warnings &= ~breakable.errors;
  return breakable;
}

bool cmd_is_content_type(bdc_str name) {
  static const char wanted[] = "content-type";
  return name.size == sizeof(wanted) - 1 && strncasecmp(name.data, wanted, name.size) == 0;
}

/* Control characters and a media type other than JSON are refused whatever the table says. */
static uint32_t header_rules(bdc_str name) {
  return CMD_BIT(BDC_RULE_CHARSET) | bit_if(cmd_is_content_type(name), BDC_RULE_MEDIA_TYPE);
}

cmd_breakable cmd_breakable_row(const bdc_row *row, bdc_place in, bool response) {
  bdc_row_info info = bdc_row_describe(row);
  cmd_breakable breakable = values_of(row, in, response);
  add(&breakable, in == BDC_IN_HEADER ? header_rules(info.name) : 0, 0);
  add(&breakable, bit_if(info.mandatory, BDC_RULE_MANDATORY), info.warnings);
  add(&breakable, bit_if(in != BDC_IN_PATH, BDC_RULE_DUPLICATE), in == BDC_IN_BODY ? 0 : info.warnings);
  return settled(breakable);
}

cmd_breakable cmd_breakable_body(const bdc_section_info *section) {
  cmd_breakable breakable = values_of(section->body, BDC_IN_BODY, section->status_count > 0);
  uint32_t rules = CMD_BIT(CMD_RULE_LIMIT_SIZE) | CMD_BIT(BDC_RULE_LIMIT) | CMD_BIT(BDC_RULE_SYNTAX) | CMD_BIT(BDC_RULE_ENCODING) |
                   CMD_BIT(BDC_RULE_DUPLICATE);
  add(&breakable, rules, 0);
  bool missing_warns = bdc_row_describe(section->body).warnings & CMD_BIT(BDC_RULE_MANDATORY);
  add(&breakable, section->body_optional ? 0 : CMD_BIT(CMD_RULE_MANDATORY_BODY), missing_warns ? CMD_BIT(CMD_RULE_MANDATORY_BODY) : 0);
  return settled(breakable);
}

/* ---- names ---- */

const unsigned char cmd_rule_order[CMD_RULE_COUNT] = {
  CMD_RULE_MANDATORY_BODY, BDC_RULE_MANDATORY, CMD_RULE_LIMIT_SIZE, BDC_RULE_SYNTAX,   BDC_RULE_ENCODING,   BDC_RULE_MEDIA_TYPE,
  BDC_RULE_STATUS,         BDC_RULE_TYPE,      BDC_RULE_ITEMS,      BDC_RULE_INCLUDES, BDC_RULE_LENGTH_MIN, BDC_RULE_LENGTH_MAX,
  BDC_RULE_START,          BDC_RULE_CHARSET,   BDC_RULE_ENUM,       BDC_RULE_RANGE,    BDC_RULE_PATTERN,    BDC_RULE_FORMAT,
  BDC_RULE_DUPLICATE,      BDC_RULE_UNKNOWN,   BDC_RULE_LIMIT,
};

static const char *rule_name(unsigned rule) {
  switch (rule) {
  case CMD_RULE_MANDATORY_BODY:
    return "mandatory.body";
  case CMD_RULE_LIMIT_SIZE:
    return "limit.size";
  default:
    return bdc_rule_name((bdc_rule)rule);
  }
}

void cmd_rule_names_put(uint32_t rules, cmd_output *out) {
  const char *before = "";
  for (size_t i = 0; i < CMD_RULE_COUNT; i++) {
    if (rules & CMD_BIT(cmd_rule_order[i])) {
      cmd_puts(out, before);
      cmd_puts(out, rule_name(cmd_rule_order[i]));
      before = ", ";
    }
  }
}
