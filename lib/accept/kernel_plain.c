/* SPDX-License-Identifier: MIT */
/* The kernel for any machine: eight bytes at a time. */
#include "accept/walk.h"

#include "accept/no_shuffle.h"

enum { WORD = 8 };

/* The high bit of each byte that is zero. */
static inline uint64_t zero_bytes(uint64_t word) {
  return ~(((word & ~BDC__HIGHS) + ~BDC__HIGHS) | word) & BDC__HIGHS;
}

/* The high bit of each byte whose low seven bits are below 0x20. */
static inline uint64_t outside(uint64_t word) {
  return ~((word & ~BDC__HIGHS) + BDC__ONES * (0x80 - 0x20)) & BDC__HIGHS;
}

/* The high bits of eight bytes, as the low eight bits. */
static inline uint64_t gather(uint64_t highs) {
  return (highs >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

static inline uint64_t kernel_quotes(const unsigned char *block, bool *special) {
  uint64_t quotes = 0;
  uint64_t others = 0;
  for (unsigned i = 0; i < BLOCK / WORD; i++) {
    uint64_t word = bdc__load_le64(block + i * WORD);
    quotes |= gather(zero_bytes(word ^ BDC__ONES * '"')) << i * WORD;
    uint64_t backslash = word ^ BDC__ONES * '\\';
    others |= (backslash - BDC__ONES) | (word - BDC__ONES * 0x20) | word;
  }
  *special = (others & BDC__HIGHS) != 0;
  return quotes;
}

static inline marks kernel_marks(const unsigned char *block) {
  marks found = { 0, 0, 0 };
  for (unsigned i = 0; i < BLOCK / WORD; i++) {
    uint64_t word = bdc__load_le64(block + i * WORD);
    uint64_t high = word & BDC__HIGHS;
    found.backslash |= gather(zero_bytes(word ^ BDC__ONES * '\\')) << i * WORD;
    found.control |= gather(outside(word) & ~high) << i * WORD;
    found.beyond_ascii |= gather(high) << i * WORD;
  }
  return found;
}

static inline bool kernel_gap(const unsigned char *text, uint32_t size, unsigned char c) {
  return portable_gap(text, size, c);
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  uint64_t difference = 0;
  for (unsigned i = 0; i < BDC__PLAN_NAME_SIZE; i += WORD) {
    difference |= (bdc__load_le64(text + i) & bdc__load_le64(plan->mask + i)) ^ bdc__load_le64(plan->name + i);
  }
  return difference == 0;
}

bool bdc__accept_plain(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  return accept_body(task, body, size);
}
