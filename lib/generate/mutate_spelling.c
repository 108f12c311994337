/* SPDX-License-Identifier: MIT */
/* The same meaning, spelled otherwise: escapes, blanks, numbers. */
#include "base/hex.h"
#include "base/str.h"
#include "base/utf8.h"
#include "generate/mutation.h"
#include "json/plain.h"

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* ---- escapes ---- */

static void put_unit(bdc__mutation *m, uint32_t unit) {
  const char *hex = bdc__mutation_one_in(m, 2) ? "0123456789abcdef" : "0123456789ABCDEF";
  char escape[] = { '\\', 'u', hex[unit >> 12 & 15], hex[unit >> 8 & 15], hex[unit >> 4 & 15], hex[unit & 15] };
  bdc__mutation_put(m, (bdc_str){ escape, sizeof escape });
}

static void put_escaped(bdc__mutation *m, uint32_t code_point) {
  if (code_point < 0x10000) {
    put_unit(m, code_point);
    return;
  }
  put_unit(m, 0xd800 + ((code_point - 0x10000) >> 10));
  put_unit(m, 0xdc00 + (code_point & 0x3ff));
}

static uint32_t unit_of(const char *digits) {
  uint32_t unit = 0;
  for (int i = 0; i < 4; i++) {
    unit = unit << 4 | (uint32_t)bdc__hex_digit((unsigned char)digits[i]);
  }
  return unit;
}

static uint32_t code_point_of(bdc_str spelled) {
  const unsigned char *at = (const unsigned char *)spelled.data;
  if (at[0] == '\\') {
    if (at[1] != 'u') {
      return bdc__json_unescape(at[1]);
    }
    uint32_t unit = unit_of(spelled.data + 2);
    return spelled.size == 6 ? unit : 0x10000 + ((unit - 0xd800) << 10) + (unit_of(spelled.data + 8) - 0xdc00);
  }
  return bdc__utf8_decode(spelled.data, spelled.size);
}

static void put_plain(bdc__mutation *m, uint32_t code_point, bdc_str spelled) {
  char bytes[4];
  bool needs_escape = code_point < 0x20 || code_point == '"' || code_point == '\\';
  bdc__mutation_put(m, needs_escape ? spelled : (bdc_str){ bytes, bdc__utf8_encode(code_point, bytes) });
}

/* All characters of a name or string, or some of them. */
bool bdc__change_escapes(bdc__mutation *m) {
  bool name = bdc__mutation_one_in(m, 4);
  const bdc__span *span = name ? bdc__mutation_any(m) : bdc__mutation_any_of_kind(m, BDC__JSON_STRING);
  if (!span || (name && span->name_end == span->outer)) {
    return false;
  }
  size_t end = (name ? span->name_end : span->end) - 1;
  bool escape = bdc__mutation_one_in(m, 2);
  uint32_t some = 1 + bdc__mutation_below(m, 4);
  for (size_t at = (name ? span->outer : span->start) + 1; at < end;) {
    bdc_str spelled = { m->text.data + at, bdc__spelled_size(m->text.data + at) };
    at += spelled.size;
    if (bdc__mutation_one_in(m, some)) {
      uint32_t code_point = code_point_of(spelled);
      bdc__mutation_cut(m, at - spelled.size, at);
      if (escape) {
        put_escaped(m, code_point);
      } else {
        put_plain(m, code_point, spelled);
      }
    }
  }
  return true;
}

/* ---- blanks ---- */

static void put_blanks(bdc__mutation *m) {
  static const bdc_str list[] = {
    BDC__STR_INIT(" "), BDC__STR_INIT("\n"), BDC__STR_INIT("\r\n"), BDC__STR_INIT("\t"), BDC__STR_INIT("\n  "),
  };
  bdc_str blanks = list[bdc__mutation_below(m, LENGTH(list))];
  bdc__mutation_put_repeated(m, blanks, (size_t)1 << bdc__mutation_below(m, bdc__mutation_one_in(m, 8) ? 11 : 3));
}

/* Blanks from `start` to the next token. */
static size_t blanks_end(const bdc__mutation *m, size_t start) {
  const unsigned char *text = (const unsigned char *)m->text.data;
  return (size_t)(bdc__json_skip_blanks(text + start, text + m->text.size) - text);
}

/* Put in around a value, its name or its container's end; or left out there. */
bool bdc__change_blanks(bdc__mutation *m) {
  const bdc__span *span = bdc__mutation_any(m);
  const size_t places[] = { span->outer, span->name_end, span->start, span->end };
  size_t at = places[bdc__mutation_below(m, LENGTH(places))];
  size_t end = blanks_end(m, at);
  if (end > at) {
    bdc__mutation_cut(m, at, end);
    return true;
  }
  bdc__mutation_keep(m, at);
  put_blanks(m);
  return true;
}

/* ---- numbers ---- */

bool bdc__change_number(bdc__mutation *m) {
  static const bdc_str tails[] = { BDC__STR_INIT(".0"),    BDC__STR_INIT("e0"),   BDC__STR_INIT("E+0"),
                                   BDC__STR_INIT("e-0"),   BDC__STR_INIT(".00"),  BDC__STR_INIT("e1"),
                                   BDC__STR_INIT("e-1"),   BDC__STR_INIT("e400"), BDC__STR_INIT("e999999999999"),
                                   BDC__STR_INIT("E-400"), BDC__STR_INIT(".5") };
  const bdc__span *number = bdc__mutation_any_of_kind(m, BDC__JSON_NUMBER);
  if (!number) {
    return false;
  }
  bdc_str text = bdc__mutation_part(m, number->start, number->end);
  bool integral = !memchr(text.data, '.', text.size) && !memchr(text.data, 'e', text.size) && !memchr(text.data, 'E', text.size);
  if (integral && !bdc__mutation_one_in(m, 4)) {
    bdc__mutation_keep(m, number->end);
    bdc__mutation_put(m, tails[bdc__mutation_below(m, LENGTH(tails))]);
  } else if (text.data[0] == '-') {
    bdc__mutation_cut(m, number->start, number->start + 1);
  } else {
    bdc__mutation_keep(m, number->start);
    bdc__mutation_put(m, BDC_STR("-"));
  }
  return true;
}
