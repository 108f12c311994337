/* SPDX-License-Identifier: MIT */
/* For files in a repository and comments on a change: Markdown with tables, as GitHub shows it. */
#include "explain/render.h"
#include "markdown.h"
#include "rows.h"

/* ---- pieces ---- */

static void put_made(cmd_output *out, const cmd_output *text, void (*put)(cmd_output *, bdc_str)) {
  put(out, cmd_output_text(text));
}

static void put_target(const cmd_target *target, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  cmd_target_name_put(target, &name);
  put_made(out, &name, cmd_markdown_text);
  cmd_output_free(&name);
}

/* What stands alone is the page's title; else it is one of several below it. */
static void begin_heading(const cmd_targets *targets, size_t level, cmd_output *out) {
  cmd_puts(out, "\n");
  cmd_put_repeat(out, '#', cmd_targets_alone(targets) ? level : level + 1);
  cmd_puts(out, " ");
}

/* One of several that a page has; its number is what the list at the top leads to. */
static void begin_item(const cmd_targets *targets, const cmd_target *target, cmd_output *out) {
  begin_heading(targets, 1, out);
  cmd_puts(out, "<a id=\"item-");
  cmd_put_number(out, cmd_targets_find(targets, target) + 1);
  cmd_puts(out, "\"></a>");
  put_target(target, out);
  cmd_puts(out, "\n\n");
}

static void put_heading(const cmd_targets *targets, size_t level, const char *text, cmd_output *out) {
  begin_heading(targets, level, out);
  cmd_puts(out, text);
  cmd_puts(out, "\n\n");
}

static void put_table_head(const char *const *names, size_t count, cmd_output *out) {
  for (size_t i = 0; i < count; i++) {
    cmd_puts(out, i == 0 ? "| " : " | ");
    cmd_puts(out, names[i]);
  }
  cmd_puts(out, " |\n|");
  for (size_t i = 0; i < count; i++) {
    cmd_puts(out, "---|");
  }
  cmd_puts(out, "\n");
}

#define PUT_TABLE_HEAD(out, ...)                                                                                                       \
  put_table_head((const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), out)

static void put_anchor(const bdc_service *service, const char *kind, size_t index, cmd_output *out) {
  cmd_service_name_put(service, out);
  cmd_puts(out, kind);
  cmd_put_number(out, index + 1);
}

/* An empty place that links lead to. */
static void put_goal(const bdc_service *service, const char *kind, size_t index, cmd_output *out) {
  cmd_puts(out, "<a id=\"");
  put_anchor(service, kind, index, out);
  cmd_puts(out, "\"></a>");
}

/* Each as code. */
static void put_words(const cmd_output *words, cmd_output *out) {
  bdc_str rest = cmd_output_text(words);
  const char *before = "";
  for (bdc_str word; cmd_word_next(&rest, '\n', &word);) {
    cmd_puts(out, before);
    cmd_markdown_code(out, word);
    before = " ";
  }
}

/* In code, since "@name" would call somebody of that name. */
static void put_sources(bdc_str tags, cmd_output *out) {
  const char *before = "";
  for (bdc_str tag; cmd_word_next(&tags, ' ', &tag);) {
    cmd_output text = CMD_MEMORY;
    cmd_source_put(tag, &text);
    cmd_puts(out, before);
    cmd_markdown_code(out, cmd_output_text(&text));
    cmd_output_free(&text);
    before = " ";
  }
}

/* ---- operations ---- */

static void put_answers(const cmd_model *model, const cmd_model_line *line, cmd_output *out) {
  for (size_t i = 0; i < line->answer_count; i++) {
    const cmd_answer *answer = &model->answers[line->answer + i];
    cmd_puts(out, i > 0 ? "<br>" : "");
    cmd_rule_names_put(answer->rules, out);
    cmd_puts(out, ": ");
    if (answer->warning || answer->error == model->service.error_count) {
      cmd_puts(out, answer->warning ? "*only a warning*" : "*no error documented*");
      continue;
    }
    bdc_error_row_info row = bdc_service_error(model->info.service, answer->error);
    cmd_puts(out, "[");
    cmd_put_number(out, (uint64_t)row.status);
    cmd_puts(out, " ");
    cmd_markdown_text(out, row.code);
    cmd_puts(out, "](#");
    put_anchor(model->info.service, "-error-", answer->error, out);
    cmd_puts(out, ")");
  }
}

