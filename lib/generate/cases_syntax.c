/* SPDX-License-Identifier: MIT */
/* Cases of what is nearly JSON: tokens, strings and punctuation that some parsers take, and bodies that are cut off. */
#include "generate/generator.h"

#include "base/str.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static const bdc__filling fewest = { 0, 0 };
static const bdc__filling all_members = { 16, 4 };

/* ---- another encoding ---- */

static void case_utf16(bdc_generator *g, bool big) {
  if (!bdc__turn_text(g, BDC_RULE_SYNTAX, true, big ? "UTF-16, the high bytes first" : "UTF-16, the low bytes first") ||
      !bdc__valid_body(g, fewest)) {
    return;
  }
  bdc__buffer_add(&g->text, bdc__buffer_text(&g->body_text));
  bdc__buffer_clear(&g->body_text);
  for (size_t i = 0; i < g->text.size && (unsigned char)g->text.data[i] < 0x80; i++) {
    bdc__buffer_add_byte(&g->body_text, big ? '\0' : g->text.data[i]);
    bdc__buffer_add_byte(&g->body_text, big ? g->text.data[i] : '\0');
  }
  bdc__make_text(g);
}

/* ---- between the tokens ---- */

/* The first character that stands in no string, from `at` on; SIZE_MAX where there is none. */
static size_t find_outside(bdc_str text, size_t at, char wanted) {
  while (at < text.size && text.data[at] != wanted) {
    at = text.data[at] == '"' ? bdc__quoted_end(text, at) : at + 1;
  }
  return at < text.size ? at : SIZE_MAX;
}

typedef enum anchor { AT_OPENING, AT_FIRST_NAME, AT_COLON, AT_COMMA, AT_CLOSING } anchor;

/* A change at a place of the body: so many bytes there (ALL: the name) give way to a text. */
typedef struct inner {
  anchor at;
  bool behind; /* it */
  size_t removed;
  const char *text;
  const char *words;
} inner;
enum { ALL = 1000 };

static const inner inners[] = {
  { AT_OPENING, true, 0, ",", "a comma behind the first bracket" },
  { AT_OPENING, true, 0, "/**/", "a comment within" },
  { AT_OPENING, true, 0, "\xc2\xa0", "a no-break space within" },
  { AT_OPENING, true, 0, "\f", "a form feed within" },
  { AT_OPENING, true, 0, "\x01", "a control character within" },
  { AT_OPENING, false, 1, "(", "another first bracket" },
  { AT_CLOSING, false, 0, ",", "a comma before the last bracket" },
  { AT_CLOSING, false, 0, ",,", "two commas before the last bracket" },
  { AT_CLOSING, false, 0, "// comment", "a comment that takes in the last bracket" },
  { AT_CLOSING, false, 1, "", "without its last bracket" },
  { AT_CLOSING, false, 1, ")", "another last bracket" },
  { AT_FIRST_NAME, false, ALL, "name", "a name without quotes" },
  { AT_FIRST_NAME, false, ALL, "'name'", "a name in single quotes" },
  { AT_FIRST_NAME, false, ALL, "`name`", "a name in backquotes" },
  { AT_FIRST_NAME, false, ALL, "1", "a number for a name" },
  { AT_FIRST_NAME, false, ALL, "null", "null for a name" },
  { AT_FIRST_NAME, false, ALL, "", "no name" },
  { AT_COLON, false, 1, "", "no colon" },
  { AT_COLON, false, 1, "=", "an equals sign for the colon" },
  { AT_COLON, false, 1, "::", "two colons" },
  { AT_COLON, false, 1, ",", "a comma for the colon" },
  { AT_COLON, false, 1, "=>", "an arrow for the colon" },
  { AT_COLON, true, 0, ",", "a comma for the value" },
  { AT_COMMA, false, 1, " ", "a blank for the comma" },
  { AT_COMMA, false, 1, ";", "a semicolon for the comma" },
  { AT_COMMA, false, 1, ",,", "two commas" },
  { AT_COMMA, false, 1, ":", "a colon for the comma" },
  { AT_COMMA, false, 1, "\n", "a line break for the comma" },
};

static size_t anchor_of(bdc_str text, anchor at) {
  switch (at) {
  case AT_OPENING:
    return 0;
  case AT_FIRST_NAME:
    return text.data[0] == '{' && text.data[1] == '"' ? 1 : SIZE_MAX;
  case AT_COLON:
    return find_outside(text, 0, ':');
  case AT_COMMA:
    return find_outside(text, 0, ',');
  case AT_CLOSING:
    break;
  }
  return text.size - 1;
}

static bool is_container(const bdc_row *row) {
  return row->kind == BDC_KIND_OBJECT || row->kind == BDC_KIND_ARRAY || row->kind == BDC_KIND_MAP;
}

static void case_inner(bdc_generator *g, const inner *of) {
  if (!bdc__turn_text(g, BDC_RULE_SYNTAX, true, of->words) || !bdc__valid_body(g, all_members)) {
    return;
  }
  bdc_str text = bdc__buffer_text(&g->body_text);
  size_t at = anchor_of(text, of->at);
  if (at == SIZE_MAX) {
    bdc__skip(g);
    return;
  }
  size_t removed = of->removed == ALL ? bdc__quoted_end(text, at) - at : of->removed;
  at += of->behind;
  bdc__buffer_replace(&g->body_text, at, at + removed, bdc__str(of->text));
  bdc__make_text(g);
}

