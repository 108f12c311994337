/* SPDX-License-Identifier: MIT */
/* What the walk reads byte by byte: blanks, literals, numbers. It ends before the text does: see walk.h. */
#ifndef BDC_ACCEPT_SCAN_H
#define BDC_ACCEPT_SCAN_H

#include "accept/view.h"

#include "base/word.h"
#include "value/value.h"

/* The first place from `at` on that is no blank. There is one: the text ends with none. */
static ASIDE uint32_t skip_blanks_slowly(const view *in, uint32_t at) {
  const unsigned char *body = in->body;
  for (;;) {
    if (at + 8 <= in->end) {
      /* After a line break, indentation: as many spaces at a time as there are. */
      uint64_t others = bdc__load_le64(body + at) ^ BDC__ONES * ' ';
      at += others ? bdc__first_byte(others & -others) : 8;
    }
    unsigned char c = body[at];
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
      return at;
    }
    at++;
  }
}

static inline uint32_t skip_blanks(const view *in, uint32_t at) {
  const unsigned char *text = in->body + at;
  if (LIKELY(text[0] > ' ')) {
    return at;
  }
  return text[0] == ' ' && text[1] > ' ' ? at + 1 : skip_blanks_slowly(in, at);
}

/* The size of a literal, or 0. */
static uint32_t literal(const view *in, uint32_t at, const char *text, uint32_t size) {
  return in->end - at > size && memcmp(in->body + at, text, size) == 0 ? size : 0;
}

static uint32_t skip_digits(const view *in, uint32_t at) {
  while (in->body[at] >= '0' && in->body[at] <= '9') {
    at++;
  }
  return at;
}

/* "1.5e3": the places behind each part, 0 for a part that is malformed. */
static uint32_t skip_fraction(const view *in, uint32_t at) {
  if (in->body[at] != '.') {
    return at;
  }
  uint32_t end = skip_digits(in, at + 1);
  return end > at + 1 ? end : 0;
}

static uint32_t skip_exponent(const view *in, uint32_t at) {
  if ((in->body[at] | 0x20) != 'e') {
    return at;
  }
  at++;
  at += in->body[at] == '+' || in->body[at] == '-';
  uint32_t end = skip_digits(in, at);
  return end > at ? end : 0;
}

/* The size of a number that is what its row says, or 0. */
static ASIDE uint32_t number(const view *in, const bdc_row *row, uint32_t at) {
  uint32_t first = at + (in->body[at] == '-');
  uint32_t whole = skip_digits(in, first);
  if (whole == first || (in->body[first] == '0' && whole > first + 1)) {
    return 0;
  }
  uint32_t end = skip_fraction(in, whole);
  end = end ? skip_exponent(in, end) : 0;
  bdc_str text = { (const char *)in->body + at, end - at };
  if (end == 0 || text.size > in->task->value_size) {
    return 0;
  }
  switch (row->kind) {
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    return bdc__number_broken(row, text, end == whole) == 0 ? end - at : 0;
  default:
    return row->kind == BDC_KIND_ANY ? end - at : 0;
  }
}

/* The size of a number or literal that is what its row says, or 0. */
static ASIDE uint32_t scalar(const view *in, const bdc_row *row, uint32_t at) {
  bool boolean = row->kind == BDC_KIND_BOOLEAN || row->kind == BDC_KIND_ANY;
  switch (in->body[at]) {
  case 't':
    return boolean ? literal(in, at, "true", 4) : 0;
  case 'f':
    return boolean ? literal(in, at, "false", 5) : 0;
  case 'n':
    return row->flags & BDC__ROW_NULLABLE ? literal(in, at, "null", 4) : 0;
  default:
    return number(in, row, at);
  }
}

#endif
