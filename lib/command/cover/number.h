/* SPDX-License-Identifier: MIT */
/* Numbers as text: whether a value lies exactly at the end of a range. */
#ifndef BDC_COMMAND_COVER_NUMBER_H
#define BDC_COMMAND_COVER_NUMBER_H

#include <bodycheck/bodycheck.h>

/* Whether two numbers of RFC 8259's grammar are equal, however they are written: 10, 10.0, 1e1. Exponents are never expanded. */
bool cmd_same_number(bdc_str a, bdc_str b);

#endif
