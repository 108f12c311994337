/* SPDX-License-Identifier: MIT */
/* Numbers are compared as text, digit by digit. */
#include "value/value.h"

#include "base/decimal.h"
#include "base/str.h"

static const bdc_str integer_min = BDC__STR_INIT("-2147483648");
static const bdc_str integer_max = BDC__STR_INIT("2147483647");
static const bdc_str long_min = BDC__STR_INIT("-9223372036854775808");
static const bdc_str long_max = BDC__STR_INIT("9223372036854775807");

static bool within(bdc_str text, bdc_str min, bdc_str max) {
  return (min.size == 0 || bdc__decimal_compare(text, min) >= 0) && (max.size == 0 || bdc__decimal_compare(text, max) <= 0);
}

static bool fits_type(const bdc_row *row, bdc_str text) {
  enum { FIT_INTEGER = 9, FIT_LONG = 18 }; /* characters, with the minus, that fit 32 and 64 bits whatever they are */
  switch (row->kind) {
  case BDC_KIND_INTEGER:
    return text.size <= FIT_INTEGER || within(text, integer_min, integer_max);
  case BDC_KIND_LONG:
    return text.size <= FIT_LONG || within(text, long_min, long_max);
  default:
    return true;
  }
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

uint32_t bdc__number_broken(const bdc_row *row, bdc_str text, bool integral) {
  if (row->kind != BDC_KIND_NUMBER && !integral) {
    return UINT32_C(1) << BDC_RULE_TYPE;
  }
  if (!fits_type(row, text) || !within(text, row->range_min, row->range_max)) {
    return UINT32_C(1) << BDC_RULE_RANGE;
  }
  bool unlisted = row->value_count && !is_listed(row, text);
  bool misformed = row->format == BDC_FORMAT_EPOCH_MS && !is_epoch_ms(text);
  return (uint32_t)unlisted << BDC_RULE_ENUM | (uint32_t)misformed << BDC_RULE_FORMAT;
}
