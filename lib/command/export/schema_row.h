/* SPDX-License-Identifier: MIT */
/* A row as the members of a schema. */
#ifndef BDC_COMMAND_EXPORT_SCHEMA_ROW_H
#define BDC_COMMAND_EXPORT_SCHEMA_ROW_H

#include "export/json.h"

#include <bodycheck/table.h>

/* What a row's place decides. */
typedef struct cmd_schema_place {
  bool response;
  bool field; /* a member of an object; else an element or a whole body */
} cmd_schema_place;

/* The members of an object with named rows: properties, required, additionalProperties. */
void cmd_schema_object_put(cmd_json *json, const bdc_object *object, bool response);

/* All that a row says of a value but for its $comment. Named objects are references to "#/$defs/NAME". */
void cmd_schema_row_put(cmd_json *json, const bdc_row *row, cmd_schema_place place);

#endif
