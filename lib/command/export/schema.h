/* SPDX-License-Identifier: MIT */
/* The table of a body as a JSON Schema, draft 2020-12. */
#ifndef BDC_COMMAND_EXPORT_SCHEMA_H
#define BDC_COMMAND_EXPORT_SCHEMA_H

#include "output.h"

#include <bodycheck/table.h>

/*
 * A body of an operation: of its request, or of the responses with some statuses. A schema accepts what a check finds no error in, as
 * far as JSON Schema can say it; "$comment" names the rest where it belongs.
 */
typedef struct cmd_schema_body {
  const bdc_operation *operation;
  const bdc_row *row;
  bool optional; /* a request body that may be absent */
  const int *statuses;
  size_t status_count; /* 0: a request */
  bool undocumented;   /* the status; the table is that of the service's errors */
} cmd_schema_body;

void cmd_schema_put(const cmd_schema_body *body, cmd_output *out);

#endif
