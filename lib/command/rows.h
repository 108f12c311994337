/* SPDX-License-Identifier: MIT */
/* Rows of a table, in the words of rules/README.md. */
#ifndef BDC_COMMAND_ROWS_H
#define BDC_COMMAND_ROWS_H

#include "names.h"
#include "table.h"

/*
 * Adds the rows of an object to a table: name, type, mandatory or optional, rules, source. The rows of an object that a row holds
 * follow it, indented; those of an object that is among `shown` are not repeated.
 */
void cmd_rows_add(cmd_table *table, const bdc_object *object, cmd_objects *shown, size_t depth);

/* All rules of a row and its elements, each after two blanks. */
void cmd_rules_put(const bdc_row *row, cmd_output *out);

/* "@seed @oas" for "seed oas". */
void cmd_source_put(bdc_str tags, cmd_output *out);

/* "  unknown error", nothing for the default. */
void cmd_unknown_put(bdc_unknown unknown, cmd_output *out);

#endif
