/* SPDX-License-Identifier: MIT */
/* The kernel for any x86-64: 16 bytes at a time. */
#include "accept/walk.h"

#include "accept/no_shuffle.h"

#include <emmintrin.h>

enum { VECTOR = 16, VECTORS = BLOCK / VECTOR };

static inline __m128i load(const unsigned char *block, unsigned i) {
  return _mm_loadu_si128((const __m128i *)(const void *)(block + i * VECTOR));
}

static inline uint64_t bits_of(__m128i bytes, unsigned i) {
  return (uint64_t)(unsigned)_mm_movemask_epi8(bytes) << i * VECTOR;
}

static inline uint64_t kernel_quotes(const unsigned char *block, bool *special) {
  uint64_t quotes = 0;
  __m128i others = _mm_setzero_si128();
  for (unsigned i = 0; i < VECTORS; i++) {
    __m128i bytes = load(block, i);
    quotes |= bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')), i);
    /* As signed numbers, control characters and what is beyond ASCII are both below 0x20. */
    others = _mm_or_si128(others, _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)));
    others = _mm_or_si128(others, _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
  }
  *special = _mm_movemask_epi8(others) != 0;
  return quotes;
}

static inline marks kernel_marks(const unsigned char *block) {
  marks found = { 0, 0, 0 };
  for (unsigned i = 0; i < VECTORS; i++) {
    __m128i bytes = load(block, i);
    found.backslash |= bits_of(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')), i);
    found.control |= bits_of(_mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes), i);
    found.beyond_ascii |= bits_of(bytes, i);
  }
  return found;
}

static inline __m128i difference(const bdc__plan *plan, const unsigned char *text, unsigned i) {
  return _mm_xor_si128(_mm_and_si128(load(text, i), load(plan->mask, i)), load(plan->name, i));
}

static inline __m128i equal(__m128i bytes, unsigned char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8((char)c));
}

static inline uint32_t blanks_of(__m128i bytes) {
  return (uint32_t)_mm_movemask_epi8(
      _mm_or_si128(_mm_or_si128(equal(bytes, ' '), equal(bytes, '\n')), _mm_or_si128(equal(bytes, '\r'), equal(bytes, '\t'))));
}

static inline bool kernel_gap(const unsigned char *text, uint32_t size, unsigned char c) {
  __m128i low = load(text, 0);
  __m128i high = load(text, 1);
  uint32_t which = (uint32_t)((UINT64_C(1) << size) - 1);
  uint32_t blanks = blanks_of(low) | blanks_of(high) << VECTOR;
  uint32_t found = ((uint32_t)_mm_movemask_epi8(equal(low, c)) | (uint32_t)_mm_movemask_epi8(equal(high, c)) << VECTOR) & which;
  return found && (found & (found - 1)) == 0 && ((blanks | found) & which) == which;
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  __m128i all = _mm_or_si128(difference(plan, text, 0), difference(plan, text, 1));
  return _mm_movemask_epi8(_mm_cmpeq_epi8(all, _mm_setzero_si128())) == 0xffff;
}

bool bdc__accept_sse2(const bdc__accept_task *task, const unsigned char *body, size_t size) {
  return accept_body(task, body, size);
}
