/* SPDX-License-Identifier: MIT */
/* What the reports of a run have in common: totals, the struct behind which each format stands, and the channels that they go to. */
#ifndef BDC_COMMAND_REPORT_H
#define BDC_COMMAND_REPORT_H

#include "color.h"
#include "report/excerpt.h"
#include "report/remark.h"

typedef struct cmd_totals {
  uint64_t verdicts[3];             /* messages by bdc_verdict */
  uint64_t grades[CMD_GRADE_COUNT]; /* results by cmd_grade: their sum is the number of results */
  uint64_t failed;                  /* results that make the run fail */
  uint64_t expected;                /* messages that are broken as expected */
  uint64_t errors;                  /* findings that count */
  uint64_t warnings;
  uint64_t silenced;
  uint64_t files;     /* that were looked into */
  uint64_t unread;    /* files that could not be read, as a whole or to their end */
  uint64_t mistakes;  /* in .bodycheck files */
  uint64_t unmapped;  /* JSON files that nothing maps to an operation */
  uint64_t endpoints; /* requests of no known operation */
  bool records;       /* there are messages that are lines */
  bool bodies;        /* there are files that are one body */
  bool several;       /* files may hold several messages */
} cmd_totals;

void cmd_totals_add(cmd_totals *totals, const cmd_totals *more);

/* "2 files: 1 valid, 1 invalid, 0 unchecked; 1 error, 0 warnings", and whatever else there is to count, in one line. */
void cmd_totals_put(const cmd_totals *totals, cmd_output *out);

/* 2 where something was not read or has mistakes, 1 where something failed, else 0. */
int cmd_totals_exit_status(const cmd_totals *totals);

/* Where a format writes a result. */
typedef struct cmd_view {
  cmd_output *out;
  cmd_color color;
  cmd_excerpts *excerpts; /* set up for the body of the result */
} cmd_view;

/*
 * A format. begin and end stand around all results, separator between two that put has written something for. A `whole` format begins
 * with totals: what it puts is held until the end of the run. Before all others `begin` is given totals of zeros.
 */
typedef struct cmd_format {
  const char *name;
  const char *separator;
  bool whole;
  bool people; /* it is not for programs: what else there is to say may stand beside it */
  void (*begin)(cmd_output *out, const cmd_totals *totals);
  void (*put)(const cmd_view *view, const cmd_result *result);
  void (*end)(cmd_output *out, const cmd_totals *totals);
} cmd_format;

extern const cmd_format cmd_format_full;
extern const cmd_format cmd_format_concise;
extern const cmd_format cmd_format_json;
extern const cmd_format cmd_format_jsonl;
extern const cmd_format cmd_format_sarif;
extern const cmd_format cmd_format_github;
extern const cmd_format cmd_format_gitlab;
extern const cmd_format cmd_format_junit;
extern const cmd_format cmd_format_tap;
extern const cmd_format cmd_format_notices; /* what standard error is told: results that are `told` */

/* For formats that have nothing to begin or end with. */
void cmd_format_nothing(cmd_output *out, const cmd_totals *totals);

/* The lines that `concise` and `full` share: of one finding, and of what became of the message. */
void cmd_concise_finding(const cmd_view *view, const cmd_result *result, const cmd_finding *finding);
void cmd_concise_verdict(const cmd_view *view, const cmd_result *result);

#endif
