/* SPDX-License-Identifier: MIT */
#include "report/formats.h"

#include "text.h"

const char *const cmd_format_names[] = { "full", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "tap", NULL };
const cmd_format *const cmd_formats[] = { &cmd_format_full,   &cmd_format_concise, &cmd_format_json,
                                          &cmd_format_jsonl,  &cmd_format_sarif,   &cmd_format_github,
                                          &cmd_format_gitlab, &cmd_format_junit,   &cmd_format_tap };

const cmd_format *cmd_format_find(bdc_str name) {
  for (size_t i = 0; cmd_format_names[i]; i++) {
    if (cmd_equal(name, cmd_str(cmd_format_names[i]))) {
      return cmd_formats[i];
    }
  }
  return NULL;
}

typedef struct suffix {
  const char *text;
  const cmd_format *format;
} suffix;

const cmd_format *cmd_format_of_file(const char *path) {
  /* A longer one before its own end. */
  static const suffix suffixes[] = {
    { ".sarif.json", &cmd_format_sarif }, { ".json", &cmd_format_json }, { ".jsonl", &cmd_format_jsonl },
    { ".sarif", &cmd_format_sarif },      { ".xml", &cmd_format_junit }, { ".tap", &cmd_format_tap },
  };
  bdc_str name = cmd_str(path);
  for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
    bdc_str end = cmd_str(suffixes[i].text);
    if (name.size > end.size && cmd_ends_with(name, end)) {
      return suffixes[i].format;
    }
  }
  return &cmd_format_concise;
}
