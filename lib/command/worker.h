/* SPDX-License-Identifier: MIT */
/* One thread of a run: it checks messages and makes results of the reports. */
#ifndef BDC_COMMAND_WORKER_H
#define BDC_COMMAND_WORKER_H

#include "check.h"
#include "report/place.h"

/* Names that excerpts of an operation's bodies may show. */
typedef struct cmd_known_names {
  const bdc_operation *operation;
  cmd_names names;
} cmd_known_names;

typedef struct cmd_worker {
  const cmd_check *check;
  cmd_reports reports;
  cmd_builder builder;
  bdc_checker **checkers;   /* two for each context, made when they are first needed: as the settings say, and for whole reports */
  cmd_coverage **coverages; /* likewise */
  cmd_known_names *names;
  size_t names_count;
  size_t names_capacity;
  cmd_places places; /* in the file at hand */
  char *buffer;      /* what was read */
  size_t capacity;
  bool silent;         /* nothing is written but notices */
  cmd_outcome outcome; /* of the item at hand */
} cmd_worker;

/* The worker must stay where it is until it is closed; that adds its totals to those of the run. */
void cmd_worker_open(cmd_worker *worker, cmd_check *check, cmd_turns *turns);
void cmd_worker_close(cmd_worker *worker, cmd_check *check);

/*
 * The checker for an item; NULL where none can be had, which the caller tells. What a .bodycheck file expects or silences is decided by
 * all violations, so where there is such a file its reports are whole: --first and --max then limit what is shown of them.
 */
bdc_checker *cmd_worker_checker(cmd_worker *worker, const cmd_item *item);

/* Counts for --coverage what was just checked. */
void cmd_worker_cover(cmd_worker *worker, const cmd_item *item, bdc_str body, const bdc_request *request, const bdc_response *response);

/* How a file is called in results. */
bdc_str cmd_worker_name(const cmd_worker *worker, const cmd_item *item);

/* Around the messages of an item that may hold several. */
void cmd_worker_begin(cmd_worker *worker);
void cmd_worker_end(cmd_worker *worker, cmd_item *item);

/* Takes in what another worker has seen of the same item. */
void cmd_outcome_add(cmd_outcome *outcome, const cmd_outcome *more);

/* The place in the file of what a violation of a message is in. */
typedef struct cmd_locator {
  cmd_place (*find)(void *context, const bdc_violation *violation);
  void *context;
} cmd_locator;

/* Completes the result of a message, whose input and report are given, and puts it where results go. */
void cmd_worker_judge(cmd_worker *worker, const cmd_item *item, cmd_result *result, const cmd_locator *locator);

/* A body that is held in memory, or none, alone in its file or its line. */
void cmd_worker_body(cmd_worker *worker, const cmd_item *item, uint64_t record, bdc_str body);

/* The same for a body that was fed to the checker in pieces. */
void cmd_worker_report(cmd_worker *worker, const cmd_item *item, const cmd_input *input, const bdc_report *report);

/* Something of the command's own. `told`: on standard error, and not in formats for people. The line may be 0. */
void cmd_worker_say(cmd_worker *worker, const cmd_item *item, const cmd_note *note, bool told);

/* Says that a file was not read, and why; the run goes on. */
void cmd_worker_unread(cmd_worker *worker, const cmd_item *item, const char *reason);

/* Opens a file and checks what is in it. Not for CMD_ITEM_LINES. */
void cmd_worker_item(cmd_worker *worker, cmd_item *item);

/* What can be read from an item, one body a line, on several threads, in constant memory. */
void cmd_check_lines(cmd_check *check, cmd_item *item);

/* Opens an item; -1 where it cannot be, with errno. Standard input is not to be closed: cmd_item_close knows. */
int cmd_item_open(const cmd_item *item);
void cmd_item_close(const cmd_item *item, int fd);

#endif
