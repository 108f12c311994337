/* SPDX-License-Identifier: MIT */
#include "judge.h"

#include "text.h"

/* ---- expectations ---- */

bool cmd_expect_is_bad(const cmd_expect *expect) {
  return expect && expect->given && !expect->valid;
}

/* Of the errors, not of the warnings. */
static uint32_t broken_rules(const bdc_report *report) {
  uint32_t rules = 0;
  for (size_t i = 0; i < report->violation_count; i++) {
    if (report->violations[i].severity == BDC_ERROR) {
      rules |= UINT32_C(1) << report->violations[i].rule;
    }
  }
  return rules;
}

/* Of a report that had no room for all violations, those that it has must be among the rules that are expected. */
static bool rules_are_met(uint32_t expected, const bdc_report *report) {
  uint32_t broken = broken_rules(report);
  return expected == 0 || expected == broken || (report->truncated && (broken & ~expected) == 0);
}

/* Whether a message that a report is about is broken, or unchecked, just as it is expected. */
static bool is_met(const cmd_expect *expect, const bdc_report *report) {
  if (!cmd_expect_is_bad(expect)) {
    return false;
  }
  if (expect->unchecked) {
    return report->verdict == BDC_UNCHECKED;
  }
  return report->verdict == BDC_INVALID &&
         (expect->code.size == 0 || (report->error && cmd_equal(report->error->code, expect->code))) &&
         rules_are_met(expect->rules, report);
}

/* What a .bodycheck line could expect of the report. */
static cmd_expect found(const bdc_report *report) {
  switch (report->verdict) {
  case BDC_VALID:
    return (cmd_expect){ .given = false };
  case BDC_UNCHECKED:
    return (cmd_expect){ .given = true, .unchecked = true };
  case BDC_INVALID:
    break;
  }
  return (cmd_expect){ .given = true, .code = report->error ? report->error->code : (bdc_str){ 0 }, .rules = broken_rules(report) };
}

/* Says that the message is not as expected. One that is merely valid may stand beside one that is broken. */
static void add_unexpected(cmd_worker *worker, const cmd_expect *expect, const bdc_report *report) {
  cmd_output text = CMD_MEMORY;
  cmd_puts(&text, "is expected to be ");
  cmd_puts(&text, expect->unchecked ? "" : "broken as ");
  cmd_expect_put(expect, &text);
  cmd_puts(&text, "; is ");
  cmd_expect is = found(report);
  cmd_expect_put(&is, &text);
  cmd_builder_own(&worker->builder, CMD_OWN_EXPECT, BDC_ERROR, cmd_output_text(&text));
  cmd_output_free(&text);
}

/* ---- findings ---- */

/* Lines of .bodycheck files that hold for its folder match the last part of a path. */
static void silence(const cmd_item *item, const bdc_violation *violation, cmd_finding *finding) {
  if (!item->silenced) {
    return;
  }
  const cmd_silencer *silencer = cmd_chain_silence(item->chain, cmd_last_part(cmd_str(item->path)), violation->in, violation->field,
                                                   violation->pointer, violation->rule);
  if (silencer) {
    finding->standing = CMD_SILENCED;
    finding->reason = silencer->reason;
  }
}

static void add_finding(cmd_worker *worker, const cmd_item *item, const bdc_violation *violation, bool expected,
                        const cmd_locator *locator) {
  cmd_finding *finding = cmd_builder_violation(&worker->builder, violation);
  cmd_place place = locator->find(locator->context, violation);
  finding->offset = place.offset;
  finding->line = place.line;
  finding->column = place.column;
  finding->excerpt = violation->in == BDC_IN_BODY ? violation->offset : SIZE_MAX;
  if (expected && violation->severity == BDC_ERROR) {
    finding->standing = CMD_EXPECTED;
  } else {
    silence(item, violation, finding);
  }
}

/* No error is left, and what there is was checked. */
static bool is_clean(const cmd_builder *builder, const bdc_report *report) {
  for (size_t i = 0; i < builder->count; i++) {
    if (builder->findings[i].severity == BDC_ERROR && builder->findings[i].standing == CMD_OPEN) {
      return false;
    }
  }
  return report->verdict != BDC_UNCHECKED;
}

static void count_more(cmd_result *result) {
  size_t errors = 0;
  for (size_t i = 0; i < result->report->violation_count; i++) {
    errors += result->report->violations[i].severity == BDC_ERROR;
  }
  result->more_errors = result->report->error_count - errors;
  result->more_warnings = result->report->warning_count - (result->report->violation_count - errors);
}

/* Of what was found, as much as --first and --max leave is shown; what --max cuts off is counted, what is expected or silenced is not. */
static void leave_out(cmd_builder *builder, const bdc_settings *settings, cmd_result *result) {
  size_t most = settings->limits.violations > 0 ? settings->limits.violations : SIZE_MAX;
  size_t kept = 0;
  size_t shown = 0;
  bool over = false;
  for (size_t i = 0; i < builder->count; i++) {
    const cmd_finding *finding = &builder->findings[i];
    bool open = finding->standing == CMD_OPEN;
    bool error = finding->severity == BDC_ERROR;
    if (!over && (!open || shown < most)) {
      over = settings->first_only && open && error;
      shown += open;
      builder->findings[kept++] = *finding;
    } else if (open && !settings->first_only) {
      result->more_errors += error;
      result->more_warnings += !error;
    }
  }
  builder->count = kept;
}

void cmd_judge(cmd_worker *worker, const cmd_item *item, cmd_result *result, const cmd_locator *locator) {
  const bdc_report *report = result->report;
  bool bad = cmd_expect_is_bad(item->expect);
  result->expected = is_met(item->expect, report);
  cmd_outcome_add(&worker->outcome, &(cmd_outcome){ .met = result->expected, .found = found(report) });
  cmd_builder_start(&worker->builder);
  for (size_t i = 0; i < report->violation_count; i++) {
    add_finding(worker, item, &report->violations[i], result->expected, locator);
  }
  count_more(result);
  bool clean = is_clean(&worker->builder, report) && result->more_errors == 0;
  leave_out(&worker->builder, &worker->check->settings, result);
  bool alone = item->kind == CMD_ITEM_BODY;
  bool unexpected = bad && !result->expected && (alone || report->verdict != BDC_VALID);
  if (unexpected) {
    add_unexpected(worker, item->expect, report);
  }
  cmd_builder_finish(&worker->builder, result);
  result->passed = result->expected || (clean && !unexpected);
}
