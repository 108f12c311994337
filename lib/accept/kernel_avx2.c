/* SPDX-License-Identifier: MIT */
/* The kernel for x86-64 with AVX2, BMI2 and PCLMULQDQ: 32 bytes at a time. */
#include "accept/replay.h"
#include "accept/walk.h"

#include "accept/avx.h"
#include "accept/list.h"
#include "accept/utf8_tables.h"

static inline uint64_t joined(uint32_t low, uint32_t high) {
  return (uint64_t)high << 32 | low;
}

static inline uint64_t equal(__m256i low, __m256i high, char c) {
  return joined(bits_of(_mm256_cmpeq_epi8(low, _mm256_set1_epi8(c))), bits_of(_mm256_cmpeq_epi8(high, _mm256_set1_epi8(c))));
}

static inline __m256i twice(__m128i table) {
  return _mm256_broadcastsi128_si256(table);
}

static inline __m256i controls_of(__m256i bytes) {
  return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(0x1f)), bytes);
}

static inline __m256i backslashes_of(__m256i bytes) {
  return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\'));
}

/* As signed numbers, control characters and what is beyond ASCII are both below 0x20. */
static inline __m256i low_of(__m256i bytes) {
  return _mm256_cmpgt_epi8(_mm256_set1_epi8(0x20), bytes);
}

static INLINE sorted kernel_sort(unsigned char *out, const unsigned char *block) {
  __m256i first = load_32(block);
  __m256i second = load_32(block + VECTOR);
  _mm256_storeu_si256((__m256i *)(void *)out, first);
  _mm256_storeu_si256((__m256i *)(void *)(out + VECTOR), second);
  sorted found = { .quotes = equal(first, second, '"') };
  __m256i backslashes = _mm256_or_si256(backslashes_of(first), backslashes_of(second));
  __m256i low = _mm256_or_si256(low_of(first), low_of(second));
  __m256i odd = _mm256_or_si256(low, backslashes);
  /* Most blocks have none of these. */
  if (UNLIKELY(!_mm256_testz_si256(odd, odd))) {
    found.special = bits_of(_mm256_or_si256(_mm256_or_si256(first, second), backslashes)) != 0;
    found.controls = found.special ? 0 : joined(bits_of(low_of(first)), bits_of(low_of(second)));
  }
  return found;
}

static inline kinds kernel_kinds(const unsigned char *block) {
  __m256i low = load_32(block);
  __m256i high = load_32(block + VECTOR);
  return (kinds){ .quotes = equal(low, high, '"'),
                  .backslashes = equal(low, high, '\\'),
                  .controls = joined(bits_of(controls_of(low)), bits_of(controls_of(high))),
                  .beyond_ascii = joined(bits_of(low), bits_of(high)) };
}

static inline __m256i unordinary(__m256i bytes) {
  __m256i quote = _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('"'));
  return _mm256_or_si256(_mm256_or_si256(controls_of(bytes), quote), _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8('\\')));
}

static inline bool kernel_ordinary(const unsigned char *block) {
  __m256i found = _mm256_or_si256(unordinary(load_32(block)), unordinary(load_32(block + VECTOR)));
  return _mm256_testz_si256(found, found);
}

static inline void kernel_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size) {
  portable_copy_tail(out, text, size);
}

static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii) {
  __m256i low = load_32(text);
  __m256i high = load_32(text + VECTOR);
  uint32_t size = (uint32_t)_tzcnt_u64(joined(bits_of(unordinary(low)), bits_of(unordinary(high))));
  *beyond_ascii = *beyond_ascii || _bzhi_u64(joined(bits_of(low), bits_of(high)), size);
  return size;
}

static INLINE uint32_t kernel_list(uint16_t *places, uint64_t bits, uint32_t base) {
  return list_bits(places, bits, base, kernel_count(bits));
}

