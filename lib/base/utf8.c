/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include "base/word.h"

static bool continues(unsigned char c) {
  return (c & 0xc0) == 0x80;
}

size_t bdc__utf8_count(const char *text, size_t size) {
  const unsigned char *at = (const unsigned char *)text;
  size_t continuations = 0;
  size_t i = 0;
  for (; i + 8 <= size; i += 8) {
    uint64_t word = bdc__load_le64(at + i);
    /* 10xxxxxx: the high bit set and the next one not. */
    uint64_t mask = word & ~(word << 1) & BDC__HIGHS;
    continuations += (mask >> 7) * BDC__ONES >> 56;
  }
  for (; i < size; i++) {
    continuations += continues(at[i]);
  }
  return size - continuations;
}

/* The range of the second byte, by which overlong forms, surrogates and what lies beyond U+10FFFF are told. */
static bool second_fits(unsigned char first, unsigned char second) {
  switch (first) {
  case 0xe0:
    return second >= 0xa0 && second <= 0xbf;
  case 0xed:
    return second >= 0x80 && second <= 0x9f;
  case 0xf0:
    return second >= 0x90 && second <= 0xbf;
  case 0xf4:
    return second >= 0x80 && second <= 0x8f;
  default:
    return continues(second);
  }
}

int bdc__utf8_size(const unsigned char *text, size_t size) {
  unsigned char first = text[0];
  if (first < 0x80) {
    return 1;
  }
  if (first < 0xc2 || first > 0xf4) {
    return 0;
  }
  size_t want = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  for (size_t i = 1; i < want; i++) {
    if (i == size) {
      return -1;
    }
    if (i == 1 ? !second_fits(first, text[1]) : !continues(text[i])) {
      return 0;
    }
  }
  return (int)want;
}

bool bdc__utf8_valid(bdc_str text) {
  const unsigned char *at = (const unsigned char *)text.data;
  for (size_t i = 0; i < text.size;) {
    int size = bdc__utf8_size(at + i, text.size - i);
    if (size <= 0) {
      return false;
    }
    i += (size_t)size;
  }
  return true;
}

size_t bdc__utf8_encode(uint32_t code_point, char out[4]) {
  if (code_point < 0x80) {
    out[0] = (char)code_point;
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = (char)(0xc0 | code_point >> 6);
    out[1] = (char)(0x80 | (code_point & 0x3f));
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = (char)(0xe0 | code_point >> 12);
    out[1] = (char)(0x80 | (code_point >> 6 & 0x3f));
    out[2] = (char)(0x80 | (code_point & 0x3f));
    return 3;
  }
  out[0] = (char)(0xf0 | code_point >> 18);
  out[1] = (char)(0x80 | (code_point >> 12 & 0x3f));
  out[2] = (char)(0x80 | (code_point >> 6 & 0x3f));
  out[3] = (char)(0x80 | (code_point & 0x3f));
  return 4;
}

bdc_str bdc__utf8_cut(bdc_str text, size_t characters) {
  for (size_t i = 0; i < text.size; i++) {
    if (!continues((unsigned char)text.data[i]) && characters-- == 0) {
      return (bdc_str){ text.data, i };
    }
  }
  return text;
}
