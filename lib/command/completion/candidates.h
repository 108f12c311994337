/* SPDX-License-Identifier: MIT */
/* What may stand at a place of a command line, as the tables of options tell it. */
#ifndef BDC_COMMAND_COMPLETION_CANDIDATES_H
#define BDC_COMMAND_COMPLETION_CANDIDATES_H

#include "options.h"

typedef enum cmd_candidates {
  CMD_CANDIDATES_NONE, /* nobody can know */
  CMD_CANDIDATES_FILES,
  CMD_CANDIDATES_OPERATIONS, /* names of operations; `bodycheck list` knows them */
  CMD_CANDIDATES_WORDS       /* a few that the table names */
} cmd_candidates;

/* The values of an option that takes one. */
cmd_candidates cmd_option_candidates(const cmd_option *option);

/* The operands of a command. */
cmd_candidates cmd_operand_candidates(const cmd_command *command);

/* The words of the first kind of candidates, or of the second, with a blank between them. */
void cmd_option_words_put(const cmd_option *option, cmd_output *out);
void cmd_operand_words_put(const cmd_command *command, cmd_output *out);

/* The beginning of a help text or of a summary, which says enough on one line. */
void cmd_description_put(const char *text, cmd_output *out);

#endif
