/* SPDX-License-Identifier: MIT */
/*
 * What there is to tell of an operation, taken from its tables once, so that all formats tell the same: its sections, their lines, and
 * for each line which documented error answers which broken rule.
 */
#ifndef BDC_COMMAND_EXPLAIN_MODEL_H
#define BDC_COMMAND_EXPLAIN_MODEL_H

#include "explain/breakable.h"

/* Broken rules of a line that are answered alike. */
typedef struct cmd_answer {
  uint32_t rules; /* bits CMD_BIT(rule) */
  bool warning;   /* they only warn: nothing is answered */
  size_t error;   /* the row of the service's errors; its error_count where no error is documented */
} cmd_answer;

typedef struct cmd_model_line {
  const char *label;  /* in parentheses, where the line is no field: the body, any header; else NULL */
  bdc_str name;       /* of the field; empty where there is a label */
  size_t depth;       /* 0: of the section itself; 1 and more: of an object in the line above that has a lesser depth */
  const bdc_row *row; /* NULL where no row of the table is behind it */
  bool above;         /* the rows of its object stand above and are not repeated */
  size_t answer;      /* the first of its answers in the model */
  size_t answer_count;
} cmd_model_line;

typedef enum cmd_section_kind {
  CMD_SECTION_TABLE,  /* a section of the rule file */
  CMD_SECTION_MESSAGE /* what holds for any request or response, whatever its table says */
} cmd_section_kind;

typedef struct cmd_section {
  cmd_section_kind kind;
  bool response;
  bdc_section_info info; /* of a table */
  bool above;            /* its rows stand above and are not repeated */
  size_t line;           /* the first of its lines in the model */
  size_t line_count;
} cmd_section;

typedef struct cmd_model {
  const bdc_operation *operation;
  bdc_operation_info info;
  bdc_service_info service;
  cmd_section *sections;
  size_t section_count;
  size_t section_capacity;
  cmd_model_line *lines;
  size_t line_count;
  size_t line_capacity;
  cmd_answer *answers;
  size_t answer_count;
  size_t answer_capacity;
} cmd_model;

/*
 * The rows of a named object stand once in each direction, since what answers them in a request answers none in a response; or with
 * `once` once in all. Free it with cmd_model_free; it points into the rule set.
 */
cmd_model cmd_model_of(const bdc_operation *operation, bool once);
void cmd_model_free(cmd_model *model);

/* Whether a line is a row of the rule file; the others tell of a section as a whole. */
bool cmd_model_line_is_row(const cmd_model_line *line);

/* The object whose rows a section has; NULL where it has none. */
const bdc_object *cmd_section_object(const cmd_section *section);

/* "name", "(the body)", "box.label" with the names of the lines that it stands below. */
void cmd_model_line_name_put(const cmd_model_line *line, cmd_output *out);
void cmd_model_line_path_put(const cmd_model *model, const cmd_section *section, size_t line, cmd_output *out);

/* "request", "response 200,201", "path", "any response", with `separator` between statuses. */
void cmd_section_name_put(const cmd_section *section, const char *separator, cmd_output *out);

/* The same as a heading: "Response 200, 201". */
void cmd_section_heading_put(const cmd_section *section, cmd_output *out);

/* What is said of a line's rules, each after a newline; "unknown ignore" and "(rows above)" among them. */
void cmd_model_line_rules_put(const cmd_model_line *line, cmd_output *out);

/* The same of a body itself: its type, where it is not just the table that follows, with "optional"; its rules. */
bool cmd_section_has_type(const cmd_section *section);
void cmd_section_rules_put(const cmd_section *section, cmd_output *out);

/* The rules among `rules` in the words of the table, each after a newline: "mandatory", its type, "length 3..64". */
void cmd_model_line_some_rules_put(const cmd_model_line *line, uint32_t rules, cmd_output *out);

/* Takes the next of some words that a character separates; false where there is none. */
bool cmd_word_next(bdc_str *rest, char separator, bdc_str *word);

#endif