static void put_name(const cmd_model_line *line, cmd_output *out) {
  for (size_t i = 0; i < line->depth; i++) {
    cmd_puts(out, "&emsp;");
  }
  cmd_output name = CMD_MEMORY;
  cmd_model_line_name_put(line, &name);
  put_made(out, &name, line->label ? cmd_markdown_text : cmd_markdown_code);
  cmd_output_free(&name);
}

/* Type and presence; of a body as a whole they stand above its table. */
static void put_kind(const cmd_model_line *line, cmd_output *out) {
  if (cmd_model_line_is_row(line)) {
    bdc_row_info info = bdc_row_describe(line->row);
    cmd_output presence = CMD_MEMORY;
    cmd_presence_put(&info, &presence);
    cmd_markdown_text(out, info.type);
    cmd_puts(out, " | ");
    put_made(out, &presence, cmd_markdown_text);
    cmd_output_free(&presence);
  } else {
    cmd_puts(out, " | ");
  }
}

static void put_line(const cmd_model *model, const cmd_model_line *line, cmd_output *out) {
  cmd_puts(out, "| ");
  put_name(line, out);
  cmd_puts(out, " | ");
  put_kind(line, out);
  cmd_puts(out, " | ");
  if (cmd_model_line_is_row(line)) {
    cmd_output words = CMD_MEMORY;
    cmd_model_line_rules_put(line, &words);
    put_words(&words, out);
    cmd_output_free(&words);
  }
  cmd_puts(out, " | ");
  put_answers(model, line, out);
  cmd_puts(out, " | ");
  put_sources(cmd_model_line_is_row(line) ? bdc_row_describe(line->row).source : (bdc_str){ 0 }, out);
  cmd_puts(out, " |\n");
}

static void put_message_line(const cmd_model *model, const cmd_model_line *line, cmd_output *out) {
  cmd_puts(out, "| ");
  put_name(line, out);
  cmd_puts(out, " | ");
  put_answers(model, line, out);
  cmd_puts(out, " |\n");
}

static void put_section_rules(const cmd_section *section, cmd_output *out) {
  cmd_output words = CMD_MEMORY;
  cmd_section_rules_put(section, &words);
  put_words(&words, out);
  cmd_puts(out, words.size > 0 ? "\n\n" : "");
  cmd_output_free(&words);
}

static void put_section(const cmd_targets *targets, const cmd_model *model, const cmd_section *section, cmd_output *out) {
  bool table = section->kind == CMD_SECTION_TABLE;
  begin_heading(targets, 2, out);
  cmd_section_heading_put(section, out);
  cmd_puts(out, "\n\n");
  put_section_rules(section, out);
  if (table) {
    PUT_TABLE_HEAD(out, "field", "type", "presence", "rules", "broken rule: documented error", "source");
  } else {
    PUT_TABLE_HEAD(out, "part", "broken rule: documented error");
  }
  for (size_t i = 0; i < section->line_count; i++) {
    (table ? put_line : put_message_line)(model, &model->lines[section->line + i], out);
  }
  cmd_puts(out, section->above ? "\nIts rows stand above.\n" : "");
}

static void put_head(const cmd_model *model, cmd_output *out) {
  cmd_output text = CMD_MEMORY;
  cmd_put_text(&text, model->info.method);
  cmd_puts(&text, " ");
  cmd_put_text(&text, model->info.path);
  put_made(out, &text, cmd_markdown_code);
  cmd_puts(out, "\n\n- service: ");
  cmd_markdown_text(out, model->service.title.size > 0 ? model->service.title : model->service.name);
  text.size = 0;
  cmd_put_text(&text, model->service.file);
  cmd_puts(&text, ":");
  cmd_put_number(&text, model->info.line);
  cmd_puts(out, "\n- rules: ");
  put_made(out, &text, cmd_markdown_code);
  cmd_puts(out, "\n- source: ");
  put_sources(model->info.source, out);
  cmd_puts(out, "\n");
  cmd_output_free(&text);
}

