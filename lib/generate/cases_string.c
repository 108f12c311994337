/* SPDX-License-Identifier: MIT */
/* Cases of string rows: lengths, classes, values that are listed, patterns, masks, error codes. Formats have a file of their own. */
#include "generate/generator.h"

#include "base/str.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

static const char *const spelled[] = {
  [BDC__SPELL_PLAIN] = "", [BDC__SPELL_UNITS] = ", as \\u", [BDC__SPELL_SHORT] = ", escaped", [BDC__SPELL_MIXED] = ", partly escaped"
};

/* The rules that the text at hand is to break. */
static uint32_t wanted_breaks(const bdc_generator *g) {
  return g->made.reported ? BIT(g->made.rule) : 0;
}

static bool text_fits(bdc_generator *g, const bdc_row *row) {
  bool zoneless;
  bdc_str text = bdc__buffer_text(&g->text);
  return bdc__buffer_whole(&g->text) && bdc__text_breaks(&g->values, row, text, &zoneless) == wanted_breaks(g) && !zoneless;
}

void bdc__make_fitting(bdc_generator *g, size_t spot, bdc__spelling spelling) {
  if (text_fits(g, g->spots[spot].row)) {
    bdc__say(g, spelled[spelling]);
    bdc__make_string(g, spot, spelling);
  } else {
    bdc__skip(g);
  }
}

/* Some text that breaks just this rule, or that there is none. */
static void case_broken(bdc_generator *g, size_t spot, bdc_rule rule, const char *words) {
  const bdc_row *row = g->spots[spot].row;
  if (!bdc__turn(g, row, (int)rule, true)) {
    return;
  }
  bdc__say(g, words);
  bdc__wish wish = BDC__ANY_TEXT;
  wish.breaks = BIT(rule);
  if (bdc__text_write(&g->values, row, &wish, &g->text)) {
    bdc__make_string(g, spot, BDC__SPELL_PLAIN);
  } else {
    bdc__leave_out(g, BDC_OMITTED_ALONE);
  }
}

/* ---- length ---- */

typedef struct length_case {
  uint64_t length;
  int rule;
  bool breaks;
} length_case;

/* The rule that a length is about. */
static length_case about(const bdc_row *row, uint64_t length) {
  length_case of = { length, BDC__NO_RULE, false };
  if (length < row->length_min || (length == row->length_min && length > 0)) {
    of.rule = BDC_RULE_LENGTH_MIN;
  } else if (length >= row->length_max && row->length_max != BDC_UNBOUNDED) {
    of.rule = BDC_RULE_LENGTH_MAX;
  }
  of.breaks = length < row->length_min || length > row->length_max;
  return of;
}

/* Where the last character of a text begins, which has one. */
static size_t last_character(const bdc__buffer *text) {
  size_t at = text->size - 1;
  while (((unsigned char)text->data[at] & 0xc0) == 0x80) {
    at--;
  }
  return at;
}

static bool ends_with_size(const bdc__buffer *text, unsigned size) {
  return text->size - last_character(text) == size;
}

static void say_length(bdc_generator *g, uint64_t length, unsigned size, bdc__spelling spelling) {
  bdc__say_number(g, length, length == 1 ? " character" : " characters");
  if (size > 1) {
    bdc__say(g, " of ");
    bdc__say_number(g, size, " bytes");
  }
  bdc__say(g, spelled[spelling]);
}

