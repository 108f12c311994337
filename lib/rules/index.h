/* SPDX-License-Identifier: MIT */
/*
 * Texts by hash tables whose seeds are chosen when the rules are loaded, so that most texts are found at the first probe. A table holds
 * numbers; the texts, and their comparison, are its user's.
 */
#ifndef BDC_RULES_INDEX_H
#define BDC_RULES_INDEX_H

#include "base/arena.h"
#include "base/word.h"

typedef struct bdc__index {
  const uint16_t *slots; /* the number of a text; how many texts there are where a slot is free */
  size_t mask;
  uint64_t seed;
  uint32_t shift;
  uint32_t probes; /* within so many a text is found, or not at all */
} bdc__index;
enum { BDC__INDEX_MAX = UINT16_MAX }; /* texts */

/* Where the first probe for a key is. */
static inline size_t bdc__index_slot(const bdc__index *index, uint64_t key) {
  return (size_t)(key * index->seed >> index->shift);
}

/* The key of a text of so many bytes, some of which are in a word. */
static inline uint64_t bdc__index_key(uint64_t word, size_t size) {
  return word + size;
}

/* Less than eight bytes, with zeros behind; loads that overlap agree where they do. */
static inline uint64_t bdc__index_short_word(const unsigned char *bytes, size_t size) {
  if (size >= 4) {
    return bdc__load_le32(bytes) | (uint64_t)bdc__load_le32(bytes + size - 4) << 8 * (size - 4);
  }
  if (size == 0) {
    return 0;
  }
  size_t middle = size / 2;
  size_t last = size - 1;
  return bytes[0] | (uint64_t)bytes[middle] << 8 * middle | (uint64_t)bytes[last] << 8 * last;
}

/* A short text, or how a longer one begins and ends. */
static inline uint64_t bdc__index_word(bdc_str text) {
  const unsigned char *bytes = (const unsigned char *)text.data;
  return text.size < 8 ? bdc__index_short_word(bytes, text.size) : bdc__load_le64(bytes) + bdc__load_le64(bytes + text.size - 8);
}

/*
 * An index of texts with these keys, in which all are found before the probe `bound`. It has no slots where no seed leads to one. False
 * without memory.
 */
bool bdc__index_make(bdc__arena *arena, const uint64_t *keys, size_t count, size_t bound, bdc__index *out);

#endif