/* ---- tokens ---- */

static bool is_scalar(const bdc_row *row) {
  return !is_container(row);
}

static bool is_string(const bdc_row *row) {
  return row->kind == BDC_KIND_STRING;
}

static bool is_number(const bdc_row *row) {
  return row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG || row->kind == BDC_KIND_NUMBER;
}

static bool is_boolean(const bdc_row *row) {
  return row->kind == BDC_KIND_BOOLEAN;
}

/* A token that is none, where a value of any type stands. */
static void cases_token(bdc_generator *g) {
  static const char *const tokens[] = { "+1",   ".5",      "01",  "-01",  "00",          "-",         "1.",        "1.e5",
                                        "1e",   "1e+",     "-.5", "NaN",  "-NaN",        "Infinity",  "-Infinity", "True",
                                        "TRUE", "None",    "nul", "nulL", "tru",         "undefined", "a",         "'a'",
                                        "`a`",  "\\u0031", "*",   "<!--", "\xef\xbc\x91" };
  size_t spot = bdc__spot_find(g, is_scalar);
  for (size_t i = 0; spot != SIZE_MAX && i < LENGTH(tokens); i++) {
    if (bdc__turn_text(g, BDC_RULE_SYNTAX, true, "the token ")) {
      bdc__say(g, tokens[i]);
      bdc__buffer_add_literal(&g->token, tokens[i]);
      bdc__make_broken_text(g, spot);
    }
  }
}

/* Something behind a token that is right up to there. */
static void cases_behind(bdc_generator *g, bool (*fits)(const bdc_row *row), const char *const *endings, size_t count) {
  size_t spot = bdc__spot_find(g, fits);
  for (size_t i = 0; spot != SIZE_MAX && i < count; i++) {
    if (!bdc__turn_text(g, BDC_RULE_SYNTAX, true, "behind a token: ")) {
      continue;
    }
    bdc__say(g, endings[i]);
    if (!bdc__value_write(&g->values, g->spots[spot].row, fewest, &g->token)) {
      bdc__leave_out(g, BDC_OMITTED_VALID);
      continue;
    }
    bdc__buffer_add_literal(&g->token, endings[i]);
    bdc__make_broken_text(g, spot);
  }
}

/* ---- strings ---- */

/* What follows the valid beginning of a string; where `cut`, the body ends there. */
typedef struct ending {
  bdc_str text;
  bdc_rule rule;
  const char *words;
  bool cut;
} ending;

#define SYNTAX(text, words)                                                                                                            \
  { BDC__STR_INIT(text), BDC_RULE_SYNTAX, words, false }
#define ENCODING(text, words)                                                                                                          \
  { BDC__STR_INIT(text), BDC_RULE_ENCODING, words, false }

static const ending endings[] = {
  SYNTAX("\n\"", "a raw line break in a string"),
  SYNTAX("\t\"", "a raw tab in a string"),
  SYNTAX("\0\"", "a raw U+0000 in a string"),
  SYNTAX("\x1f\"", "a raw U+001F in a string"),
  SYNTAX("\\x41\"", "the escape \\x"),
  SYNTAX("\\'\"", "the escape \\'"),
  SYNTAX("\\a\"", "the escape \\a"),
  SYNTAX("\\0\"", "the escape \\0"),
  SYNTAX("\\U0041\"", "the escape \\U"),
  SYNTAX("\\ \"", "a backslash before a blank"),
  SYNTAX("\\\n\"", "a backslash before a line break"),
  SYNTAX("\\u12\"", "\\u with two digits"),
  SYNTAX("\\u12g4\"", "\\u with a letter"),
  SYNTAX("\\u+041\"", "\\u with a sign"),
  SYNTAX("\\u{41}\"", "\\u with braces"),
  { BDC__STR_INIT("\\\""), BDC_RULE_SYNTAX, "its last quote behind a backslash", true },
  { BDC__STR_INIT("'"), BDC_RULE_SYNTAX, "a single quote as its last", true },
  { BDC__STR_INIT(""), BDC_RULE_SYNTAX, "a string that does not end", true },
  ENCODING("\\ud800\"", "a lone high surrogate"),
  ENCODING("\\udc00\"", "a lone low surrogate"),
  ENCODING("\\ud800\\u0041\"", "a high surrogate before a letter as \\u"),
  ENCODING("\\ud800a\"", "a high surrogate before a letter"),
  ENCODING("\\ud800\\n\"", "a high surrogate before another escape"),
  ENCODING("\\ud83d\\ud83d\"", "two high surrogates"),
  ENCODING("\\ude00\\ud83d\"", "a pair of surrogates in the wrong order"),
  ENCODING("\x80\"", "a lone continuation byte"),
  ENCODING("\xff\"", "the byte 0xff"),
  ENCODING("\xe9\"", "a letter of Latin-1"),
  ENCODING("\xc0\xaf\"", "an overlong form of two bytes"),
  ENCODING("\xe0\x80\xaf\"", "an overlong form of three bytes"),
  ENCODING("\xf0\x80\x80\xaf\"", "an overlong form of four bytes"),
  ENCODING("\xc0\x80\"", "an overlong U+0000"),
  ENCODING("\xed\xa0\x80\"", "a surrogate in UTF-8"),
  ENCODING("\xed\xa0\xbd\xed\xb8\x80\"", "a pair of surrogates in UTF-8"),
  ENCODING("\xf4\x90\x80\x80\"", "a character beyond U+10FFFF"),
  ENCODING("\xf8\x88\x80\x80\x80\"", "a character of five bytes"),
  ENCODING("\xe6\x9d\"", "a character that is cut"),
  { BDC__STR_INIT("\xe6\x9d"), BDC_RULE_ENCODING, "a body that is cut within a character", true },
};

