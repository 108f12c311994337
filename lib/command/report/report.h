/* SPDX-License-Identifier: MIT */
/* What the reports of a run have in common, and the one struct behind which each format stands. */
#ifndef BDC_COMMAND_REPORT_H
#define BDC_COMMAND_REPORT_H

#include "color.h"
#include "excerpt.h"

/* Where a body came from. */
typedef struct cmd_input {
  bdc_str name;
  uint64_t record; /* with --lines its line, from 1; else 0 */
  bdc_str body;    /* for excerpts; data NULL where it is not held in memory */
} cmd_input;

typedef struct cmd_counts {
  uint64_t verdicts[3]; /* by bdc_verdict */
  uint64_t errors;
  uint64_t warnings;
  uint64_t unread; /* files */
} cmd_counts;

typedef struct cmd_reports cmd_reports;

/* A format. `begin` and `end` stand around all reports, whatever comes between. */
typedef struct cmd_format {
  const char *name;
  void (*begin)(cmd_reports *reports);
  void (*put)(cmd_reports *reports, const cmd_input *input, const bdc_report *report);
  void (*end)(cmd_reports *reports);
} cmd_format;

extern const cmd_format cmd_format_full;
extern const cmd_format cmd_format_concise;
extern const cmd_format cmd_format_json;
extern const cmd_format cmd_format_jsonl;
extern const cmd_format cmd_format_none; /* --quiet */

struct cmd_reports {
  const cmd_format *format;
  cmd_output *out;
  cmd_color color;
  bool records;           /* --lines */
  const cmd_names *names; /* that an excerpt may show */
  cmd_excerpts excerpts;
  cmd_counts counts;
  bool begun;    /* this is not the first report of the run */
  char *message; /* room for cmd_message_of_... */
  size_t message_capacity;
};

/* Counts and prints a report. */
void cmd_reports_add(cmd_reports *reports, const cmd_input *input, const bdc_report *report);

/* Counts what another thread has put. */
void cmd_reports_merge(cmd_reports *reports, const cmd_reports *others);
void cmd_reports_free(cmd_reports *reports);

/* 1 where anything was invalid or unchecked, 2 where a file was not read or could not be written, else 0. */
int cmd_reports_exit_status(const cmd_reports *reports);

/* What is wrong; the documented message. They live until the next of them. */
bdc_str cmd_message_of_violation(cmd_reports *reports, const bdc_violation *violation);
bdc_str cmd_message_of_error(cmd_reports *reports, const bdc_report *report);

/* The lines that `concise` and `full` share: of one violation, and of what became of the input. */
void cmd_concise_violation(cmd_reports *reports, const cmd_input *input, const bdc_violation *violation);
void cmd_concise_verdict(cmd_reports *reports, const cmd_input *input, const bdc_report *report);

#endif
