/* SPDX-License-Identifier: MIT */
/* A run of `bodycheck check`: what is checked, by which rules, and where the results go. Fixed before the first file is opened. */
#ifndef BDC_COMMAND_CHECK_H
#define BDC_COMMAND_CHECK_H

#include "cover/coverage.h"
#include "find/map.h"
#include "report/delivery.h"

enum { CMD_BODY_SIZE = 12 * 1024 * 1024 }; /* the library's default limit */

/* What is done with what cannot be checked for want of a table: JSON files that nothing maps, requests of no known operation. */
typedef enum cmd_policy { CMD_POLICY_IGNORE, CMD_POLICY_LIST, CMD_POLICY_ERROR } cmd_policy;

/* The rules of some of the files. */
typedef struct cmd_context {
  bdc_ruleset *ruleset;
  bdc_str rules;       /* the path that a .bodycheck line adds; empty for those of the options alone */
  bdc_unknown unknown; /* for both directions */
} cmd_context;

typedef enum cmd_item_kind {
  CMD_ITEM_BODY,  /* one body */
  CMD_ITEM_LINES, /* one body a line */
  CMD_ITEM_HTTP,  /* raw HTTP messages */
  CMD_ITEM_HAR,   /* recorded traffic */
  CMD_ITEM_NOTE   /* nothing to read, but something to say of the file */
} cmd_item_kind;

/* Something that the command says of a file before it is read, or instead. */
typedef struct cmd_note {
  cmd_own_rule rule;
  bdc_severity severity;
  size_t entry; /* as in cmd_input */
  size_t line;  /* 0: no place */
  size_t column;
  char *text;
} cmd_note;

/* What all messages of an item are, taken together: for what a .bodycheck line expects of it, or could expect. */
typedef struct cmd_outcome {
  bool known;       /* it was read to its end */
  bool met;         /* a message is broken as expected */
  bool failed;      /* a message, or what was said of the file, makes the run fail */
  bool unlike;      /* messages are broken in ways that no one expectation fits */
  cmd_expect found; /* what would have fitted; not given: all are valid */
} cmd_outcome;

typedef struct cmd_item {
  char *path; /* "-": standard input */
  cmd_item_kind kind;
  const bdc_operation *operation; /* NULL: the messages say it themselves */
  int http_status;                /* of a body: 0 for a request's */
  size_t context;
  const cmd_mapping *mapping; /* the .bodycheck line that holds for it, NULL for none */
  const cmd_expect *expect;   /* of that line; NULL: nothing but what is valid */
  const cmd_chain *chain;     /* of .bodycheck files; NULL: none */
  bool silenced;              /* there are silencers in them */
  cmd_note note;
  cmd_outcome outcome; /* once it has been checked */
} cmd_item;

typedef struct cmd_check {
  const cmd_context *contexts;
  size_t context_count;
  bdc_settings settings; /* but for the policy of undocumented members */
  bool whole;            /* every violation counts, however few are to be shown */
  cmd_policy endpoints;
  const char *stdin_name; /* what standard input is called */
  size_t jobs;            /* threads at most */
  bool show_values;
  bool coverage;
  cmd_delivery delivery;

  /* what workers that have ended have brought in */
  cmd_totals totals;
  cmd_coverage **coverages; /* by the first context of each rule set; NULL where nothing was counted */
} cmd_check;

/* Checks the items in turn, on several threads; the results come in their order. */
void cmd_check_items(cmd_check *check, cmd_item *items, size_t count);

#endif
