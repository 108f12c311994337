/* SPDX-License-Identifier: MIT */
/* What the commands have in common: the rules they work on, and the operation among them. */
#ifndef BDC_COMMAND_LOAD_H
#define BDC_COMMAND_LOAD_H

#include "options.h"

#define CMD_DEFAULT_PROVIDER "huaweicloud"

typedef struct cmd_load {
  cmd_list rules;
  cmd_list defines;
  const char *provider; /* NULL: the default one */
} cmd_load;

/* Rows of a table of options, for settings with a member `load`. */
#define CMD_OPTION_RULES(settings)                                                                                                     \
  {                                                                                                                                    \
    .name = "rules", .kind = CMD_LIST, .argument = "PATH", .offset = offsetof(settings, load.rules),                                   \
    .help = "also load this rule file, or all *.rules below this folder;\n"                                                            \
            "a loaded service replaces the built-in one of the same name (may be repeated)"                                            \
  }
#define CMD_OPTION_DEFINE(settings)                                                                                                    \
  {                                                                                                                                    \
    .name = "define", .kind = CMD_LIST, .argument = "NAME=VALUE", .offset = offsetof(settings, load.defines),                          \
    .help = "give a named character class another meaning, as in letter='[A-Za-z\\p{Han}]'\n(may be repeated)"                         \
  }
#define CMD_OPTION_PROVIDER(settings)                                                                                                  \
  {                                                                                                                                    \
    .name = "provider", .kind = CMD_TEXT, .argument = "NAME", .offset = offsetof(settings, load.provider),                             \
    .help = "whose operation a short name means where several providers have one\n(default: " CMD_DEFAULT_PROVIDER ")"                 \
  }
#define CMD_OPTION_HELP                                                                                                                \
  { .name = "help", .letter = 'h', .kind = CMD_HELP, .help = "show this help" }

/*
 * The rule set of built-in tables and load->rules; or, where `only` is not NULL, of that file or folder alone. Mistakes in it go to
 * `mistakes` as lines "file:line:column: error: message". *out is NULL where it cannot be loaded.
 */
bdc_status cmd_rules_parse(const cmd_load *load, const char *only, cmd_output *mistakes, bdc_ruleset **out);

/* False where a define has no "=", which has then been told on standard error; `command` is who tells it. */
bool cmd_defines_check(const char *command, const cmd_list *defines, cmd_output *out);

/* As cmd_rules_parse; NULL where there is no such rule set, which has then been told on standard error. */
bdc_ruleset *cmd_rules_load(const char *command, const cmd_load *load, cmd_output *out);

/* The operation of this name; NULL where there is none or several: `why` is then told, with the names that may be meant. */
const bdc_operation *cmd_operation_search(const bdc_ruleset *ruleset, bdc_str name, cmd_output *why);

/* The same; NULL where there is none or several, which has then been told, with the names that may be meant. */
const bdc_operation *cmd_operation_find(const char *command, const bdc_ruleset *ruleset, const char *name, cmd_output *out);

#endif
