/* SPDX-License-Identifier: MIT */
#include "manual/man.h"
#include "manual/markdown.h"
#include "manual/pages.h"
#include "manual/sources.h"

void cmd_manual_rules(cmd_output *out) {
  cmd_man_title(out, "bodycheck-rules", "5");
  cmd_man_heading(out, BDC_STR("Name"));
  cmd_puts(out, "bodycheck\\-rules \\- tables of documented rules for bodycheck\n");
  cmd_man_heading(out, BDC_STR("Description"));
  cmd_man_markdown(out, cmd_manual_sources[0].text);
  cmd_man_heading(out, BDC_STR("See also"));
  cmd_puts(out, ".BR bodycheck (1),\n.BR pcre2pattern (3)\n");
}
