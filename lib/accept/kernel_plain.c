/* SPDX-License-Identifier: MIT */
/* The kernel for any machine: eight bytes at a time. */
#include "accept/replay.h"

#include "accept/no_shuffle.h"

enum { WORD = 8 };

static inline uint32_t kernel_plain_size(const unsigned char *text) {
  for (uint32_t i = 0; i < HALF; i += WORD) {
    uint64_t found = bdc__json_special_bytes(bdc__load_le64(text + i));
    if (found) {
      return i + bdc__first_byte(found);
    }
  }
  return HALF;
}

static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii) {
  for (uint32_t i = 0; i < BLOCK; i += WORD) {
    uint64_t word = bdc__load_le64(text + i);
    uint64_t control = ~portable_above(word, BDC__ONES * (0x7f - 0x1f)) & BDC__HIGHS;
    uint64_t found = control | portable_equal(word, '"') | portable_equal(word, '\\');
    *beyond_ascii = *beyond_ascii || (word & BDC__HIGHS & (found - 1) & ~found);
    if (found) {
      return i + bdc__first_byte(found);
    }
  }
  return BLOCK;
}

static inline bool kernel_same(const unsigned char *a, const unsigned char *b, uint32_t size) {
  for (; size > WORD; a += WORD, b += WORD, size -= WORD) {
    if (bdc__load_le64(a) != bdc__load_le64(b)) {
      return false;
    }
  }
  return ((bdc__load_le64(a) ^ bdc__load_le64(b)) & portable_low[size]) == 0;
}

bool bdc__replay_plain(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  return replay_body(task, layout, body, size);
}
