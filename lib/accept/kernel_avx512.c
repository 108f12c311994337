/* SPDX-License-Identifier: MIT */
/* The kernel for x86-64 with AVX-512 F, BW, VL, VBMI and VBMI2: a block at a time. */
#include "accept/replay.h"
#include "accept/walk.h"

#include "accept/avx.h"
#include "accept/utf8_tables.h"

static inline __m512i load(const unsigned char *at) {
  return _mm512_loadu_si512(at);
}

static inline __mmask64 equal(__m512i bytes, char c) {
  return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

static INLINE sorted kernel_sort(unsigned char *out, const unsigned char *block) {
  __m512i bytes = load(block);
  _mm512_storeu_si512(out, bytes);
  sorted found = { .quotes = equal(bytes, '"') };
  /* Most blocks have none of these. As signed numbers, control characters and what is beyond ASCII are both below 0x20. */
  __mmask64 low = _mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8(0x20));
  __mmask64 backslashes = equal(bytes, '\\');
  if (UNLIKELY(low | backslashes)) {
    found.special = !_kortestz_mask64_u8(_mm512_movepi8_mask(bytes), backslashes);
    found.controls = found.special ? 0 : low;
  }
  return found;
}

static inline kinds kernel_kinds(const unsigned char *block) {
  __m512i bytes = load(block);
  return (kinds){ .quotes = equal(bytes, '"'),
                  .backslashes = equal(bytes, '\\'),
                  .controls = _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20)),
                  .beyond_ascii = _mm512_movepi8_mask(bytes) };
}

static inline __mmask64 unordinary(__m512i bytes) {
  return equal(bytes, '"') | equal(bytes, '\\') | _mm512_cmplt_epu8_mask(bytes, _mm512_set1_epi8(0x20));
}

static inline bool kernel_ordinary(const unsigned char *block) {
  return unordinary(load(block)) == 0;
}

/* A load is of what is stored as a whole: then it need not wait until that is in the cache. */
static inline void kernel_copy_tail(unsigned char *out, const unsigned char *text, uint32_t size) {
  __mmask64 first = _bzhi_u64(UINT64_MAX, size < BLOCK ? size : BLOCK);
  __mmask64 second = size < BLOCK ? 0 : _bzhi_u64(UINT64_MAX, size - BLOCK);
  _mm512_store_si512(out, _mm512_maskz_loadu_epi8(first, text));
  _mm512_store_si512(out + BLOCK, _mm512_maskz_loadu_epi8(second, text + BLOCK));
  _mm512_store_si512(out + TAIL, _mm512_setzero_si512());
}

static inline uint32_t kernel_ordinary_size(const unsigned char *text, bool *beyond_ascii) {
  __m512i bytes = load(text);
  uint32_t size = (uint32_t)_tzcnt_u64(unordinary(bytes));
  *beyond_ascii = *beyond_ascii || _bzhi_u64(_mm512_movepi8_mask(bytes), size);
  return size;
}

static inline void store_32(void *out, __m256i bytes) {
  _mm256_storeu_si256(out, bytes);
}

static inline void store_places(uint16_t *out, __m128i numbers, __m256i base) {
  store_32(out, _mm256_add_epi16(_mm256_cvtepu8_epi16(numbers), base));
}

/* 16 at a time, mostly once: a store of 64 bytes is slow where it is not aligned. */
static INLINE uint32_t kernel_list(uint16_t *places, uint64_t bits, uint32_t base) {
  enum { BATCH = 16 };
  alignas(BLOCK) static const uint8_t numbers[BLOCK] = { 0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                         16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                                         32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                                         48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63 };
  uint32_t count = (uint32_t)_mm_popcnt_u64(bits);
  __m256i from = _mm256_set1_epi16((short)base);
  __m512i where = _mm512_maskz_compress_epi8(bits, load(numbers));
  store_places(places, _mm512_castsi512_si128(where), from);
  if (UNLIKELY(count > BATCH)) {
    store_places(places + BATCH, _mm512_extracti32x4_epi32(where, 1), from);
    store_places(places + 2 * BATCH, _mm512_extracti32x4_epi32(where, 2), from);
    store_places(places + 3 * BATCH, _mm512_extracti32x4_epi32(where, 3), from);
  }
  return count;
}

