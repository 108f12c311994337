/* SPDX-License-Identifier: MIT */
#include "export/ecma.h"
#include "export/ecma_escape.h"
#include "text.h"

#include <string.h>

typedef struct reader {
  bdc_str text;
  size_t at;
  cmd_output *out;
} reader;

/* A part of a class: a character or a set. */
typedef cmd_escape item;

static const char unknown_posix[] = "a POSIX class that ECMA-262 has no words for";

/* "[:alpha:]" */
static const char *read_posix(reader *r, item *part) {
  bdc_str rest = { r->text.data + r->at + 2, r->text.size - r->at - 2 };
  const char *end = memchr(rest.data, ':', rest.size);
  bdc_str name = { rest.data, end ? (size_t)(end - rest.data) : 0 };
  bool negated = name.size > 0 && name.data[0] == '^';
  bdc_str bare = { name.data + negated, name.size - negated };
  *part = (item){ .size = name.size + 4, .set = cmd_posix_set(bare, negated) };
  return part->set ? NULL : unknown_posix;
}

/* Whether a "[" begins a POSIX class: a ":" and a "]" follow, with nothing but a name between. */
static bool at_posix(const reader *r) {
  size_t at = r->at + 2;
  if (at >= r->text.size || r->text.data[r->at] != '[' || r->text.data[r->at + 1] != ':') {
    return false;
  }
  at += r->text.data[at] == '^';
  while (at < r->text.size && (r->text.data[at] | 0x20) >= 'a' && (r->text.data[at] | 0x20) <= 'z') {
    at++;
  }
  return at + 1 < r->text.size && r->text.data[at] == ':' && r->text.data[at + 1] == ']';
}

/* "\b" is a backspace between brackets. */
static const char *read_item(reader *r, item *part) {
  if (at_posix(r)) {
    return read_posix(r, part);
  }
  bdc_str rest = { r->text.data + r->at, r->text.size - r->at };
  if (rest.data[0] == '[' && rest.size > 1 && memchr(":.=", rest.data[1], 3)) {
    return unknown_posix;
  }
  if (rest.data[0] != '\\') {
    *part = (item){ .set = NULL };
    part->size = cmd_decode(rest, &part->character);
    return NULL;
  }
  if (rest.data[1] == 'b') {
    *part = (item){ .size = 2, .character = 0x08 };
    return NULL;
  }
  const char *why = cmd_escape_read(r->text, r->at, part);
  return part->others ? "\\W between brackets" : why;
}

static bool at_range(const reader *r) {
  return r->at + 1 < r->text.size && r->text.data[r->at] == '-' && r->text.data[r->at + 1] != ']';
}

/* A hyphen behind a set, or before one, is one. */
static const char *put_item(reader *r) {
  item first;
  const char *why = read_item(r, &first);
  if (why) {
    return why;
  }
  r->at += first.size;
  if (first.set) {
    /* The text may be in the item itself. */
    cmd_puts(r->out, first.set);
    return NULL;
  }
  cmd_ecma_put_character(first.character, true, r->out);
  if (!at_range(r)) {
    return NULL;
  }
  r->at++;
  item last;
  why = read_item(r, &last);
  if (!why && last.set) {
    return "a range that ends in a set";
  }
  if (!why) {
    r->at += last.size;
    cmd_puts(r->out, "-");
    cmd_ecma_put_character(last.character, true, r->out);
  }
  return why;
}

const char *cmd_ecma_class_at(bdc_str text, size_t at, size_t *size, cmd_output *out) {
  reader r = { .text = text, .at = at + 1, .out = out };
  cmd_puts(out, "[");
  if (text.data[r.at] == '^') {
    cmd_puts(out, "^");
    r.at++;
  }
  const char *why = NULL;
  for (bool first = true; !why && r.at < text.size && (first || text.data[r.at] != ']'); first = false) {
    why = put_item(&r);
  }
  cmd_puts(out, "]");
  *size = r.at + 1 - at;
  return why;
}

const char *cmd_ecma_class(bdc_str expression, cmd_output *out) {
  size_t size;
  return cmd_ecma_class_at(expression, 0, &size, out);
}
