/* SPDX-License-Identifier: MIT */
/* The pages of the manual. */
#ifndef BDC_COMMAND_MANUAL_PAGES_H
#define BDC_COMMAND_MANUAL_PAGES_H

#include "output.h"

/* bodycheck(1), made from the tables of options; and bodycheck-rules(5), made from rules/README.md. To outputs in memory. */
void cmd_manual_command(cmd_output *out);
void cmd_manual_rules(cmd_output *out);

#endif
