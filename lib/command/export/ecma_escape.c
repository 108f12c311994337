/* SPDX-License-Identifier: MIT */
/*
 * PCRE2 with UTF and UCP. Some sets are written out, since ECMA-262 gives their names another meaning: for PCRE2 blanks are all of \p{Z}
 * and U+180E and U+0085, but not U+FEFF. None of them has changed with Unicode's versions.
 */
#include "export/ecma_escape.h"

#include "text.h"

#include <stdio.h>
#include <string.h>

#define HORIZONTAL "\\t \\xa0\\u1680\\u180e\\u2000-\\u200a\\u202f\\u205f\\u3000"
#define NOT_HORIZONTAL                                                                                                                 \
  "\\x00-\\x08\\n-\\x1f!-\\x9f\\xa1-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u202e\\u2030-\\u205e\\u2060-\\u2fff\\u3001-"        \
  "\\u{10ffff}"
#define VERTICAL "\\n-\\r\\x85\\u2028\\u2029"
#define NOT_VERTICAL "\\x00-\\t\\x0e-\\x84\\x86-\\u2027\\u202a-\\u{10ffff}"
#define SPACE "\\t-\\r \\x85\\xa0\\u1680\\u180e\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
#define NOT_SPACE                                                                                                                      \
  "\\x00-\\x08\\x0e-\\x1f!-\\x84\\x86-\\x9f\\xa1-\\u167f\\u1681-\\u180d\\u180f-\\u1fff\\u200b-\\u2027\\u202a-\\u202e\\u2030-\\u205e"   \
  "\\u2060-\\u2fff\\u3001-\\u{10ffff}"

typedef struct named_set {
  const char *name;
  const char *set;
  const char *others; /* all characters but these; NULL where brackets cannot hold that */
} named_set;

/* ---- POSIX classes ---- */

/* The others ([:punct:], [:xdigit:] ...) are no union of properties, or another one in other versions of PCRE2. */
static const named_set posix_sets[] = {
  { "alpha", "\\p{L}", "\\P{L}" },   { "lower", "\\p{Ll}", "\\P{Ll}" },       { "upper", "\\p{Lu}", "\\P{Lu}" },
  { "alnum", "\\p{L}\\p{N}", NULL }, { "digit", "\\p{Nd}", "\\P{Nd}" },       { "cntrl", "\\p{Cc}", "\\P{Cc}" },
  { "space", SPACE, NOT_SPACE },     { "blank", HORIZONTAL, NOT_HORIZONTAL }, { "ascii", "\\x00-\\x7f", "\\x80-\\u{10ffff}" },
};

const char *cmd_word_set(void) {
  return cmd_word_has_marks() ? "\\p{L}\\p{N}\\p{Mn}\\p{Pc}" : "\\p{L}\\p{N}_";
}

const char *cmd_posix_set(bdc_str name, bool negated) {
  if (cmd_equal(name, BDC_STR("word"))) {
    return negated ? NULL : cmd_word_set();
  }
  for (size_t i = 0; i < sizeof(posix_sets) / sizeof(posix_sets[0]); i++) {
    if (cmd_equal(name, cmd_str(posix_sets[i].name))) {
      return negated ? posix_sets[i].others : posix_sets[i].set;
    }
  }
  return NULL;
}

/* ---- properties ---- */

/* General categories; PCRE2 has "L&" for LC. */
static const char *const categories[] = { "Any", "C",  "Cc", "Cf", "Cn", "Co", "Cs", "L",  "LC", "Ll", "Lm", "Lo", "Lt",
                                          "Lu",  "M",  "Mc", "Me", "Mn", "N",  "Nd", "Nl", "No", "P",  "Pc", "Pd", "Pe",
                                          "Pf",  "Pi", "Po", "Ps", "S",  "Sc", "Sk", "Sm", "So", "Z",  "Zl", "Zp", "Zs" };

/* Scripts that PCRE2 and ECMA-262 call alike. Others have no users that anyone has met. */
static const char *const scripts[] = {
  "Arabic",    "Armenian", "Bengali", "Bopomofo", "Braille",  "Cherokee", "Common", "Coptic",  "Cyrillic",  "Devanagari",
  "Ethiopic",  "Georgian", "Gothic",  "Greek",    "Gujarati", "Gurmukhi", "Han",    "Hangul",  "Hebrew",    "Hiragana",
  "Inherited", "Javanese", "Kannada", "Katakana", "Khmer",    "Lao",      "Latin",  "Lisu",    "Malayalam", "Mongolian",
  "Myanmar",   "Nko",      "Ogham",   "Oriya",    "Runic",    "Sinhala",  "Syriac", "Tagalog", "Tamil",     "Telugu",
  "Thaana",    "Thai",     "Tibetan", "Tifinagh", "Vai",      "Yi",
};

static bool is_among(bdc_str name, const char *const *list, size_t count) {
  size_t i = 0;
  while (i < count && !cmd_equal(name, cmd_str(list[i]))) {
    i++;
  }
  return i < count;
}

