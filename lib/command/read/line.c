/* SPDX-License-Identifier: MIT */
#include "read/line.h"

#include <string.h>

cmd_line cmd_line_at(bdc_str file, size_t start, size_t end) {
  const char *newline = start < end ? memchr(file.data + start, '\n', end - start) : NULL;
  size_t stop = newline ? (size_t)(newline - file.data) : end;
  size_t next = newline ? stop + 1 : end;
  if (stop > start && file.data[stop - 1] == '\r') {
    stop--;
  }
  return (cmd_line){ start, stop, next };
}

bool cmd_is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

bdc_str cmd_trimmed(bdc_str text) {
  while (text.size > 0 && cmd_is_blank(text.data[text.size - 1])) {
    text.size--;
  }
  while (text.size > 0 && cmd_is_blank(*text.data)) {
    text = (bdc_str){ text.data + 1, text.size - 1 };
  }
  return text;
}

bdc_str cmd_first_word(bdc_str text) {
  size_t size = 0;
  while (size < text.size && !cmd_is_blank(text.data[size])) {
    size++;
  }
  return (bdc_str){ text.data, size };
}

bdc_str cmd_line_text(bdc_str file, cmd_line line) {
  return cmd_trimmed((bdc_str){ file.data + line.start, line.end - line.start });
}

size_t cmd_line_indent(bdc_str file, cmd_line line) {
  size_t at = line.start;
  while (at < line.end && cmd_is_blank(file.data[at])) {
    at++;
  }
  return at - line.start;
}

bool cmd_line_separates(bdc_str file, cmd_line line) {
  return cmd_starts_with((bdc_str){ file.data + line.start, line.end - line.start }, "###");
}

bool cmd_line_is_comment(bdc_str file, cmd_line line) {
  bdc_str text = cmd_line_text(file, line);
  return cmd_starts_with(text, "#") || cmd_starts_with(text, "//");
}

static size_t digits(bdc_str text, size_t at) {
  size_t end = at;
  while (end < text.size && text.data[end] >= '0' && text.data[end] <= '9') {
    end++;
  }
  return end - at;
}

int cmd_line_status(bdc_str file, cmd_line line) {
  bdc_str text = { file.data + line.start, line.end - line.start };
  size_t at = strlen("HTTP/");
  if (!cmd_starts_with(text, "HTTP/") || digits(text, at) == 0) {
    return 0;
  }
  at += digits(text, at);
  if (at < text.size && text.data[at] == '.') {
    at += 1 + digits(text, at + 1);
  }
  size_t blanks = at;
  while (at < text.size && cmd_is_blank(text.data[at])) {
    at++;
  }
  size_t count = digits(text, at);
  bool ended = at + count == text.size || (at + count < text.size && cmd_is_blank(text.data[at + count]));
  if (at == blanks || count != 3 || !ended || text.data[at] == '0') {
    return 0;
  }
  return (text.data[at] - '0') * 100 + (text.data[at + 1] - '0') * 10 + (text.data[at + 2] - '0');
}

bool cmd_is_http_version(bdc_str word) {
  return word.size > 5 && (cmd_starts_with(word, "HTTP/") || cmd_starts_with(word, "http/"));
}

bool cmd_starts_with(bdc_str text, const char *start) {
  size_t size = strlen(start);
  return text.size >= size && memcmp(text.data, start, size) == 0;
}

bool cmd_contains(bdc_str text, const char *part) {
  size_t size = strlen(part);
  for (size_t at = 0; at + size <= text.size; at++) {
    if (memcmp(text.data + at, part, size) == 0) {
      return true;
    }
  }
  return false;
}
