/* SPDX-License-Identifier: MIT */
/* The state of the walk, and the functions of the kernel that only it has need of. See walk.h for the idea. */
#ifndef BDC_ACCEPT_STATE_H
#define BDC_ACCEPT_STATE_H

#include "accept/view.h"

enum {
  WINDOW = 16 * BLOCK,          /* bytes whose quotes are listed at a time: the list fits the first-level cache */
  MARK = 0x8000,                /* in the place of a last quote: its string has escapes or bytes beyond ASCII */
  SPAN_MAX = MARK - 2 * WINDOW, /* bytes that are listed at once at most: the rest of a place's bits */
  MEMBER = 4,                   /* quotes of a member whose value is a string */
  LIST_MAX = 2 * MEMBER + WINDOW + BLOCK,
  LATER_MAX = LIST_MAX / MEMBER, /* values whose content is looked at later */
  COPY_MAX = WINDOW,             /* bytes of a text that is copied to where there is room behind it */
  DEPTH_MAX = 32,
  KEYS_MAX = 16 /* of all open maps */
};

/* The bytes of a block, told apart: a bit for each. */
typedef struct kinds {
  uint64_t quotes;
  uint64_t backslashes;
  uint64_t controls; /* below 0x20 */
  uint64_t beyond_ascii;
} kinds;

/* The same of what is usual. */
typedef struct sorted {
  uint64_t quotes;
  uint64_t controls; /* 0 where `special` */
  bool special;      /* there is a backslash or a byte beyond ASCII */
} sorted;

/*
 * What a kernel file defines that has a walk, beside what view.h lists.
 */

/* Copies a block, and sorts it. */
static INLINE sorted kernel_sort(unsigned char *out, const unsigned char *block);

static inline kinds kernel_kinds(const unsigned char *block);

/* Whether a block has no quote, no backslash and no control character. */
static inline bool kernel_ordinary(const unsigned char *block);

/* For each bit, whether an odd number of bits is set up to and with it. */
static inline uint64_t kernel_inside(uint64_t quotes);

/* Writes the numbers of the bits that are set, plus a base, and maybe more behind them, BLOCK in all. Returns how many there are. */
static INLINE uint32_t kernel_list(uint16_t *places, uint64_t bits, uint32_t base);

static inline uint32_t kernel_count(uint64_t bits);

/* Whether a text begins with a row's name in quotes. */
static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text);

/* A string of which nothing but the length has been looked at. */
typedef struct postponed {
  const bdc__plan *plan;
  const uint16_t *next; /* of the list: its member's first quote */
} postponed;

typedef struct walk {
  view in;
  uint32_t size;    /* of the text, or of a block where it is shorter */
  uint32_t near_to; /* a place before here has NEAR bytes behind it */
  unsigned depth;
  unsigned key_count;
  bdc_str keys[KEYS_MAX]; /* of the open maps */
  uint32_t at;            /* the next byte that has not been understood, from `origin` on */
  bdc__style style;       /* of the text so far */

  /* the list of quotes */
  uint32_t next;      /* its first that has not been understood: `at` is where that stands, or before it */
  uint32_t quick_end; /* from here on there are not enough for a member, though more are to come; or too near the end of the text */
  uint32_t count;
  uint32_t listed;       /* bytes of the text; behind an odd number of quotes, they end in a string */
  uint64_t wrong;        /* control characters in strings */
  bool escape;           /* the next byte is escaped */
  unsigned char pending; /* marks of the string that the next byte is in */
  bool unfinished;       /* `escape` or `pending` */
  postponed *later_end;
  postponed later[LATER_MAX];
  uint16_t places[LIST_MAX];     /* from `origin` on */
  unsigned char marks[LIST_MAX]; /* MARKS, of the places that have a MARK */
  alignas(BLOCK) unsigned char copy[COPY_MAX + 2 * BLOCK];
} walk;

#endif
