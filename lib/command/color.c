/* SPDX-License-Identifier: MIT */
#include "color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* no-color.org: present and not empty. */
static bool environment_allows(void) {
  const char *no_color = getenv("NO_COLOR");
  const char *term = getenv("TERM");
  return (!no_color || no_color[0] == '\0') && term && strcmp(term, "dumb") != 0;
}

cmd_color cmd_color_decide(cmd_color wanted, const cmd_output *out) {
  if (wanted != CMD_COLOR_AUTO) {
    return wanted;
  }
  return isatty(out->fd) && environment_allows() ? CMD_COLOR_ALWAYS : CMD_COLOR_NEVER;
}

void cmd_paint(cmd_output *out, cmd_color color, cmd_paint_name paint) {
  static const char *const sequences[] = {
    [CMD_PLAIN] = "\x1b[0m", [CMD_BOLD] = "\x1b[1m", [CMD_RED] = "\x1b[1;31m", [CMD_YELLOW] = "\x1b[1;33m", [CMD_GREEN] = "\x1b[1;32m",
  };
  if (color == CMD_COLOR_ALWAYS) {
    cmd_puts(out, sequences[paint]);
  }
}
