/* SPDX-License-Identifier: MIT */
/*
 * What the generator says of its messages is what a check finds, whatever kernel looks at them and in whatever pieces they come; the
 * documented error is the one that the documents, written down by hand in rows_known.c, give for the broken rule; and of each table
 * there is what its rows ask for. Arguments: the file odd.rules, and a seed or nothing.
 */
#include "property/bodies.h"
#include "property/rows.h"
#include "unit/lab.h"

#include <bodycheck/generate.h>

#include <stdio.h>

enum { CHECKERS_MAX = 8, CUTS_MAX = 1 << 12, EVERY_SPLIT_BELOW = 160 };

static const char *odd_rules;
static const char *seed;

typedef struct run {
  const bdc_ruleset *ruleset;
  bdc_checker *checkers[CHECKERS_MAX]; /* one for each kernel of this machine, and the precise engine alone */
  size_t checker_count;
  bool known; /* its errors are those of rows_known.c */
  uint64_t seed;
  size_t cases;
  size_t broken[BDC_RULE_COUNT];
} run;

static bdc_checker *checker_with(const bdc_ruleset *ruleset, const char *kernel) {
  const bdc_settings settings = { .kernel = kernel };
  return checker_of(ruleset, &settings);
}

static run run_of(const bdc_ruleset *ruleset, bool known) {
  run made = { .ruleset = ruleset, .known = known, .seed = random_from(seed).state };
  made.checkers[made.checker_count++] = checker_with(ruleset, "none");
  for (size_t i = 0; bdc_kernel_name(i) && made.checker_count < CHECKERS_MAX; i++) {
    made.checkers[made.checker_count++] = checker_with(ruleset, bdc_kernel_name(i));
  }
  return made;
}

static void run_free(run *of) {
  for (size_t i = 0; i < of->checker_count; i++) {
    bdc_checker_free(of->checkers[i]);
  }
}

/* ---- one case ---- */

