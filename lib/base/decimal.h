/* SPDX-License-Identifier: MIT */
/* Decimal numbers as text, compared digit by digit: never through double, exponents never expanded. */
#ifndef BDC_BASE_DECIMAL_H
#define BDC_BASE_DECIMAL_H

#include <bodycheck/bodycheck.h>

/* Whether a text is a number by RFC 8259's grammar; *integral tells whether it has neither fraction nor exponent. */
bool bdc__decimal_valid(bdc_str text, bool *integral);

/* Below, equal to or above 0 as a is less than, equal to or greater than b. Both are valid. Exponents beyond 10^15 count as that. */
int bdc__decimal_compare(bdc_str a, bdc_str b);

#endif
