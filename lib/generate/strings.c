/* SPDX-License-Identifier: MIT */
/* Texts of string rows: drafts that are likely to be as wished, each held against all rules of the row, until one is. */
#include "generate/strings.h"

#include "base/str.h"
#include "base/utf8.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

#define BIT(rule) (UINT32_C(1) << (rule))

/* ---- characters ---- */

typedef struct palette {
  uint32_t first;
  uint32_t others[8];
  size_t count;
} palette;

/* Code points by the bytes that they take in UTF-8. */
static const bdc__range of_size[] = { { 0, 0x10ffff }, { 0, 0x7f }, { 0x80, 0x7ff }, { 0x800, 0xffff }, { 0x10000, 0x10ffff } };

/* Of ASCII, what is no trouble to anybody comes first. */
static const bdc__range harmless[] = { { 'a', 'z' }, { '0', '9' }, { 'A', 'Z' }, { '!', '~' }, { ' ', '~' } };

static bool draw_of(bdc__values *values, const bdc__ranges *ranges, unsigned size, bool plain, uint32_t *c) {
  bdc__draw *draw = &values->draw;
  if (size <= 1) {
    size_t from = !plain && bdc__draw_one_in(draw, 4) ? 3 : bdc__draw_below(draw, 3);
    for (size_t i = 0; i < LENGTH(harmless); i++) {
      const bdc__range *range = &harmless[from < 3 && i < 3 ? (from + i) % 3 : (from + i) % LENGTH(harmless)];
      if (bdc__ranges_draw(ranges, draw, range->first, range->last, c)) {
        return true;
      }
    }
  }
  return bdc__ranges_draw(ranges, draw, of_size[size].first, of_size[size].last, c);
}

/* What stands for a class where a row has none: letters of every size. */
static const bdc__range letters[] = { { '0', '9' },         { 'A', 'Z' },         { 'a', 'z' },          { 0xc0, 0xff },
                                      { 0x391, 0x3a1 },     { 0x4e00, 0x9fa5 },   { 0xac00, 0xd7a3 },    { 0xfffd, 0xfffd },
                                      { 0x1f600, 0x1f64f }, { 0x20000, 0x2a6d6 }, { 0x10fffd, 0x10ffff } };
static const bdc__ranges any_ranges = { letters, LENGTH(letters) };

/* The first character must be in both classes. */
static bool draw_first(bdc__values *values, const bdc_row *row, const bdc__wish *wish, const bdc__ranges *charset, uint32_t *c) {
  enum { TRIES = 32 };
  if (!row->start) {
    return draw_of(values, charset, wish->size, wish->plain, c);
  }
  const bdc__ranges *start = bdc__values_ranges(values, row->start);
  for (unsigned i = 0; i < TRIES; i++) {
    unsigned size = i < TRIES / 2 ? wish->size : 0;
    if (draw_of(values, i % 2 ? charset : start, size, wish->plain, c) && bdc__ranges_have(start, *c) &&
        (!row->charset || bdc__ranges_have(charset, *c))) {
      return true;
    }
  }
  return false;
}

static bool draw_palette(bdc__values *values, const bdc_row *row, const bdc__wish *wish, palette *of) {
  const bdc__ranges *charset = row->charset ? bdc__values_ranges(values, row->charset) : &any_ranges;
  for (of->count = 0; of->count < LENGTH(of->others); of->count++) {
    if (!draw_of(values, charset, wish->size, wish->plain, &of->others[of->count])) {
      return false;
    }
  }
  return draw_first(values, row, wish, charset, &of->first);
}

/* ---- drafts ---- */

/* So many characters, where the wish leaves it open: the fewest, or some more. */
static uint64_t draft_length(bdc__values *values, const bdc_row *row, const bdc__wish *wish) {
  enum { MORE = 8 };
  if (wish->length != BDC_UNBOUNDED) {
    return wish->length;
  }
  uint64_t least = row->length_min > 0 ? row->length_min : row->length_max > 0;
  uint64_t spare = row->length_max > least ? row->length_max - least : 0;
  return least + bdc__draw_below(&values->draw, (size_t)(spare < MORE ? spare : MORE) + 1);
}

