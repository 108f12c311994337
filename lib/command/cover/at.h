/* SPDX-License-Identifier: MIT */
/* The row that governs what stands at a place of a body. */
#ifndef BDC_COMMAND_COVER_AT_H
#define BDC_COMMAND_COVER_AT_H

#include "cover/follow.h"
#include "output.h"

/* A line and a column of a text, both from 1, the column in characters; and where they are in it. */
typedef struct cmd_spot {
  size_t line;
  size_t column;
  size_t offset;
  bool in_part; /* the offset is that in a part of the text, of which no other place is known */
} cmd_spot;

/*
 * Fills in the offset. The place behind the last character of a line is one, too. False where the text has no such line, or the line no
 * such column; then `line` is the number of lines, or `column` that of the line's last place.
 */
bool cmd_spot_find(cmd_spot *spot, bdc_str text);

/* Fills in line and column; an offset behind the end is that of the end. */
void cmd_spot_place(cmd_spot *spot, bdc_str text);

/* The innermost value at a place. */
typedef struct cmd_at {
  bool found;
  bool in_name;       /* in the name of the member, or between it and the value */
  const bdc_row *row; /* as cmd_value has them */
  const bdc_row *parent;
  cmd_json_kind kind;
  cmd_output pointer;
  bool whole;   /* the text is JSON */
  size_t fault; /* the offset from which on it is none */
} cmd_at;

cmd_at cmd_at_find(bdc_str body, const bdc_section_info *section, size_t offset);
void cmd_at_free(cmd_at *at);

/*
 * Prints which row of the operation governs what stands in a text at a place, its rules and its source, but nothing of the text save
 * names. http_status 0: the text is the body of a request. `name` is what it is called. Returns the exit status: 0, or 2 where there is
 * no such place or table, which has been told.
 */
int cmd_explain_at_text(cmd_output *out, const bdc_operation *operation, int http_status, bdc_str name, bdc_str text, size_t line,
                        size_t column);

/* The same for a spot whose offset is known. Where it is `in_part`, `text` is that part; line and column are those of the file. */
int cmd_explain_at_offset(cmd_output *out, const bdc_operation *operation, int http_status, bdc_str name, bdc_str text,
                          const cmd_spot *spot);

/* Tells that a text has no such line or column, after cmd_spot_find has said so of the `line` that was asked for. Returns 2. */
int cmd_spot_refuse(cmd_output *out, bdc_str name, const cmd_spot *spot, size_t line);

#endif
