/* SPDX-License-Identifier: MIT */
#include "report/remark.h"

#include "text.h"

#include <bodycheck/table.h>

/* ---- results ---- */

/* The command could not do its work. */
static bool is_obstacle(const cmd_finding *finding) {
  static const cmd_own_rule obstacles[] = { CMD_OWN_UNREAD, CMD_OWN_MAPPING, CMD_OWN_HTTP, CMD_OWN_HAR };
  for (size_t i = 0; i < sizeof(obstacles) / sizeof(obstacles[0]); i++) {
    if (cmd_equal(cmd_str(finding->rule), cmd_str(cmd_own_name(obstacles[i])))) {
      return true;
    }
  }
  return false;
}

cmd_grade cmd_result_grade(const cmd_result *result) {
  if (result->passed) {
    return result->report ? CMD_GRADE_PASSED : CMD_GRADE_SKIPPED;
  }
  return !result->report && result->count > 0 && is_obstacle(&result->findings[0]) ? CMD_GRADE_ERROR : CMD_GRADE_FAILED;
}

static bool is_invalid(const cmd_result *result) {
  return result->report && result->report->verdict == BDC_INVALID;
}

void cmd_result_put_answer(const cmd_result *result, cmd_output *out) {
  if (!is_invalid(result)) {
    return;
  }
  const bdc_error *error = result->report->error;
  if (!error) {
    cmd_puts(out, "no error is documented for this");
    return;
  }
  cmd_put_number(out, (uint64_t)error->status);
  cmd_puts(out, " ");
  cmd_put_text(out, error->code);
  cmd_puts(out, " ");
  cmd_put_text(out, result->error_message);
}

/* "request", "response 201". */
static void put_direction(const bdc_report *report, cmd_output *out) {
  cmd_puts(out, report->http_status == 0 ? "request" : "response ");
  if (report->http_status != 0) {
    cmd_put_number(out, (uint64_t)report->http_status);
  }
}

bdc_str cmd_result_operation(const cmd_result *result) {
  const bdc_operation *operation = result->report ? result->report->operation : NULL;
  return operation ? bdc_operation_describe(operation).full_name : (bdc_str){ 0 };
}

bool cmd_input_is_standard(const cmd_input *input) {
  return cmd_equal(input->name, BDC_STR("-"));
}

bdc_str cmd_input_path(const cmd_input *input) {
  bdc_str path = input->name;
  while (path.size > 2 && path.data[0] == '.' && path.data[1] == '/') {
    size_t skip = 2;
    while (skip < path.size - 1 && path.data[skip] == '/') {
      skip++;
    }
    path = (bdc_str){ path.data + skip, path.size - skip };
  }
  return path;
}

/* ---- remarks ---- */

static bool has_more(const cmd_result *result) {
  return result->more_errors > 0 || result->more_warnings > 0;
}

static bool is_unchecked(const cmd_result *result) {
  return result->report && result->report->verdict == BDC_UNCHECKED;
}

size_t cmd_remark_count(const cmd_result *result) {
  return result->count + has_more(result) + is_unchecked(result);
}

static cmd_remark of_finding(const cmd_result *result, const cmd_finding *finding) {
  bool record = result->input->record > 0;
  return (cmd_remark){ .result = result,
                       .finding = finding,
                       .rule = finding->rule,
                       .level = finding->severity == BDC_ERROR ? CMD_LEVEL_ERROR : CMD_LEVEL_WARNING,
                       .standing = finding->standing,
                       .line = record ? result->input->record : finding->line,
                       .column = record || finding->line > 0 ? finding->column : 0 };
}

static cmd_remark of_more(const cmd_result *result) {
  return (cmd_remark){ .result = result,
                       .rule = "more",
                       .level = result->more_errors > 0 ? CMD_LEVEL_ERROR : CMD_LEVEL_WARNING,
                       .standing = result->expected ? CMD_EXPECTED : CMD_OPEN,
                       .line = result->input->record };
}

/* It makes the run fail, and so it is an error. */
static cmd_remark of_unchecked(const cmd_result *result) {
  return (cmd_remark){ .result = result,
                       .rule = "unchecked",
                       .level = result->passed && !result->expected ? CMD_LEVEL_NOTE : CMD_LEVEL_ERROR,
                       .standing = result->expected ? CMD_EXPECTED : CMD_OPEN,
                       .line = result->input->record };
}

cmd_remark cmd_remark_at(const cmd_result *result, size_t index) {
  if (index < result->count) {
    return of_finding(result, &result->findings[index]);
  }
  return index == result->count && has_more(result) ? of_more(result) : of_unchecked(result);
}

