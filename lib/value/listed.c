/* SPDX-License-Identifier: MIT */
#include "value/value.h"

#include "base/str.h"

bool bdc__string_listed(const bdc_row *row, bdc_str text) {
  for (uint32_t i = 0; i < row->value_count; i++) {
    if (bdc__str_equal(row->values[i], text)) {
      return true;
    }
  }
  return false;
}
