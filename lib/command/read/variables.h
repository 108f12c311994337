/* SPDX-License-Identifier: MIT */
/*
 * The variables of a file of HTTP requests: "@name = value" defines one, "{{name}}" is filled in with its value, which may hold further
 * placeholders. A definition holds from its place on; one that stands further down is used only where there is none above, as an
 * editor that reads the whole file first would do.
 *
 * Names with a "$" are dynamic: an editor makes up their value when it sends the request. Where the form of that value is known, a fixed
 * one of this form stands in for it, so that the same file always has the same result.
 */
#ifndef BDC_COMMAND_READ_VARIABLES_H
#define BDC_COMMAND_READ_VARIABLES_H

#include "read/message.h"

typedef struct cmd_variable {
  bdc_str name;
  size_t start; /* of the value, in the file */
  size_t end;
  enum { CMD_VARIABLE_UNREAD, CMD_VARIABLE_BEING_READ, CMD_VARIABLE_READ, CMD_VARIABLE_UNRESOLVED } state;
  bdc_str value; /* once it has been read; allocated */
} cmd_variable;

typedef struct cmd_variables {
  bdc_str file;
  const cmd_sink *sink;
  cmd_variable *items;
  size_t count;
  size_t capacity;
  size_t left;   /* bytes that values may still add: they multiply where variables hold variables */
  bool told;     /* that there are none left */
  char made[64]; /* the value of a dynamic variable */
} cmd_variables;

cmd_variables cmd_variables_of(bdc_str file, const cmd_sink *sink);
void cmd_variables_free(cmd_variables *variables);

/* Takes in the line from `start` to `end` of the file. False where it defines no variable. */
bool cmd_variables_define(cmd_variables *variables, size_t start, size_t end);

/* When all are defined. */
void cmd_variables_sort(cmd_variables *variables);

typedef struct cmd_placeholder {
  enum { CMD_PLACEHOLDER_NONE, CMD_PLACEHOLDER_FILLED, CMD_PLACEHOLDER_UNRESOLVED } kind;
  size_t end;    /* behind it, in the file */
  bdc_str value; /* of a filled one; until the next one is read */
} cmd_placeholder;

/*
 * Reads what begins with the "{{" at `at`, in a line that ends at `end`. A placeholder without a value is a mistake of `entry`. What is
 * no name, as in a template language's "{{#each}}", is no placeholder: editors send it as it is.
 */
cmd_placeholder cmd_variables_read(cmd_variables *variables, size_t at, size_t end, size_t entry);

#endif