const char *cmd_level_name(cmd_level level) {
  static const char *const names[] = { [CMD_LEVEL_NOTE] = "note", [CMD_LEVEL_WARNING] = "warning", [CMD_LEVEL_ERROR] = "error" };
  return names[level];
}

/* ---- texts ---- */

void cmd_finding_put_subject(const cmd_finding *finding, cmd_output *out) {
  bool in_body = cmd_equal(cmd_str(finding->in), BDC_STR("body"));
  if (cmd_equal(cmd_str(finding->in), BDC_STR("file"))) {
    return;
  }
  if (in_body && finding->pointer.size > 0) {
    cmd_put_text(out, finding->pointer);
  } else {
    cmd_puts(out, finding->in);
  }
  if (!in_body && finding->field.size > 0) {
    cmd_puts(out, " ");
    cmd_put_text(out, finding->field);
  }
  cmd_puts(out, ": ");
}

void cmd_result_put_entry(const cmd_result *result, cmd_output *out) {
  const char *direction = !result->report ? "" : result->report->http_status == 0 ? "request" : "response";
  if (result->input->entry > 0) {
    cmd_puts(out, "entry ");
    cmd_put_number(out, result->input->entry);
    cmd_puts(out, direction[0] ? " " : "");
  } else if (!result->input->whole || !result->report) {
    return;
  }
  cmd_puts(out, direction);
  cmd_puts(out, ": ");
}

static void put_count(cmd_output *out, uint64_t count, const char *noun) {
  cmd_put_number(out, count);
  cmd_puts(out, " more ");
  cmd_puts(out, noun);
  cmd_puts(out, count == 1 ? "" : "s");
}

static void put_more(const cmd_result *result, cmd_output *out) {
  put_count(out, result->more_errors, "error");
  cmd_puts(out, " and ");
  put_count(out, result->more_warnings, "warning");
  cmd_puts(out, " than are reported");
}

void cmd_remark_put(const cmd_remark *remark, cmd_output *out) {
  cmd_result_put_entry(remark->result, out);
  if (remark->finding) {
    cmd_finding_put_subject(remark->finding, out);
    cmd_put_text(out, remark->finding->message);
  } else if (cmd_equal(cmd_str(remark->rule), BDC_STR("more"))) {
    put_more(remark->result, out);
  } else {
    cmd_puts(out, "not checked: ");
    cmd_put_text(out, cmd_str(cmd_result_reason(remark->result)));
  }
}

void cmd_remark_put_answer(const cmd_remark *remark, cmd_output *out) {
  const cmd_finding *finding = remark->finding;
  if (remark->level != CMD_LEVEL_ERROR || !is_invalid(remark->result) || !finding || cmd_equal(cmd_str(finding->in), BDC_STR("file"))) {
    return;
  }
  cmd_puts(out, remark->result->report->error ? ". Answered with " : "; ");
  cmd_result_put_answer(remark->result, out);
}

static void put_place(const cmd_remark *remark, cmd_output *out) {
  cmd_put_text(out, remark->result->input->name);
  if (remark->line > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, remark->line);
  }
  if (remark->line > 0 && remark->column > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, remark->column);
  }
  cmd_puts(out, ": ");
}

void cmd_remark_put_line(const cmd_remark *remark, cmd_output *out) {
  static const char *const standings[] = { [CMD_OPEN] = "", [CMD_EXPECTED] = "expected ", [CMD_SILENCED] = "silenced " };
  put_place(remark, out);
  cmd_puts(out, standings[remark->standing]);
  cmd_puts(out, cmd_level_name(remark->level));
  cmd_puts(out, ": ");
  cmd_remark_put(remark, out);
  cmd_puts(out, " [");
  cmd_puts(out, remark->rule);
  cmd_puts(out, "]");
  if (remark->finding && remark->finding->reason.size > 0) {
    cmd_puts(out, " (");
    cmd_put_text(out, remark->finding->reason);
    cmd_puts(out, ")");
  }
}

/* ---- names of results ---- */

static void put_message_name(const cmd_result *result, cmd_output *out) {
  cmd_put_text(out, result->input->name);
  if (result->input->record > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, result->input->record);
  }
  if (result->input->entry > 0) {
    cmd_puts(out, " entry ");
    cmd_put_number(out, result->input->entry);
  }
  cmd_puts(out, " ");
  put_direction(result->report, out);
}

void cmd_result_put_title(const cmd_result *result, cmd_output *out) {
  if (result->report) {
    put_message_name(result, out);
    return;
  }
  if (result->count == 0) {
    cmd_put_text(out, result->input->name);
    return;
  }
  cmd_remark remark = cmd_remark_at(result, 0);
  put_place(&remark, out);
  cmd_remark_put(&remark, out);
}
