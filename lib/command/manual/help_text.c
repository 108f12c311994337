/* SPDX-License-Identifier: MIT */
#include "manual/man.h"
#include "text.h"

/* What the lines of a help text are, one after the other. */
typedef enum mode { BETWEEN, PARAGRAPH, ITEM, VERBATIM } mode;

typedef struct writer {
  cmd_output *out;
  mode mode;
  size_t indent; /* of the item's tag */
} writer;

enum { VERBATIM_INDENT = 4 };

static size_t indent_of(bdc_str line) {
  size_t indent = 0;
  while (indent < line.size && line.data[indent] == ' ') {
    indent++;
  }
  return indent;
}

static bdc_str from(bdc_str text, size_t at) {
  return (bdc_str){ text.data + at, text.size - at };
}

/* Where the two blanks stand that end the tag of an indented line; its size where there are none. */
static size_t tag_end(bdc_str line, size_t indent) {
  for (size_t i = indent; i + 1 < line.size; i++) {
    if (line.data[i] == ' ' && line.data[i + 1] == ' ') {
      return i;
    }
  }
  return line.size;
}

static void enter(writer *w, mode next) {
  if (w->mode == VERBATIM && next != VERBATIM) {
    cmd_man_verbatim_end(w->out);
  }
  if (next == PARAGRAPH && w->mode != PARAGRAPH) {
    cmd_man_paragraph(w->out);
  }
  if (next == VERBATIM && w->mode != VERBATIM) {
    cmd_man_verbatim_begin(w->out);
  }
  w->mode = next;
}

/* Text in a paragraph or an item, behind a blank where there is some already. */
static void put_text(writer *w, bdc_str text) {
  cmd_man_text(w->out, text);
  cmd_man_text(w->out, BDC_STR("\n"));
}

static void put_item(writer *w, bdc_str line, size_t indent, size_t end) {
  enter(w, ITEM);
  w->indent = indent;
  cmd_man_macro(w->out, ".TP");
  cmd_man_literal(w->out, (bdc_str){ line.data + indent, end - indent });
  cmd_puts(w->out, "\n");
  put_text(w, from(line, end + indent_of(from(line, end))));
}

static void put_line(writer *w, bdc_str line) {
  size_t indent = indent_of(line);
  size_t end = tag_end(line, indent);
  if (indent == line.size) {
    enter(w, BETWEEN);
  } else if (indent == 0) {
    enter(w, PARAGRAPH);
    put_text(w, line);
  } else if (w->mode == ITEM && indent > w->indent) {
    put_text(w, from(line, indent));
  } else if (end < line.size && indent < VERBATIM_INDENT) {
    put_item(w, line, indent, end);
  } else {
    enter(w, VERBATIM);
    cmd_man_verbatim_line(w->out, from(line, indent < VERBATIM_INDENT ? indent : VERBATIM_INDENT));
  }
}

void cmd_man_help(cmd_output *out, const char *text) {
  writer w = { .out = out };
  bdc_str rest = cmd_str(text);
  bdc_str line;
  while (cmd_man_next_line(&rest, &line)) {
    put_line(&w, line);
  }
  enter(&w, BETWEEN);
}
