/* SPDX-License-Identifier: MIT */
/* From a report to a result: what a .bodycheck file expects of the message, and which of its findings are silenced. */
#ifndef BDC_COMMAND_JUDGE_H
#define BDC_COMMAND_JUDGE_H

#include "worker.h"

/* Whether it is expected that something is broken or unchecked. */
bool cmd_expect_is_bad(const cmd_expect *expect);

/* Completes the result of an item: result->input and result->report are given. */
void cmd_judge(cmd_worker *worker, const cmd_item *item, cmd_result *result, const cmd_locator *locator);

#endif
