/* SPDX-License-Identifier: MIT */
/* For terminals: aligned columns. */
#include "explain/render.h"
#include "rows.h"
#include "table.h"
#include "text.h"

static void end_table(cmd_table *table, cmd_output *out, size_t indent) {
  cmd_table_print(table, out, indent);
  cmd_table_free(table);
}

static void end_row(cmd_table *table) {
  cmd_table_end_cell(table);
  cmd_table_end_row(table);
}

static void add_pair(cmd_table *table, const char *name, bdc_str value) {
  cmd_table_add(table, cmd_str(name));
  cmd_table_add(table, value);
  cmd_table_end_row(table);
}

static void put_title(cmd_output *out, const char *title) {
  cmd_puts(out, "\n");
  cmd_puts(out, title);
}

/* Words that each stand after a newline, after two blanks instead; the first after `before`. */
static void put_words(const cmd_output *words, const char *before, cmd_output *out) {
  for (size_t i = 0; i < words->size; i++) {
    if (words->data[i] == '\n') {
      cmd_puts(out, i == 0 ? before : "  ");
    } else {
      cmd_put(out, (bdc_str){ words->data + i, 1 });
    }
  }
}

/* ---- the operation ---- */

static void put_head(const cmd_model *model, cmd_output *out) {
  cmd_table table = { 0 };
  add_pair(&table, "operation", model->info.full_name);
  add_pair(&table, "method", model->info.method);
  add_pair(&table, "path", model->info.path);
  add_pair(&table, "service", model->service.title.size > 0 ? model->service.title : model->service.name);
  cmd_table_add(&table, BDC_STR("rules"));
  cmd_put_text(cmd_table_cell(&table), model->service.file);
  cmd_puts(cmd_table_cell(&table), ":");
  cmd_put_number(cmd_table_cell(&table), model->info.line);
  end_row(&table);
  cmd_table_add(&table, BDC_STR("source"));
  cmd_source_put(model->info.source, cmd_table_cell(&table));
  end_row(&table);
  end_table(&table, out, 0);
}

static void put_sources(const bdc_service *service, size_t count, cmd_output *out) {
  put_title(out, "sources\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < count; i++) {
    bdc_source_info source = bdc_service_source(service, i);
    cmd_puts(cmd_table_cell(&table), "@");
    cmd_table_add(&table, source.tag);
    cmd_table_add(&table, source.text);
    cmd_table_end_row(&table);
  }
  end_table(&table, out, 2);
}

/* Most services name none: then there is nothing to tell. */
static void put_hosts(const bdc_service *service, size_t count, cmd_output *out) {
  put_title(out, "hosts\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < count; i++) {
    bdc_host_info host = bdc_service_host(service, i);
    cmd_table_add(&table, host.pattern);
    cmd_source_put(host.source, cmd_table_cell(&table));
    cmd_table_end_cell(&table);
    cmd_table_end_row(&table);
  }
  end_table(&table, out, 2);
}

static void put_classes(const bdc_service *service, size_t count, cmd_output *out) {
  put_title(out, "classes\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < count; i++) {
    bdc_class_info class = bdc_service_class(service, i);
    cmd_table_add(&table, class.name);
    cmd_table_add(&table, class.expression);
    cmd_table_add(&table, class.defined ? BDC_STR("(--define)") : (bdc_str){ 0 });
    cmd_table_end_row(&table);
  }
  end_table(&table, out, 2);
}

/* ---- sections ---- */

/* "response 200,201  array of object app  items 1..5" */
static void put_section_title(const cmd_section *section, cmd_output *out) {
  cmd_output words = CMD_MEMORY;
  cmd_section_rules_put(section, &words);
  cmd_puts(out, "\n");
  cmd_section_name_put(section, ",", out);
  put_words(&words, cmd_section_has_type(section) || section->info.body_optional ? " " : "  ", out);
  cmd_puts(out, "\n");
  cmd_output_free(&words);
}

static void add_line(cmd_table *table, const cmd_model_line *line) {
  bdc_row_info info = bdc_row_describe(line->row);
  cmd_put_repeat(cmd_table_cell(table), ' ', 2 * line->depth);
  cmd_table_add(table, info.name);
  cmd_table_add(table, info.type);
  cmd_presence_put(&info, cmd_table_cell(table));
  cmd_table_end_cell(table);
  cmd_output words = CMD_MEMORY;
  cmd_model_line_rules_put(line, &words);
  put_words(&words, "", cmd_table_cell(table));
  cmd_table_end_cell(table);
  cmd_output_free(&words);
  cmd_source_put(info.source, cmd_table_cell(table));
  end_row(table);
}

