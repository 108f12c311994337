/* SPDX-License-Identifier: MIT */
/* The skeleton by blocks of 64 bytes, for machines that look at many bytes at once. */
#ifndef BDC_ACCEPT_BLOCKS_H
#define BDC_ACCEPT_BLOCKS_H

#include "accept/state.h"

/* The bytes of a block, told apart: a bit for each. */
typedef struct sorted {
  uint64_t quotes;
  uint64_t punctuation; /* {}[]:, and maybe more: whoever reads the skeleton sees which */
  uint64_t controls;    /* below 0x20 */
  uint64_t others;      /* none of these and no blank; whether what is beyond ASCII is among them is left open */
  bool special;         /* there is a backslash or a byte beyond ASCII */
} sorted;

/*
 * What a kernel file defines that takes its skeleton from here.
 */

static INLINE sorted kernel_sort(const unsigned char *block);

/* The same, and copies the block. */
static INLINE sorted kernel_sort_copy(unsigned char *out, const unsigned char *block);

static inline void kernel_copy(unsigned char *out, const unsigned char *block);

/* Where these are. */
static inline void kernel_special(const unsigned char *block, uint64_t *backslashes, uint64_t *beyond_ascii);

/* Whether a block has no quote, no backslash and no control character. */
static inline bool kernel_ordinary(const unsigned char *block);

/* For each bit, whether an odd number of bits is set up to and with it. */
static inline uint64_t kernel_inside(uint64_t quotes);

/*
 * Writes the bytes of a block that are chosen, and where they stand: their number in the block plus a base. There is room for BLOCK
 * more. Returns how many there are.
 */
static inline uint32_t kernel_list(unsigned char *bytes, uint16_t *places, const unsigned char *block, uint64_t chosen, uint32_t base);

/* The quotes that no backslash escapes; `first` is the bit of the first byte. */
static uint64_t unescaped(walk *w, uint64_t backslashes, uint64_t quotes, uint64_t first) {
  uint64_t escaped = w->escape ? first : 0;
  uint64_t left = backslashes & ~escaped;
  w->escape = false;
  while (left) {
    uint64_t backslash = left & -left;
    w->escape = backslash >> 63;
    escaped |= backslash << 1;
    left &= ~(backslash | backslash << 1);
  }
  return quotes & ~escaped;
}

/*
 * The last quotes of the strings that have one of some bytes in them. Within a string all bits of `inside` are set: an addition carries
 * over them to the quote behind. What it carries out of the block is for the string's rest in the next one.
 */
static inline uint64_t quotes_behind(walk *w, uint64_t bytes, uint64_t inside, uint64_t first, unsigned char mark) {
  uint64_t carried = w->pending & mark ? first : 0;
  uint64_t added = (bytes & inside) | carried;
  uint64_t sum = inside + added;
  w->pending = (unsigned char)((w->pending & ~mark) | (sum < inside ? mark : 0));
  return sum & ~inside;
}

static inline void mark_quotes(unsigned char *bytes, uint64_t chosen, uint64_t marked, unsigned char mark) {
  for (; marked; marked &= marked - 1) {
    bytes[kernel_count(chosen & ((marked & -marked) - 1))] |= mark;
  }
}

/* A block with backslashes or bytes beyond ASCII, or that begins in what such a block has left unfinished; `which` of its bytes are new. */
static ASIDE void sort_special(walk *w, const unsigned char *block, uint64_t which, uint32_t base) {
  sorted found = kernel_sort(block);
  uint64_t first = which & -which;
  uint64_t backslashes;
  uint64_t beyond_ascii;
  kernel_special(block, &backslashes, &beyond_ascii);
  backslashes &= which;
  beyond_ascii &= which;
  uint64_t quotes = unescaped(w, backslashes, found.quotes & which, first);
  uint64_t inside = (kernel_inside(quotes) ^ w->inside) & which;
  uint64_t outside = which & ~inside;
  uint64_t chosen = quotes | (found.punctuation & outside);
  w->wrong |= (found.controls & inside) | (beyond_ascii & outside);
  w->others += kernel_count(found.others & outside);
  w->inside = 0 - (inside >> 63);
  uint64_t with_escape = quotes_behind(w, backslashes, inside, first, ESCAPE) & quotes;
  uint64_t with_more = quotes_behind(w, beyond_ascii, inside, first, BEYOND_ASCII) & quotes;
  unsigned char *bytes = w->bytes + w->count;
  w->count += kernel_list(bytes, w->places + w->count, block, chosen, base);
  mark_quotes(bytes, chosen, with_escape, ESCAPE);
  mark_quotes(bytes, chosen, with_more, BEYOND_ASCII);
  w->unfinished = w->escape || w->pending;
}

