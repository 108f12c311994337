/* SPDX-License-Identifier: MIT */
/* What the kernels for AVX2 and for AVX-512 share: where 16 or 32 bytes are enough, or faster since they are seldom in two lines of the cache. */
#ifndef BDC_ACCEPT_AVX_H
#define BDC_ACCEPT_AVX_H

#include "accept/view.h"

#include <immintrin.h>

enum { VECTOR = 32 };

static inline __m256i load_32(const unsigned char *at) {
  return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

static inline uint32_t bits_of(__m256i bytes) {
  return (uint32_t)_mm256_movemask_epi8(bytes);
}

static inline uint64_t kernel_inside(uint64_t quotes) {
  __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)quotes), _mm_set1_epi8((char)0xff), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

static inline uint32_t kernel_count(uint64_t bits) {
  return (uint32_t)_mm_popcnt_u64(bits);
}

static inline uint64_t kernel_first(uint64_t word, uint32_t size) {
  return _bzhi_u64(word, 8 * size);
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  __m256i difference = _mm256_xor_si256(_mm256_and_si256(load_32(text), load_32(plan->mask)), load_32(plan->name));
  return _mm256_testz_si256(difference, difference);
}

static inline uint32_t kernel_plain_size(const unsigned char *text) {
  __m256i bytes = load_32(text);
  __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  __m256i backslash = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
  __m256i outside = _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes);
  return _tzcnt_u32(bits_of(_mm256_or_si256(_mm256_or_si256(quote, backslash), outside)));
}

static inline bool kernel_same(const unsigned char *a, const unsigned char *b, uint32_t size) {
  if (UNLIKELY(size > VECTOR)) {
    if (bits_of(_mm256_cmpeq_epi8(load_32(a), load_32(b))) != UINT32_MAX) {
      return false;
    }
    a += VECTOR;
    b += VECTOR;
    size -= VECTOR;
  }
  return _bzhi_u32(~bits_of(_mm256_cmpeq_epi8(load_32(a), load_32(b))), size) == 0;
}

static inline uint32_t kernel_scalar_size(const unsigned char *text) {
  __m256i bytes = load_32(text);
  __m256i end = _mm256_or_si256(_mm256_cmpgt_epi8(_mm256_set1_epi8(',' + 1), bytes),
                                _mm256_cmpeq_epi8(_mm256_or_si256(bytes, _mm256_set1_epi8(0x20)), _mm256_set1_epi8('}')));
  return _tzcnt_u32(bits_of(end));
}

static inline uint32_t kernel_digits(const unsigned char *text) {
  /* The last lane is of no interest, and is another, lest the compiler makes the constants anew each time. */
  const __m128i zeros = _mm_setr_epi8('0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', '0', 0);
  const __m128i nines = _mm_setr_epi8(9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 0);
  __m128i digits = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)text), zeros);
  __m128i fitting = _mm_cmpeq_epi8(_mm_min_epu8(digits, nines), digits);
  return _tzcnt_u32(~(uint32_t)_mm_movemask_epi8(fitting));
}

/* The signs are held against their own, the digits against 9; then month, day, hour, minute and second against the greatest. */
static inline bool kernel_date_and_time(const unsigned char *text, unsigned *month, unsigned *day) {
  const __m128i start = _mm_setr_epi8('0', '0', '0', '0', '-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0');
  const __m128i start_room = _mm_setr_epi8(9, 9, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9);
  const __m128i end = _mm_setr_epi8('-', '0', '0', '-', '0', '0', 'T', '0', '0', ':', '0', '0', ':', '0', '0', 0);
  const __m128i end_room = _mm_setr_epi8(0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, 0, 9, 9, (char)0xff);
  const __m128i digits = _mm_setr_epi8(1, 2, 4, 5, 7, 8, 10, 11, 13, 14, -1, -1, -1, -1, -1, -1);
  const __m128i greatest = _mm_setr_epi16(12, 31, 23, 59, 59, 0, 0, 0);
  __m128i first = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)text), start);
  __m128i last = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)(const void *)(text + 4)), end);
  __m128i strange = _mm_or_si128(_mm_subs_epu8(first, start_room), _mm_subs_epu8(last, end_room));
  __m128i numbers = _mm_maddubs_epi16(_mm_shuffle_epi8(last, digits), _mm_set1_epi16(1 << 8 | 10));
  strange = _mm_or_si128(strange, _mm_cmpgt_epi16(numbers, greatest));
  *month = (unsigned)_mm_extract_epi16(numbers, 0);
  *day = (unsigned)_mm_extract_epi16(numbers, 1);
  return _mm_testz_si128(strange, strange);
}

#endif
