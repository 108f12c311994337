/* SPDX-License-Identifier: MIT */
/* The mistakes of one rule file, gathered so that they can be told in the order of the file. */
#ifndef BDC_RULES_MISTAKE_H
#define BDC_RULES_MISTAKE_H

#include "rules/list.h"

#include <stdarg.h>

/* A file with more is not read to its end: the last mistake then says so. */
enum { BDC__MISTAKES_MAX = 1000 };

typedef struct bdc__mistakes {
  bdc_str file;
  bdc__arena *scratch;
  bdc__list list; /* bdc_diagnostic */
  bool full;
  bool no_memory;
} bdc__mistakes;

#if defined(__GNUC__)
#define BDC__PRINTF(text, first) __attribute__((format(printf, text, first)))
#else
#define BDC__PRINTF(text, first)
#endif

void bdc__mistake(bdc__mistakes *mistakes, size_t line, size_t column, const char *format, ...) BDC__PRINTF(4, 5);
void bdc__mistake_list(bdc__mistakes *mistakes, size_t line, size_t column, const char *format, va_list arguments);

/* Tells all in the order of lines and columns, then forgets them. False without memory. */
bool bdc__mistakes_report(bdc__mistakes *mistakes, const bdc_diagnostics *diagnostics);

/* For "%.*s": text from a rule file, cut so that a message stays short. */
#define BDC__SHOWN(text) bdc__shown_size(text), (text).data ? (text).data : ""
int bdc__shown_size(bdc_str text);

/* "apple, pear, plum". Cuts what does not fit. */
void bdc__words_join(char *buffer, size_t size, const char *const *names, size_t count);

/* The name that `text` may have been meant for; NULL where none is near. */
const char *bdc__words_nearest(bdc_str text, const char *const *names, size_t count);

#endif
