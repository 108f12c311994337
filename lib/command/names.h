/* SPDX-License-Identifier: MIT */
/* The objects and the member names that an operation documents. */
#ifndef BDC_COMMAND_NAMES_H
#define BDC_COMMAND_NAMES_H

#include <bodycheck/table.h>

/* Objects that a walk has met: they may hold themselves. */
typedef struct cmd_objects {
  const bdc_object **items;
  size_t count;
  size_t capacity;
} cmd_objects;

/* False where the object is among them already. */
bool cmd_objects_add(cmd_objects *objects, const bdc_object *object);
void cmd_objects_free(cmd_objects *objects);

/* The object that a row holds, perhaps as element of arrays and maps; NULL where it holds none. */
const bdc_object *cmd_row_object(const bdc_row *row);

enum { CMD_NAME_BYTES_MAX = 256 };

/* Sorted names of printable ASCII without quotes and backslashes, which stand in JSON and on a terminal as they are. */
typedef struct cmd_name {
  bdc_str text;
  bool secret; /* so is the value, of one row of this name at least */
} cmd_name;

typedef struct cmd_names {
  cmd_name *items;
  size_t count;
  size_t capacity;
  bool values; /* what stands under names that are not secret may be shown as well */
} cmd_names;

/* The names of all rows of all sections of an operation. They live as long as its rule set. */
void cmd_names_collect(cmd_names *names, const bdc_operation *operation);
/* NULL where it is none of them. */
const cmd_name *cmd_names_find(const cmd_names *names, bdc_str name);
void cmd_names_free(cmd_names *names);

#endif
