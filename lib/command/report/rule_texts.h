/* SPDX-License-Identifier: MIT */
/* What each kind of rule is, in words for people who meet it in a report. One table for all places that explain them. */
#ifndef BDC_COMMAND_RULE_TEXTS_H
#define BDC_COMMAND_RULE_TEXTS_H

#include "report/remark.h"

typedef struct cmd_rule_text {
  const char *id;      /* "length.min", as in all reports */
  const char *name;    /* "TooShort": for systems that show a name beside the id, and want another one */
  cmd_level level;     /* of what usually comes of it */
  const char *summary; /* a short sentence */
  const char *meaning; /* when the rule is broken: a paragraph; names stand in backticks */
  const char *remedy;  /* what can be done about it: likewise */
} cmd_rule_text;

/* First those of bdc_rule, then those of cmd_own_rule, both in their order, then "unchecked" and "more". */
extern const cmd_rule_text cmd_rule_texts[];
extern const size_t cmd_rule_text_count;

/* The index in cmd_rule_texts; cmd_rule_text_count where there is no such rule. */
size_t cmd_rule_text_find(const char *id);

#endif
