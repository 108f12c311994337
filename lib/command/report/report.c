/* SPDX-License-Identifier: MIT */
#include "report.h"

#include "memory.h"

#include <stdlib.h>

void cmd_reports_add(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  reports->counts.verdicts[report->verdict]++;
  reports->counts.errors += report->error_count;
  reports->counts.warnings += report->warning_count;
  reports->format->put(reports, input, report);
  reports->begun = true;
}

void cmd_reports_merge(cmd_reports *reports, const cmd_reports *others) {
  for (size_t i = 0; i < sizeof(reports->counts.verdicts) / sizeof(reports->counts.verdicts[0]); i++) {
    reports->counts.verdicts[i] += others->counts.verdicts[i];
  }
  reports->counts.errors += others->counts.errors;
  reports->counts.warnings += others->counts.warnings;
  reports->counts.unread += others->counts.unread;
  reports->begun = reports->begun || others->begun;
}

void cmd_reports_free(cmd_reports *reports) {
  cmd_excerpts_free(&reports->excerpts);
  free(reports->message);
}

int cmd_reports_exit_status(const cmd_reports *reports) {
  if (reports->counts.unread > 0 || reports->out->error != 0) {
    return 2;
  }
  return reports->counts.verdicts[BDC_INVALID] > 0 || reports->counts.verdicts[BDC_UNCHECKED] > 0 ? 1 : 0;
}

static bool grew(cmd_reports *reports, bdc_status status, size_t needed) {
  if (status != BDC_ERR_SPACE || needed < reports->message_capacity) {
    return false;
  }
  reports->message_capacity = needed + 1 > 1024 ? needed + 1 : 1024;
  reports->message = cmd_resize(reports->message, reports->message_capacity, 1);
  return true;
}

static bdc_str message(const cmd_reports *reports, bdc_status status, size_t size) {
  return (bdc_str){ reports->message, status == BDC_OK ? size : 0 };
}

bdc_str cmd_message_of_violation(cmd_reports *reports, const bdc_violation *violation) {
  size_t size = 0;
  bdc_status status;
  do {
    status = bdc_violation_message(violation, reports->message, reports->message_capacity, &size);
  } while (grew(reports, status, size));
  return message(reports, status, size);
}

bdc_str cmd_message_of_error(cmd_reports *reports, const bdc_report *report) {
  size_t size = 0;
  bdc_status status;
  do {
    status = bdc_error_message(report, reports->message, reports->message_capacity, &size);
  } while (grew(reports, status, size));
  return message(reports, status, size);
}

static void begin_nothing(cmd_reports *reports) {
  (void)reports;
}

static void put_nothing(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  (void)reports;
  (void)input;
  (void)report;
}

const cmd_format cmd_format_none = { "none", begin_nothing, put_nothing, begin_nothing };