/* The beginning of a string of the row, in g->token, its last quote left out. */
static bool begin_string(bdc_generator *g, size_t spot) {
  if (!bdc__text_write(&g->values, g->spots[spot].row, &BDC__ANY_TEXT, &g->text)) {
    return false;
  }
  bdc__string_write(&g->token, bdc__buffer_text(&g->text), BDC__SPELL_PLAIN, &g->values.draw);
  g->token.size -= g->token.size > 0;
  return true;
}

static void cases_string_ending(bdc_generator *g) {
  size_t spot = bdc__spot_find(g, is_string);
  for (size_t i = 0; spot != SIZE_MAX && i < LENGTH(endings); i++) {
    if (!bdc__turn_text(g, endings[i].rule, true, endings[i].words)) {
      continue;
    }
    bool classed = g->spots[spot].row->charset || g->spots[spot].row->start;
    if (endings[i].cut && endings[i].rule == BDC_RULE_SYNTAX && endings[i].text.size && classed) {
      bdc__skip(g);
      continue;
    }
    if (!begin_string(g, spot)) {
      bdc__leave_out(g, BDC_OMITTED_VALID);
      continue;
    }
    bdc__buffer_add(&g->token, endings[i].text);
    bdc__make_broken_text(g, spot);
    if (endings[i].cut && g->outcome == BDC__MADE) {
      g->body_text.size = g->token_end;
    }
  }
}

/* Names are strings as well: the same as the name of the first member. */
static void cases_name_ending(bdc_generator *g) {
  const bdc_row *root = &g->body->root;
  if (root->kind != BDC_KIND_OBJECT && root->kind != BDC_KIND_MAP) {
    return;
  }
  for (size_t i = 0; i < LENGTH(endings); i++) {
    if (bdc__turn_text(g, endings[i].rule, true, "as a name: ")) {
      bdc__say(g, endings[i].words);
      bdc__buffer_add_literal(&g->body_text, "{\"a");
      bdc__buffer_add(&g->body_text, endings[i].text);
      bdc__buffer_add_literal(&g->body_text, endings[i].cut ? "" : ":1}");
      bdc__make_text(g);
    }
  }
}

/* ---- cut bodies ---- */

/* Within a number a cut would leave another one. */
static bool in_number(bdc_str text, size_t at) {
  return at > 1 && memchr("0123456789+-.eE", text.data[at - 1], 15);
}

/* Bodies that end too early: behind their first byte, at some place within, before their last. */
static void cases_cut(bdc_generator *g) {
  enum { CUTS = 6 };
  for (unsigned i = 0; i < CUTS; i++) {
    if (!bdc__turn_text(g, BDC_RULE_SYNTAX, true, "cut off ") || !bdc__valid_body(g, all_members)) {
      continue;
    }
    size_t size = g->body_text.size;
    size_t cut = i == 0 ? 1 : i == 1 ? size - 1 : size > 2 ? 1 + bdc__draw_below(&g->values.draw, size - 2) : 1;
    while (((unsigned char)g->body_text.data[cut] & 0xc0) == 0x80 || (i > 1 && in_number(bdc__buffer_text(&g->body_text), cut))) {
      cut--; /* nor would a character that is cut be one */
    }
    bdc__say_number(g, cut, cut == 1 ? " byte from the start" : " bytes from the start");
    g->body_text.size = cut;
    bdc__make_text(g);
  }
}

static void cases_of_container(bdc_generator *g) {
  case_utf16(g, false);
  case_utf16(g, true);
  for (size_t i = 0; i < LENGTH(inners); i++) {
    case_inner(g, &inners[i]);
  }
  cases_cut(g);
}

void bdc__cases_syntax(bdc_generator *g) {
  static const char *const behind_number[] = { "x", "_0", " 0", "L", "f", "n", "%" };
  static const char *const behind_boolean[] = { "e", "()", " true", "-" };
  if (is_container(&g->body->root)) {
    cases_of_container(g);
  }
  cases_token(g);
  cases_behind(g, is_number, behind_number, LENGTH(behind_number));
  cases_behind(g, is_boolean, behind_boolean, LENGTH(behind_boolean));
  cases_string_ending(g);
  cases_name_ending(g);
}
