/* SPDX-License-Identifier: MIT */
/* What the page of coverage is made of: marks, bars, chips, and the table of a section. */
#ifndef BDC_COMMAND_COVER_PAGE_H
#define BDC_COMMAND_COVER_PAGE_H

#include "cover/plan.h"

/* Whole percents: all is only what is all. Of nothing, all. */
uint64_t cmd_cover_page_percent(cmd_tally tally);

void cmd_cover_page_put_bar(cmd_tally tally, cmd_output *out);

/* "all", "some" or "none" with its mark, in its colour. */
void cmd_cover_page_put_state(cmd_tally tally, cmd_output *out);

/* An item of a list: a text, and how often it was seen. */
void cmd_cover_page_put_chip(bdc_str text, uint64_t count, cmd_output *out);

/* The end of such an item whose text was put by the caller. */
void cmd_cover_page_end_chip(uint64_t count, cmd_output *out);

/* Heading and table. */
void cmd_cover_page_put_section(const cmd_cover_section *section, cmd_output *out);

#endif
