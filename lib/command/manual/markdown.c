/* SPDX-License-Identifier: MIT */
#include "manual/markdown.h"

#include "manual/man.h"

#include <string.h>

/* What the line before was. */
typedef enum mode { BETWEEN, PARAGRAPH, TABLE_TITLES, TABLE, FENCE } mode;

typedef struct converter {
  cmd_output *out;
  mode mode;
} converter;

static bool begins(bdc_str text, const char *with) {
  size_t size = strlen(with);
  return text.size >= size && memcmp(text.data, with, size) == 0;
}

static bdc_str from(bdc_str text, size_t at) {
  return (bdc_str){ text.data + at, text.size - at };
}

static bdc_str trimmed(bdc_str text) {
  while (text.size > 0 && (text.data[text.size - 1] == ' ' || text.data[text.size - 1] == '\r')) {
    text.size--;
  }
  while (text.size > 0 && text.data[0] == ' ') {
    text = from(text, 1);
  }
  return text;
}

/* `text`, up to the next `end` at most. */
static bdc_str up_to(bdc_str text, char end) {
  const char *found = text.size > 0 ? memchr(text.data, end, text.size) : NULL;
  return (bdc_str){ text.data, found ? (size_t)(found - text.data) : text.size };
}

/* Prose with `code` in it. */
static void put_inline(cmd_output *out, bdc_str text) {
  while (text.size > 0) {
    bdc_str prose = up_to(text, '`');
    cmd_man_text(out, prose);
    text = from(text, prose.size);
    if (text.size > 0) {
      bdc_str code = up_to(from(text, 1), '`');
      cmd_man_literal(out, code);
      text = from(text, code.size + 1);
      text = text.size > 0 ? from(text, 1) : text;
    }
  }
}

/* The next cell of a row, with "\|" as "|". *row begins behind a bar, and does so again after the call. */
static void take_cell(bdc_str *row, cmd_output *cell) {
  size_t at = 0;
  while (at < row->size && row->data[at] != '|') {
    at += row->data[at] == '\\' && at + 1 < row->size && row->data[at + 1] == '|';
    cmd_put(cell, (bdc_str){ row->data + at, 1 });
    at++;
  }
  *row = from(*row, at < row->size ? at + 1 : at);
}

static void put_row(cmd_output *out, bdc_str row) {
  cmd_output cells[2] = { CMD_MEMORY, CMD_MEMORY };
  take_cell(&row, &cells[0]);
  take_cell(&row, &cells[1]);
  cmd_man_macro(out, ".TP");
  put_inline(out, trimmed(cmd_output_text(&cells[0])));
  cmd_puts(out, "\n");
  put_inline(out, trimmed(cmd_output_text(&cells[1])));
  cmd_output_free(&cells[0]);
  cmd_output_free(&cells[1]);
}

/* A heading without the marks of its code: the macros of headings have fonts of their own. */
static void put_heading(converter *c, bdc_str text) {
  size_t level = 0;
  while (level < text.size && text.data[level] == '#') {
    level++;
  }
  cmd_output title = CMD_MEMORY;
  for (size_t i = level; i < text.size; i++) {
    cmd_put(&title, (bdc_str){ text.data + i, text.data[i] != '`' });
  }
  if (level == 2) {
    cmd_man_heading(c->out, trimmed(cmd_output_text(&title)));
  } else if (level > 2) {
    cmd_man_subheading(c->out, trimmed(cmd_output_text(&title)));
  }
  cmd_output_free(&title);
  c->mode = BETWEEN;
}

static void put_row_of_table(converter *c, bdc_str line) {
  if (c->mode != TABLE && c->mode != TABLE_TITLES) {
    c->mode = TABLE_TITLES;
  } else if (c->mode == TABLE_TITLES) {
    c->mode = TABLE; /* the line of dashes below the titles */
  } else {
    put_row(c->out, from(line, 1));
  }
}

static void put_prose(converter *c, bdc_str line) {
  if (c->mode != PARAGRAPH) {
    cmd_man_paragraph(c->out);
  }
  c->mode = PARAGRAPH;
  put_inline(c->out, line);
  cmd_man_text(c->out, BDC_STR("\n"));
}

static void put_in_fence(converter *c, bdc_str line) {
  if (begins(line, "```")) {
    cmd_man_verbatim_end(c->out);
    c->mode = BETWEEN;
  } else {
    cmd_man_verbatim_line(c->out, line);
  }
}

static void put_line(converter *c, bdc_str line) {
  if (c->mode == FENCE) {
    put_in_fence(c, line);
  } else if (begins(line, "```")) {
    cmd_man_verbatim_begin(c->out);
    c->mode = FENCE;
  } else if (begins(line, "#")) {
    put_heading(c, line);
  } else if (begins(line, "|")) {
    put_row_of_table(c, line);
  } else if (trimmed(line).size == 0) {
    c->mode = BETWEEN;
  } else {
    put_prose(c, line);
  }
}

void cmd_man_markdown(cmd_output *out, bdc_str text) {
  converter c = { .out = out };
  bdc_str line;
  while (cmd_man_next_line(&text, &line)) {
    put_line(&c, line);
  }
  if (c.mode == FENCE) {
    cmd_man_verbatim_end(out);
  }
}