/* A text of this length, in each size of characters, plain and escaped. The first of them there must be. */
static void cases_of_length(bdc_generator *g, size_t spot, length_case of) {
  const bdc_row *row = g->spots[spot].row;
  for (unsigned size = 1; size <= (of.length ? 4 : 1); size++) {
    for (bdc__spelling spelling = BDC__SPELL_PLAIN; spelling <= (of.length ? BDC__SPELL_UNITS : BDC__SPELL_PLAIN); spelling++) {
      if (!bdc__turn(g, row, of.rule, of.breaks)) {
        continue;
      }
      say_length(g, of.length, size, spelling);
      const bdc__wish wish = { .breaks = wanted_breaks(g), .length = of.length, .size = size };
      bool written = bdc__text_write(&g->values, row, &wish, &g->text);
      if (written && (size == 1 || ends_with_size(&g->text, size))) {
        bdc__make_string(g, spot, spelling);
      } else if (size == 1 && spelling == BDC__SPELL_PLAIN && of.rule != BDC__NO_RULE) {
        bdc__leave_out(g, BDC_OMITTED_ALONE);
      } else {
        bdc__skip(g);
      }
    }
  }
}

static void cases_length(bdc_generator *g, size_t spot) {
  enum { FREE = 100 };
  const bdc_row *row = g->spots[spot].row;
  bool bounded = row->length_max < BDC_UNBOUNDED - 1;
  const uint64_t lengths[] = { 0,
                               1,
                               row->length_min ? row->length_min - 1 : 0,
                               row->length_min,
                               row->length_min + 1,
                               bounded ? (row->length_max ? row->length_max - 1 : 0) : row->length_min + FREE,
                               bounded ? row->length_max : 0,
                               bounded ? row->length_max + 1 : 0 };
  uint64_t behind = 0; /* of those that have been seen */
  for (size_t i = 0; i < LENGTH(lengths); i++) {
    if (lengths[i] >= behind) {
      cases_of_length(g, spot, about(row, lengths[i]));
      behind = lengths[i] + 1;
    }
  }
}

/* ---- characters ---- */

static bool class_has(bdc_generator *g, const bdc__class *class, uint32_t c) {
  return !class || bdc__ranges_have(bdc__values_ranges(&g->values, class), c);
}

/* Puts a character in the place of the first or last of a valid text in g->text. */
static bool write_with(bdc_generator *g, const bdc_row *row, uint32_t c, bool first) {
  bdc__wish wish = BDC__ANY_TEXT;
  char encoded[4];
  bdc__buffer *text = &g->text;
  wish.length = row->length_min < 3 && row->length_max >= 3 ? 3 : BDC_UNBOUNDED;
  bool written = bdc__text_write(&g->values, row, &wish, text) || bdc__text_write(&g->values, row, &BDC__ANY_TEXT, text);
  if (!written || text->size == 0) {
    return false;
  }
  size_t start = first ? 0 : last_character(text);
  size_t end = first ? (size_t)bdc__utf8_size((const unsigned char *)text->data, text->size) : text->size;
  bdc__buffer_replace(text, start, end, (bdc_str){ encoded, bdc__utf8_encode(c, encoded) });
  return true;
}

static bool has_short_escape(uint32_t c) {
  return c < 0x80 && c != 0 && memchr("\"\\/\b\f\n\r\t", (int)c, 8);
}

/* A character at one end of a text, in each spelling. */
static void cases_of_character(bdc_generator *g, size_t spot, uint32_t c, bool first, int rule, bool breaks) {
  const bdc_row *row = g->spots[spot].row;
  bdc__spelling last = has_short_escape(c) ? BDC__SPELL_SHORT : BDC__SPELL_UNITS;
  for (bdc__spelling spelling = BDC__SPELL_PLAIN; spelling <= last; spelling++) {
    if (bdc__turn(g, row, rule, breaks)) {
      bdc__say_character(g, c);
      bdc__say(g, first ? " first" : " last");
      if (write_with(g, row, c, first)) {
        bdc__make_fitting(g, spot, spelling);
      } else {
        bdc__skip(g);
      }
    }
  }
}

