/* SPDX-License-Identifier: MIT */
#include "cover/head.h"

#include "output.h"
#include "text.h"

#include <string.h>

typedef struct walk {
  const bdc_object *rows;
  cmd_head_value *value;
  void *context;
  cmd_output name;
  cmd_output text;
} walk;

/* ---- text ---- */

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  char lower = (char)(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* What no escape is stands for itself: the report has it already. */
static bdc_str decode(bdc_str text, cmd_output *out) {
  out->size = 0;
  for (size_t i = 0; i < text.size; i++) {
    bool escaped = text.data[i] == '%' && text.size - i > 2;
    int high = escaped ? hex_digit(text.data[i + 1]) : -1;
    int low = escaped ? hex_digit(text.data[i + 2]) : -1;
    if (high >= 0 && low >= 0) {
      char byte = (char)(high * 16 + low);
      cmd_put(out, (bdc_str){ &byte, 1 });
      i += 2;
    } else {
      cmd_put(out, (bdc_str){ text.data + i, 1 });
    }
  }
  return cmd_output_text(out);
}

/* The next part of a text that `separator` divides; *rest moves behind it. False where nothing is left. */
static bool next_part(bdc_str *rest, char separator, bdc_str *part) {
  if (!rest->data) {
    return false;
  }
  const char *end = rest->size > 0 ? memchr(rest->data, separator, rest->size) : NULL;
  *part = (bdc_str){ rest->data, end ? (size_t)(end - rest->data) : rest->size };
  *rest = end ? (bdc_str){ end + 1, rest->size - part->size - 1 } : (bdc_str){ 0 };
  return true;
}

static bdc_str before(bdc_str text, char mark) {
  const char *at = text.size > 0 ? memchr(text.data, mark, text.size) : NULL;
  return at ? (bdc_str){ text.data, (size_t)(at - text.data) } : text;
}

/* Behind the first mark; nothing where there is none. */
static bdc_str behind(bdc_str text, char mark) {
  bdc_str first = before(text, mark);
  return first.size < text.size ? (bdc_str){ first.data + first.size + 1, text.size - first.size - 1 } : (bdc_str){ 0 };
}

/* The path of a target, in origin form or in absolute form: "https://host/v2/apps" has it behind the third slash. */
static bdc_str path_of(bdc_str target) {
  bdc_str path = before(before(target, '#'), '?');
  if (path.size > 0 && path.data[0] != '/') {
    bdc_str host = behind(behind(path, '/'), '/');
    bdc_str rest = behind(host, '/');
    path = rest.data ? (bdc_str){ rest.data - 1, rest.size + 1 } : (bdc_str){ 0 };
  }
  return path;
}

/* ---- rows ---- */

static const bdc_row *find_row(const bdc_object *rows, bdc_str name, bool (*same)(bdc_str a, bdc_str b)) {
  size_t count = bdc_object_describe(rows).row_count;
  for (size_t i = 0; i < count; i++) {
    const bdc_row *row = bdc_object_row(rows, i);
    if (same(bdc_row_describe(row).name, name)) {
      return row;
    }
  }
  return NULL;
}

/* ---- places ---- */

/* The rows stand in the order of the template's parameters. An empty segment is a missing value. */
static void follow_path(walk *w, bdc_str template, bdc_str path) {
  size_t number = 0;
  bdc_str expected;
  bdc_str segment;
  while (next_part(&template, '/', &expected) && next_part(&path, '/', &segment)) {
    if (expected.size == 0 || expected.data[0] != '{') {
      continue;
    }
    const bdc_row *row = bdc_object_row(w->rows, number++);
    if (row && segment.size > 0) {
      w->value(row, decode(segment, &w->text), w->context);
    }
  }
}

static void follow_query(walk *w, bdc_str query) {
  bdc_str parameter;
  while (next_part(&query, '&', &parameter)) {
    const bdc_row *row = find_row(w->rows, decode(before(parameter, '='), &w->name), cmd_equal);
    if (row) {
      w->value(row, decode(behind(parameter, '='), &w->text), w->context);
    }
  }
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

static bdc_str trim(bdc_str text) {
  while (text.size > 0 && is_blank(text.data[0])) {
    text = (bdc_str){ text.data + 1, text.size - 1 };
  }
  while (text.size > 0 && is_blank(text.data[text.size - 1])) {
    text.size--;
  }
  return text;
}

static void follow_headers(walk *w, const bdc_header *headers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const bdc_row *row = find_row(w->rows, headers[i].name, cmd_equal_fold);
    if (row) {
      w->value(row, trim(headers[i].value), w->context);
    }
  }
}

void cmd_head_follow(const bdc_operation_info *operation, const bdc_section_info *section, const bdc_request *request,
                     cmd_head_value *value, void *context) {
  walk w = { .rows = section->object, .value = value, .context = context, .name = CMD_MEMORY, .text = CMD_MEMORY };
  if (section->in == BDC_IN_PATH) {
    follow_path(&w, operation->path, path_of(request->target));
  } else if (section->in == BDC_IN_QUERY) {
    follow_query(&w, behind(before(request->target, '#'), '?'));
  } else {
    follow_headers(&w, request->headers, request->header_count);
  }
  cmd_output_free(&w.name);
  cmd_output_free(&w.text);
}
