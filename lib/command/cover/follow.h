/* SPDX-License-Identifier: MIT */
/*
 * Goes through a JSON body beside the table of its section and tells which row governs each value: what the engine does while it checks,
 * for whoever wants to know more than what is broken.
 */
#ifndef BDC_COMMAND_COVER_FOLLOW_H
#define BDC_COMMAND_COVER_FOLLOW_H

#include <bodycheck/table.h>

typedef enum cmd_json_kind {
  CMD_JSON_STRING,
  CMD_JSON_INTEGER, /* a number with neither fraction nor exponent */
  CMD_JSON_NUMBER,
  CMD_JSON_TRUE,
  CMD_JSON_FALSE,
  CMD_JSON_NULL,
  CMD_JSON_OBJECT,
  CMD_JSON_ARRAY
} cmd_json_kind;

/* A value of a body. Its texts live only while it is told. Offsets in bytes from the body's start. */
typedef struct cmd_value {
  const bdc_row *row;    /* NULL: undocumented, or below something that is undocumented, of type any or of another type */
  const bdc_row *parent; /* the row that governs the object, array or map around it; NULL where none does */
  bdc_str name;          /* the member's, decoded; empty for items and for the body itself */
  bdc_str pointer;       /* RFC 6901 */
  size_t name_offset;    /* of the name's opening quote; SIZE_MAX where it has none */
  size_t offset;         /* of the first byte */
  size_t end;            /* behind the last one */
  cmd_json_kind kind;
  uint64_t count; /* characters of a string, items of an array, members of an object */
  bdc_str text;   /* a string, decoded, or a number as it is written; empty for the others */
} cmd_value;

/* Whether a row takes values of this kind. */
bool cmd_row_takes(const bdc_row_info *row, cmd_json_kind kind);

/*
 * Calls `value` at the end of each value, so that those within an object or array come before it. False where the body is no JSON,
 * or is nested deeper than any checker allows: what came to its end before has been told. Takes memory in proportion to the body.
 */
bool cmd_follow(bdc_str body, const bdc_section_info *section, void (*value)(const cmd_value *value, void *context), void *context);

/* The same; where it is false, *fault is the offset from which on the text is no JSON. */
bool cmd_follow_to(bdc_str body, const bdc_section_info *section, void (*value)(const cmd_value *value, void *context), void *context,
                   size_t *fault);

/* The section of an operation for the body of a request (status 0) or of a response: false, with *section zeroed, where there is none. */
bool cmd_section_find(const bdc_operation *operation, int http_status, bdc_section_info *section);

#endif
