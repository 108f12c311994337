/* SPDX-License-Identifier: MIT */
/* Changes of bodies: some break them, some do not. */
#include "property/bodies.h"

/* Puts `text` in place of what stands from `at` to `end`. */
static void replace(body *of, uint32_t at, uint32_t end, const void *text, size_t size) {
  if (at > end || end > of->size || of->size - (end - at) + size > BODY_MAX) {
    return;
  }
  memmove(of->text + at + size, of->text + end, of->size - end);
  if (size) {
    memcpy(of->text + at, text, size);
  }
  of->size = of->size - (end - at) + (uint32_t)size;
}

/* A place, the end included. */
static uint32_t place(random_source *random, const body *of) {
  return below(random, of->size + 1);
}

static bool any_part(random_source *random, const parts *of, part *out) {
  if (of->count == 0) {
    return false;
  }
  *out = of->list[below(random, of->count)];
  return true;
}

/* ---- bytes ---- */

static void flip_bit(random_source *random, body *of) {
  if (of->size) {
    of->text[below(random, of->size)] ^= (unsigned char)(1 << below(random, 8));
  }
}

static void put_byte(random_source *random, body *of) {
  static const unsigned char bytes[] = "\"\\{}[]:,/ \t\n\r09-+.eE*abtfnu\x01\x08\x1f\x7f\x80\xbf\xc0\xc3\xe2\xed\xf0\xf4\xff\x0b\x0c";
  unsigned char byte = one_in(random, 8) ? (unsigned char)below(random, 256) : bytes[below(random, sizeof bytes)];
  uint32_t at = place(random, of);
  uint32_t end = at + (at < of->size && one_in(random, 2));
  replace(of, at, end, &byte, 1);
}

/* The neighbour of a character in a value, or one that is next to the digits or letters. */
static void nudge_byte(random_source *random, body *of) {
  part one;
  if (any_part(random, one_in(random, 2) ? &of->strings : &of->scalars, &one) && one.first < one.end && one.end <= of->size) {
    unsigned char *byte = &of->text[one.first + below(random, one.end - one.first)];
    *byte =
        one_in(random, 2) ? (unsigned char)(*byte + 1 - 2 * (int)one_in(random, 2)) : (unsigned char)"/:@[`{-.+*^_"[below(random, 12)];
  }
}

static void delete_bytes(random_source *random, body *of) {
  uint32_t at = place(random, of);
  uint32_t count = one_in(random, 2) ? 1 : below(random, 20);
  replace(of, at, at + count < of->size ? at + count : of->size, NULL, 0);
}

static void truncate_body(random_source *random, body *of) {
  of->size = one_in(random, 4) ? of->size - below(random, of->size < 8 ? of->size + 1 : 8) : place(random, of);
}

static void copy_bytes(random_source *random, body *of) {
  unsigned char copy[64];
  uint32_t size = below(random, sizeof copy);
  uint32_t from = place(random, of);
  size = size < of->size - from ? size : of->size - from;
  memcpy(copy, of->text + from, size);
  uint32_t at = place(random, of);
  replace(of, at, at, copy, size);
}

/* One byte again and again: of quotes, an index has never more. */
static void insert_run(random_source *random, body *of) {
  unsigned char run[1200];
  uint32_t size = below(random, one_in(random, 4) ? sizeof run : 130);
  memset(run, "\"\"[{,:\\ a0]}"[below(random, 12)], size);
  uint32_t at = place(random, of);
  replace(of, at, at, run, size);
}

/* ---- blanks and garbage ---- */

static size_t blanks(random_source *random, unsigned char *out, size_t most) {
  size_t size = 1 + below(random, (uint32_t)most);
  bool same = one_in(random, 2);
  for (size_t i = 0; i < size; i++) {
    out[i] = same && i ? out[0] : (unsigned char)" \n\r\t"[below(random, 4)];
  }
  return size;
}

static void insert_blanks(random_source *random, body *of) {
  unsigned char text[80];
  size_t size = blanks(random, text, one_in(random, 4) ? sizeof text : 4);
  uint32_t at = place(random, of);
  replace(of, at, at, text, size);
}

/* Where blanks may stand. */
static void insert_good_blanks(random_source *random, body *of) {
  unsigned char text[80];
  size_t size = blanks(random, text, one_in(random, 4) ? sizeof text : 9);
  part around;
  uint32_t at = one_in(random, 2) ? 0 : of->size;
  if (any_part(random, one_in(random, 2) ? &of->members : &of->scalars, &around) && !one_in(random, 4)) {
    at = one_in(random, 2) ? around.first : around.end;
  } else if (any_part(random, &of->strings, &around) && !one_in(random, 4)) {
    at = one_in(random, 2) ? around.first - 1 : around.end + 1;
  }
  replace(of, at, at, text, size);
}

