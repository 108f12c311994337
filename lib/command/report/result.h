/* SPDX-License-Identifier: MIT */
/*
 * What came of one message, in the form that every format prints: the library's report, its violations made into findings with their
 * places in the file, and findings of the command's own, for which there need not be a report.
 */
#ifndef BDC_COMMAND_RESULT_H
#define BDC_COMMAND_RESULT_H

#include "output.h"

/* Rules of the command's own, beside those of bdc_rule. */
typedef enum cmd_own_rule {
  CMD_OWN_UNREAD,   /* a file or folder that cannot be read */
  CMD_OWN_MAPPING,  /* a mistake in a .bodycheck file */
  CMD_OWN_EXPECT,   /* a fixture is not as its .bodycheck line expects it */
  CMD_OWN_SILENCE,  /* a silencer that silences nothing */
  CMD_OWN_UNMAPPED, /* a JSON file that nothing maps to an operation */
  CMD_OWN_ENDPOINT, /* a request of no known operation */
  CMD_OWN_HTTP,     /* no HTTP message */
  CMD_OWN_VARIABLE, /* a variable that is not defined */
  CMD_OWN_HAR,      /* no HAR file, or an entry of one that cannot be checked */
  CMD_OWN_COUNT
} cmd_own_rule;

/* "unread" and so on. Static. */
const char *cmd_own_name(cmd_own_rule rule);

/* Whether a finding counts. */
typedef enum cmd_standing {
  CMD_OPEN,
  CMD_EXPECTED, /* the .bodycheck line expects the message to be broken like this */
  CMD_SILENCED  /* a silencer names it */
} cmd_standing;

typedef struct cmd_finding {
  const char *rule; /* "length.min", "expect" */
  const char *in;   /* "body", "path", "header", "query", "status"; "file" for the command's own */
  bdc_severity severity;
  cmd_standing standing;
  bdc_str pointer; /* as in bdc_violation */
  bdc_str field;
  bdc_str message;
  bdc_str reason; /* the silencer's */
  size_t offset;  /* in the file, in bytes; with --lines in the line */
  size_t line;    /* likewise, from 1; 0: no place in the file */
  size_t column;  /* in characters, from 1; 0: none */
  size_t excerpt; /* offset in cmd_input.body of what an excerpt would show; SIZE_MAX: nothing */
  size_t text;    /* for the builder: where the message begins in its texts */
} cmd_finding;

/* Where a message came from. */
typedef struct cmd_input {
  bdc_str name;          /* of the file, as it was given */
  uint64_t record;       /* with --lines its line, from 1; else 0 */
  size_t entry;          /* of a file that holds several: from 1; else 0 */
  bool whole;            /* it is a message with its head, beside which the file may hold another */
  bdc_str entry_pointer; /* of a HAR file: of the member that holds the body */
  bdc_str body;          /* for excerpts; data NULL where it is not held in memory */
} cmd_input;

typedef struct cmd_result {
  const cmd_input *input;
  const bdc_report *report; /* NULL: nothing was checked, and the findings say why */
  const char *reason;       /* why it is unchecked, where that is not the report's own reason; else NULL */
  bdc_str error_message;    /* the documented message, its field filled in; empty where there is no documented error */
  const cmd_finding *findings;
  size_t count;
  uint64_t more_errors; /* that are left out: the report had no room for them, or --max cuts them off */
  uint64_t more_warnings;
  bool expected; /* it is broken, or unchecked, just as its .bodycheck line expects */
  bool passed;   /* nothing in it makes the run fail */
  bool told;     /* on standard error: formats for people leave it out */
} cmd_result;

/* Room for one result after the other. */
typedef struct cmd_builder {
  cmd_finding *findings;
  size_t count;
  size_t capacity;
  cmd_output texts; /* messages, which have no address before the result is complete: until then they may move */
} cmd_builder;

/* Why the message is unchecked. */
const char *cmd_result_reason(const cmd_result *result);

void cmd_builder_start(cmd_builder *builder);
void cmd_builder_free(cmd_builder *builder);

/* A finding to fill in further; it moves with the next one. Of a violation: all but its place in the file, and open. */
cmd_finding *cmd_builder_violation(cmd_builder *builder, const bdc_violation *violation);
cmd_finding *cmd_builder_own(cmd_builder *builder, cmd_own_rule rule, bdc_severity severity, bdc_str message);

/* Completes the result: its findings, and the documented message. They live until the next start. */
void cmd_builder_finish(cmd_builder *builder, cmd_result *result);

#endif
