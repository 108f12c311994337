/* SPDX-License-Identifier: MIT */
/* As concise, with the line that each violation is in, masked, and a summary at the end. */
#include "report.h"

static void begin(cmd_reports *reports) {
  (void)reports;
}

static void put(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  cmd_excerpts_start(&reports->excerpts, input->body, reports->names);
  for (size_t i = 0; i < report->violation_count; i++) {
    const bdc_violation *violation = &report->violations[i];
    cmd_concise_violation(reports, input, violation);
    if (violation->in == BDC_IN_BODY && input->body.data) {
      cmd_excerpts_put(&reports->excerpts, violation->offset, reports->out, reports->color);
    }
  }
  cmd_concise_verdict(reports, input, report);
}

/* "3 files". */
static void put_count(cmd_output *out, uint64_t count, const char *noun) {
  cmd_put_number(out, count);
  cmd_puts(out, " ");
  cmd_puts(out, noun);
  cmd_puts(out, count == 1 ? "" : "s");
}

static void put_verdicts(cmd_output *out, const uint64_t verdicts[3]) {
  static const bdc_verdict order[] = { BDC_VALID, BDC_INVALID, BDC_UNCHECKED };
  for (size_t i = 0; i < 3; i++) {
    cmd_puts(out, i == 0 ? ": " : ", ");
    cmd_put_number(out, verdicts[order[i]]);
    cmd_puts(out, " ");
    cmd_puts(out, bdc_verdict_name(order[i]));
  }
}

static void end(cmd_reports *reports) {
  cmd_output *out = reports->out;
  const cmd_counts *counts = &reports->counts;
  uint64_t inputs = counts->verdicts[BDC_VALID] + counts->verdicts[BDC_INVALID] + counts->verdicts[BDC_UNCHECKED];
  put_count(out, inputs, reports->records ? "record" : "file");
  put_verdicts(out, counts->verdicts);
  cmd_puts(out, "; ");
  put_count(out, counts->errors, "error");
  cmd_puts(out, ", ");
  put_count(out, counts->warnings, "warning");
  if (counts->unread > 0) {
    cmd_puts(out, "; ");
    put_count(out, counts->unread, "file");
    cmd_puts(out, " not read");
  }
  cmd_puts(out, "\n");
}

const cmd_format cmd_format_full = { "full", begin, put, end };
