/* SPDX-License-Identifier: MIT */
/* Strings of any kind, held against any row. */
#ifndef BDC_ACCEPT_STRINGS_H
#define BDC_ACCEPT_STRINGS_H

#include "accept/portable.h"
#include "accept/view.h"

#include "base/hex.h"
#include "base/word.h"
#include "value/value.h"

static bool start_fits(const bdc_row *row, unsigned char c) {
  return c < 0x80 && row->start->ascii[c];
}

static bool length_fits(const bdc_row *row, uint64_t length) {
  return length >= row->length_min && length <= row->length_max;
}

/* What a row says of length and classes, of a string with neither escapes nor bytes beyond ASCII. */
static bool simple_string(const bdc_row *row, bdc_str given) {
  const unsigned char *text = (const unsigned char *)given.data;
  uint32_t size = (uint32_t)given.size;
  return length_fits(row, size) && (!row->charset || portable_in_class(row->charset, text, size)) &&
         (!row->start || size == 0 || start_fits(row, text[0]));
}

/* The four digits behind "\u": a code unit, or -1. */
static int32_t escaped_unit(const unsigned char *digits) {
  int32_t unit = 0;
  for (int i = 0; i < 4; i++) {
    int digit = bdc__hex_digit(digits[i]);
    if (digit < 0) {
      return -1;
    }
    unit = unit * 16 + digit;
  }
  return unit;
}

/* What an escape stands for. */
typedef struct escaped {
  int32_t character; /* -1: it is none */
  uint32_t size;     /* with its backslash */
} escaped;

static const escaped no_escape = { -1, 0 };

static escaped escaped_code(const unsigned char *at, uint32_t left) {
  enum { UNIT = 6, PAIR = 12 };
  int32_t unit = left < UNIT ? -1 : escaped_unit(at + 2);
  if (unit < 0xd800 || unit > 0xdfff) {
    return (escaped){ unit, UNIT };
  }
  if (unit > 0xdbff || left < PAIR || at[UNIT] != '\\' || at[UNIT + 1] != 'u') {
    return no_escape;
  }
  int32_t low = escaped_unit(at + UNIT + 2);
  return low >= 0xdc00 && low <= 0xdfff ? (escaped){ 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00), PAIR } : no_escape;
}

/* The escape at a backslash, with as many bytes left in its string: at least two, since a quote behind a backslash ends none. */
static inline escaped escaped_at(const unsigned char *at, uint32_t left) {
  static const char meanings[128] = {
    ['"'] = '"', ['\\'] = '\\', ['/'] = '/', ['b'] = '\b', ['f'] = '\f', ['n'] = '\n', ['r'] = '\r', ['t'] = '\t'
  };
  if (at[1] < sizeof meanings && meanings[at[1]]) {
    return (escaped){ meanings[at[1]], 2 };
  }
  return at[1] == 'u' ? escaped_code(at, left) : no_escape;
}

static bool character_fits(const bdc__class *class, int32_t character) {
  return !class || (character < 0x80 && class->ascii[character]);
}

/* The next backslash of a string, or its end. */
static inline uint32_t backslash_behind(const unsigned char *text, uint32_t at, uint32_t size) {
  for (; at + 8 <= size; at += 8) {
    uint64_t found = bdc__load_le64(text + at) ^ BDC__ONES * '\\';
    found = (found - BDC__ONES) & ~found & BDC__HIGHS;
    if (found) {
      return at + bdc__first_byte(found & -found);
    }
  }
  while (at < size && text[at] != '\\') {
    at++;
  }
  return at;
}

/* What lies between escapes: whether it fits, and its characters. */
static inline bool plain_part(const bdc_row *row, const unsigned char *text, uint32_t size, bool beyond_ascii, bool starts,
                              uint64_t *characters) {
  if (size == 0) {
    return true;
  }
  if (beyond_ascii && (row->charset || !portable_utf8(text, size, characters))) {
    return false;
  }
  return (!row->charset || portable_in_class(row->charset, text, size)) && (!starts || character_fits(row->start, text[0]));
}

