/* SPDX-License-Identifier: MIT */
/*
 * Values of the kinds that bdc__plan has ready. Up to NEAR bytes from the start of a value may be read, whatever its size; and as little as
 * possible branches on what can't be foreseen.
 */
#ifndef BDC_ACCEPT_QUICK_H
#define BDC_ACCEPT_QUICK_H

#include "accept/strings.h"

#include "base/word.h"
#include "value/value.h"

static inline uint64_t near_word(const unsigned char *at) {
  return bdc__load_le64(at);
}

/* The first and the last eight bytes of a short text, or all of a shorter one twice: what stands in a bdc__short_text. */
static inline bdc__short_text near_text(const unsigned char *text, uint32_t size) {
  uint32_t last = size > 8 ? size - 8 : 0;
  return (bdc__short_text){ kernel_first(near_word(text), size), kernel_first(near_word(text + last), size), size };
}

/* One of the texts of a row. */
static INLINE bool quick_text(const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  bdc__short_text given = near_text(text, size % BDC__PLAN_NAME_SIZE);
  const bdc__short_text *listed = &plan->texts->slots[bdc__short_text_slot(plan->texts, given)];
  return given.first == listed->first && given.last == listed->last && size == listed->size;
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

/* An integer of at most seven digits within the range of its row. */
static inline bool quick_integer(const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  uint32_t negative = text[0] == '-';
  uint32_t digits = size - negative;
  if (digits - 1 > 6 || (text[negative] == '0' && digits > 1)) {
    return false;
  }
  uint64_t word = (near_word(text + negative) ^ BDC__ONES * '0') << (64 - 8 * digits);
  uint32_t number = number_of_digits(word);
  number = negative ? 0 - number : number;
  return portable_above(word, BDC__ONES * (0x7f - 9)) == 0 && number - plan->range.low <= plan->range.span;
}

/* Milliseconds: 13 digits. */
static inline bool quick_epoch(const unsigned char *text, uint32_t size) {
  enum { DIGITS = 13 };
  return size == DIGITS && text[0] != '0' &&
         (other_than_digits(near_word(text)) | other_than_digits(near_word(text + DIGITS - 8))) == 0;
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
static inline bool quick_offset(const unsigned char *text) {
  uint64_t offset = (near_word(text) >> 8 & UINT64_C(0xffffffffff)) ^ UINT64_C(0x30303a3030);
  uint64_t strange = portable_above(offset, UINT64_C(0x7f7f7f76767f7676)) |
                     portable_above(portable_pairs(offset) & UINT64_C(0xff0000ff), UINT64_C(0x44000068));
  return strange == 0 && (text[0] == '+' || text[0] == '-');
}

/*
 * RFC 3339's date-time as it is usual, with a fraction of at most nine digits: what fails here may still be one. Whether there is a
 * fraction can't be foreseen, so there is no branch on it.
 */
static INLINE bool quick_date_time(const bdc_row *row, const unsigned char *text, uint32_t size) {
  enum { FRACTION = 19, OFFSET = 6 };
  if (UNLIKELY(size - FRACTION > WHOLE_MAX / 2 || !quick_date_and_time(text))) {
    return false;
  }
  uint32_t zone = size - 1;
  if (UNLIKELY(text[zone] != 'Z')) {
    zone = size - OFFSET;
    if (size < FRACTION + OFFSET || !quick_offset(text + zone)) {
      return false;
    }
  }
  uint32_t digits = zone - FRACTION - 1; /* behind the point */
  bool fraction = (text[FRACTION] == '.') & (digits - 1 < row->fraction_max) & (kernel_digits(text + FRACTION + 1) >= digits);
  return fraction | (zone == FRACTION);
}

/* What is longer than WHOLE_MAX may be longer than what is looked at as a whole: text_fits knows. */
static INLINE bool date_time_fits(const bdc_row *row, const unsigned char *text, uint32_t size) {
  uint64_t measure;
  return LIKELY(quick_date_time(row, text, size)) ||
         (size <= WHOLE_MAX && bdc__format_check(row, (bdc_str){ (const char *)text, size }, &measure));
}

/* ---- values ---- */

/* What a row says of a string without marks but its length. */
static INLINE bool quick_content(const view *in, const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  switch (plan->quick) {
  case BDC__QUICK_ENUM:
    return quick_text(plan, text, size);
  case BDC__QUICK_DATE_TIME:
    return date_time_fits(plan->row, text, size);
  case BDC__QUICK_OTHER:
    return any_string(in, plan->row, (bdc_str){ (const char *)text, size }, 0);
  case BDC__QUICK_START:
    return kernel_in_class(plan->charset, text, size) && (size == 0 || plan->row->start->ascii[text[0]]);
  case BDC__QUICK_CHARSET:
    return kernel_in_class(plan->charset, text, size);
  default:
    return true;
  }
}

/* A number or boolean. What fails here may still be what its row says. */
static INLINE bool quick_scalar(const bdc__plan *plan, const unsigned char *text, uint32_t size) {
  switch (plan->quick) {
  case BDC__QUICK_LITERAL:
    return quick_text(plan, text, size);
  case BDC__QUICK_EPOCH_MS:
    return quick_epoch(text, size);
  default:
    return quick_integer(plan, text, size);
  }
}

#endif
