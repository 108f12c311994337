/* SPDX-License-Identifier: MIT */
#include "cover/at.h"

#include "rows.h"
#include "table.h"
#include "text.h"

#include <string.h>

/* ---- places ---- */

/* The line that begins at an offset, without its end. */
static bdc_str line_at(bdc_str text, size_t offset) {
  bdc_str rest = { text.data + offset, text.size - offset };
  const char *end = rest.size > 0 ? memchr(rest.data, '\n', rest.size) : NULL;
  return (bdc_str){ rest.data, end ? (size_t)(end - rest.data) : rest.size };
}

bool cmd_spot_find(cmd_spot *spot, bdc_str text) {
  size_t start = 0;
  if (spot->line == 0 || spot->column == 0) {
    return false;
  }
  for (size_t line = 1; line < spot->line; line++) {
    size_t size = text.size > 0 ? line_at(text, start).size : 0;
    if (start + size == text.size) {
      spot->line = line;
      return false;
    }
    start += size + 1;
  }
  bdc_str rest = text.size > 0 ? line_at(text, start) : text;
  size_t column = 1;
  for (; column < spot->column && rest.size > 0; column++) {
    uint32_t character;
    size_t size = cmd_decode(rest, &character);
    start += size;
    rest = (bdc_str){ rest.data + size, rest.size - size };
  }
  bool found = column == spot->column;
  spot->column = column;
  spot->offset = start;
  return found;
}

void cmd_spot_place(cmd_spot *spot, bdc_str text) {
  size_t end = spot->offset < text.size ? spot->offset : text.size;
  spot->line = 1;
  spot->column = 1;
  for (size_t at = 0; at < end;) {
    uint32_t character;
    at += cmd_decode((bdc_str){ text.data + at, text.size - at }, &character);
    spot->line += character == '\n';
    spot->column = character == '\n' ? 1 : spot->column + 1;
  }
}

/* ---- finding ---- */

typedef struct search {
  size_t offset;
  cmd_at *at;
} search;

/* What is within comes first, so the first one that has the place is the innermost. */
static void look(const cmd_value *value, void *context) {
  const search *wanted = context;
  size_t start = value->name_offset != SIZE_MAX ? value->name_offset : value->offset;
  cmd_at *at = wanted->at;
  if (at->found || wanted->offset < start || wanted->offset >= value->end) {
    return;
  }
  at->found = true;
  at->in_name = wanted->offset < value->offset;
  at->row = value->row;
  at->parent = value->parent;
  at->kind = value->kind;
  cmd_put(&at->pointer, value->pointer);
}

cmd_at cmd_at_find(bdc_str body, const bdc_section_info *section, size_t offset) {
  cmd_at at = { .pointer = CMD_MEMORY };
  search wanted = { offset, &at };
  at.whole = cmd_follow_to(body, section, look, &wanted, &at.fault);
  return at;
}

void cmd_at_free(cmd_at *at) {
  cmd_output_free(&at->pointer);
}

/* ---- telling ---- */

static cmd_output *begin_fact(cmd_table *table, const char *name) {
  cmd_table_add(table, cmd_str(name));
  return cmd_table_cell(table);
}

static void end_fact(cmd_table *table) {
  cmd_table_end_cell(table);
  cmd_table_end_row(table);
}

static void add_fact(cmd_table *table, const char *name, bdc_str value) {
  cmd_put_text(begin_fact(table, name), value);
  end_fact(table);
}

static void add_place(cmd_table *table, bdc_str name, const cmd_spot *spot, const cmd_at *at) {
  cmd_output *out = begin_fact(table, "place");
  cmd_put_text(out, name);
  cmd_puts(out, ":");
  cmd_put_number(out, spot->line);
  cmd_puts(out, ":");
  cmd_put_number(out, spot->column);
  cmd_puts(out, at->in_name ? ", in a name" : "");
  end_fact(table);
  cmd_output *pointer = begin_fact(table, "pointer");
  cmd_put_text(pointer, cmd_output_text(&at->pointer));
  cmd_puts(pointer, at->pointer.size > 0 ? "" : "(the whole body)");
  end_fact(table);
}

