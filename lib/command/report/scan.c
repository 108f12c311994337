/* SPDX-License-Identifier: MIT */
#include "scan.h"

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

/* Whether the string at `start` is a documented name before a colon. Such a name has no escapes: it ends at the next quote. */
static bool is_documented_name(bdc_str body, size_t start, const cmd_names *names) {
  size_t left = body.size - start - 1;
  const char *text = body.data + start + 1;
  const char *quote = memchr(text, '"', left < CMD_NAME_BYTES_MAX + 1 ? left : CMD_NAME_BYTES_MAX + 1);
  if (!quote || !cmd_names_have(names, (bdc_str){ text, (size_t)(quote - text) })) {
    return false;
  }
  const char *next = quote + 1;
  const char *end = body.data + body.size;
  while (next < end && is_blank(*next)) {
    next++;
  }
  return next < end && *next == ':';
}

static cmd_scan_state state_of_string(cmd_scan *scan, bdc_str body, const cmd_names *names) {
  scan->last = scan->last == '{' || scan->last == ',' ? 'n' : 'v';
  return scan->last == 'n' && is_documented_name(body, scan->offset, names) ? CMD_SCAN_NAME : CMD_SCAN_STRING;
}

static char show_between(cmd_scan *scan, char c, bdc_str body, const cmd_names *names) {
  if (is_blank(c)) {
    scan->state = CMD_SCAN_BETWEEN;
    return ' ';
  }
  if (scan->state == CMD_SCAN_SCALAR && is_scalar(c)) {
    return hidden;
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
  } else {
    scan->state = CMD_SCAN_SCALAR;
    scan->last = 'v';
    return hidden;
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
  return hidden;
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
    return hidden;
  case CMD_SCAN_BROKEN:
    return hidden;
  }
  return hidden;
}

char cmd_scan_next(cmd_scan *scan, bdc_str body, const cmd_names *names) {
  bdc_str rest = { body.data + scan->offset, body.size - scan->offset };
  uint32_t character;
  size_t bytes = cmd_decode(rest, &character);
  char shown = show(scan, rest.data[0], body, names);
  scan->offset += bytes;
  if (character == '\n') {
    scan->line_start = scan->offset;
  }
  return shown;
}
