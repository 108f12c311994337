/* SPDX-License-Identifier: MIT */
/* Formats of strings: RFC 3339 date-time, hex, uuid, and RFC 9110 media types. */
#include "value/value.h"

#include "base/str.h"
#include "base/word.h"

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

static bool hex(char c) {
  return digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* ---- date-time ---- */

static bool sign(bdc_str text, size_t *at, char expected) {
  if (*at < text.size && text.data[*at] == expected) {
    ++*at;
    return true;
  }
  return false;
}

/* The value of two digits, or -1. */
static int two_digits(const char *text) {
  unsigned tens = (unsigned char)text[0] - '0';
  unsigned ones = (unsigned char)text[1] - '0';
  return tens < 10 && ones < 10 ? (int)(tens * 10 + ones) : -1;
}

static bool is_leap_year(int year) {
  return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static bool has_day(int year, int month, int day) {
  static const char days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
  return month <= 12 && day >= 1 && day <= days[month] && (month != 2 || day < 29 || is_leap_year(year));
}

static uint64_t word_of(const char *text) {
  return bdc__load_le64((const unsigned char *)text);
}

/*
 * Whether eight characters are of a form: digits where its first and its last text are "0" and "9", and what both have elsewhere. Looked
 * at all at once; *pairs then says of each character what number it makes with the one behind it.
 */
static bool has_form(const char *text, const char *first, const char *last, uint64_t *pairs) {
  uint64_t values = word_of(text) ^ word_of(first); /* 0 to 9 for digits, 0 for what is as it should be */
  uint64_t highest = word_of(last) ^ word_of(first);
  *pairs = values * 10 + (values >> 8);
  return ((values | (values + (BDC__ONES * 0x7f - highest))) & BDC__HIGHS) == 0;
}

static int pair_at(uint64_t pairs, unsigned at) {
  return (int)(pairs >> 8 * at & 0xff);
}

/* "2020-08-03" */
static bool is_date(const char *text) {
  uint64_t pairs;
  if (!has_form(text, "0000-00-", "9999-99-", &pairs)) {
    return false;
  }
  return has_day(pair_at(pairs, 0) * 100 + pair_at(pairs, 2), pair_at(pairs, 5), two_digits(text + 8));
}

/* "13:21:48". A leap second is only possible in the last minute of a day in UTC; the offset is not taken into account. */
static bool is_time(const char *text) {
  uint64_t pairs;
  if (!has_form(text, "00:00:00", "99:99:99", &pairs)) {
    return false;
  }
  int minute = pair_at(pairs, 3);
  return pair_at(pairs, 0) <= 23 && minute <= 59 && pair_at(pairs, 6) <= (minute == 59 ? 60 : 59);
}

static bool fraction(bdc_str text, size_t *at, uint32_t digits_max) {
  if (!sign(text, at, '.')) {
    return true;
  }
  size_t start = *at;
  while (*at < text.size && digit(text.data[*at])) {
    ++*at;
  }
  size_t digits = *at - start;
  return digits > 0 && digits <= digits_max;
}

/* "Z", "+08:00" */
static bool zone(bdc_str text, size_t *at) {
  if (sign(text, at, 'Z') || sign(text, at, 'z')) {
    return true;
  }
  if (text.size - *at < 6 || (text.data[*at] != '+' && text.data[*at] != '-')) {
    return false;
  }
  const char *offset = text.data + *at + 1;
  int hour = two_digits(offset);
  int minute = two_digits(offset + 3);
  *at += 6;
  return offset[2] == ':' && hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
}

static bool is_date_time(const bdc_row *row, bdc_str text, uint64_t *measure) {
  enum { TIME = 11, FRACTION = 19 }; /* where they begin */
  size_t at = FRACTION;
  if (text.size < FRACTION || !is_date(text.data) || (text.data[TIME - 1] != 'T' && text.data[TIME - 1] != 't') ||
      !is_time(text.data + TIME) || !fraction(text, &at, row->fraction_max)) {
    return false;
  }
  if (at == text.size && (row->flags & BDC__ROW_ZONE_OPTIONAL)) {
    *measure = BDC__FORMAT_NO_ZONE;
    return false;
  }
  return zone(text, &at) && at == text.size;
}

/* ---- hex, uuid ---- */

static bool is_hex(bdc_str text) {
  for (size_t i = 0; i < text.size; i++) {
    if (!hex(text.data[i])) {
      return false;
    }
  }
  return text.size > 0;
}

static bool is_uuid(bdc_str text) {
  if (text.size != 36) {
    return false;
  }
  for (size_t i = 0; i < text.size; i++) {
    bool hyphen = i == 8 || i == 13 || i == 18 || i == 23;
    if (hyphen ? text.data[i] != '-' : !hex(text.data[i])) {
      return false;
    }
  }
  return true;
}

/* ---- media types ---- */

/* RFC 9110's token characters. */
static bool token_character(char c) {
  return digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("!#$%&'*+-.^_`|~", c));
}

static void skip_blanks(bdc_str text, size_t *at) {
  while (*at < text.size && (text.data[*at] == ' ' || text.data[*at] == '\t')) {
    ++*at;
  }
}

static bool token(bdc_str text, size_t *at, bdc_str *out) {
  size_t start = *at;
  while (*at < text.size && token_character(text.data[*at])) {
    ++*at;
  }
  *out = (bdc_str){ text.data + start, *at - start };
  return out->size > 0;
}

/* A quoted string; *out is what stands between the quotes, escapes included. */
static bool quoted(bdc_str text, size_t *at, bdc_str *out) {
  if (!sign(text, at, '"')) {
    return false;
  }
  size_t start = *at;
  while (*at < text.size && text.data[*at] != '"') {
    *at += text.data[*at] == '\\' ? 2 : 1;
  }
  if (*at >= text.size) {
    *at = text.size;
    return false;
  }
  *out = (bdc_str){ text.data + start, *at - start };
  ++*at;
  return true;
}

/* What stands between two ";" behind a media type: a parameter, or, as RFC 9110 allows, nothing. */
static bool parameter(bdc_str text, size_t *at, bdc_str *name, bdc_str *value) {
  *name = *value = (bdc_str){ 0 };
  skip_blanks(text, at);
  if (*at == text.size || text.data[*at] == ';') {
    return true;
  }
  bool read = token(text, at, name) && sign(text, at, '=') && (token(text, at, value) || quoted(text, at, value));
  skip_blanks(text, at);
  return read;
}

/* Type and subtype; the parameters are walked, and that named charset handed out. */
static bool media_type(bdc_str text, bdc_str *type, bdc_str *subtype, bdc_str *charset) {
  size_t at = 0;
  *charset = (bdc_str){ 0 };
  skip_blanks(text, &at);
  if (!token(text, &at, type) || !sign(text, &at, '/') || !token(text, &at, subtype)) {
    return false;
  }
  skip_blanks(text, &at);
  while (sign(text, &at, ';')) {
    bdc_str name;
    bdc_str value;
    if (!parameter(text, &at, &name, &value)) {
      return false;
    }
    if (bdc__str_equal_fold(name, BDC_STR("charset"))) {
      if (charset->data) {
        return false;
      }
      *charset = value;
    }
  }
  return at == text.size;
}

/* Compares a parameter's value in any case; a backslash in it only quotes the character behind it. */
static bool value_is(bdc_str value, bdc_str expected) {
  size_t at = 0;
  for (size_t i = 0; i < value.size; i++) {
    i += value.data[i] == '\\';
    if (i == value.size || at == expected.size ||
        bdc__ascii_lower((unsigned char)value.data[i]) != (unsigned char)expected.data[at++]) {
      return false;
    }
  }
  return at == expected.size;
}

bool bdc__media_type_is_json(bdc_str value) {
  bdc_str type;
  bdc_str subtype;
  bdc_str charset;
  if (bdc__str_equal(value, BDC_STR("application/json"))) { /* nearly always */
    return true;
  }
  return media_type(value, &type, &subtype, &charset) && bdc__str_equal_fold(type, BDC_STR("application")) &&
         bdc__str_equal_fold(subtype, BDC_STR("json")) &&
         (!charset.data || value_is(charset, BDC_STR("utf-8")) || value_is(charset, BDC_STR("utf8")));
}

static bool is_media_type(bdc_str text) {
  bdc_str type;
  bdc_str subtype;
  bdc_str charset;
  return media_type(text, &type, &subtype, &charset);
}

bool bdc__format_check(const bdc_row *row, bdc_str text, uint64_t *measure) {
  switch (row->format) {
  case BDC_FORMAT_DATE_TIME:
    return is_date_time(row, text, measure);
  case BDC_FORMAT_HEX:
    return is_hex(text);
  case BDC_FORMAT_UUID:
    return is_uuid(text);
  default: /* BDC_FORMAT_MEDIA_TYPE */
    return is_media_type(text);
  }
}
