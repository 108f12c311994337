/* SPDX-License-Identifier: MIT */
/* What breaks the syntax: in one place of those where parsers differ, or anywhere. */
#include "base/str.h"
#include "generate/mutation.h"

enum { RUN_MAX = 32 };

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static bdc_str any_of(bdc__mutation *m, const bdc_str *list, size_t count) {
  return list[bdc__mutation_below(m, (uint32_t)count)];
}

/* ---- at a place of the syntax ---- */

/* A value that some readers take for one. */
static void break_value(bdc__mutation *m, const bdc__span *span) {
  static const bdc_str list[] = {
    BDC__STR_INIT("NaN"),        BDC__STR_INIT("Infinity"),  BDC__STR_INIT("-Infinity"),  BDC__STR_INIT("undefined"),
    BDC__STR_INIT("True"),       BDC__STR_INIT("NULL"),      BDC__STR_INIT("tru"),        BDC__STR_INIT("01"),
    BDC__STR_INIT("-01"),        BDC__STR_INIT("+1"),        BDC__STR_INIT(".5"),         BDC__STR_INIT("1."),
    BDC__STR_INIT("1e"),         BDC__STR_INIT("1e+"),       BDC__STR_INIT("-"),          BDC__STR_INIT("0x10"),
    BDC__STR_INIT("1_0"),        BDC__STR_INIT("'a'"),       BDC__STR_INIT("`a`"),        BDC__STR_INIT("\"a"),
    BDC__STR_INIT("\"a\\\""),    BDC__STR_INIT("[1,]"),      BDC__STR_INIT("[,1]"),       BDC__STR_INIT("[1 2]"),
    BDC__STR_INIT("{\"a\":1,}"), BDC__STR_INIT("{\"a\"}"),   BDC__STR_INIT("{\"a\":}"),   BDC__STR_INIT("{a:1}"),
    BDC__STR_INIT("{1:1}"),      BDC__STR_INIT("{\"a\" 1}"), BDC__STR_INIT("{\"a\"::1}"), BDC__STR_INIT("[1}"),
    BDC__STR_INIT("]"),          BDC__STR_INIT(""),
  };
  bdc__mutation_cut(m, span->start, span->end);
  bdc__mutation_put(m, any_of(m, list, LENGTH(list)));
}

/* Within a string or name: what is no character. */
static void break_string(bdc__mutation *m, const bdc__span *span) {
  static const bdc_str list[] = {
    BDC__STR_INIT("\""),
    BDC__STR_INIT("\\"),
    BDC__STR_INIT("\n"),
    BDC__STR_INIT("\t"),
    BDC__STR_INIT("\0"),
    BDC__STR_INIT("\x1f"),
    BDC__STR_INIT("\\x41"),
    BDC__STR_INIT("\\'"),
    BDC__STR_INIT("\\u12"),
    BDC__STR_INIT("\\u{41}"),
    BDC__STR_INIT("\\uD800"),
    BDC__STR_INIT("\\uDC00"),
    BDC__STR_INIT("\\uD800\\uD800"),
    BDC__STR_INIT("\\ud83dx"),
    BDC__STR_INIT("\x80"),
    BDC__STR_INIT("\xc0\x80"),
    BDC__STR_INIT("\xc3"),
    BDC__STR_INIT("\xe0\x9f\xbf"),
    BDC__STR_INIT("\xe2\x82"),
    BDC__STR_INIT("\xed\xa0\x80"),
    BDC__STR_INIT("\xed\xa0\xbd\xed\xb8\x80"),
    BDC__STR_INIT("\xf0\x8f\xbf\xbf"),
    BDC__STR_INIT("\xf4\x90\x80\x80"),
    BDC__STR_INIT("\xff"),
  };
  bool name = span->name_end > span->outer && (span->kind != BDC__JSON_STRING || bdc__mutation_one_in(m, 4));
  size_t start = (name ? span->outer : span->start) + 1;
  size_t end = (name ? span->name_end : span->end) - 1;
  bdc_str inside = bdc__mutation_part(m, start, end);
  size_t characters = bdc__spelled_count(inside);
  bdc__mutation_keep(m, start + bdc__spelled_skip(inside, bdc__mutation_below(m, (uint32_t)characters + 1)));
  bdc__mutation_put(m, any_of(m, list, LENGTH(list)));
}

