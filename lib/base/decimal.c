/* SPDX-License-Identifier: MIT */
#include "base/decimal.h"

#include <string.h>

static bool digit(char c) {
  return c >= '0' && c <= '9';
}

static size_t digits(bdc_str text, size_t at) {
  size_t start = at;
  while (at < text.size && digit(text.data[at])) {
    at++;
  }
  return at - start;
}

bool bdc__decimal_valid(bdc_str text, bool *integral) {
  size_t at = text.size && text.data[0] == '-';
  size_t whole = digits(text, at);
  if (whole == 0 || (whole > 1 && text.data[at] == '0')) {
    return false;
  }
  at += whole;
  *integral = at == text.size;
  if (at < text.size && text.data[at] == '.') {
    size_t fraction = digits(text, at + 1);
    if (fraction == 0) {
      return false;
    }
    at += 1 + fraction;
  }
  if (at < text.size && (text.data[at] == 'e' || text.data[at] == 'E')) {
    at++;
    at += at < text.size && (text.data[at] == '+' || text.data[at] == '-');
    size_t exponent = digits(text, at);
    if (exponent == 0) {
      return false;
    }
    at += exponent;
  }
  return at == text.size;
}

/* A number as 0.d1d2d3... * 10^scale: the digits between the first and the last that is not 0, a point among them perhaps. */
typedef struct number {
  bool negative;
  bdc_str digits; /* empty: zero */
  int64_t scale;
} number;

/* An exponent beyond this is further away than any number of digits can make up for. */
#define EXPONENT_CAP INT64_C(1000000000000000)

static int64_t exponent_of(bdc_str text) {
  size_t at = !digit(text.data[0]);
  int64_t value = 0;
  for (; at < text.size && value < EXPONENT_CAP; at++) {
    value = value * 10 + (text.data[at] - '0');
  }
  value = value < EXPONENT_CAP ? value : EXPONENT_CAP;
  return text.data[0] == '-' ? -value : value;
}

static number number_of(bdc_str text) {
  number n = { .negative = text.data[0] == '-' };
  size_t start = n.negative;
  size_t end = start;
  size_t point = SIZE_MAX;
  while (end < text.size && text.data[end] != 'e' && text.data[end] != 'E') {
    if (text.data[end] == '.') {
      point = end;
    }
    end++;
  }
  if (end < text.size) {
    n.scale = exponent_of((bdc_str){ text.data + end + 1, text.size - end - 1 });
  }
  if (point == SIZE_MAX) {
    point = end;
  }
  while (start < end && (text.data[start] == '0' || text.data[start] == '.')) {
    start++;
  }
  while (end > start && (text.data[end - 1] == '0' || text.data[end - 1] == '.')) {
    end--;
  }
  n.digits = (bdc_str){ text.data + start, end - start };
  n.scale += start <= point ? (int64_t)(point - start) : -(int64_t)(start - point - 1);
  return n;
}

static int next_digit(bdc_str text, size_t *at) {
  if (*at < text.size && text.data[*at] == '.') {
    ++*at;
  }
  return *at < text.size ? text.data[(*at)++] - '0' : 0;
}

static int compare_magnitude(const number *a, const number *b) {
  if (a->scale != b->scale) {
    return a->scale < b->scale ? -1 : 1;
  }
  size_t i = 0;
  size_t j = 0;
  while (i < a->digits.size || j < b->digits.size) {
    int d = next_digit(a->digits, &i) - next_digit(b->digits, &j);
    if (d != 0) {
      return d;
    }
  }
  return 0;
}

static bool is_natural(bdc_str text) {
  return digits(text, 0) == text.size;
}

/* Of natural numbers, which have no leading zeros, the longer one is the greater. */
static int compare_natural(bdc_str a, bdc_str b) {
  if (a.size != b.size) {
    return a.size < b.size ? -1 : 1;
  }
  return memcmp(a.data, b.data, a.size);
}

int bdc__decimal_compare(bdc_str a, bdc_str b) {
  if (is_natural(a) && is_natural(b)) {
    return compare_natural(a, b);
  }
  number x = number_of(a);
  number y = number_of(b);
  if (x.digits.size == 0 || y.digits.size == 0) {
    int sign_x = x.digits.size == 0 ? 0 : x.negative ? -1 : 1;
    int sign_y = y.digits.size == 0 ? 0 : y.negative ? -1 : 1;
    return sign_x - sign_y;
  }
  if (x.negative != y.negative) {
    return x.negative ? -1 : 1;
  }
  int magnitude = compare_magnitude(&x, &y);
  return x.negative ? -magnitude : magnitude;
}
