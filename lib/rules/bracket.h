/* SPDX-License-Identifier: MIT */
/* The text of bracket classes, "[...]": where one ends, and what can be told without PCRE2. */
#ifndef BDC_RULES_BRACKET_H
#define BDC_RULES_BRACKET_H

#include <bodycheck/bodycheck.h>

/* Bytes of the class at the start of `text`, brackets included; 0 where there is none, or where it does not end. */
size_t bdc__bracket_size(bdc_str text);

/* Bytes of the item at `at` in a class's text: a byte, an escape with its braces, "[:alpha:]". */
size_t bdc__bracket_item(bdc_str text, size_t at);

/* Nothing in the class but plain characters and escaped punctuation: PCRE2 cannot see another end of it than bdc__bracket_size. */
bool bdc__bracket_plain(bdc_str bracket);

/* The class surely has no member beyond ASCII. */
bool bdc__bracket_ascii(bdc_str bracket);

#endif
