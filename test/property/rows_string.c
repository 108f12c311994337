/* SPDX-License-Identifier: MIT */
/* Rows of strings: values at each boundary, and values that break one rule. */
#include "property/rows.h"

#include "base/utf8.h"

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

/* One character for each size in UTF-8. */
static const uint32_t flavours[] = { 'a', 0xe9, 0x674e, 0x1f600 };

/* Neighbours of what classes have: letters, digits, blanks and marks beyond ASCII. */
static const uint32_t beyond[] = { 0x80,   0x85,   0xa0,   0xaa,   0xe9,   0x131,   0x17f,   0x301,   0x410,   0x661,
                                   0x1680, 0x2003, 0x200b, 0x2028, 0x2029, 0x202e,  0x212a,  0x3000,  0x674e,  0xfeff,
                                   0xff10, 0xff21, 0xff3f, 0xfffd, 0xffff, 0x1f600, 0x1d400, 0x20000, 0x10ffff };

enum { LENGTH_TESTED = 200000, FREE_LENGTH = 5000 };

/* ---- characters ---- */

void write_character(blob *out, uint32_t c) {
  char text[4];
  blob_add(out, text, bdc__utf8_encode(c, text));
}

void write_escaped(blob *out, uint32_t c) {
  if (c >= 0x10000) {
    blob_print(out, "\\u%04x\\u%04X", 0xd800 + ((c - 0x10000) >> 10), 0xdc00 + ((c - 0x10000) & 0x3ff));
  } else {
    blob_print(out, "\\u%04x", c);
  }
}

static bool needs_escape(uint32_t c) {
  return c < 0x20 || c == '"' || c == '\\';
}

static void write_either(blob *out, uint32_t c, bool escaped) {
  if (escaped || needs_escape(c)) {
    write_escaped(out, c);
  } else {
    write_character(out, c);
  }
}

static bool charset_has(const bdc_row_info *info, uint32_t c) {
  return info->charset.size == 0 || known_class_has(known_class_of(info->charset), c);
}

static bool start_has(const bdc_row_info *info, uint32_t c) {
  return info->start.size == 0 || known_class_has(known_class_of(info->start), c);
}

/* Whether text may be anything that the length and the classes allow. */
static bool is_free(const bdc_row_info *info) {
  return info->value_count == 0 && info->format == BDC_FORMAT_NONE &&
         (info->pattern.size == 0 || known_pattern_of(info->pattern)->of_any_character);
}

static void expect(rows_run *run, const spot *at, const blob *raw, bool valid, bdc_rule rule, size_t offset) {
  if (valid) {
    expect_valid(run, at, blob_str(raw));
  } else {
    expect_rule(run, at, blob_str(raw), rule, offset);
  }
}

/* ---- length ---- */

static void check_length(rows_run *run, const spot *at, const bdc_row_info *info, uint32_t c, bool escaped, uint64_t length) {
  blob raw = { 0 };
  blob_print(&raw, "\"");
  for (uint64_t i = 0; i < length; i++) {
    write_either(&raw, i == 0 && !start_has(info, c) ? 'a' : c, escaped);
  }
  blob_print(&raw, "\"");
  if (length < info->length_min) {
    expect(run, at, &raw, false, BDC_RULE_LENGTH_MIN, 0);
  } else {
    expect(run, at, &raw, length <= info->length_max, BDC_RULE_LENGTH_MAX, 0);
  }
  blob_free(&raw);
}

static void check_lengths(rows_run *run, const spot *at, const bdc_row_info *info) {
  bool bounded = info->length_max <= LENGTH_TESTED;
  uint64_t lengths[] = { 0,
                         1,
                         info->length_min ? info->length_min - 1 : 0,
                         info->length_min,
                         info->length_min + 1,
                         bounded ? info->length_max - 1 : FREE_LENGTH - 1,
                         bounded ? info->length_max : FREE_LENGTH,
                         bounded ? info->length_max + 1 : FREE_LENGTH + 1 };
  for (size_t i = 0; i < LENGTH(flavours); i++) {
    for (size_t j = 0; j < LENGTH(lengths) && charset_has(info, flavours[i]); j++) {
      check_length(run, at, info, flavours[i], false, lengths[j]);
      check_length(run, at, info, flavours[i], true, lengths[j]);
    }
  }
}

/* ---- charset and start ---- */

