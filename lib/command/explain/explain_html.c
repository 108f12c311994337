/* SPDX-License-Identifier: MIT */
/* For browsers: one page, on which each broken rule leads to the row of its error, and each source to what it stands for. */
#include "explain/page.h"
#include "explain/render.h"
#include "html.h"
#include "rows.h"
#include "text.h"

/* ---- operations ---- */

static void put_answer_code(const cmd_model *model, const cmd_answer *answer, cmd_output *out) {
  if (answer->warning) {
    cmd_puts(out, "<span class=\"mark fair\">only a warning</span>");
    return;
  }
  if (answer->error == model->service.error_count) {
    cmd_puts(out, "<span class=\"mark\">no error documented</span>");
    return;
  }
  bdc_error_row_info row = bdc_service_error(model->info.service, answer->error);
  cmd_puts(out, "<a class=\"mark\" href=\"#");
  cmd_page_place(model->info.service, "-error-", answer->error, out);
  cmd_page_tagged(out, "\" title=\"", row.message, "\">");
  cmd_put_number(out, (uint64_t)row.status);
  cmd_page_tagged(out, " ", row.code, "</a>");
}

static void put_answers(const cmd_model *model, const cmd_model_line *line, cmd_output *out) {
  cmd_puts(out, "<td class=\"roomy\">");
  for (size_t i = 0; i < line->answer_count; i++) {
    const cmd_answer *answer = &model->answers[line->answer + i];
    cmd_puts(out, "<div class=\"pair\">");
    put_answer_code(model, answer, out);
    cmd_puts(out, "<span>");
    cmd_rule_names_put(answer->rules, out);
    cmd_puts(out, "</span></div>");
  }
  cmd_puts(out, "</td>");
}

static void put_name(const cmd_model_line *line, cmd_output *out) {
  cmd_output name = CMD_MEMORY;
  cmd_model_line_name_put(line, &name);
  cmd_puts(out, "<th scope=\"row\"");
  if (line->depth > 0) {
    cmd_puts(out, " style=\"padding-left: ");
    cmd_put_number(out, 1 + line->depth);
    cmd_puts(out, ".2rem\"");
  }
  cmd_puts(out, line->label ? " class=\"soft\">" : ">");
  if (line->label) {
    cmd_html_text(out, cmd_output_text(&name));
  } else {
    cmd_page_code(out, cmd_output_text(&name));
  }
  cmd_puts(out, "</th>");
  cmd_output_free(&name);
}

/* Type, presence and rules. */
static void put_row_cells(const cmd_model_line *line, cmd_output *out) {
  bdc_row_info info = bdc_row_describe(line->row);
  cmd_output text = CMD_MEMORY;
  cmd_page_cell(info.type, out);
  cmd_presence_put(&info, &text);
  cmd_page_tagged(out, info.mandatory ? "<td>" : "<td class=\"soft\">", cmd_output_text(&text), "</td>");
  text.size = 0;
  cmd_model_line_rules_put(line, &text);
  cmd_puts(out, text.size > 0 ? "<td class=\"roomy\">" : "<td>");
  cmd_page_words(&text, out);
  cmd_puts(out, "</td>");
  cmd_output_free(&text);
}

static void put_line(const cmd_model *model, const cmd_model_line *line, cmd_output *out) {
  bool row = cmd_model_line_is_row(line);
  cmd_puts(out, "<tr>");
  put_name(line, out);
  if (row) {
    put_row_cells(line, out);
  } else {
    cmd_puts(out, "<td></td><td></td><td></td>");
  }
  put_answers(model, line, out);
  cmd_puts(out, "<td>");
  cmd_page_sources(model->info.service, row ? bdc_row_describe(line->row).source : (bdc_str){ 0 }, true, out);
  cmd_puts(out, "</td></tr>\n");
}

static void put_message_line(const cmd_model *model, const cmd_model_line *line, cmd_output *out) {
  cmd_puts(out, "<tr>");
  put_name(line, out);
  put_answers(model, line, out);
  cmd_puts(out, "</tr>\n");
}

