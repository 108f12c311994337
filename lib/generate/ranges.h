/* SPDX-License-Identifier: MIT */
/* The characters of a class as ranges of code points: what its edges are, and which of its characters a value may be made of. */
#ifndef BDC_GENERATE_RANGES_H
#define BDC_GENERATE_RANGES_H

#include "base/arena.h"
#include "generate/draw.h"
#include "rules/pattern.h"

typedef struct bdc__range {
  uint32_t first;
  uint32_t last;
} bdc__range;

/* Ascending, and never next to each other. Surrogates are members of none. */
typedef struct bdc__ranges {
  const bdc__range *items;
  size_t count;
} bdc__ranges;

/*
 * The ranges of a bracket class, from PCRE2: ASCII is sampled, what is beyond is asked of the class and its complement in turn. Where
 * `ascii_will_do`, only those in ASCII if there are any. They live in the arena. BDC_ERR_MEMORY, or BDC_ERR_RULES where PCRE2 refuses the
 * class.
 */
bdc_status bdc__ranges_of(bdc__arena *arena, bdc__matcher *matcher, bdc_str bracket_class, bool ascii_will_do, bdc__ranges *out);

/* The code points next to another, surrogates left out; UINT32_MAX where there is none. */
static inline uint32_t bdc__character_behind(uint32_t character) {
  return character == 0x10ffff ? UINT32_MAX : character == 0xd7ff ? 0xe000 : character + 1;
}

static inline uint32_t bdc__character_before(uint32_t character) {
  return character == 0 ? UINT32_MAX : character == 0xe000 ? 0xd7ff : character - 1;
}

bool bdc__ranges_have(const bdc__ranges *ranges, uint32_t character);

/* Some member from `first` to `last`; false where there is none. */
bool bdc__ranges_draw(const bdc__ranges *ranges, bdc__draw *draw, uint32_t first, uint32_t last, uint32_t *character);

#endif
