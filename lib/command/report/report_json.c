/* SPDX-License-Identifier: MIT */
/* Reports for programs: one object a line, or an array of them. The names of the members are fixed. */
#include "report.h"

#include "text.h"

enum { REPORT_VERSION = 1 };

/* `name` with the comma before it: ",\"name\":". */
static void put_member(cmd_output *out, const char *name, bdc_str value) {
  cmd_puts(out, name);
  cmd_put_json(out, value);
}

static void put_number_member(cmd_output *out, const char *name, uint64_t value) {
  cmd_puts(out, name);
  cmd_put_number(out, value);
}

static void put_violation(cmd_reports *reports, const bdc_violation *violation) {
  cmd_output *out = reports->out;
  put_member(out, "{\"in\":", cmd_str(bdc_place_name(violation->in)));
  put_member(out, ",\"pointer\":", violation->pointer);
  put_member(out, ",\"field\":", violation->field);
  put_member(out, ",\"rule\":", cmd_str(bdc_rule_name(violation->rule)));
  put_member(out, ",\"severity\":", violation->severity == BDC_ERROR ? BDC_STR("error") : BDC_STR("warning"));
  put_number_member(out, ",\"offset\":", violation->offset);
  put_number_member(out, ",\"line\":", violation->line);
  put_number_member(out, ",\"column\":", violation->column);
  put_member(out, ",\"message\":", cmd_message_of_violation(reports, violation));
  cmd_puts(out, "}");
}

static void put_error(cmd_reports *reports, const bdc_report *report) {
  cmd_output *out = reports->out;
  if (!report->error) {
    cmd_puts(out, ",\"error\":null");
    return;
  }
  put_number_member(out, ",\"error\":{\"status\":", (uint64_t)report->error->status);
  put_member(out, ",\"code\":", report->error->code);
  put_member(out, ",\"message\":", cmd_message_of_error(reports, report));
  cmd_puts(out, "}");
}

static void put_input(cmd_output *out, const cmd_input *input) {
  put_number_member(out, "{\"version\":", REPORT_VERSION);
  put_member(out, ",\"input\":", input->name);
  if (input->record > 0) {
    put_number_member(out, ",\"record\":", input->record);
  }
}

static void put_report(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  cmd_output *out = reports->out;
  put_input(out, input);
  put_member(out, ",\"operation\":", report->operation ? bdc_operation_describe(report->operation).full_name : (bdc_str){ 0 });
  put_member(out, ",\"direction\":", report->http_status == 0 ? BDC_STR("request") : BDC_STR("response"));
  put_number_member(out, ",\"status\":", (uint64_t)report->http_status);
  put_member(out, ",\"verdict\":", cmd_str(bdc_verdict_name(report->verdict)));
  if (report->verdict == BDC_UNCHECKED) {
    put_member(out, ",\"reason\":", cmd_str(bdc_reason_text(report->reason)));
  }
  put_error(reports, report);
  cmd_puts(out, ",\"violations\":[");
  for (size_t i = 0; i < report->violation_count; i++) {
    cmd_puts(out, i == 0 ? "" : ",");
    put_violation(reports, &report->violations[i]);
  }
  cmd_puts(out, report->truncated ? "],\"truncated\":true}" : "]}");
}

static void begin_array(cmd_reports *reports) {
  cmd_puts(reports->out, "[");
}

static void put_item(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  cmd_puts(reports->out, reports->begun ? ",\n" : "\n");
  put_report(reports, input, report);
}

static void end_array(cmd_reports *reports) {
  cmd_puts(reports->out, "\n]\n");
}

const cmd_format cmd_format_json = { "json", begin_array, put_item, end_array };

static void begin_lines(cmd_reports *reports) {
  (void)reports;
}

static void put_line(cmd_reports *reports, const cmd_input *input, const bdc_report *report) {
  put_report(reports, input, report);
  cmd_puts(reports->out, "\n");
}

const cmd_format cmd_format_jsonl = { "jsonl", begin_lines, put_line, begin_lines };
