/* SPDX-License-Identifier: MIT */
/* What there is to tell of an error code in one service: what its documentation says, and which rules lead to it. */
#ifndef BDC_COMMAND_EXPLAIN_CODE_H
#define BDC_COMMAND_EXPLAIN_CODE_H

#include "explain/model.h"

/* Rules of a line that are answered with the code. */
typedef struct cmd_hit {
  size_t model;
  size_t section; /* of the model */
  size_t line;
  uint32_t rules;
  size_t error; /* row of the service's errors */
} cmd_hit;

typedef struct cmd_code {
  bdc_str code;
  const bdc_service *service;
  bdc_service_info info;
  size_t *rows; /* of the service's codes */
  size_t row_count;
  size_t row_capacity;
  size_t *errors; /* of the service's errors */
  size_t error_count;
  size_t error_capacity;
  cmd_model *models; /* the operations of the service */
  size_t model_count;
  size_t model_capacity;
  cmd_hit *hits; /* those of an operation together */
  size_t hit_count;
  size_t hit_capacity;
} cmd_code;

/* Whether the service documents this code. */
bool cmd_code_known(const bdc_service *service, bdc_str code);

cmd_code cmd_code_of(const bdc_ruleset *ruleset, const bdc_service *service, bdc_str code);
void cmd_code_free(cmd_code *code);

#endif
