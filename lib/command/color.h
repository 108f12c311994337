/* SPDX-License-Identifier: MIT */
/* Colours: only on a terminal, and only where nobody objects. */
#ifndef BDC_COMMAND_COLOR_H
#define BDC_COMMAND_COLOR_H

#include "output.h"

/* Whether to colour, as --color says it. */
typedef enum cmd_color { CMD_COLOR_AUTO, CMD_COLOR_ALWAYS, CMD_COLOR_NEVER } cmd_color;

typedef enum cmd_paint_name { CMD_PLAIN, CMD_BOLD, CMD_RED, CMD_YELLOW, CMD_GREEN } cmd_paint_name;

/*
 * Decides: CMD_COLOR_AUTO is always on a terminal that is not "dumb", or anywhere where FORCE_COLOR is set to something but 0; never where
 * NO_COLOR is set.
 */
cmd_color cmd_color_decide(cmd_color wanted, const cmd_output *out);

/* Changes the colour of what follows, where it is CMD_COLOR_ALWAYS. */
void cmd_paint(cmd_output *out, cmd_color color, cmd_paint_name paint);

#endif
