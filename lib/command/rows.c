/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include "text.h"

#include <string.h>

static const bdc_str none = { 0 };

static void put_range(cmd_output *out, const char *rule, uint64_t min, uint64_t max) {
  if (min == 0 && max == BDC_UNBOUNDED) {
    return;
  }
  cmd_puts(out, rule);
  if (min == max) {
    cmd_put_number(out, min);
    return;
  }
  if (min > 0) {
    cmd_put_number(out, min);
  }
  cmd_puts(out, "..");
  if (max != BDC_UNBOUNDED) {
    cmd_put_number(out, max);
  }
}

static void put_text_range(cmd_output *out, const char *rule, bdc_str min, bdc_str max) {
  if (min.size == 0 && max.size == 0) {
    return;
  }
  cmd_puts(out, rule);
  cmd_put_text(out, min);
  if (!cmd_equal(min, max)) {
    cmd_puts(out, "..");
    cmd_put_text(out, max);
  }
}

static bool has(bdc_str text, char wanted) {
  return text.size > 0 && memchr(text.data, wanted, text.size);
}

/* A value as a rule file writes it: in quotes where it would not be one word. */
static void put_value(cmd_output *out, bdc_str value) {
  bool quoted = value.size == 0 || has(value, ' ') || has(value, '"') || value.data[0] == '#' || cmd_equal(value, BDC_STR("|"));
  if (!quoted) {
    cmd_put_text(out, value);
    return;
  }
  cmd_puts(out, "\"");
  for (size_t i = 0; i < value.size;) {
    uint32_t character;
    bdc_str rest = { value.data + i, value.size - i };
    bdc_str one = { rest.data, cmd_decode(rest, &character) };
    cmd_puts(out, character == '"' || character == '\\' ? "\\" : "");
    cmd_put_text(out, one);
    i += one.size;
  }
  cmd_puts(out, "\"");
}

static void put_word(cmd_output *out, const char *rule, bdc_str word) {
  if (word.size > 0) {
    cmd_puts(out, rule);
    cmd_put_text(out, word);
  }
}

static void put_values(cmd_output *out, const bdc_row_info *row) {
  for (size_t i = 0; i < row->value_count; i++) {
    cmd_puts(out, i == 0 ? "\nenum " : " | ");
    put_value(out, row->values[i]);
  }
}

/* Between slashes where it would not be one word; a slash in it then has its backslash already. */
static void put_pattern(cmd_output *out, bdc_str pattern) {
  bool between_slashes = has(pattern, ' ');
  put_word(out, between_slashes ? "\npattern /" : "\npattern ", pattern);
  cmd_puts(out, between_slashes ? "/" : "");
}

static void put_format(cmd_output *out, const bdc_row_info *row) {
  if (row->format == BDC_FORMAT_NONE) {
    return;
  }
  cmd_puts(out, "\nformat ");
  cmd_puts(out, bdc_format_name(row->format));
  cmd_puts(out, row->zone_optional ? " zone-optional" : "");
  if (row->format == BDC_FORMAT_DATE_TIME && row->fraction_max != UINT32_MAX) {
    put_range(out, " fraction ", 0, row->fraction_max);
  }
}

static void put_warnings(cmd_output *out, uint32_t warnings) {
  const uint32_t all = (1u << BDC_RULE_COUNT) - 1;
  if ((warnings & all) == all) {
    cmd_puts(out, "\nwarn");
    return;
  }
  const char *before = "\nwarn ";
  for (unsigned rule = 0; rule < BDC_RULE_COUNT; rule++) {
    if (warnings >> rule & 1) {
      cmd_puts(out, before);
      cmd_puts(out, bdc_rule_name((bdc_rule)rule));
      before = ",";
    }
  }
}

