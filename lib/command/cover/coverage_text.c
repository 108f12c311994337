/* SPDX-License-Identifier: MIT */
/* Coverage for a terminal: what was never exercised is what one wants to read. */
#include "cover/words.h"

#include "table.h"

#include <string.h>

/* ---- lines ---- */

static char mark_of(cmd_tally tally) {
  return tally.met == tally.all ? '+' : tally.met > 0 ? '~' : '-';
}

static cmd_paint_name paint_of(char mark) {
  return mark == '+' ? CMD_GREEN : mark == '~' ? CMD_YELLOW : mark == '-' ? CMD_RED : CMD_PLAIN;
}

/* Prints a table whose rows begin with a mark, which alone is painted: the columns are measured before. */
static void put_marked(cmd_table *table, cmd_output *out, cmd_color color) {
  cmd_output lines = CMD_MEMORY;
  cmd_table_print(table, &lines, 0);
  bdc_str rest = cmd_output_text(&lines);
  while (rest.size > 0) {
    const char *end = memchr(rest.data, '\n', rest.size);
    size_t size = end ? (size_t)(end - rest.data) + 1 : rest.size;
    cmd_puts(out, "    ");
    cmd_paint(out, color, paint_of(rest.data[0]));
    cmd_put(out, (bdc_str){ rest.data, 1 });
    cmd_paint(out, color, CMD_PLAIN);
    cmd_put(out, (bdc_str){ rest.data + 1, size - 1 });
    rest = (bdc_str){ rest.data + size, rest.size - size };
  }
  cmd_output_free(&lines);
  cmd_table_free(table);
}

static void add_mark(cmd_table *table, char mark) {
  cmd_table_add(table, (bdc_str){ &mark, 1 });
}

static void add_tally(cmd_table *table, cmd_tally tally) {
  cmd_tally_put(tally, cmd_table_cell(table));
  cmd_table_end_cell(table);
}

static void put_title(const char *title, cmd_output *out) {
  cmd_puts(out, "  ");
  cmd_puts(out, title);
}

/* ---- rows ---- */

/* Adds the sides that were never exercised, those that are ends of ranges or the others. */
static void put_never(cmd_output *out, const cmd_cover_section *section, const cmd_cover_row *row, bool ends, const char **before) {
  for (size_t i = 0; i < row->side_count; i++) {
    const cmd_side *side = &section->sides.items[row->side_first + i];
    if (side->count > 0 || cmd_side_is_end(side->kind) != ends) {
      continue;
    }
    cmd_output words = CMD_MEMORY;
    cmd_side_put(side, &row->info, &words);
    cmd_puts(out, *before);
    cmd_put_text(out, cmd_output_text(&words));
    cmd_output_free(&words);
    *before = ", ";
  }
}

/* Where a field was never there, nothing else needs to be said. */
static void add_never(cmd_table *table, const cmd_cover_section *section, const cmd_cover_row *row, cmd_tally tally) {
  cmd_output *out = cmd_table_cell(table);
  const cmd_side *present = cmd_cover_side(section, row, CMD_SIDE_PRESENT);
  const char *before = "never: ";
  if (tally.met == 0) {
    cmd_puts(out, "none of its sides");
  } else if (present && present->count == 0) {
    cmd_puts(out, "never present");
  } else {
    put_never(out, section, row, true, &before);
    put_never(out, section, row, false, &before);
  }
  cmd_table_end_cell(table);
}

static void add_row(cmd_table *table, const cmd_cover_section *section, const cmd_cover_row *row) {
  cmd_tally tally = cmd_row_tally(section, row);
  add_mark(table, mark_of(tally));
  cmd_put_repeat(cmd_table_cell(table), ' ', 2 * row->depth);
  cmd_table_add(table, cmd_cover_row_name(row));
  add_tally(table, tally);
  add_never(table, section, row, tally);
  cmd_table_end_row(table);
}

static void put_section(const cmd_cover_operation *operation, const cmd_cover_section *section, cmd_output *out, cmd_color color) {
  put_title("", out);
  cmd_cover_put_section(section, out);
  if (!cmd_section_counts(operation, section)) {
    cmd_puts(out, "  not counted: no whole request was checked\n");
    return;
  }
  cmd_puts(out, "  ");
  cmd_tally_put(cmd_section_tally(section), out);
  if (section->checked == 0) {
    cmd_puts(out, ", never checked\n");
    return;
  }
  cmd_puts(out, ", checked ");
  cmd_put_count(section->checked, "time", out);
  cmd_puts(out, "\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < section->row_count; i++) {
    add_row(&table, section, &section->rows[i]);
  }
  put_marked(&table, out, color);
}

/* ---- statuses, errors, codes ---- */