static bool same(bdc_str a, bdc_str b) {
  return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static void expect_found(const bdc_checker *checker, const bdc_case *made, const char *how) {
  const bdc_report *report = bdc_checker_report(checker);
  const bdc_violation *v = report->violations;
  bool fits = report->verdict == made->verdict && report->violation_count == made->reported;
  if (fits && made->reported) {
    fits = v->rule == made->rule && v->severity == made->severity && v->in == made->in && same(v->pointer, made->pointer) &&
           same(v->field, made->field);
  }
  if (!fits || (report->error ? report->error->status : 0) != made->error_status) {
    fail_msg("%.*s, %s: the report differs from what is expected", (int)made->label.size, made->label.data, how);
  }
}

/* The error of the documents: by the service's name, which those of several providers share. */
static void expect_known_error(const run *of, const bdc_case *made) {
  bdc_service_info service = bdc_service_describe(bdc_operation_describe(made->operation).service);
  if (!of->known || made->verdict != BDC_INVALID) {
    return;
  }
  bool no_body = made->rule == BDC_RULE_MANDATORY && made->in == BDC_IN_BODY && made->body.size == 0;
  const known_error *known =
      known_error_of(service.name, made->http_status != 0, made->in, made->field, no_body ? RULE_BODY_MISSING : (int)made->rule);
  if (made->error_status != (known ? known->status : 0) ||
      (known && !same(made->error_code, (bdc_str){ known->code, strlen(known->code) }))) {
    fail_msg("%.*s: another error than that of the documents", (int)made->label.size, made->label.data);
  }
}

static size_t cuts_every(size_t size, size_t step, size_t *cuts) {
  size_t count = 0;
  for (size_t at = step; at < size && count < CUTS_MAX; at += step) {
    cuts[count++] = at;
  }
  return count;
}

static void check_body(const run *of, const bdc_case *made) {
  static size_t cuts[CUTS_MAX];
  for (size_t i = 0; i < of->checker_count; i++) {
    check_copy(of->checkers[i], made->operation, made->http_status, made->body);
    expect_found(of->checkers[i], made, bdc_checker_kernel(of->checkers[i]));
  }
  if (made->number % 4) {
    return;
  }
  bdc_checker *checker = of->checkers[0];
  size_t step = made->body.size < 1000 ? 1 : made->body.size / 50;
  check_in_pieces(checker, made->operation, made->http_status, made->body, cuts, cuts_every(made->body.size, step, cuts));
  expect_found(checker, made, "in small pieces");
  /* Of some bodies, every two pieces. */
  for (size_t cut = 0; cut <= made->body.size && made->body.size < EVERY_SPLIT_BELOW && made->number % 16 == 0; cut++) {
    check_in_pieces(checker, made->operation, made->http_status, made->body, &cut, 1);
    expect_found(checker, made, "in two pieces");
  }
}

static void check_message(const run *of, const bdc_case *made) {
  const bdc_request request = { .provider = bdc_service_describe(bdc_operation_describe(made->operation).service).provider,
                                .method = made->method,
                                .target = made->target,
                                .headers = made->headers,
                                .header_count = made->header_count,
                                .body = made->body.data,
                                .body_size = made->body.size };
  for (size_t i = 0; i < of->checker_count; i++) {
    bdc_check_request(of->checkers[i], &request);
    expect_found(of->checkers[i], made, "as a message");
  }
}

/* ---- all cases of a table ---- */

static void generate(run *of, const bdc_operation *operation, int http_status, bool all_pairs) {
  const bdc_generate_settings settings = {
    .seed = of->seed, .all_pairs = all_pairs, .whole_messages = http_status == 0 && !all_pairs, .body_size = 32 * 1024
  };
  bdc_generator *generator;
  const bdc_case *made;
  bdc_status status = bdc_generator_new(of->ruleset, operation, http_status, &settings, &generator);
  assert_int_equal(status, BDC_OK);
  while ((status = bdc_generator_next(generator, &made)) == BDC_OK && made) {
    expect_known_error(of, made);
    if (settings.whole_messages) {
      check_message(of, made);
    }
    if (!settings.whole_messages || made->in == BDC_IN_BODY) {
      check_body(of, made);
    }
    of->cases++;
    of->broken[made->rule] += made->reported;
  }
  if (status == BDC_ERR_INTERNAL) {
    bdc_omitted omitted = bdc_generator_omitted(generator, bdc_generator_omitted_count(generator) - 1);
    fail_msg("not confirmed: %.*s", (int)omitted.label.size, omitted.label.data);
  }
  assert_int_equal(status, BDC_OK);
  bdc_generator_free(generator);
}

static void generate_section(run *of, const bdc_operation *operation, const bdc_section_info *section) {
  for (size_t i = 0; i < (section->status_count ? section->status_count : 1); i++) {
    int http_status = section->status_count ? section->statuses[i] : 0;
    generate(of, operation, http_status, false);
    generate(of, operation, http_status, true);
  }
}

static void generate_all(run *of) {
  for (size_t i = 0; i < bdc_operation_count(of->ruleset); i++) {
    const bdc_operation *operation = bdc_operation_at(of->ruleset, i);
    for (size_t j = 0; j < bdc_operation_describe(operation).section_count; j++) {
      bdc_section_info section = bdc_operation_section(operation, j);
      if (section.in == BDC_IN_BODY) {
        generate_section(of, operation, &section);
      }
    }
  }
}

static void check_ruleset(bdc_ruleset *ruleset, bool known, size_t at_least, uint32_t never) {
  run of = run_of(ruleset, known);
  generate_all(&of);
  printf("%zu cases\n", of.cases);
  assert_true(of.cases >= at_least);
  for (unsigned rule = 0; rule < BDC_RULE_COUNT; rule++) {
    if ((of.broken[rule] == 0) != (never >> rule & 1)) {
      fail_msg("%s was broken by %zu cases", bdc_rule_name((bdc_rule)rule), of.broken[rule]);
    }
  }
  run_free(&of);
  bdc_ruleset_free(ruleset);
}

#define BIT(rule) (UINT32_C(1) << (rule))

static void messages_of_the_embedded_tables_are_what_they_are_made_to_be(void **state) {
  (void)state;
  check_ruleset(ruleset_builtin(), true, 30000, BIT(BDC_RULE_ITEMS)); /* of its only such row, that breaks another rule as well */
}

static void messages_of_the_lab_are_what_they_are_made_to_be(void **state) {
  (void)state;
  check_ruleset(ruleset_of(lab_rules), false, 8000, BIT(BDC_RULE_STATUS));
}

static void messages_of_the_nasty_table_are_what_they_are_made_to_be(void **state) {
  (void)state;
  blob rules = { 0 };
  write_nasty_rules(&rules);
  check_ruleset(ruleset_of(rules.data), false, 80000, BIT(BDC_RULE_STATUS));
  blob_free(&rules);
}

/* Rules of a row that leave few values, or none. */
static void messages_of_odd_tables_are_what_they_are_made_to_be(void **state) {
  (void)state;
  blob rules = { 0 };
  blob_add_file(&rules, odd_rules);
  check_ruleset(ruleset_of(rules.data), false, 6000, 0);
  blob_free(&rules);
}

int main(int argc, char **argv) {
  if (argc < 2) {
    fprintf(stderr, "usage: %s ODD.RULES [SEED]\n", argv[0]);
    return 2;
  }
  odd_rules = argv[1];
  seed = argc > 2 ? argv[2] : NULL;
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(messages_of_the_embedded_tables_are_what_they_are_made_to_be),
    cmocka_unit_test(messages_of_the_lab_are_what_they_are_made_to_be),
    cmocka_unit_test(messages_of_the_nasty_table_are_what_they_are_made_to_be),
    cmocka_unit_test(messages_of_odd_tables_are_what_they_are_made_to_be),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
