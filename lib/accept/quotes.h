/* SPDX-License-Identifier: MIT */
/* The list of a text's quotes, made a window at a time from bit masks of 64 bytes. See walk.h for the idea. */
#ifndef BDC_ACCEPT_QUOTES_H
#define BDC_ACCEPT_QUOTES_H

#include "accept/state.h"

/* The bytes that are in strings, first quotes included, behind as many quotes. */
static inline uint64_t inside_of(uint64_t quotes, uint32_t count) {
  return kernel_inside(quotes) ^ (0 - (uint64_t)(count & 1));
}

/* The quotes that no backslash escapes; `first` is the bit of the first byte. */
static uint64_t unescaped(walk *w, uint64_t backslashes, uint64_t quotes, uint64_t first) {
  uint64_t literal = w->escape ? first : 0;
  uint64_t left = backslashes & ~literal;
  w->escape = false;
  while (left) {
    uint64_t backslash = left & -left;
    w->escape = backslash >> 63;
    literal |= backslash << 1;
    left &= ~(backslash | backslash << 1);
  }
  return quotes & ~literal;
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

/* Some of the quotes of a block, which are listed behind `count` others. */
static void mark_quotes(walk *w, uint32_t count, uint64_t quotes, uint64_t marked, unsigned char mark) {
  for (; marked; marked &= marked - 1) {
    size_t at = count + kernel_count(quotes & ((marked & -marked) - 1));
    w->marks[at] = (unsigned char)((w->places[at] & MARK ? w->marks[at] : 0) | mark);
    w->places[at] |= MARK;
  }
}

/* Whether a block lies within a string that has bytes beyond ASCII already, and changes nothing about it. */
static inline bool in_long_string(const walk *w, const unsigned char *block) {
  return w->pending & BEYOND_ASCII && !w->escape && kernel_ordinary(block);
}

/*
 * A block that has more than quotes and plain text, or begins in what such a block has left unfinished. Its quotes are listed behind `count`
 * others; returns how many there are then. The last `over` bytes do not count: all masks are shifted by them, so that the last byte that
 * does has the highest bit.
 */
static ASIDE uint32_t list_special(walk *w, uint32_t count, const unsigned char *block, unsigned over, uint32_t base) {
  if (in_long_string(w, block)) {
    return count;
  }
  kinds found = kernel_kinds(block);
  uint64_t first = UINT64_C(1) << over;
  uint64_t quotes = unescaped(w, found.backslashes << over, found.quotes << over, first);
  uint64_t inside = inside_of(quotes, count) & (UINT64_MAX << over);
  uint64_t with_escape = quotes_behind(w, found.backslashes << over, inside, first, ESCAPE) & quotes;
  uint64_t with_more = quotes_behind(w, found.beyond_ascii << over, inside, first, BEYOND_ASCII) & quotes;
  w->wrong |= found.controls << over & inside;
  uint32_t more = kernel_list(w->places + count, quotes, base);
  mark_quotes(w, count, quotes, with_escape, ESCAPE);
  mark_quotes(w, count, quotes, with_more, BEYOND_ASCII);
  w->unfinished = w->escape || w->pending;
  return count + more;
}

/*
 * Lists the quotes of the next `size` bytes of the text, BLOCK at least, which are found at `block`. The first block is cut short where there
 * is no whole number of them. All are copied, to one place where `copy_step` is 0.
 */
static INLINE void list_bytes(walk *w, const unsigned char *block, uint32_t size, unsigned char *copy, size_t copy_step) {
  const unsigned char *end = block + size;
  unsigned over = (0 - size) % BLOCK;
  uint32_t base = w->listed - w->in.origin - over;
  uint32_t count = w->count;
  do {
    sorted found = kernel_sort(copy, block);
    size_t step = BLOCK - over;
    if (UNLIKELY(found.special | w->unfinished)) {
      count = list_special(w, count, block, over, base);
    } else {
      uint64_t quotes = found.quotes << over;
      if (UNLIKELY(found.controls)) {
        w->wrong |= found.controls << over & inside_of(quotes, count);
      }
      count += kernel_list(w->places + count, quotes, base);
    }
    block += step;
    copy += step & copy_step;
    base += BLOCK;
    over = 0;
  } while (block < end);
  w->count = count;
}

/* Where to look at members with care: there is not enough behind them, in the list or in the text. */
static inline uint32_t quick_end(const walk *w) {
  uint32_t end = w->listed == w->size ? w->count : w->count < MEMBER ? 0 : w->count - (MEMBER - 1);
  while (end && w->in.origin + (w->places[end + MEMBER - 2] & ~(unsigned)MARK) >= w->near_to) {
    end--;
  }
  return end;
}

/* Behind the list: places where no quote is. */
static inline void close_list(walk *w) {
  uint64_t end = (w->listed - w->in.origin) * UINT64_C(0x0001000100010001);
  static_assert(MEMBER * sizeof w->places[0] == sizeof end, "as many as are looked at together");
  memcpy(w->places + w->count, &end, sizeof end);
}

/* Lists all of a text that is not long, while it is copied. False: there is a control character in a string, or one without an end. */
static INLINE bool list_all(walk *w, const unsigned char *text, unsigned char *copy) {
  list_bytes(w, text, w->size, copy, SIZE_MAX);
  memset(copy + w->size, 0, BLOCK);
  w->listed = w->size;
  close_list(w);
  w->quick_end = w->count;
  return w->wrong == 0 && w->count % 2 == 0;
}

/* Lists the next window of the text, or what is left of it. */
static INLINE void list_window(walk *w) {
  const unsigned char *text = w->in.body + (w->listed - w->in.origin);
  uint32_t left = w->size - w->listed;
  if (UNLIKELY(left < BLOCK)) {
    memset(w->copy, ' ', BLOCK);
    memcpy(w->copy, text, left);
    list_bytes(w, w->copy, BLOCK, w->copy, 0);
    w->listed = w->size;
  } else {
    uint32_t size = left <= WINDOW ? left : WINDOW;
    list_bytes(w, text, size, w->copy, 0);
    w->listed += size;
  }
}

/* Goes on until there is enough ahead, or no more. False: there is a control character in a string, or a string is as long as SPAN_MAX. */
static ASIDE bool list_more(walk *w) {
  do {
    list_window(w);
  } while (w->count < 2 * MEMBER && w->listed < w->size && w->listed - w->in.origin < SPAN_MAX);
  close_list(w);
  w->quick_end = quick_end(w);
  return w->wrong == 0 && (w->listed == w->size ? w->count % 2 == 0 : w->count >= 2);
}

/* Forgets what has been understood, and goes on. The walk is at a quote, and outside of strings: what is behind the list is outside too. */
static ASIDE bool list_next(walk *w) {
  if (w->listed == w->size) {
    return true;
  }
  uint32_t past = w->at;
  w->count -= w->next;
  for (uint32_t i = 0; i < w->count; i++) {
    w->places[i] = (uint16_t)(w->places[w->next + i] - past);
    w->marks[i] = w->marks[w->next + i];
  }
  w->in.body += past;
  w->in.origin += past;
  w->in.end -= past;
  w->at = w->next = 0;
  w->listed = w->listed < w->in.origin ? w->in.origin : w->listed;
  return list_more(w);
}

#endif
