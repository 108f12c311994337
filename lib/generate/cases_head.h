/* SPDX-License-Identifier: MIT */
/* What the files share that make cases of heads. */
#ifndef BDC_GENERATE_CASES_HEAD_H
#define BDC_GENERATE_CASES_HEAD_H

#include "generate/generator.h"

/* Ends the turn: a head with the change, before a valid body. What is reported speaks of `name`. */
void bdc__head_make(bdc_generator *g, bdc__head_change change, bdc_str name);

/* The same with the row's value in g->token, as it stands in the head. */
void bdc__head_make_row(bdc_generator *g, const bdc_row *row);

/* Raw text as the value of the row, whatever stands in it, which breaks the rule. */
void bdc__case_head_raw(bdc_generator *g, const bdc_row *row, bdc_str raw, bdc_rule rule, const char *words);

/* Whether a row is mandatory in the messages that are made. */
bool bdc__head_mandatory(const bdc_generator *g, const bdc_row *row);

/* The row left out. */
void bdc__case_head_absent(bdc_generator *g, const bdc_row *row);

/* The rules of a row that a text breaks, which stands where values are text: bits 1 << bdc_rule. */
uint32_t bdc__head_breaks(bdc_generator *g, const bdc_row *row, bdc_str text);

void bdc__cases_head_value(bdc_generator *g, const bdc_row *row); /* in all places */
void bdc__cases_header(bdc_generator *g);

#endif
