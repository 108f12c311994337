/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include "text.h"

void cmd_totals_add(cmd_totals *totals, const cmd_totals *more) {
  for (size_t i = 0; i < sizeof(totals->verdicts) / sizeof(totals->verdicts[0]); i++) {
    totals->verdicts[i] += more->verdicts[i];
  }
  for (size_t i = 0; i < CMD_GRADE_COUNT; i++) {
    totals->grades[i] += more->grades[i];
  }
  totals->failed += more->failed;
  totals->expected += more->expected;
  totals->errors += more->errors;
  totals->warnings += more->warnings;
  totals->silenced += more->silenced;
  totals->files += more->files;
  totals->unread += more->unread;
  totals->mistakes += more->mistakes;
  totals->unmapped += more->unmapped;
  totals->endpoints += more->endpoints;
  totals->records |= more->records;
  totals->bodies |= more->bodies;
  totals->several |= more->several;
}

/* "3 files". */
static void put_count(cmd_output *out, uint64_t count, const char *noun, const char *nouns) {
  cmd_put_number(out, count);
  cmd_puts(out, " ");
  cmd_puts(out, count == 1 ? noun : nouns);
}

/* "; 3 silenced", nothing for none. */
static void put_more(cmd_output *out, uint64_t count, const char *noun, const char *nouns) {
  if (count > 0) {
    cmd_puts(out, "; ");
    put_count(out, count, noun, nouns);
  }
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

static void put_messages(cmd_output *out, const cmd_totals *totals) {
  uint64_t messages = totals->verdicts[BDC_VALID] + totals->verdicts[BDC_INVALID] + totals->verdicts[BDC_UNCHECKED];
  bool several = totals->several || (totals->records && totals->bodies);
  if (totals->records && !several) {
    put_count(out, messages, "record", "records");
  } else if (several) {
    put_count(out, messages, "message", "messages");
    cmd_puts(out, " in ");
    put_count(out, totals->files, "file", "files");
  } else {
    put_count(out, messages, "file", "files");
  }
}

void cmd_totals_put(const cmd_totals *totals, cmd_output *out) {
  put_messages(out, totals);
  put_verdicts(out, totals->verdicts);
  put_more(out, totals->expected, "as expected", "as expected");
  cmd_puts(out, "; ");
  put_count(out, totals->errors, "error", "errors");
  cmd_puts(out, ", ");
  put_count(out, totals->warnings, "warning", "warnings");
  put_more(out, totals->silenced, "silenced", "silenced");
  put_more(out, totals->unread, "file not read", "files not read");
  put_more(out, totals->mistakes, "mistake in .bodycheck files", "mistakes in .bodycheck files");
  put_more(out, totals->unmapped, "JSON file that nothing maps", "JSON files that nothing maps");
  put_more(out, totals->endpoints, "request of no known operation", "requests of no known operation");
  cmd_puts(out, "\n");
}

int cmd_totals_exit_status(const cmd_totals *totals) {
  if (totals->unread > 0 || totals->mistakes > 0) {
    return 2;
  }
  return totals->failed > 0 ? 1 : 0;
}

void cmd_format_nothing(cmd_output *out, const cmd_totals *totals) {
  (void)out;
  (void)totals;
}

/* As cmd_error, or where there is a place as compilers do. */
static void put_notices(const cmd_view *view, const cmd_result *result) {
  for (size_t i = 0; result->told && i < result->count; i++) {
    const cmd_finding *finding = &result->findings[i];
    cmd_puts(view->out, finding->line > 0 ? "" : "bodycheck: ");
    cmd_put_text(view->out, cmd_equal(result->input->name, BDC_STR("-")) ? BDC_STR("standard input") : result->input->name);
    if (finding->line > 0) {
      cmd_puts(view->out, ":");
      cmd_put_number(view->out, finding->line);
      cmd_puts(view->out, ":");
      cmd_put_number(view->out, finding->column);
    }
    cmd_puts(view->out, finding->line > 0 ? ": error: " : ": ");
    cmd_put_text(view->out, finding->message);
    cmd_puts(view->out, "\n");
  }
}

const cmd_format cmd_format_notices = {
  .name = "notices", .separator = "", .begin = cmd_format_nothing, .put = put_notices, .end = cmd_format_nothing
};
