/* SPDX-License-Identifier: MIT */
/* What the loader gathers things in: lists that grow, maps from text, a stable sort. All memory is an arena's. */
#ifndef BDC_RULES_LIST_H
#define BDC_RULES_LIST_H

#include "base/arena.h"

typedef struct bdc__list {
  void *items;
  size_t count;
  size_t capacity;
} bdc__list;

/* One more item of `size` bytes, zeroed; NULL without memory. The items move when the list grows. */
void *bdc__list_add(bdc__list *list, bdc__arena *arena, size_t size);

/* A copy of the items that no longer grows; never NULL, but without memory. */
void *bdc__list_seal(const bdc__list *list, bdc__arena *arena, size_t size);

typedef struct bdc__map_slot {
  bdc_str key;
  uint64_t hash;
  const void *value;
} bdc__map_slot;

/* Text to a pointer that is not NULL. Keys are not copied. */
typedef struct bdc__map {
  bdc__map_slot *slots;
  size_t capacity;
  size_t count;
} bdc__map;

/* NULL where the key is not in the map. */
const void *bdc__map_get(const bdc__map *map, bdc_str key);

/* Sets the value of a key, which may be new. False without memory. */
bool bdc__map_set(bdc__map *map, bdc__arena *arena, bdc_str key, const void *value);

/* Forgets everything, keeps the memory. */
void bdc__map_clear(bdc__map *map);

/* Sorts pointers; equal ones keep their order. `scratch` is for as many pointers. */
void bdc__sort(const void **items, const void **scratch, size_t count, int (*compare)(const void *, const void *));

/* Byte by byte; the shorter first where one begins the other. */
int bdc__str_order(bdc_str a, bdc_str b);

#endif
