/* SPDX-License-Identifier: MIT */
/* An allocator that counts, and fails once where the input says so. */
#ifndef BDC_FUZZ_BUDGET_H
#define BDC_FUZZ_BUDGET_H

#include <bodycheck/bodycheck.h>

#include <stdlib.h>

typedef struct budget {
  size_t calls;
  size_t fail_at; /* 0: never */
  size_t live;
} budget;

static inline void *budget_allocate(size_t size, void *context) {
  budget *left = context;
  void *memory = ++left->calls == left->fail_at ? NULL : malloc(size ? size : 1);
  left->live += memory != NULL;
  return memory;
}

static inline void budget_release(void *memory, void *context) {
  budget *left = context;
  left->live -= memory != NULL;
  free(memory);
}

static inline bdc_allocator budget_allocator(budget *left) {
  return (bdc_allocator){ budget_allocate, budget_release, left };
}

#endif
