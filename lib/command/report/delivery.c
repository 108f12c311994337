/* SPDX-License-Identifier: MIT */
#include "report/delivery.h"

#include <string.h>

/* What a thread holds back for one target before it waits for its turn. */
enum { HELD_BACK_MAX = 2 * 1024 * 1024 };

/* ---- targets ---- */

bool cmd_delivery_target(cmd_delivery *delivery, const cmd_format *format, cmd_output *out, cmd_color color) {
  if (delivery->count == CMD_TARGETS_MAX) {
    return false;
  }
  delivery->targets[delivery->count++] = (cmd_report_target){ .format = format, .out = out, .color = color, .held = CMD_MEMORY };
  return true;
}

void cmd_delivery_begin(cmd_delivery *delivery) {
  for (size_t i = 0; i < delivery->count; i++) {
    const cmd_report_target *target = &delivery->targets[i];
    if (!target->format->whole) {
      target->format->begin(target->out, &(cmd_totals){ 0 });
    }
  }
}

void cmd_delivery_end(cmd_delivery *delivery, const cmd_totals *totals) {
  cmd_progress_clear(&delivery->progress);
  for (size_t i = 0; i < delivery->count; i++) {
    const cmd_report_target *target = &delivery->targets[i];
    if (target->format->whole) {
      target->format->begin(target->out, totals);
      cmd_put(target->out, cmd_output_text(&target->held));
    }
    target->format->end(target->out, totals);
    cmd_flush(target->out);
  }
}

void cmd_delivery_open(cmd_delivery *delivery) {
  *delivery = (cmd_delivery){ .count = 0 };
  pthread_mutex_init(&delivery->progress_lock, NULL);
}

void cmd_delivery_free(cmd_delivery *delivery) {
  pthread_mutex_destroy(&delivery->progress_lock);
  for (size_t i = 0; i < delivery->count; i++) {
    cmd_output_free(&delivery->targets[i].held);
  }
}

bool cmd_delivery_is_silent(const cmd_delivery *delivery) {
  for (size_t i = 0; i < delivery->count; i++) {
    if (delivery->targets[i].format != &cmd_format_notices) {
      return false;
    }
  }
  return true;
}

bool cmd_delivery_is_over(const cmd_delivery *delivery) {
  return delivery->count > 0 && delivery->targets[0].out->error != 0;
}

/* The first text of a target has no separator before it. */
static void deliver(cmd_delivery *delivery, cmd_report_target *target, bdc_str text) {
  if (text.size == 0) {
    return;
  }
  if (!target->begun) {
    size_t separator = strlen(target->format->separator);
    text = (bdc_str){ text.data + separator, text.size - separator };
    target->begun = true;
  }
  pthread_mutex_lock(&delivery->progress_lock);
  cmd_progress_clear(&delivery->progress);
  if (target->format->whole) {
    cmd_put(&target->held, text);
  } else {
    cmd_put_through(target->out, text);
  }
  pthread_mutex_unlock(&delivery->progress_lock);
}

/* ---- results of a thread ---- */

static bool wait_for_turn(cmd_reports *reports) {
  reports->over = reports->turns && !cmd_turns_wait(reports->turns, reports->number);
  return !reports->over;
}

/* What a channel holds is more than it may, or its turn has come. */
static void pass(cmd_output *held, void *context) {
  cmd_reports *reports = context;
  cmd_delivery *delivery = reports->delivery;
  if (wait_for_turn(reports)) {
    deliver(delivery, &delivery->targets[held - reports->held], cmd_output_text(held));
    reports->over = cmd_delivery_is_over(delivery);
    if (reports->over && reports->turns) {
      cmd_turns_end(reports->turns);
    }
  }
}

void cmd_reports_open(cmd_reports *reports, cmd_delivery *delivery, cmd_turns *turns) {
  *reports = (cmd_reports){ .delivery = delivery, .turns = turns, .result = CMD_MEMORY };
  for (size_t i = 0; i < delivery->count; i++) {
    reports->held[i] = (cmd_output){ .fd = -1, .limit = HELD_BACK_MAX, .pass = pass, .context = reports };
  }
}

void cmd_reports_free(cmd_reports *reports) {
  for (size_t i = 0; i < reports->delivery->count; i++) {
    cmd_output_free(&reports->held[i]);
  }
  cmd_output_free(&reports->result);
  cmd_excerpts_free(&reports->excerpts);
}

static void count_finding(cmd_totals *totals, const cmd_finding *finding) {
  totals->silenced += finding->standing == CMD_SILENCED;
  if (finding->standing == CMD_OPEN) {
    totals->errors += finding->severity == BDC_ERROR;
    totals->warnings += finding->severity == BDC_WARNING;
  }
}

/* Findings that a report had no room for count as they are: nothing can be said of them. */
static void count(cmd_totals *totals, const cmd_result *result) {
  totals->grades[cmd_result_grade(result)]++;
  totals->failed += !result->passed;
  totals->expected += result->expected;
  for (size_t i = 0; i < result->count && !result->told; i++) {
    count_finding(totals, &result->findings[i]);
  }
  if (!result->report) {
    return;
  }
  totals->verdicts[result->report->verdict]++;
  if (!result->expected) {
    totals->errors += result->more_errors;
    totals->warnings += result->more_warnings;
  }
}

void cmd_reports_add(cmd_reports *reports, const cmd_result *result, const cmd_names *names) {
  count(&reports->totals, result);
  cmd_excerpts_start(&reports->excerpts, result->input->body, names);
  for (size_t i = 0; i < reports->delivery->count; i++) {
    const cmd_report_target *target = &reports->delivery->targets[i];
    cmd_view view = { .out = &reports->result, .color = target->color, .excerpts = &reports->excerpts };
    target->format->put(&view, result);
    if (reports->result.size > 0) {
      cmd_puts(&reports->held[i], target->format->separator);
      cmd_put(&reports->held[i], cmd_output_text(&reports->result));
      reports->result.size = 0;
    }
  }
}

static void step_progress(cmd_delivery *delivery, uint64_t done) {
  pthread_mutex_lock(&delivery->progress_lock);
  cmd_progress_step(&delivery->progress, done);
  pthread_mutex_unlock(&delivery->progress_lock);
}

/* Only what there is to write needs a turn: most files have nothing to tell, and make nobody wait. */
void cmd_reports_pass(cmd_reports *reports, uint64_t done) {
  for (size_t i = 0; i < reports->delivery->count; i++) {
    if (reports->held[i].size > 0) {
      cmd_flush(&reports->held[i]);
    }
  }
  if (reports->turns) {
    step_progress(reports->delivery, done);
    reports->over = !cmd_turns_pass(reports->turns, reports->number) || reports->over;
  }
}
