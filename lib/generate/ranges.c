/* SPDX-License-Identifier: MIT */
#include "generate/ranges.h"

#include "base/str.h"
#include "base/utf8.h"
#include "rules/bracket.h"

enum { ASCII = 0x80, SURROGATES = 0xd800, BEHIND_SURROGATES = 0xe000 };

/* How many code points are looked at in one text. */
enum { WINDOW = 4096, WINDOW_BYTES = WINDOW * 4 };

/* Ranges that grow in memory of their own and move to the arena at the end. */
typedef struct collector {
  bdc__arena *arena;
  bdc__matcher *matcher;
  bdc__pattern *members;
  bdc__pattern *others;
  bdc__range *items;
  size_t count;
  size_t capacity;
  char *window;
  bdc_status status;
} collector;

static bool grow(collector *to) {
  if (to->count < to->capacity) {
    return true;
  }
  size_t capacity = to->capacity ? to->capacity * 2 : 16;
  bdc__range *items = bdc__arena_alloc(to->arena, capacity, sizeof *items);
  if (!items) {
    to->status = BDC_ERR_MEMORY;
    return false;
  }
  if (to->count) {
    memcpy(items, to->items, to->count * sizeof *items);
  }
  to->items = items;
  to->capacity = capacity;
  return true;
}

static void add(collector *to, uint32_t first, uint32_t last) {
  bdc__range *previous = to->count ? &to->items[to->count - 1] : NULL;
  if (previous && bdc__character_behind(previous->last) == first) {
    previous->last = last;
  } else if (grow(to)) {
    to->items[to->count++] = (bdc__range){ first, last };
  }
}

static void add_ascii(collector *to) {
  uint8_t ascii[ASCII];
  to->status = bdc__pattern_sample(&to->arena->allocator, to->members, ascii);
  for (uint32_t c = 0; c < ASCII && to->status == BDC_OK; c++) {
    if (ascii[c]) {
      add(to, c, c);
    }
  }
}

/* The code point that stands so many characters behind another. */
static uint32_t moved(uint32_t from, size_t count) {
  uint32_t to = from + (uint32_t)count;
  return from < SURROGATES && to >= SURROGATES ? to + (BEHIND_SURROGATES - SURROGATES) : to;
}

/* Members and others of a text of code points that follow one another, in turn. */
static void add_window(collector *to, bdc_str text, uint32_t first) {
  bool limit = false;
  bool member = true;
  size_t still = 0;
  for (size_t at = 0; at < text.size && still < 2; member = !member) {
    size_t size = bdc__pattern_run(member ? to->members : to->others, to->matcher, bdc__str_from(text, at), &limit);
    size_t count = bdc__utf8_count(text.data + at, size);
    if (member && count) {
      add(to, first, moved(first, count - 1));
    }
    first = moved(first, count);
    at += size;
    still = size ? 0 : still + 1;
  }
  if (limit || still == 2) {
    to->status = BDC_ERR_RULES;
  }
}

static void add_beyond(collector *to) {
  for (uint32_t c = ASCII; c != UINT32_MAX && to->status == BDC_OK;) {
    uint32_t first = c;
    size_t size = 0;
    for (size_t i = 0; i < WINDOW && c != UINT32_MAX; i++, c = bdc__character_behind(c)) {
      size += bdc__utf8_encode(c, to->window + size);
    }
    add_window(to, (bdc_str){ to->window, size }, first);
  }
}

/* "[^...]" of "[...]", and the other way. It is one that PCRE2 takes, so that there is something in it. */
static bdc_str complement(bdc__arena *arena, bdc_str bracket) {
  char *text = bdc__arena_alloc(arena, bracket.size + 2, 1);
  if (!text) {
    return (bdc_str){ 0 };
  }
  size_t size = 0;
  bool negated = bracket.data[1] == '^';
  bdc_str content = bdc__str_from(bracket, negated ? 2 : 1);
  text[size++] = '[';
  if (!negated) {
    text[size++] = '^';
  } else if (content.data[0] == '^') {
    text[size++] = '\\';
  }
  memcpy(text + size, content.data, content.size);
  return (bdc_str){ text, size + content.size };
}

static void collect(collector *to, bdc_str bracket_class, bool ascii_will_do) {
  bdc__pattern_fault fault;
  const bdc_allocator *memory = &to->arena->allocator;
  to->status = bdc__pattern_new_run(memory, bracket_class, &to->members, &fault);
  if (to->status == BDC_OK) {
    add_ascii(to);
  }
  if (to->status != BDC_OK || bdc__bracket_ascii(bracket_class) || (ascii_will_do && to->count)) {
    return;
  }
  bdc_str others = complement(to->arena, bracket_class);
  to->window = bdc__arena_alloc(to->arena, WINDOW_BYTES, 1);
  if (!others.data || !to->window) {
    to->status = BDC_ERR_MEMORY;
    return;
  }
  to->status = bdc__pattern_new_run(memory, others, &to->others, &fault);
  if (to->status == BDC_OK) {
    add_beyond(to);
  }
}

bdc_status bdc__ranges_of(bdc__arena *arena, bdc__matcher *matcher, bdc_str bracket_class, bool ascii_will_do, bdc__ranges *out) {
  collector to = { .arena = arena, .matcher = matcher };
  collect(&to, bracket_class, ascii_will_do);
  bdc__pattern_free(&arena->allocator, to.members);
  bdc__pattern_free(&arena->allocator, to.others);
  *out = to.status == BDC_OK ? (bdc__ranges){ to.items, to.count } : (bdc__ranges){ 0 };
  return to.status;
}

bool bdc__ranges_have(const bdc__ranges *ranges, uint32_t character) {
  size_t low = 0;
  size_t high = ranges->count;
  while (low < high) {
    size_t middle = low + (high - low) / 2;
    if (character < ranges->items[middle].first) {
      high = middle;
    } else if (character > ranges->items[middle].last) {
      low = middle + 1;
    } else {
      return true;
    }
  }
  return false;
}

/* What a range has from `first` to `last`. */
static size_t overlap(bdc__range range, uint32_t first, uint32_t last, uint32_t *from) {
  uint32_t low = range.first > first ? range.first : first;
  uint32_t high = range.last < last ? range.last : last;
  *from = low;
  return low <= high ? high - low + 1 : 0;
}

bool bdc__ranges_draw(const bdc__ranges *ranges, bdc__draw *draw, uint32_t first, uint32_t last, uint32_t *character) {
  uint32_t from;
  size_t count = 0;
  for (size_t i = 0; i < ranges->count; i++) {
    count += overlap(ranges->items[i], first, last, &from);
  }
  if (count == 0) {
    return false;
  }
  size_t chosen = bdc__draw_below(draw, count);
  size_t here = overlap(ranges->items[0], first, last, &from);
  for (size_t i = 1; chosen >= here; i++) {
    chosen -= here;
    here = overlap(ranges->items[i], first, last, &from);
  }
  *character = from + (uint32_t)chosen;
  /* A range may go over the surrogates. */
  if (*character >= SURROGATES && *character < BEHIND_SURROGATES) {
    *character = BEHIND_SURROGATES;
  }
  return *character <= last;
}
