/* SPDX-License-Identifier: MIT */
#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>
#include <string.h>

/* test/coverage/run.sh makes it so small that each piece is an allocation of its own: each can fail then. */
#ifndef BDC__ARENA_BLOCK
#define BDC__ARENA_BLOCK (16 * 1024)
#endif

enum { BLOCK_SIZE = BDC__ARENA_BLOCK };

struct bdc__block {
  bdc__block *previous;
  alignas(max_align_t) char memory[];
};

static void *heap_allocate(size_t size, void *context) {
  (void)context;
  return malloc(size);
}

static void heap_release(void *memory, void *context) {
  (void)context;
  free(memory);
}

bdc_allocator bdc__allocator_or_default(const bdc_allocator *allocator) {
  return allocator ? *allocator : (bdc_allocator){ .allocate = heap_allocate, .release = heap_release };
}

void bdc__arena_init(bdc__arena *arena, const bdc_allocator *allocator) {
  *arena = (bdc__arena){ .allocator = bdc__allocator_or_default(allocator) };
}

void bdc__arena_free(bdc__arena *arena) {
  bdc__block *block = arena->blocks;
  while (block) {
    bdc__block *previous = block->previous;
    arena->allocator.release(block, arena->allocator.context);
    block = previous;
  }
  arena->blocks = NULL;
  arena->next = NULL;
  arena->left = 0;
}

static bdc__block *block_new(bdc__arena *arena, size_t size) {
  if (size > SIZE_MAX - sizeof(bdc__block)) {
    return NULL;
  }
  bdc__block *block = arena->allocator.allocate(sizeof(bdc__block) + size, arena->allocator.context);
  if (block) {
    block->previous = arena->blocks;
    arena->blocks = block;
  }
  return block;
}

void *bdc__arena_alloc(bdc__arena *arena, size_t count, size_t size) {
  const size_t unit = alignof(max_align_t);
  if (size && count > (SIZE_MAX - unit) / size) {
    return NULL;
  }
  size_t bytes = (count * size + unit - 1) / unit * unit;
  bytes = bytes ? bytes : unit; /* nothing is a piece of memory too, so that NULL always means that there is none */
  if (bytes > arena->left) {
    /* A large piece gets a block of its own, so that the rest of the current block is not lost. */
    bool own = bytes > BLOCK_SIZE / 4;
    bdc__block *block = block_new(arena, own ? bytes : BLOCK_SIZE);
    if (!block) {
      return NULL;
    }
    if (own) {
      return memset(block->memory, 0, bytes);
    }
    arena->next = block->memory;
    arena->left = BLOCK_SIZE;
  }
  void *memory = arena->next;
  arena->next += bytes;
  arena->left -= bytes;
  return memset(memory, 0, bytes);
}

bool bdc__arena_copy(bdc__arena *arena, bdc_str text, bdc_str *out) {
  char *copy = bdc__arena_alloc(arena, text.size + 1, 1);
  if (!copy) {
    *out = (bdc_str){ 0 };
    return false;
  }
  if (text.size) {
    memcpy(copy, text.data, text.size);
  }
  *out = (bdc_str){ copy, text.size };
  return true;
}
