/* SPDX-License-Identifier: MIT */
/* A line on a terminal that says how far a run has come, where it takes longer than a second. */
#ifndef BDC_COMMAND_PROGRESS_H
#define BDC_COMMAND_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

/* All zero shows nothing. For one thread at a time. */
typedef struct cmd_progress {
  bool shown; /* the line stands on the terminal */
  const char *unit;
  uint64_t done;
  uint64_t total;  /* 0: not known */
  int64_t next_ms; /* when it is shown again */
} cmd_progress;

/* Begins to count, where standard error is a terminal. */
void cmd_progress_start(cmd_progress *progress, const char *unit, uint64_t total);

void cmd_progress_step(cmd_progress *progress, uint64_t count);

/* Takes the line from the terminal: something else is to be written, or it is over. */
void cmd_progress_clear(cmd_progress *progress);

#endif
