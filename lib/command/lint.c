/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "load.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

typedef struct settings {
  cmd_load load; /* only the defines */
} settings;

static const settings defaults = { 0 };

static const cmd_option options[] = {
  CMD_OPTION_DEFINE(settings),
  CMD_OPTION_HELP,
};

static bool can_be_read(const char *path) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
  if (fd < 0) {
    return false;
  }
  close(fd);
  return true;
}

/* Each file alone, without the built-in tables: its mistakes are the same wherever it is loaded. */
static bool lint(const cmd_load *load, const char *path, cmd_output *out) {
  if (!can_be_read(path)) {
    cmd_error(out, "%s: %s", path, strerror(errno));
    return false;
  }
  cmd_output mistakes = CMD_MEMORY;
  bdc_ruleset *ruleset = NULL;
  bdc_status status = cmd_rules_parse(load, path, &mistakes, &ruleset);
  cmd_put(out, cmd_output_text(&mistakes));
  if (status != BDC_OK && mistakes.size == 0) {
    cmd_error(out, "%s: %s", path, bdc_status_text(status));
  }
  cmd_output_free(&mistakes);
  bdc_ruleset_free(ruleset);
  return status == BDC_OK;
}

static int run(cmd_output *out, const void *given, const cmd_list *operands) {
  const settings *s = given;
  if (operands->count == 0) {
    cmd_error(out, "lint: no FILE is given");
    return 2;
  }
  if (!cmd_defines_check("lint", &s->load.defines, out)) {
    return 2;
  }
  int status = 0;
  for (size_t i = 0; i < operands->count; i++) {
    status = lint(&s->load, operands->items[i], out) ? status : 2;
  }
  return status;
}

const cmd_command cmd_command_lint = {
  .name = "lint",
  .operands = "FILE...",
  .summary = "Shows every mistake in rule files.\n"
             "Each is a line file:line:column: error: message. FILE may be a folder: all *.rules below it. A file is judged alone,\n"
             "without the built-in tables.",
  .details = "Exit status: 0 where there is no mistake; 2 where there is one, or a file cannot be read.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = &defaults,
  .settings_size = sizeof(settings),
  .run = run,
};
