/* SPDX-License-Identifier: MIT */
/*
 * One pass over a pattern that PCRE2 has taken. What means the same in both languages is copied; what does not is written in another way,
 * or ends the pass. Nothing refers back to a group, so whether one captures makes no difference.
 */
#include "export/ecma.h"
#include "export/ecma_escape.h"
#include "text.h"

#include <string.h>

enum { DEPTH_MAX = 64 };

typedef struct group {
  bool dot_all;   /* (?s) holds where it began */
  bool assertion; /* (?=...) and its like */
} group;

typedef struct reader {
  bdc_str text;
  size_t at;
  cmd_output *out;
  group groups[DEPTH_MAX];
  size_t depth;
  bool dot_all;    /* "." matches a newline */
  bool repeatable; /* a quantifier may follow */
  bool alternates; /* "|" stands outside of groups */
} reader;

static bool starts(const reader *r, const char *with) {
  size_t size = strlen(with);
  return r->text.size - r->at >= size && memcmp(r->text.data + r->at, with, size) == 0;
}

static void copy(reader *r, size_t size) {
  cmd_put(r->out, (bdc_str){ r->text.data + r->at, size });
  r->at += size;
}

/* ---- groups ---- */

static const char *open_group(reader *r, size_t size, const char *as, bool assertion) {
  if (r->depth == DEPTH_MAX) {
    return "groups nested too deeply";
  }
  r->groups[r->depth++] = (group){ .dot_all = r->dot_all, .assertion = assertion };
  cmd_puts(r->out, as);
  r->at += size;
  r->repeatable = false;
  return NULL;
}

/* "(?<name>", "(?P<name>", "(?'name'" */
static const char *open_named(reader *r, size_t head, char end) {
  const char *behind = memchr(r->text.data + r->at + head, end, r->text.size - r->at - head);
  return open_group(r, (size_t)(behind - (r->text.data + r->at)) + 1, "(?:", false);
}

/* "(?s)", "(?-s:": of all options only that of the dot has the same effect everywhere. */
static const char *read_options(reader *r) {
  static const struct {
    const char *text;
    bool dot_all;
    bool group;
  } options[] = { { "(?s)", true, false }, { "(?-s)", false, false }, { "(?s:", true, true }, { "(?-s:", false, true } };
  for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
    if (!starts(r, options[i].text)) {
      continue;
    }
    const char *why = options[i].group ? open_group(r, strlen(options[i].text), "(?:", false) : NULL;
    if (!options[i].group) {
      r->at += strlen(options[i].text);
      r->repeatable = false;
    }
    r->dot_all = options[i].dot_all;
    return why;
  }
  return "(?...) that ECMA-262 has not";
}

static const char *read_group(reader *r) {
  static const char *const assertions[] = { "(?=", "(?!", "(?<=", "(?<!" };
  for (size_t i = 0; i < sizeof(assertions) / sizeof(assertions[0]); i++) {
    if (starts(r, assertions[i])) {
      return open_group(r, strlen(assertions[i]), assertions[i], true);
    }
  }
  if (starts(r, "(*")) {
    return "(*...), which ECMA-262 has not";
  }
  if (!starts(r, "(?")) {
    return open_group(r, 1, "(", false);
  }
  if (starts(r, "(?:")) {
    return open_group(r, 3, "(?:", false);
  }
  if (starts(r, "(?<") || starts(r, "(?P<")) {
    return open_named(r, 3, '>');
  }
  return starts(r, "(?'") ? open_named(r, 3, '\'') : read_options(r);
}

static const char *close_group(reader *r) {
  r->depth--;
  r->dot_all = r->groups[r->depth].dot_all;
  r->repeatable = !r->groups[r->depth].assertion;
  copy(r, 1);
  return NULL;
}

/* ---- quantifiers ---- */

static size_t digits(bdc_str text, size_t at) {
  size_t start = at;
  while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9') {
    at++;
  }
  return at - start;
}

/* The size of "{3}", "{3,}", "{3,64}"; 0 where there is none. */
static size_t counted(bdc_str text, size_t at) {
  size_t start = at++;
  size_t least = digits(text, at);
  at += least;
  if (least > 0 && at < text.size && text.data[at] == ',') {
    at++;
    at += digits(text, at);
  }
  return least > 0 && at < text.size && text.data[at] == '}' ? at + 1 - start : 0;
}

static const char *read_quantifier(reader *r, size_t size) {
  if (!r->repeatable) {
    return "a quantifier where ECMA-262 takes none";
  }
  copy(r, size);
  r->repeatable = false;
  if (starts(r, "+")) {
    return "a possessive quantifier";
  }
  if (starts(r, "?")) {
    copy(r, 1);
  }
  return NULL;
}