/* A character where the class of its place has it or not. */
static void cases_of_member(bdc_generator *g, size_t spot, uint32_t c, bool first) {
  const bdc_row *row = g->spots[spot].row;
  bool in_charset = class_has(g, row->charset, c);
  if (first && row->start) {
    if (in_charset) {
      cases_of_character(g, spot, c, true, BDC_RULE_START, !class_has(g, row->start, c));
    }
  } else {
    cases_of_character(g, spot, c, first, row->charset ? BDC_RULE_CHARSET : BDC__NO_RULE, !in_charset);
  }
}

/*
 * The ends of each range of a class, and what lies just beyond them; of very many ranges, some. `others`: none of those that the start
 * class has.
 */
static void cases_edges(bdc_generator *g, size_t spot, const bdc__class *class, bool first, bool others) {
  enum { RANGES_MAX = 24 };
  const bdc__ranges *ranges = bdc__values_ranges(&g->values, class);
  size_t step = ranges->count / RANGES_MAX + 1;
  for (size_t i = 0; i < ranges->count; i += step) {
    const bdc__range range = ranges->items[i];
    const uint32_t edges[] = { bdc__character_before(range.first), range.first, range.last, bdc__character_behind(range.last) };
    for (size_t j = 0; j < LENGTH(edges); j++) {
      bool again = j == 2 && range.first == range.last;
      if (edges[j] != UINT32_MAX && !again && !(others && class_has(g, g->spots[spot].row->start, edges[j]))) {
        cases_of_member(g, spot, edges[j], first);
      }
    }
  }
}

/* Characters that are taken for others, for the end of something, or for nothing at all. */
static const uint32_t special[] = { 0,      '\b',   '\t',   '\n',   '\f',   '\r',    ' ',     '"',     '\'',   '*',
                                    '/',    '<',    '\\',   '`',    '{',    0x7f,    0x80,    0xa0,    0xad,   0xe9,
                                    0x131,  0x301,  0x430,  0x661,  0x200b, 0x202e,  0x2028,  0x3000,  0x674e, 0xd7ff,
                                    0xe000, 0xfeff, 0xff21, 0xfffd, 0xffff, 0x10000, 0x1f600, 0x10ffff };

static void cases_characters(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  if (row->charset) {
    cases_edges(g, spot, row->charset, false, false);
  }
  if (row->start) {
    cases_edges(g, spot, row->start, true, false);
  }
  if (row->start && row->charset) {
    cases_edges(g, spot, row->charset, true, true);
  }
  for (size_t i = 0; i < LENGTH(special); i++) {
    cases_of_member(g, spot, special[i], false);
    cases_of_member(g, spot, special[i], true);
  }
}

/* ---- enum ---- */

static void case_near(bdc_generator *g, size_t spot, bdc_str before, bdc_str middle, bdc_str behind, const char *words) {
  if (bdc__turn(g, g->spots[spot].row, BDC_RULE_ENUM, true)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->text, before);
    bdc__buffer_add(&g->text, middle);
    bdc__buffer_add(&g->text, behind);
    bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
  }
}

static void case_other_letters(bdc_generator *g, size_t spot, bdc_str value, size_t count, const char *words) {
  if (bdc__turn(g, g->spots[spot].row, BDC_RULE_ENUM, true)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->text, value);
    for (size_t i = 0; i < count && i < g->text.size; i++) {
      char lower = (char)(g->text.data[i] | 0x20);
      g->text.data[i] = (char)(lower >= 'a' && lower <= 'z' ? g->text.data[i] ^ 0x20 : g->text.data[i]);
    }
    bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
  }
}

static void cases_near(bdc_generator *g, size_t spot, bdc_str value) {
  const bdc_str none = { 0 };
  case_other_letters(g, spot, value, 1, "its first letter in the other case");
  case_other_letters(g, spot, value, value.size, "all letters in the other case");
  case_near(g, spot, none, (bdc_str){ value.data, value.size ? value.size - 1 : 0 }, none, "without its last character");
  case_near(g, spot, none, value, BDC_STR("s"), "with another letter behind");
  case_near(g, spot, none, value, BDC_STR(" "), "with a blank behind");
  case_near(g, spot, BDC_STR(" "), value, none, "with a blank before");
  case_near(g, spot, none, value, BDC_STR("\n"), "with a line break behind");
  case_near(g, spot, none, value, BDC_STR("\0"), "with U+0000 behind");
  case_near(g, spot, none, value, BDC_STR(","), "with a comma behind");
  case_near(g, spot, value, BDC_STR(","), value, "twice, with a comma between");
  case_near(g, spot, none, none, none, "empty");
}