static void insert_bad_blank(random_source *random, body *of) {
  static const char *const list[] = { "\x0b", "\x0c",         "\xc2\xa0", "\xe2\x80\xa8", "\x7f",
                                      "\x1f", "\xef\xbb\xbf", "/**/",     "\xe3\x80\x80", "" };
  const char *text = list[below(random, LENGTH(list))];
  part around;
  if (any_part(random, &of->members, &around)) {
    uint32_t at = one_in(random, 2) ? around.first : around.end;
    replace(of, at, at, text, *text ? strlen(text) : 1);
  }
}

static void append(random_source *random, body *of) {
  static const char *const list[] = { "}",   "]",  "{}",       ",",   "null", "\"",   "\"\"", " x",
                                      "\n}", "\\", " \n\t\r ", ",{}", "0",    "\x0c", "  }",  "\"}" };
  const char *text = list[below(random, LENGTH(list))];
  uint32_t at = one_in(random, 8) ? 0 : of->size;
  replace(of, at, at, text, strlen(text));
}

/* ---- members and values ---- */

static void move_member(random_source *random, body *of) {
  unsigned char copy[1024];
  part one;
  part other;
  if (!any_part(random, &of->members, &one) || !any_part(random, &of->members, &other) || one.end - one.first > sizeof copy - 1) {
    return;
  }
  uint32_t size = one.end - one.first;
  memcpy(copy, of->text + one.first, size);
  copy[size] = ',';
  switch (below(random, 4)) {
  case 0: /* twice, in front of another */
    replace(of, other.first, other.first, copy, size + 1);
    return;
  case 1: /* in place of another */
    replace(of, other.first, other.end, copy, size);
    return;
  case 2: /* gone, with its comma or without */
    replace(of, one.first, one.end + one_in(random, 2), NULL, 0);
    return;
  default: /* swapped */
    if (one.end <= other.first) {
      unsigned char second[1024];
      uint32_t second_size = other.end - other.first;
      if (second_size <= sizeof second) {
        memcpy(second, of->text + other.first, second_size);
        replace(of, other.first, other.end, copy, size);
        replace(of, one.first, one.end, second, second_size);
      }
    }
  }
}

static void swap_values(random_source *random, body *of) {
  unsigned char copy[256];
  bool strings = one_in(random, 2);
  part one;
  part other;
  if (any_part(random, strings ? &of->strings : &of->scalars, &one) &&
      any_part(random, strings ? &of->strings : &of->scalars, &other) && one.end - one.first <= sizeof copy) {
    uint32_t size = one.end - one.first;
    memcpy(copy, of->text + one.first, size);
    replace(of, other.first, other.end, copy, size);
  }
}

static void unknown_member(random_source *random, body *of) {
  static const char *const list[] = { "\"x\":1,",     "\"\":{},",        "\"unknown\":\"\",", "\"a\":[1,2],",
                                      "\"id\":null,", "\"NAME\":\"a\",", "\"name \":\"a\",",  "{},",
                                      "\"a\",",       "\"a\":," };
  const char *text = list[below(random, LENGTH(list))];
  part one;
  if (any_part(random, &of->members, &one)) {
    replace(of, one.first, one.first, text, strlen(text));
  }
}

static void change_scalar(random_source *random, body *of) {
  static const char *const list[] = { "0",
                                      "-0",
                                      "00",
                                      "01",
                                      "-01",
                                      "1.0",
                                      "1.",
                                      "1e5",
                                      "1E",
                                      "1e+",
                                      "1e-2",
                                      "-",
                                      "--1",
                                      "1234567",
                                      "12345678",
                                      "123456789",
                                      "-1234567",
                                      "-12345678",
                                      "1578284788000",
                                      "157828478800",
                                      "15782847880000",
                                      "0578284788000",
                                      "157828478800.0",
                                      "1578284788e3",
                                      "true",
                                      "false",
                                      "null",
                                      "truE",
                                      "true1",
                                      "0x10",
                                      "1_0",
                                      "1578284788000e0",
                                      "\"1\"",
                                      "2147483648",
                                      "9223372036854775808",
                                      "1 ",
                                      "1\n",
                                      "1,1",
                                      "1]",
                                      "1}",
                                      "1234567.0",
                                      "1234567e1",
                                      "1234567E",
                                      "123456:",
                                      "12345/",
                                      "1;",
                                      "1-",
                                      "1+1",
                                      "1.5e3" };
  const char *text = list[below(random, LENGTH(list))];
  part one;
  if (any_part(random, &of->scalars, &one)) {
    replace(of, one.first, one_in(random, 8) ? one.first : one.end, text, strlen(text));
  }
}

/* ---- within strings ---- */

