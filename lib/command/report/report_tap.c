/* SPDX-License-Identifier: MIT */
/*
 * The Test Anything Protocol, version 13, which is also read where 14 is: a test point for each message, or for each file of which
 * something else is to be said, with a YAML block that holds the remarks. Points are not numbered, which the protocol allows; the plan
 * comes last.
 */
#include "report/report.h"

#include "text.h"

/* ---- a test point ---- */

/* '#' would begin a directive. */
static void put_escaped(cmd_output *out, bdc_str text) {
  size_t plain = 0; /* what has not been put yet */
  for (size_t i = 0; i < text.size; i++) {
    if (text.data[i] == '#' || text.data[i] == '\\') {
      cmd_put(out, (bdc_str){ text.data + plain, i - plain });
      cmd_puts(out, "\\");
      plain = i;
    }
  }
  if (plain < text.size) {
    cmd_put(out, (bdc_str){ text.data + plain, text.size - plain });
  }
}

static void put_point(cmd_output *out, const cmd_result *result, cmd_output *text) {
  cmd_puts(out, result->passed ? "ok - " : "not ok - ");
  text->size = 0;
  cmd_result_put_title(result, text);
  put_escaped(out, cmd_output_text(text));
  if (cmd_result_grade(result) == CMD_GRADE_SKIPPED && result->count > 0) {
    cmd_puts(out, " # SKIP ");
    cmd_puts(out, result->findings[0].rule);
  }
  cmd_puts(out, "\n");
}

/* ---- its YAML block ---- */

/* `text` is safe for people, so that quoting it as JSON does is quoting it as YAML does. */
static void put_quoted(cmd_output *out, const char *name, bdc_str text) {
  cmd_puts(out, name);
  cmd_put_json(out, text);
  cmd_puts(out, "\n");
}

static void put_made_safe(cmd_output *out, const char *name, bdc_str text, cmd_output *safe) {
  safe->size = 0;
  cmd_put_text(safe, text);
  put_quoted(out, name, cmd_output_text(safe));
}

static void put_number(cmd_output *out, const char *name, uint64_t value) {
  if (value > 0) {
    cmd_puts(out, name);
    cmd_put_number(out, value);
    cmd_puts(out, "\n");
  }
}

static void put_report(cmd_output *out, const cmd_result *result, cmd_output *text) {
  put_made_safe(out, "  operation: ", cmd_result_operation(result), text);
  put_quoted(out, "  verdict: ", cmd_str(bdc_verdict_name(result->report->verdict)));
  text->size = 0;
  cmd_result_put_answer(result, text);
  if (text->size > 0) {
    put_quoted(out, "  error: ", cmd_output_text(text));
  }
}

static void put_remark(cmd_output *out, const cmd_remark *remark, cmd_output *text) {
  put_quoted(out, "    - severity: ", cmd_str(cmd_level_name(remark->level)));
  put_quoted(out, "      rule: ", cmd_str(remark->rule));
  if (remark->finding && remark->finding->pointer.size > 0) {
    put_made_safe(out, "      pointer: ", remark->finding->pointer, text);
  }
  put_number(out, "      line: ", remark->line);
  put_number(out, "      column: ", remark->column);
  text->size = 0;
  cmd_remark_put(remark, text);
  put_quoted(out, "      message: ", cmd_output_text(text));
  if (remark->standing == CMD_EXPECTED) {
    cmd_puts(out, "      expected: true\n");
  } else if (remark->standing == CMD_SILENCED) {
    put_made_safe(out, "      silenced: ", remark->finding->reason, text);
  }
}

static void put_block(cmd_output *out, const cmd_result *result, cmd_output *text) {
  size_t count = cmd_remark_count(result);
  if (result->passed && count == 0) {
    return;
  }
  cmd_puts(out, "  ---\n");
  put_made_safe(out, "  file: ", result->input->name, text);
  if (result->report) {
    put_report(out, result, text);
  }
  if (count > 0) {
    cmd_puts(out, "  findings:\n");
  }
  for (size_t i = 0; i < count; i++) {
    cmd_remark remark = cmd_remark_at(result, i);
    put_remark(out, &remark, text);
  }
  cmd_puts(out, "  ...\n");
}

static void put(const cmd_view *view, const cmd_result *result) {
  cmd_output text = CMD_MEMORY;
  put_point(view->out, result, &text);
  put_block(view->out, result, &text);
  cmd_output_free(&text);
}

/* ---- around all points ---- */

static void begin(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "TAP version 13\n");
}

static void end(cmd_output *out, const cmd_totals *totals) {
  uint64_t points = 0;
  for (size_t i = 0; i < CMD_GRADE_COUNT; i++) {
    points += totals->grades[i];
  }
  cmd_puts(out, "1..");
  cmd_put_number(out, points);
  cmd_puts(out, points == 0 ? " # SKIP nothing was checked\n" : "\n");
}

const cmd_format cmd_format_tap = { .name = "tap", .separator = "", .begin = begin, .put = put, .end = end };
