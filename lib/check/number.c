/* SPDX-License-Identifier: MIT */
/* The rules of numbers. They are compared as text, digit by digit. */
#include "check/checker.h"

#include "base/decimal.h"

static const bdc_str integer_min = BDC__STR_INIT("-2147483648");
static const bdc_str integer_max = BDC__STR_INIT("2147483647");
static const bdc_str long_min = BDC__STR_INIT("-9223372036854775808");
static const bdc_str long_max = BDC__STR_INIT("9223372036854775807");

enum { LONG_SIZE = 20 }; /* characters of the longest integer */

static bool within(bdc_str text, bdc_str min, bdc_str max) {
  return (min.size == 0 || bdc__decimal_compare(text, min) >= 0) && (max.size == 0 || bdc__decimal_compare(text, max) <= 0);
}

static bool fits_type(const bdc_row *row, bdc_str text) {
  enum { ALWAYS_FITS = 9 }; /* characters, with the minus, that fit 32 bits whatever they are */
  if (row->kind == BDC_KIND_NUMBER || text.size <= ALWAYS_FITS) {
    return true;
  }
  return row->kind == BDC_KIND_INTEGER ? within(text, integer_min, integer_max) : within(text, long_min, long_max);
}

/* Mostly the texts are equal already. */
static bool is_listed(const bdc_row *row, bdc_str text) {
  for (uint32_t i = 0; i < row->value_count; i++) {
    if (bdc__str_equal(row->values[i], text) || bdc__decimal_compare(row->values[i], text) == 0) {
      return true;
    }
  }
  return false;
}

/* Milliseconds since 1970 have 13 digits from 2001 to 2286. */
static bool is_epoch_ms(bdc_str text) {
  enum { DIGITS = 13 };
  return text.size == DIGITS && text.data[0] != '-';
}

void bdc__number_check(bdc_checker *checker, const bdc_row *row, bdc_str text, bool integral, bool overflow, size_t offset) {
  bool whole = row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG;
  if (whole && !integral) {
    bdc__violate(checker, row, BDC_RULE_TYPE, offset, BDC__TYPE_NUMBER);
    return;
  }
  if (overflow && (!whole || checker->settings.limits.value_size < LONG_SIZE)) {
    if (whole || row->range_min.size || row->range_max.size || row->value_count) {
      bdc__violate(checker, row, BDC_RULE_LIMIT, offset,
                   (uint64_t)checker->settings.limits.value_size << BDC__MEASURE_BITS | BDC__LIMIT_VALUE);
    }
    return;
  }
  /* What overflows the buffer now has more digits than any integer. */
  if (overflow || !fits_type(row, text) || !within(text, row->range_min, row->range_max)) {
    bdc__violate(checker, row, BDC_RULE_RANGE, offset, 0);
    return;
  }
  if (row->value_count && !is_listed(row, text)) {
    bdc__violate(checker, row, BDC_RULE_ENUM, offset, 0);
  }
  if (row->format == BDC_FORMAT_EPOCH_MS && !is_epoch_ms(text)) {
    bdc__violate(checker, row, BDC_RULE_FORMAT, offset, BDC__FORMAT_BROKEN);
  }
}
