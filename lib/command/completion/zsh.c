/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "completion/candidates.h"
#include "completion/scripts.h"

#include <string.h>

static const char head[] = "#compdef bodycheck\n"
                           "# Completions of bodycheck for zsh, written by 'bodycheck completion zsh'.\n"
                           "\n"
                           "# Full names, and where something is typed already also their ends.\n"
                           "_bodycheck_operations() {\n"
                           "  local name i\n"
                           "  local -a names rules expl\n"
                           "  for ((i = 2; i < CURRENT; i++)); do\n"
                           "    case $words[i] in\n"
                           "      --rules) rules+=(--rules \"${(Q)words[i + 1]}\") ;;\n"
                           "      --rules=*) rules+=(\"${(Q)words[i]}\") ;;\n"
                           "    esac\n"
                           "  done\n"
                           "  for name in ${(f)\"$(bodycheck list --format names $rules 2>/dev/null)\"}; do\n"
                           "    names+=($name)\n"
                           "    while [[ -n $PREFIX && $name == *.* ]]; do\n"
                           "      name=${name#*.}\n"
                           "      names+=($name)\n"
                           "    done\n"
                           "  done\n"
                           "  _wanted operations expl operation compadd -a names\n"
                           "}\n"
                           "\n"
                           "_bodycheck() {\n"
                           "  local context state state_descr line\n"
                           "  local -a commands\n"
                           "  typeset -A opt_args\n"
                           "  commands=(\n";

static const char dispatch[] = "  )\n"
                               "  _arguments -C '(- *)'{-h,--help}'[show this help]' '(- *)'{-V,--version}'[show the version]' \\\n"
                               "    '1:command:->command' '*::argument:->argument' && return\n"
                               "  if [[ $state == command ]]; then\n"
                               "    _describe -t commands command commands\n"
                               "    return\n"
                               "  fi\n"
                               "  case $words[1] in\n";

/* It is found through $fpath and run at once, or it is sourced. */
static const char end[] = "  esac\n"
                          "}\n"
                          "\n"
                          "if [[ $funcstack[1] == _bodycheck ]]; then\n"
                          "  _bodycheck \"$@\"\n"
                          "else\n"
                          "  compdef _bodycheck bodycheck\n"
                          "fi\n";

/* Text between single quotes, where _arguments or _describe take the characters of `special` for their own. */
static void put_quoted(const char *special, bdc_str text, cmd_output *out) {
  for (size_t i = 0; i < text.size; i++) {
    bool quote = text.data[i] == '\'';
    cmd_puts(out, quote ? "'\\'" : strchr(special, text.data[i]) ? "\\" : "");
    cmd_put(out, (bdc_str){ text.data + i, 1 });
  }
}

static void put_description(const char *special, const char *text, cmd_output *out) {
  cmd_output description = CMD_MEMORY;
  cmd_description_put(text, &description);
  put_quoted(special, cmd_output_text(&description), out);
  cmd_output_free(&description);
}

static void put_commands(cmd_output *out) {
  for (size_t i = 0; i < cmd_command_count; i++) {
    cmd_puts(out, "    '");
    cmd_puts(out, cmd_commands[i]->name);
    cmd_puts(out, ":");
    put_description("\\:", cmd_commands[i]->summary, out);
    cmd_puts(out, "'\n");
  }
}

/* "(-f --format)" before an option keeps it from being offered twice; "*" lets it. Help stands alone. */
static void put_exclusions(const cmd_option *option, cmd_output *out) {
  if (option->kind == CMD_LIST) {
    cmd_puts(out, "'*'");
    return;
  }
  char letter[] = { '-', option->letter, ' ', '\0' };
  cmd_puts(out, "'(");
  cmd_puts(out, option->kind == CMD_HELP ? "- *" : option->letter ? letter : "");
  cmd_puts(out, option->kind == CMD_HELP ? "" : "--");
  cmd_puts(out, option->kind == CMD_HELP ? "" : option->name);
  cmd_puts(out, ")'");
}

/* "{-f+,--format=}": the value may follow at once or as the next word. */
static void put_names(const cmd_option *option, cmd_output *out) {
  bool value = cmd_option_takes_value(option);
  char letter[] = { '{', '-', option->letter, '\0' };
  cmd_puts(out, option->letter ? letter : "");
  cmd_puts(out, !option->letter ? "" : value ? "+," : ",");
  cmd_puts(out, "--");
  cmd_puts(out, option->name);
  cmd_puts(out, value ? "=" : "");
  cmd_puts(out, option->letter ? "}" : "");
}

static void put_action(cmd_candidates candidates, cmd_output *out) {
  static const char *const actions[] = { [CMD_CANDIDATES_NONE] = ": ",
                                         [CMD_CANDIDATES_FILES] = ":_files",
                                         [CMD_CANDIDATES_OPERATIONS] = ":_bodycheck_operations",
                                         [CMD_CANDIDATES_WORDS] = ":(" };
  cmd_puts(out, actions[candidates]);
}

static void put_option(const cmd_option *option, cmd_output *out) {
  cmd_puts(out, " \\\n        ");
  put_exclusions(option, out);
  put_names(option, out);
  cmd_puts(out, "'[");
  put_description("\\[]:", option->help, out);
  cmd_puts(out, "]");
  if (cmd_option_takes_value(option)) {
    cmd_candidates candidates = cmd_option_candidates(option);
    cmd_puts(out, ":");
    put_quoted("\\:", (bdc_str){ option->argument, strlen(option->argument) }, out);
    put_action(candidates, out);
    if (candidates == CMD_CANDIDATES_WORDS) {
      cmd_option_words_put(option, out);
      cmd_puts(out, ")");
    }
  }
  cmd_puts(out, "'");
}

static void put_operands(const cmd_command *command, cmd_output *out) {
  cmd_candidates candidates = cmd_operand_candidates(command);
  if (candidates == CMD_CANDIDATES_NONE) {
    return;
  }
  cmd_puts(out, candidates == CMD_CANDIDATES_WORDS ? " \\\n        '1:" : " \\\n        '*:");
  put_quoted("\\:", (bdc_str){ command->operands, strlen(command->operands) }, out);
  put_action(candidates, out);
  if (candidates == CMD_CANDIDATES_WORDS) {
    cmd_operand_words_put(command, out);
    cmd_puts(out, ")");
  }
  cmd_puts(out, "'");
}

void cmd_completion_zsh(cmd_output *out) {
  cmd_puts(out, head);
  put_commands(out);
  cmd_puts(out, dispatch);
  for (size_t i = 0; i < cmd_command_count; i++) {
    cmd_puts(out, "    ");
    cmd_puts(out, cmd_commands[i]->name);
    cmd_puts(out, ")\n      _arguments -s -S");
    for (size_t j = 0; j < cmd_commands[i]->option_count; j++) {
      put_option(&cmd_commands[i]->options[j], out);
    }
    put_operands(cmd_commands[i], out);
    cmd_puts(out, "\n      ;;\n");
  }
  cmd_puts(out, end);
}
