/* SPDX-License-Identifier: MIT */
#include "commands.h"
#include "completion/scripts.h"

#include <string.h>

typedef struct shell {
  const char *name;
  void (*write)(cmd_output *out);
} shell;

static const shell shells[] = { { "bash", cmd_completion_bash }, { "zsh", cmd_completion_zsh }, { "fish", cmd_completion_fish } };
enum { SHELL_COUNT = sizeof(shells) / sizeof(shells[0]) };

static int run(cmd_output *out, const void *settings, const cmd_list *operands) {
  (void)settings;
  if (operands->count != 1) {
    cmd_error(out, operands->count == 0 ? "completion: no shell is given; expected bash, zsh or fish" : "completion: takes one shell");
    return 2;
  }
  for (size_t i = 0; i < SHELL_COUNT; i++) {
    if (strcmp(shells[i].name, operands->items[0]) == 0) {
      shells[i].write(out);
      return 0;
    }
  }
  cmd_error(out, "completion: expected bash, zsh or fish, not '%s'", operands->items[0]);
  return 2;
}

static const cmd_option options[] = { { .name = "help", .letter = 'h', .kind = CMD_HELP, .help = "show this help" } };

const cmd_command cmd_command_completion = {
  .name = "completion",
  .operands = "bash|zsh|fish",
  .summary = "Prints a script that completes command lines in a shell.\n"
             "To have it in every session of a shell, where it is not installed with the program:\n"
             "  bash  add to ~/.bashrc: source <(bodycheck completion bash)\n"
             "  zsh   add to ~/.zshrc, behind compinit: source <(bodycheck completion zsh)\n"
             "  fish  bodycheck completion fish >~/.config/fish/completions/bodycheck.fish",
  .details = "Exit status: 0, or 2 for wrong usage, or output that cannot be written.\n",
  .options = options,
  .option_count = sizeof(options) / sizeof(options[0]),
  .defaults = "",
  .settings_size = 1,
  .run = run,
};