/* Between tokens: what is no blank there. */
static void break_between(bdc__mutation *m, const bdc__span *span) {
  static const bdc_str list[] = {
    BDC__STR_INIT(","),
    BDC__STR_INIT(":"),
    BDC__STR_INIT("/**/"),
    BDC__STR_INIT("//\n"),
    BDC__STR_INIT("#\n"),
    BDC__STR_INIT("\x0b"),
    BDC__STR_INIT("\x0c"),
    BDC__STR_INIT("\0"),
    BDC__STR_INIT("\xc2\xa0"),
    BDC__STR_INIT("\xe2\x80\xa8"),
    BDC__STR_INIT("\xef\xbb\xbf"),
    BDC__STR_INIT(";"),
  };
  const size_t places[] = { span->outer, span->name_end, span->start, span->end };
  bdc__mutation_keep(m, places[bdc__mutation_below(m, LENGTH(places))]);
  bdc__mutation_put(m, any_of(m, list, LENGTH(list)));
}

/* Around the whole value. */
static void break_ends(bdc__mutation *m) {
  static const bdc_str heads[] = { BDC__STR_INIT("\xef\xbb\xbf"), BDC__STR_INIT(")]}',\n"), BDC__STR_INIT("\x1e"),
                                   BDC__STR_INIT("\xff\xfe") };
  static const bdc_str tails[] = { BDC__STR_INIT("\0"), BDC__STR_INIT("}"),  BDC__STR_INIT("]"), BDC__STR_INIT(","),
                                   BDC__STR_INIT("{}"), BDC__STR_INIT(" x"), BDC__STR_INIT(";"), BDC__STR_INIT("//") };
  bool head = bdc__mutation_one_in(m, 3);
  bdc__mutation_keep(m, head ? 0 : m->text.size);
  bdc__mutation_put(m, head ? any_of(m, heads, LENGTH(heads)) : any_of(m, tails, LENGTH(tails)));
}

bool bdc__change_syntax(bdc__mutation *m) {
  const bdc__span *span = bdc__mutation_any(m);
  switch (bdc__mutation_below(m, 4)) {
  case 0:
    break_value(m, span);
    return true;
  case 1:
    if (span->kind != BDC__JSON_STRING && span->name_end == span->outer) {
      return false;
    }
    break_string(m, span);
    return true;
  case 2:
    break_between(m, span);
    return true;
  default:
    break_ends(m);
    return true;
  }
}

/* ---- anywhere ---- */

static size_t any_place(bdc__mutation *m) {
  return bdc__mutation_below(m, (uint32_t)m->text.size + 1);
}

/* The end of a run of bytes, which is often one of a single byte. */
static size_t run_end(bdc__mutation *m, size_t start) {
  size_t size = bdc__mutation_one_in(m, 2) ? 1 : 1 + bdc__mutation_below(m, RUN_MAX);
  size_t left = m->text.size - start;
  return start + (size < left ? size : left);
}

static char any_byte(bdc__mutation *m) {
  static const char syntax[] = "\"\\{}[]:,/ \t\n0-+.eEtfn'";
  return bdc__mutation_one_in(m, 2) ? syntax[bdc__mutation_below(m, sizeof syntax)] : (char)bdc__mutation_below(m, 256);
}

bool bdc__change_bytes(bdc__mutation *m) {
  size_t at = any_place(m);
  size_t end = run_end(m, at);
  char byte = any_byte(m);
  switch (bdc__mutation_below(m, 6)) {
  case 0: /* one bit */
    if (at < m->text.size) {
      byte = (char)((unsigned char)m->text.data[at] ^ 1u << bdc__mutation_below(m, 8));
    }
    bdc__mutation_cut(m, at, at < m->text.size ? at + 1 : at);
    bdc__mutation_put(m, (bdc_str){ &byte, 1 });
    return true;
  case 1:
    bdc__mutation_cut(m, at, at < m->text.size ? at + 1 : at);
    bdc__mutation_put(m, (bdc_str){ &byte, 1 });
    return true;
  case 2:
    bdc__mutation_keep(m, at);
    bdc__mutation_put(m, (bdc_str){ &byte, 1 });
    return true;
  case 3:
    bdc__mutation_cut(m, at, end);
    return end > at;
  case 4: /* a run twice */
    bdc__mutation_keep(m, any_place(m));
    bdc__mutation_put(m, bdc__mutation_part(m, at, end));
    return end > at;
  default: /* the end is missing */
    bdc__mutation_cut(m, at, m->text.size);
    return at < m->text.size;
  }
}
