/* SPDX-License-Identifier: MIT */
/* As concise, with the line that each finding is in, masked, and the totals at the end. */
#include "report/report.h"

static void put(const cmd_view *view, const cmd_result *result) {
  for (size_t i = 0; !result->told && i < result->count; i++) {
    const cmd_finding *finding = &result->findings[i];
    if (finding->standing != CMD_OPEN) {
      continue;
    }
    cmd_concise_finding(view, result, finding);
    if (finding->excerpt != SIZE_MAX && result->input->body.data) {
      cmd_excerpts_put(view->excerpts, finding->excerpt, view->out, view->color);
    }
  }
  cmd_concise_verdict(view, result);
}

static void end(cmd_output *out, const cmd_totals *totals) {
  cmd_totals_put(totals, out);
}

const cmd_format cmd_format_full = {
  .name = "full", .separator = "", .people = true, .begin = cmd_format_nothing, .put = put, .end = end
};
