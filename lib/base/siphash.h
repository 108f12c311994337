/* SPDX-License-Identifier: MIT */
/* SipHash-2-4 (Aumasson, Bernstein), fed in pieces: a keyed hash whose collisions cannot be chosen by who does not know the key. */
#ifndef BDC_BASE_SIPHASH_H
#define BDC_BASE_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

typedef struct bdc__siphash_key {
  uint64_t low;
  uint64_t high;
} bdc__siphash_key;

typedef struct bdc__siphash {
  uint64_t v[4];
  uint64_t tail; /* bytes not yet hashed, the first in the low byte */
  uint64_t size; /* bytes given so far */
} bdc__siphash;

void bdc__siphash_begin(bdc__siphash *hash, const bdc__siphash_key *key);
void bdc__siphash_feed(bdc__siphash *hash, const void *data, size_t size);
uint64_t bdc__siphash_end(bdc__siphash *hash);

#endif
