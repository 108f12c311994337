/* SPDX-License-Identifier: MIT */
/* Slices. */
#ifndef BDC_BASE_STR_H
#define BDC_BASE_STR_H

#include <bodycheck/bodycheck.h>

#include <string.h>

/* Initialises a bdc_str of static storage. */
#define BDC__STR_INIT(literal)                                                                                                         \
  { "" literal, sizeof(literal) - 1 }

static inline bool bdc__str_equal(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline unsigned char bdc__ascii_lower(unsigned char c) {
  return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* ASCII letters compare in any case, as in HTTP field names. */
static inline bool bdc__str_equal_fold(bdc_str a, bdc_str b) {
  if (a.size != b.size) {
    return false;
  }
  for (size_t i = 0; i < a.size; i++) {
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

#endif