/* A byte for each of 32 characters that is not 0 where it is in the class: its column has the bit of its high four bits. */
static inline uint32_t strangers(__m256i columns, __m256i characters) {
  const __m256i rows = _mm256_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 64, (char)128, 0,
                                        0, 0, 0, 0, 0, 0, 0);
  __m256i column = _mm256_shuffle_epi8(columns, characters);
  __m256i row = _mm256_shuffle_epi8(rows, _mm256_and_si256(_mm256_srli_epi16(characters, 4), _mm256_set1_epi8(0x0f)));
  return bits_of(_mm256_cmpeq_epi8(_mm256_and_si256(column, row), _mm256_setzero_si256()));
}

static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size) {
  __m256i columns = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)(const void *)class->columns));
  for (; UNLIKELY(size > VECTOR); text += VECTOR, size -= VECTOR) {
    if (strangers(columns, load_32(text))) {
      return false;
    }
  }
  return _bzhi_u32(strangers(columns, load_32(text)), size) == 0;
}

/* A bit for each of the 32 bytes at `at` that is wrong behind the three before it, and one for each that continues a character. */
static inline uint32_t utf8_wrong(const unsigned char *at, uint32_t *continuations) {
  const __m256i first_high = twice(_mm_setr_epi8(UTF8_FIRST_HIGH));
  const __m256i first_low = twice(_mm_setr_epi8(UTF8_FIRST_LOW));
  const __m256i second_high = twice(_mm_setr_epi8(UTF8_SECOND_HIGH));
  const __m256i half = _mm256_set1_epi8(0x0f);
  __m256i bytes = load_32(at);
  __m256i first = load_32(at - 1);
  __m256i pair = _mm256_and_si256(_mm256_shuffle_epi8(first_high, _mm256_and_si256(_mm256_srli_epi16(first, 4), half)),
                                  _mm256_shuffle_epi8(first_low, _mm256_and_si256(first, half)));
  pair = _mm256_and_si256(pair, _mm256_shuffle_epi8(second_high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), half)));
  /* The high bit where a byte is the third or fourth of a character. */
  __m256i later = _mm256_or_si256(_mm256_subs_epu8(load_32(at - 2), _mm256_set1_epi8(0xe0 - 0x80)),
                                  _mm256_subs_epu8(load_32(at - 3), _mm256_set1_epi8(0xf0 - 0x80)));
  __m256i wrong = _mm256_xor_si256(pair, _mm256_and_si256(later, _mm256_set1_epi8(UTF8_CONTINUED)));
  *continuations = bits_of(_mm256_cmpgt_epi8(_mm256_set1_epi8((char)0xc0), bytes));
  return ~bits_of(_mm256_cmpeq_epi8(wrong, _mm256_setzero_si256()));
}

/*
 * The quote behind the string is looked at too: it ends a character that is cut short. The last 32 bytes may have been looked at in part,
 * or begin before the string: such bytes do not count.
 */
static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters) {
  enum { PREVIOUS = 3 };
  if (before < PREVIOUS || before + size + 1 < VECTOR + PREVIOUS) {
    return portable_utf8(text, size, characters);
  }
  uint32_t wrong = 0;
  uint32_t continuing;
  uint64_t continuations = 0;
  uint32_t at = 0;
  for (; at + VECTOR <= size; at += VECTOR) {
    wrong |= utf8_wrong(text + at, &continuing);
    continuations += (uint64_t)_mm_popcnt_u32(continuing);
  }
  uint32_t left = size + 1 - at; /* 1 to VECTOR */
  uint32_t seen = _bzhi_u32(UINT32_MAX, VECTOR - left);
  wrong |= utf8_wrong(text + size + 1 - VECTOR, &continuing) & ~seen;
  continuations += (uint64_t)_mm_popcnt_u32(continuing & ~seen);
  *characters = size - continuations;
  return wrong == 0;
}

bool bdc__replay_avx2(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  return replay_body(task, layout, body, size);
}

bool bdc__accept_avx2(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size) {
  return accept_body(task, styles, body, size);
}