static void fill(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc__buffer *out) {
  palette of;
  uint64_t length = draft_length(values, row, wish);
  if (length == 0 || !draw_palette(values, row, wish, &of)) {
    return;
  }
  bdc__buffer_add_character(out, of.first);
  for (uint64_t i = 1; i < length && bdc__buffer_whole(out); i++) {
    bdc__buffer_add_character(out, of.others[bdc__draw_below(&values->draw, of.count)]);
  }
}

static void add_two(bdc__buffer *out, char before, size_t number) {
  bdc__buffer_add_byte(out, before);
  bdc__buffer_add_byte(out, (char)('0' + number / 10));
  bdc__buffer_add_byte(out, (char)('0' + number % 10));
}

static void add_digits(bdc__values *values, const char *digits, uint64_t count, bdc__buffer *out) {
  size_t base = strlen(digits);
  for (uint64_t i = 0; i < count && bdc__buffer_whole(out); i++) {
    bdc__buffer_add_byte(out, digits[bdc__draw_below(&values->draw, base)]);
  }
}

/* A fraction takes the characters that are left. */
static void add_fraction(bdc__values *values, const bdc_row *row, uint64_t left, bool bounded, bdc__buffer *out) {
  uint64_t most = row->fraction_max < 9 ? row->fraction_max : 9;
  uint64_t digits = bounded                              ? (left > 1 ? left - 1 : 0)
                    : bdc__draw_one_in(&values->draw, 2) ? bdc__draw_below(&values->draw, most + 1)
                                                         : 0;
  if (digits) {
    bdc__buffer_add_byte(out, '.');
    add_digits(values, "0123456789", digits, out);
  }
}

static void draft_date_time(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc__buffer *out) {
  enum { WITH_Z = 20, WITH_OFFSET = 25 };
  bdc__draw *draw = &values->draw;
  bool bounded = wish->length != BDC_UNBOUNDED;
  bool offset = bounded ? wish->length == WITH_OFFSET || (wish->length > WITH_OFFSET + 1 && bdc__draw_one_in(draw, 2))
                        : bdc__draw_one_in(draw, 4);
  uint64_t rest = offset ? WITH_OFFSET : WITH_Z;
  bdc__buffer_add_number(out, 1970 + bdc__draw_below(draw, 130));
  add_two(out, '-', 1 + bdc__draw_below(draw, 12));
  add_two(out, '-', 1 + bdc__draw_below(draw, 28));
  add_two(out, 'T', bdc__draw_below(draw, 24));
  add_two(out, ':', bdc__draw_below(draw, 60));
  add_two(out, ':', bdc__draw_below(draw, 60));
  add_fraction(values, row, wish->length > rest ? wish->length - rest : 0, bounded, out);
  bdc__buffer_add_literal(out, offset ? "+08:00" : "Z");
}

static void draft_uuid(bdc__values *values, bdc__buffer *out) {
  static const uint64_t parts[] = { 8, 4, 4, 4, 12 };
  for (size_t i = 0; i < LENGTH(parts); i++) {
    bdc__buffer_add_literal(out, i ? "-" : "");
    add_digits(values, "0123456789abcdef", parts[i], out);
  }
}

static void draft_media_type(bdc__values *values, const bdc__wish *wish, bdc__buffer *out) {
  static const char *const known[] = { "text/plain", "application/json; charset=utf-8", "a/b", "image/svg+xml" };
  if (wish->length == BDC_UNBOUNDED) {
    bdc__buffer_add_literal(out, known[bdc__draw_below(&values->draw, LENGTH(known))]);
  } else if (wish->length >= 3) {
    bdc__buffer_add_literal(out, "a/");
    add_digits(values, "abcdefgh", wish->length - 2, out);
  }
}