/* Whether there are rows to show, or a word instead of them. */
static bool is_table(const cmd_section *section) {
  return section->info.in != BDC_IN_BODY || cmd_section_object(section);
}

static void put_section(const cmd_model *model, const cmd_section *section, cmd_output *out) {
  put_section_title(section, out);
  if (section->above) {
    cmd_puts(out, "  (rows above)\n");
    return;
  }
  cmd_table table = { 0 };
  for (size_t i = 0; i < section->line_count; i++) {
    const cmd_model_line *line = &model->lines[section->line + i];
    if (cmd_model_line_is_row(line)) {
      add_line(&table, line);
    }
  }
  cmd_puts(out, table.row_count == 0 && is_table(section) ? "  (no rows)\n" : "");
  end_table(&table, out, 2);
}

static void put_sections(const cmd_model *model, cmd_output *out) {
  for (size_t i = 0; i < model->section_count; i++) {
    if (model->sections[i].kind == CMD_SECTION_TABLE) {
      put_section(model, &model->sections[i], out);
    }
  }
}

/* ---- errors ---- */

static void add_error(cmd_table *table, const bdc_error_row_info *row) {
  cmd_table_add(table, row->where);
  cmd_table_add(table, row->field);
  cmd_table_add(table, row->rules);
  cmd_put_number(cmd_table_cell(table), (uint64_t)row->status);
  cmd_table_end_cell(table);
  cmd_table_add(table, row->code);
  cmd_table_add(table, row->message);
  cmd_source_put(row->source, cmd_table_cell(table));
  end_row(table);
}

static void put_errors(const bdc_service *service, size_t count, cmd_output *out) {
  put_title(out, "errors, the first that fits a broken rule\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < count; i++) {
    bdc_error_row_info row = bdc_service_error(service, i);
    add_error(&table, &row);
  }
  end_table(&table, out, 2);
}

static void add_answer(cmd_table *table, const cmd_model *model, const cmd_answer *answer) {
  cmd_rule_names_put(answer->rules, cmd_table_cell(table));
  cmd_table_end_cell(table);
  if (answer->warning || answer->error == model->service.error_count) {
    cmd_table_add(table, (bdc_str){ 0 });
    cmd_table_add(table, answer->warning ? BDC_STR("only a warning") : BDC_STR("no error documented"));
  } else {
    bdc_error_row_info row = bdc_service_error(model->info.service, answer->error);
    cmd_put_number(cmd_table_cell(table), (uint64_t)row.status);
    cmd_table_end_cell(table);
    cmd_table_add(table, row.code);
  }
  cmd_table_end_row(table);
}

static void add_answers(cmd_table *table, const cmd_model *model, const cmd_model_line *line) {
  for (size_t i = 0; i < line->answer_count; i++) {
    if (i == 0) {
      cmd_put_repeat(cmd_table_cell(table), ' ', 2 * line->depth);
      cmd_model_line_name_put(line, cmd_table_cell(table));
    }
    cmd_table_end_cell(table);
    add_answer(table, model, &model->answers[line->answer + i]);
  }
}

static void put_answers(const cmd_model *model, cmd_output *out) {
  for (size_t i = 0; i < model->section_count; i++) {
    const cmd_section *section = &model->sections[i];
    cmd_puts(out, "\nwhat answers a broken rule of ");
    cmd_section_name_put(section, ",", out);
    cmd_puts(out, "\n");
    cmd_table table = { 0 };
    for (size_t line = 0; line < section->line_count; line++) {
      add_answers(&table, model, &model->lines[section->line + line]);
    }
    end_table(&table, out, 2);
    cmd_puts(out, section->above ? "  (rows above)\n" : "");
  }
}

static void put_answer(const bdc_service *service, size_t count, cmd_output *out) {
  put_title(out, "answer, the body of such an error\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < count; i++) {
    bdc_answer_info answer = bdc_service_answer(service, i);
    cmd_table_add(&table, answer.name);
    cmd_table_add(&table, answer.content);
    cmd_table_end_row(&table);
  }
  end_table(&table, out, 2);
}

static void put_codes(size_t count, cmd_output *out) {
  put_title(out, "codes  ");
  cmd_put_number(out, count);
  cmd_puts(out, " in the catalogue\n");
}

/* ---- the whole of an operation ---- */