/* The content rules among `rules`, in the order in which the reference has them. */
static void put_content_rules(cmd_output *out, const bdc_row_info *row, uint32_t rules) {
  bool least = rules >> BDC_RULE_LENGTH_MIN & 1;
  bool most = rules >> BDC_RULE_LENGTH_MAX & 1;
  if (rules >> BDC_RULE_ITEMS & 1) {
    put_range(out, "\nitems ", row->items_min, row->items_max);
  }
  if (rules >> BDC_RULE_INCLUDES & 1 && row->includes.size > 0) {
    cmd_puts(out, "\nincludes ");
    put_value(out, row->includes);
  }
  if (least || most) {
    put_range(out, "\nlength ", row->length_min, row->length_max);
  }
  put_word(out, "\nstart ", rules >> BDC_RULE_START & 1 ? row->start : none);
  put_word(out, "\ncharset ", rules >> BDC_RULE_CHARSET & 1 ? row->charset : none);
  if (rules >> BDC_RULE_ENUM & 1) {
    put_values(out, row);
  }
  if (rules >> BDC_RULE_RANGE & 1) {
    put_text_range(out, "\nrange ", row->range_min, row->range_max);
  }
  put_pattern(out, rules >> BDC_RULE_PATTERN & 1 ? row->pattern : none);
  if (rules >> BDC_RULE_FORMAT & 1) {
    put_format(out, row);
  }
}

/* A flag of a row may stand at its elements too; it is said once. */
static void put_flags(cmd_output *out, const bdc_row *row) {
  bdc_row_info all = bdc_row_describe(row);
  for (const bdc_row *element = all.element; element;) {
    bdc_row_info info = bdc_row_describe(element);
    all.nullable = all.nullable || info.nullable;
    all.masked = all.masked || info.masked;
    all.secret = all.secret || info.secret;
    all.error_code = all.error_code || info.error_code;
    all.warnings |= info.warnings;
    element = info.element;
  }
  cmd_puts(out, all.nullable ? "\nnullable" : "");
  cmd_puts(out, all.masked ? "\nmasked" : "");
  cmd_puts(out, all.secret ? "\nsecret" : "");
  cmd_puts(out, all.error_code ? "\nerror-code" : "");
  put_warnings(out, all.warnings);
}

void cmd_rule_lines_put(const bdc_row *row, uint32_t rules, cmd_output *out) {
  for (const bdc_row *part = row; part;) {
    bdc_row_info info = bdc_row_describe(part);
    put_content_rules(out, &info, rules);
    part = info.element;
  }
  if (rules == CMD_RULES_ALL) {
    put_flags(out, row);
  }
}

void cmd_rules_put(const bdc_row *row, cmd_output *out) {
  cmd_output lines = CMD_MEMORY;
  cmd_rule_lines_put(row, CMD_RULES_ALL, &lines);
  for (size_t i = 0; i < lines.size; i++) {
    cmd_put(out, lines.data[i] == '\n' ? BDC_STR("  ") : (bdc_str){ lines.data + i, 1 });
  }
  cmd_output_free(&lines);
}

void cmd_source_put(bdc_str tags, cmd_output *out) {
  while (tags.size > 0) {
    const char *blank = memchr(tags.data, ' ', tags.size);
    size_t size = blank ? (size_t)(blank - tags.data) : tags.size;
    cmd_puts(out, "@");
    cmd_put_text(out, (bdc_str){ tags.data, size });
    cmd_puts(out, blank ? " " : "");
    size += blank != NULL;
    tags = (bdc_str){ tags.data + size, tags.size - size };
  }
}

void cmd_unknown_put(bdc_unknown unknown, cmd_output *out) {
  static const char *const words[] = {
    [BDC_UNKNOWN_TABLE] = "",
    [BDC_UNKNOWN_ERROR] = "  unknown error",
    [BDC_UNKNOWN_WARNING] = "  unknown warning",
    [BDC_UNKNOWN_IGNORE] = "  unknown ignore",
  };
  cmd_puts(out, words[unknown]);
}

void cmd_presence_put(const bdc_row_info *row, cmd_output *out) {
  cmd_puts(out, row->mandatory ? "mandatory" : "optional");
  put_word(out, " unless ", row->unless);
  cmd_puts(out, row->when_body ? " when body" : "");
}
