/* SPDX-License-Identifier: MIT */
#include "find/ignore.h"

#include "find/content.h"
#include "memory.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

/* Git reads lines as C strings: what follows a NUL is not seen. */
static bdc_str cut_at_nul(bdc_str line) {
  const char *nul = line.size > 0 ? memchr(line.data, '\0', line.size) : NULL;
  return (bdc_str){ line.data, nul ? (size_t)(nul - line.data) : line.size };
}

/* Without the spaces at its end, up to one that is escaped. */
static bdc_str cut_spaces(bdc_str line) {
  size_t end = 0;
  for (size_t i = 0; i < line.size; i++) {
    bool escape = line.data[i] == '\\';
    end = line.data[i] != ' ' ? i + 1 + escape : end;
    i += escape;
  }
  return (bdc_str){ line.data, end < line.size ? end : line.size };
}

static bool has_wildcard(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    if (strchr("*?[\\", text.data[i])) {
      return true;
    }
  }
  return false;
}

/* Nearly all patterns are names, or a star and an ending: to compare these takes no matcher. */
static cmd_ignore_form form_of(const cmd_glob *glob) {
  bdc_str text = glob->text;
  if (!has_wildcard(text)) {
    return CMD_IGNORE_PLAIN;
  }
  bool suffix = !glob->anchored && text.data[0] == '*' && !has_wildcard((bdc_str){ text.data + 1, text.size - 1 });
  return suffix ? CMD_IGNORE_SUFFIX : CMD_IGNORE_GLOB;
}

static void add_pattern(cmd_ignore_list *list, bdc_str line) {
  cmd_ignore_pattern pattern = { .keeps = line.size > 0 && line.data[0] == '!' };
  line = (bdc_str){ line.data + pattern.keeps, line.size - pattern.keeps };
  const char *mistake;
  size_t offset;
  cmd_glob_parse(line, &pattern.glob, &mistake, &offset);
  if (pattern.glob.text.size > 0) {
    pattern.form = form_of(&pattern.glob);
    list->items = cmd_grow(list->items, list->count, &list->capacity, sizeof(*list->items));
    list->items[list->count++] = pattern;
  }
}

static void read_line(cmd_ignore_list *list, bdc_str line) {
  line.size -= line.size > 0 && line.data[line.size - 1] == '\r';
  if (line.size > 0 && line.data[0] != '#') {
    add_pattern(list, cut_spaces(cut_at_nul(line)));
  }
}

static void read_lines(cmd_ignore_list *list) {
  bdc_str text = cmd_output_text(&list->text);
  size_t at = text.size >= 3 && memcmp(text.data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  while (at < text.size) {
    const char *newline = memchr(text.data + at, '\n', text.size - at);
    size_t end = newline ? (size_t)(newline - text.data) : text.size;
    read_line(list, (bdc_str){ text.data + at, end - at });
    at = end + 1;
  }
}

void cmd_ignore_parse(cmd_ignore_list *list, bdc_str text) {
  *list = (cmd_ignore_list){ .text = CMD_MEMORY };
  cmd_put(&list->text, text);
  read_lines(list);
}

int cmd_ignore_read(cmd_ignore_list *list, int folder, const char *path, int flags) {
  *list = (cmd_ignore_list){ .text = CMD_MEMORY };
  int error = cmd_content_read(folder, path, flags, &list->text);
  read_lines(list);
  return error == ENOENT || error == ENOTDIR || error == CMD_NOT_REGULAR ? 0 : error;
}

void cmd_ignore_free(cmd_ignore_list *list) {
  cmd_output_free(&list->text);
  free(list->items);
  *list = (cmd_ignore_list){ .text = CMD_MEMORY };
}

/* ---- asking ---- */

static bool matches(const cmd_ignore_pattern *pattern, bdc_str path, bdc_str name, bool is_folder) {
  const cmd_glob *glob = &pattern->glob;
  if (glob->folders && !is_folder) {
    return false;
  }
  switch (pattern->form) {
  case CMD_IGNORE_PLAIN:
    return cmd_equal(glob->anchored ? path : name, glob->text);
  case CMD_IGNORE_SUFFIX:
    return cmd_ends_with(name, (bdc_str){ glob->text.data + 1, glob->text.size - 1 });
  case CMD_IGNORE_GLOB:
    break;
  }
  return cmd_glob_match(glob, path, is_folder);
}

cmd_ignored cmd_ignore_ask(const cmd_ignore_list *list, bdc_str path, bool is_folder) {
  bdc_str name = cmd_last_part(path);
  for (size_t i = list->count; i > 0; i--) {
    if (matches(&list->items[i - 1], path, name, is_folder)) {
      return list->items[i - 1].keeps ? CMD_IGNORED_NO : CMD_IGNORED_YES;
    }
  }
  return CMD_IGNORED_UNSAID;
}
