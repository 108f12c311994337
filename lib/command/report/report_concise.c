/* SPDX-License-Identifier: MIT */
/* One line for each violation, as compilers print them, and one for what became of the input. */
#include "report.h"

#include "text.h"

/* "file:3" and more numbers where there are any. */
static void put_place(cmd_reports *reports, const cmd_input *input, const bdc_violation *violation) {
  cmd_output *out = reports->out;
  cmd_paint(out, reports->color, CMD_BOLD);
  cmd_put_text(out, input->name);
  uint64_t line = input->record > 0 ? input->record : violation && violation->in == BDC_IN_BODY ? violation->line : 0;
  if (line > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, line);
  }
  if (line > 0 && violation && violation->in == BDC_IN_BODY && violation->column > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, violation->column);
  }
  cmd_puts(out, ": ");
  cmd_paint(out, reports->color, CMD_PLAIN);
}

static void put_word(cmd_reports *reports, cmd_paint_name paint, const char *word) {
  cmd_paint(reports->out, reports->color, paint);
  cmd_puts(reports->out, word);
  cmd_paint(reports->out, reports->color, CMD_PLAIN);
  cmd_puts(reports->out, " ");
}

/* "/name", "body" for the whole of it, "header X-Auth-Token". */
static void put_subject(cmd_output *out, const bdc_violation *violation) {
  if (violation->in == BDC_IN_BODY && violation->pointer.size > 0) {
    cmd_put_text(out, violation->pointer);
    return;
  }
  cmd_puts(out, bdc_place_name(violation->in));
  if (violation->in != BDC_IN_BODY && violation->field.size > 0) {
    cmd_puts(out, " ");
    cmd_put_text(out, violation->field);
  }
}

void cmd_concise_violation(cmd_reports *reports, const cmd_input *input, const bdc_violation *violation) {
  cmd_output *out = reports->out;
  bool is_error = violation->severity == BDC_ERROR;
  put_place(reports, input, violation);
  put_word(reports, is_error ? CMD_RED : CMD_YELLOW, is_error ? "error:" : "warning:");
  put_subject(out, violation);
  cmd_puts(out, ": ");
  cmd_put_text(out, cmd_message_of_violation(reports, violation));
  cmd_puts(out, " [");
  cmd_puts(out, bdc_rule_name(violation->rule));
  cmd_puts(out, "]\n");
}

static void put_documented_error(cmd_reports *reports, const bdc_report *report) {
  cmd_output *out = reports->out;
  if (!report->error) {
    cmd_puts(out, "no error is documented for this\n");
    return;
  }
  cmd_put_number(out, (uint64_t)report->error->status);
  cmd_puts(out, " ");
  cmd_put_text(out, report->error->code);
  cmd_puts(out, " ");
  cmd_put_text(out, cmd_message_of_error(reports, report));
  cmd_puts(out, "\n");
}

static void put_rest(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  size_t found = report->error_count + report->warning_count;
  put_place(reports, input, NULL);
  put_word(reports, CMD_YELLOW, "note:");
  cmd_put_number(reports->out, found > report->violation_count ? found - report->violation_count : 0);
  cmd_puts(reports->out, " more found\n");
}

void cmd_concise_verdict(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  if (report->truncated) {
    put_rest(reports, input, report);
  }
  if (report->verdict == BDC_INVALID) {
    put_place(reports, input, NULL);
    put_word(reports, CMD_RED, "invalid:");
    put_documented_error(reports, report);
  } else if (report->verdict == BDC_UNCHECKED) {
    put_place(reports, input, NULL);
    put_word(reports, CMD_YELLOW, "unchecked:");
    cmd_puts(reports->out, bdc_reason_text(report->reason));
    cmd_puts(reports->out, "\n");
  }
}

static void begin(cmd_reports *reports) {
  (void)reports;
}

static void put(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  for (size_t i = 0; i < report->violation_count; i++) {
    cmd_concise_violation(reports, input, &report->violations[i]);
  }
  cmd_concise_verdict(reports, input, report);
}

const cmd_format cmd_format_concise = { "concise", begin, put, begin };