static void put_operation(const cmd_targets *targets, const cmd_model *model, cmd_output *out) {
  if (!cmd_targets_alone(targets)) {
    begin_item(targets, &(cmd_target){ .service = model->info.service, .operation = model->operation }, out);
  }
  put_head(model, out);
  for (size_t i = 0; i < model->section_count; i++) {
    put_section(targets, model, &model->sections[i], out);
  }
}

/* ---- services ---- */

static void put_error_row(const bdc_service *service, size_t index, cmd_output *out) {
  bdc_error_row_info row = bdc_service_error(service, index);
  cmd_markdown_text(out, row.where);
  cmd_puts(out, " | ");
  cmd_markdown_code(out, row.field);
  cmd_puts(out, " | ");
  cmd_markdown_text(out, row.rules);
  cmd_puts(out, " | ");
  cmd_put_number(out, (uint64_t)row.status);
  cmd_puts(out, " | ");
  cmd_markdown_code(out, row.code);
  cmd_puts(out, " | ");
  cmd_markdown_text(out, row.message);
  cmd_puts(out, " | ");
  put_sources(row.source, out);
  cmd_puts(out, " |\n");
}

static void put_errors(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  put_heading(targets, 2, "Errors", out);
  cmd_puts(out,
           "The first row that fits a broken rule is the documented error; of several broken rules the one with the topmost row is "
           "answered.\n\n");
  PUT_TABLE_HEAD(out, "", "where", "field", "rules", "status", "code", "message", "source");
  for (size_t i = 0; i < count; i++) {
    cmd_puts(out, "| ");
    put_goal(service, "-error-", i, out);
    cmd_put_number(out, i + 1);
    cmd_puts(out, " | ");
    put_error_row(service, i, out);
  }
}

static void put_answer(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  put_heading(targets, 2, "Answer, the body of such an error", out);
  PUT_TABLE_HEAD(out, "member", "content");
  for (size_t i = 0; i < count; i++) {
    bdc_answer_info answer = bdc_service_answer(service, i);
    cmd_puts(out, "| ");
    cmd_markdown_code(out, answer.name);
    cmd_puts(out, " | ");
    cmd_markdown_text(out, answer.content);
    cmd_puts(out, " |\n");
  }
}

static void put_hosts(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  put_heading(targets, 2, "Hosts", out);
  PUT_TABLE_HEAD(out, "host", "source");
  for (size_t i = 0; i < count; i++) {
    bdc_host_info host = bdc_service_host(service, i);
    cmd_puts(out, "| ");
    cmd_markdown_code(out, host.pattern);
    cmd_puts(out, " | ");
    put_sources(host.source, out);
    cmd_puts(out, " |\n");
  }
}

static void put_classes(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  put_heading(targets, 2, "Classes", out);
  PUT_TABLE_HEAD(out, "class", "characters", "");
  for (size_t i = 0; i < count; i++) {
    bdc_class_info class = bdc_service_class(service, i);
    cmd_puts(out, "| ");
    cmd_markdown_code(out, class.name);
    cmd_puts(out, " | ");
    cmd_markdown_code(out, class.expression);
    cmd_puts(out, class.defined ? " | as given by `--define` |\n" : " | |\n");
  }
}

static void put_source_list(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  put_heading(targets, 2, "Sources", out);
  for (size_t i = 0; i < count; i++) {
    bdc_source_info source = bdc_service_source(service, i);
    cmd_puts(out, "- ");
    put_sources(source.tag, out);
    cmd_puts(out, " ");
    cmd_markdown_text(out, source.text);
    cmd_puts(out, "\n");
  }
}

static void put_service(const cmd_targets *targets, const bdc_service *service, cmd_output *out) {
  bdc_service_info info = bdc_service_describe(service);
  if (!cmd_targets_alone(targets)) {
    begin_heading(targets, 1, out);
    cmd_puts(out, "What holds for all of ");
    cmd_service_name_put(service, out);
    cmd_puts(out, "\n");
  }
  if (info.error_count > 0) {
    put_errors(targets, service, info.error_count, out);
  }
  if (info.answer_count > 0) {
    put_answer(targets, service, info.answer_count, out);
  }
  if (info.host_count > 0) {
    put_hosts(targets, service, info.host_count, out);
  }
  if (info.class_count > 0) {
    put_classes(targets, service, info.class_count, out);
  }
  put_source_list(targets, service, info.source_count, out);
  cmd_puts(out, "\nThe catalogue of the service has ");
  cmd_put_number(out, info.code_count);
  cmd_puts(out, " codes.\n");
}

