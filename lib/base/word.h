/* SPDX-License-Identifier: MIT */
/* Eight bytes at a time. Loads are little-endian whatever the machine, so that the first byte is the lowest. */
#ifndef BDC_BASE_WORD_H
#define BDC_BASE_WORD_H

#include <stdint.h>
#include <string.h>

#define BDC__ONES UINT64_C(0x0101010101010101)
#define BDC__HIGHS UINT64_C(0x8080808080808080)

static inline uint64_t bdc__load_le64(const unsigned char *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

static inline uint32_t bdc__load_le32(const unsigned char *at) {
  uint32_t word;
  memcpy(&word, at, sizeof word);
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap32(word);
#endif
  return word;
}

/* The number of the lowest byte of `mask` that has its high bit set; `mask` is not 0. */
static inline unsigned bdc__first_byte(uint64_t mask) {
  return (unsigned)__builtin_ctzll(mask) / 8;
}

#endif
