/* SPDX-License-Identifier: MIT */
#include "rules/scan.h"

#include "base/str.h"
#include "base/utf8.h"
#include "rules/bracket.h"

static const char BYTE_ORDER_MARK[] = "\xEF\xBB\xBF";

size_t bdc__scan_column(bdc__scanner *scanner, size_t offset) {
  bdc__line *line = &scanner->line;
  offset = offset < line->text.size ? offset : line->text.size;
  if (offset < line->known_at || line->known_column == 0) {
    line->known_at = 0;
    line->known_column = 1;
  }
  /* From the last one on, so that many mistakes in a long line cost no more than the line. */
  for (; line->known_at < offset; line->known_at++) {
    line->known_column += ((unsigned char)line->text.data[line->known_at] & 0xc0) != 0x80;
  }
  return line->known_column;
}

static bool flaw(bdc__scanner *scanner, size_t offset, const char *message) {
  if (scanner->mistakes && !scanner->line.flawed) {
    bdc__mistake(scanner->mistakes, scanner->line.number, bdc__scan_column(scanner, offset), "%s", message);
  }
  scanner->line.flawed = true;
  return false;
}

/* ---- lines ---- */

static void check_bytes(bdc__scanner *scanner) {
  const unsigned char *bytes = (const unsigned char *)scanner->line.text.data;
  size_t size = scanner->line.text.size;
  size_t at = 0;
  while (at < size && !scanner->line.flawed) {
    unsigned char c = bytes[at];
    if (c >= 0x20 && c < 0x7f) {
      at++;
    } else if (c == '\t') {
      flaw(scanner, at, "a tab; expected spaces");
    } else if (c < 0x20 || c == 0x7f) {
      flaw(scanner, at, "a control character; expected text");
    } else {
      int character = bdc__utf8_size(bytes + at, size - at);
      if (character <= 0) {
        flaw(scanner, at, "not UTF-8");
        return;
      }
      at += (size_t)character;
    }
  }
}

static bool is_blank(char c) {
  /* A tab is a mistake; read as a blank it is only one. */
  return c == ' ' || c == '\t';
}

static void skip_blanks(bdc__line *line) {
  while (line->at < line->text.size && is_blank(line->text.data[line->at])) {
    line->at++;
  }
}

static bool at_end(const bdc__line *line) {
  return line->at >= line->text.size || line->text.data[line->at] == '#';
}

/* Behind the text's last line. */
static void read_line(bdc__scanner *scanner) {
  const char *start = scanner->text.data + scanner->next;
  size_t left = scanner->text.size - scanner->next;
  const char *end = memchr(start, '\n', left);
  size_t size = end ? (size_t)(end - start) : left;
  scanner->next += size + (end ? 1 : 0);
  if (size && start[size - 1] == '\r') {
    size--;
  }
  scanner->line = (bdc__line){ .text = { start, size }, .number = ++scanner->lines };
}

void bdc__scan_begin(bdc__scanner *scanner, bdc_str text, bdc__arena *arena, bdc__mistakes *mistakes) {
  *scanner = (bdc__scanner){ .text = text, .arena = arena, .mistakes = mistakes };
  size_t mark = sizeof(BYTE_ORDER_MARK) - 1;
  if (text.size >= mark && memcmp(text.data, BYTE_ORDER_MARK, mark) == 0) {
    scanner->line = (bdc__line){ .number = 1 };
    flaw(scanner, 0, "a byte order mark; expected UTF-8 without one");
    scanner->next = mark;
  }
}

void bdc__scan_next(bdc__scanner *scanner) {
  while (scanner->next < scanner->text.size) {
    read_line(scanner);
    check_bytes(scanner);
    skip_blanks(&scanner->line);
    scanner->line.indent = scanner->line.at;
    if (!at_end(&scanner->line)) {
      return;
    }
  }
  scanner->line = (bdc__line){ 0 };
}

/* ---- words ---- */

static bool word_start(bdc__line *line, bdc__word *out) {
  skip_blanks(line);
  *out = (bdc__word){ .offset = line->at };
  return !at_end(line);
}

