/* SPDX-License-Identifier: MIT */
/*
 * Formats of strings: any text of up to LARGEST bytes; dates up to DATE_TIME, UUIDs of UUID bytes and one more or less, and media types
 * of JSON up to MEDIA_TYPE. Nothing is assumed of the bytes, nor of the row's flags and its digits behind the point.
 */
#include "any.h"

#include "value/value.h"

enum { LARGEST = 9, DATE_TIME = 26, UUID = 36, MEDIA_TYPE = 18 };

static void check(bdc_format format, size_t from, size_t to) {
  bdc_row row = { .format = (uint8_t)format, .fraction_max = (uint32_t)any_size, .flags = (uint16_t)any_size };
  for (size_t size = from; size <= to; size++) {
    uint64_t measure = 0;
    bdc__format_check(&row, any_text(size), &measure);
  }
}

int main(void) {
  check(BDC_FORMAT_DATE_TIME, 0, DATE_TIME);
  check(BDC_FORMAT_HEX, 0, LARGEST);
  check(BDC_FORMAT_UUID, UUID - 1, UUID + 1);
  check(BDC_FORMAT_MEDIA_TYPE, 0, LARGEST);
  for (size_t size = 0; size <= MEDIA_TYPE; size++) {
    bdc__media_type_is_json(any_text(size));
  }
  return 0;
}
