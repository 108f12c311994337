/* SPDX-License-Identifier: MIT */
/* The heads of requests: targets and header fields, valid but for one change. */
#include "generate/generator.h"

#include "base/str.h"
#include "route/route.h"

static const bdc_str content_type = BDC__STR_INIT("Content-Type");
static const bdc_str json = BDC__STR_INIT("application/json");

bdc_status bdc__head_new(bdc_generator *g) {
  const bdc_object *rows = g->operation->header_rows;
  g->headers = bdc__arena_alloc(&g->arena, (rows ? rows->row_count : 0) + BDC__HEADERS_MORE, sizeof *g->headers);
  return g->headers ? BDC_OK : BDC_ERR_MEMORY;
}

/* ---- values ---- */

bool bdc__head_takes(bdc_place in, bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c < 0x20 || c == 0x7f || (c == '/' && in == BDC_IN_PATH)) {
      return false;
    }
  }
  if (in == BDC_IN_HEADER) {
    return text.size && text.data[0] != ' ' && text.data[text.size - 1] != ' ';
  }
  bool dots = bdc__str_equal(text, BDC_STR(".")) || bdc__str_equal(text, BDC_STR(".."));
  return in != BDC_IN_PATH || (text.size && !dots);
}

bool bdc__head_value(bdc_generator *g, const bdc_row *row, bdc_place in, bdc__buffer *out) {
  enum { TRIES = 32 };
  bdc__wish wish = BDC__ANY_TEXT;
  wish.plain = true;
  if (row->kind != BDC_KIND_STRING) {
    bdc__buffer_clear(out);
    return bdc__value_write(&g->values, row, (bdc__filling){ 0 }, out);
  }
  for (unsigned i = 0; i < TRIES && bdc__text_write(&g->values, row, &wish, out); i++) {
    if (bdc__head_takes(in, bdc__buffer_text(out))) {
      return true;
    }
  }
  return false;
}

static bool is_unreserved(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || memchr("-._~", c, 4);
}

void bdc__percent_encode(bdc__buffer *out, bdc_str text, bool all) {
  for (size_t i = 0; i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (!all && is_unreserved(text.data[i])) {
      bdc__buffer_add_byte(out, (char)c);
    } else {
      bdc__buffer_add_byte(out, '%');
      bdc__buffer_add_byte(out, "0123456789ABCDEF"[c >> 4]);
      bdc__buffer_add_byte(out, "0123456789abcdef"[c & 15]);
    }
  }
}

/* The value of a row as it stands in a target. */
static bool add_encoded(bdc_generator *g, const bdc_row *row, bdc_place in) {
  if (row == g->change.row) {
    bdc__buffer_add(&g->target, bdc__buffer_text(&g->token));
    return true;
  }
  bdc__buffer *value = &g->values.try;
  if (!bdc__head_value(g, row, in, value)) {
    return false;
  }
  bdc__percent_encode(&g->target, bdc__buffer_text(value), false);
  return true;
}

/* ---- the target ---- */

static bool add_path(bdc_generator *g) {
  bdc_str template = g->operation->path;
  bdc_str segment;
  size_t number = 0;
  for (size_t at = 1; bdc__path_segment(template, &at, &segment);) {
    bdc__buffer_add_byte(&g->target, '/');
    if (segment.size == 0 || segment.data[0] != '{') { /* one at the end may be empty */
      bdc__buffer_add(&g->target, segment);
    } else if (!add_encoded(g, &g->operation->path_rows->rows[number++], BDC_IN_PATH)) {
      return false;
    }
  }
  bdc__buffer_add(&g->target, g->change.more_path);
  return true;
}

static bool add_query(bdc_generator *g) {
  const bdc_object *rows = g->operation->query_rows;
  bool first = !g->change.more_path.size || !memchr(g->change.more_path.data, '?', g->change.more_path.size);
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    const bdc_row *row = &rows->rows[i];
    bool changed = row == g->change.row;
    if (changed ? g->change.absent : !(row->flags & BDC__ROW_MANDATORY)) {
      continue;
    }
    bdc__buffer_add_byte(&g->target, first ? '?' : '&');
    bdc__percent_encode(&g->target, row->name, false);
    bdc__buffer_add_byte(&g->target, '=');
    if (!add_encoded(g, row, BDC_IN_QUERY)) {
      return false;
    }
    first = false;
  }
  return true;
}

/* ---- header fields ---- */

/* Values move while more are added: until all are there, only their sizes are known. */
static void add_field(bdc_generator *g, bdc_str name, bdc_str value) {
  g->headers[g->made.header_count++] = (bdc_header){ name, { NULL, value.size } };
  bdc__buffer_add(&g->fields, value);
}

static void place_values(bdc_generator *g) {
  size_t at = 0;
  for (size_t i = 0; i < g->made.header_count; i++) {
    g->headers[i].value.data = g->fields.data + at;
    at += g->headers[i].value.size;
  }
  g->made.headers = g->headers;
}

static bool add_documented_field(bdc_generator *g, const bdc_row *row) {
  if (row == g->change.row) {
    if (!g->change.absent) {
      add_field(g, row->name, bdc__buffer_text(&g->token));
    }
    return true;
  }
  bool body = g->body_text.size > 0;
  if (bdc__str_equal_fold(row->name, content_type)) {
    if (body || (row->flags & BDC__ROW_MANDATORY && !(row->flags & BDC__ROW_WHEN_BODY))) {
      add_field(g, row->name, json);
    }
    return true;
  }
  if (!(row->flags & BDC__ROW_MANDATORY) || (row->flags & BDC__ROW_WHEN_BODY && !body)) {
    return true;
  }
  bdc__buffer *value = &g->values.try;
  bool written = bdc__head_value(g, row, BDC_IN_HEADER, value);
  add_field(g, row->name, bdc__buffer_text(value));
  return written;
}

static bool add_fields(bdc_generator *g) {
  const bdc_object *rows = g->operation->header_rows;
  bool typed = false;
  for (size_t i = 0; rows && i < rows->row_count; i++) {
    typed = typed || bdc__str_equal_fold(rows->rows[i].name, content_type);
    if (!add_documented_field(g, &rows->rows[i])) {
      return false;
    }
  }
  if (!typed && g->body_text.size && !bdc__str_equal_fold(g->change.more.name, content_type)) {
    add_field(g, content_type, json);
  }
  if (g->change.more.name.size) {
    add_field(g, g->change.more.name, g->change.more.value);
  }
  return true;
}

bool bdc__head_write(bdc_generator *g) {
  bdc__buffer_clear(&g->target);
  bdc__buffer_clear(&g->fields);
  g->made.header_count = 0;
  bool written = add_path(g) && add_query(g) && add_fields(g);
  place_values(g);
  g->made.method = g->operation->method;
  g->made.target = bdc__buffer_text(&g->target);
  return written;
}
