/* SPDX-License-Identifier: MIT */
/*
 * What an analysis knows nothing of: whatever is read from a volatile object may be anything. Texts lie in memory of their own size, so
 * that each byte read before or behind them is found. Nothing is freed: each program is only analysed.
 */
#ifndef BDC_ANALYSIS_ANY_H
#define BDC_ANALYSIS_ANY_H

#include <bodycheck/bodycheck.h>

#include <stdlib.h>

static const volatile unsigned char any_byte = 0;
static const volatile size_t any_size = 0;

static inline bool any_choice(void) {
  return any_byte & 1;
}

/* A text of any bytes; the analysis is told that there is always memory. */
static inline bdc_str any_text(size_t size) {
  char *text = malloc(size);
  for (size_t i = 0; i < size; i++) {
    text[i] = (char)any_byte;
  }
  return (bdc_str){ text, size };
}

#endif
