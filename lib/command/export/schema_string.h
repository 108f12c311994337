/* SPDX-License-Identifier: MIT */
/* The rules of strings that are said with patterns. */
#ifndef BDC_COMMAND_EXPORT_SCHEMA_STRING_H
#define BDC_COMMAND_EXPORT_SCHEMA_STRING_H

#include "export/json.h"

#include <bodycheck/table.h>

/* The patterns that hold for a value, in the order of the reference; `each` gets one, or why there is none for a rule. */
typedef void cmd_schema_pattern(bdc_rule rule, bdc_str pattern, const char *why, void *context);
void cmd_schema_patterns(const bdc_row_info *row, cmd_schema_pattern *each, void *context);

/* The members of a schema for strings, but for its type and enumeration. */
void cmd_schema_string_put(cmd_json *json, const bdc_row_info *row);

#endif
