/* SPDX-License-Identifier: MIT */
/* Commands and their options. One table for each command is all there is to know of it: parsing and --help read the same rows. */
#ifndef BDC_COMMAND_OPTIONS_H
#define BDC_COMMAND_OPTIONS_H

#include "output.h"

/* Arguments in the order in which they were given. They belong to argv. */
typedef struct cmd_list {
  const char **items;
  size_t count;
  size_t capacity;
} cmd_list;

/* What an option takes, and the type of its field in the settings of the command. */
typedef enum cmd_kind {
  CMD_HELP,   /* nothing; no field */
  CMD_FLAG,   /* nothing; bool */
  CMD_TEXT,   /* text; const char * */
  CMD_NUMBER, /* a number from `low` to `high`; size_t */
  CMD_CHOICE, /* one of `choices`; size_t, its index */
  CMD_LIST    /* text, and may be repeated; cmd_list */
} cmd_kind;

typedef struct cmd_option {
  const char *name; /* without "--" */
  char letter;      /* 0: there is no short form */
  cmd_kind kind;
  const char *argument;       /* as --help names it; NULL where there is none */
  const char *help;           /* lines separated by "\n" */
  size_t offset;              /* of the field in the settings */
  const char *const *choices; /* NULL-terminated */
  size_t low;
  size_t high;
  bool names_operation; /* for the completions in shells, which ask for names */
} cmd_option;

/* Whether it needs a text behind it. */
bool cmd_option_takes_value(const cmd_option *option);

typedef struct cmd_command {
  const char *name;
  const char *operands; /* as --help names them: "FILE..." */
  const char *summary;
  const char *details; /* what --help says after the options */
  const cmd_option *options;
  size_t option_count;
  const void *defaults; /* settings before any option */
  size_t settings_size;
  int (*run)(cmd_output *out, const void *settings, const cmd_list *operands); /* returns the exit status */
} cmd_command;

typedef enum cmd_parsed { CMD_PARSED, CMD_PARSED_HELP, CMD_PARSE_FAILED } cmd_parsed;

/*
 * Reads the arguments of a command into `settings` (a copy of its defaults) and `operands`: "--name value", "--name=value", "-n value",
 * "-nvalue", flags of one letter together; options may stand after operands, "--" ends them. A mistake is told on standard error.
 */
cmd_parsed cmd_options_parse(const cmd_command *command, cmd_output *out, const char *const *arguments, size_t count, void *settings,
                             cmd_list *operands);

/* Frees the lists among the settings. */
void cmd_options_free(const cmd_command *command, void *settings);

/* What `bodycheck COMMAND --help` says. */
void cmd_options_help(const cmd_command *command, cmd_output *out);

/* A number in decimal digits from `low` to `high`. */
bool cmd_number_parse(const char *text, size_t low, size_t high, size_t *number);

void cmd_list_add(cmd_list *list, const char *item);

#endif
