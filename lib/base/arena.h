/* SPDX-License-Identifier: MIT */
/* Memory that is freed all at once, over the caller's allocator. */
#ifndef BDC_BASE_ARENA_H
#define BDC_BASE_ARENA_H

#include <bodycheck/bodycheck.h>

typedef struct bdc__block bdc__block;

typedef struct bdc__arena {
  bdc_allocator allocator;
  bdc__block *blocks;
  char *next;
  size_t left;
} bdc__arena;

/* `allocator` NULL: malloc and free. Takes nothing yet. */
void bdc__arena_init(bdc__arena *arena, const bdc_allocator *allocator);
void bdc__arena_free(bdc__arena *arena);

/* Zeroed memory, aligned for any object; NULL where the allocator has none, or where count * size overflows. */
void *bdc__arena_alloc(bdc__arena *arena, size_t count, size_t size);

/* A NUL-terminated copy; *out is empty on failure. */
bool bdc__arena_copy(bdc__arena *arena, bdc_str text, bdc_str *out);

/* The allocator that NULL stands for. */
bdc_allocator bdc__allocator_or_default(const bdc_allocator *allocator);

#endif