/* A script without more stands for all characters used in it, in PCRE2 as in Perl. */
static const char *read_property(cmd_escape *escape, bdc_str name, bool negated) {
  if (name.size > 0 && name.data[0] == '^') {
    name = (bdc_str){ name.data + 1, name.size - 1 };
    negated = !negated;
  }
  const char *kind = "";
  if (is_among(name, scripts, sizeof(scripts) / sizeof(scripts[0]))) {
    kind = "Script_Extensions=";
  } else if (cmd_equal(name, BDC_STR("L&"))) {
    name = BDC_STR("LC");
  } else if (cmd_equal(name, BDC_STR("LC")) || !is_among(name, categories, sizeof(categories) / sizeof(categories[0]))) {
    return "a property of PCRE2 that ECMA-262 has not, or spells in another way";
  }
  snprintf(escape->property, sizeof(escape->property), "\\%c{%s%.*s}", negated ? 'P' : 'p', kind, (int)name.size, name.data);
  escape->set = escape->property;
  return NULL;
}

/* "\p{Han}", "\pL", "\P{^Lu}" */
static const char *read_property_escape(bdc_str text, size_t at, cmd_escape *escape) {
  bdc_str name = { text.data + at + 2, text.size - at - 2 };
  bool negated = text.data[at + 1] == 'P';
  if (name.data[0] != '{') {
    escape->size = 3;
    return read_property(escape, (bdc_str){ name.data, 1 }, negated);
  }
  const char *end = memchr(name.data, '}', name.size);
  escape->size = (size_t)(end - (text.data + at)) + 1;
  return read_property(escape, (bdc_str){ name.data + 1, (size_t)(end - name.data) - 1 }, negated);
}

/* ---- characters by number ---- */

static int digit_of(char c) {
  if (c >= '0' && c <= '9') {
    return c - '0';
  }
  char lower = (char)(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* "\x", "\x9", "\x41", "\x{4e00}" */
static const char *read_hex(bdc_str text, size_t at, cmd_escape *escape) {
  size_t end = at + 2;
  bool braces = end < text.size && text.data[end] == '{';
  size_t most = braces ? text.size : at + 4;
  end += braces;
  for (; end < text.size && end < most && digit_of(text.data[end]) >= 0; end++) {
    escape->character = escape->character * 16 + (uint32_t)digit_of(text.data[end]);
  }
  if (braces && (end == text.size || text.data[end] != '}')) {
    return "\\x{...}, with something else than digits";
  }
  escape->size = end + braces - at;
  return NULL;
}

/* ---- one letter ---- */

static const named_set sets[] = {
  { "d", "\\p{Nd}", NULL }, { "D", "\\P{Nd}", NULL }, { "h", HORIZONTAL, NULL }, { "H", NOT_HORIZONTAL, NULL },
  { "s", SPACE, NULL },     { "S", NOT_SPACE, NULL }, { "v", VERTICAL, NULL },   { "V", NOT_VERTICAL, NULL },
};

static const char *set_of(char letter) {
  for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
    if (sets[i].name[0] == letter) {
      return sets[i].set;
    }
  }
  return NULL;
}

static bool control_of(char letter, uint32_t *character) {
  static const char letters[] = "aefnrt";
  static const char controls[] = { 0x07, 0x1b, 0x0c, 0x0a, 0x0d, 0x09 };
  const char *found = strchr(letters, letter);
  if (found) {
    *character = (uint32_t)controls[found - letters];
  }
  return found != NULL;
}

static bool is_alphanumeric(char c) {
  return digit_of(c) >= 0 || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

const char *cmd_escape_read(bdc_str text, size_t at, cmd_escape *escape) {
  *escape = (cmd_escape){ .size = 2 };
  char letter = text.data[at + 1];
  if (!is_alphanumeric(letter)) {
    bdc_str rest = { text.data + at + 1, text.size - at - 1 };
    escape->size = 1 + cmd_decode(rest, &escape->character);
    return NULL;
  }
  if (letter == 'p' || letter == 'P') {
    return read_property_escape(text, at, escape);
  }
  if (letter == 'x') {
    return read_hex(text, at, escape);
  }
  escape->others = letter == 'W';
  escape->set = letter == 'w' || letter == 'W' ? cmd_word_set() : set_of(letter);
  return escape->set || control_of(letter, &escape->character) ? NULL : "an escape that ECMA-262 has not";
}

/* ---- writing ---- */

void cmd_ecma_put_character(uint32_t character, bool in_class, cmd_output *out) {
  char text[16];
  if (character < 0x20 || character == 0x7f) {
    snprintf(text, sizeof(text), "\\x%02x", (unsigned)character);
  } else if (character < 0x80) {
    bool syntax = strchr(in_class ? "\\]^-[" : "^$\\.*+?()[]{}|/", (int)character) != NULL;
    snprintf(text, sizeof(text), "%s%c", syntax ? "\\" : "", (char)character);
  } else if (character < 0x10000) {
    snprintf(text, sizeof(text), "\\u%04x", (unsigned)character);
  } else {
    snprintf(text, sizeof(text), "\\u{%x}", (unsigned)character);
  }
  cmd_puts(out, text);
}
