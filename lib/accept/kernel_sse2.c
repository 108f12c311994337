/* SPDX-License-Identifier: MIT */
/* The kernel for any x86-64: 16 bytes at a time. */
#include "accept/bytes.h"
#include "accept/walk.h"

#include "accept/no_shuffle.h"
#include "json/plain.h"

#include <emmintrin.h>

enum { VECTOR = 16 };

static inline __m128i load(const unsigned char *block, unsigned i) {
  return _mm_loadu_si128((const __m128i *)(const void *)(block + i * VECTOR));
}

static INLINE const unsigned char *kernel_skip_plain(const unsigned char *at, const unsigned char *end) {
  return bdc__json_skip_plain(at, end);
}

static inline __m128i difference(const bdc__plan *plan, const unsigned char *text, unsigned i) {
  return _mm_xor_si128(_mm_and_si128(load(text, i), load(plan->mask, i)), load(plan->name, i));
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  __m128i all = _mm_or_si128(difference(plan, text, 0), difference(plan, text, 1));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(all, _mm_setzero_si128())) == 0xffff;
}

bool bdc__accept_sse2(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  return accept_body(task, body, size);
}
