/* SPDX-License-Identifier: MIT */
#include "reader.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES_MAX = 4096, DEPTH_MAX = 4096, DECODED_MAX = 1 << 17 };

/* The text of a name without its escapes. */
typedef struct name {
  uint32_t start;
  uint32_t size;
} name;

typedef struct container {
  bool object;
  uint32_t first_name;
} container;

/* Names of containers that are closed are dropped, and their text. */
typedef struct scan {
  const unsigned char *text;
  size_t size;
  size_t at;
  facts found;
  container open[DEPTH_MAX];
  uint32_t depth;
  bool expects_name;
  name names[NAMES_MAX];
  uint32_t name_count;
  unsigned char decoded[DECODED_MAX];
  uint32_t decoded_size;
} scan;

/* ---- strings ---- */

static unsigned hex_of(const unsigned char *at) {
  char digits[5] = { (char)at[0], (char)at[1], (char)at[2], (char)at[3], '\0' };
  return (unsigned)strtoul(digits, NULL, 16);
}

static void put_byte(scan *s, unsigned byte) {
  if (s->decoded_size < DECODED_MAX) {
    s->decoded[s->decoded_size++] = (unsigned char)byte;
  }
}

static void put_utf8(scan *s, unsigned c) {
  if (c < 0x80) {
    put_byte(s, c);
    return;
  }
  if (c >= 0x10000) {
    put_byte(s, 0xf0 | c >> 18);
    put_byte(s, 0x80 | (c >> 12 & 0x3f));
  } else if (c >= 0x800) {
    put_byte(s, 0xe0 | c >> 12);
  } else {
    put_byte(s, 0xc0 | c >> 6);
  }
  if (c >= 0x800) {
    put_byte(s, 0x80 | (c >> 6 & 0x3f));
  }
  put_byte(s, 0x80 | (c & 0x3f));
}

static bool has_unit(const scan *s, size_t at) {
  return s->size - at >= 6 && s->text[at] == '\\' && s->text[at + 1] == 'u';
}

/* "\u1234", two of them where they make a pair. */
static void read_unit(scan *s) {
  if (!has_unit(s, s->at)) {
    s->at += 2;
    return;
  }
  unsigned unit = hex_of(s->text + s->at + 2);
  s->at += 6;
  if (unit >= 0xd800 && unit < 0xdc00 && has_unit(s, s->at)) {
    unsigned low = hex_of(s->text + s->at + 2);
    if (low >= 0xdc00 && low < 0xe000) {
      unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
      s->at += 6;
    }
  }

  s->found.lone_low |= unit >= 0xdc00 && unit < 0xe000;
  put_utf8(s, unit);
}

static void read_escape(scan *s) {
  static const char letters[] = "bfnrt";
  static const char controls[] = "\b\f\n\r\t";
  unsigned char letter = s->at + 1 < s->size ? s->text[s->at + 1] : 0;
  if (letter == 'u') {
    read_unit(s);
    return;
  }
  const char *found = letter ? strchr(letters, letter) : NULL;
  put_byte(s, found ? (unsigned char)controls[found - letters] : letter);
  s->at += 2;
}

static void note_name(scan *s, uint32_t start) {
  name added = { start, s->decoded_size - start };
  s->found.nul_name |= memchr(s->decoded + start, 0, added.size) != NULL;
  for (uint32_t i = s->depth ? s->open[s->depth - 1].first_name : 0; i < s->name_count; i++) {
    const name *other = &s->names[i];
    s->found.repeats |= other->size == added.size && memcmp(s->decoded + other->start, s->decoded + start, added.size) == 0;
  }
  if (s->name_count < NAMES_MAX) {
    s->names[s->name_count++] = added;
  }
}

static void read_string(scan *s) {
  uint32_t start = s->decoded_size;
  s->at++;
  while (s->at < s->size && s->text[s->at] != '"') {
    if (s->text[s->at] == '\\') {
      read_escape(s);
    } else {
      put_byte(s, s->text[s->at++]);
    }
  }
  s->at++;
  if (s->expects_name) {
    note_name(s, start);
    s->expects_name = false;
  } else {
    s->decoded_size = start;
  }
}

/* ---- numbers ---- */

static bool is_beyond_64(const char *text, bool is_signed) {
  errno = 0;
  if (text[0] == '-' || is_signed) {
    (void)strtoll(text, NULL, 10);
  } else {
    (void)strtoull(text, NULL, 10);
  }
  return errno == ERANGE;
}

static bool has_far_digits(const char *text) {
  enum { DOUBLE_EXPONENT_MAX = 308 };
  const char *exponent = strpbrk(text, "eE");
  return strspn(text, "-0123456789") > DOUBLE_EXPONENT_MAX || (exponent && strtol(exponent + 1, NULL, 10) > DOUBLE_EXPONENT_MAX);
}

static void note_number(scan *s, const char *text) {
  bool integer = strpbrk(text, ".eE") == NULL;
  s->found.beyond_int64 |= integer && is_beyond_64(text, true);
  s->found.beyond_uint64 |= integer && is_beyond_64(text, false);
  s->found.beyond_double |= isinf(strtod(text, NULL));
  s->found.far_digits |= has_far_digits(text);
}

static void read_number(scan *s) {
  size_t start = s->at;
  while (s->at < s->size && s->text[s->at] && strchr("+-.0123456789eE", s->text[s->at])) {
    s->at++;
  }
  char *text = malloc(s->at - start + 1);
  if (!text) {
    abort();
  }
  memcpy(text, s->text + start, s->at - start);
  text[s->at - start] = '\0';
  note_number(s, text);
  free(text);
}

/* ---- the rest ---- */

static void open_container(scan *s, bool object) {
  if (s->depth < DEPTH_MAX) {
    s->open[s->depth++] = (container){ object, s->name_count };
    s->found.depth = s->depth > s->found.depth ? s->depth : s->found.depth;
  }
  s->expects_name = object;
}

static void close_container(scan *s) {
  if (s->depth > 0) {
    s->name_count = s->open[--s->depth].first_name;
    s->decoded_size = s->name_count ? s->names[s->name_count - 1].start + s->names[s->name_count - 1].size : 0;
  }
  s->expects_name = false;
}

static void read_token(scan *s) {
  unsigned char c = s->text[s->at];
  if (c == '"') {
    read_string(s);
    return;
  }
  if (c == '-' || (c >= '0' && c <= '9')) {
    read_number(s);
    return;
  }
  if (c == '{' || c == '[') {
    open_container(s, c == '{');
  } else if (c == '}' || c == ']') {
    close_container(s);
  } else if (c == ',') {
    s->expects_name = s->depth > 0 && s->open[s->depth - 1].object;
  }
  s->found.nul_outside |= c == 0;
  s->at++;
}

facts facts_of(const unsigned char *text, size_t size) {
  static scan s;
  s.text = text;
  s.size = size;
  s.at = 0;
  s.found = (facts){ 0 };
  s.depth = 0;
  s.expects_name = false;
  s.name_count = 0;
  s.decoded_size = 0;
  while (s.at < size) {
    read_token(&s);
  }
  return s.found;
}
