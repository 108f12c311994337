/* SPDX-License-Identifier: MIT */
/* What is asked of the characters of texts, which are valid UTF-8. */
#ifndef BDC_GENERATE_STRINGS_H
#define BDC_GENERATE_STRINGS_H

#include "generate/value.h"

/* In characters. A text of none may have no data. */
size_t bdc__text_length(bdc_str text);

/* The character at *at, which moves behind it. */
uint32_t bdc__text_next(bdc_str text, size_t *at);

bool bdc__class_has(bdc__values *values, const bdc__class *class, uint32_t c);

#endif
