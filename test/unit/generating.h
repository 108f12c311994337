/* SPDX-License-Identifier: MIT */
/* What the tests of the generator share: running one, and what came of a small table written as text. */
#ifndef BDC_TEST_GENERATING_H
#define BDC_TEST_GENERATING_H

#include "unit/rulesets.h"

#include <bodycheck/generate.h>

#include <stdio.h>
#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])
#define BIT(rule) (UINT32_C(1) << (rule))

/* A table of one operation, O: rows of its request's body; or its sections. */
#define HEAD(sections) "provider p\nservice s T\nsource t t\noperation O PUT /o @t\n" sections
#define TABLE(rows) HEAD("  request\n" rows)

static inline bdc_generator *generator_of(const bdc_ruleset *ruleset, const char *name, int http_status,
                                          const bdc_generate_settings *settings) {
  bdc_generator *generator;
  assert_int_equal(bdc_generator_new(ruleset, operation_of(ruleset, name), http_status, settings, &generator), BDC_OK);
  return generator;
}

/* The next case, NULL behind the last; a case that a check does not confirm fails the test. */
static inline const bdc_case *next(bdc_generator *generator) {
  const bdc_case *made;
  bdc_status status = bdc_generator_next(generator, &made);
  if (status == BDC_ERR_INTERNAL) {
    bdc_omitted omitted = bdc_generator_omitted(generator, bdc_generator_omitted_count(generator) - 1);
    fail_msg("not confirmed: %.*s", (int)omitted.label.size, omitted.label.data);
  }
  assert_int_equal(status, BDC_OK);
  return made;
}

/* ---- all that comes of a table ---- */

/* The cases in lines "LABEL | TARGET | BODY | VERDICT RULE POINTER"; what is left out in lines "LABEL | REASON", by the reason's number. */
typedef struct outcome {
  blob cases;
  blob omitted;
} outcome;

static inline void outcome_add(outcome *of, const bdc_case *made) {
  blob *to = &of->cases;
  blob_print(to, "\n");
  blob_add_str(to, made->label);
  blob_print(to, " | ");
  blob_add_str(to, made->target);
  blob_print(to, " | ");
  blob_add_str(to, made->body);
  blob_print(to, " | %s %s ",
             made->verdict == BDC_INVALID ? "invalid"
             : made->reported             ? "warned"
                                          : "valid",
             made->reported ? bdc_rule_name(made->rule) : "-");
  blob_add_str(to, made->pointer);
}

static inline outcome outcome_of(const char *rules, int http_status, const bdc_generate_settings *settings) {
  outcome of = { 0 };
  bdc_ruleset *ruleset = ruleset_of(rules);
  bdc_generator *generator = generator_of(ruleset, "O", http_status, settings);
  for (const bdc_case *made = next(generator); made; made = next(generator)) {
    outcome_add(&of, made);
  }
  for (size_t i = 0; i < bdc_generator_omitted_count(generator); i++) {
    bdc_omitted omitted = bdc_generator_omitted(generator, i);
    blob_print(&of.omitted, "\n%.*s | %d", (int)omitted.label.size, omitted.label.data, (int)omitted.reason);
  }
  assert_int_equal(bdc_generator_omitted(generator, bdc_generator_omitted_count(generator)).label.size, 0);
  blob_print(&of.cases, "\n");
  blob_print(&of.omitted, "\n");
  bdc_generator_free(generator);
  bdc_ruleset_free(ruleset);
  return of;
}

static inline void outcome_free(outcome *of) {
  blob_free(&of->cases);
  blob_free(&of->omitted);
}

/* How often a text is part of lines; bodies may hold U+0000. */
static inline size_t parts_in(const blob *lines, const char *part) {
  size_t count = 0;
  size_t size = strlen(part);
  for (size_t at = 0; at + size <= lines->size; at++) {
    count += memcmp(lines->data + at, part, size) == 0;
  }
  return count;
}

static inline void expect_case(const outcome *of, const char *part) {
  if (!parts_in(&of->cases, part)) {
    fail_msg("no case has \"%s\" among these: %s", part, of->cases.data);
  }
}

static inline void expect_no_case(const outcome *of, const char *part) {
  if (parts_in(&of->cases, part)) {
    fail_msg("a case has \"%s\" among these: %s", part, of->cases.data);
  }
}

/* Whether what has this label is told as left out for this reason. */
static inline void expect_omitted(const outcome *of, const char *label, bdc_omission reason) {
  char line[256];
  snprintf(line, sizeof line, "\n%s | %d\n", label, (int)reason);
  if (parts_in(&of->omitted, line) != 1) {
    fail_msg("%s is not left out once for the reason %d, but: %s", label, (int)reason, of->omitted.data);
  }
}

static inline void expect_none_omitted(const outcome *of, const char *part) {
  if (parts_in(&of->omitted, part)) {
    fail_msg("\"%s\" is left out: %s", part, of->omitted.data);
  }
}

#endif
