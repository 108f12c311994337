/* SPDX-License-Identifier: MIT */
/* Which rules of its row a text breaks: asked before there is a message that a check could look at. */
#include "generate/strings.h"

#include "base/str.h"
#include "base/utf8.h"
#include "value/value.h"

#define BIT(rule) (UINT32_C(1) << (rule))

/* The default of bdc_limits.value_size: longer values are not looked at as a whole. */
enum { VALUE_SIZE = 4096 };

size_t bdc__text_length(bdc_str text) {
  return text.size ? bdc__utf8_count(text.data, text.size) : 0;
}

uint32_t bdc__text_next(bdc_str text, size_t *at) {
  int size = bdc__utf8_size((const unsigned char *)text.data + *at, text.size - *at);
  uint32_t c = bdc__utf8_decode(text.data + *at, (size_t)size);
  *at += (size_t)size;
  return c;
}

bool bdc__class_has(bdc__values *values, const bdc__class *class, uint32_t c) {
  return c < 0x80 ? class->ascii[c] : class->run && bdc__ranges_have(bdc__values_ranges(values, class), c);
}

/* One run of "*" may stand among the others where the row is masked. */
static bool charset_holds(bdc__values *values, const bdc_row *row, bdc_str text) {
  enum { BEFORE, WITHIN, BEHIND } mask = row->flags & BDC__ROW_MASKED ? BEFORE : BEHIND;
  for (size_t at = 0; at < text.size;) {
    uint32_t c = bdc__text_next(text, &at);
    if (c == '*' && mask == WITHIN) {
      continue;
    }
    mask = mask == WITHIN ? BEHIND : mask;
    if (bdc__class_has(values, row->charset, c)) {
      continue;
    }
    if (c != '*' || mask != BEFORE) {
      return false;
    }
    mask = WITHIN;
  }
  return true;
}

static bool start_holds(bdc__values *values, const bdc_row *row, bdc_str text) {
  size_t at = 0;
  return text.size == 0 || (row->flags & BDC__ROW_MASKED && text.data[0] == '*') ||
         bdc__class_has(values, row->start, bdc__text_next(text, &at));
}

static uint32_t length_breaks(const bdc_row *row, bdc_str text) {
  if (row->flags & BDC__ROW_MASKED && text.size && memchr(text.data, '*', text.size)) {
    return 0;
  }
  size_t length = bdc__text_length(text);
  return length < row->length_min ? BIT(BDC_RULE_LENGTH_MIN) : length > row->length_max ? BIT(BDC_RULE_LENGTH_MAX) : 0;
}

/* What is too long to be looked at as a whole is at most known to be no listed value. */
static uint32_t too_long_breaks(const bdc_row *row) {
  bool undecided = row->pattern || row->format != BDC_FORMAT_NONE;
  for (uint32_t i = 0; i < row->value_count; i++) {
    undecided = undecided || row->values[i].size > VALUE_SIZE;
  }
  return undecided ? BIT(BDC_RULE_LIMIT) : row->value_count ? BIT(BDC_RULE_ENUM) : 0;
}

static uint32_t pattern_breaks(const bdc__values *values, const bdc_row *row, bdc_str text) {
  switch (bdc__pattern_match(row->pattern, values->matcher, text)) {
  case BDC__MATCH:
    return 0;
  case BDC__NO_MATCH:
    return BIT(BDC_RULE_PATTERN);
  case BDC__MATCH_LIMIT:
    break;
  }
  return BIT(BDC_RULE_LIMIT);
}

static bool code_has_other_status(const bdc__values *values, bdc_str text) {
  const bdc_code_info *code = bdc__service_code(values->service, text, values->http_status);
  return values->http_status && code && code->status != values->http_status;
}

static uint32_t whole_breaks(const bdc__values *values, const bdc_row *row, bdc_str text, bool *zoneless) {
  if (text.size > VALUE_SIZE) {
    return too_long_breaks(row);
  }
  uint32_t broken = row->value_count && !bdc__string_listed(row, text) ? BIT(BDC_RULE_ENUM) : 0;
  broken |= row->pattern ? pattern_breaks(values, row, text) : 0;
  uint64_t measure = BDC__FORMAT_BROKEN;
  if (row->format != BDC_FORMAT_NONE && !bdc__format_check(row, text, &measure)) {
    *zoneless = measure == BDC__FORMAT_NO_ZONE;
    broken |= *zoneless ? 0 : BIT(BDC_RULE_FORMAT);
  }
  if (row->flags & BDC__ROW_ERROR_CODE && code_has_other_status(values, text)) {
    broken |= BIT(BDC_RULE_STATUS);
  }
  return broken;
}

uint32_t bdc__text_breaks(bdc__values *values, const bdc_row *row, bdc_str text, bool *zoneless) {
  *zoneless = false;
  uint32_t broken = length_breaks(row, text);
  broken |= row->start && !start_holds(values, row, text) ? BIT(BDC_RULE_START) : 0;
  broken |= row->charset && !charset_holds(values, row, text) ? BIT(BDC_RULE_CHARSET) : 0;
  return broken | (row->flags & BDC__ROW_NEEDS_TEXT ? whole_breaks(values, row, text, zoneless) : 0);
}
