/* SPDX-License-Identifier: MIT */
/* A script for each shell, which completes commands, options, their values and operands. All is made from the tables of options. */
#ifndef BDC_COMMAND_COMPLETION_SCRIPTS_H
#define BDC_COMMAND_COMPLETION_SCRIPTS_H

#include "output.h"

void cmd_completion_bash(cmd_output *out);
void cmd_completion_zsh(cmd_output *out);
void cmd_completion_fish(cmd_output *out);

#endif
