/* SPDX-License-Identifier: MIT */
/* One line for each finding, as compilers print them, and one for what became of the message. */
#include "report/report.h"

/* "file:3" and more numbers where there are any. */
static void put_place(const cmd_view *view, const cmd_input *input, const cmd_finding *finding) {
  cmd_output *out = view->out;
  cmd_paint(out, view->color, CMD_BOLD);
  cmd_put_text(out, input->name);
  uint64_t line = input->record > 0 ? input->record : finding ? finding->line : 0;
  if (line > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, line);
  }
  if (line > 0 && finding && finding->column > 0) {
    cmd_puts(out, ":");
    cmd_put_number(out, finding->column);
  }
  cmd_puts(out, ": ");
  cmd_paint(out, view->color, CMD_PLAIN);
}

static void put_word(const cmd_view *view, cmd_paint_name paint, const char *word) {
  cmd_paint(view->out, view->color, paint);
  cmd_puts(view->out, word);
  cmd_paint(view->out, view->color, CMD_PLAIN);
  cmd_puts(view->out, " ");
}

void cmd_concise_finding(const cmd_view *view, const cmd_result *result, const cmd_finding *finding) {
  bool is_error = finding->severity == BDC_ERROR;
  put_place(view, result->input, finding);
  put_word(view, is_error ? CMD_RED : CMD_YELLOW, is_error ? "error:" : "warning:");
  cmd_result_put_entry(result, view->out);
  cmd_finding_put_subject(finding, view->out);
  cmd_put_text(view->out, finding->message);
  cmd_puts(view->out, " [");
  cmd_puts(view->out, finding->rule);
  cmd_puts(view->out, "]\n");
}

static void put_more(const cmd_view *view, const cmd_result *result) {
  put_place(view, result->input, NULL);
  put_word(view, CMD_YELLOW, "note:");
  cmd_result_put_entry(result, view->out);
  cmd_put_number(view->out, result->more_errors + result->more_warnings);
  cmd_puts(view->out, " more found\n");
}

static void put_verdict(const cmd_view *view, const cmd_result *result, cmd_paint_name paint, const char *word) {
  put_place(view, result->input, NULL);
  put_word(view, paint, word);
  cmd_result_put_entry(result, view->out);
}

void cmd_concise_verdict(const cmd_view *view, const cmd_result *result) {
  if (!result->report || result->expected) {
    return;
  }
  if (result->more_errors + result->more_warnings > 0) {
    put_more(view, result);
  }
  if (result->report->verdict == BDC_INVALID && !result->passed) {
    put_verdict(view, result, CMD_RED, "invalid:");
    cmd_result_put_answer(result, view->out);
    cmd_puts(view->out, "\n");
  } else if (result->report->verdict == BDC_UNCHECKED) {
    put_verdict(view, result, CMD_YELLOW, "unchecked:");
    cmd_puts(view->out, cmd_result_reason(result));
    cmd_puts(view->out, "\n");
  }
}

static void put(const cmd_view *view, const cmd_result *result) {
  for (size_t i = 0; !result->told && i < result->count; i++) {
    if (result->findings[i].standing == CMD_OPEN) {
      cmd_concise_finding(view, result, &result->findings[i]);
    }
  }
  cmd_concise_verdict(view, result);
}

const cmd_format cmd_format_concise = {
  .name = "concise", .people = true, .separator = "", .begin = cmd_format_nothing, .put = put, .end = cmd_format_nothing
};
