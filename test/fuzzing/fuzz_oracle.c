/* SPDX-License-Identifier: MIT */
/*
 * A worked example: a harness that holds the sample service against the documentation of its operation. Whatever disagrees is told and ends
 * the run as a crash would. The variable FLAWS, a number, puts flaws into the service.
 */
#include "fuzzing/service.h"

#include <bodycheck/oracle.h>

#define BODYCHECK_OPERATION "huaweicloud.apig.UpdateAppV2"
#include <bodycheck/libfuzzer.h>

static void handle(const void *body, size_t size, bdc_response *answer, void *context) {
  static service_answer last;
  const unsigned *flaws = context;
  service_update(body, size, *flaws, &last);
  answer->status = last.status;
  answer->body = last.body;
  answer->body_size = last.size;
}

static void begin(bdc_oracle *oracle, unsigned *flaws) {
  const char *value = getenv("FLAWS");
  bdc_ruleset *ruleset;
  *flaws = value ? (unsigned)atoi(value) : 0;
  if (bdc_ruleset_builtin(NULL, &ruleset) != BDC_OK ||
      bdc_oracle_begin(oracle, ruleset, bdc_operation_find(ruleset, BODYCHECK_OPERATION), handle, flaws) != BDC_OK) {
    abort();
  }
  oracle->any_error = true; /* of a body that is wrong in several ways, the service may name any */
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bdc_oracle oracle;
  static unsigned flaws;
  bdc_judgement judgement;
  if (!oracle.handler) {
    begin(&oracle, &flaws);
  }
  if (bdc_oracle_judge(&oracle, data, size, &judgement)) {
    char text[1024];
    bdc_oracle_tell(&judgement, text, sizeof text);
    fputs(text, stderr);
    abort();
  }
  return 0;
}