static const char *const good_pieces[] = { "a",
                                           "0",
                                           "\\n",
                                           "\\\"",
                                           "\\\\",
                                           "\\u0041",
                                           "\\u00e9",
                                           "\\u674e",
                                           "\\ud83d\\ude00",
                                           "\xc3\xa9",
                                           "\xe6\x9d\x8e",
                                           "\xf0\x9f\x98\x80",
                                           "\xf4\x8f\xbf\xbf",
                                           "\xed\x9f\xbf",
                                           "\xee\x80\x80",
                                           "\x7f",
                                           "/",
                                           "\\/",
                                           "*",
                                           "***",
                                           " ",
                                           "\xc2\x80",
                                           "\xe0\xa0\x80",
                                           "\xf0\x90\x80\x80" };
static const char *const bad_pieces[] = { "\"",
                                          "\\",
                                          "\\q",
                                          "\\u12",
                                          "\\u12g4",
                                          "\\ud83d",
                                          "\\ude00",
                                          "\\ud83d\\n",
                                          "\\ud83d\\ud83d",
                                          "\\ud83dx",
                                          "\\uD83D\\u0041",
                                          "\\U0041",
                                          "\n",
                                          "\t",
                                          "\x01",
                                          "\x1f",
                                          "",
                                          "\x80",
                                          "\xbf",
                                          "\xc0\x80",
                                          "\xc1\xbf",
                                          "\xc3",
                                          "\xe2\x82",
                                          "\xe0\x9f\xbf",
                                          "\xed\xa0\x80",
                                          "\xed\xbf\xbf",
                                          "\xf0\x9f\x98",
                                          "\xf0\x8f\xbf\xbf",
                                          "\xf4\x90\x80\x80",
                                          "\xf5\x80\x80\x80",
                                          "\xff",
                                          "\xfe",
                                          "\xf8\x88\x80\x80\x80",
                                          "\xc3\xc3",
                                          "\xe6\x9d\x8e\x8e" };

/* Where in a string; the lengths of many are such that this is anywhere in a block. */
static uint32_t within(random_source *random, part of) {
  switch (below(random, 4)) {
  case 0:
    return of.first;
  case 1:
    return of.end;
  default:
    return of.first + below(random, of.end - of.first + 1);
  }
}

static void insert_piece(random_source *random, body *of, const char *const *list, uint32_t count) {
  const char *text = list[below(random, count)];
  part one;
  if (any_part(random, &of->strings, &one)) {
    uint32_t at = within(random, one);
    uint32_t end = at < one.end && one_in(random, 2) ? at + 1 : at;
    replace(of, at, end, text, *text ? strlen(text) : 1);
  }
}

static void insert_good_piece(random_source *random, body *of) {
  insert_piece(random, of, good_pieces, LENGTH(good_pieces));
}

static void insert_bad_piece(random_source *random, body *of) {
  insert_piece(random, of, bad_pieces, LENGTH(bad_pieces));
}

/* A run of backslashes, with a quote behind it or not, often across the end of a block. */
static void insert_backslashes(random_source *random, body *of) {
  char text[140];
  uint32_t count = 1 + below(random, one_in(random, 4) ? 135 : 6);
  memset(text, '\\', count);
  uint32_t size = count;
  if (one_in(random, 2)) {
    text[size++] = "\"nu/x"[below(random, 5)];
  }
  part one;
  if (any_part(random, &of->strings, &one)) {
    uint32_t at = within(random, one);
    replace(of, at, at, text, size);
  }
}

/* As many characters as make the next block, or the one behind it, begin near what follows. */
static void stretch_string(random_source *random, body *of) {
  char text[2100];
  part one;
  if (!any_part(random, &of->strings, &one)) {
    return;
  }
  uint32_t size = one_in(random, 16) ? below(random, sizeof text) : below(random, 70);
  memset(text, "a0_ "[below(random, 4)], size);
  uint32_t at = within(random, one);
  replace(of, at, at, text, size);
}

static void shorten_string(random_source *random, body *of) {
  part one;
  if (any_part(random, &of->strings, &one)) {
    uint32_t at = within(random, one);
    replace(of, one_in(random, 2) ? one.first : at, one.end, NULL, 0);
  }
}

/* ---- */

void change_body(random_source *random, body *of) {
  static void (*const changes[])(random_source *, body *) = {
    flip_bit,         put_byte,       put_byte,          delete_bytes,      truncate_body,      copy_bytes,
    insert_run,       nudge_byte,     nudge_byte,        insert_blanks,     insert_good_blanks, insert_good_blanks,
    insert_bad_blank, append,         move_member,       move_member,       swap_values,        unknown_member,
    change_scalar,    change_scalar,  insert_good_piece, insert_good_piece, insert_bad_piece,   insert_backslashes,
    stretch_string,   shorten_string,
  };
  changes[below(random, LENGTH(changes))](random, of);
}
