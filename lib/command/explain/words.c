/* SPDX-License-Identifier: MIT */
/* The words for what a model holds, which are the same in all formats. */
#include "explain/model.h"

#include "names.h"
#include "rows.h"
#include "text.h"

#include <string.h>

bool cmd_word_next(bdc_str *rest, char separator, bdc_str *word) {
  while (rest->size > 0 && rest->data[0] == separator) {
    *rest = (bdc_str){ rest->data + 1, rest->size - 1 };
  }
  if (rest->size == 0) {
    *word = (bdc_str){ 0 };
    return false;
  }
  const char *end = memchr(rest->data, separator, rest->size);
  *word = (bdc_str){ rest->data, end ? (size_t)(end - rest->data) : rest->size };
  *rest = (bdc_str){ rest->data + word->size, rest->size - word->size };
  return true;
}

bool cmd_model_line_is_row(const cmd_model_line *line) {
  return line->row && !line->label;
}

void cmd_model_line_name_put(const cmd_model_line *line, cmd_output *out) {
  if (line->label) {
    cmd_puts(out, "(");
    cmd_puts(out, line->label);
    cmd_puts(out, ")");
  } else {
    cmd_put_text(out, line->name);
  }
}

void cmd_model_line_path_put(const cmd_model *model, const cmd_section *section, size_t line, cmd_output *out) {
  size_t depth = model->lines[line].depth;
  for (size_t d = 0; d < depth; d++) {
    /* The last line before it at this depth is the one that holds it. */
    size_t holder = line;
    while (holder > section->line && model->lines[holder].depth != d) {
      holder--;
    }
    cmd_model_line_name_put(&model->lines[holder], out);
    cmd_puts(out, ".");
  }
  cmd_model_line_name_put(&model->lines[line], out);
}

void cmd_section_name_put(const cmd_section *section, const char *separator, cmd_output *out) {
  bool table = section->kind == CMD_SECTION_TABLE;
  if (table && section->info.in != BDC_IN_BODY) {
    cmd_puts(out, bdc_place_name(section->info.in));
    return;
  }
  cmd_puts(out, table ? "" : "any ");
  cmd_puts(out, section->response ? "response" : "request");
  for (size_t i = 0; table && i < section->info.status_count; i++) {
    cmd_puts(out, i == 0 ? " " : separator);
    cmd_put_number(out, (uint64_t)section->info.statuses[i]);
  }
}

void cmd_section_heading_put(const cmd_section *section, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  cmd_section_name_put(section, ", ", &name);
  name.data[0] = (char)(name.data[0] - 'a' + 'A');
  cmd_put(out, cmd_output_text(&name));
  cmd_output_free(&name);
}

static void put_unknown(const bdc_object *object, cmd_output *out) {
  cmd_output words = CMD_MEMORY;
  cmd_unknown_put(object ? bdc_object_describe(object).unknown : BDC_UNKNOWN_TABLE, &words);
  if (words.size > 0) {
    cmd_puts(out, "\n");
    cmd_put(out, (bdc_str){ words.data + 2, words.size - 2 });
  }
  cmd_output_free(&words);
}

void cmd_model_line_rules_put(const cmd_model_line *line, cmd_output *out) {
  if (line->row) {
    cmd_rule_lines_put(line->row, CMD_RULES_ALL, out);
    put_unknown(cmd_row_object(line->row), out);
  }
  cmd_puts(out, line->above ? "\n(rows above)" : "");
}

/* A table of its own has no name and needs no type. */
bool cmd_section_has_type(const cmd_section *section) {
  const bdc_section_info *info = &section->info;
  return info->body && (!info->object || bdc_object_describe(info->object).name.size > 0);
}

void cmd_section_rules_put(const cmd_section *section, cmd_output *out) {
  const bdc_section_info *info = &section->info;
  if (!info->body) {
    return;
  }
  bool typed = cmd_section_has_type(section);
  cmd_puts(out, typed || info->body_optional ? "\n" : "");
  cmd_put_text(out, typed ? bdc_row_describe(info->body).type : (bdc_str){ 0 });
  cmd_puts(out, typed && info->body_optional ? " " : "");
  cmd_puts(out, info->body_optional ? "optional" : "");
  cmd_rule_lines_put(info->body, CMD_RULES_ALL, out);
  put_unknown(cmd_row_object(info->body), out);
}

void cmd_model_line_some_rules_put(const cmd_model_line *line, uint32_t rules, cmd_output *out) {
  if (!line->row) {
    return;
  }
  bdc_row_info info = bdc_row_describe(line->row);
  if (rules & CMD_BIT(BDC_RULE_MANDATORY)) {
    cmd_puts(out, "\n");
    cmd_presence_put(&info, out);
  }
  if (rules & CMD_BIT(BDC_RULE_TYPE)) {
    cmd_puts(out, "\n");
    cmd_put_text(out, info.type.size > 0 ? info.type : cmd_str(bdc_kind_name(info.kind)));
  }
  cmd_rule_lines_put(line->row, rules, out);
}