/* "aa..a" with another character at a place; where that stands in the raw value. */
static size_t write_with(blob *raw, uint32_t c, bool escaped, size_t place, size_t length) {
  size_t offset = 0;
  blob_print(raw, "\"");
  for (size_t i = 0; i < length; i++) {
    if (i == place) {
      offset = raw->size;
      write_either(raw, c, escaped);
    } else {
      blob_print(raw, "a");
    }
  }
  blob_print(raw, "\"");
  return offset;
}

static bool charset_takes(const bdc_row_info *info, uint32_t c) {
  return charset_has(info, c) || (info->masked && c == '*');
}

static void check_character(rows_run *run, const spot *at, const bdc_row_info *info, uint32_t c) {
  size_t length = info->length_min > 3 ? (size_t)info->length_min : 3;
  const size_t places[] = { 0, 1, length - 1 };
  for (size_t i = info->start.size > 0; i < LENGTH(places); i++) {
    for (int escaped = 0; escaped < 2; escaped++) {
      blob raw = { 0 };
      size_t offset = write_with(&raw, c, escaped, places[i], length);
      expect(run, at, &raw, charset_takes(info, c), BDC_RULE_CHARSET, offset);
      blob_free(&raw);
    }
  }
}

static void check_charset(rows_run *run, const spot *at, const bdc_row_info *info) {
  for (uint32_t c = 0; c < 0x80; c++) {
    check_character(run, at, info, c);
  }
  for (size_t i = 0; i < LENGTH(beyond); i++) {
    check_character(run, at, info, beyond[i]);
  }
}

/* A first character that the charset does not have either would break two rules. */
static void check_first(rows_run *run, const spot *at, const bdc_row_info *info, uint32_t c) {
  size_t length = info->length_min > 3 ? (size_t)info->length_min : 3;
  for (int escaped = 0; escaped < 2 && charset_takes(info, c); escaped++) {
    blob raw = { 0 };
    size_t offset = write_with(&raw, c, escaped, 0, length);
    expect(run, at, &raw, start_has(info, c) || (info->masked && c == '*'), BDC_RULE_START, offset);
    blob_free(&raw);
  }
}

static void check_start(rows_run *run, const spot *at, const bdc_row_info *info) {
  for (uint32_t c = 0; c < 0x80; c++) {
    check_first(run, at, info, c);
  }
  for (size_t i = 0; i < LENGTH(beyond); i++) {
    check_first(run, at, info, beyond[i]);
  }
}

/* ---- enum ---- */

static bool is_listed(const bdc_row_info *info, const blob *text) {
  for (size_t i = 0; i < info->value_count; i++) {
    if (info->values[i].size == text->size && memcmp(info->values[i].data, text->data, text->size) == 0) {
      return true;
    }
  }
  return false;
}

static void check_listed(rows_run *run, const spot *at, const bdc_row_info *info, blob *text) {
  blob raw = { 0 };
  blob_print(&raw, "\"");
  blob_add_str(&raw, blob_str(text));
  blob_print(&raw, "\"");
  expect(run, at, &raw, is_listed(info, text), BDC_RULE_ENUM, 0);
  blob_free(&raw);
  blob_free(text);
}

static blob changed(bdc_str value, const char *before, size_t size, const char *behind) {
  blob out = { 0 };
  blob_print(&out, "%s", before);
  blob_add(&out, value.data, size);
  blob_print(&out, "%s", behind);
  return out;
}

static void check_value(rows_run *run, const spot *at, const bdc_row_info *info, bdc_str value) {
  blob spelled = { 0 };
  blob_print(&spelled, "\"");
  for (size_t i = 0; i < value.size; i++) {
    write_escaped(&spelled, (unsigned char)value.data[i]);
  }
  blob_print(&spelled, "\"");
  expect_valid(run, at, blob_str(&spelled));
  blob_free(&spelled);
  blob variants[] = {
    changed(value, "", value.size, ""),    changed(value, "", value.size, " "),       changed(value, " ", value.size, ""),
    changed(value, "", value.size, "\\n"), changed(value, "", value.size, "\\u0000"), changed(value, "", value.size - 1, ""),
    changed(value, "", value.size, "s"),   changed(value, "", value.size, ","),       changed(value, "", 0, "")
  };
  for (size_t i = 0; i < LENGTH(variants); i++) {
    check_listed(run, at, info, &variants[i]);
  }
  for (size_t i = 0; i < value.size; i++) {
    blob other = changed(value, "", value.size, "");
    other.data[i] = (char)(other.data[i] ^ 0x20);
    check_listed(run, at, info, &other);
  }
}