static void add_operation(cmd_table *table, const bdc_operation_info *operation, int http_status) {
  cmd_output *out = begin_fact(table, "operation");
  cmd_put_text(out, operation->full_name);
  cmd_puts(out, http_status != 0 ? ", response " : ", request");
  if (http_status != 0) {
    cmd_put_number(out, (uint64_t)http_status);
  }
  end_fact(table);
}

/* Rules stand each behind two blanks. */
static void add_rules(cmd_table *table, const bdc_row *row) {
  cmd_output words = CMD_MEMORY;
  cmd_rules_put(row, &words);
  if (words.size > 2) {
    cmd_put(begin_fact(table, "rules"), (bdc_str){ words.data + 2, words.size - 2 });
    end_fact(table);
  }
  cmd_output_free(&words);
}

static void add_presence(cmd_table *table, const bdc_row_info *row) {
  if (row->name.size == 0) {
    return;
  }
  cmd_output *out = begin_fact(table, "presence");
  cmd_puts(out, row->mandatory ? "mandatory" : "optional");
  if (row->unless.size > 0) {
    cmd_puts(out, " unless ");
    cmd_put_text(out, row->unless);
  }
  cmd_puts(out, row->when_body ? " when body" : "");
  end_fact(table);
}

/* An element has no name of its own, nor has a body. */
static bdc_str row_name(const bdc_row_info *row, const bdc_row *parent) {
  if (row->name.size > 0) {
    return row->name;
  }
  if (!parent) {
    return BDC_STR("(body)");
  }
  return bdc_row_describe(parent).kind == BDC_KIND_ARRAY ? BDC_STR("(items)") : BDC_STR("(members)");
}

static void add_row(cmd_table *table, const cmd_at *at, const bdc_service_info *service) {
  bdc_row_info info = bdc_row_describe(at->row);
  add_fact(table, "row", row_name(&info, at->parent));
  add_fact(table, "type", info.type);
  add_presence(table, &info);
  add_rules(table, at->row);
  cmd_output *out = begin_fact(table, "rule file");
  cmd_put_text(out, service->file);
  cmd_puts(out, ":");
  cmd_put_number(out, info.line);
  end_fact(table);
  cmd_source_put(info.source, begin_fact(table, "source"));
  end_fact(table);
}

/* A member of an object that has a table has no row only where it is undocumented. */
static void add_no_row(cmd_table *table, const bdc_row *parent) {
  add_fact(table, "row",
           parent ? BDC_STR("none: the member is undocumented")
                  : BDC_STR("none: what is around it is undocumented, of another type than documented, or of any type"));
}

static bool has_tag(bdc_str tags, bdc_str tag) {
  while (tags.size > 0) {
    const char *blank = memchr(tags.data, ' ', tags.size);
    size_t size = blank ? (size_t)(blank - tags.data) : tags.size;
    if (cmd_equal((bdc_str){ tags.data, size }, tag)) {
      return true;
    }
    size += blank != NULL;
    tags = (bdc_str){ tags.data + size, tags.size - size };
  }
  return false;
}

/* What the row's tags stand for. */
static void put_sources(const bdc_operation_info *operation, const bdc_service_info *service, const bdc_row *row, cmd_output *out) {
  bdc_str tags = bdc_row_describe(row).source;
  cmd_table table = { 0 };
  for (size_t i = 0; i < service->source_count; i++) {
    bdc_source_info source = bdc_service_source(operation->service, i);
    if (has_tag(tags, source.tag)) {
      cmd_puts(cmd_table_cell(&table), "@");
      cmd_table_add(&table, source.tag);
      cmd_table_add(&table, source.text);
      cmd_table_end_row(&table);
    }
  }
  cmd_puts(out, table.row_count > 0 ? "\nsources\n" : "");
  cmd_table_print(&table, out, 2);
  cmd_table_free(&table);
}

