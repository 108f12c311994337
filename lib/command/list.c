/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "load.h"
#include "table.h"

#include <bodycheck/table.h>

typedef struct settings {
  cmd_load load;
  size_t format;
} settings;

static const char *const format_names[] = { "text", "jsonl", "names", NULL };
enum { FORMAT_TEXT, FORMAT_JSONL, FORMAT_NAMES };

static const settings defaults = { 0 };

/* clang-format off */
static const cmd_option options[] = {
  { .name = "format", .letter = 'f', .kind = CMD_CHOICE, .argument = "FORMAT", .offset = offsetof(settings, format),
    .choices = format_names, .help = "text, jsonl, or names, the full names alone (default: text)" },
  CMD_OPTION_RULES(settings),
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_HELP,
};
/* clang-format on */

static void put_text(const bdc_ruleset *ruleset, cmd_output *out) {
  cmd_table table = { 0 };
  size_t count = bdc_operation_count(ruleset);
  for (size_t i = 0; i < count; i++) {
    bdc_operation_info info = bdc_operation_describe(bdc_operation_at(ruleset, i));
    cmd_table_add(&table, info.full_name);
    cmd_table_add(&table, info.method);
    cmd_table_add(&table, info.path);
    cmd_table_end_row(&table);
  }
  cmd_table_print(&table, out, 0);
  cmd_table_free(&table);
}

static void put_member(cmd_output *out, const char *name, bdc_str value) {
  cmd_puts(out, name);
  cmd_put_json(out, value);
}

static void put_jsonl(const bdc_ruleset *ruleset, cmd_output *out) {
  size_t count = bdc_operation_count(ruleset);
  for (size_t i = 0; i < count; i++) {
    bdc_operation_info info = bdc_operation_describe(bdc_operation_at(ruleset, i));
    bdc_service_info service = bdc_service_describe(info.service);
    put_member(out, "{\"version\":1,\"operation\":", info.full_name);
    put_member(out, ",\"provider\":", service.provider);
    put_member(out, ",\"service\":", service.name);
    put_member(out, ",\"name\":", info.name);
    put_member(out, ",\"method\":", info.method);
    put_member(out, ",\"path\":", info.path);
    cmd_puts(out, "}\n");
  }
}

static void put_names(const bdc_ruleset *ruleset, cmd_output *out) {
  size_t count = bdc_operation_count(ruleset);
  for (size_t i = 0; i < count; i++) {
    cmd_put(out, bdc_operation_describe(bdc_operation_at(ruleset, i)).full_name);
    cmd_puts(out, "\n");
  }
}

typedef void put_operations(const bdc_ruleset *ruleset, cmd_output *out);
static put_operations *const put[] = { [FORMAT_TEXT] = put_text, [FORMAT_JSONL] = put_jsonl, [FORMAT_NAMES] = put_names };

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  if (operands->count > 0) {
    cmd_error(out, "list: unexpected argument '%s'", operands->items[0]);
    return 2;
  }
  bdc_ruleset *ruleset = cmd_rules_load("list", &s->load, out);
  if (!ruleset) {
    return 2;
  }
  put[s->format](ruleset, out);
  bdc_ruleset_free(ruleset);
  return 0;
}

const cmd_command cmd_command_list = {
  .name = "list",
  .operands = "",
  .summary = "Lists the operations: full name, method, path.",
  .details = "Exit status: 0, or 2 for wrong usage, rules that do not load, or output that cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
