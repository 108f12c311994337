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

/* Names that no `telling` speaks of are long: they begin and end somehow. */
static inline size_t slot_of(const bdc_object *object, bdc_str name) {
  const unsigned char *bytes = (const unsigned char *)name.data;
  size_t size = name.size;
  if (size < 8) {
    return bdc__name_slot(object, word_of(bytes, size), size + 1);
  }
  if (size + 1 < sizeof object->telling) {
    return bdc__name_slot(object, bdc__load_le64(bytes + object->telling[size + 1]), size + 1);
  }
  return bdc__name_slot(object, bdc__load_le64(bytes) ^ bdc__load_le64(bytes + size - 8), size + 1);
}

const bdc_row *bdc__object_find(const bdc_object *object, bdc_str name) {
  size_t slot = slot_of(object, name);
  for (; object->index[slot] != object->row_count; slot = (slot + 1) & object->index_mask) {
    const bdc_row *row = &object->rows[object->index[slot]];
    if (bdc__str_equal(row->name, name)) {
      return row;
    }
  }
  return NULL;
}

/* ---- index ---- */

static bool told_apart(const bdc_object *object, size_t size, size_t at) {
  for (size_t i = 0; i < object->row_count; i++) {
    for (size_t j = 0; j < i && object->rows[i].name.size == size; j++) {
      if (object->rows[j].name.size == size && memcmp(object->rows[i].name.data + at, object->rows[j].name.data + at, 8) == 0) {
        return false;
      }
    }
  }
  return true;
}

/*
 * For each size of a name the first place that tells all names of that size apart, or the last one. Only the accepter is helped by it,
 * and that leaves out larger objects.
 */
static void choose_telling(bdc_object *object) {
  for (size_t size = 9; size + 1 < sizeof object->telling && object->row_count <= 64; size++) {
    uint8_t at = 0;
    while (at < size - 8 && !told_apart(object, size, at)) {
      at++;
    }
    object->telling[size + 1] = at;
  }
}

/* Puts all rows into an empty table and tells the longest probe; gives up, with SIZE_MAX, when one gets as long as `bound`. */
static size_t try_seed(bdc_object *object, uint16_t *slots, uint64_t seed, size_t bound) {
  size_t longest = 0;
  object->index_seed = seed;
  for (size_t i = 0; i <= object->index_mask; i++) {
    slots[i] = (uint16_t)object->row_count;
  }
  for (size_t i = 0; i < object->row_count; i++) {
    size_t slot = slot_of(object, object->rows[i].name);
    size_t probe = 1;
    while (slots[slot] != object->row_count) {
      slot = (slot + 1) & object->index_mask;
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

/* Keeps the seed with the shortest longest probe, and stops at a perfect one. */
static void choose_seed(bdc_object *object, uint16_t *slots) {
  size_t tries = object->row_count ? SEED_WORK_MAX / object->row_count : 1;
  tries = tries > SEEDS_MAX ? SEEDS_MAX : tries;
  uint64_t best_seed = 0;
  size_t best = SIZE_MAX;
  for (uint64_t i = 0; i <= tries && best > 1; i++) {
    size_t longest = try_seed(object, slots, seed_at(i), best);
    if (longest < best) {
      best = longest;
      best_seed = seed_at(i);
    }
  }
  if (object->index_seed != best_seed) {
    try_seed(object, slots, best_seed, SIZE_MAX);
  }
}

/* At least two slots: a shift by all 64 bits is none. */
static bool build_index(bdc__arena *arena, bdc_object *object) {
  object->index_shift = 63;
  while ((size_t)1 << (64 - object->index_shift) < object->row_count * SLOTS_PER_ROW) {
    object->index_shift--;
  }
  object->index_mask = ((size_t)1 << (64 - object->index_shift)) - 1;
  uint16_t *slots = bdc__arena_alloc(arena, object->index_mask + 1, sizeof(*slots));
  if (!slots) {
    return false;
  }
  choose_telling(object);
  choose_seed(object, slots);
  object->index = slots;
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
