/* SPDX-License-Identifier: MIT */
/* What `bodycheck generate` makes of the cases: one writer for each format. */
#ifndef BDC_COMMAND_GENERATE_WRITER_H
#define BDC_COMMAND_GENERATE_WRITER_H

#include "options.h"

#include <bodycheck/generate.h>

/* One run of the command. */
typedef struct cmd_generation {
  cmd_output *out;     /* standard output, or the file of --output */
  cmd_output *notices; /* standard output, which is written before what is told */
  const bdc_ruleset *ruleset;
  const bdc_operation *operation;
  bdc_operation_info info;
  int http_status;
  const char *folder;    /* format files */
  const cmd_list *rules; /* those of --rules */
  const char *host;      /* format http; NULL: that of the service */
  cmd_output asked;      /* format http: the valid request that each response answers */
  size_t left_out;       /* by the writer */
} cmd_generation;

/* Each returns false where the run cannot go on, which has been told. `end` is called in any case; `whole`: all went well. */
typedef struct cmd_case_writer {
  bool messages; /* it writes whole requests */
  bool (*begin)(cmd_generation *run);
  bool (*put)(cmd_generation *run, const bdc_case *made);
  bool (*end)(cmd_generation *run, bool whole);
} cmd_case_writer;

extern const cmd_case_writer cmd_case_writer_jsonl;
extern const cmd_case_writer cmd_case_writer_files;
extern const cmd_case_writer cmd_case_writer_http;

/* Tells that a case is left out, and why. */
void cmd_generate_leave_out(cmd_generation *run, bdc_str label, const char *reason);

#endif
