/* SPDX-License-Identifier: MIT */
/*
 * From threads to files: each thread puts its results into channels of its own, one for each target, and holds them back until it is its
 * turn. So every target gets the same text, in the same order, whatever the number of threads.
 */
#ifndef BDC_COMMAND_DELIVERY_H
#define BDC_COMMAND_DELIVERY_H

#include "report/progress.h"
#include "report/report.h"
#include "turns.h"

enum { CMD_TARGETS_MAX = 16 };

/* Where a format goes. */
typedef struct cmd_report_target {
  const cmd_format *format;
  cmd_output *out;
  cmd_color color;
  cmd_output held; /* of a whole format */
  bool begun;      /* something has been put */
} cmd_report_target;

typedef struct cmd_delivery {
  cmd_report_target targets[CMD_TARGETS_MAX];
  size_t count;
  pthread_mutex_t progress_lock; /* for who has nothing to write, and so needs no turn */
  cmd_progress progress;
} cmd_delivery;

void cmd_delivery_open(cmd_delivery *delivery);

/* False where there are too many. */
bool cmd_delivery_target(cmd_delivery *delivery, const cmd_format *format, cmd_output *out, cmd_color color);

/* Around all results. */
void cmd_delivery_begin(cmd_delivery *delivery);
void cmd_delivery_end(cmd_delivery *delivery, const cmd_totals *totals);
void cmd_delivery_free(cmd_delivery *delivery);

/* Whether there is anything to write but notices. */
bool cmd_delivery_is_silent(const cmd_delivery *delivery);

/* Whether what the first target is for can no longer be written: then nothing is left to do. */
bool cmd_delivery_is_over(const cmd_delivery *delivery);

/* The results of one thread. */
typedef struct cmd_reports {
  cmd_delivery *delivery;
  cmd_turns *turns; /* NULL: it is always its turn */
  uint64_t number;  /* of the turn */
  bool over;        /* nobody wants to be told anything more */
  cmd_output held[CMD_TARGETS_MAX];
  cmd_output result; /* what one format puts for one result */
  cmd_excerpts excerpts;
  cmd_totals totals;
} cmd_reports;

/* The struct must stay where it is until it is freed. */
void cmd_reports_open(cmd_reports *reports, cmd_delivery *delivery, cmd_turns *turns);
void cmd_reports_free(cmd_reports *reports);

/* Counts a result and puts it into all channels. `names` are those that an excerpt may show. */
void cmd_reports_add(cmd_reports *reports, const cmd_result *result, const cmd_names *names);

/* Waits for the turn and lets everything pass. `done` is for the line of progress. */
void cmd_reports_pass(cmd_reports *reports, uint64_t done);

#endif
