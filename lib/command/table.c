/* SPDX-License-Identifier: MIT */
#include "table.h"

#include "memory.h"
#include "text.h"

#include <stdlib.h>

/* A column that is wider than this does not push the next one away; it stands ragged instead. */
enum { WIDTH_MAX = 100 };

cmd_output *cmd_table_cell(cmd_table *table) {
  table->text.fd = -1;
  return &table->text;
}

static size_t width_of(bdc_str text) {
  size_t width = 0;
  while (text.size > 0) {
    uint32_t character;
    size_t bytes = cmd_decode(text, &character);
    text = (bdc_str){ text.data + bytes, text.size - bytes };
    width++;
  }
  return width;
}

void cmd_table_end_cell(cmd_table *table) {
  bdc_str text = { NULL, 0 };
  if (table->text.size > table->cell_start) {
    text = (bdc_str){ table->text.data + table->cell_start, table->text.size - table->cell_start };
  }
  table->cells = cmd_grow(table->cells, table->cell_count, &table->cell_capacity, sizeof(*table->cells));
  table->cells[table->cell_count++] = (cmd_cell){ text.size, width_of(text) };
  table->cell_start = table->text.size;
}

void cmd_table_end_row(cmd_table *table) {
  table->rows = cmd_grow(table->rows, table->row_count, &table->row_capacity, sizeof(*table->rows));
  table->rows[table->row_count++] = (cmd_table_row){ table->row_start, table->cell_count - table->row_start };
  table->row_start = table->cell_count;
}

void cmd_table_add(cmd_table *table, bdc_str text) {
  cmd_put_text(cmd_table_cell(table), text);
  cmd_table_end_cell(table);
}

static void measure(const cmd_table *table, size_t widths[CMD_COLUMNS_MAX]) {
  for (size_t r = 0; r < table->row_count; r++) {
    for (size_t c = 0; c < table->rows[r].count && c < CMD_COLUMNS_MAX; c++) {
      size_t width = table->cells[table->rows[r].first + c].width;
      width = width > WIDTH_MAX ? WIDTH_MAX : width;
      widths[c] = width > widths[c] ? width : widths[c];
    }
  }
}

/* `*text` is the row's first byte, and then the next row's. */
static void print_row(const cmd_table *table, size_t row, const size_t widths[CMD_COLUMNS_MAX], const char **text, cmd_output *out,
                      size_t indent) {
  size_t column = 0;
  size_t target = indent;
  for (size_t c = 0; c < table->rows[row].count && c < CMD_COLUMNS_MAX; c++) {
    cmd_cell cell = table->cells[table->rows[row].first + c];
    if (cell.size > 0) {
      size_t blanks = target > column ? target - column : 0;
      blanks = column > 0 && blanks < 2 ? 2 : blanks;
      cmd_put_repeat(out, ' ', blanks);
      cmd_put(out, (bdc_str){ *text, cell.size });
      column += blanks + cell.width;
      *text += cell.size;
    }
    target += widths[c] > 0 ? widths[c] + 2 : 0;
  }
  cmd_puts(out, "\n");
}

void cmd_table_print(const cmd_table *table, cmd_output *out, size_t indent) {
  size_t widths[CMD_COLUMNS_MAX] = { 0 };
  measure(table, widths);
  const char *text = table->text.data;
  for (size_t r = 0; r < table->row_count; r++) {
    print_row(table, r, widths, &text, out, indent);
  }
}

void cmd_table_free(cmd_table *table) {
  cmd_output_free(&table->text);
  free(table->cells);
  free(table->rows);
  *table = (cmd_table){ 0 };
}
