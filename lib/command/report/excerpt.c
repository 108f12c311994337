/* SPDX-License-Identifier: MIT */
#include "report/excerpt.h"

#include "memory.h"

#include <stdlib.h>

enum { COLUMNS = 100, COLUMNS_BEFORE = 72, SCAN_STEP = 4096 };

void cmd_excerpts_start(cmd_excerpts *excerpts, bdc_str body, const cmd_names *names) {
  excerpts->body = body;
  excerpts->names = names;
  excerpts->count = 0;
}

void cmd_excerpts_free(cmd_excerpts *excerpts) {
  free(excerpts->scans);
  *excerpts = (cmd_excerpts){ 0 };
}

static void keep(cmd_excerpts *e, cmd_scan scan) {
  e->scans = cmd_grow(e->scans, e->count, &e->capacity, sizeof(*e->scans));
  e->scans[e->count++] = scan;
}

/* The scan at `target`, or just after it where it is within a character. scans[i] is at i * SCAN_STEP or up to 3 bytes after. */
static cmd_scan seek(cmd_excerpts *e, size_t target) {
  if (e->count == 0) {
    keep(e, CMD_SCAN_START);
  }
  size_t nearest = target / SCAN_STEP < e->count ? target / SCAN_STEP : e->count - 1;
  while (e->scans[nearest].offset > target) {
    nearest--;
  }
  cmd_scan scan = e->scans[nearest];
  while (scan.offset < target && scan.offset < e->body.size) {
    cmd_scan_next(&scan, e->body, e->names);
    if (scan.offset >= e->count * SCAN_STEP) {
      keep(e, scan);
    }
  }
  return scan;
}

/* Some characters before `offset`, but in its line. */
static size_t window_start(bdc_str body, size_t line_start, size_t offset) {
  size_t start = offset;
  for (size_t i = 0; i < COLUMNS_BEFORE && start > line_start; i++) {
    do {
      start--;
    } while (start > line_start && ((unsigned char)body.data[start] & 0xc0u) == 0x80u);
  }
  return start;
}

/* At the end of the line, or of the body. */
static bool at_line_end(bdc_str body, size_t offset) {
  size_t left = body.size - offset;
  const char *next = body.data + offset;
  return left == 0 || next[0] == '\n' || (next[0] == '\r' && (left == 1 || next[1] == '\n'));
}

static void put_caret(cmd_output *out, cmd_color color, size_t column) {
  cmd_put_repeat(out, ' ', column);
  cmd_paint(out, color, CMD_GREEN);
  cmd_puts(out, "^");
  cmd_paint(out, color, CMD_PLAIN);
  cmd_puts(out, "\n");
}

void cmd_excerpts_put(cmd_excerpts *e, size_t offset, cmd_output *out, cmd_color color) {
  offset = offset < e->body.size ? offset : e->body.size;
  size_t line_start = seek(e, offset).line_start;
  cmd_scan scan = seek(e, window_start(e->body, line_start, offset));
  if (scan.offset == line_start && at_line_end(e->body, scan.offset)) {
    return;
  }
  bool cut_before = scan.offset > line_start;
  size_t caret = cut_before ? 6 : 2;
  cmd_puts(out, cut_before ? "  ... " : "  ");
  size_t columns = 0;
  while (columns < COLUMNS && !at_line_end(e->body, scan.offset)) {
    caret += scan.offset < offset;
    cmd_put(out, cmd_scan_next(&scan, e->body, e->names));
    columns++;
  }
  cmd_puts(out, at_line_end(e->body, scan.offset) ? "\n" : " ...\n");
  put_caret(out, color, caret);
}
