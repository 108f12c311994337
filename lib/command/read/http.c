/* SPDX-License-Identifier: MIT */
/*
 * A file is read twice: first for the variables that it defines, which hold for messages above them as well, and for the number of its
 * blocks; then for the messages.
 */
#include "read/http.h"

#include "read/http_message.h"
#include "text.h"

void cmd_http_mistake(const cmd_http *http, size_t offset, const char *text) {
  cmd_mistake mistake = { .entry = http->entry, .offset = offset, .rule = "http", .text = cmd_str(text) };
  http->sink->mistake(&mistake, http->sink->context);
}

bool cmd_http_pass_script(bdc_str file, cmd_line *line, size_t end) {
  while (!cmd_contains(cmd_line_text(file, *line), "%}")) {
    if (line->next >= end) {
      return false;
    }
    *line = cmd_line_at(file, line->next, end);
  }
  return true;
}

static size_t skip_mark(bdc_str file) {
  return cmd_starts_with(file, "\xef\xbb\xbf") ? 3 : 0;
}

/* Where the block that begins at `start` ends: before the next separator. */
static size_t block_end(bdc_str file, size_t start) {
  while (start < file.size) {
    cmd_line line = cmd_line_at(file, start, file.size);
    if (cmd_line_separates(file, line)) {
      break;
    }
    start = line.next;
  }
  return start;
}

/* A script before the request, in the block or in a file of its own. */
static bool is_script(bdc_str text) {
  return text.size > 1 && text.data[0] == '<' && cmd_is_blank(text.data[1]);
}

static void pass_script(const cmd_http *http, cmd_line *line, size_t end, bool defining) {
  size_t start = line->start;
  bool inside = cmd_contains(cmd_line_text(http->file, *line), "{%");
  if (inside && !cmd_http_pass_script(http->file, line, end) && !defining) {
    cmd_http_mistake(http, start, "this script has no end: \"%}\" was expected");
  }
}

/* Where the first message of a block begins; its end where there is none. The first time, variables are defined on the way. */
static size_t pass_preamble(cmd_http *http, size_t start, size_t end, bool defining) {
  while (start < end) {
    cmd_line line = cmd_line_at(http->file, start, end);
    bdc_str text = cmd_line_text(http->file, line);
    if (is_script(text)) {
      pass_script(http, &line, end, defining);
    } else if (text.size > 0 && *text.data == '@' && cmd_contains(text, "=")) {
      if (defining) {
        cmd_variables_define(&http->variables, line.start, line.end);
      }
    } else if (text.size > 0 && !cmd_line_is_comment(http->file, line)) {
      break;
    }
    start = line.next;
  }
  return start;
}

/* Defines the variables. Returns the number of blocks that have messages. */
static size_t define(cmd_http *http) {
  size_t blocks = 0;
  size_t at = skip_mark(http->file);
  while (at < http->file.size) {
    size_t end = block_end(http->file, at);
    blocks += pass_preamble(http, at, end, true) < end;
    at = cmd_line_at(http->file, end, http->file.size).next;
  }
  cmd_variables_sort(&http->variables);
  return blocks;
}

static void read_block(cmd_http *http, size_t start, size_t end) {
  http->asked = false;
  while (start < end) {
    start = cmd_http_message(http, start, end);
  }
}

static void read_blocks(cmd_http *http, bool numbered) {
  size_t blocks = 0;
  size_t at = skip_mark(http->file);
  while (at < http->file.size) {
    size_t end = block_end(http->file, at);
    http->entry = numbered ? blocks + 1 : 0;
    size_t start = pass_preamble(http, at, end, false);
    blocks += start < end;
    read_block(http, start, end);
    at = cmd_line_at(http->file, end, http->file.size).next;
  }
}

void cmd_http_read(bdc_str file, const cmd_sink *sink) {
  cmd_http http = { .file = file, .sink = sink, .text = CMD_MAPPED, .variables = cmd_variables_of(file, sink) };
  size_t blocks = define(&http);
  if (blocks == 0) {
    cmd_http_mistake(&http, 0, "this file has neither a request nor a response");
  }
  read_blocks(&http, blocks > 1);
  cmd_http_message_free(&http);
  cmd_variables_free(&http.variables);
}
