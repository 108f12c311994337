/* SPDX-License-Identifier: MIT */
#ifndef BDC_COMMAND_COMMANDS_H
#define BDC_COMMAND_COMMANDS_H

#include "options.h"

extern const cmd_command cmd_command_check;
extern const cmd_command cmd_command_list;
extern const cmd_command cmd_command_explain;
extern const cmd_command cmd_command_lint;

#endif
