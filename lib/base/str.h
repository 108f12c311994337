/* SPDX-License-Identifier: MIT */
/* Slices. */
#ifndef BDC_BASE_STR_H
#define BDC_BASE_STR_H

#include <bodycheck/bodycheck.h>

#include <string.h>

/* Initialises a bdc_str of static storage. */
#define BDC__STR_INIT(literal)                                                                                                         \
  { "" literal, sizeof(literal) - 1 }

static inline uint64_t bdc__load_8(const char *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

static inline uint32_t bdc__load_4(const char *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

/* For short texts a call of memcmp costs more than the comparison: two loads, which may overlap, do for up to 16 bytes. */
static inline bool bdc__bytes_equal(const char *a, const char *b, size_t size) {
  if (size > 16) {
    return memcmp(a, b, size) == 0;
  }
  if (size >= 8) {
    return ((bdc__load_8(a) ^ bdc__load_8(b)) | (bdc__load_8(a + size - 8) ^ bdc__load_8(b + size - 8))) == 0;
  }
  if (size >= 4) {
    return ((bdc__load_4(a) ^ bdc__load_4(b)) | (bdc__load_4(a + size - 4) ^ bdc__load_4(b + size - 4))) == 0;
  }
  unsigned difference = 0;
  for (size_t i = 0; i < size; i++) {
    difference |= (unsigned)(a[i] ^ b[i]);
  }
  return difference == 0;
}

static inline bool bdc__str_equal(bdc_str a, bdc_str b) {
  return a.size == b.size && bdc__bytes_equal(a.data, b.data, a.size);
}

static inline unsigned char bdc__ascii_lower(unsigned char c) {
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* The same in each byte: what is added carries into the high bit from "A" on, and behind "Z", and never beyond its byte. */
static inline uint64_t bdc__ascii_lower_8(uint64_t word) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  uint64_t low = word & ones * 0x7f;
  uint64_t upper = (low + ones * (0x80 - 'A')) & ~(low + ones * (0x7f - 'Z')) & ~word & ones * 0x80;
  return word | upper >> 2;
}

/* ASCII letters compare in any case, as in HTTP field names. */
static inline bool bdc__str_equal_fold(bdc_str a, bdc_str b) {
  if (a.size != b.size) {
    return false;
  }
  size_t i = 0;
  while (a.size - i >= 8) {
    if (bdc__ascii_lower_8(bdc__load_8(a.data + i)) != bdc__ascii_lower_8(bdc__load_8(b.data + i))) {
      return false;
    }
    i += 8;
    i = i < a.size && a.size - i < 8 ? a.size - 8 : i; /* the last eight may overlap */
  }
  for (; i < a.size; i++) {
    if (bdc__ascii_lower((unsigned char)a.data[i]) != bdc__ascii_lower((unsigned char)b.data[i])) {
      return false;
    }
  }
  return true;
}

static inline bdc_str bdc__str(const char *text) {
  return (bdc_str){ text, text ? strlen(text) : 0 };
}

static inline bdc_str bdc__str_from(bdc_str text, size_t start) {
  return (bdc_str){ text.data + start, text.size - start };
}

/* Blanks around the value of a header field are no part of it (RFC 9110). */
static inline bdc_str bdc__str_trim(bdc_str value) {
  while (value.size && (value.data[0] == ' ' || value.data[0] == '\t')) {
    value = bdc__str_from(value, 1);
  }
  while (value.size && (value.data[value.size - 1] == ' ' || value.data[value.size - 1] == '\t')) {
    value.size--;
  }
  return value;
}

#endif
