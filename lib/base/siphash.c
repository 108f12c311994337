/* SPDX-License-Identifier: MIT */
#include "base/siphash.h"

#include "base/word.h"

static uint64_t rotate(uint64_t x, unsigned bits) {
  return (x << bits) | (x >> (64 - bits));
}

static void round_of(uint64_t v[4]) {
  v[0] += v[1];
  v[2] += v[3];
  v[1] = rotate(v[1], 13) ^ v[0];
  v[3] = rotate(v[3], 16) ^ v[2];
  v[0] = rotate(v[0], 32);
  v[2] += v[1];
  v[0] += v[3];
  v[1] = rotate(v[1], 17) ^ v[2];
  v[3] = rotate(v[3], 21) ^ v[0];
  v[2] = rotate(v[2], 32);
}

static void compress(bdc__siphash *hash, uint64_t word) {
  hash->v[3] ^= word;
  round_of(hash->v);
  round_of(hash->v);
  hash->v[0] ^= word;
}

void bdc__siphash_begin(bdc__siphash *hash, const bdc__siphash_key *key) {
  *hash = (bdc__siphash){ .v = { key->low ^ UINT64_C(0x736f6d6570736575), key->high ^ UINT64_C(0x646f72616e646f6d),
                                 key->low ^ UINT64_C(0x6c7967656e657261), key->high ^ UINT64_C(0x7465646279746573) } };
}

void bdc__siphash_feed(bdc__siphash *hash, const void *data, size_t size) {
  const unsigned char *at = data;
  for (; size && (hash->size & 7); size--, at++) {
    hash->tail |= (uint64_t)*at << (8 * (hash->size & 7));
    if ((++hash->size & 7) == 0) {
      compress(hash, hash->tail);
      hash->tail = 0;
    }
  }
  for (; size >= 8; size -= 8, at += 8) {
    compress(hash, bdc__load_le64(at));
    hash->size += 8;
  }
  for (; size; size--, at++, hash->size++) {
    hash->tail |= (uint64_t)*at << (8 * (hash->size & 7));
  }
}

uint64_t bdc__siphash_end(bdc__siphash *hash) {
  compress(hash, hash->tail | hash->size << 56);
  hash->v[2] ^= 0xff;
  for (int i = 0; i < 4; i++) {
    round_of(hash->v);
  }
  return hash->v[0] ^ hash->v[1] ^ hash->v[2] ^ hash->v[3];
}