static void put_section_rules(const cmd_section *section, cmd_output *out) {
  cmd_output words = CMD_MEMORY;
  cmd_section_rules_put(section, &words);
  if (words.size > 0) {
    cmd_puts(out, "<p>");
    cmd_page_words(&words, out);
    cmd_puts(out, "</p>\n");
  }
  cmd_output_free(&words);
}

static void put_section(const cmd_targets *targets, const cmd_model *model, const cmd_section *section, cmd_output *out) {
  bool table = section->kind == CMD_SECTION_TABLE;
  cmd_output heading = CMD_MEMORY;
  cmd_output label = CMD_MEMORY;
  cmd_section_heading_put(section, &heading);
  cmd_section_heading_put(section, &label);
  cmd_puts(&label, " of ");
  cmd_put_text(&label, model->info.full_name);
  cmd_page_made_heading(targets, '2', &heading, out);
  put_section_rules(section, out);
  if (table) {
    CMD_PAGE_TABLE_BEGIN(cmd_output_text(&label), out, "Field", "Type", "Presence", "Rules", "Documented error, and what it answers",
                         "Source");
  } else {
    CMD_PAGE_TABLE_BEGIN(cmd_output_text(&label), out, "Part", "Documented error, and what it answers");
  }
  for (size_t i = 0; i < section->line_count; i++) {
    (table ? put_line : put_message_line)(model, &model->lines[section->line + i], out);
  }
  cmd_page_table_end(out);
  cmd_puts(out, section->above ? "<p class=\"soft\">Its rows stand above.</p>\n" : "");
  cmd_output_free(&label);
}

static void put_head(const cmd_model *model, cmd_output *out) {
  cmd_page_tagged(out, "<dl class=\"facts\">\n<dt>Request</dt><dd><code>", model->info.method, " ");
  cmd_page_tagged(out, "", model->info.path, "</code></dd>\n");
  cmd_page_tagged(out, "<dt>Service</dt><dd>", model->service.title.size > 0 ? model->service.title : model->service.name, "</dd>\n");
  cmd_page_tagged(out, "<dt>Rules</dt><dd><code>", model->service.file, ":");
  cmd_put_number(out, model->info.line);
  cmd_puts(out, "</code></dd>\n<dt>Source</dt><dd>");
  cmd_page_sources(model->info.service, model->info.source, true, out);
  cmd_puts(out, "</dd>\n</dl>\n");
}

/* ---- the title of one thing ---- */

static void put_title(const cmd_targets *targets, const cmd_target *target, cmd_output *out) {
  if (cmd_targets_alone(targets)) {
    return;
  }
  cmd_puts(out, "<h2 id=\"item-");
  cmd_put_number(out, cmd_targets_find(targets, target) + 1);
  cmd_puts(out, "\">");
  cmd_page_target(target, out);
  cmd_puts(out, "</h2>\n");
}

static void put_operation(const cmd_targets *targets, const cmd_model *model, cmd_output *out) {
  put_title(targets, &(cmd_target){ .service = model->info.service, .operation = model->operation }, out);
  put_head(model, out);
  for (size_t i = 0; i < model->section_count; i++) {
    put_section(targets, model, &model->sections[i], out);
  }
}

/* ---- services ---- */

static void put_error_cells(const bdc_service *service, size_t index, bool linked, cmd_output *out) {
  bdc_error_row_info row = bdc_service_error(service, index);
  cmd_page_list_cell(row.where, out);
  cmd_page_name_cell(row.field, out);
  cmd_page_list_cell(row.rules, out);
  cmd_page_number_cell((uint64_t)row.status, out);
  cmd_page_name_cell(row.code, out);
  cmd_page_cell(row.message, out);
  cmd_puts(out, "<td>");
  cmd_page_sources(service, row.source, linked, out);
  cmd_puts(out, "</td></tr>\n");
}

static void put_errors(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  cmd_page_heading(targets, '2', "Errors", out);
  cmd_puts(out, "<p class=\"soft\">The first row that fits a broken rule is the documented error; of several broken rules the one with "
                "the topmost row is answered.</p>\n");
  CMD_PAGE_TABLE_BEGIN(BDC_STR("Errors"), out, "Row", "Where", "Field", "Rules", "Status", "Code", "Message", "Source");
  for (size_t i = 0; i < count; i++) {
    cmd_puts(out, "<tr id=\"");
    cmd_page_place(service, "-error-", i, out);
    cmd_puts(out, "\">");
    cmd_page_number_cell(i + 1, out);
    put_error_cells(service, i, true, out);
  }
  cmd_page_table_end(out);
}