/* ---- codes ---- */

static void put_catalogue(const cmd_code *code, cmd_output *out) {
  PUT_TABLE_HEAD(out, "status", "message", "source");
  for (size_t i = 0; i < code->row_count; i++) {
    bdc_code_info row = bdc_service_code(code->service, code->rows[i]);
    cmd_puts(out, "| ");
    cmd_put_number(out, (uint64_t)row.status);
    cmd_puts(out, " | ");
    cmd_markdown_text(out, row.message);
    cmd_puts(out, " | ");
    put_sources(row.source, out);
    cmd_puts(out, " |\n");
  }
}

static void put_hit(const cmd_code *code, const cmd_hit *hit, cmd_output *out) {
  const cmd_model *model = &code->models[hit->model];
  const cmd_section *section = &model->sections[hit->section];
  cmd_output path = CMD_MEMORY;
  cmd_output words = CMD_MEMORY;
  cmd_puts(out, "| ");
  cmd_section_name_put(section, ", ", out);
  cmd_puts(out, " | ");
  cmd_model_line_path_put(model, section, hit->line, &path);
  put_made(out, &path, model->lines[hit->line].label ? cmd_markdown_text : cmd_markdown_code);
  cmd_puts(out, " | ");
  cmd_rule_names_put(hit->rules, out);
  cmd_puts(out, " | ");
  cmd_model_line_some_rules_put(&model->lines[hit->line], hit->rules, &words);
  put_words(&words, out);
  cmd_puts(out, " |\n");
  cmd_output_free(&path);
  cmd_output_free(&words);
}

static void put_hits(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  for (size_t i = 0; i < code->hit_count; i++) {
    if (i == 0 || code->hits[i].model != code->hits[i - 1].model) {
      begin_heading(targets, 2, out);
      cmd_puts(out, "Rules of ");
      cmd_markdown_text(out, code->models[code->hits[i].model].info.full_name);
      cmd_puts(out, "\n\n");
      PUT_TABLE_HEAD(out, "where", "field", "broken rule", "the rule");
    }
    put_hit(code, &code->hits[i], out);
  }
}

static void put_code_errors(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  put_heading(targets, 2, "Errors with this code", out);
  PUT_TABLE_HEAD(out, "where", "field", "rules", "status", "code", "message", "source");
  for (size_t i = 0; i < code->error_count; i++) {
    cmd_puts(out, "| ");
    put_error_row(code->service, code->errors[i], out);
  }
}

static void put_code(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  if (!cmd_targets_alone(targets)) {
    begin_item(targets, &(cmd_target){ .service = code->service, .code = code->code }, out);
  }
  if (code->row_count > 0) {
    put_catalogue(code, out);
  } else {
    cmd_puts(out, "The catalogue does not list it.\n");
  }
  if (code->error_count > 0) {
    put_code_errors(targets, code, out);
  }
  put_hits(targets, code, out);
  cmd_puts(out, code->hit_count == 0 ? "\nDocumented, no rule leads to it.\n" : "");
}

/* ---- the page ---- */

static void begin(const cmd_targets *targets, cmd_output *out) {
  cmd_puts(out, "# ");
  if (cmd_targets_alone(targets)) {
    put_target(&targets->items[0], out);
    cmd_puts(out, "\n\n");
    return;
  }
  cmd_puts(out, "Rules and documented errors\n\n");
  for (size_t i = 0; i < targets->count; i++) {
    cmd_puts(out, "- [");
    put_target(&targets->items[i], out);
    cmd_puts(out, "](#item-");
    cmd_put_number(out, i + 1);
    cmd_puts(out, ")\n");
  }
}

static void end(cmd_output *out) {
  (void)out;
}

const cmd_renderer cmd_renderer_markdown = {
  .between = "", .begin = begin, .operation = put_operation, .service = put_service, .code = put_code, .end = end
};
