/* SPDX-License-Identifier: MIT */
/* Rows of a table, in the words of rules/README.md. */
#ifndef BDC_COMMAND_ROWS_H
#define BDC_COMMAND_ROWS_H

#include "output.h"

#include <bodycheck/table.h>

/* Sets of rules are bits 1 << bdc_rule. */
#define CMD_RULES_ALL UINT32_MAX

/* All rules of a row and its elements, each after two blanks. */
void cmd_rules_put(const bdc_row *row, cmd_output *out);

/*
 * The same, each after a newline, which stands within none; only those among `rules`. Flags, as "nullable", are told with CMD_RULES_ALL
 * only; the type and whether the row is mandatory never.
 */
void cmd_rule_lines_put(const bdc_row *row, uint32_t rules, cmd_output *out);

/* "optional", or "mandatory unless Authorization". */
void cmd_presence_put(const bdc_row_info *row, cmd_output *out);

/* "@seed @oas" for "seed oas". */
void cmd_source_put(bdc_str tags, cmd_output *out);

/* "  unknown error", nothing for the default. */
void cmd_unknown_put(bdc_unknown unknown, cmd_output *out);

#endif
