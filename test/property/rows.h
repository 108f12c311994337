/* SPDX-License-Identifier: MIT */
/* Shared by the files of test_rows: messages that are made from the rows of the shipped tables, and what is expected of them. */
#ifndef BDC_TEST_ROWS_H
#define BDC_TEST_ROWS_H

#include "unit/support.h"

#include <bodycheck/table.h>

/* ---- rows_known.c: what is known of the tables from the documents, written down by hand ---- */

/* Which documented error answers a broken rule: the table of reference/README.md. */
typedef struct known_error {
  const char *service; /* "apig": of both providers */
  bool response;
  int place;         /* a bdc_place, or ANY */
  const char *field; /* NULL: any */
  int rule;          /* a bdc_rule, or ANY, or one of the two below */
  int status;        /* 0: none is documented */
  const char *code;
  const char *message;
} known_error;
enum { ANY = -1, RULE_BODY_MISSING = 100, RULE_BODY_SIZE = 101 };

/* The topmost row for a violation, NULL where none is documented. */
const known_error *known_error_of(bdc_str service, bool response, bdc_place place, bdc_str field, int rule);

/* A character class as the documents describe it. */
typedef struct known_class {
  const char *text;  /* as the table writes it */
  const char *ascii; /* the members of ASCII, ranges written out; */
  bool beyond;       /* all beyond ASCII but blanks */
} known_class;
const known_class *known_class_of(bdc_str text);
bool known_class_has(const known_class *class, uint32_t character);

/* A pattern with texts that match it and texts that do not, each list ended by NULL. */
typedef struct known_pattern {
  const char *text;
  const char *matches[12];
  const char *others[24];
  bool of_any_character; /* ordinary text matches whatever its characters are */
} known_pattern;
const known_pattern *known_pattern_of(bdc_str text);

/* ---- rows_body.c: bodies with one value of interest ---- */

enum { SPOT_MAX = 8 };

/* A row of a body, with the rows that lead to it: the first is the body's own. */
typedef struct spot {
  const bdc_row *rows[SPOT_MAX];
  size_t depth;
} spot;

typedef struct rows_run {
  const bdc_ruleset *ruleset;
  bdc_checker *checker;
  const bdc_operation *operation;
  bdc_operation_info info;
  bdc_service_info service;
  int http_status; /* 0: the request */
  size_t checked;
  size_t failed;
} rows_run;

/* What is expected of a violation. */
typedef struct expectation {
  bdc_rule rule;
  bool warning;
  bdc_place in;
  const char *pointer;
  bdc_str field;
  size_t offset;
  bool body_missing;
} expectation;

bdc_row_info spot_info(const spot *at);
spot spot_below(const spot *at, const bdc_row *row);
blob spot_pointer(const spot *at);
bdc_str spot_field(const spot *at);

/* Whether the spot is a member of a documented object. */
bool spot_is_member(const spot *at);

/* A valid value of a row. */
void write_valid(blob *out, const bdc_row *row);

/* The object's mandatory members but `skip`, which may be NULL, and then `more`, text of further members. */
void write_object(blob *out, const bdc_object *object, const bdc_row *skip, const char *more);

/* A body whose value at the spot is `raw`, all else being valid; the offset of `raw` in it. */
size_t write_body(blob *out, const spot *at, bdc_str raw);

/* Checks the body in `text`, whose violations must be exactly these. Prints and counts a failure. */
void expect_violations(rows_run *run, bdc_str text, const expectation *list, size_t count);

/* The value at the spot is valid; or breaks just this rule, at this offset from the value's start. */
void expect_valid(rows_run *run, const spot *at, bdc_str raw);
void expect_rule(rows_run *run, const spot *at, bdc_str raw, bdc_rule rule, size_t offset);

void expect_severity(rows_run *run, const spot *at, bdc_str raw, bdc_rule rule, size_t offset, bool warning);

/* Compares a report with what is expected; used by the two above, and for whole messages. `sent` is printed on failure. */
void expect_report(rows_run *run, bdc_str sent, const expectation *list, size_t count);

/* ---- rows_string.c, rows_value.c, rows_head.c ---- */

void check_string_row(rows_run *run, const spot *at);
void check_number_row(rows_run *run, const spot *at);
void check_type(rows_run *run, const spot *at);
void check_object_row(rows_run *run, const spot *at);
void check_array_row(rows_run *run, const spot *at);
void check_map_row(rows_run *run, const spot *at);
void check_head(rows_run *run);

/* Writes a code point as UTF-8; as \u escapes. */
void write_character(blob *out, uint32_t character);
void write_escaped(blob *out, uint32_t character);

/* A valid value of a string row as plain text. */
void write_valid_text(blob *out, const bdc_row_info *info);

#endif
