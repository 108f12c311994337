/* SPDX-License-Identifier: MIT */
/*
 * The shape of what a pattern matches, as far as its text tells: literals, classes, groups, alternatives, quantifiers, references back.
 * Anchors and what looks around are taken for nothing, so whoever writes a text asks PCRE2 whether the pattern really matches it.
 */
#ifndef BDC_GENERATE_SHAPE_H
#define BDC_GENERATE_SHAPE_H

#include "generate/buffer.h"
#include "generate/ranges.h"

typedef struct bdc__shape bdc__shape;

/*
 * The shape of a pattern, in the arena. *out is NULL where the pattern has what is not understood. BDC_ERR_MEMORY.
 */
bdc_status bdc__shape_of(bdc__arena *arena, bdc__matcher *matcher, bdc_str pattern, const bdc__shape **out);

/* A text of the shape. It has about `length` characters where the shape allows it; with BDC_UNBOUNDED the fewest, or some more. */
void bdc__shape_write(const bdc__shape *shape, bdc__draw *draw, uint64_t length, bdc__buffer *out);

#endif
