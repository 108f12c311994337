/* SPDX-License-Identifier: MIT */
/* What the parts of the walk share: its state, and the functions of the kernel. See walk.h for the idea. */
#ifndef BDC_ACCEPT_STATE_H
#define BDC_ACCEPT_STATE_H

#include "accept/accept.h"

#include <stdalign.h>

enum {
  BLOCK = 64,
  WINDOW = 16 * BLOCK, /* bytes that are indexed at a time: their quotes fit the first-level cache */
  AHEAD = 4,           /* quotes that a member may look at */
  NEAR = 40,           /* bytes that the quick way may read behind the last quote of a member, or behind the start of anything */
  GAP_MAX = 32,        /* bytes between two strings that kernel_gap looks at */
  COPY_MAX = 2 * WINDOW,
  DEPTH_MAX = 32,
  KEYS_MAX = 16 /* of all open maps */
};

/* A place in the index: the marks of the bytes since the quote before it stand above it. */
#define ESCAPED UINT32_C(0x80000000)
#define BEYOND_ASCII UINT32_C(0x40000000)
#define PLACE UINT32_C(0x3fffffff)
#define NO_QUOTE UINT32_MAX

#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* What is rarely needed stays out of the loops that are not. */
#define ASIDE __attribute__((noinline))
#define INLINE inline __attribute__((always_inline))

/* Bits of a block. */
typedef struct marks {
  uint64_t backslash;
  uint64_t control;
  uint64_t beyond_ascii;
} marks;

/*
 * What each kernel file defines. NEAR bytes may be read from `text` on, whatever is asked of it.
 */

/* The quotes of a block, and whether there is a backslash, a control character or a byte beyond ASCII in it. */
static inline uint64_t kernel_quotes(const unsigned char *block, bool *special);

/* Where these are. */
static inline marks kernel_marks(const unsigned char *block);

/* For each bit, whether an odd number of bits is set up to and with it. */
static inline uint64_t kernel_inside(uint64_t quotes);

/* Writes the number of each bit that is set, plus a base, where there is room for BLOCK more; returns the end. */
static inline uint32_t *kernel_places(uint32_t *out, uint64_t bits, uint32_t base);

/* Whether a character stands once among so many bytes, GAP_MAX at most, and else only blanks do. */
static inline bool kernel_gap(const unsigned char *text, uint32_t size, unsigned char c);

/* Whether a text begins with a row's name in quotes. */
static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text);

/* Whether all characters of a text, which are ASCII, are in a class; NEAR bytes behind its end may be read. */
static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size);

/* Whether a text begins like "2020-08-03T13:21:48", whatever month and day. */
static inline bool kernel_date_and_time(const unsigned char *text, unsigned *month, unsigned *day);

/*
 * Whether a string is UTF-8, and of how many characters. It stands between its quotes, with `before` bytes before it, the quote
 * included; nothing is read but these, the string and the quote behind it.
 */
static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters);

typedef struct walk {
  const unsigned char *text; /* what the index reads: a copy that has just been written is slow to read in blocks */
  const unsigned char *body; /* what the walk reads: the same, or a copy with room behind it */
  uint32_t size;
  uint32_t at;       /* the next byte that has not been understood */
  uint32_t quick_to; /* a quote before here has NEAR bytes behind it */
  const bdc__accept_task *task;
  unsigned depth;
  unsigned key_count;
  bdc_str keys[KEYS_MAX]; /* of the open maps */

  /* the index */
  const uint32_t *quote; /* the first at or behind `at` */
  const uint32_t *quotes_end;
  const uint32_t *refill; /* behind here there are not enough quotes for a member, though more are to come */
  uint32_t indexed;       /* bytes */
  uint32_t pending;       /* marks since the last quote */
  bool escape;            /* the first byte that is not indexed is escaped */
  bool unfinished;        /* `pending` or `escape` */
  bool in_string;         /* at the first byte of the window */
  uint32_t *window_quotes;
  uint32_t quotes[AHEAD + WINDOW + BLOCK + AHEAD];
  alignas(BLOCK) unsigned char copy[COPY_MAX + BLOCK];
} walk;

#endif
