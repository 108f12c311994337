/* SPDX-License-Identifier: MIT */
/* A path on the first line, and patterns below it: the same answer as from the matcher alone, and with other ends of lines. */
#include "find/ignore.h"
#include "text.h"

#include "expect.h"

#include <string.h>

/* The quick forms of patterns must say what the matcher does. */
static cmd_ignored ask_slowly(const cmd_ignore_list *list, bdc_str path, bool is_folder) {
  cmd_ignored said = CMD_IGNORED_UNSAID;
  for (size_t i = 0; i < list->count; i++) {
    if (cmd_glob_match(&list->items[i].glob, path, is_folder)) {
      said = list->items[i].keeps ? CMD_IGNORED_NO : CMD_IGNORED_YES;
    }
  }
  return said;
}

static bool is_path(bdc_str text) {
  size_t part = 0;
  for (size_t i = 0; i <= text.size; i++) {
    bool ends = i == text.size || text.data[i] == '/';
    bdc_str name = { text.data + part, i - part };
    if (ends && (name.size == 0 || cmd_equal(name, BDC_STR(".")) || cmd_equal(name, BDC_STR("..")))) {
      return false;
    }
    part = ends ? i + 1 : part;
  }
  return true;
}

/* The text with other ends of lines. */
static void put_with_returns(cmd_output *out, bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    cmd_puts(out, text.data[i] == '\n' ? "\r" : "");
    cmd_put(out, (bdc_str){ text.data + i, 1 });
  }
}

static void check(bdc_str path, bdc_str patterns, bool is_folder) {
  cmd_ignore_list list;
  cmd_ignore_parse(&list, patterns);
  cmd_ignored said = cmd_ignore_ask(&list, path, is_folder);
  expect(said == ask_slowly(&list, path, is_folder));
  cmd_ignore_free(&list);
  if (patterns.size > 0 && !memchr(patterns.data, '\r', patterns.size)) {
    cmd_output changed = CMD_MEMORY;
    put_with_returns(&changed, patterns);
    cmd_ignore_parse(&list, cmd_output_text(&changed));
    cmd_output_free(&changed);
    expect(said == cmd_ignore_ask(&list, path, is_folder));
    cmd_ignore_free(&list);
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  const uint8_t *newline = size > 0 ? memchr(data, '\n', size) : NULL;
  if (!newline) {
    return 0;
  }
  bdc_str path = { (const char *)data, (size_t)(newline - data) };
  bdc_str patterns = { (const char *)newline + 1, size - path.size - 1 };
  if (is_path(path)) {
    check(path, patterns, false);
    check(path, patterns, true);
  }
  return 0;
}