/* ---- pattern ---- */

static void check_pattern(rows_run *run, const spot *at, const bdc_row_info *info) {
  const known_pattern *known = known_pattern_of(info->pattern);
  for (size_t i = 0; i < LENGTH(known->matches) && known->matches[i]; i++) {
    blob raw = changed(BDC_STR(""), "\"", 0, known->matches[i]);
    blob_print(&raw, "\"");
    expect_valid(run, at, blob_str(&raw));
    blob_free(&raw);
  }
  for (size_t i = 0; i < LENGTH(known->others) && known->others[i]; i++) {
    blob raw = changed(BDC_STR(""), "\"", 0, known->others[i]);
    blob_print(&raw, "\"");
    expect_rule(run, at, blob_str(&raw), BDC_RULE_PATTERN, 0);
    blob_free(&raw);
  }
}

/* ---- date-time ---- */

static const char *const dates[] = {
  "2019-12-06T06:49:04.000Z",  "2019-12-06T06:49:04Z",        "2019-12-06t06:49:04z",           "2020-02-29T23:59:59.9Z",
  "2000-02-29T00:00:00Z",      "0000-01-01T00:00:00Z",        "9999-12-31T23:59:60Z",           "2019-12-06T06:49:04+08:00",
  "2019-12-06T06:49:04-23:59", "2019-12-06T06:49:04.1-00:00", "2020-08-03T13:21:48.381148828Z",
};

static const char *const no_dates[] = {
  "x",
  "2019-12-06",
  "2019-12-06 06:49:04Z",
  "2019-12-06T06:49Z",
  "2019-02-29T06:49:04Z",
  "1900-02-29T06:49:04Z",
  "2019-04-31T06:49:04Z",
  "2019-13-06T06:49:04Z",
  "2019-00-06T06:49:04Z",
  "2019-12-00T06:49:04Z",
  "2019-12-32T06:49:04Z",
  "2019-12-06T24:00:00Z",
  "2019-12-06T06:60:04Z",
  "2019-12-06T06:49:61Z",
  "2019-12-06T06:30:60Z",
  "2019-12-06T06:49:04.Z",
  "2019-12-06T06:49:04,0Z",
  "2019-12-06T06:49:04+0800",
  "2019-12-06T06:49:04+08",
  "2019-12-06T06:49:04+24:00",
  "2019-12-06T06:49:04+08:60",
  "2019-12-06T06:49:04ZZ",
  "2019-12-06T06:49:04Z ",
  " 2019-12-06T06:49:04Z",
  "2019-12-06T06:49:04 Z",
  "19-12-06T06:49:04Z",
  "2019-1-06T06:49:04Z",
  "2019-12-06T6:49:04Z",
  "+2019-12-06T06:49:04Z",
  "2019-12-06T06:49:04Z\\n",
  "2019-12-06T06:49:04Z\\u0000",
  "20191206T064904Z",
  "1575614944000",
  "2019-12-06T06:49:0\\uff14Z",
  "-019-12-06T06:49:04Z",
  ("2019-12-06T06:49:04\\u2212"
   "08:00"),
};

static void check_date(rows_run *run, const spot *at, const char *text, bool valid) {
  blob raw = { 0 };
  blob_print(&raw, "\"%s\"", text);
  expect(run, at, &raw, valid, BDC_RULE_FORMAT, 0);
  blob_free(&raw);
}

/* A fraction of so many digits, and what the row says of its length. */
static void check_fraction(rows_run *run, const spot *at, const bdc_row_info *info, uint64_t digits) {
  blob raw = { 0 };
  blob_print(&raw, "\"2019-12-06T06:49:04.");
  blob_repeat(&raw, "0", (size_t)digits);
  blob_print(&raw, "Z\"");
  bool too_long = raw.size - 2 > info->length_max;
  expect(run, at, &raw, !too_long && digits <= info->fraction_max, too_long ? BDC_RULE_LENGTH_MAX : BDC_RULE_FORMAT, 0);
  blob_free(&raw);
}

