/* SPDX-License-Identifier: MIT */
/* An outside program: it sees only what is installed. */
#include <bodycheck/bodycheck.h>

#include <stdio.h>

int main(void) {
  static const char body[] = "{\"name\":\"ab\"}";
  char answer[512];
  bdc_ruleset *rules = NULL;
  bdc_checker *checker = NULL;
  int result = 2;
  if (bdc_ruleset_builtin(NULL, &rules) == BDC_OK && bdc_checker_new(rules, NULL, &checker) == BDC_OK) {
    const bdc_operation *operation = bdc_operation_find(rules, "huaweicloud.apig.UpdateAppV2");
    bdc_verdict verdict = bdc_check_body(checker, operation, 0, body, sizeof body - 1);
    const bdc_report *report = bdc_checker_report(checker);
    if (report->error && bdc_error_render(report, answer, sizeof answer, NULL) == BDC_OK) {
      printf("%s: %d %s\n", bdc_verdict_name(verdict), report->error->status, answer);
      result = 0;
    }
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(rules);
  return result;
}