/* Where the quote at `start` ends: the offset of its closing mark, or the line's size. */
static size_t quote_end(const bdc__line *line, size_t start, bool *escapes) {
  size_t at = start + 1;
  while (at < line->text.size && line->text.data[at] != '"') {
    bool escape = line->text.data[at] == '\\' && at + 1 < line->text.size;
    *escapes = *escapes || escape;
    at += escape ? 2 : 1;
  }
  return at < line->text.size ? at : line->text.size;
}

static bool unescape(bdc__scanner *scanner, bdc__word *word) {
  bdc_str from = word->text;
  char *to = bdc__arena_alloc(scanner->arena, from.size, 1);
  if (!to) {
    scanner->no_memory = true;
    scanner->line.flawed = true;
    return false;
  }
  word->text = (bdc_str){ to, 0 };
  for (size_t i = 0; i < from.size; i++) {
    if (from.data[i] == '\\') {
      i++;
      if (from.data[i] != '"' && from.data[i] != '\\') {
        return flaw(scanner, word->offset + i, "unknown escape in quotes; expected \\\" or \\\\");
      }
    }
    to[word->text.size++] = from.data[i];
  }
  return true;
}

/* What was read with an end of its own must stand alone. */
static bool word_ends(bdc__scanner *scanner, const char *message) {
  const bdc__line *line = &scanner->line;
  return line->at >= line->text.size || is_blank(line->text.data[line->at]) || flaw(scanner, line->at, message);
}

static bool quoted_word(bdc__scanner *scanner, bdc__word *out) {
  bdc__line *line = &scanner->line;
  bool escapes = false;
  size_t end = quote_end(line, line->at, &escapes);
  if (end == line->text.size) {
    return flaw(scanner, line->at, "a quote without its end; expected \" in the same line");
  }
  out->text = (bdc_str){ line->text.data + line->at + 1, end - line->at - 1 };
  out->quoted = true;
  line->at = end + 1;
  return word_ends(scanner, "text behind the closing quote; expected a blank") && (!escapes || unescape(scanner, out));
}

static void plain_word(bdc__line *line, bdc__word *out) {
  size_t start = line->at;
  while (line->at < line->text.size && !is_blank(line->text.data[line->at])) {
    line->at++;
  }
  out->text = (bdc_str){ line->text.data + start, line->at - start };
}

bool bdc__scan_word(bdc__scanner *scanner, bdc__word *out) {
  bdc__line *line = &scanner->line;
  if (!word_start(line, out)) {
    return false;
  }
  if (line->text.data[line->at] == '"') {
    return quoted_word(scanner, out);
  }
  plain_word(line, out);
  return true;
}

bool bdc__scan_class(bdc__scanner *scanner, bdc__word *out) {
  bdc__line *line = &scanner->line;
  if (!word_start(line, out) || line->text.data[line->at] != '[') {
    return bdc__scan_word(scanner, out);
  }
  size_t size = bdc__bracket_size(bdc__str_from(line->text, line->at));
  if (size == 0) {
    return flaw(scanner, line->at, "a class without its end; expected ] in the same line");
  }
  out->text = (bdc_str){ line->text.data + line->at, size };
  line->at += size;
  return word_ends(scanner, "text behind the class; expected one bracket class and a blank");
}

/* "\/" stays as it is: for PCRE2 it is a slash. */
bool bdc__scan_pattern(bdc__scanner *scanner, bdc__word *out) {
  bdc__line *line = &scanner->line;
  if (!word_start(line, out) || line->text.data[line->at] != '/') {
    return bdc__scan_word(scanner, out);
  }
  size_t end = line->at + 1;
  while (end < line->text.size && line->text.data[end] != '/') {
    end += line->text.data[end] == '\\' ? 2 : 1;
  }
  if (end >= line->text.size) {
    return flaw(scanner, line->at, "a pattern without its end; expected / in the same line");
  }
  out->text = (bdc_str){ line->text.data + line->at + 1, end - line->at - 1 };
  out->offset = line->at + 1;
  line->at = end + 1;
  return word_ends(scanner, "text behind the pattern; expected a blank (write \\/ for a slash in it)");
}

void bdc__scan_rest(bdc__scanner *scanner, bdc__word *out) {
  bdc__line *line = &scanner->line;
  word_start(line, out);
  size_t end = line->at;
  bdc__word word;
  while (word_start(line, &word)) {
    plain_word(line, &word);
    end = line->at;
  }
  out->text = (bdc_str){ line->text.data + out->offset, end - out->offset };
}
