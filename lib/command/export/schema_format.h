/* SPDX-License-Identifier: MIT */
/* The formats of strings, as bodycheck checks them, as patterns of ECMA-262: validators differ about what "format" means. */
#ifndef BDC_COMMAND_EXPORT_SCHEMA_FORMAT_H
#define BDC_COMMAND_EXPORT_SCHEMA_FORMAT_H

#include "output.h"

#include <bodycheck/table.h>

/* The pattern of a row's format. */
void cmd_schema_format_pattern_put(const bdc_row_info *row, cmd_output *out);

/* The word of JSON Schema for it; NULL where there is none, or where it refuses what is only worth a warning. */
const char *cmd_schema_format_word(const bdc_row_info *row);

#endif
