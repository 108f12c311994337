/* SPDX-License-Identifier: MIT */
/* The index of the walk: where the quotes of a text are, a window of it at a time. See walk.h for the idea. */
#ifndef BDC_ACCEPT_INDEX_H
#define BDC_ACCEPT_INDEX_H

#include "accept/state.h"

/* The quotes that no backslash escapes. */
static uint64_t unescaped(walk *w, uint64_t backslashes, uint64_t quotes) {
  uint64_t escaped = w->escape;
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

static inline uint32_t marks_of(const marks *found, uint64_t where) {
  return (found->backslash & where ? ESCAPED : 0) | (found->beyond_ascii & where ? BEYOND_ASCII : 0);
}

/* Marks each quote of a block for what lies between it and the one before. */
static inline void mark_quotes(walk *w, uint32_t *quotes, const uint32_t *end, uint32_t base, const marks *found) {
  uint32_t pending = w->pending;
  uint64_t ahead = UINT64_MAX;
  for (; quotes < end; quotes++) {
    uint64_t before = (UINT64_C(1) << (*quotes - base)) - 1;
    *quotes |= pending | marks_of(found, ahead & before);
    pending = 0;
    ahead = ~before;
  }
  w->pending = pending | marks_of(found, ahead);
}

/* Whether a control character, of those that a block has, stands in a string. */
static inline bool control_in_string(const walk *w, const uint32_t *out, uint64_t quotes, uint64_t control) {
  bool in_string = w->in_string ^ ((out - w->window_quotes) & 1);
  return (control & (kernel_inside(quotes) ^ -(uint64_t)in_string)) != 0;
}

/* A block with backslashes or bytes beyond ASCII, or that begins in what such a block has left unfinished. */
static ASIDE uint32_t *index_special(walk *w, uint32_t *out, uint64_t quotes, const marks *found, uint32_t base) {
  if (LIKELY((quotes | found->backslash | found->control | w->escape) == 0)) {
    /* Within a long string. */
    w->pending |= marks_of(found, UINT64_MAX);
    w->unfinished = w->pending;
    return out;
  }
  quotes = unescaped(w, found->backslash, quotes);
  if (found->control && control_in_string(w, out, quotes, found->control)) {
    return NULL;
  }
  uint32_t *end = kernel_places(out, quotes, base);
  mark_quotes(w, out, end, base, found);
  w->unfinished = w->escape || w->pending;
  return end;
}

/* One block; NULL: a control character in a string. Of its bytes the first `skip` have been seen before. */
static INLINE uint32_t *index_block(walk *w, uint32_t *out, const unsigned char *block, uint32_t base, unsigned skip) {
  bool special = false;
  uint64_t quotes = kernel_quotes(block, &special) >> skip;
  if (UNLIKELY(special | w->unfinished)) {
    marks found = kernel_marks(block);
    found.backslash >>= skip;
    found.control >>= skip;
    found.beyond_ascii >>= skip;
    if (UNLIKELY(found.backslash | found.beyond_ascii | w->unfinished)) {
      return index_special(w, out, quotes, &found, base);
    }
    if (found.control && UNLIKELY(control_in_string(w, out, quotes, found.control))) {
      return NULL;
    }
  }
  return kernel_places(out, quotes, base);
}

/* The bytes behind the last whole block: as the end of a block that overlaps the one before, or of the copy, with blanks behind them. */
static inline uint32_t *index_rest(walk *w, uint32_t *out, uint32_t at) {
  uint32_t size = w->size - at;
  if (LIKELY(w->size >= BLOCK)) {
    return index_block(w, out, w->text + w->size - BLOCK, at, BLOCK - size);
  }
  return index_block(w, out, w->copy, at, 0);
}

/* As many blocks as a window has. NULL: a control character in a string. */
static inline uint32_t *index_window(walk *w, uint32_t *out) {
  const unsigned char *text = w->text;
  uint32_t at = w->indexed;
  uint32_t left = w->size - at;
  uint32_t stop = at + (left > WINDOW ? WINDOW : left);
  w->window_quotes = out;
  for (; out && at + BLOCK <= stop; at += BLOCK) {
    out = index_block(w, out, text + at, at, 0);
  }
  if (out && at < stop) {
    out = index_rest(w, out, at);
  }
  w->indexed = stop;
  w->in_string ^= out && ((out - w->window_quotes) & 1);
  return out;
}

/* Goes on until there are enough quotes ahead, or no more. False: a control character in a string. */
static ASIDE bool index_more(walk *w) {
  uint32_t *out = w->quotes;
  if (w->indexed == w->size) {
    return true;
  }
  while (w->quote < w->quotes_end) {
    *out++ = *w->quote++;
  }
  w->quote = w->quotes;
  do {
    out = index_window(w, out);
  } while (out && out < w->quotes + AHEAD && w->indexed < w->size);
  if (!out) {
    return false;
  }
  for (unsigned i = 0; i < AHEAD; i++) {
    out[i] = NO_QUOTE;
  }
  w->quotes_end = out;
  w->refill = w->indexed < w->size ? out - AHEAD : out;
  return true;
}

/* Sees to it that the quotes ahead can be looked at. */
static inline bool quotes_ahead(walk *w) {
  return LIKELY(w->quotes_end - w->quote >= AHEAD) || index_more(w);
}

#endif
