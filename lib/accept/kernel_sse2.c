/* SPDX-License-Identifier: MIT */
/* The kernel for any x86-64: 16 bytes at a time. */
#include "accept/replay.h"
#include "accept/walk.h"

#include "accept/list.h"
#include "accept/no_shuffle.h"

#include <emmintrin.h>

enum { VECTOR = 16 };

static inline __m128i load(const unsigned char *at) {
  return _mm_loadu_si128((const __m128i *)(const void *)at);
}

static inline uint64_t bits_of(__m128i bytes) {
  return (uint64_t)(unsigned)_mm_movemask_epi8(bytes);
}

static inline __m128i equal(__m128i bytes, char c) {
  return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c));
}

static inline __m128i either(__m128i a, __m128i b) {
  return _mm_or_si128(a, b);
}

static inline __m128i controls_of(__m128i bytes) {
  return _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1f)), bytes);
}

static inline kinds kernel_kinds(const unsigned char *block) {
  kinds found = { .quotes = 0 };
  for (unsigned i = 0; i < BLOCK; i += VECTOR) {
    __m128i bytes = load(block + i);
    found.quotes |= bits_of(equal(bytes, '"')) << i;
    found.backslashes |= bits_of(equal(bytes, '\\')) << i;
    found.controls |= bits_of(controls_of(bytes)) << i;
    found.beyond_ascii |= bits_of(bytes) << i;
  }
  return found;
}

static INLINE sorted kernel_sort(unsigned char *out, const unsigned char *block) {
  sorted found = { .quotes = 0 };
  __m128i least = _mm_set1_epi8((char)0xff);
  __m128i all = _mm_setzero_si128();
#pragma GCC unroll 4
  for (unsigned i = 0; i < BLOCK; i += VECTOR) {
    __m128i bytes = load(block + i);
    _mm_storeu_si128((__m128i *)(void *)(out + i), bytes);
    found.quotes |= bits_of(equal(bytes, '"')) << i;
    least = _mm_min_epu8(least, bytes);
    all = either(all, either(bytes, equal(bytes, '\\')));
  }
  /* Most blocks have none of these: the high bits are those of bytes beyond ASCII and backslashes. */
  if (UNLIKELY(bits_of(either(all, controls_of(least))))) {
    found.special = bits_of(all) != 0;
    found.controls = found.special ? 0 : kernel_kinds(block).controls;
  }
  return found;
}

static inline uint64_t kernel_inside(uint64_t quotes) {
  return portable_inside(quotes);
}

static inline uint32_t kernel_count(uint64_t bits) {
  return portable_count(bits);
}

static INLINE uint32_t kernel_list(uint16_t *places, uint64_t bits, uint32_t base) {
  return list_bits(places, bits, base, portable_count(bits));
}

static inline __m128i difference(const bdc__plan *plan, const unsigned char *text, unsigned at) {
  return _mm_xor_si128(_mm_and_si128(load(text + at), load(plan->mask + at)), load(plan->name + at));
}

static inline bool kernel_name(const bdc__plan *plan, const unsigned char *text) {
  static_assert(BDC__PLAN_NAME_SIZE == 2 * VECTOR, "all of a name is compared");
  __m128i differences = either(difference(plan, text, 0), difference(plan, text, VECTOR));
  return bits_of(_mm_cmpeq_epi8(differences, _mm_setzero_si128())) == 0xffff;
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
    __m128i sign = either(equal(bytes, '"'), equal(bytes, '\\'));
    unsigned found = (unsigned)bits_of(either(controls_of(bytes), sign));
    high |= (unsigned)_mm_movemask_epi8(bytes) & (found - 1) & ~found;
    if (found) {
      *beyond_ascii = *beyond_ascii || high;
      return i + (uint32_t)__builtin_ctz(found);
    }
  }
  *beyond_ascii = *beyond_ascii || high;
  return BLOCK;
}

static inline bool kernel_ordinary(const unsigned char *block) {
  bool beyond_ascii = false;
  return kernel_ordinary_size(block, &beyond_ascii) == BLOCK;
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

bool bdc__accept_sse2(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size) {
  return accept_body(task, styles, body, size);
}