static void cases_enum(bdc_generator *g, size_t spot) {
  enum { NEAR_MAX = 8 };
  const bdc_row *row = g->spots[spot].row;
  for (uint32_t i = 0; i < row->value_count; i++) {
    for (bdc__spelling spelling = BDC__SPELL_PLAIN; spelling <= BDC__SPELL_UNITS; spelling++) {
      if (!bdc__turn(g, row, BDC_RULE_ENUM, false)) {
        continue;
      }
      bdc__say_text(g, row->values[i]);
      bdc__buffer_add(&g->text, row->values[i]);
      if (spelling == BDC__SPELL_PLAIN && !text_fits(g, row)) {
        bdc__leave_out(g, BDC_OMITTED_ALONE);
      } else {
        bdc__make_fitting(g, spot, spelling);
      }
    }
  }
  for (uint32_t i = 0; i < row->value_count && i < NEAR_MAX; i++) {
    cases_near(g, spot, row->values[i]);
  }
}

/* ---- pattern ---- */

static void cases_pattern(bdc_generator *g, size_t spot) {
  enum { MATCHES = 8, OTHERS = 12 };
  const bdc_row *row = g->spots[spot].row;
  for (uint64_t i = 0; i < MATCHES; i++) {
    if (bdc__turn(g, row, BDC_RULE_PATTERN, false)) {
      bdc__say_number(g, i + 1, ". match");
      if (bdc__text_write(&g->values, row, &BDC__ANY_TEXT, &g->text)) {
        bdc__make_string(g, spot, i % 2 ? BDC__SPELL_MIXED : BDC__SPELL_PLAIN);
      } else if (i == 0) {
        bdc__leave_out(g, BDC_OMITTED_VALID);
      } else {
        bdc__skip(g);
      }
    }
  }
  case_broken(g, spot, BDC_RULE_PATTERN, "1. text that does not match");
  for (uint64_t i = 1; i < OTHERS; i++) {
    if (bdc__turn(g, row, BDC_RULE_PATTERN, true)) {
      const bdc__wish wish = { .breaks = BIT(BDC_RULE_PATTERN), .length = BDC_UNBOUNDED };
      bdc__say_number(g, i + 1, ". text that does not match");
      if (bdc__text_write(&g->values, row, &wish, &g->text)) {
        bdc__make_string(g, spot, BDC__SPELL_PLAIN);
      } else {
        bdc__skip(g);
      }
    }
  }
}

/* A value that is longer than a pattern or format is asked about. */
static void case_too_long(bdc_generator *g, size_t spot) {
  enum { VALUE_SIZE = 4096 };
  const bdc_row *row = g->spots[spot].row;
  if ((row->pattern || row->format != BDC_FORMAT_NONE) && row->length_max > VALUE_SIZE && bdc__turn(g, row, BDC_RULE_LIMIT, true)) {
    const bdc__wish wish = { .breaks = BIT(BDC_RULE_LIMIT), .length = VALUE_SIZE + 1 };
    bdc__say(g, "one character more than is looked at");
    if (bdc__text_write(&g->values, row, &wish, &g->text)) {
      bdc__make_string(g, spot, BDC__SPELL_PLAIN);
    } else {
      bdc__skip(g);
    }
  }
}

/* ---- masked ---- */

