/* SPDX-License-Identifier: MIT */
/* Prints the coverage of all samples: cover_samples text|color|json|html DATA. What it prints is looked at by scripts. */
#include "cover/coverage.h"
#include "unit/support.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void put(const cmd_coverage *coverage, const char *format, cmd_output *out) {
  if (strcmp(format, "json") == 0) {
    cmd_coverage_put_json(coverage, out);
  } else if (strcmp(format, "html") == 0) {
    cmd_coverage_put_html(coverage, out);
  } else {
    cmd_coverage_put_text(coverage, out, strcmp(format, "color") == 0 ? CMD_COLOR_ALWAYS : CMD_COLOR_NEVER);
  }
}

static void add_all(cmd_coverage *coverage, const bdc_ruleset *ruleset, const char *data) {
  bdc_checker *checker = checker_of(ruleset, NULL);
  samples list = samples_load(ruleset, data);
  for (size_t i = 0; i < list.count; i++) {
    const sample *one = &list.items[i];
    bdc_check_body(checker, one->operation, one->http_status, one->body.data, one->body.size);
    cmd_coverage_add(coverage, bdc_checker_report(checker), blob_str(&one->body), NULL, NULL);
  }
  samples_free(&list);
  bdc_checker_free(checker);
}

int main(int argc, char **argv) {
  if (argc != 3) {
    fputs("usage: cover_samples text|color|json|html DATA\n", stderr);
    return 2;
  }
  bdc_ruleset *ruleset = ruleset_builtin();
  cmd_coverage *coverage = cmd_coverage_new(ruleset);
  add_all(coverage, ruleset, argv[2]);
  cmd_output out;
  cmd_output_open(&out, STDOUT_FILENO);
  put(coverage, argv[1], &out);
  bool written = cmd_flush(&out);
  cmd_output_free(&out);
  cmd_coverage_free(coverage);
  bdc_ruleset_free(ruleset);
  return written ? 0 : 1;
}
