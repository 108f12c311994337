/* SPDX-License-Identifier: MIT */
#include "rows.h"

#include "text.h"

#include <string.h>

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
    cmd_puts(out, i == 0 ? "  enum " : " | ");
    put_value(out, row->values[i]);
  }
}

/* Between slashes where it would not be one word; a slash in it then has its backslash already. */
static void put_pattern(cmd_output *out, bdc_str pattern) {
  bool between_slashes = has(pattern, ' ');
  put_word(out, between_slashes ? "  pattern /" : "  pattern ", pattern);
  cmd_puts(out, between_slashes ? "/" : "");
}

static void put_format(cmd_output *out, const bdc_row_info *row) {
  if (row->format == BDC_FORMAT_NONE) {
    return;
  }
  cmd_puts(out, "  format ");
  cmd_puts(out, bdc_format_name(row->format));
  cmd_puts(out, row->zone_optional ? " zone-optional" : "");
  if (row->format == BDC_FORMAT_DATE_TIME && row->fraction_max != UINT32_MAX) {
    put_range(out, " fraction ", 0, row->fraction_max);
  }
}

static void put_warnings(cmd_output *out, uint32_t warnings) {
  const uint32_t all = (1u << BDC_RULE_COUNT) - 1;
  if ((warnings & all) == all) {
    cmd_puts(out, "  warn");
    return;
  }
  const char *before = "  warn ";
  for (unsigned rule = 0; rule < BDC_RULE_COUNT; rule++) {
    if (warnings >> rule & 1) {
      cmd_puts(out, before);
      cmd_puts(out, bdc_rule_name((bdc_rule)rule));
      before = ",";
    }
  }
}

static void put_content_rules(cmd_output *out, const bdc_row_info *row) {
  put_range(out, "  items ", row->items_min, row->items_max);
  if (row->includes.size > 0) {
    cmd_puts(out, "  includes ");
    put_value(out, row->includes);
  }
  put_range(out, "  length ", row->length_min, row->length_max);
  put_word(out, "  start ", row->start);
  put_word(out, "  charset ", row->charset);
  put_values(out, row);
  put_text_range(out, "  range ", row->range_min, row->range_max);
  put_pattern(out, row->pattern);
  put_format(out, row);
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
  cmd_puts(out, all.nullable ? "  nullable" : "");
  cmd_puts(out, all.masked ? "  masked" : "");
  cmd_puts(out, all.secret ? "  secret" : "");
  cmd_puts(out, all.error_code ? "  error-code" : "");
  put_warnings(out, all.warnings);
}

void cmd_rules_put(const bdc_row *row, cmd_output *out) {
  for (const bdc_row *part = row; part;) {
    bdc_row_info info = bdc_row_describe(part);
    put_content_rules(out, &info);
    part = info.element;
  }
  put_flags(out, row);
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

static void add_presence(cmd_table *table, const bdc_row_info *row) {
  cmd_output *out = cmd_table_cell(table);
  cmd_puts(out, row->mandatory ? "mandatory" : "optional");
  put_word(out, " unless ", row->unless);
  cmd_puts(out, row->when_body ? " when body" : "");
  cmd_table_end_cell(table);
}

/* A cell of rules that each have two blanks before them. */
static void add_words(cmd_table *table, const cmd_output *words) {
  cmd_put(cmd_table_cell(table), words->size > 0 ? (bdc_str){ words->data + 2, words->size - 2 } : (bdc_str){ 0 });
  cmd_table_end_cell(table);
}

static void add_row(cmd_table *table, const bdc_row *row, cmd_objects *shown, size_t depth) {
  bdc_row_info info = bdc_row_describe(row);
  const bdc_object *object = cmd_row_object(row);
  bool follows = object && cmd_objects_add(shown, object);
  cmd_put_repeat(cmd_table_cell(table), ' ', 2 * depth);
  cmd_table_add(table, info.name);
  cmd_table_add(table, info.type);
  add_presence(table, &info);
  cmd_output words = CMD_MEMORY;
  cmd_rules_put(row, &words);
  cmd_unknown_put(object ? bdc_object_describe(object).unknown : BDC_UNKNOWN_TABLE, &words);
  cmd_puts(&words, object && !follows ? "  (rows above)" : "");
  add_words(table, &words);
  cmd_output_free(&words);
  cmd_source_put(info.source, cmd_table_cell(table));
  cmd_table_end_cell(table);
  cmd_table_end_row(table);
  if (follows) {
    cmd_rows_add(table, object, shown, depth + 1);
  }
}

void cmd_rows_add(cmd_table *table, const bdc_object *object, cmd_objects *shown, size_t depth) {
  size_t count = bdc_object_describe(object).row_count;
  for (size_t i = 0; i < count; i++) {
    add_row(table, bdc_object_row(object, i), shown, depth);
  }
}
