/* SPDX-License-Identifier: MIT */
#include "rules/list.h"

#include "base/str.h"

enum { FIRST_CAPACITY = 16 };

void *bdc__list_add(bdc__list *list, bdc__arena *arena, size_t size) {
  if (list->count == list->capacity) {
    size_t capacity = list->capacity ? list->capacity * 2 : FIRST_CAPACITY;
    char *items = bdc__arena_alloc(arena, capacity, size);
    if (!items) {
      return NULL;
    }
    if (list->count) {
      memcpy(items, list->items, list->count * size);
    }
    list->items = items;
    list->capacity = capacity;
  }
  return memset((char *)list->items + list->count++ * size, 0, size);
}

void *bdc__list_seal(const bdc__list *list, bdc__arena *arena, size_t size) {
  void *items = bdc__arena_alloc(arena, list->count ? list->count : 1, size);
  if (items && list->count) {
    memcpy(items, list->items, list->count * size);
  }
  return items;
}

/* ---- maps ---- */

static uint64_t hash_of(bdc_str key) {
  uint64_t hash = 0xcbf29ce484222325u;
  for (size_t i = 0; i < key.size; i++) {
    hash = (hash ^ (unsigned char)key.data[i]) * 0x100000001b3u;
  }
  return hash ^ (hash >> 32);
}

/* The key's slot, or the empty one where it would go. There is always an empty one. */
static bdc__map_slot *slot_of(const bdc__map *map, bdc_str key, uint64_t hash) {
  size_t mask = map->capacity - 1;
  size_t at = (size_t)hash & mask;
  while (map->slots[at].value && !(map->slots[at].hash == hash && bdc__str_equal(map->slots[at].key, key))) {
    at = (at + 1) & mask;
  }
  return &map->slots[at];
}

const void *bdc__map_get(const bdc__map *map, bdc_str key) {
  return map->count ? slot_of(map, key, hash_of(key))->value : NULL;
}

static bool map_grow(bdc__map *map, bdc__arena *arena) {
  bdc__map grown = { .capacity = map->capacity ? map->capacity * 2 : FIRST_CAPACITY, .count = map->count };
  grown.slots = bdc__arena_alloc(arena, grown.capacity, sizeof(*grown.slots));
  if (!grown.slots) {
    return false;
  }
  for (size_t i = 0; i < map->capacity; i++) {
    if (map->slots[i].value) {
      *slot_of(&grown, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    }
  }
  *map = grown;
  return true;
}

bool bdc__map_set(bdc__map *map, bdc__arena *arena, bdc_str key, const void *value) {
  if (map->count >= map->capacity / 2 && !map_grow(map, arena)) {
    return false;
  }
  uint64_t hash = hash_of(key);
  bdc__map_slot *slot = slot_of(map, key, hash);
  map->count += !slot->value;
  *slot = (bdc__map_slot){ key, hash, value };
  return true;
}

void bdc__map_clear(bdc__map *map) {
  if (map->count) {
    memset(map->slots, 0, map->capacity * sizeof(*map->slots));
    map->count = 0;
  }
}

/* ---- order ---- */

static void merge(const void **to, const void *const *a, size_t a_count, const void *const *b, size_t b_count,
                  int (*compare)(const void *, const void *)) {
  while (a_count || b_count) {
    bool first = a_count && (!b_count || compare(*a, *b) <= 0);
    *to++ = first ? *a++ : *b++;
    a_count -= first;
    b_count -= !first;
  }
}

/* Merges neighbours of growing width. The C library's qsort is not stable and may call malloc. */
void bdc__sort(const void **items, const void **scratch, size_t count, int (*compare)(const void *, const void *)) {
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t at = 0; at < count; at += 2 * width) {
      size_t left = count - at;
      size_t a = left < width ? left : width;
      size_t b = left - a < width ? left - a : width;
      merge(scratch + at, items + at, a, items + at + a, b, compare);
    }
    memcpy(items, scratch, count * sizeof(*items));
  }
}

int bdc__str_order(bdc_str a, bdc_str b) {
  size_t size = a.size < b.size ? a.size : b.size;
  int order = size ? memcmp(a.data, b.data, size) : 0;
  return order ? order : (a.size > b.size) - (a.size < b.size);
}
