/* SPDX-License-Identifier: MIT */
/* Rows of cells, printed in aligned columns. Cells are filled one after the other. */
#ifndef BDC_COMMAND_TABLE_H
#define BDC_COMMAND_TABLE_H

#include "output.h"

enum { CMD_COLUMNS_MAX = 12 };

/* A cell is a stretch of `text`; `width` in characters. */
typedef struct cmd_cell {
  size_t size;
  size_t width;
} cmd_cell;

typedef struct cmd_table_row {
  size_t first; /* cell */
  size_t count;
} cmd_table_row;

/* All zero is an empty table. */
typedef struct cmd_table {
  cmd_output text;
  size_t cell_start; /* of the cell that is being filled */
  cmd_cell *cells;
  size_t cell_count;
  size_t cell_capacity;
  cmd_table_row *rows;
  size_t row_count;
  size_t row_capacity;
  size_t row_start; /* first cell of the row that is being filled */
} cmd_table;

/* Where the content of the next cell goes. */
cmd_output *cmd_table_cell(cmd_table *table);
void cmd_table_end_cell(cmd_table *table);
void cmd_table_end_row(cmd_table *table);

/* A cell whose text comes from outside. */
void cmd_table_add(cmd_table *table, bdc_str text);

/* Columns stand two blanks apart; empty columns are left out, and no line ends in blanks. */
void cmd_table_print(const cmd_table *table, cmd_output *out, size_t indent);
void cmd_table_free(cmd_table *table);

#endif