static void put_answer(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  cmd_page_heading(targets, '2', "Answer, the body of such an error", out);
  CMD_PAGE_TABLE_BEGIN(BDC_STR("Answer"), out, "Member", "Content");
  for (size_t i = 0; i < count; i++) {
    bdc_answer_info answer = bdc_service_answer(service, i);
    cmd_page_tagged(out, "<tr><th scope=\"row\"><code>", answer.name, "</code></th>");
    cmd_page_cell(answer.content, out);
    cmd_puts(out, "</tr>\n");
  }
  cmd_page_table_end(out);
}

static void put_hosts(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  cmd_page_heading(targets, '2', "Hosts", out);
  CMD_PAGE_TABLE_BEGIN(BDC_STR("Hosts"), out, "Host", "Source");
  for (size_t i = 0; i < count; i++) {
    bdc_host_info host = bdc_service_host(service, i);
    cmd_page_tagged(out, "<tr><th scope=\"row\"><code>", host.pattern, "</code></th>");
    cmd_puts(out, "<td>");
    cmd_page_sources(service, host.source, true, out);
    cmd_puts(out, "</td></tr>\n");
  }
  cmd_page_table_end(out);
}

static void put_classes(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  cmd_page_heading(targets, '2', "Classes of characters", out);
  CMD_PAGE_TABLE_BEGIN(BDC_STR("Classes"), out, "Class", "Characters", "Given by");
  for (size_t i = 0; i < count; i++) {
    bdc_class_info class = bdc_service_class(service, i);
    cmd_page_tagged(out, "<tr><th scope=\"row\"><code>", class.name, "</code></th>");
    cmd_page_code_cell(class.expression, out);
    cmd_puts(out, class.defined ? "<td><code>--define</code></td></tr>\n" : "<td>the rule file</td></tr>\n");
  }
  cmd_page_table_end(out);
}

static void put_source_list(const cmd_targets *targets, const bdc_service *service, size_t count, cmd_output *out) {
  cmd_page_heading(targets, '2', "Sources", out);
  cmd_puts(out, "<dl class=\"facts\">\n");
  for (size_t i = 0; i < count; i++) {
    bdc_source_info source = bdc_service_source(service, i);
    cmd_puts(out, "<dt id=\"");
    cmd_page_place(service, "-source-", i, out);
    cmd_page_tagged(out, "\">@", source.tag, "</dt>");
    cmd_page_tagged(out, "<dd>", source.text, "</dd>\n");
  }
  cmd_puts(out, "</dl>\n");
}

