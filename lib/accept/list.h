/* SPDX-License-Identifier: MIT */
/* Bits as numbers, for kernels of machines that have no instruction for it. */
#ifndef BDC_ACCEPT_LIST_H
#define BDC_ACCEPT_LIST_H

#include "accept/view.h"

/* The number of the lowest bit; any where there is none. */
static inline uint32_t lowest_bit(uint64_t bits) {
#if defined(__x86_64__)
  /* By hand, or compilers add to it, for the sake of old processors, and make vectors of what does not gain by it. */
  uint64_t number;
  __asm__("rep bsfq %1, %0" : "=r"(number) : "r"(bits) : "cc");
  return (uint32_t)number;
#else
  return (uint32_t)__builtin_ctzll(bits | UINT64_C(1) << 63);
#endif
}

/*
 * Writes the numbers of the bits that are set, plus a base: a batch at a time, whether there are so many or fewer, for how many there are
 * can't be foreseen.
 */
static INLINE uint32_t list_bits(uint16_t *places, uint64_t bits, uint32_t base, uint32_t count) {
  enum { FIRST = 8, BATCH = 4 };
#pragma GCC unroll 8
  for (uint32_t i = 0; i < FIRST; i++, bits &= bits - 1) {
    places[i] = (uint16_t)(base + lowest_bit(bits));
  }
  for (uint32_t done = FIRST; UNLIKELY(done < count); done += BATCH) {
#pragma GCC unroll 4
    for (uint32_t i = 0; i < BATCH; i++, bits &= bits - 1) {
      places[done + i] = (uint16_t)(base + lowest_bit(bits));
    }
  }
  return count;
}

#endif