static const char *read_brace(reader *r) {
  size_t size = counted(r->text, r->at);
  if (size > 0) {
    return read_quantifier(r, size);
  }
  if (r->at + 1 < r->text.size && memchr("0123456789, \t", r->text.data[r->at + 1], 13)) {
    return "a brace that some versions of PCRE2 take for a quantifier";
  }
  r->at++;
  cmd_ecma_put_character('{', false, r->out);
  r->repeatable = true;
  return NULL;
}

/* ---- characters ---- */

static void put_atom(reader *r, size_t size, const char *before, const char *text, const char *behind) {
  cmd_puts(r->out, before);
  cmd_puts(r->out, text);
  cmd_puts(r->out, behind);
  r->at += size;
  r->repeatable = true;
}

/* "\b" and "\B", whose words are others in ECMA-262. */
static void put_boundary(reader *r, bool boundary) {
  const char *word = cmd_word_set();
  const char *const parts[] = { "(?:(?<=[", word, "])(?", boundary ? "!" : "=", "[", word,
                                "])|(?<![", word, "])(?", boundary ? "=" : "!", "[", word,
                                "]))" };
  for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
    cmd_puts(r->out, parts[i]);
  }
  r->at += 2;
  r->repeatable = false;
}

/* "\A", "\z" and their like are no characters, but have counterparts. */
static const char *read_escape(reader *r) {
  char letter = r->text.data[r->at + 1];
  if (letter == 'A' || letter == 'z') {
    put_atom(r, 2, letter == 'A' ? "^" : "$", "", "");
    r->repeatable = false;
    return NULL;
  }
  if (letter == 'b' || letter == 'B') {
    put_boundary(r, letter == 'b');
    return NULL;
  }
  if (letter == 'N' && !starts(r, "\\N{")) {
    put_atom(r, 2, "[^\\n]", "", "");
    return NULL;
  }
  cmd_escape escape;
  const char *why = cmd_escape_read(r->text, r->at, &escape);
  if (why) {
    return why;
  }
  if (!escape.set) {
    cmd_ecma_put_character(escape.character, false, r->out);
    put_atom(r, escape.size, "", "", "");
  } else {
    bool alone = escape.set == escape.property;
    put_atom(r, escape.size, alone ? "" : escape.others ? "[^" : "[", escape.set, alone ? "" : "]");
  }
  return NULL;
}

static const char *read_class(reader *r) {
  size_t size = 0;
  const char *why = cmd_ecma_class_at(r->text, r->at, &size, r->out);
  r->at += size;
  r->repeatable = true;
  return why;
}

static const char *read_anchor(reader *r) {
  copy(r, 1);
  r->repeatable = false;
  return NULL;
}

static const char *read_bar(reader *r) {
  r->alternates = r->alternates || r->depth == 0;
  return read_anchor(r);
}

static const char *read_character(reader *r) {
  uint32_t character;
  size_t size = cmd_decode((bdc_str){ r->text.data + r->at, r->text.size - r->at }, &character);
  cmd_ecma_put_character(character, false, r->out);
  put_atom(r, size, "", "", "");
  return NULL;
}

static const char *read_next(reader *r) {
  switch (r->text.data[r->at]) {
  case '\\':
    return read_escape(r);
  case '[':
    return read_class(r);
  case '(':
    return read_group(r);
  case ')':
    return close_group(r);
  case '|':
    return read_bar(r);
  case '^':
  case '$':
    return read_anchor(r);
  case '*':
  case '+':
  case '?':
    return read_quantifier(r, 1);
  case '{':
    return read_brace(r);
  case '.':
    put_atom(r, 1, r->dot_all ? "[\\x00-\\u{10ffff}]" : "[^\\n]", "", "");
    return NULL;
  default:
    return read_character(r);
  }
}

/* ---- the whole value ---- */

/* Whether an expression ends with the anchor "$" and not with that character. */
static bool ends_anchored(bdc_str text) {
  size_t backslashes = 0;
  while (backslashes + 1 < text.size && text.data[text.size - 2 - backslashes] == '\\') {
    backslashes++;
  }
  return text.size > 0 && text.data[text.size - 1] == '$' && backslashes % 2 == 0;
}

/* The anchors that stand for "the whole value", once. */
static void put_whole(bdc_str text, bool alternates, cmd_output *out) {
  bool begins = !alternates && text.size > 0 && text.data[0] == '^';
  bool ends = !alternates && ends_anchored(text);
  cmd_puts(out, begins ? "" : "^");
  cmd_puts(out, alternates ? "(?:" : "");
  cmd_put(out, text);
  cmd_puts(out, alternates ? ")" : "");
  cmd_puts(out, ends ? "" : "$");
}

const char *cmd_ecma_pattern(bdc_str pattern, cmd_output *out) {
  cmd_output inner = CMD_MEMORY;
  reader r = { .text = pattern, .out = &inner };
  const char *why = NULL;
  while (!why && r.at < pattern.size) {
    why = read_next(&r);
  }
  if (!why) {
    put_whole(cmd_output_text(&inner), r.alternates, out);
  }
  cmd_output_free(&inner);
  return why;
}
