/* SPDX-License-Identifier: MIT */
/* What a shape is made of, for those who read and write it. */
#ifndef BDC_GENERATE_SHAPE_NODE_H
#define BDC_GENERATE_SHAPE_NODE_H

#include <bodycheck/table.h>

#include "generate/shape.h"

enum { BDC__SHAPE_GROUPS = 32 }; /* those that are remembered, from 1 */

typedef enum bdc__shape_kind {
  BDC__SHAPE_EMPTY,
  BDC__SHAPE_LITERAL,
  BDC__SHAPE_CLASS,
  BDC__SHAPE_REPEAT,   /* of `child` */
  BDC__SHAPE_SEQUENCE, /* of the list that begins with `child` */
  BDC__SHAPE_CHOICE,   /* likewise */
  BDC__SHAPE_GROUP,    /* of `child`, with a number */
  BDC__SHAPE_BACK      /* what the group of this number matched */
} bdc__shape_kind;

struct bdc__shape {
  bdc__shape_kind kind;
  uint32_t number;    /* the literal's code point, or the group's number */
  bdc__ranges ranges; /* of a class */
  uint64_t min;       /* of a repetition */
  uint64_t max;
  uint64_t least; /* characters that it has at least */
  bdc__shape *child;
  bdc__shape *next; /* in the list of a sequence or choice */
};

#endif