/* What is carried from block to block. */
typedef struct carried {
  uint64_t inside;
  uint64_t wrong;
  uint64_t others;
  uint32_t count;
} carried;

static inline carried carried_from(const walk *w) {
  return (carried){ w->inside, w->wrong, w->others, w->count };
}

static inline void carry_to(walk *w, carried c) {
  w->inside = c.inside;
  w->wrong = c.wrong;
  w->others = c.others;
  w->count = c.count;
}

/* One block of no special bytes, or of some; only `which` of its bytes are new. */
static INLINE carried sort_block(walk *w, const unsigned char *block, sorted found, uint64_t which, uint32_t base, carried c) {
  if (UNLIKELY(found.special)) {
    carry_to(w, c);
    sort_special(w, block, which, base);
    return carried_from(w);
  }
  uint64_t quotes = found.quotes & which;
  uint64_t inside = kernel_inside(quotes) ^ c.inside;
  uint64_t outside = which & ~inside;
  c.inside = 0 - (inside >> 63);
  c.wrong |= found.controls & which & inside;
  c.others += kernel_count(found.others & outside);
  c.count += kernel_list(w->bytes + c.count, w->places + c.count, block, quotes | (found.punctuation & outside), base);
  return c;
}

/* Whether a block lies within a string that has bytes beyond ASCII already, and changes nothing about it. */
static INLINE bool in_long_string(const walk *w, const unsigned char *block) {
  return w->pending & BEYOND_ASCII && !w->escape && kernel_ordinary(block);
}

/* The bytes behind the last whole block, as the end of a block that overlaps the one before. */
static inline carried sort_rest(walk *w, uint32_t at, unsigned char *copy, carried c) {
  uint32_t base = w->size - BLOCK;
  const unsigned char *block = w->text + base;
  uint64_t which = UINT64_MAX << (at - base);
  kernel_copy(copy, block);
  sorted found = kernel_sort(block);
  found.special |= w->unfinished;
  return sort_block(w, block, found, which, base - w->in.origin, c);
}

/* A text that is shorter than a block, with blanks behind it. */
static ASIDE void sort_short(walk *w) {
  memset(w->copy, ' ', 2 * BLOCK);
  memcpy(w->copy, w->text, w->size);
  carry_to(w, sort_block(w, w->copy, kernel_sort(w->copy), UINT64_MAX, 0, carried_from(w)));
  w->sorted = w->size;
}

/* As many blocks as a window has. What is not to be copied is copied all the same, to where nobody looks. */
static INLINE void sort_blocks(walk *w) {
  static const unsigned char blanks[BLOCK] = "                                                                ";
  const unsigned char *block = w->text + w->sorted;
  uint32_t left = w->size - w->sorted;
  uint32_t stop = w->sorted + (left > WINDOW ? WINDOW : left);
  const unsigned char *last = w->text + stop - BLOCK; /* that a block can begin at */
  unsigned char *copy = w->copy;
  size_t step = w->copied ? BLOCK : 0;
  uint32_t base = w->sorted - w->in.origin;
  carried c = carried_from(w);
  for (; block <= last; block += BLOCK, base += BLOCK, copy += step) {
    if (LIKELY(!w->unfinished)) {
      c = sort_block(w, block, kernel_sort_copy(copy, block), UINT64_MAX, base, c);
      continue;
    }
    kernel_copy(copy, block);
    if (!in_long_string(w, block)) {
      carry_to(w, c);
      sort_special(w, block, UINT64_MAX, base);
      c = carried_from(w);
    }
  }
  uint32_t at = base + w->in.origin;
  if (at < stop) {
    c = sort_rest(w, at, step ? w->copy + w->size - BLOCK : copy, c);
  }
  if (LIKELY(step)) {
    kernel_copy(w->copy + stop, blanks);
  }
  carry_to(w, c);
  w->sorted = stop;
}

static inline void skeleton_window(walk *w) {
  if (UNLIKELY(w->size < BLOCK)) {
    sort_short(w);
  } else {
    sort_blocks(w);
  }
}

#endif
