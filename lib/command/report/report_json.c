/* SPDX-License-Identifier: MIT */
/* Reports for programs: one object a line, or an array of them. The names of the members are fixed. */
#include "report/report.h"

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

/* Nothing for what is as usual: that it counts. */
static void put_standing(cmd_output *out, const cmd_finding *finding) {
  if (finding->standing == CMD_EXPECTED) {
    cmd_puts(out, ",\"expected\":true");
  } else if (finding->standing == CMD_SILENCED) {
    put_member(out, ",\"silenced\":", finding->reason);
  }
}

static void put_finding(cmd_output *out, const cmd_finding *finding) {
  put_member(out, "{\"in\":", cmd_str(finding->in));
  put_member(out, ",\"pointer\":", finding->pointer);
  put_member(out, ",\"field\":", finding->field);
  put_member(out, ",\"rule\":", cmd_str(finding->rule));
  put_member(out, ",\"severity\":", finding->severity == BDC_ERROR ? BDC_STR("error") : BDC_STR("warning"));
  put_number_member(out, ",\"offset\":", finding->offset);
  put_number_member(out, ",\"line\":", finding->line);
  put_number_member(out, ",\"column\":", finding->column);
  put_member(out, ",\"message\":", finding->message);
  put_standing(out, finding);
  cmd_puts(out, "}");
}

static void put_error(cmd_output *out, const cmd_result *result) {
  const bdc_error *error = result->report ? result->report->error : NULL;
  if (!error) {
    cmd_puts(out, ",\"error\":null");
    return;
  }
  put_number_member(out, ",\"error\":{\"status\":", (uint64_t)error->status);
  put_member(out, ",\"code\":", error->code);
  put_member(out, ",\"message\":", result->error_message);
  cmd_puts(out, "}");
}

static void put_input(cmd_output *out, const cmd_input *input) {
  put_number_member(out, "{\"version\":", REPORT_VERSION);
  put_member(out, ",\"input\":", input->name);
  if (input->record > 0) {
    put_number_member(out, ",\"record\":", input->record);
  }
  if (input->entry > 0) {
    put_number_member(out, ",\"entry\":", input->entry);
  }
  if (input->entry_pointer.size > 0) {
    put_member(out, ",\"body\":", input->entry_pointer);
  }
}

/* Something said of a .bodycheck line or of a variable is about no message that would have a verdict. */
static bool is_remark_alone(const cmd_result *result) {
  static const cmd_own_rule rules[] = { CMD_OWN_MAPPING, CMD_OWN_SILENCE, CMD_OWN_EXPECT, CMD_OWN_VARIABLE };
  for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && result->count > 0; i++) {
    if (cmd_equal(cmd_str(result->findings[0].rule), cmd_str(cmd_own_name(rules[i])))) {
      return true;
    }
  }
  return false;
}

static void put_verdict(cmd_output *out, const cmd_result *result) {
  const bdc_report *report = result->report;
  bdc_str operation = report && report->operation ? bdc_operation_describe(report->operation).full_name : (bdc_str){ 0 };
  bdc_verdict verdict = report ? report->verdict : BDC_UNCHECKED;
  put_member(out, ",\"operation\":", operation);
  if (report) {
    put_member(out, ",\"direction\":", report->http_status == 0 ? BDC_STR("request") : BDC_STR("response"));
    put_number_member(out, ",\"status\":", (uint64_t)report->http_status);
  }
  if (report || !is_remark_alone(result)) {
    put_member(out, ",\"verdict\":", cmd_str(bdc_verdict_name(verdict)));
  } else {
    cmd_puts(out, ",\"verdict\":null");
  }
  if (report && verdict == BDC_UNCHECKED) {
    put_member(out, ",\"reason\":", cmd_str(cmd_result_reason(result)));
  }
  cmd_puts(out, result->passed ? ",\"passed\":true" : ",\"passed\":false");
}

static void put_result(cmd_output *out, const cmd_result *result) {
  put_input(out, result->input);
  put_verdict(out, result);
  put_error(out, result);
  cmd_puts(out, ",\"violations\":[");
  for (size_t i = 0; i < result->count; i++) {
    cmd_puts(out, i == 0 ? "" : ",");
    put_finding(out, &result->findings[i]);
  }
  cmd_puts(out, result->more_errors + result->more_warnings > 0 ? "],\"truncated\":true}" : "]}");
}

static void begin_array(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "[");
}

static void put_item(const cmd_view *view, const cmd_result *result) {
  cmd_puts(view->out, "\n");
  put_result(view->out, result);
}

static void end_array(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "\n]\n");
}

const cmd_format cmd_format_json = { .name = "json", .separator = ",", .begin = begin_array, .put = put_item, .end = end_array };

static void put_line(const cmd_view *view, const cmd_result *result) {
  put_result(view->out, result);
  cmd_puts(view->out, "\n");
}

const cmd_format cmd_format_jsonl = {
  .name = "jsonl", .separator = "", .begin = cmd_format_nothing, .put = put_line, .end = cmd_format_nothing
};
