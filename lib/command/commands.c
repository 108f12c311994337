/* SPDX-License-Identifier: MIT */
#include "commands.h"

const cmd_command *const cmd_commands[] = { &cmd_command_check, &cmd_command_list,     &cmd_command_explain,    &cmd_command_export,
                                            &cmd_command_lint,  &cmd_command_generate, &cmd_command_completion, &cmd_command_manual };
const size_t cmd_command_count = sizeof(cmd_commands) / sizeof(cmd_commands[0]);
