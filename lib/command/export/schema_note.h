/* SPDX-License-Identifier: MIT */
/* What stands in "$comment": where a row comes from, and what of it no schema can say. */
#ifndef BDC_COMMAND_EXPORT_SCHEMA_NOTE_H
#define BDC_COMMAND_EXPORT_SCHEMA_NOTE_H

#include "export/schema_row.h"

/* Of a row; `row` is a field or a whole body, and what is said of its elements is said of it. */
void cmd_schema_note_row(const bdc_row *row, cmd_schema_place place, cmd_output *out);

/* Of an object: what happens to undocumented members, where that is not refused. Empty where there is nothing to say. */
void cmd_schema_note_object(const bdc_object *object, bool response, cmd_output *out);

/* Of a schema as a whole. */
extern const char cmd_schema_note_unsaid[];

/* Whether null where the row has no word of it is no more than worth a warning. */
bool cmd_schema_null_warns(const bdc_row_info *row, cmd_schema_place place);

/* Whether a number is one that readers of JSON can hold: some bounds are beyond all of theirs. */
bool cmd_schema_bound_fits(bdc_str bound);

/* The policy for undocumented members, whoever set it. */
bdc_unknown cmd_schema_unknown(const bdc_object *object, bool response);

#endif
