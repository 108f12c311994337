/* SPDX-License-Identifier: MIT */
#include "export/ecma_escape.h"

/* PCRE2 has counted marks and connectors among the characters of words since 10.43. The library knows which PCRE2 it runs with. */
bool cmd_word_has_marks(void) {
  static const char rules[] = "provider p\n"
                              "service s S\n"
                              "source t T\n"
                              "operation O PUT /o @t\n"
                              "  request string charset [\\w]\n";
  static const char mark[] = "\"\xcc\x81\"";
  const bdc_options options = { .without_builtin = true };
  bdc_rule_text text = { BDC_STR("word"), { rules, sizeof(rules) - 1 } };
  bdc_ruleset *ruleset = NULL;
  bdc_checker *checker = NULL;
  bool has = false;
  if (bdc_ruleset_parse(&text, 1, &options, &ruleset, NULL) == BDC_OK && bdc_checker_new(ruleset, NULL, &checker) == BDC_OK) {
    has = bdc_check_body(checker, bdc_operation_find(ruleset, "O"), 0, mark, sizeof(mark) - 1) == BDC_VALID;
  }
  bdc_checker_free(checker);
  bdc_ruleset_free(ruleset);
  return has;
}
