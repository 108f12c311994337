/* SPDX-License-Identifier: MIT */
/* Parts of a kernel for machines that have no instruction for them. */
#ifndef BDC_ACCEPT_PORTABLE_H
#define BDC_ACCEPT_PORTABLE_H

#include "accept/view.h"

#include "base/utf8.h"
#include "base/word.h"
#include "rules/ruleset.h"
#include "json/plain.h"

/* Masks of as many low bytes; there is no branch on how many. */
static const uint64_t portable_low[BDC__PLAN_NAME_SIZE] = {
  0,          0xff,       0xffff,     0xffffff,   0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff,
  UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,   UINT64_MAX,     UINT64_MAX,
  UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,   UINT64_MAX,     UINT64_MAX,
  UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,   UINT64_MAX,     UINT64_MAX,
};

/* The high bit of each byte that is above its limit; `room` has 0x7f less the limits. */
static inline uint64_t portable_above(uint64_t bytes, uint64_t room) {
  return (((bytes & ~BDC__HIGHS) + room) | bytes) & BDC__HIGHS;
}

/* The high bit of each byte that is the given one. */
static inline uint64_t portable_equal(uint64_t bytes, unsigned char c) {
  return ~portable_above(bytes ^ BDC__ONES * c, BDC__ONES * 0x7f) & BDC__HIGHS;
}

static inline void portable_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size) {
  static const unsigned char zeros[BLOCK];
  if (size == TAIL) {
    memcpy(out, text, TAIL);
  } else {
    memcpy(out, text, size);
  }
  memcpy(out + size, zeros, BLOCK);
}

static inline uint64_t portable_inside(uint64_t quotes) {
  for (unsigned shift = 1; shift < 64; shift *= 2) {
    quotes ^= quotes << shift;
  }
  return quotes;
}

static inline uint32_t portable_count(uint64_t bits) {
  bits -= bits >> 1 & UINT64_C(0x5555555555555555);
  bits = (bits & UINT64_C(0x3333333333333333)) + (bits >> 2 & UINT64_C(0x3333333333333333));
  return (uint32_t)(((bits + (bits >> 4)) & BDC__ONES * 0x0f) * BDC__ONES >> 56);
}

static inline uint32_t portable_scalar_size(const unsigned char *text) {
  const uint32_t enough = 16;
  uint32_t size = 0;
  while (size < enough && text[size] > ',' && (text[size] | 0x20) != '}') {
    size++;
  }
  return size;
}

static inline uint32_t portable_digits(const unsigned char *text) {
  uint64_t others = portable_above(bdc__load_le64(text) ^ BDC__ONES * '0', BDC__ONES * (0x7f - 9));
  uint32_t digits = others ? bdc__first_byte(others) : 8;
  digits += digits == 8 && (unsigned char)(text[8] - '0') < 10;
  return digits + (digits == 9 && (unsigned char)(text[9] - '0') < 10);
}

/* Each byte times ten, plus the one behind it: what two digits are. */
static inline uint64_t portable_pairs(uint64_t digits) {
  return digits * 10 + (digits >> 8);
}

/* The words are held against "0000-00-", "00T" and "00:00:00". */
static inline bool portable_date_and_time(const unsigned char *text, unsigned *month, unsigned *day) {
  uint64_t date = bdc__load_le64(text) ^ UINT64_C(0x2d30302d30303030);
  uint64_t middle = (bdc__load_le64(text + 8) & UINT64_C(0xffffff)) ^ UINT64_C(0x543030);
  uint64_t time = bdc__load_le64(text + 11) ^ UINT64_C(0x30303a30303a3030);
  uint64_t strange = portable_above(date, UINT64_C(0x7f76767f76767676)) | portable_above(middle, UINT64_C(0x7f7f7f7f7f7f7676)) |
                     portable_above(time, UINT64_C(0x76767f76767f7676));
  strange |= portable_above(portable_pairs(time) & UINT64_C(0x00ff0000ff0000ff), UINT64_C(0x0044000044000068));
  *month = (unsigned)(portable_pairs(date) >> 40 & 0xff);
  *day = (unsigned)(portable_pairs(middle) & 0xff);
  return strange == 0;
}

static inline bool portable_in_class(const bdc__class *class, const unsigned char *text, uint32_t size) {
  const uint8_t *ascii = class->ascii;
  unsigned all = 1;
  uint32_t i = 0;
  for (; i + 8 <= size; i += 8) {
    all &= ascii[text[i]] & ascii[text[i + 1]] & ascii[text[i + 2]] & ascii[text[i + 3]] & ascii[text[i + 4]] & ascii[text[i + 5]] &
           ascii[text[i + 6]] & ascii[text[i + 7]];
  }
  for (; i < size; i++) {
    all &= ascii[text[i]];
  }
  return all;
}

/* Of what stands in a string between quotes and escapes. */
static inline bool portable_utf8(const unsigned char *text, uint32_t size, uint64_t *characters) {
  bool ascii = true;
  *characters = bdc__utf8_count((const char *)text, size);
  return bdc__json_skip_text(text, text + size, &ascii) == text + size;
}

#endif
