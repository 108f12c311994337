/* SPDX-License-Identifier: MIT */
/* Text written into a buffer of the caller's, which may be too small: what does not fit is counted. */
#ifndef BDC_BASE_TEXT_H
#define BDC_BASE_TEXT_H

#include <bodycheck/bodycheck.h>

typedef struct bdc__text {
  char *buffer;
  size_t capacity;
  size_t size; /* all that was written, also what did not fit */
} bdc__text;

static inline bdc__text bdc__text_in(char *buffer, size_t capacity) {
  return (bdc__text){ .buffer = buffer, .capacity = capacity };
}

void bdc__text_add(bdc__text *text, bdc_str piece);
void bdc__text_add_literal(bdc__text *text, const char *piece);
void bdc__text_add_number(bdc__text *text, uint64_t number);

/* Quotes, backslashes and what a terminal or log would act on are written as JSON escapes. `piece` is valid UTF-8. */
void bdc__text_add_escaped(bdc__text *text, bdc_str piece);

/* Ends the text with a NUL and tells its size: BDC_OK, or BDC_ERR_SPACE with the buffer emptied. `needed` may be NULL. */
bdc_status bdc__text_end(bdc__text *text, size_t *needed);

#endif
