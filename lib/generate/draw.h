/* SPDX-License-Identifier: MIT */
/* Numbers that look like chance and follow from a seed alone (splitmix64): the same on every machine. */
#ifndef BDC_GENERATE_DRAW_H
#define BDC_GENERATE_DRAW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bdc__draw {
  uint64_t state;
} bdc__draw;

static inline uint64_t bdc__draw_next(bdc__draw *draw) {
  uint64_t x = draw->state += UINT64_C(0x9e3779b97f4a7c15);
  x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
  x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
  return x ^ x >> 31;
}

/* A number below `bound`, which is not 0. */
static inline size_t bdc__draw_below(bdc__draw *draw, size_t bound) {
  return (size_t)(bdc__draw_next(draw) % bound);
}

/* Whether a chance of one in so many comes true. */
static inline bool bdc__draw_one_in(bdc__draw *draw, size_t count) {
  return bdc__draw_below(draw, count) == 0;
}

#endif
