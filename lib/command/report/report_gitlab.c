/* SPDX-License-Identifier: MIT */
/*
 * The code quality report of GitLab. It has no way to mark what is known or meant: all that stands in it is shown as a finding. So what
 * is expected or silenced is left out.
 */
#include "report/fingerprint.h"
#include "report/report.h"

#include "text.h"

#include <stdlib.h>

static const char *severity_name(cmd_level level) {
  static const char *const names[] = { [CMD_LEVEL_NOTE] = "info", [CMD_LEVEL_WARNING] = "minor", [CMD_LEVEL_ERROR] = "major" };
  return names[level];
}

static void put_description(cmd_output *out, const cmd_remark *remark) {
  cmd_output text = CMD_MEMORY;
  cmd_remark_put(remark, &text);
  cmd_remark_put_answer(remark, &text);
  cmd_puts(out, "{\"description\":");
  cmd_put_json(out, cmd_output_text(&text));
  cmd_output_free(&text);
}

/* A line is obligatory: the first stands for the file. */
static void put_location(cmd_output *out, const cmd_remark *remark) {
  cmd_puts(out, ",\"location\":{\"path\":");
  cmd_put_json(out, cmd_input_path(remark->result->input));
  cmd_puts(out, ",\"lines\":{\"begin\":");
  cmd_put_number(out, remark->line > 0 ? remark->line : 1);
  cmd_puts(out, "}}");
}

static void put_remark(cmd_output *out, const cmd_remark *remark, cmd_hash fingerprint) {
  put_description(out, remark);
  cmd_puts(out, ",\"check_name\":");
  cmd_put_json(out, cmd_str(remark->rule));
  cmd_puts(out, ",\"fingerprint\":\"");
  cmd_fingerprint_put(fingerprint, out);
  cmd_puts(out, "\",\"severity\":\"");
  cmd_puts(out, severity_name(remark->level));
  cmd_puts(out, "\"");
  put_location(out, remark);
  cmd_puts(out, "}");
}

static void begin(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "[");
}

static void put(const cmd_view *view, const cmd_result *result) {
  size_t count;
  cmd_hash *fingerprints = cmd_fingerprints_make(result, &count);
  bool first = true;
  for (size_t i = 0; i < count; i++) {
    cmd_remark remark = cmd_remark_at(result, i);
    if (remark.standing == CMD_OPEN) {
      cmd_puts(view->out, first ? "\n" : ",\n");
      put_remark(view->out, &remark, fingerprints[i]);
      first = false;
    }
  }
  free(fingerprints);
}

static void end(cmd_output *out, const cmd_totals *totals) {
  (void)totals;
  cmd_puts(out, "\n]\n");
}

const cmd_format cmd_format_gitlab = { .name = "gitlab", .separator = ",", .begin = begin, .put = put, .end = end };
