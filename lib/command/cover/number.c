/* SPDX-License-Identifier: MIT */
#include "cover/number.h"

/* A number as its digits, without zeros at either end, and the power of ten of the last of them. */
typedef struct decimal {
  bool negative;
  bdc_str digits; /* a point may stand among them */
  int64_t power;
} decimal;

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

/* Beyond 10^15 exponents are all the same: no text is long enough to make up for the difference. */
static int64_t exponent_of(bdc_str text, size_t at) {
  const int64_t limit = INT64_C(1000000000000000);
  bool negative = at < text.size && text.data[at] == '-';
  int64_t value = 0;
  for (; at < text.size; at++) {
    if (is_digit(text.data[at])) {
      value = value < limit ? value * 10 + (text.data[at] - '0') : value;
    }
  }
  value = value < limit ? value : limit;
  return negative ? -value : value;
}

/* Takes zeros from the end, and the point with them. */
static void trim_end(decimal *number, size_t point) {
  bdc_str *digits = &number->digits;
  while (digits->size > 0 && (digits->data[digits->size - 1] == '0' || digits->data[digits->size - 1] == '.')) {
    digits->size--;
  }
  if (digits->size > point) {
    number->power -= (int64_t)(digits->size - point - 1);
  } else {
    number->power += (int64_t)(point - digits->size);
  }
}

static void trim_start(bdc_str *digits) {
  while (digits->size > 0 && (digits->data[0] == '0' || digits->data[0] == '.')) {
    digits->data++;
    digits->size--;
  }
}

static decimal decimal_of(bdc_str text) {
  decimal number = { .negative = text.size > 0 && text.data[0] == '-' };
  size_t end = number.negative;
  size_t point = SIZE_MAX;
  for (; end < text.size && (is_digit(text.data[end]) || text.data[end] == '.'); end++) {
    point = text.data[end] == '.' ? end - number.negative : point;
  }
  number.digits = (bdc_str){ text.data + number.negative, end - number.negative };
  number.power = exponent_of(text, end + 1);
  trim_end(&number, point == SIZE_MAX ? number.digits.size : point);
  trim_start(&number.digits);
  return number;
}

static char next_digit(bdc_str digits, size_t *at) {
  *at += *at < digits.size && digits.data[*at] == '.';
  return *at < digits.size ? digits.data[(*at)++] : '\0';
}

bool cmd_same_number(bdc_str a, bdc_str b) {
  decimal x = decimal_of(a);
  decimal y = decimal_of(b);
  if (x.digits.size == 0 || y.digits.size == 0) {
    return x.digits.size == y.digits.size; /* zero, of either sign */
  }
  size_t at_x = 0;
  size_t at_y = 0;
  char digit;
  do {
    digit = next_digit(x.digits, &at_x);
    if (digit != next_digit(y.digits, &at_y)) {
      return false;
    }
  } while (digit != '\0');
  return x.negative == y.negative && x.power == y.power;
}
