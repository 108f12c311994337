/* SPDX-License-Identifier: MIT */
/* What coverage counts: every side of every row of every section of every operation of a rule set, in the order of the tables. */
#ifndef BDC_COMMAND_COVER_PLAN_H
#define BDC_COMMAND_COVER_PLAN_H

#include "cover/coverage.h"
#include "cover/side.h"

typedef enum cmd_row_role { CMD_ROW_BODY, CMD_ROW_FIELD, CMD_ROW_ITEM, CMD_ROW_MEMBER } cmd_row_role;

/* A row in its section. An object that stands in a section several times is counted as one. */
typedef struct cmd_cover_row {
  const bdc_row *row;
  bdc_row_info info;
  cmd_row_role role;
  size_t depth;  /* of rows around it, but for that of the body */
  size_t parent; /* the row around it; its own index where there is none */
  size_t side_first;
  size_t side_count;
  uint64_t seen; /* the number of the last object that had it, or of the last head */
} cmd_cover_row;

/* Finds a row by its address. */
typedef struct cmd_cover_entry {
  const bdc_row *row;
  size_t index;
} cmd_cover_entry;

typedef struct cmd_cover_section {
  bdc_section_info info;
  uint64_t checked; /* messages that were held against it */
  uint64_t objects; /* that have been looked at for members; or heads, where it is not the section of a body */
  cmd_cover_row *rows;
  size_t row_count;
  size_t row_capacity;
  cmd_cover_entry *entries; /* sorted */
  cmd_sides sides;
} cmd_cover_section;

typedef struct cmd_cover_status {
  int status;
  uint64_t count;
} cmd_cover_status;

typedef struct cmd_cover_operation {
  const bdc_operation *operation;
  bdc_operation_info info;
  bdc_service_info service;
  uint64_t requests;
  uint64_t responses;
  cmd_cover_section *sections;
  cmd_cover_status *statuses; /* those that are documented, in the order of the tables */
  size_t status_count;
  uint64_t other_statuses; /* responses with none of them */
  uint64_t *errors;        /* how often each row of the service's errors was answered */
  uint64_t *codes;         /* how often each code of its catalogue stood in a response, at the first row that has it */
} cmd_cover_operation;

struct cmd_coverage {
  const bdc_ruleset *ruleset;
  cmd_cover_operation *operations;
  size_t operation_count;
};

/* How many sides there are, and how many of them were exercised; the ends of ranges are also counted by themselves. */
typedef struct cmd_tally {
  uint64_t met;
  uint64_t all;
  uint64_t ends_met;
  uint64_t ends_all;
} cmd_tally;

void cmd_tally_add(cmd_tally *into, cmd_tally from);

/* SIZE_MAX where the section has no such row. */
size_t cmd_cover_find(const cmd_cover_section *section, const bdc_row *row);

/* The side of a row of this kind; NULL where it has none. Of several, the first. */
cmd_side *cmd_cover_side(const cmd_cover_section *section, const cmd_cover_row *row, cmd_side_kind kind);

/* Adds what `from` has counted; both are of one table. */
void cmd_operation_merge(cmd_cover_operation *into, const cmd_cover_operation *from);

bool cmd_operation_is_checked(const cmd_cover_operation *operation);

/*
 * Whether a section counts: its operation was checked, and, for path, query and header, at least once as a whole message. A file that
 * is only a body cannot exercise those.
 */
bool cmd_section_counts(const cmd_cover_operation *operation, const cmd_cover_section *section);

cmd_tally cmd_row_tally(const cmd_cover_section *section, const cmd_cover_row *row);
cmd_tally cmd_section_tally(const cmd_cover_section *section);
cmd_tally cmd_operation_tally(const cmd_cover_operation *operation); /* of the sections that count */
cmd_tally cmd_coverage_tally(const cmd_coverage *coverage);
cmd_tally cmd_statuses_tally(const cmd_cover_operation *operation);
cmd_tally cmd_errors_tally(const cmd_cover_operation *operation);

#endif
