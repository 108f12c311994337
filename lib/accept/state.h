/* SPDX-License-Identifier: MIT */
/* What the parts of the walk share: its state, and the functions of the kernel. See walk.h for the idea. */
#ifndef BDC_ACCEPT_STATE_H
#define BDC_ACCEPT_STATE_H

#include "accept/accept.h"

#include "base/word.h"

#include <stdalign.h>

enum {
  BLOCK = 64,
  WINDOW = 16 * BLOCK,           /* bytes whose skeleton is made at a time: it fits the first-level cache */
  SPAN_MAX = 65536 - 2 * WINDOW, /* bytes that a skeleton may stretch over before its last window: a place has 16 bits */
  TEXT_MAX = 1 << 30,
  AHEAD = 8,         /* bytes of the skeleton that a member may look at */
  NEAR = 64,         /* bytes that may be read from any place on that the quick way looks at */
  WHOLE_MAX = 40,    /* bytes of a value that the quick way looks at as a whole */
  COPY_MAX = WINDOW, /* bytes of a text that is copied to where there is room behind it */
  DEPTH_MAX = 32,
  KEYS_MAX = 16,                     /* of all open maps */
  LATER_MAX = WINDOW / 4 + 2 * AHEAD /* values whose content is looked at later: a member has four bytes in the skeleton at least */
};

/* Bits that are set in a string's last quote, in the skeleton, where there is such a thing in the string. */
enum { ESCAPE = 0x80, BEYOND_ASCII = 0x40, MARKS = ESCAPE | BEYOND_ASCII };

#define LIKELY(condition) __builtin_expect(!!(condition), 1)
#define UNLIKELY(condition) __builtin_expect(!!(condition), 0)

/* What is rarely needed stays out of the loops that are not. */
#define ASIDE __attribute__((noinline))
#define INLINE inline __attribute__((always_inline))

/*
 * What each kernel file defines. NEAR bytes may be read from `text` on, whatever is asked of it.
 */

static inline uint32_t kernel_count(uint64_t bits);

/* The first bytes of a word, 31 at most; 8 or more are all of it. */
static inline uint64_t kernel_first(uint64_t word, uint32_t size);

/* Whether a text begins with a row's name in quotes. */
static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text);

/* Whether all characters of a text, which are ASCII, are in a class; NEAR bytes behind its end may be read. */
static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size);

/* How many digits a text begins with, nine or more being told from fewer. */
static inline uint32_t kernel_digits(const unsigned char *text);

/* Whether a text begins like "2020-08-03T13:21:48", whatever month and day. */
static inline bool kernel_date_and_time(const unsigned char *text, unsigned *month, unsigned *day);

/*
 * Whether a string is UTF-8, and of how many characters. It stands between its quotes, with `before` bytes before it, the quote
 * included; nothing is read but these, the string and the quote behind it.
 */
static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters);

/* A value of which nothing but the length has been looked at, if it is a string; and nothing at all, if it is none. */
typedef struct postponed {
  const bdc__plan *plan;
  size_t at; /* of the member, in the skeleton */
} postponed;

typedef struct walk {
  const unsigned char *text; /* what the skeleton is made of: a copy that has just been written is slow to read */
  const unsigned char *body; /* what the walk reads, from `origin` on: the same, or a copy with room behind it */
  uint32_t origin;           /* in the text */
  bool copied;
  uint32_t end; /* of the text, from `origin` on */
  uint32_t size;
  uint32_t near_to; /* a place before here has NEAR bytes behind it */
  const bdc__accept_task *task;
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