static void draft_format(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc__buffer *out) {
  switch ((bdc_format)row->format) {
  case BDC_FORMAT_DATE_TIME:
    draft_date_time(values, row, wish, out);
    return;
  case BDC_FORMAT_HEX:
    add_digits(values, "0123456789abcdefABCDEF", draft_length(values, row, wish), out);
    return;
  case BDC_FORMAT_UUID:
    draft_uuid(values, out);
    return;
  default:
    draft_media_type(values, wish, out);
    return;
  }
}

/* Each kind of draft has its turn. */
static void draft(bdc__values *values, const bdc_row *row, const bdc__wish *wish, unsigned round, bdc__buffer *out) {
  const bdc__shape *shape = bdc__values_shape(values, row);
  if (row->value_count && (!(wish->breaks & BIT(BDC_RULE_ENUM)) || round % 3)) {
    bdc__buffer_add(out, row->values[(bdc__draw_below(&values->draw, row->value_count) + round) % row->value_count]);
  } else if (shape && (wish->breaks & BIT(BDC_RULE_PATTERN) ? round % 4 < 3 : round % 3 > 0)) {
    bdc__shape_write(shape, &values->draw, wish->length, out);
  } else if (row->format != BDC_FORMAT_NONE && (round % 4 || wish->breaks == 0)) {
    draft_format(values, row, wish, out);
  } else {
    fill(values, row, wish, out);
  }
}

/* ---- spoiling ---- */

/* Characters that are taken for others, or for none. */
static const uint32_t troublesome[] = { ' ',    '\t',   '\n',   0,      0x7f,   '/',    '"',     '\\',    '<',
                                        '*',    '-',    0xa0,   0xe9,   0x131,  0x301,  0x430,   0x661,   0x200b,
                                        0x202e, 0x2028, 0x674e, 0xfeff, 0xff21, 0xffff, 0x1f600, 0x10ffff };

/* One that a class does not have: a troublesome one, or the neighbour of one that it has. */
static bool draw_other(bdc__values *values, const bdc__class *class, uint32_t *c) {
  enum { TRIES = 48 };
  const bdc__ranges *ranges = bdc__values_ranges(values, class);
  for (unsigned i = 0; i < TRIES; i++) {
    *c = troublesome[bdc__draw_below(&values->draw, LENGTH(troublesome))];
    if (ranges->count && i % 3 == 0) {
      const bdc__range *range = &ranges->items[bdc__draw_below(&values->draw, ranges->count)];
      *c = i % 2 ? bdc__character_behind(range->last) : bdc__character_before(range->first);
    }
    if (*c != UINT32_MAX && !bdc__class_has(values, class, *c)) {
      return true;
    }
  }
  return false;
}

/* Where the character with this number stands, behind as many others. */
static size_t offset_of(const bdc__buffer *text, size_t number) {
  size_t at = 0;
  for (; number; number--) {
    bdc__text_next(bdc__buffer_text(text), &at);
  }
  return at;
}

static void replace_character(bdc__buffer *text, size_t number, uint32_t c) {
  char encoded[4];
  size_t start = offset_of(text, number);
  size_t end = start;
  if (start < text->size) {
    bdc__text_next(bdc__buffer_text(text), &end);
    bdc__buffer_replace(text, start, end, (bdc_str){ encoded, bdc__utf8_encode(c, encoded) });
  }
}

static void spoil_charset(bdc__values *values, const bdc_row *row, bdc__buffer *text) {
  uint32_t c;
  size_t length = bdc__text_length(bdc__buffer_text(text));
  size_t first = row->start && length > 1;
  if (length && draw_other(values, row->charset, &c)) {
    replace_character(text, first + bdc__draw_below(&values->draw, length - first), c);
  }
}

static void spoil_start(bdc__values *values, const bdc_row *row, bdc__buffer *text) {
  enum { TRIES = 48 };
  uint32_t c = 0;
  for (unsigned i = 0; i < TRIES; i++) {
    bool drawn = row->charset && i % 2 ? draw_of(values, bdc__values_ranges(values, row->charset), 0, i % 4 == 1, &c)
                                       : draw_other(values, row->start, &c);
    if (drawn && !bdc__class_has(values, row->start, c) && (!row->charset || bdc__class_has(values, row->charset, c))) {
      replace_character(text, 0, c);
      return;
    }
  }
}

