/* SPDX-License-Identifier: MIT */
/* JSON for people: a member a line, indented; lists of scalars in one line. */
#ifndef BDC_COMMAND_EXPORT_JSON_H
#define BDC_COMMAND_EXPORT_JSON_H

#include "output.h"

typedef struct cmd_json {
  cmd_output *out;
  size_t depth;
  bool empty; /* nothing stands in the innermost container yet */
  bool named; /* a member's name has been written, and its value is next */
  bool flat;  /* the innermost container is a list of scalars */
} cmd_json;

/* Begins a member of an object; what is written next is its value. */
void cmd_json_name(cmd_json *json, bdc_str name);

/* "{", or "[" for an array whose items are containers; what is closed by cmd_json_close. */
void cmd_json_open(cmd_json *json, char bracket);

/* "[", for scalars alone. */
void cmd_json_open_list(cmd_json *json);
void cmd_json_close(cmd_json *json, char bracket);

void cmd_json_text(cmd_json *json, bdc_str text);
void cmd_json_count(cmd_json *json, uint64_t count);

/* What is JSON already: a number as it was written, true. */
void cmd_json_raw(cmd_json *json, bdc_str text);

/* A member with its value. */
void cmd_json_text_member(cmd_json *json, const char *name, bdc_str text);
void cmd_json_count_member(cmd_json *json, const char *name, uint64_t count);
void cmd_json_raw_member(cmd_json *json, const char *name, bdc_str text);

#endif
