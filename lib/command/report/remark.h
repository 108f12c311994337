/* SPDX-License-Identifier: MIT */
/*
 * What a result comes to for programs that know nothing of messages and verdicts: a grade, as of a test, and a flat list of remarks,
 * each with a rule, a level and a place.
 */
#ifndef BDC_COMMAND_REMARK_H
#define BDC_COMMAND_REMARK_H

#include "report/result.h"

/* The result as that of a test. */
typedef enum cmd_grade {
  CMD_GRADE_PASSED,
  CMD_GRADE_FAILED,
  CMD_GRADE_ERROR,  /* it could not be carried out: the file cannot be read, or is not what it should be */
  CMD_GRADE_SKIPPED /* nothing was checked, and nobody minds */
} cmd_grade;

enum { CMD_GRADE_COUNT = 4 };

cmd_grade cmd_result_grade(const cmd_result *result);

typedef enum cmd_level { CMD_LEVEL_NOTE, CMD_LEVEL_WARNING, CMD_LEVEL_ERROR } cmd_level;

/* "note", "warning", "error". Static. */
const char *cmd_level_name(cmd_level level);

/* A finding, or one of two things that are not said by a finding: that nothing was checked, and that there is more than is reported. */
typedef struct cmd_remark {
  const cmd_result *result;
  const cmd_finding *finding; /* NULL: none */
  const char *rule;           /* that of the finding, "unchecked" or "more": in all cases one of rule_texts.h */
  cmd_level level;
  cmd_standing standing;
  uint64_t line; /* in the file, from 1; 0: no place */
  uint64_t column;
} cmd_remark;

/* In the order of the findings; what is no finding comes last. */
size_t cmd_remark_count(const cmd_result *result);
cmd_remark cmd_remark_at(const cmd_result *result, size_t index);

/* All that is put below is safe for people, as by cmd_put_text, and in one line. */

/* "/name: must have 3 to 64 characters; has 2"; in a file of several messages "entry 3 response: " before it. */
void cmd_remark_put(const cmd_remark *remark, cmd_output *out);

/* ". Answered with 400 APIG.2005 The parameter ..." where a broken rule makes the message invalid, else nothing. */
void cmd_remark_put_answer(const cmd_remark *remark, cmd_output *out);

/* "file:1:10: silenced error: /name: must have 3 to 64 characters; has 2 [length.min] (reason)". */
void cmd_remark_put_line(const cmd_remark *remark, cmd_output *out);

/* "entry 3 response: ", "request: " where the file holds no other, nothing where it is a body alone. */
void cmd_result_put_entry(const cmd_result *result, cmd_output *out);

/* "/name: ", "body: " for the whole of it, "header X-Auth-Token: ", nothing where it speaks of the file. */
void cmd_finding_put_subject(const cmd_finding *finding, cmd_output *out);

/* "400 APIG.2005 The parameter ..." of an invalid message, or that none is documented. Nothing where it is not invalid. */
void cmd_result_put_answer(const cmd_result *result, cmd_output *out);

/*
 * A name that no other result of the run has: of a message "file:3 request" or "file entry 3 response 201"; where there is no report,
 * the place and what is said of it.
 */
void cmd_result_put_title(const cmd_result *result, cmd_output *out);

/* Of the operation, empty where none is known. */
bdc_str cmd_result_operation(const cmd_result *result);

/* Whether the file has no name that anybody could open. */
bool cmd_input_is_standard(const cmd_input *input);

/* The name without "./" before it, as systems that compare it with their own want it. */
bdc_str cmd_input_path(const cmd_input *input);

#endif
