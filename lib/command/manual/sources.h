/* SPDX-License-Identifier: MIT */
/* The texts that the build puts into the command, as those of rules/builtin.h are put into the library. */
#ifndef BDC_COMMAND_MANUAL_SOURCES_H
#define BDC_COMMAND_MANUAL_SOURCES_H

#include <bodycheck/bodycheck.h>

/* rules/README.md */
extern const bdc_rule_text cmd_manual_sources[];
extern const size_t cmd_manual_source_count;

#endif
