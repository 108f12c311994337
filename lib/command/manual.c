/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "manual/pages.h"
#include "suggest.h"
#include "text.h"

#include <string.h>

typedef struct page {
  const char *name;
  void (*write)(cmd_output *out);
} page;

static const page pages[] = { { "bodycheck", cmd_manual_command }, { "bodycheck-rules", cmd_manual_rules } };
enum { PAGE_COUNT = sizeof(pages) / sizeof(pages[0]) };

static const page *find(const char *name) {
  for (size_t i = 0; i < PAGE_COUNT; i++) {
    if (strcmp(pages[i].name, name) == 0) {
      return &pages[i];
    }
  }
  return NULL;
}

static int refuse(cmd_output *out, const char *name) {
  cmd_suggestions near = { .wanted = cmd_str(name) };
  for (size_t i = 0; i < PAGE_COUNT; i++) {
    cmd_suggest(&near, cmd_str(pages[i].name));
  }
  cmd_output hint = CMD_MEMORY;
  cmd_suggestions_put(&near, "", &hint);
  cmd_error(out, "manual: there is no page '%s'%.*s", name, (int)hint.size, hint.data);
  cmd_output_free(&hint);
  return 2;
}

static int run(cmd_output *out, const void *settings, const cmd_list *operands) {
  (void)settings;
  if (operands->count > 1) {
    cmd_error(out, "manual: unexpected argument '%s'", operands->items[1]);
    return 2;
  }
  const page *wanted = operands->count > 0 ? find(operands->items[0]) : &pages[0];
  if (!wanted) {
    return refuse(out, operands->items[0]);
  }
  cmd_output text = CMD_MEMORY;
  wanted->write(&text);
  cmd_put(out, cmd_output_text(&text));
  cmd_output_free(&text);
  return 0;
}

static const cmd_option options[] = { { .name = "help", .letter = 'h', .kind = CMD_HELP, .help = "show this help" } };

const cmd_command cmd_command_manual = {
  .name = "manual",
  .operands = "[PAGE]",
  .summary = "Prints a page of the manual, for man to show.\n"
             "PAGE is bodycheck, which is this command (the default), or bodycheck-rules, the language of rule files. The page is\n"
             "written in the macros of man(7): bodycheck manual bodycheck-rules | man -l -",
  .details = "Exit status: 0, or 2 for wrong usage, or output that cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = "",
  .settings_size = 1,
  .run = run,
};