/* A small change somewhere: what is made of a text that is right by mistake. */
static void alter(bdc__values *values, bdc__buffer *text) {
  static const bdc_str pieces[] = {
    BDC__STR_INIT(" "),  BDC__STR_INIT("x"),  BDC__STR_INIT("0"),        BDC__STR_INIT("a"),
    BDC__STR_INIT("A"),  BDC__STR_INIT("."),  BDC__STR_INIT(","),        BDC__STR_INIT("-"),
    BDC__STR_INIT("\n"), BDC__STR_INIT("\0"), BDC__STR_INIT("Z"),        BDC__STR_INIT("\""),
    BDC__STR_INIT("\\"), BDC__STR_INIT("/"),  BDC__STR_INIT("\xd9\xa1"), BDC__STR_INIT("\xef\xbc\xa1")
  };
  bdc__draw *draw = &values->draw;
  size_t length = bdc__text_length(bdc__buffer_text(text));
  size_t at = offset_of(text, length ? bdc__draw_below(draw, length) : 0);
  size_t end = at;
  if (at < text->size) {
    bdc__text_next(bdc__buffer_text(text), &end);
  }
  bdc_str piece = pieces[bdc__draw_below(draw, LENGTH(pieces))];
  switch (bdc__draw_below(draw, 7)) {
  case 0:
    bdc__buffer_replace(text, at, end, (bdc_str){ 0 });
    return;
  case 1:
    bdc__buffer_replace(text, at, end, piece);
    return;
  case 2:
    bdc__buffer_replace(text, at, at, piece);
    return;
  case 3:
    bdc__buffer_add(text, piece);
    return;
  case 4:
    bdc__buffer_replace(text, 0, 0, piece);
    return;
  case 5:
    text->size = bdc__draw_one_in(draw, 2) ? at : 0;
    return;
  default:
    if (end == at + 1) {
      text->data[at] = (char)((text->data[at] | 0x20) >= 'a' && (text->data[at] | 0x20) <= 'z' ? text->data[at] ^ 0x20 : 'x');
    }
    return;
  }
}

static void spoil(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc__buffer *text) {
  if (wish->breaks & BIT(BDC_RULE_CHARSET)) {
    spoil_charset(values, row, text);
  }
  if (wish->breaks & BIT(BDC_RULE_START)) {
    spoil_start(values, row, text);
  }
  if (wish->breaks & (BIT(BDC_RULE_ENUM) | BIT(BDC_RULE_PATTERN) | BIT(BDC_RULE_FORMAT))) {
    alter(values, text);
  }
}

/* ---- trying ---- */

static bool is_as_wished(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc_str text) {
  bool zoneless;
  return bdc__text_breaks(values, row, text, &zoneless) == wish->breaks && !zoneless &&
         (wish->length == BDC_UNBOUNDED || bdc__text_length(text) == wish->length);
}

bool bdc__text_write(bdc__values *values, const bdc_row *row, const bdc__wish *wish, bdc__buffer *out) {
  enum { TRIES = 96, TRIES_OF_LONG = 6, LONG = 2000 };
  bool any_length = wish->length == BDC_UNBOUNDED;
  if (!any_length && wish->length > values->largest) {
    bdc__buffer_clear(out);
    out->full = true;
    return false;
  }
  unsigned tries = !any_length && wish->length > LONG ? TRIES_OF_LONG : TRIES;
  for (unsigned i = 0; i < tries; i++) {
    bdc__buffer_clear(out);
    draft(values, row, wish, i, out);
    spoil(values, row, wish, out);
    if (bdc__buffer_whole(out) && is_as_wished(values, row, wish, bdc__buffer_text(out))) {
      return true;
    }
  }
  return false;
}
