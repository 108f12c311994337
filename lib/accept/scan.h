/* SPDX-License-Identifier: MIT */
/* What the walk reads byte by byte: blanks, punctuation, literals, numbers. It ends before the text does: see walk.h. */
#ifndef BDC_ACCEPT_SCAN_H
#define BDC_ACCEPT_SCAN_H

#include "accept/state.h"

#include "base/word.h"
#include "value/value.h"

static ASIDE uint32_t skip_blanks_slowly(const walk *w, uint32_t at) {
  const unsigned char *body = w->body;
  for (;;) {
    if (at + 8 <= w->size) {
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

/* The first place from `at` on that is no blank; there always is one. */
static inline uint32_t skip_blanks(const walk *w, uint32_t at) {
  return LIKELY(w->body[at] > ' ') ? at : skip_blanks_slowly(w, at);
}

/* Whether there is a character between two places, and else only blanks. */
static ASIDE bool only_with_blanks(const walk *w, uint32_t from, unsigned char c, uint32_t to) {
  if (LIKELY(from < w->quick_to && to - from <= GAP_MAX)) {
    return kernel_gap(w->body + from, to - from, c);
  }
  uint32_t at = skip_blanks(w, from);
  return w->body[at] == c && skip_blanks(w, at + 1) == to;
}

/* The same, for the usual ways to write it: without blanks, with a space behind, or with one on each side. */
static inline bool punctuation(const walk *w, uint32_t from, unsigned char c, uint32_t to) {
  const unsigned char *at = w->body + from;
  uint32_t size = to - from;
  bool usual = size == 1   ? at[0] == c
               : size == 3 ? at[0] == ' ' && at[1] == c && at[2] == ' '
                           : size == 2 && at[0] == c && at[1] == ' ';
  return LIKELY(usual) || only_with_blanks(w, from, c, to);
}

static bool literal(walk *w, const char *text, uint32_t size) {
  if (w->size - w->at <= size || memcmp(w->body + w->at, text, size) != 0) {
    return false;
  }
  w->at += size;
  return true;
}

static uint32_t skip_digits(const walk *w, uint32_t at) {
  while (w->body[at] >= '0' && w->body[at] <= '9') {
    at++;
  }
  return at;
}

/* "1.5e3": the places behind each part, 0 for a part that is malformed. */
static uint32_t skip_fraction(const walk *w, uint32_t at) {
  if (w->body[at] != '.') {
    return at;
  }
  uint32_t end = skip_digits(w, at + 1);
  return end > at + 1 ? end : 0;
}

static uint32_t skip_exponent(const walk *w, uint32_t at) {
  if ((w->body[at] | 0x20) != 'e') {
    return at;
  }
  at++;
  at += w->body[at] == '+' || w->body[at] == '-';
  uint32_t end = skip_digits(w, at);
  return end > at ? end : 0;
}

static ASIDE bool number(walk *w, const bdc_row *row) {
  uint32_t first = w->at + (w->body[w->at] == '-');
  uint32_t whole = skip_digits(w, first);
  if (whole == first || (w->body[first] == '0' && whole > first + 1)) {
    return false;
  }
  uint32_t end = skip_fraction(w, whole);
  end = end ? skip_exponent(w, end) : 0;
  bdc_str text = { (const char *)w->body + w->at, end - w->at };
  if (end == 0 || text.size > w->task->value_size) {
    return false;
  }
  w->at = end;
  switch (row->kind) {
  case BDC_KIND_INTEGER:
  case BDC_KIND_LONG:
  case BDC_KIND_NUMBER:
    return bdc__number_broken(row, text, end == whole) == 0;
  default:
    return row->kind == BDC_KIND_ANY;
  }
}

#endif
