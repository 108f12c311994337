/* SPDX-License-Identifier: MIT */
/* The embedded tables, and with them one that has every kind of row. */
#ifndef BDC_FUZZ_RULESETS_H
#define BDC_FUZZ_RULESETS_H

#include "unit/lab.h"

#include "expect.h"

/* Made once: that would take longer than all the rest. */
static inline const bdc_ruleset *rules(void) {
  static bdc_ruleset *ruleset;
  const bdc_rule_text lab = { .name = BDC_STR("lab.rules"), .text = { lab_rules, sizeof(lab_rules) - 1 } };
  if (!ruleset) {
    expect(bdc_ruleset_parse(&lab, 1, NULL, &ruleset, NULL) == BDC_OK);
  }
  return ruleset;
}

#endif
