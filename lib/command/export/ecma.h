/* SPDX-License-Identifier: MIT */
/*
 * Character classes and patterns of PCRE2, as rules have them, written as regular expressions of ECMA-262 with the flag u, as JSON
 * Schema has them. What is written matches the same texts; what it cannot be said of is not written.
 *
 * Each returns NULL and has put the expression to `out`, or returns why there is none and has put something of no use.
 */
#ifndef BDC_COMMAND_EXPORT_ECMA_H
#define BDC_COMMAND_EXPORT_ECMA_H

#include "output.h"

/* "[...]" */
const char *cmd_ecma_class(bdc_str expression, cmd_output *out);

/* "^...$" */
const char *cmd_ecma_pattern(bdc_str pattern, cmd_output *out);

#endif
