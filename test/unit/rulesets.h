/* SPDX-License-Identifier: MIT */
/* The two rule sets that a group of tests shares: the embedded tables, and that of lab.h. */
#ifndef BDC_TEST_RULESETS_H
#define BDC_TEST_RULESETS_H

#include "unit/lab.h"
#include "unit/support.h"

static bdc_ruleset *builtin;
static bdc_ruleset *lab;

static int make_rulesets(void **state) {
  (void)state;
  builtin = ruleset_builtin();
  lab = ruleset_of(lab_rules);
  return 0;
}

static int free_rulesets(void **state) {
  (void)state;
  bdc_ruleset_free(builtin);
  bdc_ruleset_free(lab);
  return 0;
}

#endif
