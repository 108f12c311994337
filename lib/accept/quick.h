/* SPDX-License-Identifier: MIT */
/*
 * Values of the kinds that bdc__plan has ready. Up to NEAR bytes from the start of a value may be read, whatever its size; and as little as
 * possible branches on what can't be foreseen.
 */
#ifndef BDC_ACCEPT_QUICK_H
#define BDC_ACCEPT_QUICK_H

#include "accept/portable.h"
#include "accept/state.h"

#include "base/word.h"
#include "value/value.h"

static inline uint64_t near_word(const unsigned char *at) {
  return bdc__load_le64(at);
}

/* Masks of as many low bytes; there is no branch on how many. */
static const uint64_t low_bytes[BDC__PLAN_NAME_SIZE] = {
  0,          0xff,       0xffff,     0xffffff,   0xffffffff, 0xffffffffff, 0xffffffffffff, 0xffffffffffffff,
  UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,   UINT64_MAX,     UINT64_MAX,
  UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,   UINT64_MAX,     UINT64_MAX,
  UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX,   UINT64_MAX,     UINT64_MAX,
};

/* The first and the last eight bytes of a short text, or all of a shorter one twice: what stands in a bdc__short_text. */
static inline bdc__short_text near_text(const unsigned char *text, uint32_t size) {
  uint64_t mask = low_bytes[size];
  uint32_t last = (size - 8) & (0 - (uint32_t)(size > 8));
  return (bdc__short_text){ near_word(text) & mask, near_word(text + last) & mask, size };
}

static INLINE bool quick_enum(const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  if (size >= BDC__PLAN_NAME_SIZE) {
    return false;
  }
  bdc__short_text given = near_text(text, size);
  uint64_t found = 0;
  for (uint32_t i = 0; i < plan->count; i++) {
    const bdc__short_text *value = &plan->texts[i];
    found |= ((given.first ^ value->first) | (given.last ^ value->last) | (given.size ^ value->size)) == 0;
  }
  return found;
}

/* The high bit of each byte that is no digit. */
static inline uint64_t other_than_digits(uint64_t word) {
  uint64_t digits = word ^ BDC__ONES * '0';
  return portable_above(digits, BDC__ONES * (0x7f - 9));
}

/* The number that eight digits are, the first of them the lowest byte. */
static inline uint32_t number_of_digits(uint64_t digits) {
  digits = (digits & BDC__ONES * 0x0f) * (10 << 8 | 1) >> 8;
  digits = (digits & UINT64_C(0x00ff00ff00ff00ff)) * (100 << 16 | 1) >> 16;
  return (uint32_t)((digits & UINT64_C(0x0000ffff0000ffff)) * (UINT64_C(10000) << 32 | 1) >> 32);
}

/* An integer of at most seven digits: its size, or 0. */
static inline uint32_t quick_integer(const unsigned char *text, uint32_t *out) {
  uint32_t negative = text[0] == '-';
  uint64_t word = near_word(text + negative);
  uint64_t others = other_than_digits(word);
  uint32_t size = others ? bdc__first_byte(others) : 0;
  unsigned char behind = text[negative + size];
  if (size == 0 || (text[negative] == '0' && size > 1) || behind == '.' || (behind | 0x20) == 'e') {
    return 0;
  }
  uint32_t number = number_of_digits(word << (64 - 8 * size));
  *out = negative ? 0 - number : number;
  return negative + size;
}

static inline bool listed(const bdc__plan *plan, uint32_t number) {
  bool found = false;
  for (uint32_t i = 0; i < plan->count; i++) {
    found |= plan->integers[i] == number;
  }
  return found;
}

/* Milliseconds: 13 digits. */
static inline uint32_t quick_epoch(const unsigned char *text) {
  enum { DIGITS = 13 };
  uint64_t others = other_than_digits(near_word(text)) | other_than_digits(near_word(text + DIGITS - 8));
  unsigned char behind = text[DIGITS];
  bool ends = (behind < '0' || behind > '9') && behind != '.' && (behind | 0x20) != 'e';
  return others == 0 && text[0] != '0' && ends ? DIGITS : 0;
}

static inline uint32_t quick_boolean(const unsigned char *text) {
  uint64_t word = near_word(text);
  bool is_true = (word & low_bytes[4]) == UINT64_C(0x65757274);
  bool is_false = (word & low_bytes[5]) == UINT64_C(0x65736c6166);
  return (uint32_t)is_true * 4 + (uint32_t)is_false * 5;
}