static void put_at(const bdc_operation *operation, int http_status, bdc_str name, const cmd_spot *spot, const cmd_at *at,
                   cmd_output *out) {
  bdc_operation_info info = bdc_operation_describe(operation);
  bdc_service_info service = bdc_service_describe(info.service);
  cmd_table table = { 0 };
  add_place(&table, name, spot, at);
  add_operation(&table, &info, http_status);
  if (at->row) {
    add_row(&table, at, &service);
  } else {
    add_no_row(&table, at->parent);
  }
  cmd_table_print(&table, out, 0);
  cmd_table_free(&table);
  if (at->row) {
    put_sources(&info, &service, at->row, out);
  }
}

/* ---- what there is not ---- */

static int no_section(cmd_output *out, const bdc_operation *operation, int http_status) {
  bdc_str name = bdc_operation_describe(operation).full_name;
  if (http_status != 0) {
    cmd_error(out, "explain: %.*s has no table for a response with status %d", (int)name.size, name.data, http_status);
  } else {
    cmd_error(out, "explain: %.*s has no table for the body of a request", (int)name.size, name.data);
  }
  return 2;
}

int cmd_spot_refuse(cmd_output *out, bdc_str name, const cmd_spot *spot, size_t line) {
  if (line == 0 || spot->column == 0) {
    cmd_error(out, "explain: %.*s: lines and columns are counted from 1", (int)name.size, name.data);
  } else if (spot->line < line) {
    cmd_error(out, "explain: %.*s: there is no line %zu; the last one is %zu", (int)name.size, name.data, line, spot->line);
  } else {
    cmd_error(out, "explain: %.*s:%zu: the line ends at column %zu", (int)name.size, name.data, line, spot->column);
  }
  return 2;
}

static int nothing_there(cmd_output *out, bdc_str name, bdc_str text, const cmd_spot *spot, const cmd_at *at) {
  if (at->whole) {
    cmd_error(out, "explain: %.*s:%zu:%zu: there is no value", (int)name.size, name.data, spot->line, spot->column);
    return 2;
  }
  if (spot->in_part) {
    cmd_error(out, "explain: %.*s:%zu:%zu: what stands here is not known: before it the body ceases to be JSON", (int)name.size,
              name.data, spot->line, spot->column);
    return 2;
  }
  cmd_spot fault = { .offset = at->fault };
  cmd_spot_place(&fault, text);
  cmd_error(out, "explain: %.*s:%zu:%zu: no JSON from here on, so what stands at %zu:%zu is not known", (int)name.size, name.data,
            fault.line, fault.column, spot->line, spot->column);
  return 2;
}

int cmd_explain_at_offset(cmd_output *out, const bdc_operation *operation, int http_status, bdc_str name, bdc_str text,
                          const cmd_spot *spot) {
  bdc_section_info section;
  if (!cmd_section_find(operation, http_status, &section)) {
    return no_section(out, operation, http_status);
  }
  cmd_at at = cmd_at_find(text, &section, spot->offset);
  int status = 0;
  if (at.found) {
    put_at(operation, http_status, name, spot, &at, out);
  } else {
    status = nothing_there(out, name, text, spot, &at);
  }
  cmd_at_free(&at);
  return status;
}

int cmd_explain_at_text(cmd_output *out, const bdc_operation *operation, int http_status, bdc_str name, bdc_str text, size_t line,
                        size_t column) {
  cmd_spot spot = { .line = line, .column = column };
  if (!cmd_spot_find(&spot, text)) {
    return cmd_spot_refuse(out, name, &spot, line);
  }
  return cmd_explain_at_offset(out, operation, http_status, name, text, &spot);
}