static void put_operation(const cmd_model *model, bool with_answers, cmd_output *out) {
  const bdc_service_info *service = &model->service;
  put_head(model, out);
  put_sources(model->info.service, service->source_count, out);
  if (service->host_count > 0) {
    put_hosts(model->info.service, service->host_count, out);
  }
  if (service->class_count > 0) {
    put_classes(model->info.service, service->class_count, out);
  }
  put_sections(model, out);
  if (with_answers) {
    put_answers(model, out);
  }
  if (service->error_count > 0) {
    put_errors(model->info.service, service->error_count, out);
  }
  if (service->answer_count > 0) {
    put_answer(model->info.service, service->answer_count, out);
  }
  put_codes(service->code_count, out);
}

static void operation(const cmd_targets *targets, const cmd_model *model, cmd_output *out) {
  (void)targets;
  put_operation(model, false, out);
}

static void operation_with_answers(const cmd_targets *targets, const cmd_model *model, cmd_output *out) {
  (void)targets;
  put_operation(model, true, out);
}

/* ---- codes ---- */

static void put_code_head(const cmd_code *code, cmd_output *out) {
  cmd_table table = { 0 };
  add_pair(&table, "code", code->code);
  cmd_table_add(&table, BDC_STR("service"));
  cmd_service_name_put(code->service, cmd_table_cell(&table));
  cmd_puts(cmd_table_cell(&table), code->info.title.size > 0 ? ", " : "");
  cmd_table_add(&table, code->info.title);
  cmd_table_end_row(&table);
  end_table(&table, out, 0);
}

static void put_catalogue(const cmd_code *code, cmd_output *out) {
  put_title(out, "catalogue\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < code->row_count; i++) {
    bdc_code_info row = bdc_service_code(code->service, code->rows[i]);
    cmd_put_number(cmd_table_cell(&table), (uint64_t)row.status);
    cmd_table_end_cell(&table);
    cmd_table_add(&table, row.message);
    cmd_source_put(row.source, cmd_table_cell(&table));
    end_row(&table);
  }
  cmd_puts(out, code->row_count == 0 ? "  (not listed)\n" : "");
  end_table(&table, out, 2);
}

static void put_code_errors(const cmd_code *code, cmd_output *out) {
  put_title(out, "errors\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < code->error_count; i++) {
    bdc_error_row_info row = bdc_service_error(code->service, code->errors[i]);
    add_error(&table, &row);
  }
  end_table(&table, out, 2);
}

static void add_hit(cmd_table *table, const cmd_code *code, const cmd_hit *hit) {
  const cmd_model *model = &code->models[hit->model];
  const cmd_section *section = &model->sections[hit->section];
  cmd_output words = CMD_MEMORY;
  cmd_section_name_put(section, ",", cmd_table_cell(table));
  cmd_table_end_cell(table);
  cmd_model_line_path_put(model, section, hit->line, cmd_table_cell(table));
  cmd_table_end_cell(table);
  cmd_rule_names_put(hit->rules, cmd_table_cell(table));
  cmd_table_end_cell(table);
  cmd_model_line_some_rules_put(&model->lines[hit->line], hit->rules, &words);
  put_words(&words, "", cmd_table_cell(table));
  end_row(table);
  cmd_output_free(&words);
}

static void put_hits(const cmd_code *code, cmd_output *out) {
  for (size_t i = 0; i < code->hit_count;) {
    size_t model = code->hits[i].model;
    cmd_table table = { 0 };
    cmd_puts(out, "\n");
    cmd_put_text(out, code->models[model].info.full_name);
    cmd_puts(out, "\n");
    for (; i < code->hit_count && code->hits[i].model == model; i++) {
      add_hit(&table, code, &code->hits[i]);
    }
    end_table(&table, out, 2);
  }
}

static void put_code(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  (void)targets;
  put_code_head(code, out);
  put_catalogue(code, out);
  if (code->error_count > 0) {
    put_code_errors(code, out);
  }
  put_hits(code, out);
  cmd_puts(out, code->hit_count == 0 ? "\ndocumented, no rule leads to it\n" : "");
}

/* ---- services ---- */

static void no_head(const cmd_targets *targets, cmd_output *out) {
  (void)targets;
  (void)out;
}

/* Each operation has shown what there is of its service. */
static void no_service(const cmd_targets *targets, const bdc_service *service, cmd_output *out) {
  (void)targets;
  (void)service;
  (void)out;
}

static void no_end(cmd_output *out) {
  (void)out;
}

const cmd_renderer cmd_renderer_text = {
  .between = "\n", .once = true, .begin = no_head, .operation = operation, .service = no_service, .code = put_code, .end = no_end
};

const cmd_renderer cmd_renderer_text_errors = {
  .between = "\n", .begin = no_head, .operation = operation_with_answers, .service = no_service, .code = put_code, .end = no_end
};
