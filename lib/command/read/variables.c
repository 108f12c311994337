/* SPDX-License-Identifier: MIT */
#include "read/variables.h"

#include "memory.h"
#include "output.h"
#include "read/dynamic.h"
#include "read/line.h"
#include "text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  PLACEHOLDER_MAX = 256, /* bytes between the braces: the search for their end must end somewhere */
  DEPTH_MAX = 16,        /* variables of which one holds the next, where they stand in the wrong order */
  NAME_SHOWN = 64,       /* bytes */
  GROWTH_BASE = 8 << 20, /* bytes that values may add to the messages of any file, */
  GROWTH = 16            /* and for each byte of the file */
};

cmd_variables cmd_variables_of(bdc_str file, const cmd_sink *sink) {
  size_t most = (SIZE_MAX - GROWTH_BASE) / GROWTH;
  return (cmd_variables){ .file = file, .sink = sink, .left = GROWTH_BASE + (file.size < most ? file.size : most) * GROWTH };
}

void cmd_variables_free(cmd_variables *variables) {
  for (size_t i = 0; i < variables->count; i++) {
    free((void *)variables->items[i].value.data);
  }
  free(variables->items);
}

bool cmd_variables_define(cmd_variables *variables, size_t start, size_t end) {
  bdc_str line = cmd_trimmed((bdc_str){ variables->file.data + start, end - start });
  const char *equals = line.size > 0 && *line.data == '@' ? memchr(line.data, '=', line.size) : NULL;
  if (!equals) {
    return false;
  }
  bdc_str name = cmd_trimmed((bdc_str){ line.data + 1, (size_t)(equals - line.data) - 1 });
  for (size_t i = 0; i < name.size; i++) {
    if (cmd_is_blank(name.data[i])) {
      return false;
    }
  }
  if (name.size == 0) {
    return false;
  }
  bdc_str value = cmd_trimmed((bdc_str){ equals + 1, line.size - (size_t)(equals + 1 - line.data) });
  size_t value_start = (size_t)(value.data - variables->file.data);
  variables->items = cmd_grow(variables->items, variables->count, &variables->capacity, sizeof(*variables->items));
  variables->items[variables->count++] = (cmd_variable){ .name = name, .start = value_start, .end = value_start + value.size };
  return true;
}

static int compare(const void *left, const void *right) {
  const cmd_variable *a = left;
  const cmd_variable *b = right;
  int order = cmd_compare(a->name, b->name);
  return order != 0 ? order : (a->start > b->start) - (a->start < b->start);
}

void cmd_variables_sort(cmd_variables *variables) {
  if (variables->count > 0) {
    qsort(variables->items, variables->count, sizeof(*variables->items), compare);
  }
}

/* The last definition before a place; where there is none, the first one behind it; NULL where the name has none. */
static cmd_variable *find(const cmd_variables *variables, bdc_str name, size_t before) {
  size_t low = 0;
  size_t high = variables->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    const cmd_variable *item = &variables->items[middle];
    int order = cmd_compare(item->name, name);
    if (order < 0 || (order == 0 && item->start < before)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low > 0 && cmd_equal(variables->items[low - 1].name, name)) {
    return &variables->items[low - 1];
  }
  return low < variables->count && cmd_equal(variables->items[low].name, name) ? &variables->items[low] : NULL;
}

/* ---- mistakes ---- */

static void tell(const cmd_variables *variables, size_t entry, size_t offset, const char *before, bdc_str name, const char *behind) {
  size_t shown = name.size < NAME_SHOWN ? name.size : NAME_SHOWN;
  while (shown > 0 && shown < name.size && ((unsigned char)name.data[shown] & 0xc0u) == 0x80u) {
    shown--;
  }
  char text[NAME_SHOWN + 128];
  int size = snprintf(text, sizeof(text), "%s\"%.*s\"%s", before, (int)shown, name.data, behind);
  cmd_mistake mistake = { .entry = entry, .offset = offset, .rule = "variable", .text = { text, (size_t)size } };
  variables->sink->mistake(&mistake, variables->sink->context);
}

/* ---- placeholders ---- */

/* Where a placeholder stands, and who asks for it. */
typedef struct reference {
  size_t at;
  size_t end;    /* of the line */
  size_t before; /* definitions that stand before this are those that hold */
  size_t entry;
  unsigned depth;
} reference;

static cmd_placeholder read_placeholder(cmd_variables *variables, const reference *from);

/* In the values of definitions a backslash makes the next character one of the value: \n, \r, \t, and any other as it is. */
static char unescaped(char letter) {
  return (char)(letter == 'n' ? '\n' : letter == 'r' ? '\r' : letter == 't' ? '\t' : letter);
}

/* Puts what stands at *at of a definition's value, and goes on behind it. False for a placeholder without a value. */
static bool put_next(cmd_variables *variables, reference *from, cmd_output *out) {
  bdc_str rest = { variables->file.data + from->at, from->end - from->at };
  if (rest.size > 1 && rest.data[0] == '{' && rest.data[1] == '{') {
    cmd_placeholder found = read_placeholder(variables, from);
    if (found.kind != CMD_PLACEHOLDER_NONE) {
      from->at = found.end;
      cmd_put(out, found.value);
      return found.kind == CMD_PLACEHOLDER_FILLED;
    }
  }
  bool escape = rest.size > 1 && rest.data[0] == '\\';
  char byte = escape ? unescaped(rest.data[1]) : rest.data[0];
  cmd_put(out, (bdc_str){ &byte, 1 });
  from->at += escape ? 2 : 1;
  return true;
}