static void check_date_time(rows_run *run, const spot *at, const bdc_row_info *info) {
  enum { WITHOUT_FRACTION = 21 };
  for (size_t i = 0; i < LENGTH(dates); i++) {
    check_date(run, at, dates[i], true);
  }
  for (size_t i = 0; i < LENGTH(no_dates); i++) {
    check_date(run, at, no_dates[i], false);
  }
  expect_severity(run, at, BDC_STR("\"2019-12-06T06:49:04\""), BDC_RULE_FORMAT, 0, info->zone_optional);
  expect_severity(run, at, BDC_STR("\"2019-12-06T06:49:04.123\""), BDC_RULE_FORMAT, 0, info->zone_optional);
  uint64_t most = info->fraction_max != UINT32_MAX    ? info->fraction_max
                  : info->length_max <= LENGTH_TESTED ? info->length_max - WITHOUT_FRACTION
                                                      : 40;
  for (uint64_t digits = 1; digits <= most + 1; digits++) {
    check_fraction(run, at, info, digits);
  }
}

/* ---- masked, error codes ---- */

static void check_masked(rows_run *run, const spot *at, const bdc_row_info *info) {
  static const char *const valid[] = { "TEI9****8UM", "*", "***", "**********", "a*", "*a", "aaa*", "ab\\u002a*cd", "TEI9\\u002a8UM" };
  for (size_t i = 0; i < LENGTH(valid); i++) {
    blob raw = { 0 };
    blob_print(&raw, "\"%s\"", valid[i]);
    expect_valid(run, at, blob_str(&raw));
    blob_free(&raw);
  }
  blob raw = { 0 };
  blob_print(&raw, "\"a*");
  blob_repeat(&raw, "a", (size_t)info->length_max);
  blob_print(&raw, "\"");
  expect_valid(run, at, blob_str(&raw));
  blob_clear(&raw);
  blob_print(&raw, "\"a/");
  blob_repeat(&raw, "*", (size_t)info->length_max);
  blob_print(&raw, "\"");
  expect_rule(run, at, blob_str(&raw), BDC_RULE_CHARSET, 2);
  blob_free(&raw);
  expect_rule(run, at, BDC_STR("\"ab*cd*ef\""), BDC_RULE_CHARSET, 6);
  expect_rule(run, at, BDC_STR("\"ab**cd/ef\""), BDC_RULE_CHARSET, 7);
  expect_rule(run, at, BDC_STR("\"ab/**cd\""), BDC_RULE_CHARSET, 3);
  expect_rule(run, at, BDC_STR("\"-b**c\""), BDC_RULE_START, 1);
}

static bool has_status(const rows_run *run, bdc_str code) {
  for (size_t i = 0; i < run->service.code_count; i++) {
    bdc_code_info info = bdc_service_code(run->info.service, i);
    if (info.status == run->http_status && info.code.size == code.size && memcmp(info.code.data, code.data, code.size) == 0) {
      return true;
    }
  }
  return false;
}

/* A code of the catalogue fits its own statuses; under others there is a warning. A code that is not listed is not judged. */
static void check_codes(rows_run *run, const spot *at) {
  for (size_t i = 0; i < run->service.code_count; i++) {
    bdc_str code = bdc_service_code(run->info.service, i).code;
    blob raw = { 0 };
    blob_print(&raw, "\"%.*s\"", (int)code.size, code.data);
    if (has_status(run, code)) {
      expect_valid(run, at, blob_str(&raw));
    } else {
      expect_severity(run, at, blob_str(&raw), BDC_RULE_STATUS, 0, true);
    }
    blob_free(&raw);
  }
}

void check_string_row(rows_run *run, const spot *at) {
  bdc_row_info info = spot_info(at);
  if (is_free(&info)) {
    check_lengths(run, at, &info);
  }
  if (info.charset.size) {
    check_charset(run, at, &info);
  }
  if (info.start.size) {
    check_start(run, at, &info);
  }
  for (size_t i = 0; i < info.value_count; i++) {
    check_value(run, at, &info, info.values[i]);
  }
  if (info.pattern.size) {
    check_pattern(run, at, &info);
  }
  if (info.format == BDC_FORMAT_DATE_TIME) {
    check_date_time(run, at, &info);
  }
  if (info.masked) {
    check_masked(run, at, &info);
  }
  if (info.error_code) {
    check_codes(run, at);
  }
}
