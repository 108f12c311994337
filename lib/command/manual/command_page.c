/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "manual/man.h"
#include "manual/pages.h"
#include "manual/words.h"
#include "text.h"

static void put_synopsis(cmd_output *out, const cmd_command *command) {
  cmd_puts(out, "\\fBbodycheck ");
  cmd_puts(out, command->name);
  cmd_puts(out, "\\fR [\\fIOPTION\\fR]...");
  if (command->operands[0]) {
    cmd_puts(out, " ");
    cmd_man_literal(out, cmd_str(command->operands));
  }
}

static void put_synopses(cmd_output *out) {
  cmd_man_heading(out, BDC_STR("Synopsis"));
  for (size_t i = 0; i < cmd_command_count; i++) {
    put_synopsis(out, cmd_commands[i]);
    cmd_man_macro(out, ".br");
  }
  cmd_puts(out, "\\fBbodycheck\\fR [\\fICOMMAND\\fR] \\fB\\-\\-help\\fR\n.br\n\\fBbodycheck \\-\\-version\\fR\n");
}

static void put_option(cmd_output *out, const cmd_option *option) {
  cmd_man_macro(out, ".TP");
  if (option->letter) {
    char letter[] = { '-', option->letter };
    cmd_puts(out, "\\fB");
    cmd_man_text(out, (bdc_str){ letter, sizeof(letter) });
    cmd_puts(out, "\\fR, ");
  }
  cmd_puts(out, "\\fB\\-\\-");
  cmd_man_text(out, cmd_str(option->name));
  cmd_puts(out, "\\fR");
  if (option->argument) {
    cmd_puts(out, " ");
    cmd_man_literal(out, cmd_str(option->argument));
  }
  cmd_puts(out, "\n");
  cmd_man_text(out, cmd_str(option->help));
}

static void put_command(cmd_output *out, const cmd_command *command) {
  cmd_output title = CMD_MEMORY;
  cmd_puts(&title, "bodycheck ");
  cmd_puts(&title, command->name);
  cmd_man_subheading(out, cmd_output_text(&title));
  cmd_output_free(&title);
  cmd_man_help(out, command->summary);
  for (size_t i = 0; i < command->option_count; i++) {
    put_option(out, &command->options[i]);
  }
  cmd_man_help(out, command->details);
}

static void put_section(cmd_output *out, bdc_str title, const char *text) {
  cmd_man_heading(out, title);
  cmd_man_help(out, text);
}

void cmd_manual_command(cmd_output *out) {
  cmd_man_title(out, "bodycheck", "1");
  cmd_man_heading(out, BDC_STR("Name"));
  cmd_puts(out, "bodycheck \\- check HTTP API messages against tables of documented rules\n");
  put_synopses(out);
  put_section(out, BDC_STR("Description"), cmd_words_description);
  cmd_man_heading(out, BDC_STR("Commands"));
  for (size_t i = 0; i < cmd_command_count; i++) {
    put_command(out, cmd_commands[i]);
  }
  put_section(out, BDC_STR("Exit status"), cmd_words_exit_status);
  put_section(out, BDC_STR("Environment"), cmd_words_environment);
  put_section(out, BDC_STR("Files"), cmd_words_files);
  put_section(out, BDC_STR("Examples"), cmd_words_examples);
  cmd_man_heading(out, BDC_STR("See also"));
  cmd_puts(out, ".BR bodycheck\\-rules (5),\n.BR pcre2pattern (3)\n");
}