static void put_statuses(const cmd_cover_operation *operation, cmd_output *out) {
  if (operation->status_count == 0) {
    return;
  }
  put_title("statuses  ", out);
  cmd_tally_put(cmd_statuses_tally(operation), out);
  const char *before = "; never: ";
  for (size_t i = 0; i < operation->status_count; i++) {
    if (operation->statuses[i].count == 0) {
      cmd_puts(out, before);
      cmd_put_number(out, (uint64_t)operation->statuses[i].status);
      before = ", ";
    }
  }
  if (operation->other_statuses > 0) {
    cmd_puts(out, "; undocumented: ");
    cmd_put_count(operation->other_statuses, "response", out);
  }
  cmd_puts(out, "\n");
}

static void add_error(cmd_table *table, const bdc_error_row_info *row) {
  cmd_table_add(table, row->code);
  cmd_table_add(table, row->where);
  cmd_table_add(table, row->field);
  cmd_table_add(table, row->rules);
  cmd_table_end_row(table);
}

static void put_errors(const cmd_cover_operation *operation, cmd_output *out, cmd_color color) {
  if (operation->service.error_count == 0) {
    return;
  }
  cmd_tally tally = cmd_errors_tally(operation);
  put_title("errors  answered ", out);
  cmd_tally_put(tally, out);
  cmd_puts(out, tally.met < tally.all ? "; never:\n" : "\n");
  cmd_table table = { 0 };
  for (size_t i = 0; i < operation->service.error_count; i++) {
    if (operation->errors[i] == 0) {
      bdc_error_row_info row = bdc_service_error(operation->info.service, i);
      add_mark(&table, '-');
      add_error(&table, &row);
    }
  }
  put_marked(&table, out, color);
}

static void put_codes(const cmd_cover_operation *operation, cmd_output *out) {
  cmd_tally tally = cmd_codes_tally(operation);
  if (tally.all == 0) {
    return;
  }
  put_title("codes  ", out);
  cmd_tally_put(tally, out);
  cmd_puts(out, " stood in responses");
  const char *before = ": ";
  for (size_t i = 0; i < operation->service.code_count; i++) {
    if (operation->codes[i] > 0) {
      cmd_puts(out, before);
      cmd_put_text(out, bdc_service_code(operation->info.service, i).code);
      before = ", ";
    }
  }
  cmd_puts(out, "\n");
}

/* ---- operations ---- */

static void put_operation(const cmd_cover_operation *operation, cmd_output *out, cmd_color color) {
  cmd_paint(out, color, CMD_BOLD);
  cmd_put_text(out, operation->info.full_name);
  cmd_paint(out, color, CMD_PLAIN);
  cmd_puts(out, "  ");
  cmd_tally_put(cmd_operation_tally(operation), out);
  cmd_puts(out, " sides, ");
  cmd_put_count(operation->requests, "request", out);
  cmd_puts(out, ", ");
  cmd_put_count(operation->responses, "response", out);
  cmd_puts(out, "\n");
  for (size_t i = 0; i < operation->info.section_count; i++) {
    put_section(operation, &operation->sections[i], out, color);
  }
  put_statuses(operation, out);
  put_errors(operation, out, color);
  put_codes(operation, out);
  cmd_puts(out, "\n");
}

static size_t put_operations(const cmd_coverage *coverage, bool checked, cmd_output *out, cmd_color color) {
  size_t count = 0;
  for (size_t i = 0; i < coverage->operation_count; i++) {
    const cmd_cover_operation *operation = &coverage->operations[i];
    if (cmd_operation_is_checked(operation) != checked) {
      continue;
    }
    count++;
    if (checked) {
      put_operation(operation, out, color);
    } else {
      cmd_put_text(out, operation->info.full_name);
      cmd_puts(out, "  not checked\n");
    }
  }
  return count;
}

static void put_total(cmd_tally tally, size_t checked, size_t others, cmd_output *out) {
  cmd_puts(out, "rule coverage: ");
  cmd_tally_put(tally, out);
  cmd_puts(out, " sides exercised, of them ");
  cmd_put_number(out, tally.ends_met);
  cmd_puts(out, " of ");
  cmd_put_number(out, tally.ends_all);
  cmd_puts(out, " ends of ranges; ");
  cmd_put_count(checked, "operation", out);
  cmd_puts(out, " checked");
  if (others > 0) {
    cmd_puts(out, ", ");
    cmd_put_number(out, others);
    cmd_puts(out, " not");
  }
  cmd_puts(out, "\n");
}

void cmd_coverage_put_text(const cmd_coverage *coverage, cmd_output *out, cmd_color color) {
  size_t checked = put_operations(coverage, true, out, color);
  size_t others = put_operations(coverage, false, out, color);
  cmd_puts(out, others > 0 ? "\n" : "");
  put_total(cmd_coverage_tally(coverage), checked, others, out);
}
