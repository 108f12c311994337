/* SPDX-License-Identifier: MIT */
/* Within strings: how many characters they have, and which. */
#include "base/str.h"
#include "generate/mutation.h"

enum { POWERS = 12, FEW = 6 };

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- characters as they are spelled ---- */

size_t bdc__spelled_size(const char *at) {
  unsigned char lead = (unsigned char)at[0];
  if (lead != '\\') {
    return lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  }
  if (at[1] != 'u') {
    return 2;
  }
  /* The high half of a pair is followed by the low one. */
  bool high = (at[2] | 0x20) == 'd' && (at[3] == '8' || at[3] == '9' || (at[3] | 0x20) == 'a' || (at[3] | 0x20) == 'b');
  return high ? 12 : 6;
}

size_t bdc__spelled_skip(bdc_str inside, size_t count) {
  size_t at = 0;
  for (; count > 0 && at < inside.size; count--) {
    at += bdc__spelled_size(inside.data + at);
  }
  return at;
}

size_t bdc__spelled_count(bdc_str inside) {
  size_t count = 0;
  for (size_t at = 0; at < inside.size; count++) {
    at += bdc__spelled_size(inside.data + at);
  }
  return count;
}

bdc_str bdc__spelled_any(bdc__mutation *m) {
  static const bdc_str list[] = {
    BDC__STR_INIT("a"),
    BDC__STR_INIT("0"),
    BDC__STR_INIT("*"),
    BDC__STR_INIT("-"),
    BDC__STR_INIT("_"),
    BDC__STR_INIT("."),
    BDC__STR_INIT(" "),
    BDC__STR_INIT("/"),
    BDC__STR_INIT("\x7f"),
    BDC__STR_INIT("\\n"),
    BDC__STR_INIT("\\\""),
    BDC__STR_INIT("\\\\"),
    BDC__STR_INIT("\\/"),
    BDC__STR_INIT("\\u0000"),
    BDC__STR_INIT("\\u0041"),
    BDC__STR_INIT("\\u00e9"),
    BDC__STR_INIT("\\u674E"),
    BDC__STR_INIT("\\ud83d\\ude00"),
    BDC__STR_INIT("\\uDBFF\\uDFFF"),
    BDC__STR_INIT("\xc2\x80"),
    BDC__STR_INIT("\xc3\xa9"),
    BDC__STR_INIT("\xdf\xbf"),
    BDC__STR_INIT("\xe0\xa0\x80"),
    BDC__STR_INIT("\xe6\x9d\x8e"),
    BDC__STR_INIT("\xed\x9f\xbf"),
    BDC__STR_INIT("\xef\xbf\xbf"),
    BDC__STR_INIT("\xf0\x90\x80\x80"),
    BDC__STR_INIT("\xf0\x9f\x98\x80"),
    BDC__STR_INIT("\xf4\x8f\xbf\xbf"),
  };
  return list[bdc__mutation_below(m, LENGTH(list))];
}

void bdc__mutation_put_repeated(bdc__mutation *m, bdc_str text, size_t count) {
  size_t room = bdc__mutation_room(m) / text.size;
  for (count = count < room ? count : room; count > 0; count--) {
    bdc__mutation_put(m, text);
  }
}

/* ---- limits ---- */

static size_t near_power(bdc__mutation *m) {
  return ((size_t)1 << bdc__mutation_below(m, POWERS + 1)) + bdc__mutation_below(m, 3) - 1;
}

size_t bdc__near_limit(bdc__mutation *m, uint64_t low, uint64_t high) {
  uint64_t limit = bdc__mutation_one_in(m, 3) ? low : high;
  if (limit == BDC_UNBOUNDED || limit > m->out.capacity || bdc__mutation_one_in(m, 8)) {
    return near_power(m);
  }
  /* The limit itself, where what lies behind the rules begins, as often as both its neighbours. */
  switch (bdc__mutation_below(m, 4)) {
  case 0:
    return limit ? (size_t)limit - 1 : 0;
  case 1:
    return (size_t)limit + 1;
  default:
    return (size_t)limit;
  }
}

