/* SPDX-License-Identifier: MIT */
#include "worker.h"

#include "judge.h"
#include "memory.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

enum { VIOLATIONS = 100 }; /* of a report: the library's default limit */

/* ---- a worker ---- */

/* An array of `count` NULL pointers. */
static void *no_pointers(size_t count) {
  void *pointers = cmd_resize(NULL, count, sizeof(void *));
  memset(pointers, 0, count * sizeof(void *));
  return pointers;
}

void cmd_worker_open(cmd_worker *worker, cmd_check *check, cmd_turns *turns) {
  *worker = (cmd_worker){ .check = check, .silent = cmd_delivery_is_silent(&check->delivery) };
  cmd_reports_open(&worker->reports, &check->delivery, turns);
  worker->checkers = no_pointers(2 * check->context_count);
  worker->coverages = no_pointers(check->context_count);
}

static void bring_in_coverage(cmd_worker *worker, cmd_check *check) {
  for (size_t i = 0; i < check->context_count; i++) {
    if (worker->coverages[i] && check->coverages[i]) {
      cmd_coverage_merge(check->coverages[i], worker->coverages[i]);
      cmd_coverage_free(worker->coverages[i]);
    } else if (worker->coverages[i]) {
      check->coverages[i] = worker->coverages[i];
    }
  }
  free((void *)worker->coverages);
}

void cmd_worker_close(cmd_worker *worker, cmd_check *check) {
  cmd_totals_add(&check->totals, &worker->reports.totals);
  bring_in_coverage(worker, check);
  for (size_t i = 0; i < 2 * check->context_count; i++) {
    bdc_checker_free(worker->checkers[i]);
  }
  for (size_t i = 0; i < worker->names_count; i++) {
    cmd_names_free(&worker->names[i].names);
  }
  free((void *)worker->checkers);
  free(worker->names);
  free(worker->buffer);
  cmd_builder_free(&worker->builder);
  cmd_places_free(&worker->places);
  cmd_reports_free(&worker->reports);
}

static bool needs_all(const cmd_check *check, const cmd_item *item) {
  const bdc_settings *settings = &check->settings;
  bool limited = settings->first_only || (settings->limits.violations > 0 && settings->limits.violations < VIOLATIONS);
  return limited && (check->whole || cmd_expect_is_bad(item->expect) || cmd_chain_has_silencers(item->chain));
}

static bdc_checker *make_checker(const cmd_check *check, size_t context, bool all) {
  const cmd_context *rules = &check->contexts[context];
  bdc_settings settings = check->settings;
  settings.unknown_request = rules->unknown;
  settings.unknown_response = rules->unknown;
  settings.layout_memory = 64 * 1024; /* there are as few checkers as threads */
  if (all) {
    settings.first_only = false;
    settings.limits.violations = settings.limits.violations > VIOLATIONS ? settings.limits.violations : VIOLATIONS;
  }
  bdc_checker *checker = NULL;
  (void)bdc_checker_new(rules->ruleset, &settings, &checker);
  return checker;
}

bdc_checker *cmd_worker_checker(cmd_worker *worker, const cmd_item *item) {
  bool all = needs_all(worker->check, item);
  bdc_checker **checker = &worker->checkers[2 * item->context + all];
  if (!*checker) {
    *checker = make_checker(worker->check, item->context, all);
  }
  return *checker;
}

/* Contexts that differ in nothing but a policy count together. */
static size_t first_with_rules_of(const cmd_check *check, size_t context) {
  size_t first = 0;
  while (check->contexts[first].ruleset != check->contexts[context].ruleset) {
    first++;
  }
  return first;
}

void cmd_worker_cover(cmd_worker *worker, const cmd_item *item, bdc_str body, const bdc_request *request,
                      const bdc_response *response) {
  if (!worker->check->coverage) {
    return;
  }
  cmd_coverage **coverage = &worker->coverages[first_with_rules_of(worker->check, item->context)];
  if (!*coverage) {
    *coverage = cmd_coverage_new(worker->check->contexts[item->context].ruleset);
  }
  cmd_coverage_add(*coverage, bdc_checker_report(cmd_worker_checker(worker, item)), body, request, response);
}

bdc_str cmd_worker_name(const cmd_worker *worker, const cmd_item *item) {
  return cmd_str(strcmp(item->path, "-") == 0 ? worker->check->stdin_name : item->path);
}

/* ---- results ---- */

/* Names are looked up for excerpts alone, so only where there is something to show. */
static const cmd_names *names_of(cmd_worker *worker, const bdc_operation *operation) {
  for (size_t i = 0; i < worker->names_count; i++) {
    if (worker->names[i].operation == operation) {
      return &worker->names[i].names;
    }
  }
  worker->names = cmd_grow(worker->names, worker->names_count, &worker->names_capacity, sizeof(*worker->names));
  cmd_known_names *known = &worker->names[worker->names_count++];
  *known = (cmd_known_names){ .operation = operation, .names = { .values = worker->check->show_values } };
  if (operation) {
    cmd_names_collect(&known->names, operation);
  }
  return &known->names;
}

