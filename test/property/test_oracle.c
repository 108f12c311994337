/* SPDX-License-Identifier: MIT */
/* The oracle on many mutated bodies: a service that keeps the documentation agrees on all of them, and no flaw in it stays unseen. */
#include "fuzzing/service.h"
#include "unit/support.h"

#include <bodycheck/mutate.h>
#include <bodycheck/oracle.h>

#include <string.h>

#define LENGTH(array) (sizeof(array) / sizeof(array)[0])

static bdc_ruleset *builtin;
static const bdc_operation *operation;

static void handle(const void *body, size_t size, bdc_response *answer, void *context) {
  static service_answer last;
  service_update(body, size, *(const unsigned *)context, &last);
  answer->status = last.status;
  answer->body = last.body;
  answer->body_size = last.size;
}

static unsigned judge_many(unsigned flaws, bool well_formed, size_t rounds, char *told, size_t told_size) {
  enum { SIZE = 4096 };
  static const char first[] = "{\"name\":\"app_demo\",\"remark\":\"Demo app\"}";
  bdc_mutator_settings settings = { .size_max = SIZE, .well_formed = well_formed };
  bdc_mutator *mutator;
  bdc_oracle oracle;
  char body[SIZE];
  size_t size = 0;
  unsigned seen = 0;
  assert_int_equal(bdc_mutator_new(operation, 0, &settings, &mutator), BDC_OK);
  assert_int_equal(bdc_oracle_begin(&oracle, builtin, operation, handle, &flaws), BDC_OK);
  oracle.any_error = true;
  for (size_t i = 0; i < rounds; i++) {
    bdc_judgement judgement;
    if (i % 8 == 0) {
      size = sizeof first - 1;
      memcpy(body, first, size);
    }
    size = bdc_mutate(mutator, body, size, SIZE);
    if (bdc_oracle_judge(&oracle, body, size, &judgement)) {
      seen |= judgement.disagreements;
      bdc_oracle_tell(&judgement, told, told_size);
    }
  }
  bdc_oracle_end(&oracle);
  bdc_mutator_free(mutator);
  return seen;
}

/* Two readers and two sets of rules, written apart from each other: they agree on all that is made here. */
static void a_service_without_flaws_agrees_on_all_bodies(void **state) {
  (void)state;
  char told[1024] = "";
  for (int well_formed = 0; well_formed < 2; well_formed++) {
    if (judge_many(0, well_formed, 100000, told, sizeof told)) {
      fail_msg("%s", told);
    }
  }
}

static void each_flaw_is_found_by_mutation(void **state) {
  (void)state;
  static const struct {
    unsigned flaw;
    unsigned seen;
  } flaws[] = {
    { FLAW_TAKES_MARKS, BDC_ACCEPTS_FORBIDDEN }, { FLAW_COUNTS_BYTES, BDC_REFUSES_ALLOWED }, { FLAW_OTHER_CODE, BDC_OTHER_ERROR },
    { FLAW_WRONG_HTTP_STATUS, BDC_OTHER_ERROR }, { FLAW_STATUS_IS_TEXT, BDC_BROKEN_ANSWER }, { FLAW_BARE_ERROR, BDC_BROKEN_ANSWER },
  };
  char told[1024];
  for (size_t i = 0; i < LENGTH(flaws); i++) {
    assert_int_equal(judge_many(flaws[i].flaw, true, 10000, told, sizeof told) & flaws[i].seen, flaws[i].seen);
  }
}

static int load(void **state) {
  (void)state;
  builtin = ruleset_builtin();
  operation = operation_of(builtin, "huaweicloud.apig.UpdateAppV2");
  return 0;
}

static int unload(void **state) {
  (void)state;
  bdc_ruleset_free(builtin);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(a_service_without_flaws_agrees_on_all_bodies),
    cmocka_unit_test(each_flaw_is_found_by_mutation),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
