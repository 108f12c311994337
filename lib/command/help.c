/* SPDX-License-Identifier: MIT */
#include "options.h"
#include "table.h"

#include <string.h>

static void put_names(cmd_table *table, const cmd_option *option) {
  char letter[] = { '-', option->letter, ',', ' ', '\0' };
  cmd_puts(cmd_table_cell(table), option->letter ? letter : "    ");
  cmd_puts(cmd_table_cell(table), "--");
  cmd_puts(cmd_table_cell(table), option->name);
  if (option->argument) {
    cmd_puts(cmd_table_cell(table), " ");
    cmd_puts(cmd_table_cell(table), option->argument);
  }
  cmd_table_end_cell(table);
}

/* The first line stands beside the names, the others below it. */
static void put_help(cmd_table *table, const char *help) {
  for (const char *end = strchr(help, '\n'); end; end = strchr(help, '\n')) {
    cmd_put(cmd_table_cell(table), (bdc_str){ help, (size_t)(end - help) });
    cmd_table_end_cell(table);
    cmd_table_end_row(table);
    cmd_table_end_cell(table);
    help = end + 1;
  }
  cmd_puts(cmd_table_cell(table), help);
  cmd_table_end_cell(table);
  cmd_table_end_row(table);
}

void cmd_options_help(const cmd_command *command, cmd_output *out) {
  cmd_puts(out, "Usage: bodycheck ");
  cmd_puts(out, command->name);
  cmd_puts(out, " [OPTION]...");
  if (command->operands[0]) {
    cmd_puts(out, " ");
    cmd_puts(out, command->operands);
  }
  cmd_puts(out, "\n\n");
  cmd_puts(out, command->summary);
  cmd_puts(out, "\n\nOptions:\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < command->option_count; i++) {
    put_names(&table, &command->options[i]);
    put_help(&table, command->options[i].help);
  }
  cmd_table_print(&table, out, 2);
  cmd_table_free(&table);
  if (command->details[0]) {
    cmd_puts(out, "\n");
    cmd_puts(out, command->details);
  }
}