static void add(cmd_worker *worker, const cmd_result *result) {
  worker->outcome.failed |= !result->passed;
  const bdc_operation *operation = result->report ? result->report->operation : NULL;
  cmd_reports_add(&worker->reports, result, result->count > 0 ? names_of(worker, operation) : NULL);
}

void cmd_worker_judge(cmd_worker *worker, const cmd_item *item, cmd_result *result, const cmd_locator *locator) {
  cmd_judge(worker, item, result, locator);
  add(worker, result);
}

static void say(cmd_worker *worker, bdc_str name, const cmd_note *note, bool told) {
  cmd_input input = { .name = name, .entry = note->entry };
  cmd_result result = { .input = &input, .passed = note->severity != BDC_ERROR, .told = told };
  cmd_builder_start(&worker->builder);
  cmd_finding *finding = cmd_builder_own(&worker->builder, note->rule, note->severity, cmd_str(note->text));
  finding->line = note->line;
  finding->column = note->column;
  cmd_builder_finish(&worker->builder, &result);
  add(worker, &result);
}

static void count_note(cmd_totals *totals, cmd_own_rule rule) {
  totals->unread += rule == CMD_OWN_UNREAD || rule == CMD_OWN_HTTP || rule == CMD_OWN_HAR;
  totals->mistakes += rule == CMD_OWN_MAPPING;
}

void cmd_worker_say(cmd_worker *worker, const cmd_item *item, const cmd_note *note, bool told) {
  count_note(&worker->reports.totals, note->rule);
  say(worker, cmd_worker_name(worker, item), note, told);
}

void cmd_worker_unread(cmd_worker *worker, const cmd_item *item, const char *reason) {
  cmd_output text = CMD_MEMORY;
  cmd_puts(&text, reason);
  cmd_put(&text, (bdc_str){ "", 1 });
  cmd_note note = { .rule = CMD_OWN_UNREAD, .severity = BDC_ERROR, .text = text.data };
  cmd_worker_say(worker, item, &note, true);
  cmd_output_free(&text);
}

/* ---- the messages of an item ---- */

void cmd_worker_begin(cmd_worker *worker) {
  worker->outcome = (cmd_outcome){ .met = false };
}

void cmd_outcome_add(cmd_outcome *outcome, const cmd_outcome *more) {
  outcome->met |= more->met;
  outcome->failed |= more->failed;
  outcome->unlike |= more->unlike || (outcome->found.given && more->found.given && !cmd_expect_equal(&outcome->found, &more->found));
  if (more->found.given) {
    outcome->found = more->found;
  }
}

/* Of a file that holds several messages, one at least has to be as expected. */
static void tell_unmet(cmd_worker *worker, const cmd_item *item) {
  cmd_output text = CMD_MEMORY;
  cmd_puts(&text, "is expected to hold a message that is ");
  cmd_puts(&text, item->expect->unchecked ? "" : "broken as ");
  cmd_expect_put(item->expect, &text);
  cmd_put(&text, (bdc_str){ "", 1 });
  cmd_note note = { .rule = CMD_OWN_EXPECT, .severity = BDC_ERROR, .text = text.data };
  cmd_worker_say(worker, item, &note, false);
  cmd_output_free(&text);
}

void cmd_worker_end(cmd_worker *worker, cmd_item *item) {
  worker->reports.totals.files++;
  worker->reports.totals.bodies |= item->kind == CMD_ITEM_BODY;
  if (cmd_expect_is_bad(item->expect) && !worker->outcome.met && item->kind != CMD_ITEM_BODY) {
    tell_unmet(worker, item);
  }
  item->outcome = worker->outcome;
  item->outcome.known = true;
}

static cmd_place place_in_body(void *context, const bdc_violation *violation) {
  (void)context;
  return (cmd_place){ .offset = violation->offset, .line = violation->line, .column = violation->column };
}

/* There is nothing in it but to be counted: the usual line of a large input. */
static bool is_quickly_told(const cmd_worker *worker, const cmd_item *item, const bdc_report *report) {
  return worker->silent && report->verdict == BDC_VALID && (report->violation_count == 0 || !item->silenced) &&
         !cmd_expect_is_bad(item->expect);
}

void cmd_worker_report(cmd_worker *worker, const cmd_item *item, const cmd_input *input, const bdc_report *report) {
  if (is_quickly_told(worker, item, report)) {
    worker->reports.totals.verdicts[BDC_VALID]++;
    worker->reports.totals.warnings += report->warning_count;
    return;
  }
  cmd_result result = { .input = input, .report = report };
  cmd_worker_judge(worker, item, &result, &(cmd_locator){ .find = place_in_body });
}

void cmd_worker_body(cmd_worker *worker, const cmd_item *item, uint64_t record, bdc_str body) {
  bdc_checker *checker = cmd_worker_checker(worker, item);
  bdc_check_body(checker, item->operation, item->http_status, body.data, body.size);
  cmd_worker_cover(worker, item, body, NULL, NULL);
  cmd_input input = { .name = cmd_worker_name(worker, item), .record = record, .body = body };
  cmd_worker_report(worker, item, &input, bdc_checker_report(checker));
}