/* A valid text with stars in the place of its middle. */
static void case_masked(bdc_generator *g, size_t spot, size_t stars, const char *words) {
  const bdc_row *row = g->spots[spot].row;
  if (!bdc__turn(g, row, BDC__NO_RULE, false)) {
    return;
  }
  bdc__say(g, words);
  if (!bdc__text_write(&g->values, row, &BDC__ANY_TEXT, &g->text)) {
    bdc__skip(g);
    return;
  }
  size_t whole = g->text.size;
  bdc__buffer_add_repeat(&g->text, '*', stars);
  bdc__buffer_replace(&g->text, 1 < whole ? 1 : whole, whole > 2 ? whole - 1 : whole, (bdc_str){ 0 });
  bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
}

static void case_stars(bdc_generator *g, size_t spot, bdc_str text, int rule, bool breaks, const char *words) {
  if (bdc__turn(g, g->spots[spot].row, rule, breaks)) {
    bdc__say(g, words);
    bdc__buffer_add(&g->text, text);
    bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
  }
}

static void cases_masked(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  case_stars(g, spot, BDC_STR("*"), BDC__NO_RULE, false, "one star");
  case_stars(g, spot, BDC_STR("***"), BDC__NO_RULE, false, "three stars");
  case_masked(g, spot, 4, "a mask behind the first characters");
  case_masked(g, spot, 1, "a mask of one star");
  case_masked(g, spot, row->length_max < 2000 ? (size_t)row->length_max + 1 : 1, "a mask that makes it longer than the value may be");
  if (row->charset) {
    case_stars(g, spot, BDC_STR("ab*cd*ef"), BDC_RULE_CHARSET, true, "two masks");
    case_stars(g, spot, BDC_STR("aa**a\n"), BDC_RULE_CHARSET, true, "a line break behind a mask");
  }
}

/* ---- error codes ---- */

static bool has_status(const bdc_generator *g, bdc_str code) {
  return bdc__service_code(g->operation->service, code, g->http_status)->status == g->http_status;
}

/* Codes of the catalogue: some with their own status, which is right, and some with another one, which is worth a warning. */
static void cases_codes(bdc_generator *g, size_t spot) {
  enum { EACH_MAX = 8 };
  const bdc_service *service = g->operation->service;
  const bdc_row *row = g->spots[spot].row;
  size_t own = 0;
  size_t others = 0;
  for (size_t i = 0; i < service->code_count && g->http_status; i++) {
    bdc_str code = service->codes[i].code;
    bool fits = has_status(g, code);
    size_t *count = fits ? &own : &others;
    if ((*count)++ < EACH_MAX && bdc__turn_as(g, row, BDC_RULE_STATUS, !fits, BDC_WARNING)) {
      bdc__say_text(g, code);
      bdc__buffer_add(&g->text, code);
      bdc__make_fitting(g, spot, BDC__SPELL_PLAIN);
    }
  }
}

/* ---- all of them ---- */

void bdc__cases_string(bdc_generator *g, size_t spot) {
  const bdc_row *row = g->spots[spot].row;
  cases_length(g, spot);
  if (row->charset) {
    case_broken(g, spot, BDC_RULE_CHARSET, "some character outside the class");
  }
  if (row->start) {
    case_broken(g, spot, BDC_RULE_START, "some first character outside the class");
  }
  if (row->value_count) {
    case_broken(g, spot, BDC_RULE_ENUM, "some text that is not listed");
    cases_enum(g, spot);
  }
  if (row->pattern) {
    cases_pattern(g, spot);
  }
  if (row->format != BDC_FORMAT_NONE) {
    case_broken(g, spot, BDC_RULE_FORMAT, "some text of another form");
    bdc__cases_format(g, spot);
  }
  case_too_long(g, spot);
  cases_characters(g, spot);
  if (row->flags & BDC__ROW_MASKED) {
    cases_masked(g, spot);
  }
  if (row->flags & BDC__ROW_ERROR_CODE) {
    cases_codes(g, spot);
  }
}
