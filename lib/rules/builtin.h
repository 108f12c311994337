/* SPDX-License-Identifier: MIT */
/* The texts of rules/, which the build puts into the library. Their names are their paths in the source tree. */
#ifndef BDC_RULES_BUILTIN_H
#define BDC_RULES_BUILTIN_H

#include <bodycheck/bodycheck.h>

extern const bdc_rule_text bdc__builtin_texts[];
extern const size_t bdc__builtin_count;

#endif
