/* SPDX-License-Identifier: MIT */
/* The `bodycheck` program. */
#include "commands.h"
#include "descriptor.h"
#include "memory.h"
#include "suggest.h"
#include "table.h"
#include "text.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int help(cmd_output *out) {
  cmd_puts(out, "Usage: bodycheck COMMAND [OPTION]... [ARGUMENT]...\n\n"
                "Checks HTTP API messages against tables of documented rules and names the error that the API documents.\n\n"
                "Commands:\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < cmd_command_count; i++) {
    cmd_puts(cmd_table_cell(&table), cmd_commands[i]->name);
    cmd_puts(cmd_table_cell(&table), cmd_commands[i]->operands[0] ? " " : "");
    cmd_puts(cmd_table_cell(&table), cmd_commands[i]->operands);
    cmd_table_end_cell(&table);
    const char *end = strchr(cmd_commands[i]->summary, '.');
    cmd_put(cmd_table_cell(&table), (bdc_str){ cmd_commands[i]->summary, (size_t)(end - cmd_commands[i]->summary) });
    cmd_table_end_cell(&table);
    cmd_table_end_row(&table);
  }
  cmd_table_print(&table, out, 2);
  cmd_table_free(&table);
  cmd_puts(out, "\nOptions:\n"
                "  -h, --help     show this help; 'bodycheck COMMAND --help' shows that of a command\n"
                "  -V, --version  show the version\n");
  return 0;
}

static int version(cmd_output *out) {
  cmd_puts(out, "bodycheck ");
  cmd_puts(out, bdc_version());
  cmd_puts(out, "\n");
  return 0;
}

static int refuse_command(cmd_output *out, const char *name) {
  cmd_suggestions near = { .wanted = cmd_str(name) };
  for (size_t i = 0; i < cmd_command_count; i++) {
    cmd_suggest(&near, cmd_str(cmd_commands[i]->name));
  }
  cmd_output hint = CMD_MEMORY;
  cmd_suggestions_put(&near, "", &hint);
  cmd_puts(&hint, near.count == 0 ? "; see 'bodycheck --help'" : "");
  cmd_error(out, "unknown %s '%s'%.*s", name[0] == '-' ? "option" : "command", name, (int)hint.size, hint.data);
  cmd_output_free(&hint);
  return 2;
}

static int run(const cmd_command *command, cmd_output *out, const char *const *arguments, size_t count) {
  void *settings = cmd_resize(NULL, command->settings_size, 1);
  memcpy(settings, command->defaults, command->settings_size);
  cmd_list operands = { 0 };
  int status = 2;
  switch (cmd_options_parse(command, out, arguments, count, settings, &operands)) {
  case CMD_PARSED:
    status = command->run(out, settings, &operands);
    break;
  case CMD_PARSED_HELP:
    cmd_options_help(command, out);
    status = 0;
    break;
  case CMD_PARSE_FAILED:
    break;
  }
  cmd_options_free(command, settings);
  free(operands.items);
  free(settings);
  return status;
}

static int dispatch(cmd_output *out, const char *const *arguments, size_t count) {
  if (count == 0) {
    cmd_error(out, "no command is given; see 'bodycheck --help'");
    return 2;
  }
  if (strcmp(arguments[0], "--help") == 0 || strcmp(arguments[0], "-h") == 0) {
    return help(out);
  }
  if (strcmp(arguments[0], "--version") == 0 || strcmp(arguments[0], "-V") == 0) {
    return version(out);
  }
  for (size_t i = 0; i < cmd_command_count; i++) {
    if (strcmp(arguments[0], cmd_commands[i]->name) == 0) {
      return run(cmd_commands[i], out, arguments + 1, count - 1);
    }
  }
  return refuse_command(out, arguments[0]);
}

int main(int argc, char **argv) {
  cmd_reserve_standard();
  /* A pipe that nobody reads any more is a write error as others are: it is told, and the exit status is 2. */
  signal(SIGPIPE, SIG_IGN);
  cmd_output out;
  cmd_output_open(&out, STDOUT_FILENO);
  int status = dispatch(&out, (const char *const *)argv + 1, argc > 0 ? (size_t)argc - 1 : 0);
  if (!cmd_flush(&out)) {
    cmd_error(&out, "standard output: %s", strerror(out.error));
    status = 2;
  }
  cmd_output_free(&out);
  return status;
}
