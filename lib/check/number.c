/* SPDX-License-Identifier: MIT */
/* The rules of numbers. */
#include "check/checker.h"

enum { LONG_SIZE = 20 }; /* characters of the longest integer */

static void report_limit(bdc_checker *checker, const bdc_row *row, size_t offset) {
  uint64_t measure = (uint64_t)checker->settings.limits.value_size << BDC__MEASURE_BITS | BDC__LIMIT_VALUE;
  bdc__violate(checker, row, BDC_RULE_LIMIT, offset, measure);
}

/* Of what overflows the buffer, this much is known: it has more digits than any integer, unless the buffer is shorter than those. */
static void check_overflow(bdc_checker *checker, const bdc_row *row, bool whole, size_t offset) {
  if (whole && checker->settings.limits.value_size >= LONG_SIZE) {
    bdc__violate(checker, row, BDC_RULE_RANGE, offset, 0);
  } else if (whole || row->range_min.size || row->range_max.size) { /* `enum` is for integers and texts */
    report_limit(checker, row, offset);
  }
}

void bdc__number_check(bdc_checker *checker, const bdc_row *row, bdc_str text, bool integral, bool overflow, size_t offset) {
  bool whole = row->kind == BDC_KIND_INTEGER || row->kind == BDC_KIND_LONG;
  if (overflow && (integral || !whole)) {
    check_overflow(checker, row, whole, offset);
    return;
  }
  for (uint32_t broken = bdc__number_broken(row, text, integral); broken; broken &= broken - 1) {
    bdc_rule rule = (bdc_rule)__builtin_ctz(broken);
    bdc__violate(checker, row, rule, offset, rule == BDC_RULE_TYPE ? BDC__TYPE_NUMBER : 0);
  }
}
