/* SPDX-License-Identifier: MIT */
/*
 * Decimal numbers: whether any text of up to LARGEST bytes is one, of which nothing is assumed; and comparisons of two that are, as
 * their contract asks, each of one of a few shapes with any digits.
 */
#include "any.h"

#include "base/decimal.h"

enum { LARGEST = 8 };

typedef struct shape {
  size_t whole;
  size_t fraction;
  size_t exponent;
} shape;

static char *put_digits(char *at, size_t count) {
  for (size_t i = 0; i < count; i++) {
    *at++ = (char)('0' + any_byte % 10);
  }
  return at;
}

/* With a minus, and a sign in its exponent, or not. In memory of its own size. */
static bdc_str any_number(shape of, bool minus, bool sign) {
  size_t size = minus + of.whole + (of.fraction ? 1 + of.fraction : 0) + (of.exponent ? 1 + sign + of.exponent : 0);
  char *text = malloc(size);
  char *at = text;
  if (minus) {
    *at++ = '-';
  }
  at = put_digits(at, of.whole);
  if (of.fraction) {
    *at++ = '.';
    at = put_digits(at, of.fraction);
  }
  if (of.exponent) {
    *at++ = any_choice() ? 'e' : 'E';
    if (sign) {
      *at++ = any_choice() ? '+' : '-';
    }
    at = put_digits(at, of.exponent);
  }
  return (bdc_str){ text, size };
}

static const shape shapes[] = { { 2, 0, 0 }, { 1, 1, 0 }, { 1, 0, 1 }, { 1, 1, 20 } };
enum { SHAPES = sizeof shapes / sizeof shapes[0] };

int main(void) {
  for (size_t size = 0; size <= LARGEST; size++) {
    bool integral;
    bdc__decimal_valid(any_text(size), &integral);
  }
  for (size_t i = 0; i < SHAPES * 2; i++) {
    for (size_t j = 0; j < SHAPES * 2; j++) {
      bdc__decimal_compare(any_number(shapes[i / 2], i & 1, i & 1), any_number(shapes[j / 2], j & 1, j & 1));
    }
  }
  return 0;
}
