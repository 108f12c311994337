/* SPDX-License-Identifier: MIT */
#include "color.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* no-color.org and force-color.org: what counts is that they are there and not empty. Who says FORCE_COLOR=0 wants none forced. */
static bool is_set(const char *name) {
  const char *value = getenv(name);
  return value && value[0] != '\0';
}

static bool is_forced(void) {
  return is_set("FORCE_COLOR") && strcmp(getenv("FORCE_COLOR"), "0") != 0;
}

static bool is_able(const cmd_output *out) {
  const char *term = getenv("TERM");
  return isatty(out->fd) && term && strcmp(term, "dumb") != 0;
}

cmd_color cmd_color_decide(cmd_color wanted, const cmd_output *out) {
  if (wanted != CMD_COLOR_AUTO) {
    return wanted;
  }
  return !is_set("NO_COLOR") && (is_forced() || is_able(out)) ? CMD_COLOR_ALWAYS : CMD_COLOR_NEVER;
}

void cmd_paint(cmd_output *out, cmd_color color, cmd_paint_name paint) {
  static const char *const sequences[] = {
    [CMD_PLAIN] = "\x1b[0m", [CMD_BOLD] = "\x1b[1m", [CMD_RED] = "\x1b[1;31m", [CMD_YELLOW] = "\x1b[1;33m", [CMD_GREEN] = "\x1b[1;32m",
  };
  if (color == CMD_COLOR_ALWAYS) {
    cmd_puts(out, sequences[paint]);
  }
}
