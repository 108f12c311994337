/* SPDX-License-Identifier: MIT */
/* The commands of the program. --help, the parser of arguments and the manual read the same list. */
#ifndef BDC_COMMAND_COMMANDS_H
#define BDC_COMMAND_COMMANDS_H

#include "options.h"

extern const cmd_command cmd_command_check;
extern const cmd_command cmd_command_list;
extern const cmd_command cmd_command_explain;
extern const cmd_command cmd_command_export;
extern const cmd_command cmd_command_lint;
extern const cmd_command cmd_command_generate;
extern const cmd_command cmd_command_completion;
extern const cmd_command cmd_command_manual;

/* All of them, in the order in which --help shows them. */
extern const cmd_command *const cmd_commands[];
extern const size_t cmd_command_count;

#endif
