/* SPDX-License-Identifier: MIT */
/* The table of one operation as the engine sees it. */
#include "commands.h"
#include "load.h"
#include "rows.h"
#include "text.h"

typedef struct settings {
  cmd_load load;
} settings;

static const settings defaults = { 0 };

static const cmd_option options[] = {
  CMD_OPTION_RULES(settings),
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_PROVIDER(settings),
  CMD_OPTION_HELP,
};

static void end_table(cmd_table *table, cmd_output *out, size_t indent) {
  cmd_table_print(table, out, indent);
  cmd_table_free(table);
}

static void add_pair(cmd_table *table, const char *name, bdc_str value) {
  cmd_table_add(table, cmd_str(name));
  cmd_table_add(table, value);
  cmd_table_end_row(table);
}

static void put_head(const bdc_operation_info *operation, const bdc_service_info *service, cmd_output *out) {
  cmd_table table = { 0 };
  add_pair(&table, "operation", operation->full_name);
  add_pair(&table, "method", operation->method);
  add_pair(&table, "path", operation->path);
  add_pair(&table, "service", service->title.size > 0 ? service->title : service->name);
  cmd_table_add(&table, BDC_STR("rules"));
  cmd_put_text(cmd_table_cell(&table), service->file);
  cmd_puts(cmd_table_cell(&table), ":");
  cmd_put_number(cmd_table_cell(&table), operation->line);
  cmd_table_end_cell(&table);
  cmd_table_end_row(&table);
  cmd_table_add(&table, BDC_STR("source"));
  cmd_source_put(operation->source, cmd_table_cell(&table));
  cmd_table_end_cell(&table);
  cmd_table_end_row(&table);
  end_table(&table, out, 0);
}

static void put_title(cmd_output *out, const char *title) {
  cmd_puts(out, "\n");
  cmd_puts(out, title);
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

/* "response 200,201  array of object app  items 1..5". A table of its own has no name and needs no type. */
static void put_section_title(const bdc_section_info *section, cmd_output *out) {
  if (section->in != BDC_IN_BODY) {
    put_title(out, bdc_place_name(section->in));
    cmd_puts(out, "\n");
    return;
  }
  put_title(out, section->status_count > 0 ? "response" : "request");
  for (size_t i = 0; i < section->status_count; i++) {
    cmd_puts(out, i == 0 ? " " : ",");
    cmd_put_number(out, (uint64_t)section->statuses[i]);
  }
  const bdc_object *object = cmd_row_object(section->body);
  if (!section->object || bdc_object_describe(section->object).name.size > 0) {
    cmd_puts(out, " ");
    cmd_put_text(out, bdc_row_describe(section->body).type);
  }
  cmd_puts(out, section->body_optional ? " optional" : "");
  cmd_rules_put(section->body, out);
  cmd_unknown_put(object ? bdc_object_describe(object).unknown : BDC_UNKNOWN_TABLE, out);
  cmd_puts(out, "\n");
}

static void put_section(const bdc_section_info *section, cmd_objects *shown, cmd_output *out) {
  put_section_title(section, out);
  const bdc_object *object = section->in == BDC_IN_BODY ? cmd_row_object(section->body) : section->object;
  if (!object) {
    return;
  }
  if (!cmd_objects_add(shown, object)) {
    cmd_puts(out, "  (rows above)\n");
    return;
  }
  cmd_table table = { 0 };
  cmd_rows_add(&table, object, shown, 0);
  cmd_puts(out, table.row_count == 0 ? "  (no rows)\n" : "");
  end_table(&table, out, 2);
}

static void put_errors(const bdc_service *service, size_t count, cmd_output *out) {
  put_title(out, "errors, the first that fits a broken rule\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < count; i++) {
    bdc_error_row_info row = bdc_service_error(service, i);
    cmd_table_add(&table, row.where);
    cmd_table_add(&table, row.field);
    cmd_table_add(&table, row.rules);
    cmd_put_number(cmd_table_cell(&table), (uint64_t)row.status);
    cmd_table_end_cell(&table);
    cmd_table_add(&table, row.code);
    cmd_table_add(&table, row.message);
    cmd_source_put(row.source, cmd_table_cell(&table));
    cmd_table_end_cell(&table);
    cmd_table_end_row(&table);
  }
  end_table(&table, out, 2);
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

static void explain(const bdc_operation *operation, cmd_output *out) {
  bdc_operation_info info = bdc_operation_describe(operation);
  bdc_service_info service = bdc_service_describe(info.service);
  put_head(&info, &service, out);
  put_sources(info.service, service.source_count, out);
  if (service.class_count > 0) {
    put_classes(info.service, service.class_count, out);
  }
  cmd_objects shown = { 0 };
  for (size_t i = 0; i < info.section_count; i++) {
    bdc_section_info section = bdc_operation_section(operation, i);
    put_section(&section, &shown, out);
  }
  cmd_objects_free(&shown);
  if (service.error_count > 0) {
    put_errors(info.service, service.error_count, out);
  }
  if (service.answer_count > 0) {
    put_answer(info.service, service.answer_count, out);
  }
  put_title(out, "codes  ");
  cmd_put_number(out, service.code_count);
  cmd_puts(out, " in the catalogue\n");
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  if (operands->count != 1) {
    cmd_error(out,
              operands->count == 0 ? "explain: no OPERATION is given; 'bodycheck list' shows them" : "explain: takes one OPERATION");
    return 2;
  }
  bdc_ruleset *ruleset = cmd_rules_load("explain", &s->load, out);
  const bdc_operation *operation = ruleset ? cmd_operation_find("explain", ruleset, operands->items[0], out) : NULL;
  if (operation) {
    explain(operation, out);
  }
  bdc_ruleset_free(ruleset);
  return operation ? 0 : 2;
}

const cmd_command cmd_command_explain = {
  .name = "explain",
  .operands = "OPERATION",
  .summary = "Shows the table of an operation as the engine sees it.",
  .details = "Exit status: 0, or 2 for wrong usage, rules that do not load, or output that cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
