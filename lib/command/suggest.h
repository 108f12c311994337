/* SPDX-License-Identifier: MIT */
/* Near names for one that nothing has. */
#ifndef BDC_COMMAND_SUGGEST_H
#define BDC_COMMAND_SUGGEST_H

#include "output.h"

enum { CMD_SUGGESTIONS_MAX = 3 };

/* The nearest names so far, nearest first; among equally near ones the first that was offered. */
typedef struct cmd_suggestions {
  bdc_str wanted;
  bdc_str names[CMD_SUGGESTIONS_MAX];
  size_t distances[CMD_SUGGESTIONS_MAX];
  size_t count;
} cmd_suggestions;

/* Offers a name. It is taken where few edits lead to it, or where it begins or ends with what was wanted. */
void cmd_suggest(cmd_suggestions *near, bdc_str name);

/* "; did you mean A, B or C?" with `prefix` before each, or nothing. */
void cmd_suggestions_put(const cmd_suggestions *near, const char *prefix, cmd_output *out);

#endif