static void read_value(cmd_variables *variables, cmd_variable *variable, unsigned depth) {
  variable->state = CMD_VARIABLE_BEING_READ;
  cmd_output out = CMD_MEMORY;
  bool resolved = true;
  reference next = { .at = variable->start, .end = variable->end, .before = variable->start, .depth = depth };
  while (next.at < next.end) {
    resolved = put_next(variables, &next, &out) && resolved;
  }
  variable->value = cmd_output_text(&out);
  variable->state = resolved ? CMD_VARIABLE_READ : CMD_VARIABLE_UNRESOLVED;
}

/* A value that is there, where there is room for it. */
static cmd_placeholder filled(cmd_variables *variables, const reference *from, size_t end, bdc_str name, bdc_str value) {
  if (value.size <= variables->left) {
    variables->left -= value.size;
    return (cmd_placeholder){ .kind = CMD_PLACEHOLDER_FILLED, .end = end, .value = value };
  }
  if (!variables->told) {
    tell(variables, from->entry, from->at, "from ", name,
         " on no variables are filled in: what they stand for is too long for this file");
  }
  variables->told = true;
  return (cmd_placeholder){ .kind = CMD_PLACEHOLDER_UNRESOLVED, .end = end };
}

static cmd_placeholder read_variable(cmd_variables *variables, const reference *from, size_t end, bdc_str name) {
  cmd_placeholder unresolved = { .kind = CMD_PLACEHOLDER_UNRESOLVED, .end = end };
  cmd_variable *variable = find(variables, name, from->before);
  if (!variable) {
    tell(variables, from->entry, from->at, "the variable ", name, " is not defined in this file");
    return unresolved;
  }
  if (variable->state == CMD_VARIABLE_BEING_READ) {
    tell(variables, from->entry, from->at, "the variable ", name, " is defined by itself");
    return unresolved;
  }
  if (variable->state == CMD_VARIABLE_UNREAD && from->depth == DEPTH_MAX) {
    tell(variables, from->entry, from->at, "the variable ", name, " is defined by too many others, one within the other");
    return unresolved;
  }
  if (variable->state == CMD_VARIABLE_UNREAD) {
    read_value(variables, variable, from->depth + 1);
  }
  return variable->state == CMD_VARIABLE_READ ? filled(variables, from, end, name, variable->value) : unresolved;
}

/* How much of what stands in the braces is a name. */
static size_t name_size(bdc_str text) {
  size_t size = 0;
  for (; size < text.size; size++) {
    char c = text.data[size];
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (unsigned char)c >= 0x80;
    if (!letter && c != '_' && c != '-' && c != '.' && c != '$') {
      break;
    }
  }
  return size;
}

/* Where the braces close, in a line that ends at `end`; 0 where they do not. */
static size_t closing(const cmd_variables *variables, size_t start, size_t end) {
  end = end - start > PLACEHOLDER_MAX ? start + PLACEHOLDER_MAX : end;
  for (size_t at = start; at + 1 < end; at++) {
    if (variables->file.data[at] == '}' && variables->file.data[at + 1] == '}') {
      return at;
    }
  }
  return 0;
}

static cmd_placeholder read_placeholder(cmd_variables *variables, const reference *from) {
  size_t start = from->at + 2;
  size_t close = start < from->end && variables->file.data[start] != '{' ? closing(variables, start, from->end) : 0;
  bdc_str text = close > 0 ? cmd_trimmed((bdc_str){ variables->file.data + start, close - start }) : (bdc_str){ NULL, 0 };
  bdc_str name = { text.data, name_size(text) };
  if (name.size == 0) {
    return (cmd_placeholder){ .kind = CMD_PLACEHOLDER_NONE, .end = from->at };
  }
  if (*name.data != '$' && name.size < text.size) {
    tell(variables, from->entry, from->at, "what begins with ", name, " is an expression, which only the editor can evaluate");
    return (cmd_placeholder){ .kind = CMD_PLACEHOLDER_UNRESOLVED, .end = close + 2 };
  }
  if (*name.data != '$') {
    return read_variable(variables, from, close + 2, name);
  }
  bdc_str value = cmd_dynamic_value(name, cmd_trimmed((bdc_str){ name.data + name.size, text.size - name.size }), variables->made);
  if (value.size > 0) {
    return filled(variables, from, close + 2, name, value);
  }
  tell(variables, from->entry, from->at, "the value of the variable ", name, " is not in this file");
  return (cmd_placeholder){ .kind = CMD_PLACEHOLDER_UNRESOLVED, .end = close + 2 };
}

cmd_placeholder cmd_variables_read(cmd_variables *variables, size_t at, size_t end, size_t entry) {
  return read_placeholder(variables, &(reference){ .at = at, .end = end, .before = at, .entry = entry });
}