/*
 * A string with escapes: what lies between them as a whole, and each escape by itself. What is beyond ASCII fits no class here: PCRE2
 * would have to be asked.
 */
static bool escaped_string(const bdc_row *row, bdc_str given, bool beyond_ascii) {
  const unsigned char *text = (const unsigned char *)given.data;
  uint32_t size = (uint32_t)given.size;
  uint64_t length = 0;
  uint32_t at = 0;
  while (at < size) {
    uint32_t plain = backslash_behind(text, at, size);
    uint64_t characters = plain - at;
    if (!plain_part(row, text + at, plain - at, beyond_ascii, length == 0, &characters)) {
      return false;
    }
    length += characters;
    at = plain;
    if (at < size) {
      escaped next = escaped_at(text + at, size - at);
      if (next.character < 0 || !character_fits(row->charset, next.character) ||
          (length == 0 && !character_fits(row->start, next.character))) {
        return false;
      }
      length++;
      at += next.size;
    }
  }
  return length_fits(row, length);
}

/* ASCII alone, in a masked row. One run of "*" may stand for a part of the value, which then has no length. */
static bool masked_string(const bdc_row *row, bdc_str text, const char *mask) {
  size_t end = (size_t)(mask - text.data);
  while (end < text.size && text.data[end] == '*') {
    end++;
  }
  if (row->flags & BDC__ROW_NEEDS_TEXT || memchr(text.data + end, '*', text.size - end)) {
    return false;
  }
  for (size_t i = 0; row->charset && i < text.size; i++) {
    unsigned char c = (unsigned char)text.data[i];
    if (c != '*' && !row->charset->ascii[c]) {
      return false;
    }
  }
  return !row->start || text.data[0] == '*' || start_fits(row, (unsigned char)text.data[0]);
}

/* Whether all characters of a string with some beyond ASCII are in the row's classes. */
static bool classes_fit(const view *in, const bdc_row *row, bdc_str text) {
  if (row->start && !start_fits(row, (unsigned char)text.data[0])) {
    return false;
  }
  if (!row->charset) {
    return true;
  }
  bool limit = false; /* where it is reached, the run has no characters */
  return row->charset->run && bdc__pattern_run(row->charset->run, in->task->matcher, text, &limit) == text.size;
}

/* The rules that look at the value as a whole. */
static bool text_fits(const view *in, const bdc_row *row, bdc_str text) {
  uint64_t measure;
  const bdc__accept_task *task = in->task;
  const bdc_code_info *code = row->flags & BDC__ROW_ERROR_CODE ? bdc__service_code(task->service, text, task->http_status) : NULL;
  return text.size <= task->value_size && (row->value_count == 0 || bdc__string_listed(row, text)) &&
         (row->format == BDC_FORMAT_NONE || bdc__format_check(row, text, &measure)) &&
         (!row->pattern || bdc__code_matches(task, row, code) || bdc__pattern_match(row->pattern, task->matcher, text) == BDC__MATCH) &&
         (!code || task->http_status == 0 || code->status == task->http_status);
}

static bool utf8_fits(const view *in, bdc_str text, uint64_t *characters) {
  const unsigned char *bytes = (const unsigned char *)text.data;
  return kernel_utf8(bytes, (uint32_t)text.size, in->origin + (uint32_t)(bytes - in->body), characters);
}

/* Any string, with what is to be told of it. */
static ASIDE bool any_string(const view *in, const bdc_row *row, bdc_str text, unsigned char marks) {
  if (marks & ESCAPE) {
    return row->flags & BDC__ROW_SIMPLE && escaped_string(row, text, marks & BEYOND_ASCII);
  }
  const char *mask = row->flags & BDC__ROW_MASKED ? memchr(text.data, '*', text.size) : NULL;
  uint64_t length = text.size;
  if (marks & BEYOND_ASCII) {
    if (mask || !utf8_fits(in, text, &length) || !length_fits(row, length) || !classes_fit(in, row, text)) {
      return false;
    }
  } else if (mask ? !masked_string(row, text, mask) : !simple_string(row, text)) {
    return false;
  }
  return !(row->flags & BDC__ROW_NEEDS_TEXT) || text_fits(in, row, text);
}

#endif
