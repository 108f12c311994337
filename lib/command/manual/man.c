/* SPDX-License-Identifier: MIT */
#include "manual/man.h"

#include "text.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static bool at_line_start(const cmd_output *out) {
  return out->size == 0 || out->data[out->size - 1] == '\n';
}

/* The blank behind the last word goes: nothing follows it any more. */
static void end_line(cmd_output *out) {
  while (out->size > 0 && out->data[out->size - 1] == ' ') {
    out->size--;
  }
  if (!at_line_start(out)) {
    cmd_puts(out, "\n");
  }
}

/* What roff takes as something else than the character of ASCII: quotes become curly, the minus a hyphen, the circumflex an accent. */
static const char *escape_of(char c) {
  switch (c) {
  case '-':
    return "\\-";
  case '\\':
    return "\\(rs";
  case '\'':
    return "\\(aq";
  case '"':
    return "\\(dq";
  case '`':
    return "\\(ga";
  case '^':
    return "\\(ha";
  case '~':
    return "\\(ti";
  default:
    return NULL;
  }
}

/* One character, of `size` bytes. */
static void put_character(cmd_output *out, bdc_str bytes, uint32_t character) {
  const char *escape = bytes.size == 1 ? escape_of(bytes.data[0]) : NULL;
  if (character == '.' && at_line_start(out)) {
    escape = "\\&."; /* no request */
  }
  char wide[24];
  if (character >= 0x80 && character != CMD_INVALID) {
    snprintf(wide, sizeof(wide), "\\[u%04X]", (unsigned)character);
    escape = wide;
  }
  if (escape) {
    cmd_puts(out, escape);
  } else {
    cmd_put(out, bytes);
  }
}

static void put_characters(cmd_output *out, bdc_str text) {
  while (text.size > 0) {
    uint32_t character;
    bdc_str bytes = { text.data, cmd_decode(text, &character) };
    put_character(out, bytes, character);
    text = (bdc_str){ text.data + bytes.size, text.size - bytes.size };
  }
}

void cmd_man_macro(cmd_output *out, const char *macro) {
  end_line(out);
  cmd_puts(out, macro);
  cmd_puts(out, "\n");
}

/* Whether the line before, which has ended, is a heading's: a paragraph begins below it without a macro. */
static bool below_heading(const cmd_output *out) {
  size_t start = out->size > 0 ? out->size - 1 : 0;
  while (start > 0 && out->data[start - 1] != '\n') {
    start--;
  }
  return out->size - start > 2 && out->data[start] == '.' && out->data[start + 1] == 'S';
}

void cmd_man_paragraph(cmd_output *out) {
  end_line(out);
  if (!below_heading(out)) {
    cmd_puts(out, ".PP\n");
  }
}

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Whether what was written ends with a sentence: a full stop that is not one of three. */
static bool at_sentence_end(const cmd_output *out) {
  return out->size >= 2 && out->data[out->size - 1] == '.' && out->data[out->size - 2] != '.';
}

void cmd_man_text(cmd_output *out, bdc_str text) {
  size_t at = 0;
  while (at < text.size) {
    size_t end = at;
    while (end < text.size && !is_blank(text.data[end])) {
      end++;
    }
    put_characters(out, (bdc_str){ text.data + at, end - at });
    at = end;
    while (at < text.size && is_blank(text.data[at])) {
      at++;
    }
    if (at > end && !at_line_start(out)) {
      cmd_puts(out, at_sentence_end(out) ? "\n" : " ");
    }
  }
}

static bool is_upper(char c) {
  return (c >= 'A' && c <= 'Z') || c == '_';
}

static bool joins_words(char c) {
  return isalnum((unsigned char)c) || c == '-' || c == '\\';
}

/* How many bytes of `text` from `at` on are a word in capitals alone: no part of "X-Auth-Token" or "A-Z". 0: there is none. */
static size_t placeholder(bdc_str text, size_t at) {
  size_t end = at;
  while (end < text.size && is_upper(text.data[end])) {
    end++;
  }
  bool begins = text.data[at] != '_' && (at == 0 || !joins_words(text.data[at - 1]));
  bool ends = end == text.size || !joins_words(text.data[end]);
  return begins && ends ? end - at : 0;
}

static void put_in(cmd_output *out, const char *font, bdc_str text) {
  if (text.size > 0) {
    cmd_puts(out, font);
    put_characters(out, text);
    cmd_puts(out, "\\fR");
  }
}

void cmd_man_literal(cmd_output *out, bdc_str text) {
  size_t start = 0;
  for (size_t at = 0; at < text.size;) {
    size_t size = placeholder(text, at);
    if (size == 0) {
      at++;
      continue;
    }
    put_in(out, "\\fB", (bdc_str){ text.data + start, at - start });
    put_in(out, "\\fI", (bdc_str){ text.data + at, size });
    start = at += size;
  }
  put_in(out, "\\fB", (bdc_str){ text.data + start, text.size - start });
}

static void put_capitals(cmd_output *out, bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    char c = (char)(text.data[i] >= 'a' && text.data[i] <= 'z' ? text.data[i] - 'a' + 'A' : text.data[i]);
    put_characters(out, (bdc_str){ &c, 1 });
  }
}

void cmd_man_title(cmd_output *out, const char *name, const char *section) {
  cmd_puts(out, ".\\\" Made by 'bodycheck manual'; do not edit.\n.TH ");
  put_capitals(out, cmd_str(name));
  cmd_puts(out, " ");
  cmd_puts(out, section);
  cmd_puts(out, " \"" BODYCHECK_DATE "\" \"bodycheck ");
  cmd_puts(out, bdc_version());
  cmd_puts(out, "\" \"bodycheck\"\n");
  /* Flush left, without words cut in two: half of them are names. */
  cmd_puts(out, ".nh\n.ad l\n");
}

void cmd_man_heading(cmd_output *out, bdc_str text) {
  end_line(out);
  cmd_puts(out, ".SH \"");
  put_capitals(out, text);
  cmd_puts(out, "\"\n");
}

void cmd_man_subheading(cmd_output *out, bdc_str text) {
  end_line(out);
  cmd_puts(out, ".SS \"");
  put_characters(out, text);
  cmd_puts(out, "\"\n");
}

void cmd_man_verbatim_begin(cmd_output *out) {
  cmd_man_paragraph(out);
  cmd_puts(out, ".RS 4\n.nf\n");
}

void cmd_man_verbatim_line(cmd_output *out, bdc_str line) {
  put_characters(out, line);
  cmd_puts(out, "\n");
}

void cmd_man_verbatim_end(cmd_output *out) {
  cmd_man_macro(out, ".fi\n.RE");
}

bool cmd_man_next_line(bdc_str *text, bdc_str *line) {
  if (text->size == 0) {
    return false;
  }
  const char *end = memchr(text->data, '\n', text->size);
  size_t size = end ? (size_t)(end - text->data) : text->size;
  size_t taken = end ? size + 1 : size;
  *line = (bdc_str){ text->data, size };
  *text = (bdc_str){ text->data + taken, text->size - taken };
  return true;
}
