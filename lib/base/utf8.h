/* SPDX-License-Identifier: MIT */
/* UTF-8 (RFC 3629): no overlong forms, no surrogates, nothing beyond U+10FFFF. */
#ifndef BDC_BASE_UTF8_H
#define BDC_BASE_UTF8_H

#include <bodycheck/bodycheck.h>

/* Code points in valid UTF-8. */
size_t bdc__utf8_count(const char *text, size_t size);

/*
 * The size of the character at `text`: 1 to 4; 0 where it is malformed; -1 where all of `size` bytes (at least one) are the
 * beginning of a well-formed character.
 */
int bdc__utf8_size(const unsigned char *text, size_t size);

bool bdc__utf8_valid(bdc_str text);

/* The code point of a well-formed character of this size. */
uint32_t bdc__utf8_decode(const char *text, size_t size);

/* Writes a code point (no surrogate, at most U+10FFFF) and returns its size. */
size_t bdc__utf8_encode(uint32_t code_point, char out[4]);

/* The longest beginning of valid UTF-8 that has at most `characters` characters. */
bdc_str bdc__utf8_cut(bdc_str text, size_t characters);

#endif
