/* SPDX-License-Identifier: MIT */
/* The kernel for any x86-64: 16 bytes at a time. */
#include "accept/replay.h"

#include "accept/no_shuffle.h"

#include <emmintrin.h>

enum { VECTOR = 16 };

static inline __m128i load(const unsigned char *at) {
  return _mm_loadu_si128((const __m128i *)(const void *)at);
}

static inline uint32_t kernel_plain_size(const unsigned char *text) {
  for (uint32_t i = 0; i < HALF; i += VECTOR) {
    unsigned found = bdc__json_special_of_16(text + i);
    if (found) {
      return i + (uint32_t)__builtin_ctz(found);
    }
  }
  return HALF;
}

static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii) {
  unsigned high = 0;
  for (uint32_t i = 0; i < BLOCK; i += VECTOR) {
    __m128i bytes = load(text + i);
    __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
    __m128i sign = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    unsigned found = (unsigned)_mm_movemask_epi8(_mm_or_si128(control, sign));
    high |= (unsigned)_mm_movemask_epi8(bytes) & (found - 1) & ~found;
    if (found) {
      *beyond_ascii = *beyond_ascii || high;
      return i + (uint32_t)__builtin_ctz(found);
    }
  }
  *beyond_ascii = *beyond_ascii || high;
  return BLOCK;
}

static inline bool kernel_same(const unsigned char *a, const unsigned char *b, uint32_t size) {
  uint32_t same;
  for (;;) {
    same = (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(load(a), load(b)));
    if (size <= VECTOR) {
      return ((same ^ 0xffff) & ((UINT32_C(1) << size) - 1)) == 0;
    }
    if (same != 0xffff) {
      return false;
    }
    a += VECTOR;
    b += VECTOR;
    size -= VECTOR;
  }
}

bool bdc__replay_sse2(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  return replay_body(task, layout, body, size);
}
