/* SPDX-License-Identifier: MIT */
/* Rows by name, and the sealing of an object. */
#include "rules/parse.h"

#include "base/word.h"

/* ---- look-up ---- */

/* A size is with a quote here, as the accepter has it. Names that no `telling` speaks of are short or long. */
static inline uint64_t key_of(const bdc_object *object, bdc_str name) {
  if (name.size >= 8 && name.size + 1 < sizeof object->telling) {
    return bdc__index_key(bdc__load_le64((const unsigned char *)name.data + object->telling[name.size + 1]), name.size + 1);
  }
  return bdc__index_key(bdc__index_word(name), name.size + 1);
}

const bdc_row *bdc__object_find(const bdc_object *object, bdc_str name) {
  const bdc__index *index = &object->index;
  size_t slot = bdc__index_slot(index, key_of(object, name));
  for (; index->slots[slot] != object->row_count; slot = (slot + 1) & index->mask) {
    const bdc_row *row = &object->rows[index->slots[slot]];
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

static bool build_index(bdc__load *load, bdc_object *object) {
  uint64_t *keys = bdc__arena_alloc(&load->scratch, object->row_count + 1, sizeof(*keys));
  if (!keys) {
    return false;
  }
  choose_telling(object);
  for (size_t i = 0; i < object->row_count; i++) {
    keys[i] = key_of(object, object->rows[i].name);
  }
  return bdc__index_make(&load->arena, keys, object->row_count, SIZE_MAX, &object->index);
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
  if (!rows || !set_mandatory(&load->arena, object) || !build_index(load, object) ||
      !bdc__codes_note(parser, rows, object->row_count)) {
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
