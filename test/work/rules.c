/* SPDX-License-Identifier: MIT */
/* Rule files: those that load, and those that are nothing but mistakes. */
#include "work/work.h"

static void count(const bdc_diagnostic *diagnostic, void *context) {
  (void)diagnostic;
  ++*(size_t *)context;
}

static void run_rules(const work_case *item, bdc_str text) {
  size_t mistakes = 0;
  const bdc_options options = { .without_builtin = true };
  const bdc_diagnostics diagnostics = { count, &mistakes };
  const bdc_rule_text given = { BDC_STR("work.rules"), text };
  bdc_ruleset *ruleset;
  work_begin();
  bdc_status status = bdc_ruleset_parse(&given, 1, &options, &ruleset, &diagnostics);
  bdc_ruleset_free(ruleset);
  work_end(item, "", text.size);
  assert_true(status == BDC_OK ? mistakes == 0 : status == BDC_ERR_RULES && mistakes > 0);
}

#define HEAD "provider work\nservice work A table\nsource t the tests\n"
#define OPERATION "operation O PUT /o @t\n  request\n"

static const work_case cases[] = {
  { "rules: rows", run_rules, HEAD OPERATION, "    # string optional length 1..3 @t\n", "", "", "" },
  { "rules: rows whose names collide", run_rules, HEAD OPERATION, "    ~ string optional @t\n", "", "", "" },
  { "rules: one row again and again", run_rules, HEAD OPERATION, "    a string optional @t\n", "", "", "" },
  { "rules: rows that are mistakes", run_rules, HEAD OPERATION, "    # strong optional @t\n", "", "", "" },
  { "rules: rows of unknown objects", run_rules, HEAD OPERATION, "    # object # optional @t\n", "", "", "" },
  { "rules: rows of unknown sources", run_rules, HEAD OPERATION, "    # string optional @#\n", "", "", "" },
  { "rules: objects", run_rules, HEAD, "object #\n  a string optional @t\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: objects that are used", run_rules, HEAD OPERATION, "    # object o optional @t\n", "object o\n  a string optional @t\n", "",
    "" },
  { "rules: one object again and again", run_rules, HEAD, "object o\n  a string optional @t\n", "", "", "" },
  { "rules: classes", run_rules, HEAD, "class # [a-z]\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: a class again and again", run_rules, HEAD OPERATION, "    # string optional charset [a-z\\p{Han}] @t\n", "", "", "" },
  { "rules: different classes", run_rules, HEAD OPERATION, "    # string optional charset [#\\p{Han}] @t\n", "", "", "" },
  { "rules: a long class", run_rules, HEAD "class a [", "a", "]\n", "", "" },
  { "rules: patterns", run_rules, HEAD OPERATION, "    # string optional pattern /a(b|#)+/ @t\n", "", "", "" },
  { "rules: a long pattern", run_rules, HEAD OPERATION "    a string optional pattern /", "(", "a", ")", "/ @t\n" },
  { "rules: values of an enumeration", run_rules, HEAD OPERATION "    a string optional enum a", " | #", " @t\n", "", "" },
  { "rules: operations", run_rules, HEAD, "operation # PUT /# @t\n  response 200\n    a string optional @t\n", "", "", "" },
  { "rules: operations below one another", run_rules, HEAD, "operation # PUT /a/b/c/d/e/f/g/h/# @t\n", "", "", "" },
  { "rules: operations of one route", run_rules, HEAD, "operation # PUT /a @t\n", "", "", "" },
  { "rules: one operation again and again", run_rules, HEAD, "operation O PUT /# @t\n", "", "", "" },
  { "rules: a long path", run_rules, HEAD "operation O PUT ", "/#", " @t\n", "", "" },
  { "rules: a path of parameters", run_rules, HEAD "operation O PUT ", "/{#}", " @t\n", "", "" },
  { "rules: sources", run_rules, HEAD, "source # x\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: a row of many sources", run_rules, HEAD OPERATION "    a string optional ", "@t ", "\n", "", "" },
  { "rules: hosts", run_rules, HEAD, "host #.example @t\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: errors", run_rules, HEAD "errors\n", "  body * 400 # \"x\" @t\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: codes", run_rules, HEAD "codes\n", "  # 400 \"x\" @t\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: codes that collide", run_rules, HEAD "codes\n", "  ~ 400 \"x\" @t\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: codes and rows that they are in", run_rules, HEAD OPERATION, "    # string optional pattern A+ error-code @t\n",
    "codes\n  A 400 \"x\" @t\n", "  AA 400 \"x\" @t\n", "" },
  { "rules: one code again and again", run_rules, HEAD "codes\n", "  A 400 \"x\" @t\n", OPERATION "    a string optional @t\n", "",
    "" },
  { "rules: statuses", run_rules, HEAD "operation O PUT /o @t\n", "  response 200 string\n", "", "", "" },
  { "rules: arrays of arrays", run_rules, HEAD OPERATION "    a ", "array of ", "string optional @t\n", "", "" },
  { "rules: a long word", run_rules, HEAD OPERATION "    ", "a", " string optional @t\n", "", "" },
  { "rules: blanks", run_rules, HEAD OPERATION "    a", " ", "string optional @t\n", "", "" },
  { "rules: comments", run_rules, HEAD, "\t\n", OPERATION "    a string optional @t\n", "", "" },
  { "rules: unknown statements", run_rules, HEAD, "x#\n", "", "", "" },
  { "rules: a line of quotes", run_rules, HEAD "service ", "\"", "\n", "", "" },
  { "rules: a range of many digits", run_rules, HEAD OPERATION "    a number optional range 1..", "9", " @t\n", "", "" },
};

work_cases work_rules(void) {
  return WORK_CASES(cases);
}
