/* SPDX-License-Identifier: MIT */
/* A run of `bodycheck check`: bodies of one operation, from files and standard input. Each thread has one of its own. */
#ifndef BDC_COMMAND_CHECK_H
#define BDC_COMMAND_CHECK_H

#include "report/report.h"

enum { CMD_BODY_SIZE = 12 * 1024 * 1024 }; /* the library's default limit */

typedef struct cmd_check {
  const bdc_ruleset *ruleset;
  bdc_settings settings;
  bdc_checker *checker; /* made by those two */
  const bdc_operation *operation;
  int http_status; /* 0: requests */
  size_t jobs;     /* threads at most */
  cmd_reports reports;
  char *buffer; /* what was read */
  size_t capacity;
} cmd_check;

/* A body that is held in memory, or none. */
void cmd_check_body(cmd_check *check, bdc_str name, uint64_t record, bdc_str body);

/* Says that a file was not read, and why; the run goes on. */
void cmd_check_unread(cmd_check *check, const char *name, const char *reason);

/* The file at `path`, or standard input for "-", as one body, or with --lines as one body a line. */
void cmd_check_path(cmd_check *check, const char *path);

/* What can be read from `fd`, one body a line, on several threads, in constant memory. */
void cmd_check_lines(cmd_check *check, const char *path, int fd);

#endif
