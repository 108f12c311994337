/* SPDX-License-Identifier: MIT */
/* Which rules a row, a body or a message can break at all: the engine's rules, seen from the tables. */
#ifndef BDC_COMMAND_EXPLAIN_BREAKABLE_H
#define BDC_COMMAND_EXPLAIN_BREAKABLE_H

#include "output.h"

#include <bodycheck/table.h>

/* The rules that only rows of `errors` tell apart, behind those of bdc_rule. */
enum { CMD_RULE_MANDATORY_BODY = BDC_RULE_COUNT, CMD_RULE_LIMIT_SIZE, CMD_RULE_COUNT };

#define CMD_BIT(rule) (UINT32_C(1) << (rule))

/* Sets of rules, bits CMD_BIT(rule): those that change the verdict, and those that only warn. */
typedef struct cmd_breakable {
  uint32_t errors;
  uint32_t warnings;
} cmd_breakable;

/* Of a field, its elements, and the object that it holds as far as undocumented members go. */
cmd_breakable cmd_breakable_row(const bdc_row *row, bdc_place in, bool response);

/* Of a body as a whole. */
cmd_breakable cmd_breakable_body(const bdc_section_info *section);

/* The header field that tells what a body is, in any letter case. */
bool cmd_is_content_type(bdc_str name);

/* "length.min, length.max", in the order in which a report would rather name them: what is missing first, as "mandatory.body". */
void cmd_rule_names_put(uint32_t rules, cmd_output *out);

/* The rules in that order. */
extern const unsigned char cmd_rule_order[CMD_RULE_COUNT];

#endif
