/* SPDX-License-Identifier: MIT */
#include "rules/index.h"

/* How many seeds are tried for one table: texts looked at in all tries, and tries. */
enum { SEED_WORK_MAX = 2048, SEEDS_MAX = 64 };

/* Slots for each text. More would save few probes and cost cache. */
enum { SLOTS_PER_TEXT = 4 };

/* Puts all texts into an empty table and tells the longest probe; gives up, with SIZE_MAX, when one gets as long as `bound`. */
static size_t try_seed(bdc__index *index, uint16_t *slots, uint64_t seed, const uint64_t *keys, size_t count, size_t bound) {
  size_t longest = 0;
  index->seed = seed;
  for (size_t i = 0; i <= index->mask; i++) {
    slots[i] = (uint16_t)count;
  }
  for (size_t i = 0; i < count; i++) {
    size_t slot = bdc__index_slot(index, keys[i]);
    size_t probe = 1;
    while (slots[slot] != count && probe < bound) {
      slot = (slot + 1) & index->mask;
      probe++;
    }
    if (probe >= bound) {
      return SIZE_MAX;
    }
    longest = probe > longest ? probe : longest;
    slots[slot] = (uint16_t)i;
  }
  return longest;
}

static uint64_t seed_at(uint64_t number) {
  return (2 * number + 1) * UINT64_C(0x9e3779b97f4a7c15);
}

/* Keeps the seed with the shortest longest probe, and stops at a perfect one. False where all probes are too long. */
static bool choose_seed(bdc__index *index, uint16_t *slots, const uint64_t *keys, size_t count, size_t bound) {
  size_t tries = count ? SEED_WORK_MAX / count : 1;
  tries = tries > SEEDS_MAX ? SEEDS_MAX : tries;
  uint64_t best_seed = 0;
  size_t best = bound;
  for (uint64_t i = 0; i <= tries && best > 1; i++) {
    size_t longest = try_seed(index, slots, seed_at(i), keys, count, best);
    if (longest < best) {
      best = longest;
      best_seed = seed_at(i);
    }
  }
  if (best == bound) {
    return false;
  }
  if (index->seed != best_seed) {
    try_seed(index, slots, best_seed, keys, count, bound);
  }
  index->probes = (uint32_t)best;
  return true;
}

/* At least two slots: a shift by all 64 bits is none. */
bool bdc__index_make(bdc__arena *arena, const uint64_t *keys, size_t count, size_t bound, bdc__index *out) {
  bdc__index index = { .shift = 63 };
  while ((size_t)1 << (64 - index.shift) < count * SLOTS_PER_TEXT) {
    index.shift--;
  }
  index.mask = ((size_t)1 << (64 - index.shift)) - 1;
  uint16_t *slots = bdc__arena_alloc(arena, index.mask + 1, sizeof(*slots));
  if (!slots) {
    return false;
  }
  index.slots = choose_seed(&index, slots, keys, count, bound) ? slots : NULL;
  *out = index;
  return true;
}
