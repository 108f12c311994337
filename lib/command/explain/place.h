/* SPDX-License-Identifier: MIT */
/* `explain --at`: the row that governs what stands at a place of a file. */
#ifndef BDC_COMMAND_EXPLAIN_PLACE_H
#define BDC_COMMAND_EXPLAIN_PLACE_H

#include "load.h"

/* What the options say of it, as those of `check` do. */
typedef struct cmd_place_asked {
  const cmd_load *load;
  const char *at;        /* FILE:LINE:COLUMN */
  const char *operation; /* NULL: the file or a .bodycheck line says it */
  int http_status;       /* with an operation: 0 for a request */
} cmd_place_asked;

/* Takes the rule set over. Returns the exit status: 0, or 2 where there is nothing to explain, which has been told. */
int cmd_explain_place(const cmd_place_asked *asked, bdc_ruleset *ruleset, cmd_output *out);

#endif
