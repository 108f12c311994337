/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "completion/candidates.h"
#include "completion/scripts.h"

/* Fish finds the end of a name as well as its beginning: it needs full names only. */
static const char head[] = "# Completions of bodycheck for fish, written by 'bodycheck completion fish'.\n"
                           "\n"
                           "function __bodycheck_command\n"
                           "  set -l words (commandline -opc)\n"
                           "  test (count $words) -gt 1; and test $words[2] = $argv[1]\n"
                           "end\n"
                           "\n"
                           "function __bodycheck_no_command\n"
                           "  test (count (commandline -opc)) -eq 1\n"
                           "end\n"
                           "\n"
                           "function __bodycheck_operations\n"
                           "  set -l words (commandline -opc)\n"
                           "  set -l rules\n"
                           "  for i in (seq (count $words))\n"
                           "    switch $words[$i]\n"
                           "      case --rules\n"
                           "        set -a rules --rules $words[(math $i + 1)]\n"
                           "      case '--rules=*'\n"
                           "        set -a rules $words[$i]\n"
                           "    end\n"
                           "  end\n"
                           "  bodycheck list --format names $rules 2>/dev/null\n"
                           "end\n"
                           "\n"
                           "complete -c bodycheck -f\n"
                           "complete -c bodycheck -n __bodycheck_no_command -s h -l help -d 'show this help'\n"
                           "complete -c bodycheck -n __bodycheck_no_command -s V -l version -d 'show the version'\n";

/* Between single quotes. */
static void put_description(const char *text, cmd_output *out) {
  cmd_output description = CMD_MEMORY;
  cmd_description_put(text, &description);
  cmd_puts(out, " -d '");
  for (size_t i = 0; i < description.size; i++) {
    char c = description.data[i];
    cmd_puts(out, c == '\'' || c == '\\' ? "\\" : "");
    cmd_put(out, (bdc_str){ &c, 1 });
  }
  cmd_puts(out, "'\n");
  cmd_output_free(&description);
}

static void begin_line(const cmd_command *command, cmd_output *out) {
  cmd_puts(out, "complete -c bodycheck -n '__bodycheck_command ");
  cmd_puts(out, command->name);
  cmd_puts(out, "'");
}

/* -x: a value, but no file; -r -F: a value that is one. */
static void put_value(const cmd_option *option, cmd_output *out) {
  switch (cmd_option_candidates(option)) {
  case CMD_CANDIDATES_NONE:
    cmd_puts(out, " -x");
    break;
  case CMD_CANDIDATES_FILES:
    cmd_puts(out, " -r -F");
    break;
  case CMD_CANDIDATES_OPERATIONS:
    cmd_puts(out, " -x -a '(__bodycheck_operations)'");
    break;
  case CMD_CANDIDATES_WORDS:
    cmd_puts(out, " -x -a '");
    cmd_option_words_put(option, out);
    cmd_puts(out, "'");
    break;
  }
}

static void put_option(const cmd_command *command, const cmd_option *option, cmd_output *out) {
  char letter[] = { ' ', '-', 's', ' ', option->letter, '\0' };
  begin_line(command, out);
  cmd_puts(out, option->letter ? letter : "");
  cmd_puts(out, " -l ");
  cmd_puts(out, option->name);
  if (cmd_option_takes_value(option)) {
    put_value(option, out);
  }
  put_description(option->help, out);
}

static void put_operands(const cmd_command *command, cmd_output *out) {
  cmd_candidates candidates = cmd_operand_candidates(command);
  if (candidates == CMD_CANDIDATES_NONE) {
    return;
  }
  begin_line(command, out);
  if (candidates == CMD_CANDIDATES_FILES) {
    cmd_puts(out, " -F\n");
  } else if (candidates == CMD_CANDIDATES_OPERATIONS) {
    cmd_puts(out, " -a '(__bodycheck_operations)'\n");
  } else {
    cmd_puts(out, " -a '");
    cmd_operand_words_put(command, out);
    cmd_puts(out, "'\n");
  }
}

static void put_command(const cmd_command *command, cmd_output *out) {
  cmd_puts(out, "\ncomplete -c bodycheck -n __bodycheck_no_command -a ");
  cmd_puts(out, command->name);
  put_description(command->summary, out);
  for (size_t i = 0; i < command->option_count; i++) {
    put_option(command, &command->options[i], out);
  }
  put_operands(command, out);
}

void cmd_completion_fish(cmd_output *out) {
  cmd_puts(out, head);
  for (size_t i = 0; i < cmd_command_count; i++) {
    put_command(cmd_commands[i], out);
  }
}
