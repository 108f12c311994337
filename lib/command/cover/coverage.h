/* SPDX-License-Identifier: MIT */
/* Which rows of the tables, and which sides of their rules, the checked messages exercised. */
#ifndef BDC_COMMAND_COVER_COVERAGE_H
#define BDC_COMMAND_COVER_COVERAGE_H

#include "color.h"

#include <bodycheck/table.h>

/* Of one thread, for one rule set, which must outlive it. */
typedef struct cmd_coverage cmd_coverage;

cmd_coverage *cmd_coverage_new(const bdc_ruleset *ruleset);
void cmd_coverage_free(cmd_coverage *coverage);

/*
 * Counts a message that was checked. `body` is what was checked, empty where there was none; `request` or `response` are given where it
 * was a whole message, else both are NULL. The report must come from a checker that does not stop at the first violation: what it does
 * not name counts as kept. Of a report that has no room for all violations only the broken rules are counted.
 */
void cmd_coverage_add(cmd_coverage *coverage, const bdc_report *report, bdc_str body, const bdc_request *request,
                      const bdc_response *response);

/* Adds what `from` has counted; both are of one rule set. */
void cmd_coverage_merge(cmd_coverage *into, const cmd_coverage *from);

/*
 * What several rule sets have counted, for the functions below: each table that was checked, its counts summed up in the first part that
 * has it, and each other operation once. It lives as long as its parts, and is released, not freed.
 */
cmd_coverage *cmd_coverage_unite(cmd_coverage *const *parts, size_t count);
void cmd_coverage_release(cmd_coverage *united);

/* For a terminal: for each row how many of its sides were exercised, and which never. */
void cmd_coverage_put_text(const cmd_coverage *coverage, cmd_output *out, cmd_color color);

/* For programs: one object, with every side and its count. */
void cmd_coverage_put_json(const cmd_coverage *coverage, cmd_output *out);

/* For people with a browser: one page that needs no network. */
void cmd_coverage_put_html(const cmd_coverage *coverage, cmd_output *out);

#endif
