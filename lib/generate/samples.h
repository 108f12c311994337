/* SPDX-License-Identifier: MIT */
/* Texts and numbers for the rows of a table, valid ones and ones that break a rule: made ahead, so that who uses them allocates nothing. */
#ifndef BDC_GENERATE_SAMPLES_H
#define BDC_GENERATE_SAMPLES_H

#include "base/arena.h"
#include "generate/draw.h"
#include "rules/ruleset.h"

/* Those of a row; text is decoded. */
typedef struct bdc__sample_row {
  const bdc_row *row;
  const bdc_str *texts; /* valid ones, then others */
  uint32_t valid_count;
  uint32_t count;
} bdc__sample_row;

typedef struct bdc__samples {
  const void **rows; /* bdc__sample_row, by the addresses of their rows */
  size_t count;
} bdc__samples;

/* Samples for the rows at and below `root`, of a body of the operation, in the arena. BDC_ERR_MEMORY. */
bdc_status bdc__samples_make(bdc__arena *arena, const bdc_operation *operation, int http_status, const bdc_row *root,
                             bdc__samples *out);

/* One of a row's, mostly a valid one; an empty text where it has none. */
bdc_str bdc__samples_draw(const bdc__samples *samples, const bdc_row *row, bdc__draw *draw);

#endif
