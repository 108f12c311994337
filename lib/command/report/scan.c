/* SPDX-License-Identifier: MIT */
#include "report/scan.h"

#include "text.h"

#include <string.h>

static const char hidden = '.';

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_structure(char c) {
  return c != '\0' && strchr("{}[]:,\"", c);
}

static bool is_scalar(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.';
}

/* Whether a token that begins with `c` may stand after the last one, as far as that can be told without a stack. */
static bool may_follow(char last, char c) {
  switch (c) {
  case ':':
    return last == 'n';
  case ',':
    return strchr("nv", last);
  case '}':
    return strchr("{nv", last);
  case ']':
    return strchr("[nv", last);
  case '"':
    return strchr("s{[:,", last);
  case '{':
  case '[':
    return strchr("s[:,", last);
  default:
    return is_scalar(c) && strchr("s[:,", last);
  }
}

/* The documented name before a colon that the string at `start` is, or NULL. Such a name has no escapes: it ends at the next quote. */
static const cmd_name *documented_name(bdc_str body, size_t start, const cmd_names *names) {
  size_t left = body.size - start - 1;
  const char *text = body.data + start + 1;
  const char *quote = memchr(text, '"', left < CMD_NAME_BYTES_MAX + 1 ? left : CMD_NAME_BYTES_MAX + 1);
  const cmd_name *name = quote ? cmd_names_find(names, (bdc_str){ text, (size_t)(quote - text) }) : NULL;
  if (!name) {
    return NULL;
  }
  const char *next = quote + 1;
  const char *end = body.data + body.size;
  while (next < end && is_blank(*next)) {
    next++;
  }
  return next < end && *next == ':' ? name : NULL;
}

/* A member begins: `name` is NULL where it is undocumented. What a secret member holds is secret, whatever it is called there. */
static void enter_member(cmd_scan *scan, const cmd_name *name, const cmd_names *names) {
  if (scan->covered == 0 || scan->depth <= scan->covered) {
    scan->covered = name && !name->secret ? 0 : scan->depth;
  }
  scan->visible = names->values && scan->covered == 0;
}

static cmd_scan_state state_of_string(cmd_scan *scan, bdc_str body, const cmd_names *names) {
  bool in_array = scan->depth > 0 && (scan->objects & 1) == 0;
  scan->last = scan->last == '{' || (scan->last == ',' && !in_array) ? 'n' : 'v';
  if (scan->last == 'v') {
    return CMD_SCAN_STRING;
  }
  const cmd_name *name = documented_name(body, scan->offset, names);
  enter_member(scan, name, names);
  return name ? CMD_SCAN_NAME : CMD_SCAN_STRING;
}

/* A visible name's values end with its member. Nothing is visible so deep that objects and arrays can no longer be told apart. */
static void nest(cmd_scan *scan, char c) {
  if (c == '{' || c == '[') {
    scan->objects = scan->objects << 1 | (c == '{');
    scan->depth++;
  } else if (c == '}' || c == ']') {
    scan->objects >>= 1;
    scan->depth -= scan->depth > 0;
  }
  if (c == '{' || c == '}' || (c == ',' && (scan->objects & 1)) || scan->depth > 64) {
    scan->visible = false;
  }
}

static char show_value(const cmd_scan *scan, char c) {
  return scan->visible ? c : hidden;
}

static char show_between(cmd_scan *scan, char c, bdc_str body, const cmd_names *names) {
  if (is_blank(c)) {
    scan->state = CMD_SCAN_BETWEEN;
    return ' ';
  }
  if (scan->state == CMD_SCAN_SCALAR && is_scalar(c)) {
    return show_value(scan, c);
  }
  if (!may_follow(scan->last, c)) {
    scan->state = CMD_SCAN_BROKEN;
    return is_structure(c) ? c : hidden;
  }
  scan->state = CMD_SCAN_BETWEEN;
  if (c == '"') {
    scan->state = state_of_string(scan, body, names);
  } else if (is_structure(c)) {
    scan->last = c == '}' || c == ']' ? 'v' : c;
    nest(scan, c);
  } else {
    scan->state = CMD_SCAN_SCALAR;
    scan->last = 'v';
    return show_value(scan, c);
  }
  return c;
}

static char show_in_string(cmd_scan *scan, char c) {
  if (c == '"') {
    scan->state = CMD_SCAN_BETWEEN;
    return c;
  }
  if ((unsigned char)c < 0x20) {
    scan->state = CMD_SCAN_BROKEN;
  } else if (c == '\\') {
    scan->state = CMD_SCAN_ESCAPE;
  }
  return show_value(scan, c);
}

static char show(cmd_scan *scan, char c, bdc_str body, const cmd_names *names) {
  switch (scan->state) {
  case CMD_SCAN_BETWEEN:
  case CMD_SCAN_SCALAR:
    return show_between(scan, c, body, names);
  case CMD_SCAN_NAME:
    scan->state = c == '"' ? CMD_SCAN_BETWEEN : CMD_SCAN_NAME;
    return c;
  case CMD_SCAN_STRING:
    return show_in_string(scan, c);
  case CMD_SCAN_ESCAPE:
    scan->state = CMD_SCAN_STRING;
    return show_value(scan, c);
  case CMD_SCAN_BROKEN:
    return hidden;
  }
  return hidden;
}

/* The ASCII character as text that lives on; what no terminal should be sent is hidden as well. */
static bdc_str shown_as(char c) {
  static const char characters[] = " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  return (bdc_str){ c >= ' ' && c <= '~' ? &characters[c - ' '] : &hidden, 1 };
}

bdc_str cmd_scan_next(cmd_scan *scan, bdc_str body, const cmd_names *names) {
  bdc_str rest = { body.data + scan->offset, body.size - scan->offset };
  uint32_t character;
  size_t bytes = cmd_decode(rest, &character);
  char shown = show(scan, rest.data[0], body, names);
  bool as_it_is = shown != hidden && bytes > 1 && !cmd_is_unsafe(character);
  scan->offset += bytes;
  if (character == '\n') {
    scan->line_start = scan->offset;
  }
  if (as_it_is) {
    return (bdc_str){ rest.data, bytes };
  }
  return shown_as(shown);
}
