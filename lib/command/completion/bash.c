/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "completion/candidates.h"
#include "completion/scripts.h"

/*
 * Bash hands over words that are split at "=", too. The package bash-completion, which would help with that, is not everywhere; nor is
 * bash 4 with its mapfile.
 */
static const char head[] = "# Completions of bodycheck for bash, written by 'bodycheck completion bash'.\n"
                           "\n"
                           "_bodycheck_words() {\n"
                           "  local word\n"
                           "  for word in $2; do\n"
                           "    [[ $word != \"$1\"* ]] || COMPREPLY+=(\"$word\")\n"
                           "  done\n"
                           "}\n"
                           "\n"
                           "_bodycheck_files() {\n"
                           "  local name\n"
                           "  compopt -o filenames 2>/dev/null\n"
                           "  while IFS= read -r name; do\n"
                           "    COMPREPLY+=(\"$name\")\n"
                           "  done < <(compgen -f -- \"$1\")\n"
                           "}\n"
                           "\n"
                           "# Full names, and where something is typed already also their ends.\n"
                           "_bodycheck_operations() {\n"
                           "  local name word before='' rules=()\n"
                           "  for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                           "    [[ $word != = ]] || continue\n"
                           "    [[ $before != --rules ]] || rules+=(--rules \"$word\")\n"
                           "    before=$word\n"
                           "  done\n"
                           "  while IFS= read -r name; do\n"
                           "    _bodycheck_words \"$1\" \"$name\"\n"
                           "    while [[ $1 && $name == *.* ]]; do\n"
                           "      name=${name#*.}\n"
                           "      _bodycheck_words \"$1\" \"$name\"\n"
                           "    done\n"
                           "  done < <(bodycheck list --format names ${rules[@]+\"${rules[@]}\"} 2>/dev/null)\n"
                           "}\n"
                           "\n";

static const char begin[] = "_bodycheck() {\n"
                            "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]} i options=yes\n"
                            "  COMPREPLY=()\n"
                            "  if [[ $word == = ]]; then\n"
                            "    word=\n"
                            "  elif [[ $before == = ]]; then\n"
                            "    before=${COMP_WORDS[COMP_CWORD - 2]}\n"
                            "  fi\n"
                            "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
                            "    [[ ${COMP_WORDS[i]} != -- ]] || options='' before=''\n"
                            "  done\n";

static const char end[] = "}\n"
                          "complete -F _bodycheck bodycheck\n";

static void put_options(const cmd_command *command, cmd_output *out) {
  for (size_t i = 0; i < command->option_count; i++) {
    const cmd_option *option = &command->options[i];
    char letter[] = { ' ', '-', option->letter, '\0' };
    cmd_puts(out, i > 0 ? " --" : "--");
    cmd_puts(out, option->name);
    cmd_puts(out, option->letter ? letter : "");
  }
}

static void put_global(cmd_output *out) {
  cmd_puts(out, "  if ((COMP_CWORD == 1)); then\n    _bodycheck_words \"$word\" '");
  for (size_t i = 0; i < cmd_command_count; i++) {
    cmd_puts(out, cmd_commands[i]->name);
    cmd_puts(out, " ");
  }
  cmd_puts(out, "--help --version'\n    return\n  fi\n");
}

static void put_value(const cmd_option *option, cmd_output *out) {
  char letter[] = { '|', '-', option->letter, '\0' };
  cmd_puts(out, "        --");
  cmd_puts(out, option->name);
  cmd_puts(out, option->letter ? letter : "");
  switch (cmd_option_candidates(option)) {
  case CMD_CANDIDATES_NONE:
    cmd_puts(out, ") ");
    break;
  case CMD_CANDIDATES_FILES:
    cmd_puts(out, ") _bodycheck_files \"$word\" ");
    break;
  case CMD_CANDIDATES_OPERATIONS:
    cmd_puts(out, ") _bodycheck_operations \"$word\" ");
    break;
  case CMD_CANDIDATES_WORDS:
    cmd_puts(out, ") _bodycheck_words \"$word\" '");
    cmd_option_words_put(option, out);
    cmd_puts(out, "' ");
    break;
  }
  cmd_puts(out, ";;\n");
}

static void put_operands(const cmd_command *command, cmd_output *out) {
  switch (cmd_operand_candidates(command)) {
  case CMD_CANDIDATES_NONE:
    cmd_puts(out, "            :\n");
    break;
  case CMD_CANDIDATES_FILES:
    cmd_puts(out, "            _bodycheck_files \"$word\"\n");
    break;
  case CMD_CANDIDATES_OPERATIONS:
    cmd_puts(out, "            _bodycheck_operations \"$word\"\n");
    break;
  case CMD_CANDIDATES_WORDS:
    cmd_puts(out, "            _bodycheck_words \"$word\" '");
    cmd_operand_words_put(command, out);
    cmd_puts(out, "'\n");
    break;
  }
}

static void put_command(const cmd_command *command, cmd_output *out) {
  cmd_puts(out, "    ");
  cmd_puts(out, command->name);
  cmd_puts(out, ")\n      case $before in\n");
  for (size_t i = 0; i < command->option_count; i++) {
    if (cmd_option_takes_value(&command->options[i])) {
      put_value(&command->options[i], out);
    }
  }
  cmd_puts(out, "        *)\n          if [[ $options && $word == -* ]]; then\n            _bodycheck_words \"$word\" '");
  put_options(command, out);
  cmd_puts(out, "'\n          else\n");
  put_operands(command, out);
  cmd_puts(out, "          fi\n          ;;\n      esac\n      ;;\n");
}

void cmd_completion_bash(cmd_output *out) {
  cmd_puts(out, head);
  cmd_puts(out, begin);
  put_global(out);
  cmd_puts(out, "  case ${COMP_WORDS[1]} in\n");
  for (size_t i = 0; i < cmd_command_count; i++) {
    put_command(cmd_commands[i], out);
  }
  cmd_puts(out, "  esac\n");
  cmd_puts(out, end);
}
