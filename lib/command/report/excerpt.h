/* SPDX-License-Identifier: MIT */
/* The line of a body that a position is in, with a caret under it, masked as scan.h says. */
#ifndef BDC_COMMAND_EXCERPT_H
#define BDC_COMMAND_EXCERPT_H

#include "color.h"
#include "report/scan.h"

/* One body. Scans on the way are kept, so that any order of positions costs little even in a body of one long line. */
typedef struct cmd_excerpts {
  bdc_str body;
  const cmd_names *names;
  cmd_scan *scans;
  size_t count;
  size_t capacity;
} cmd_excerpts;

void cmd_excerpts_start(cmd_excerpts *excerpts, bdc_str body, const cmd_names *names);
void cmd_excerpts_free(cmd_excerpts *excerpts);

/* Two lines, or none where the line is empty. A wide line is cut to what is around the offset. */
void cmd_excerpts_put(cmd_excerpts *excerpts, size_t offset, cmd_output *out, cmd_color color);

#endif