static void put_service(const cmd_targets *targets, const bdc_service *service, cmd_output *out) {
  bdc_service_info info = bdc_service_describe(service);
  if (!cmd_targets_alone(targets)) {
    cmd_output name = CMD_MEMORY;
    cmd_service_name_put(service, &name);
    cmd_page_tagged(out, "<h2>What holds for all of ", cmd_output_text(&name), "</h2>\n");
    cmd_output_free(&name);
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
  cmd_puts(out, "<p>The catalogue of the service has ");
  cmd_put_number(out, info.code_count);
  cmd_puts(out, " codes.</p>\n");
}

/* ---- codes ---- */

static void put_catalogue(const cmd_code *code, cmd_output *out) {
  CMD_PAGE_TABLE_BEGIN(BDC_STR("Catalogue"), out, "Status", "Message", "Source");
  for (size_t i = 0; i < code->row_count; i++) {
    bdc_code_info row = bdc_service_code(code->service, code->rows[i]);
    cmd_puts(out, "<tr>");
    cmd_page_number_cell((uint64_t)row.status, out);
    cmd_page_cell(row.message, out);
    cmd_puts(out, "<td>");
    cmd_page_sources(code->service, row.source, false, out);
    cmd_puts(out, "</td></tr>\n");
  }
  cmd_page_table_end(out);
}

static void put_code_errors(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  cmd_page_heading(targets, '2', "Errors with this code", out);
  CMD_PAGE_TABLE_BEGIN(BDC_STR("Errors with this code"), out, "Where", "Field", "Rules", "Status", "Code", "Message", "Source");
  for (size_t i = 0; i < code->error_count; i++) {
    cmd_puts(out, "<tr>");
    put_error_cells(code->service, code->errors[i], false, out);
  }
  cmd_page_table_end(out);
}

static void put_hit(const cmd_code *code, const cmd_hit *hit, cmd_output *out) {
  const cmd_model *model = &code->models[hit->model];
  const cmd_section *section = &model->sections[hit->section];
  const cmd_model_line *line = &model->lines[hit->line];
  cmd_output text = CMD_MEMORY;
  cmd_section_name_put(section, ", ", &text);
  cmd_page_tagged(out, "<tr><td>", cmd_output_text(&text), "</td>");
  text.size = 0;
  cmd_model_line_path_put(model, section, hit->line, &text);
  cmd_page_tagged(out, line->label ? "<th scope=\"row\" class=\"soft\">" : "<th scope=\"row\"><code>", cmd_output_text(&text),
                  line->label ? "</th>" : "</code></th>");
  text.size = 0;
  cmd_rule_names_put(hit->rules, &text);
  cmd_page_cell(cmd_output_text(&text), out);
  text.size = 0;
  cmd_model_line_some_rules_put(line, hit->rules, &text);
  cmd_puts(out, "<td>");
  cmd_page_words(&text, out);
  cmd_puts(out, "</td></tr>\n");
  cmd_output_free(&text);
}

static void put_hits(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  for (size_t i = 0; i < code->hit_count;) {
    size_t model = code->hits[i].model;
    bdc_str name = code->models[model].info.full_name;
    cmd_output heading = CMD_MEMORY;
    cmd_puts(&heading, "Rules of ");
    cmd_put_text(&heading, name);
    cmd_page_made_heading(targets, '2', &heading, out);
    CMD_PAGE_TABLE_BEGIN(name, out, "Where", "Field", "Broken rule", "The rule");
    for (; i < code->hit_count && code->hits[i].model == model; i++) {
      put_hit(code, &code->hits[i], out);
    }
    cmd_page_table_end(out);
  }
}

static void put_code(const cmd_targets *targets, const cmd_code *code, cmd_output *out) {
  put_title(targets, &(cmd_target){ .service = code->service, .code = code->code }, out);
  cmd_page_tagged(out, "<p>", code->info.title, "</p>\n");
  if (code->row_count > 0) {
    put_catalogue(code, out);
  } else {
    cmd_puts(out, "<p>The catalogue does not list it.</p>\n");
  }
  if (code->error_count > 0) {
    put_code_errors(targets, code, out);
  }
  put_hits(targets, code, out);
  cmd_puts(out, code->hit_count == 0 ? "<p>Documented, no rule leads to it.</p>\n" : "");
}

/* ---- the page ---- */

static const char several[] = "Rules and documented errors";

static void put_list(const cmd_targets *targets, cmd_output *out) {
  cmd_puts(out, "<nav aria-label=\"On this page\">\n<ul>\n");
  for (size_t i = 0; i < targets->count; i++) {
    cmd_puts(out, "<li><a href=\"#item-");
    cmd_put_number(out, i + 1);
    cmd_puts(out, "\">");
    cmd_page_target(&targets->items[i], out);
    cmd_puts(out, "</a></li>\n");
  }
  cmd_puts(out, "</ul>\n</nav>\n");
}

static void begin(const cmd_targets *targets, cmd_output *out) {
  cmd_output title = CMD_MEMORY;
  if (cmd_targets_alone(targets)) {
    cmd_target_name_put(&targets->items[0], &title);
  } else {
    cmd_puts(&title, several);
  }
  cmd_put(&title, (bdc_str){ "", 1 });
  cmd_html_begin(out, title.data);
  cmd_page_tagged(out, "<h1>", cmd_str(title.data), "</h1>\n");
  cmd_output_free(&title);
  if (!cmd_targets_alone(targets)) {
    put_list(targets, out);
  }
}

const cmd_renderer cmd_renderer_html = {
  .between = "", .begin = begin, .operation = put_operation, .service = put_service, .code = put_code, .end = cmd_html_end
};