/* ---- dates ---- */

/* "2020-08-03T13:21:48", but for leap days and leap seconds. */
static inline bool quick_date_and_time(const unsigned char *text) {
  static const unsigned char days[] = { 0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  unsigned month;
  unsigned day;
  return kernel_date_and_time(text, &month, &day) && month < sizeof days && day - 1 < days[month];
}

/* "+08:00" */
static inline uint32_t quick_offset(const unsigned char *text) {
  uint64_t offset = (near_word(text) >> 8 & low_bytes[5]) ^ UINT64_C(0x30303a3030);
  uint64_t strange = portable_above(offset, UINT64_C(0x7f7f7f76767f7676)) |
                     portable_above(portable_pairs(offset) & UINT64_C(0xff0000ff), UINT64_C(0x44000068));
  return (strange == 0) & ((text[0] == '+') | (text[0] == '-'));
}

/* Digits at the start of a text: eight where there are more. */
static inline uint32_t digits_at(const unsigned char *text) {
  uint64_t others = other_than_digits(near_word(text));
  return others ? bdc__first_byte(others) : 8;
}

/*
 * RFC 3339's date-time as it is usual, with a fraction of at most nine digits: what fails here may still be one. Whether there is a
 * fraction and which offset can't be foreseen, so there is no branch on it.
 */
static INLINE bool quick_date_time(const bdc_row *row, const unsigned char *text, uint32_t size) {
  enum { FRACTION = 19, OFFSET = 6 };
  if (UNLIKELY(size - FRACTION > NEAR / 2 || !quick_date_and_time(text))) {
    return false;
  }
  uint32_t point = text[FRACTION] == '.';
  uint32_t digits = digits_at(text + FRACTION + 1);
  digits += digits == 8 && (unsigned char)(text[FRACTION + 9] - '0') < 10;
  uint32_t fraction_fits = (digits - 1 < row->fraction_max) | !point;
  const unsigned char *zone = text + FRACTION + (point ? 1 + digits : 0);
  uint32_t left = size - (uint32_t)(zone - text);
  uint32_t zone_fits = ((zone[0] == 'Z') & (left == 1)) | ((left == OFFSET) & quick_offset(zone));
  return fraction_fits & zone_fits;
}

/* What is longer than NEAR may be longer than what is looked at as a whole: text_fits knows. */
static INLINE bool date_time_fits(const bdc_row *row, const unsigned char *text, uint32_t size) {
  uint64_t measure;
  return LIKELY(quick_date_time(row, text, size)) ||
         (size <= NEAR && bdc__format_check(row, (bdc_str){ (const char *)text, size }, &measure));
}

/* ---- values ---- */

/* What a row says of a string but its length. */
static ASIDE bool quick_content(const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  switch (plan->quick) {
  case BDC__QUICK_CHARSET:
    return kernel_in_class(plan->charset, text, size);
  case BDC__QUICK_START:
    return kernel_in_class(plan->charset, text, size) && (size == 0 || plan->row->start->ascii[text[0]]);
  case BDC__QUICK_ENUM:
    return quick_enum(plan, text, size);
  default:
    return date_time_fits(plan->row, text, size);
  }
}

/* Whether a string is what its row says: `text` behind the quote. */
static INLINE bool quick_string(const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  return LIKELY(size - plan->low <= plan->span) && (plan->quick == BDC__QUICK_LENGTH || quick_content(plan, text, size));
}

/* The size of a number or boolean that is what its row says, or 0. */
static ASIDE uint32_t quick_scalar(const bdc__plan *plan, const unsigned char *text) {
  uint32_t number = 0;
  uint32_t size;
  switch (plan->quick) {
  case BDC__QUICK_BOOLEAN:
    return quick_boolean(text);
  case BDC__QUICK_EPOCH_MS:
    return quick_epoch(text);
  case BDC__QUICK_INTEGER:
    size = quick_integer(text, &number);
    return number - plan->low <= plan->span ? size : 0;
  case BDC__QUICK_INTEGER_ENUM:
    size = quick_integer(text, &number);
    return size && listed(plan, number) ? size : 0;
  default:
    return 0;
  }
}

#endif
