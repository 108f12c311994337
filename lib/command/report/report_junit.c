/* SPDX-License-Identifier: MIT */
/*
 * JUnit XML, in the dialect that both Jenkins and GitLab read: one suite, and a test case for each message, or for each file of which
 * something else is to be said. All errors of a message are one failure; warnings, and what is expected or silenced, are what the test
 * case has written. The counts stand before the cases, so it is a whole format.
 */
#include "report/report.h"

#include "html.h"
#include "text.h"

/* ---- XML ---- */

/* `text` is safe for people, and so without all that XML refuses. */
static void put_xml(cmd_output *out, bdc_str text) {
  size_t plain = 0; /* where what stands for itself begins */
  for (size_t i = 0; i < text.size; i++) {
    const char *escape = cmd_html_entity(text.data[i]);
    if (escape) {
      cmd_put(out, (bdc_str){ text.data + plain, i - plain });
      cmd_puts(out, escape);
      plain = i + 1;
    }
  }
  if (plain < text.size) {
    cmd_put(out, (bdc_str){ text.data + plain, text.size - plain });
  }
}

static void put_attribute(cmd_output *out, const char *name, bdc_str value) {
  cmd_puts(out, name);
  cmd_puts(out, "=\"");
  put_xml(out, value);
  cmd_puts(out, "\"");
}

static void put_number(cmd_output *out, const char *name, uint64_t value) {
  cmd_puts(out, name);
  cmd_puts(out, "=\"");
  cmd_put_number(out, value);
  cmd_puts(out, "\"");
}

/* ---- a test case ---- */

/* What makes the message fail, and not merely stands beside it. */
static bool is_failure(const cmd_remark *remark) {
  return remark->standing == CMD_OPEN && remark->level == CMD_LEVEL_ERROR;
}

/* Lines of all remarks that are failures, or of those that are none. */
static void put_lines(const cmd_result *result, bool failures, cmd_output *text) {
  size_t count = cmd_remark_count(result);
  for (size_t i = 0; i < count; i++) {
    cmd_remark remark = cmd_remark_at(result, i);
    if (is_failure(&remark) == failures) {
      cmd_remark_put_line(&remark, text);
      cmd_puts(text, "\n");
    }
  }
}

/* The first remark of the kind that makes the grade; false where there is none. */
static bool find_cause(const cmd_result *result, bool failures, cmd_remark *cause) {
  size_t count = cmd_remark_count(result);
  for (size_t i = 0; i < count; i++) {
    *cause = cmd_remark_at(result, i);
    if (is_failure(cause) == failures) {
      return true;
    }
  }
  return false;
}

/* In short: the documented error of an invalid message, else what the first remark says. */
static void put_short(cmd_output *out, const cmd_result *result, const cmd_remark *cause, cmd_output *text) {
  text->size = 0;
  cmd_result_put_answer(result, text);
  if (text->size == 0 && cause) {
    cmd_remark_put(cause, text);
  }
  put_attribute(out, " message", cmd_output_text(text));
  put_attribute(out, " type", cause ? cmd_str(cause->rule) : BDC_STR("invalid"));
}

static void put_element(cmd_output *out, const cmd_result *result, const char *name, bool failures, cmd_output *text) {
  cmd_remark cause;
  bool known = find_cause(result, failures, &cause);
  cmd_puts(out, "<");
  cmd_puts(out, name);
  put_short(out, result, known ? &cause : NULL, text);
  cmd_puts(out, ">");
  text->size = 0;
  put_lines(result, failures, text);
  put_xml(out, cmd_output_text(text));
  cmd_puts(out, "</");
  cmd_puts(out, name);
  cmd_puts(out, ">\n");
}

static void put_written(cmd_output *out, const cmd_result *result, cmd_output *text) {
  text->size = 0;
  put_lines(result, false, text);
  if (text->size > 0) {
    cmd_puts(out, "<system-out>");
    put_xml(out, cmd_output_text(text));
    cmd_puts(out, "</system-out>\n");
  }
}

static void put_grade(cmd_output *out, const cmd_result *result, cmd_output *text) {
  switch (cmd_result_grade(result)) {
  case CMD_GRADE_FAILED:
    put_element(out, result, "failure", true, text);
    break;
  case CMD_GRADE_ERROR:
    put_element(out, result, "error", true, text);
    break;
  case CMD_GRADE_SKIPPED:
    put_element(out, result, "skipped", false, text);
    return;
  case CMD_GRADE_PASSED:
    break;
  }
  put_written(out, result, text);
}

/* The class is the operation: its parts are what Jenkins takes for package and class. */
static void put(const cmd_view *view, const cmd_result *result) {
  cmd_output *out = view->out;
  cmd_output text = CMD_MEMORY;
  bdc_str operation = cmd_result_operation(result);
  cmd_result_put_title(result, &text);
  put_attribute(out, "<testcase classname", operation.size > 0 ? operation : BDC_STR("bodycheck"));
  put_attribute(out, " name", cmd_output_text(&text));
  if (result->passed && cmd_remark_count(result) == 0) {
    cmd_puts(out, "/>\n");
  } else {
    cmd_puts(out, ">\n");
    put_grade(out, result, &text);
    cmd_puts(out, "</testcase>\n");
  }
  cmd_output_free(&text);
}

/* ---- around all cases ---- */

static void put_counts(cmd_output *out, const cmd_totals *totals) {
  uint64_t tests = 0;
  for (size_t i = 0; i < CMD_GRADE_COUNT; i++) {
    tests += totals->grades[i];
  }
  put_number(out, " tests", tests);
  put_number(out, " failures", totals->grades[CMD_GRADE_FAILED]);
  put_number(out, " errors", totals->grades[CMD_GRADE_ERROR]);
}

static void begin(cmd_output *out, const cmd_totals *totals) {
  cmd_puts(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"bodycheck\"");
  put_counts(out, totals);
  cmd_puts(out, ">\n<testsuite name=\"bodycheck\"");
  put_counts(out, totals);
  put_number(out, " skipped", totals->grades[CMD_GRADE_SKIPPED]);
  cmd_puts(out, ">\n");
}

static void end(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "</testsuite>\n</testsuites>\n");
}

const cmd_format cmd_format_junit = { .name = "junit", .separator = "", .whole = true, .begin = begin, .put = put, .end = end };