/* A bit for each of up to 64 characters that is not in the class: its column lacks the bit of its high four bits. */
static inline uint64_t strangers(__m512i columns, __m512i characters, uint64_t which) {
  const __m512i rows = _mm512_broadcast_i32x4(_mm_setr_epi8(1, 2, 4, 8, 16, 32, 64, (char)128, 0, 0, 0, 0, 0, 0, 0, 0));
  __m512i column = _mm512_shuffle_epi8(columns, characters);
  __m512i row = _mm512_shuffle_epi8(rows, _mm512_and_si512(_mm512_srli_epi16(characters, 4), _mm512_set1_epi8(0x0f)));
  return _mm512_mask_testn_epi8_mask(which, column, row);
}

static inline bool kernel_in_class(const bdc__class *class, const unsigned char *text, uint32_t size) {
  __m512i columns = _mm512_broadcast_i32x4(_mm_loadu_si128((const __m128i *)(const void *)class->columns));
  for (; UNLIKELY(size > BLOCK); text += BLOCK, size -= BLOCK) {
    if (strangers(columns, load(text), UINT64_MAX)) {
      return false;
    }
  }
  uint64_t which = _bzhi_u64(UINT64_MAX, size);
  return strangers(columns, _mm512_maskz_loadu_epi8(which, text), which) == 0;
}

/* What is wrong with 64 neighbours, `previous[i]` being i + 1 bytes before each; 0 where nothing is. */
static inline __m512i utf8_wrong(__m512i bytes, const __m512i previous[3]) {
  const __m512i first_high = _mm512_broadcast_i32x4(_mm_setr_epi8(UTF8_FIRST_HIGH));
  const __m512i first_low = _mm512_broadcast_i32x4(_mm_setr_epi8(UTF8_FIRST_LOW));
  const __m512i second_high = _mm512_broadcast_i32x4(_mm_setr_epi8(UTF8_SECOND_HIGH));
  const __m512i half = _mm512_set1_epi8(0x0f);
  __m512i pair = _mm512_and_si512(_mm512_shuffle_epi8(first_high, _mm512_and_si512(_mm512_srli_epi16(previous[0], 4), half)),
                                  _mm512_shuffle_epi8(first_low, _mm512_and_si512(previous[0], half)));
  pair = _mm512_and_si512(pair, _mm512_shuffle_epi8(second_high, _mm512_and_si512(_mm512_srli_epi16(bytes, 4), half)));
  /* The high bit where a byte is the third or fourth of a character. */
  __m512i later = _mm512_or_si512(_mm512_subs_epu8(previous[1], _mm512_set1_epi8(0xe0 - 0x80)),
                                  _mm512_subs_epu8(previous[2], _mm512_set1_epi8(0xf0 - 0x80)));
  return _mm512_xor_si512(pair, _mm512_and_si512(later, _mm512_set1_epi8(UTF8_CONTINUED)));
}

/* The quote behind the string is looked at too: it ends a character that is cut short. */
static bool kernel_utf8(const unsigned char *text, uint32_t size, uint32_t before, uint64_t *characters) {
  enum { PREVIOUS = 3 };
  if (before < PREVIOUS) {
    return portable_utf8(text, size, characters);
  }
  __m512i wrong = _mm512_setzero_si512();
  uint64_t continuations = 0;
  for (uint32_t at = 0; at <= size; at += BLOCK) {
    uint32_t left = size + 1 - at;
    uint64_t which = _bzhi_u64(UINT64_MAX, left < BLOCK ? left : BLOCK);
    __m512i previous[PREVIOUS];
    for (uint32_t i = 0; i < PREVIOUS; i++) {
      previous[i] = _mm512_maskz_loadu_epi8(which, text + at - i - 1);
    }
    __m512i bytes = _mm512_maskz_loadu_epi8(which, text + at);
    wrong = _mm512_or_si512(wrong, utf8_wrong(bytes, previous));
    continuations += (uint64_t)_mm_popcnt_u64(_mm512_cmplt_epi8_mask(bytes, _mm512_set1_epi8((char)0xc0)));
  }
  *characters = size - continuations;
  return _mm512_test_epi8_mask(wrong, wrong) == 0;
}

bool bdc__replay_avx512(const bdc__accept_task *task, const bdc__layout *layout, const unsigned char *body, size_t size) {
  return replay_body(task, layout, body, size);
}

bool bdc__accept_avx512(const bdc__accept_task *task, bdc__styles *styles, const unsigned char *body, size_t size) {
  return accept_body(task, styles, body, size);
}
