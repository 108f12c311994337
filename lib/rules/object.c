/* SPDX-License-Identifier: MIT */
/* Rows by name: a hash table whose seed was chosen when the rules were loaded, so that most names are found at the first probe. */
#include "rules/parse.h"

#include "base/word.h"

/* How many seeds are tried for one table: rows looked at in all tries, and tries. */
enum { SEED_WORK_MAX = 2048, SEEDS_MAX = 64 };

/* Slots for each row. More would save few probes and cost cache. */
enum { SLOTS_PER_ROW = 4 };

/* ---- look-up ---- */

/* Less than eight bytes, with zeros behind; loads that overlap agree where they do. */
static inline uint64_t word_of(const unsigned char *bytes, size_t size) {
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

static inline size_t slot_of(bdc_str name, uint64_t seed, size_t mask) {
  const unsigned char *bytes = (const unsigned char *)name.data;
  size_t size = name.size;
  if (size >= 8) {
    return bdc__name_slot(seed, mask, bdc__load_le64(bytes), bdc__load_le64(bytes + size - 8), size);
  }
  uint64_t word = word_of(bytes, size);
  return bdc__name_slot(seed, mask, word, word, size);
}

const bdc_row *bdc__object_find(const bdc_object *object, bdc_str name) {
  size_t slot = slot_of(name, object->index_seed, object->index_mask);
  for (; object->index[slot]; slot = (slot + 1) & object->index_mask) {
    const bdc_row *row = &object->rows[object->index[slot] - 1];
    if (bdc__str_equal(row->name, name)) {
      return row;
    }
  }
  return NULL;
}

/* ---- index ---- */

typedef struct index_try {
  uint16_t *slots;
  size_t mask;
  uint64_t seed;
  size_t longest; /* probe, over all rows */
} index_try;

/* Puts all rows into an empty table; gives up when a probe gets as long as `bound`. */
static bool try_seed(const bdc_row *rows, size_t count, size_t bound, index_try *index) {
  memset(index->slots, 0, (index->mask + 1) * sizeof(*index->slots));
  index->longest = 0;
  for (size_t i = 0; i < count; i++) {
    size_t slot = slot_of(rows[i].name, index->seed, index->mask);
    size_t probe = 1;
    while (index->slots[slot]) {
      slot = (slot + 1) & index->mask;
      probe++;
    }
    if (probe >= bound) {
      return false;
    }
    index->longest = probe > index->longest ? probe : index->longest;
    index->slots[slot] = (uint16_t)(i + 1);
  }
  return true;
}

static size_t index_size(size_t rows) {
  size_t size = 1;
  while (size < rows * SLOTS_PER_ROW) {
    size *= 2;
  }
  return size;
}

/* Keeps the seed with the shortest longest probe, and stops at a perfect one. */
static void choose_seed(const bdc_row *rows, size_t count, index_try *index) {
  size_t tries = count ? SEED_WORK_MAX / count : 1;
  tries = tries > SEEDS_MAX ? SEEDS_MAX : tries;
  uint64_t best_seed = 0;
  size_t best = SIZE_MAX;
  index_try attempt = *index;
  for (uint64_t seed = 0; seed <= tries && best > 1; seed++) {
    attempt.seed = seed * UINT64_C(0x9e3779b97f4a7c15);
    if (try_seed(rows, count, best, &attempt)) {
      best = attempt.longest;
      best_seed = attempt.seed;
    }
  }
  if (attempt.seed != best_seed) {
    attempt.seed = best_seed;
    try_seed(rows, count, SIZE_MAX, &attempt);
  }
  *index = attempt;
}

static bool build_index(bdc__arena *arena, bdc_object *object) {
  index_try index = { .mask = index_size(object->row_count) - 1 };
  index.slots = bdc__arena_alloc(arena, index.mask + 1, sizeof(*index.slots));
  if (!index.slots) {
    return false;
  }
  choose_seed(object->rows, object->row_count, &index);
  object->index = index.slots;
  object->index_mask = index.mask;
  object->index_seed = index.seed;
  return true;
}

/* ---- sealing ---- */

static bool set_mandatory(bdc__arena *arena, bdc_object *object) {
  object->words = object->row_count ? (object->row_count + 63) / 64 : 1;
  uint64_t *mandatory = bdc__arena_alloc(arena, object->words, sizeof(*mandatory));
  for (size_t i = 0; mandatory && i < object->row_count; i++) {
    if (object->rows[i].flags & BDC__ROW_MANDATORY) {
      mandatory[i / 64] |= UINT64_C(1) << i % 64;
    }
  }
  object->mandatory = mandatory;
  return mandatory != NULL;
}

/* Every row but the first of its name is a mistake: the index leads to the first. */
static void tell_duplicates(bdc__parser *parser, size_t column, const bdc_object *object) {
  for (size_t i = 0; i < object->row_count; i++) {
    const bdc_row *row = &object->rows[i];
    const bdc_row *first = bdc__object_find(object, row->name);
    if (first != row) {
      bdc__mistake(&parser->mistakes, row->line, column, "a second row for \"%.*s\"; the first is in line %zu", BDC__SHOWN(row->name),
                   first->line);
    }
  }
}

bool bdc__object_seal(bdc__parser *parser, size_t column, bdc_object *object) {
  bdc__load *load = parser->load;
  object->row_count = parser->rows.count;
  bdc_row *rows = bdc__list_seal(&parser->rows, &load->arena, sizeof(*rows));
  object->rows = rows;
  if (!rows || !set_mandatory(&load->arena, object) || !build_index(&load->arena, object)) {
    return bdc__parse_no_memory(parser);
  }
  /* A row with a mistake need not make sense, and no body will be held against it. */
  bool sound = parser->mistakes.list.count == 0 && !bdc__parse_stopped(parser);
  if (sound && !bdc__plan_make(&load->arena, object, rows)) {
    return bdc__parse_no_memory(parser);
  }
  tell_duplicates(parser, column, object);
  load->words_max = object->words > load->words_max ? object->words : load->words_max;
  return true;
}