static size_t length_near_limit(bdc__mutation *m, const bdc_row *row) {
  bool limited = row && row->kind == BDC_KIND_STRING;
  return limited ? bdc__near_limit(m, row->length_min, row->length_max) : near_power(m);
}

/* ---- changes ---- */

static bdc_str inside_of(const bdc__mutation *m, const bdc__span *string) {
  return bdc__mutation_part(m, string->start + 1, string->end - 1);
}

static bool row_has_class(const bdc_row *row) {
  return row && row->charset;
}

/* A member of the class with a neighbour that is none, or such a neighbour; plain in JSON. */
static char class_edge(bdc__mutation *m, const bdc__class *class) {
  enum { FIRST = ' ', COUNT = 0x7e - FIRST };
  unsigned start = bdc__mutation_below(m, COUNT);
  for (unsigned i = 0; i < COUNT; i++) {
    unsigned c = FIRST + (start + i) % COUNT;
    if (class->ascii[c] != class->ascii[c + 1]) {
      c += bdc__mutation_below(m, 2);
      return c == '"' || c == '\\' ? '0' : (char)c;
    }
  }
  return '0';
}

/* One that the string has already, so that it still keeps its class; or another one. */
static bdc_str any_character(bdc__mutation *m, const bdc__span *string, char *own) {
  bdc_str inside = inside_of(m, string);
  if (inside.size && bdc__mutation_one_in(m, 2)) {
    size_t at = bdc__spelled_skip(inside, bdc__mutation_below(m, FEW));
    at = at < inside.size ? at : 0;
    return (bdc_str){ inside.data + at, bdc__spelled_size(inside.data + at) };
  }
  if (bdc__mutation_one_in(m, 2) && row_has_class(string->row)) {
    *own = class_edge(m, string->row->charset);
    return (bdc_str){ own, 1 };
  }
  return bdc__spelled_any(m);
}

bool bdc__change_length(bdc__mutation *m) {
  const bdc__span *string = bdc__mutation_any_of_kind(m, BDC__JSON_STRING);
  if (!string) {
    return false;
  }
  bdc_str inside = inside_of(m, string);
  size_t count = bdc__spelled_count(inside);
  size_t wanted = length_near_limit(m, string->row);
  if (wanted <= count) {
    bdc__mutation_cut(m, string->start + 1 + bdc__spelled_skip(inside, wanted), string->end - 1);
    return wanted < count;
  }
  char own;
  bdc_str character = any_character(m, string, &own);
  size_t at = bdc__mutation_one_in(m, 2) ? inside.size : bdc__spelled_skip(inside, 1 + bdc__mutation_below(m, FEW));
  bdc__mutation_keep(m, string->start + 1 + at);
  bdc__mutation_put_repeated(m, character, wanted - count);
  return true;
}

bool bdc__change_characters(bdc__mutation *m) {
  const bdc__span *string = bdc__mutation_any_of_kind(m, BDC__JSON_STRING);
  if (!string) {
    return false;
  }
  char own;
  size_t count = length_near_limit(m, string->row);
  bdc_str character = any_character(m, string, &own);
  bdc__mutation_cut(m, string->start + 1, string->end - 1);
  if (count > 1 && bdc__mutation_one_in(m, 2)) { /* one of another size among them */
    bdc__mutation_put(m, bdc__spelled_any(m));
    count--;
  }
  bdc__mutation_put_repeated(m, character, count);
  return true;
}

bool bdc__change_character(bdc__mutation *m) {
  const bdc__span *string = bdc__mutation_any_of_kind(m, BDC__JSON_STRING);
  if (!string) {
    return false;
  }
  bdc_str inside = inside_of(m, string);
  size_t at = bdc__spelled_skip(inside, bdc__mutation_below(m, (uint32_t)bdc__spelled_count(inside) + 1));
  bool gone = at < inside.size && bdc__mutation_one_in(m, 2);
  bool put = !gone || bdc__mutation_one_in(m, 2);
  char own;
  bdc_str character = any_character(m, string, &own);
  size_t start = string->start + 1 + at;
  bdc__mutation_cut(m, start, gone ? start + bdc__spelled_size(inside.data + at) : start);
  if (put) {
    bdc__mutation_put(m, character);
  }
  return true;
}
