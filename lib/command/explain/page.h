/* SPDX-License-Identifier: MIT */
/* What the HTML pages are put together from. */
#ifndef BDC_COMMAND_EXPLAIN_PAGE_H
#define BDC_COMMAND_EXPLAIN_PAGE_H

#include "explain/target.h"

/* Text between what is markup already. */
void cmd_page_tagged(cmd_output *out, const char *before, bdc_str text, const char *behind);

/* As code; nothing where the text is empty. */
void cmd_page_code(cmd_output *out, bdc_str text);
void cmd_page_target(const cmd_target *target, cmd_output *out);

/* A heading of the level '1' to '5', one deeper where there are several targets; and one that is made of pieces, which it frees. */
void cmd_page_heading(const cmd_targets *targets, char level, const char *text, cmd_output *out);
void cmd_page_made_heading(const cmd_targets *targets, char level, cmd_output *text, cmd_output *out);

/* A table up to its first row. The names of the columns are markup. */
void cmd_page_table_begin(bdc_str label, const char *const *names, size_t count, cmd_output *out);
void cmd_page_table_end(cmd_output *out);

#define CMD_PAGE_TABLE_BEGIN(label, out, ...)                                                                                          \
  cmd_page_table_begin(label, (const char *const[]){ __VA_ARGS__ }, sizeof((const char *const[]){ __VA_ARGS__ }) / sizeof(char *), out)

/* Cells. Lists may be broken behind their commas, names nowhere. */
void cmd_page_cell(bdc_str text, cmd_output *out);
void cmd_page_code_cell(bdc_str text, cmd_output *out);
void cmd_page_list_cell(bdc_str list, cmd_output *out);
void cmd_page_name_cell(bdc_str name, cmd_output *out);
void cmd_page_number_cell(uint64_t number, cmd_output *out);

/* "huaweicloud.apig-error-3", as a name of a place of the page. */
void cmd_page_place(const bdc_service *service, const char *kind, size_t index, cmd_output *out);

/* Words that each stand after a newline, each as code. */
void cmd_page_words(const cmd_output *words, cmd_output *out);

/* Tags, with what they stand for where the pointer rests on them; `linked` to the list of sources, where the page has it. */
void cmd_page_sources(const bdc_service *service, bdc_str tags, bool linked, cmd_output *out);

#endif
