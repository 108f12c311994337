/* SPDX-License-Identifier: MIT */
/* What is to be explained: the operands, and the operations, services and error codes that they name. */
#ifndef BDC_COMMAND_EXPLAIN_TARGET_H
#define BDC_COMMAND_EXPLAIN_TARGET_H

#include "load.h"

#include <bodycheck/table.h>

/* An operation; an error code of a service, where there is a code; or only what is to be told of the service. */
typedef struct cmd_target {
  const bdc_service *service;
  const bdc_operation *operation;
  bdc_str code;
} cmd_target;

/* Each once. Operations of one service stand together. */
typedef struct cmd_targets {
  cmd_target *items;
  size_t count;
  size_t capacity;
} cmd_targets;

/*
 * Adds what an operand names: an operation; else a service ("apig", "huaweicloud.apig"), which is all its operations; else a code, in
 * each service that documents it, or with load->provider in those of this provider. False where it names nothing or is ambiguous, which
 * has then been told.
 */
bool cmd_targets_add(cmd_targets *targets, const bdc_ruleset *ruleset, const cmd_load *load, const char *operand, cmd_output *out);

/* The index of an equal one; the count where there is none. */
size_t cmd_targets_find(const cmd_targets *targets, const cmd_target *target);

/* Whether there is but one. */
bool cmd_targets_alone(const cmd_targets *targets);
void cmd_targets_free(cmd_targets *targets);

/* "huaweicloud.apig", "huaweicloud.apig.UpdateAppV2", "APIG.2005 in huaweicloud.apig" */
void cmd_service_name_put(const bdc_service *service, cmd_output *out);
void cmd_target_name_put(const cmd_target *target, cmd_output *out);

#endif
