/* SPDX-License-Identifier: MIT */
#include "markdown.h"

#include <string.h>

static bool is_alphanumeric(bdc_str text, size_t at) {
  if (at >= text.size) {
    return false;
  }
  char c = text.data[at];
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

/* Whether this byte may be markup where it stands; an underscore within a word is none. */
static bool is_markup(bdc_str text, size_t at) {
  char c = text.data[at];
  if (c == '_') {
    return at == 0 || !is_alphanumeric(text, at - 1) || !is_alphanumeric(text, at + 1);
  }
  return c != '\0' && strchr("\\`*[]<>|~&$", c);
}

static void put_marked(cmd_output *out, char c) {
  switch (c) {
  case '<':
    cmd_puts(out, "&lt;");
    return;
  case '>':
    cmd_puts(out, "&gt;");
    return;
  case '&':
    cmd_puts(out, "&amp;");
    return;
  default:
    cmd_puts(out, "\\");
    cmd_put(out, (bdc_str){ &c, 1 });
  }
}

/* All in ASCII that `special` says is put by `put`, the rest made safe. */
static void put_pieces(cmd_output *out, bdc_str text, bool (*special)(bdc_str, size_t), void (*put)(cmd_output *, char)) {
  size_t start = 0;
  for (size_t at = 0; at < text.size; at++) {
    if (special(text, at)) {
      cmd_put_text(out, (bdc_str){ text.data + start, at - start });
      put(out, text.data[at]);
      start = at + 1;
    }
  }
  if (start < text.size) {
    cmd_put_text(out, (bdc_str){ text.data + start, text.size - start });
  }
}

void cmd_markdown_text(cmd_output *out, bdc_str text) {
  cmd_output safe = CMD_MEMORY; /* what is made visible has backslashes and braces, which are markup then */
  cmd_put_text(&safe, text);
  put_pieces(out, cmd_output_text(&safe), is_markup, put_marked);
  cmd_output_free(&safe);
}

/* ---- code ---- */

/* In a code span nothing is escaped but the pipe, for the table; neither a backtick nor a backslash before a pipe can be told then. */
static bool fits_span(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    if (text.data[i] == '`' || (text.data[i] == '\\' && i + 1 < text.size && text.data[i + 1] == '|')) {
      return false;
    }
  }
  return text.data[0] != ' ' && text.data[text.size - 1] != ' ' && text.data[text.size - 1] != '\\';
}

static bool is_pipe(bdc_str text, size_t at) {
  return text.data[at] == '|';
}

static void put_pipe(cmd_output *out, char c) {
  (void)c;
  cmd_puts(out, "\\|");
}

static bool is_punctuation(bdc_str text, size_t at) {
  char c = text.data[at];
  return c > ' ' && c < 0x7f && !is_alphanumeric(text, at);
}

static void put_reference(cmd_output *out, char c) {
  cmd_puts(out, "&#");
  cmd_put_number(out, (unsigned char)c);
  cmd_puts(out, ";");
}

void cmd_markdown_code(cmd_output *out, bdc_str text) {
  cmd_output safe = CMD_MEMORY;
  cmd_put_text(&safe, text);
  text = cmd_output_text(&safe);
  if (text.size > 0 && fits_span(text)) {
    cmd_puts(out, "`");
    put_pieces(out, text, is_pipe, put_pipe);
    cmd_puts(out, "`");
  } else if (text.size > 0) {
    cmd_puts(out, "<code>");
    put_pieces(out, text, is_punctuation, put_reference);
    cmd_puts(out, "</code>");
  }
  cmd_output_free(&safe);
}
