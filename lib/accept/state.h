/* SPDX-License-Identifier: MIT */
/* The state of the walk, and the functions of the kernel that only it has need of. See walk.h for the idea. */
#ifndef BDC_ACCEPT_STATE_H
#define BDC_ACCEPT_STATE_H

#include "accept/view.h"

enum {
  WINDOW = 16 * BLOCK,           /* bytes whose skeleton is made at a time: it fits the first-level cache */
  SPAN_MAX = 65536 - 2 * WINDOW, /* bytes that a skeleton may stretch over before its last window: a place has 16 bits */
  AHEAD = 8,                     /* bytes of the skeleton that a member may look at */
  COPY_MAX = WINDOW,             /* bytes of a text that is copied to where there is room behind it */
  DEPTH_MAX = 32,
  KEYS_MAX = 16,                     /* of all open maps */
  LATER_MAX = WINDOW / 4 + 2 * AHEAD /* values whose content is looked at later: a member has four bytes in the skeleton at least */
};

static inline uint32_t kernel_count(uint64_t bits);

/* Whether a text begins with a row's name in quotes. */
static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text);

/* A value of which nothing but the length has been looked at, if it is a string; and nothing at all, if it is none. */
typedef struct postponed {
  const bdc__plan *plan;
  size_t at; /* of the member, in the skeleton */
} postponed;

typedef struct walk {
  view in;
  const unsigned char *text; /* what the skeleton is made of: a copy that has just been written is slow to read */
  bool copied;
  uint32_t size;
  uint32_t near_to; /* a place before here has NEAR bytes behind it */
  unsigned depth;
  unsigned key_count;
  bdc_str keys[KEYS_MAX]; /* of the open maps */

  /* the skeleton */
  uint32_t at;           /* its next byte that has not been understood; there always is one before it */
  uint32_t quick_to;     /* behind here there are not enough for a member, though more are to come; or too near the end of the text */
  uint32_t count;        /* of its bytes */
  uint32_t sorted;       /* bytes of the text */
  uint64_t inside;       /* all bits: the first byte that is not sorted is in a string */
  uint64_t wrong;        /* bytes that stand where they may not */
  uint64_t others;       /* bytes of scalars that the walk has not read yet, modulo 2^64 */
  bool escape;           /* the first byte that is not sorted is escaped */
  unsigned char pending; /* marks since the last quote */
  bool unfinished;       /* `escape` or `pending` */
  postponed *later_end;
  postponed later[LATER_MAX];
  unsigned char bytes[1 + AHEAD + WINDOW + BLOCK + AHEAD];
  uint16_t places[1 + AHEAD + WINDOW + BLOCK + AHEAD]; /* of these, from `origin` on */
  alignas(BLOCK) unsigned char copy[COPY_MAX + BLOCK];
} walk;

#endif
