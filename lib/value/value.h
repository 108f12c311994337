/* SPDX-License-Identifier: MIT */
/* What a row says of a whole value: judgements alone, without a word to anybody. */
#ifndef BDC_VALUE_VALUE_H
#define BDC_VALUE_VALUE_H

#include "rules/ruleset.h"

/* How a string lacks its format: see bdc__format_check. */
enum { BDC__FORMAT_BROKEN, BDC__FORMAT_NO_ZONE };

/* Whether a string has the row's format, which is one of strings; *measure tells more where it has not. */
bool bdc__format_check(const bdc_row *row, bdc_str text, uint64_t *measure);

/* Whether a Content-Type is application/json in UTF-8. */
bool bdc__media_type_is_json(bdc_str value);

/* Whether a string is one of the row's values. */
bool bdc__string_listed(const bdc_row *row, bdc_str text);

/* The rules of its row that a number breaks: bits 1 << bdc_rule. `text` is a JSON number, `integral` without fraction and exponent. */
uint32_t bdc__number_broken(const bdc_row *row, bdc_str text, bool integral);

#endif
