/* SPDX-License-Identifier: MIT */
/* The mutator: see bodycheck/mutate.h. */
#ifndef BDC_GENERATE_MUTATOR_H
#define BDC_GENERATE_MUTATOR_H

#include <bodycheck/mutate.h>

#include "base/arena.h"
#include "generate/mutation.h"

/* Where trimming stands. */
typedef struct bdc__trim {
  unsigned char stage; /* 0: nothing is being trimmed */
  uint32_t span;       /* the one to try */
  size_t at;           /* where in what is no JSON */
  size_t cut;          /* characters or bytes to leave out */
  size_t began_with;   /* bytes, when the pass began */
  size_t candidate;    /* its size */
} bdc__trim;

struct bdc_mutator {
  bdc__arena arena;
  const bdc_row *root; /* NULL: no table */
  bdc__samples samples;
  bdc__draw draw;
  bool well_formed;
  size_t size_max;
  bdc__spans spans;
  char *text; /* of size_max bytes, as the other one: what is changed, and what is made of it */
  char *other;
  size_t size; /* of the text */
  bdc__trim trim;
};

/* Begins a change of the text, which makes at most `limit` bytes in `other`. */
bdc__mutation bdc__mutator_begin(bdc_mutator *mutator, size_t limit);

/* Whether all that the change put, and the rest of the text, is in `out`. */
bool bdc__mutation_end(bdc__mutation *m);

/* What was made, of this size, becomes the text. */
void bdc__mutator_take(bdc_mutator *mutator, size_t size);

#endif
